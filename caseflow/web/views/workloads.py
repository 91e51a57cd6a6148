"""The workload of a team, and handing over the cases of a colleague."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import colleagues, workloads
from caseflow.services.gatekeeping import VaultSealed
from caseflow.web import step_ups
from caseflow.web.act_pages import SEALED
from caseflow.web.formatting import said
from caseflow.web.forms.workloads import HandoverForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("workloads", __name__, url_prefix="/workload")


@bp.get("")
@requires(Permission.CASE_ASSIGN)
def index() -> Response:
    """Cases and late tasks of each colleague of the team."""
    return page("workloads/index.html", workload=workloads.workload(actor(), clock.now()))


@bp.route("/<user_id>", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def hand_over(user_id: str) -> Response:
    """Gives cases of one colleague to another, with a note and a fresh code."""
    handover = workloads.handover(actor(), user_id, clock.now())
    form, status = HandoverForm(), 200
    form.offer(handover, colleagues.offered(actor(), *workloads.CASE_TEAM))
    if request.method == "GET":
        form.cases.data = [one.case_id for one in handover.cases]
    elif not form.validate_on_submit():
        status = 422
    else:
        outcome = _handed_over(user_id, form)
        if isinstance(outcome, int):
            flash(said(N_("Cases handed over: %(count)s.", count=outcome)), "success")
            return redirect(url_for("workloads.index"), 303)
        status = 422 if outcome is None else 409
        if outcome is not None:
            form.refuse(outcome.reason)
    return page("workloads/hand_over.html", status=status, form=form, handover=handover)


def _handed_over(user_id: str, form: HandoverForm) -> Refused | int | None:
    """How many cases were handed over; None where the code will not do, which the form says.

    Whatever else stands in the way is told before the code is taken, so that a slip of the pen uses none up.
    """
    asked = (user_id, form.to.data, form.cases.data, form.words.data, clock.now())
    try:
        refused = workloads.refusal(actor(), *asked)
        if refused is not None:
            return refused
        return workloads.hand_over(actor(), *asked) if step_ups.is_given_now(form) else None
    except VaultSealed:
        return Refused(SEALED)
