"""Case conferences: the list, one of them with its agenda by client code, and what was decided there."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import conferences as rules
from caseflow.domain.access import Permission
from caseflow.domain.conferences import ConferenceDecision, MemberFunction
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import CLASSES
from caseflow.services import conference_readings, conference_results, conferences
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import DoneAlready
from caseflow.web.formatting import said
from caseflow.web.forms.conferences import ConferenceForm, MemberForm, ResultForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("conferences", __name__, url_prefix="/conferences")
FORM: Final = ["GET", "POST"]
NAMES: Final[dict[str, Any]] = {
    "states": rules.STATE_NAMES,
    "stands": rules.ITEM_NAMES,
    "answers": rules.ANSWER_NAMES,
    "functions": rules.FUNCTION_NAMES,
    "decisions": rules.DECISION_NAMES,
    "classes": CLASSES,
}
bp.add_app_template_filter(rules.ITEM_NAMES.__getitem__, "conference_item")
bp.add_app_template_filter(rules.ANSWER_NAMES.__getitem__, "conference_answer")
bp.add_app_template_filter(rules.DECISION_NAMES.__getitem__, "conference_decision")


@bp.route("", methods=FORM)
@requires(Permission.CONFERENCE_KEEP)
def index() -> Response:
    """The conferences of the organisation, and a new one."""
    form, status = ConferenceForm(), 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            made = conferences.plan(actor(), form.held_on.data, clock.now())
            if not isinstance(made, Refused):
                flash(said(N_("The conference is planned. Now say who sits there.")), "success")
                return redirect(url_for("conferences.show", conference_id=made), 303)
            form.refuse(made.reason)
            status = 409
    found = conferences.listed(actor(), clock.now(), request.args.get("page", 1, type=int))
    return page("conferences/index.html", status=status, form=form, found=found, names=NAMES)


@bp.get("/<uuid:conference_id>")
@requires(Permission.CONFERENCE_KEEP)
def show(conference_id: UUID) -> Response:
    """Who sits there, the agenda, and what was decided."""
    form = MemberForm()
    form.offer(conferences.offices(actor()))
    return _shown(conference_id, form, 200)


@bp.post("/<uuid:conference_id>/members")
@requires(Permission.CONFERENCE_KEEP)
def add_member(conference_id: UUID) -> Response:
    """Gives an office a seat."""
    form, status = MemberForm(), 422
    form.offer(conferences.offices(actor()))
    if form.validate_on_submit():
        refused = conferences.add_member(
            actor(), str(conference_id), form.office.data, MemberFunction(form.function.data),
            clock.now(),
        )  # fmt: skip
        if refused is None:
            flash(said(N_("This office has a seat.")), "success")
            return _back(conference_id)
        form.refuse(refused.reason)
        status = 409
    return _shown(conference_id, form, status)


@bp.get("/<uuid:conference_id>/agenda")
@requires(Permission.CONFERENCE_KEEP)
def agenda(conference_id: UUID) -> Response:
    """The agenda to be printed, by client code."""
    found = conference_readings.opened(actor(), str(conference_id), clock.now(), "print")
    return page("conferences/agenda.html", found=found, names=NAMES)


@bp.post("/<uuid:conference_id>/held")
@requires(Permission.CONFERENCE_KEEP)
def hold(conference_id: UUID) -> Response:
    """Says that it was held."""
    refused = conferences.hold(actor(), str(conference_id), clock.now())
    return _told(conference_id, refused, N_("It is recorded that the conference was held."))


@bp.post("/<uuid:conference_id>/cancelled")
@requires(Permission.CONFERENCE_KEEP)
def cancel(conference_id: UUID) -> Response:
    """Cancels it."""
    refused = conferences.cancel(actor(), str(conference_id), clock.now())
    return _told(conference_id, refused, N_("The conference is cancelled."))


@bp.route("/<uuid:conference_id>/cases/<uuid:conference_case_id>/decision", methods=FORM)
@requires(Permission.CONFERENCE_KEEP)
def result(conference_id: UUID, conference_case_id: UUID) -> Response:
    """The chair writes down what was decided about one case."""
    form, status, item_id = ResultForm(), 200, str(conference_case_id)
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            refused = _recorded(conference_id, item_id, form)
            if refused is None:
                return _told(conference_id, None, N_("The decision is recorded."))
            form.refuse(refused.reason)
            status = 409
    found = conference_readings.opened(actor(), str(conference_id), clock.now())
    item = next((one for one in found.items if one.id == item_id and one.may_result), None)
    if item is None:
        raise NotKnown()
    return page("conferences/result.html", status=status, form=form, found=found, item=item)


def _recorded(conference_id: UUID, item_id: str, form: ResultForm) -> Refused | None:
    try:
        return conference_results.record(
            actor(), str(conference_id), item_id, ConferenceDecision(form.decision.data),
            form.due_on.data, clock.now(),
        )  # fmt: skip
    except DoneAlready:
        return None


def _shown(conference_id: UUID, form: MemberForm, status: int) -> Response:
    found = conference_readings.opened(actor(), str(conference_id), clock.now())
    return page("conferences/show.html", status=status, found=found, form=form, names=NAMES)


def _told(conference_id: UUID, refused: Refused | None, done: Message) -> Response:
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(done), "success")
    return _back(conference_id)


def _back(conference_id: UUID) -> Response:
    return redirect(url_for("conferences.show", conference_id=conference_id), 303)
