"""Admission, extension and exit: proposed by one colleague, decided by another."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.programmes import ProposalKind
from caseflow.services import decisions
from caseflow.services.case_views import CaseView, ProposalView
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages, case_words
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.proposals import AdmissionForm, DecisionForm, ExitForm, ExtensionForm
from caseflow.web.guards import actor, requires

bp = Blueprint("proposals", __name__, url_prefix="/cases/<uuid:case_id>/proposals")
FORM = ["GET", "POST"]
WAITS = N_("The proposal waits for a colleague's decision.")

ADMISSION = ActPage(
    Permission.ADMISSION_PROPOSE,
    N_("Propose admission"),
    N_("Propose"),
    WAITS,
    N_("A colleague decides."),
    "proposals",
    asks=Permission.ADMISSION_PROPOSE,
)
EXTENSION = ActPage(
    Permission.EXTENSION_PROPOSE,
    N_("Propose an extension"),
    N_("Propose"),
    WAITS,
    N_("A colleague decides."),
    "proposals",
    asks=Permission.EXTENSION_PROPOSE,
)
EXIT = ActPage(
    Permission.EXIT_PROPOSE,
    N_("Propose exit"),
    N_("Propose"),
    WAITS,
    N_("A colleague decides. The bed is not ended by this."),
    "proposals",
    "proposals/exit.html",
    asks=Permission.EXIT_PROPOSE,
)
DECISION = N_("Decide on a proposal")
TAKEN_BACK = N_("The proposal is taken back.")


@bp.route("/admission", methods=FORM)
@requires(Permission.ADMISSION_PROPOSE)
def propose_admission(case_id: UUID) -> Response:
    """Proposes to admit somebody."""
    form = AdmissionForm()
    if request.method == "GET":
        form.on.data = clock.today()
    return act_pages.answer(
        ADMISSION,
        case_id,
        form,
        lambda: decisions.propose_admission(
            actor(), str(case_id), form.on.data, form.reason.data, clock.now()
        ),
    )


@bp.route("/extension", methods=FORM)
@requires(Permission.EXTENSION_PROPOSE)
def propose_extension(case_id: UUID) -> Response:
    """Proposes a longer stay."""
    form = ExtensionForm()
    return act_pages.answer(
        EXTENSION,
        case_id,
        form,
        lambda: decisions.propose_extension(
            actor(), str(case_id), form.until.data, form.reason.data, clock.now()
        ),
    )


@bp.route("/exit", methods=FORM)
@requires(Permission.EXIT_PROPOSE)
def propose_exit(case_id: UUID) -> Response:
    """Proposes how and when the episode ended."""
    case = opened(EXIT.permission, case_id)
    form = ExitForm()
    form.offer(case.programme.outcomes)
    if request.method == "GET":
        form.on.data = clock.today()
        form.suppose(case)
    return act_pages.answer(
        EXIT,
        case_id,
        form,
        lambda: decisions.propose_exit(
            actor(),
            str(case_id),
            form.chosen_outcome(),
            form.chosen_basis(),
            form.on.data,
            form.reason.data,
            clock.now(),
            permanent_stay_assured=form.permanent_stay_assured(),
            destination=form.chosen_destination(),
        ),
        case=case,
    )


@bp.route("/<uuid:proposal_id>/decision", methods=FORM)
@requires(*decisions.DECIDE.values())
def decide(case_id: UUID, proposal_id: UUID) -> Response:
    """Approves or declines what somebody else proposed."""
    case, proposal = _proposal(case_id, proposal_id)
    form = DecisionForm()
    if request.method == "GET":
        form.version.data = str(proposal.version)
    act = ActPage(
        decisions.DECIDE[proposal.kind],
        DECISION,
        N_("Keep the decision"),
        N_("The decision is kept."),
        None,
        "proposals",
        "proposals/decide.html",
    )
    return act_pages.answer(
        act,
        case_id,
        form,
        lambda: decisions.decide(
            actor(),
            str(case_id),
            str(proposal_id),
            form.approve.data == "yes",
            form.reason.data,
            clock.now(),
            version=form.seen_version(),
        ),
        case=case,
        decision=proposal.may_decide,
        proposal=proposal,
        names=case_words,
    )


@bp.post("/<uuid:proposal_id>/withdrawal")
@requires(*decisions.PROPOSE.values())
def withdraw(case_id: UUID, proposal_id: UUID) -> Response:
    """Takes back one's own proposal."""
    refused = decisions.withdraw(actor(), str(case_id), str(proposal_id), clock.now())
    if isinstance(refused, Refused):
        flash(said(refused.reason), "error")
    else:
        flash(said(TAKEN_BACK), "success")
    return redirect(url_for("cases.show", case_id=case_id, _anchor="proposals"), 303)


def _proposal(case_id: UUID, proposal_id: UUID) -> tuple[CaseView, ProposalView]:
    """The proposal for somebody who decides on its kind. Raises `NotKnown`."""
    case = act_pages.opened_for_any(decisions.DECIDE.values(), case_id)
    for one in case.proposals or ():
        if one.id == str(proposal_id) and decisions.DECIDE[ProposalKind(one.kind)] in case.may:
            return case, one
    raise NotKnown()
