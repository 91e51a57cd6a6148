"""A bed held for somebody until a moment: held, booked, held longer. Letting go is taking the nights back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import holds
from caseflow.services.placements import Placed
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.placements import HoldForm, HoldUntilForm, VersionedForm
from caseflow.web.guards import actor, requires
from caseflow.web.views.placements import SHELTER, answer, choose, opened_stay

bp = Blueprint("holds", __name__)
FORM = ["GET", "POST"]

HOLD = ActPage(
    Permission.PLACEMENT_CREATE,
    N_("Hold a bed"),
    N_("Hold this bed"),
    N_("The bed is held."),
    N_("Nobody else can get this bed until then. If nobody books it, it is free again by itself."),
    SHELTER,
    asks=Permission.PLACEMENT_CREATE,
)
BOOK = ActPage(
    Permission.PLACEMENT_CREATE,
    N_("Book the held bed"),
    N_("Book the bed"),
    N_("The bed is booked."),
    N_("The bed waits for this person, and the hold does not run out any more."),
    SHELTER,
    "placements/act.html",
)
UNTIL = ActPage(
    Permission.PLACEMENT_CREATE,
    N_("Hold until another moment"),
    N_("Keep the moment"),
    N_("The hold ends at the new moment."),
    None,
    SHELTER,
    "placements/act.html",
)


@bp.route("/cases/<uuid:case_id>/holds/new", methods=FORM)
@requires(Permission.PLACEMENT_CREATE)
def new(case_id: UUID) -> Response:
    """Chooses a bed to hold for somebody."""

    def hold(form: HoldForm) -> Placed | Refused:
        return holds.hold(
            actor(),
            str(case_id),
            form.bed.data,
            form.arrival.data,
            form.departure.data,
            form.ends_at(),
            clock.now(),
        )

    return choose(HOLD, str(case_id), hold, form_type=HoldForm, begin=_until_tomorrow)


@bp.route("/placements/<uuid:placement_id>/book", methods=FORM)
@requires(Permission.PLACEMENT_CREATE)
def book(placement_id: UUID) -> Response:
    """Turns a hold into a booking."""
    form = VersionedForm()
    opened = opened_stay(BOOK, placement_id, form)
    return answer(
        BOOK,
        opened,
        form,
        lambda: holds.book(actor(), str(placement_id), clock.now(), version=form.seen_version()),
    )


@bp.route("/placements/<uuid:placement_id>/hold", methods=FORM)
@requires(Permission.PLACEMENT_CREATE)
def until(placement_id: UUID) -> Response:
    """Lets a hold end at another moment."""
    form = HoldUntilForm()
    opened = opened_stay(UNTIL, placement_id, form)
    if request.method == "GET" and opened.stay.hold_ends_at is not None:
        ends = local(opened.stay.hold_ends_at)
        form.until_on.data, form.until_hour.data = ends.date(), str(ends.hour)
    return answer(
        UNTIL,
        opened,
        form,
        lambda: holds.hold_until(
            actor(), str(placement_id), form.ends_at(), clock.now(), version=form.seen_version()
        ),
    )


def _until_tomorrow(form: HoldForm) -> None:
    """A hold lasts a day unless somebody says otherwise."""
    tomorrow = local(clock.now() + timedelta(days=1))
    form.until_on.data, form.until_hour.data = tomorrow.date(), str(tomorrow.hour)
