"""The steps of the child-protection code (Meldcode) on a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import child_protection as rules
from caseflow.domain.access import Permission
from caseflow.domain.child_protection import CodeStep
from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field
from caseflow.domain.messages import N_, Message
from caseflow.services import child_protection, child_protection_readings
from caseflow.services.gatekeeping import CaseIsOver
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.web import act_pages, disclosed_values, step_ups
from caseflow.web.act_pages import SEALED_NOW, ActPage, begin_today, opened
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.protection import ChildReportForm, ConcernForm, StepForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("child_protection", __name__, url_prefix="/cases/<uuid:case_id>/child-protection")
FORM: Final = ["GET", "POST"]
RECORD: Final = Permission.CHILD_PROTECTION_RECORD
NAMES: Final[dict[str, Any]] = {
    "whom": rules.WHOM_NAMES,
    "steps": rules.STEP_NAMES,
    "results": rules.RESULT_NAMES,
}
TAKES: Final = tuple(one for one in CodeStep if one is not CodeStep.REPORT)
LEADS: Final[dict[CodeStep, Message]] = {
    CodeStep.SIGNALS: N_("Facts, as codes; a few words go into the vault."),
    CodeStep.CONSULT: N_("Veilig Thuis (0800-2000) gives advice day and night, also without a name."),
    CodeStep.TALK: N_("Use an interpreter of your own, never a child or a relative. Not where it would be a danger."),
    CodeStep.WEIGH: N_("By the assessment framework of your profession. A second colleague agrees, or does not."),
    CodeStep.DECIDE: N_("After two people weighed it. Acute or lasting danger is reported."),
}  # fmt: skip
NEW = ActPage(
    RECORD,
    N_("A worry about a child"),
    N_("Write it down"),
    N_("It is written down."),
    N_("Step 1 of the code. Acute danger? Call 112 or Veilig Thuis (0800-2000) first."),
)
STEP = ActPage(RECORD, N_("A step"), N_("Record the step"), N_("The step is recorded."))
REPORT = ActPage(
    RECORD,
    N_("Report to Veilig Thuis or 112"),
    N_("Record what was told"),
    N_("The report is recorded as something that left."),
    N_("Call first; record it within 24 hours. Say as little as helps, and nothing about papers or status."),
    needs_vault=True,
)  # fmt: skip
TELLABLE: Final = KINDS[child_protection.KIND].optional - {Field.WORDS}
"""What may be ticked of the file; what was told in words is typed."""
MISTAKEN = ActPage(
    RECORD,
    N_("Take back a worry about a child"),
    N_("Take it back"),
    N_("This was taken back."),
    N_("It was recorded in error: it is shown no more."),
    is_a_right=True,
)
ACUTE = ActPage(
    RECORD,
    N_("The danger is acute"),
    N_("Yes, the danger is acute"),
    N_("Known as acute danger. Call 112 or Veilig Thuis at once, and record it within 24 hours."),
    N_("Call first: 112, or Veilig Thuis on 0800-2000. One person may then report; a second agrees afterwards."),
)  # fmt: skip


@bp.get("")
@requires(RECORD, Permission.CASE_OPEN)
def index(case_id: UUID) -> Response:
    """Worries about children, with their steps."""
    found = child_protection_readings.of_case(actor(), str(case_id), clock.now())
    return page("protection/child_protection.html", found=found, names=NAMES, takes=TAKES)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def record(case_id: UUID) -> Response:
    """A worry with its first signals."""
    form = ConcernForm()
    form.offer(CodeStep.SIGNALS)
    begin_today(form, "done_on")
    return act_pages.answer(
        _back(NEW, case_id),
        case_id,
        form,
        lambda: child_protection.open_concern(
            actor(), str(case_id), form.about(), form.step(CodeStep.SIGNALS), clock.now(),
            is_acute=bool(form.acute.data),
        ),
    )  # fmt: skip


@bp.route("/<uuid:child_concern_id>/<any(signals,consult,talk,weigh,decide):code_step>", methods=FORM)  # fmt: skip
@requires(RECORD)
def take_step(case_id: UUID, child_concern_id: UUID, code_step: str) -> Response:
    """One step of the code was taken."""
    step, form = CodeStep(code_step), StepForm()
    case = opened(RECORD, case_id)
    child_protection_readings.concern(actor(), str(case_id), str(child_concern_id), clock.now())
    form.offer(step)
    begin_today(form, "done_on")
    act = replace(STEP, title=rules.STEP_NAMES[step], lead=LEADS[step])
    return act_pages.answer(
        _back(act, case_id),
        case_id,
        form,
        lambda: child_protection.take_step(
            actor(), str(case_id), str(child_concern_id), form.step(step), clock.now()
        ),
        case=case,
    )


@bp.post("/<uuid:child_concern_id>/steps/<uuid:child_concern_step_id>/agree")
@requires(RECORD)
def agree(case_id: UUID, child_concern_id: UUID, child_concern_step_id: UUID) -> Response:
    """A second professional agrees; a fresh code stands before it."""
    back = url_for("child_protection.index", case_id=case_id)
    if step_ups.needs_code():
        return step_ups.ask_for_code(back)
    try:
        refused = child_protection.agree(
            actor(), str(case_id), str(child_concern_id), str(child_concern_step_id), clock.now()
        )
    except CaseIsOver as over:
        refused = over.refused
    except DoneAlready:
        refused = Refused(DONE_ALREADY)
    if refused is not None:
        tell(refused.reason, "error")
    else:
        tell(N_("You agreed as second person."))
    return redirect(back, 303)


@bp.route("/<uuid:child_concern_id>/report", methods=FORM)
@requires(RECORD)
def report(case_id: UUID, child_concern_id: UUID) -> Response:
    """A report was made: to whom, when, and exactly what was told."""
    case, form = opened(RECORD, case_id), ChildReportForm()
    child_protection_readings.concern(actor(), str(case_id), str(child_concern_id), clock.now())
    form.offer(disclosed_values.recorded(case, TELLABLE))
    begin_today(form, "done_on")

    def perform() -> Refused | None:
        asked = frozenset(Field(one) for one in form.fields_told.data or ())
        values = {**disclosed_values.of(case, asked, "nl"), **form.typed()}
        told = form.step()
        return child_protection.report(
            actor(), str(case_id), str(child_concern_id), told, values, clock.now()
        )

    sealed = SEALED_NOW if case.is_sealed else None
    return act_pages.answer(
        _back(REPORT, case_id), case_id, form, perform, case=case, decision=sealed
    )


@bp.route("/<uuid:child_concern_id>/acute", methods=FORM)
@requires(RECORD)
def say_acute(case_id: UUID, child_concern_id: UUID) -> Response:
    """Somebody learns that the danger is acute."""
    case = opened(RECORD, case_id)
    child_protection_readings.concern(actor(), str(case_id), str(child_concern_id), clock.now())
    return act_pages.answer(
        _back(ACUTE, case_id),
        case_id,
        OwnForm(),
        lambda: child_protection.say_acute(
            actor(), str(case_id), str(child_concern_id), clock.now()
        ),
        case=case,
    )


@bp.route("/<uuid:child_concern_id>/take-back", methods=FORM)
@requires(RECORD)
def take_back(case_id: UUID, child_concern_id: UUID) -> Response:
    """It was recorded in error; asked once more before it leaves the page."""
    case = opened(RECORD, case_id)
    child_protection_readings.concern(actor(), str(case_id), str(child_concern_id), clock.now())
    return act_pages.answer(
        _back(MISTAKEN, case_id),
        case_id,
        OwnForm(),
        lambda: child_protection.mistaken(
            actor(), str(case_id), str(child_concern_id), clock.now()
        ),
        case=case,
        decision=Allowed(),
    )


def _back(act: ActPage, case_id: UUID) -> ActPage:
    return replace(act, leads_to="child_protection.index", leads_with={"case_id": case_id})
