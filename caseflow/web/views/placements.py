"""Somebody gets a bed, arrives, moves, leaves, or does not come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.beds import BED_KIND_NAMES, MEANT_FOR_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.placements import Cancellation, StayEnd
from caseflow.domain.sites import MARK_NAMES
from caseflow.services import placements, stays
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.placements import Placed
from caseflow.services.stays import OpenedStay
from caseflow.services.vacancies import Search, vacancies
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.formatting import said
from caseflow.web.forms.placements import (
    ArriveForm,
    CancelForm,
    EndForm,
    MoveForm,
    PlaceForm,
    VersionedForm,
)
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("placements", __name__)
FORM = ["GET", "POST"]
NAMES: Final = {"kinds": BED_KIND_NAMES, "marks": MARK_NAMES, "meant_for": MEANT_FOR_NAMES}
SHELTER = "shelter"
BEDS = "beds.tonight"
ENDED = N_("A colleague was a moment earlier: this stay was ended or taken back already.")
"""After the last night on a bed the case of somebody who left is no longer there for a coordinator."""

PLACE = ActPage(
    Permission.PLACEMENT_CREATE,
    N_("Place on a bed"),
    N_("Place on this bed"),
    N_("The bed is recorded."),
    N_("Beds that are free on every one of the nights."),
    SHELTER,
    asks=Permission.PLACEMENT_CREATE,
)
MOVE = ActPage(
    Permission.PLACEMENT_MOVE,
    N_("Move to another bed"),
    N_("Move to this bed"),
    N_("The move is recorded."),
    N_("The stay on the old bed ends and the new one begins on the same day. The clock runs on."),
    SHELTER,
)
ARRIVE = ActPage(
    Permission.PLACEMENT_CREATE,
    N_("Record an arrival"),
    N_("Record the arrival"),
    N_("The arrival is recorded."),
    None,
    SHELTER,
    "placements/act.html",
)
END = ActPage(
    Permission.PLACEMENT_END,
    N_("End a stay"),
    N_("End the stay"),
    N_("The stay has ended. The bed is free."),
    N_("This frees the bed. It does not end the case."),
    SHELTER,
    "placements/act.html",
    leads_to=BEDS,
)
CANCEL = ActPage(
    Permission.PLACEMENT_END,
    N_("Take nights back"),
    N_("Take the nights back"),
    N_("The nights are taken back. The bed is free."),
    N_("For somebody who did not come, or for a mistake. The record of it stays."),
    SHELTER,
    "placements/act.html",
    leads_to=BEDS,
)


@bp.route("/cases/<uuid:case_id>/placements/new", methods=FORM)
@requires(Permission.PLACEMENT_CREATE)
def new(case_id: UUID) -> Response:
    """Chooses a bed for somebody."""
    return choose(
        PLACE,
        str(case_id),
        lambda form: placements.allocate(
            actor(),
            str(case_id),
            form.bed.data,
            form.arrival.data,
            form.departure.data,
            clock.now(),
        ),
    )


@bp.route("/placements/<uuid:placement_id>/move", methods=FORM)
@requires(Permission.PLACEMENT_MOVE)
def move(placement_id: UUID) -> Response:
    """Chooses another bed for somebody who sleeps here."""
    opened = opened_stay(MOVE, placement_id)
    return choose(
        MOVE,
        opened.case.id,
        lambda form: placements.move(
            actor(),
            str(placement_id),
            form.bed.data,
            form.arrival.data,
            form.departure.data,
            clock.now(),
            why=form.reason(),
            version=form.seen_version(),
        ),
        opened,
        MoveForm,
    )


@bp.route("/placements/<uuid:placement_id>/arrive", methods=FORM)
@requires(Permission.PLACEMENT_CREATE)
def arrive(placement_id: UUID) -> Response:
    """Records that somebody who has a bed booked came."""
    form = ArriveForm()
    opened = opened_stay(ARRIVE, placement_id, form)
    if request.method == "GET":
        form.on.data = min(clock.today(), max(opened.stay.arrival_on, clock.today()))
    return answer(
        ARRIVE,
        opened,
        form,
        lambda: placements.arrive(
            actor(), str(placement_id), form.on.data, clock.now(), version=form.seen_version()
        ),
    )


@bp.route("/placements/<uuid:placement_id>/end", methods=FORM)
@requires(Permission.PLACEMENT_END)
def end(placement_id: UUID) -> Response:
    """Records that somebody left."""
    form = EndForm()
    opened = opened_stay(END, placement_id, form)
    if request.method == "GET":
        form.on.data = clock.today()
    return answer(
        END,
        opened,
        form,
        lambda: placements.end(
            actor(),
            str(placement_id),
            form.on.data,
            StayEnd(form.reason.data),
            clock.now(),
            version=form.seen_version(),
        ),
    )


@bp.route("/placements/<uuid:placement_id>/cancel", methods=FORM)
@requires(Permission.PLACEMENT_END)
def cancel(placement_id: UUID) -> Response:
    """Takes nights back."""
    form = CancelForm()
    opened = opened_stay(CANCEL, placement_id, form)
    return answer(
        CANCEL,
        opened,
        form,
        lambda: placements.cancel(
            actor(),
            str(placement_id),
            Cancellation(form.why.data),
            clock.now(),
            version=form.seen_version(),
        ),
    )


def opened_stay(act: ActPage, placement_id: UUID, form: VersionedForm | None = None) -> OpenedStay:
    """The stay that an act is about, for a form that remembers which version was seen. Raises `NotKnown`."""
    try:
        opened = stays.open_stay(actor(), act.permission, str(placement_id), clock.now())
    except NotKnown:
        if not stays.ended_by_a_colleague(actor(), str(placement_id), clock.now()):
            raise
        flash(said(ENDED), "info")
        abort(redirect(url_for(BEDS), 303))
    if form is not None and request.method == "GET":
        form.version.data = str(opened.stay.version)
    return opened


def answer(
    act: ActPage,
    opened: OpenedStay,
    form: VersionedForm,
    perform: Callable[[], Refused | None],
) -> Response:
    """The page of an act on one stay: its form, and what came of it."""
    return act_pages.answer(
        act, UUID(opened.case.id), form, perform, case=opened.case, opened=opened
    )


def choose(
    act: ActPage,
    case_id: str,
    perform: Callable[[Any], Placed | Refused],
    opened: OpenedStay | None = None,
    form_type: type[PlaceForm] = PlaceForm,
    begin: Callable[[Any], None] | None = None,
) -> Response:
    """The page on which a bed is chosen; searching again keeps what was typed. `begin` fills in a new form further."""
    form = _begun(form_type(), opened)
    if begin is not None and request.method == "GET":
        begin(form)
    found = _search(form, case_id, opened)
    allowed = act.decision(found.case)
    if request.method == "GET" and isinstance(allowed, Refused):
        return act_pages.not_now(act, found.case, allowed)
    form.offer((*found.vacancies, *found.withheld))
    status = 200
    if request.method == "POST" and not form.search.data:
        status = 422
        if form.validate_on_submit():
            status = 409
            answer = perform(form)
            if isinstance(answer, Placed):
                flash(said(act.done), "success")
                return act_pages.back_to(case_id, act.anchor)
            form.refuse(answer.reason)
            found = _search(form, case_id, opened)
    return page(
        "placements/choose.html",
        status=status,
        act=act,
        form=form,
        case=found.case,
        found=found,
        opened=opened,
        options={option.data: option for option in form.bed},
        **NAMES,
    )


def _begun(form: PlaceForm, opened: OpenedStay | None) -> PlaceForm:
    """The form as it is first seen: from today on, or with the bed and night that were chosen on the board."""
    today = clock.today()
    if request.method == "GET":
        form.arrival.data = _day_asked() or today
        form.bed.data = request.args.get("bed")
        if opened is not None:
            form.version.data = str(opened.stay.version)
            planned = opened.stay.planned_departure_on
            form.departure.data = planned if planned and planned > today else None
    return form


def _day_asked() -> date | None:
    """The night that the address names; None where it names no day."""
    try:
        return date.fromisoformat(request.args.get("night", ""))
    except ValueError:
        return None


def _search(form: PlaceForm, case_id: str, opened: OpenedStay | None) -> Search:
    arrival, departure = form.nights(clock.today())
    but = opened.stay.id if opened is not None else None
    return vacancies(actor(), case_id, arrival, departure, clock.now(), but=but)
