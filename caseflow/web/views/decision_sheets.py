"""Decision sheets by client code, for who decides for the city; and the advice of the team, on the page of the case."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.decision_sheets import ADVICE_NAMES
from caseflow.domain.messages import N_
from caseflow.services import decision_sheets
from caseflow.services.case_views import CaseView, ProposalView
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages, case_words
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.decision_sheets import AdviceForm, SheetForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("decision_sheets", __name__)

NAMES: Final[dict[str, Any]] = {
    "advice": ADVICE_NAMES,
    "answers": case_words.ANSWERS,
    "proposals": case_words.PROPOSALS,
    "stages": STAGE_NAMES,
}
ADVICE = ActPage(
    Permission.PROPOSAL_ADVISE,
    N_("Advise the municipality"),
    N_("Keep the advice"),
    N_("The advice stands on the decision sheet."),
    N_(
        "The municipality sees client code, criteria, stage, clock, the day and this advice: no name and no words."
    ),
    "proposals",
)


@bp.get("/decision-sheets")
@requires(Permission.SHEETS_VIEW)
def index() -> Response:
    """What waits, the oldest first."""
    asked = request.args.get("page", 1, type=int)
    found = decision_sheets.sheets(actor(), clock.now(), asked)
    return page("decision_sheets/index.html", sheets=found, names=NAMES)


@bp.route("/decision-sheets/<uuid:sheet_id>", methods=["GET", "POST"])
@requires(Permission.SHEET_ANSWER)
def show(sheet_id: UUID) -> Response:
    """One sheet, and the answer to it."""
    sheet, form, status = (
        decision_sheets.sheet(actor(), str(sheet_id), clock.now()),
        SheetForm(),
        200,
    )
    form.offer(sheet.line.kind)
    if request.method == "GET":
        form.version.data = str(sheet.version)
    elif not form.validate_on_submit():
        status = 422
    else:
        refused = decision_sheets.answer(
            actor(),
            str(sheet_id),
            form.chosen(),
            form.chosen_reason(),
            form.until.data if "until" in form else None,
            clock.now(),
            version=form.seen_version(),
        )
        if refused is None:
            flash(said(N_("Your answer is kept, and what follows from it is done.")), "success")
            return redirect(url_for("decision_sheets.index"), 303)
        form.refuse(refused.reason)
        status = 409
    return page("decision_sheets/show.html", status=status, sheet=sheet, form=form, names=NAMES)


@bp.route("/cases/<uuid:case_id>/proposals/<uuid:proposal_id>/advice", methods=["GET", "POST"])
@requires(Permission.PROPOSAL_ADVISE)
def advise(case_id: UUID, proposal_id: UUID) -> Response:
    """What the team advises about a proposal that the city decides on."""
    case = opened(ADVICE.permission, case_id)
    proposal = _proposal(case, proposal_id)
    form = AdviceForm()
    if request.method == "GET":
        form.advice.data = proposal.advice.value if proposal.advice else None
    return act_pages.answer(
        ADVICE,
        case_id,
        form,
        lambda: decision_sheets.advise(
            actor(), str(case_id), str(proposal_id), form.chosen(), clock.now()
        ),
        case=case,
        decision=proposal.may_advise,
    )


def _proposal(case: CaseView, proposal_id: UUID) -> ProposalView:
    """A proposal that the city decides on. Raises `NotKnown`."""
    for one in case.proposals or ():
        if one.id == str(proposal_id) and one.may_advise is not None:
            return one
    raise NotKnown()
