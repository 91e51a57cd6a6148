"""Procedures of a person: opened, gone through step by step, ended; and who the lawyer is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.services import procedures
from caseflow.services.case_views import CaseView, Sealed
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.procedure_views import LawyerView, ProcedureView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms import procedures as forms
from caseflow.web.guards import actor, requires

bp = Blueprint("procedures", __name__, url_prefix="/cases/<uuid:case_id>/procedures")
FORM = ["GET", "POST"]
RECORD = Permission.MILESTONE_RECORD

OPEN = ActPage(
    RECORD,
    N_("Open a procedure"),
    N_("Open the procedure"),
    N_("The procedure is open."),
    N_("Several may run at once. Kind and day only; the documents stay with the lawyer."),
    "procedures",
    asks=RECORD,
)
STEP = ActPage(
    RECORD,
    N_("Step of a procedure"),
    N_("Keep the step"),
    N_("The step is kept."),
    N_("Kind, day and result only. The documents stay with the lawyer."),
    "procedures",
    "procedures/act.html",
    asks=RECORD,
)
LAWYER = ActPage(
    RECORD,
    N_("Lawyer and reference"),
    N_("Keep in the vault"),
    N_("Lawyer and reference are kept in the vault."),
    None,
    "procedures",
    "procedures/act.html",
    needs_vault=True,
    asks=RECORD,
)
END = ActPage(
    RECORD,
    N_("End a procedure"),
    N_("End the procedure"),
    N_("The procedure has ended, and its V-number is erased."),
    N_("Its deadlines count no more, and the V-number is erased for good."),
    "procedures",
    "procedures/act.html",
    needs_vault=True,
)
ENDED = Refused(N_("This procedure has ended already. Open a new one where it goes on."))
NOT_NOW = Refused(N_("The vault is sealed. This can be done once somebody has opened the vault."))


@bp.route("/new", methods=FORM)
@requires(RECORD)
def open_one(case_id: UUID) -> Response:
    """A procedure begins."""
    form = forms.OpenProcedureForm()
    begin_today(form, "on")
    return act_pages.answer(
        OPEN,
        case_id,
        form,
        lambda: procedures.open_one(
            actor(), str(case_id), ProcedureKind(form.kind.data), form.on.data, clock.now()
        ),
    )


@bp.route("/<uuid:procedure_id>/steps/new", methods=FORM)
@requires(RECORD)
def take_step(case_id: UUID, procedure_id: UUID) -> Response:
    """A step of one procedure, and what must happen next."""
    case, procedure = _procedure(case_id, procedure_id)
    form = forms.StepForm()
    form.offer(procedures.steps_of(procedure.kind))
    begin_today(form, "on")
    return act_pages.answer(
        STEP,
        case_id,
        form,
        lambda: procedures.take_step(
            actor(),
            str(case_id),
            str(procedure_id),
            form.step.data,
            form.on.data,
            form.result.data or None,
            form.due_on.data,
            clock.now(),
        ),
        case=case,
        decision=_while_open(STEP, case, procedure),
        procedure=procedure,
    )


@bp.route("/<uuid:procedure_id>/lawyer", methods=FORM)
@requires(RECORD)
def write_lawyer(case_id: UUID, procedure_id: UUID) -> Response:
    """Who the lawyer is, under which reference, and the V-number where it is needed."""
    case, procedure = _procedure(case_id, procedure_id)
    form = forms.LawyerForm()
    if request.method == "GET" and isinstance(procedure.lawyer, LawyerView):
        form.seen.data = procedure.lawyer.version
        form.lawyer.data = procedure.lawyer.lawyer
        form.reference.data = procedure.lawyer.reference
        form.v_number.data = procedure.lawyer.v_number
    return act_pages.answer(
        LAWYER,
        case_id,
        form,
        lambda: procedures.write_lawyer(
            actor(),
            str(case_id),
            str(procedure_id),
            form.lawyer.data,
            form.reference.data,
            form.v_number.data,
            clock.now(),
            seen=form.seen.data or "",
        ),
        case=case,
        decision=_while_unsealed(LAWYER, case, procedure),
        procedure=procedure,
    )


@bp.route("/<uuid:procedure_id>/end", methods=FORM)
@requires(RECORD)
def end(case_id: UUID, procedure_id: UUID) -> Response:
    """A procedure ends, and its V-number is erased."""
    case, procedure = _procedure(case_id, procedure_id)
    form = forms.EndProcedureForm()
    begin_today(form, "on")
    return act_pages.answer(
        END,
        case_id,
        form,
        lambda: procedures.end(actor(), str(case_id), str(procedure_id), form.on.data, clock.now()),
        case=case,
        decision=_while_unsealed(END, case, procedure),
        procedure=procedure,
    )


def _procedure(case_id: UUID, procedure_id: UUID) -> tuple[CaseView, ProcedureView]:
    """The procedure of this case, for somebody who may write it down. Raises `NotKnown`."""
    case = opened(RECORD, case_id)
    for one in case.procedures or ():
        if one.id == str(procedure_id):
            return case, one
    raise NotKnown()


def _while_open(act: ActPage, case: CaseView, procedure: ProcedureView) -> Decision:
    return act.decision(case) if procedure.is_open else ENDED


def _while_unsealed(act: ActPage, case: CaseView, procedure: ProcedureView) -> Decision:
    """No form is shown empty because the vault is sealed: sent later, it would erase what stands there."""
    decided = _while_open(act, case, procedure)
    if not decided:
        return decided
    return NOT_NOW if isinstance(procedure.lawyer, Sealed) else Allowed()
