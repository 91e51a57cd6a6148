"""Accountability statements: proposed, approved by two, read by the one official whom each is for, printed, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.accountability_statements import STATEMENT_KINDS
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services import (
    accountability_readings,
    accountability_statements,
    accountability_steps,
)
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.web import step_ups
from caseflow.web.forms.funder_papers import ProgrammeForm, StatementForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("accountability", __name__, url_prefix="/statistics/statements")
bp.add_app_template_filter(STATEMENT_KINDS.__getitem__, "statement_kind")
STATES: dict[str, tuple[Message, str]] = {
    "proposed": (N_("waits for approval"), "pending"),
    "issued": (N_("issued"), "ok"),
    "rejected": (N_("sent back"), "warning"),
}
ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
Act = Callable[[Actor, str, datetime], Refused | None]


@bp.get("")
@requires(Permission.STATEMENT_VIEW)
def index() -> Response:
    """The statements that the reader sees, the newest first; a funder those for the own account alone."""
    number = request.args.get("page", 1, type=int)
    found = accountability_readings.listed(actor(), number, clock.now())
    return page("accountability/index.html", found=found, STATES=STATES)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.STATEMENT_PROPOSE)
def propose() -> Response:
    """Choosing what to tell whom, and proposing it."""
    now, asked = clock.now(), request.args.get("programme")
    offered = accountability_statements.offered(actor(), asked, now)
    programme = asked or offered.programmes[0][0]
    which = ProgrammeForm(formdata=None)
    which.offer(offered, programme)
    form = StatementForm()
    form.offer(offered)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                made = accountability_statements.propose(actor(), programme, *form.chosen(), now)
            except DoneAlready:
                tell(DONE_ALREADY, "info")
                return redirect(url_for("accountability.index"), 303)
            if not isinstance(made, Refused):
                tell(N_("Proposed. Two colleagues approve it now."))
                return redirect(url_for("accountability.show", accountability_id=made), 303)
            form.refuse(made.reason)
            status = 409
    return page(
        "accountability/new.html",
        status=status,
        form=form,
        which=which,
        programme=programme,
        offered=offered,
    )


@bp.get("/<uuid:accountability_id>")
@requires(Permission.STATEMENT_VIEW)
def show(accountability_id: UUID) -> Response:
    """One statement, with the line that says whom it is for, and what a colleague may do with it now."""
    view = accountability_readings.shown(actor(), str(accountability_id), clock.now())
    steps = accountability_steps.next_steps(actor(), view)
    return page("accountability/show.html", view=view, steps=steps, STATES=STATES, ROLES=ROLES)


@bp.post("/<uuid:accountability_id>/approve")
@requires(Permission.STATEMENT_APPROVE)
def approve(accountability_id: UUID) -> Response:
    """Approves; the second approval issues. A fresh code stands before each of the two."""
    if step_ups.needs_code():
        return step_ups.ask_for_code(
            url_for("accountability.show", accountability_id=accountability_id)
        )
    sentence = N_("Your approval is kept.")
    return _done(accountability_steps.approve, accountability_id, sentence)


@bp.post("/<uuid:accountability_id>/send-back")
@requires(Permission.STATEMENT_APPROVE)
def send_back(accountability_id: UUID) -> Response:
    """Sends it back to who proposed it."""
    sentence = N_("Sent back. Another statement can be proposed.")
    return _done(accountability_steps.send_back, accountability_id, sentence)


@bp.post("/<uuid:accountability_id>/end")
@requires(Permission.STATEMENT_END)
def end(accountability_id: UUID) -> Response:
    """Ends the grant now."""
    return _done(
        accountability_steps.end,
        accountability_id,
        N_("Ended. The official cannot read it any more."),
    )


def _done(act: Act, accountability_id: UUID, sentence: Message) -> Response:
    refused = act(actor(), str(accountability_id), clock.now())
    if refused is None:
        tell(sentence)
    else:
        tell(refused.reason, "error")
    return redirect(url_for("accountability.show", accountability_id=accountability_id), 303)
