"""The register of complaints: written down by who hears one, given to a handler, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.complaints import HOW_NAMES, OUTCOME_NAMES, SUBJECT_NAMES, ComplaintOutcome
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.services import complaint_acts, complaints
from caseflow.services.complaints import ComplaintView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import VaultSealed
from caseflow.web.act_pages import SEALED
from caseflow.web.formatting import said
from caseflow.web.forms.complaints import (
    AcknowledgedForm,
    AnswerForm,
    ComplaintForm,
    HandlerForm,
)
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
FORM: Final = ["GET", "POST"]
NAMES: Final[dict[str, Any]] = {
    "subjects": SUBJECT_NAMES,
    "how": HOW_NAMES,
    "outcomes": OUTCOME_NAMES,
    "every_outcome": (*ComplaintOutcome, None),
}


@bp.get("")
@requires(*complaints.OPENS)
def index() -> Response:
    """What this reader sees of the register; the counts of a year for who oversees it."""
    asked = request.args.get("page", 1, type=int)
    year = request.args.get("year", None, type=int)
    found = complaints.register(actor(), clock.now(), asked, year)
    return page("complaints/index.html", register=found, names=NAMES)


@bp.route("/new", methods=FORM)
@requires(Permission.COMPLAINT_RECORD)
def new() -> Response:
    """A complaint is written down."""
    form = ComplaintForm()
    form.offer(complaint_acts.choices(actor()), actor().team_id)
    if request.method == "GET":
        form.received_on.data = clock.today()
    status = _done(form, lambda: complaint_acts.record(actor(), form.heard(), clock.now()))
    if status == 303:
        return _back(url_for("complaints.index"), N_("The complaint is in the register."))
    return page("complaints/new.html", status=status, form=form)


@bp.get("/<uuid:complaint_id>")
@requires(*complaints.OPENS)
def show(complaint_id: UUID) -> Response:
    """One complaint, as far as this reader sees it."""
    return page("complaints/show.html", complaint=_opened(complaint_id), names=NAMES)


@bp.route("/<uuid:complaint_id>/handler", methods=FORM)
@requires(Permission.COMPLAINT_ASSIGN)
def give(complaint_id: UUID) -> Response:
    """Says who handles it."""
    opened, form = _opened(complaint_id, lambda one: one.may_give), HandlerForm()
    form.offer(complaint_acts.handlers(actor(), str(complaint_id), clock.now()))
    if request.method == "GET":
        form.has_committee.data, form.version.data = opened.has_committee, str(opened.version)
    return _act(
        opened,
        form,
        N_("Say who handles it"),
        N_("It is known who handles the complaint."),
        lambda: complaint_acts.give(
            actor(),
            str(complaint_id),
            form.handler.data,
            clock.now(),
            has_committee=form.has_committee.data,
            version=form.seen_version(),
        ),
    )


@bp.route("/<uuid:complaint_id>/acknowledgement", methods=FORM)
@requires(Permission.COMPLAINT_ASSIGN, Permission.COMPLAINT_HANDLE)
def acknowledge(complaint_id: UUID) -> Response:
    """Keeps when the client was told that it came in."""
    opened, form = _opened(complaint_id, lambda one: one.may_acknowledge), AcknowledgedForm()
    if request.method == "GET":
        form.on.data = clock.today()
    return _act(
        opened,
        form,
        N_("Record the acknowledgement"),
        N_("The acknowledgement is kept."),
        lambda: complaint_acts.acknowledge(actor(), str(complaint_id), form.on.data, clock.now()),
    )


@bp.route("/<uuid:complaint_id>/answer", methods=FORM)
@requires(Permission.COMPLAINT_HANDLE)
def answer(complaint_id: UUID) -> Response:
    """Keeps what came of it."""
    opened, form = _opened(complaint_id, lambda one: one.may_answer), AnswerForm()
    if request.method == "GET":
        form.begin(clock.today())
    return _act(
        opened,
        form,
        N_("Record the answer"),
        N_("The answer is kept."),
        lambda: complaint_acts.answer(
            actor(),
            str(complaint_id),
            form.chosen(),
            form.on.data,
            form.words.data,
            clock.now(),
        ),
    )


def _opened(
    complaint_id: UUID, may: Callable[[ComplaintView], bool] | None = None
) -> ComplaintView:
    """The complaint, for somebody who may do this to it now. Raises `NotKnown`."""
    found = complaints.opened(actor(), str(complaint_id), clock.now())
    if may is not None and request.method == "GET" and not may(found):
        raise NotKnown()
    return found


def _act(
    opened: ComplaintView,
    form: OwnForm,
    title: Message,
    done: Message,
    perform: Callable[[], Refused | None],
) -> Response:
    """Does what was asked and goes back to the complaint; else the form, with all that was typed."""
    status = _done(form, perform)
    if status == 303:
        return _back(url_for("complaints.show", complaint_id=opened.line.id), done)
    return page(
        "complaints/act.html",
        status=status,
        complaint=opened,
        form=form,
        title=title,
        names=NAMES,
    )


def _done(form: OwnForm, perform: Callable[[], Refused | None]) -> int:
    """200 for a look, 422 or 409 for what was not kept, 303 once it was."""
    if request.method == "GET":
        return 200
    if not form.validate_on_submit():
        return 422
    try:
        refused = perform()
    except VaultSealed:
        refused = Refused(SEALED)
    if refused is None:
        return 303
    form.refuse(refused.reason)
    return 409


def _back(address: str, sentence: Message) -> Response:
    flash(said(sentence), "success")
    return redirect(address, 303)
