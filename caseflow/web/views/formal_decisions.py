"""Our own formal decisions: prepared, taken, put into a letter, made known, objected to and answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from flask import Blueprint, make_response, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decision_letters import FILE_TITLE, LANGUAGES, Addressed
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_words import (
    STEP_NAMES,
    DecisionKind,
    Ground,
    StepKind,
)
from caseflow.domain.formal_decisions import Drafted, offered_at
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.services import formal_decisions as acts
from caseflow.services import formal_letters
from caseflow.services.case_views import CaseView
from caseflow.services.formal_decision_views import FormalDecisionView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.identity_views import IdentityView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.formatting import said
from caseflow.web.forms import formal_decisions as forms
from caseflow.web.guards import actor, requires

bp = Blueprint("formal_decisions", __name__, url_prefix="/cases/<uuid:case_id>/formal-decisions")

FORM = ["GET", "POST"]
RECORD, DECIDE = Permission.FORMAL_DECISION_RECORD, Permission.FORMAL_DECISION_DECIDE
TEMPLATE: Final = "formal_decisions/act.html"
SECTION: Final = "formal-decisions"
STEPS: Final = {kind.value.replace("_", "-"): kind for kind in StepKind}
"""Steps by how they stand in an address."""
OFFERED: Final = ",".join(f"'{step}'" for step in STEPS)

PREPARE = ActPage(
    RECORD,
    N_("Prepare a formal decision"),
    N_("Send to a colleague"),
    N_("The decision waits for a colleague."),
    N_("A colleague takes it or does not. Only then a letter can be made."),
    SECTION,
    asks=RECORD,
)
TAKE = ActPage(
    DECIDE,
    N_("Take a formal decision"),
    N_("Keep the decision"),
    N_("The decision is kept."),
    N_("Nobody decides on what they prepared themselves."),
    SECTION,
    TEMPLATE,
)
STEP = ActPage(
    RECORD,
    N_("What became of the decision"),
    N_("Keep the step"),
    N_("The step is kept."),
    None,
    SECTION,
    TEMPLATE,
)
LETTER = ActPage(
    RECORD,
    N_("Make a letter"),
    N_("Make the letter"),
    N_("The letter is kept in the vault. Read it below before you print it."),
    N_("It is made from what is recorded here, and kept word for word."),
    SECTION,
    TEMPLATE,
    needs_vault=True,
)
LEADS: Final = {
    StepKind.MADE_KNOWN: N_("The term to object begins on the day after."),
    StepKind.OBJECTION_LODGED: N_(
        "The day on which it came in. A late one is written down as well."
    ),
    StepKind.HEARING: N_("The day for which the hearing is planned."),
    StepKind.TAKEN_BACK: N_("Nothing more comes of it. What was written down stays."),
}


@bp.route("/new", methods=FORM)
@requires(RECORD)
def prepare(case_id: UUID) -> Response:
    """Prepares a refusal, an end or an exclusion."""
    case = opened(RECORD, case_id)
    form = forms.PrepareForm()
    kinds = offered_at(case.stage)
    form.offer(kinds, _criteria(case))
    begin_today(form, "effective_on")
    if request.method == "GET" and len(kinds) == 1:
        form.kind.data = kinds[0].value
    return act_pages.answer(
        PREPARE,
        case_id,
        form,
        lambda: acts.prepare(
            actor(),
            str(case_id),
            Drafted(
                DecisionKind(form.kind.data),
                Ground(form.ground.data),
                form.effective_on.data,
                form.until_on.data,
                form.criterion.data or None,
            ),
            form.words.data,
            clock.now(),
        ),
        case=case,
    )


@bp.route("/<uuid:formal_decision_id>/decision", methods=FORM)
@requires(DECIDE)
def take(case_id: UUID, formal_decision_id: UUID) -> Response:
    """Takes what a colleague prepared, or does not."""
    case, one = _decision((DECIDE,), case_id, formal_decision_id)
    form = forms.TakeForm()
    if request.method == "GET":
        form.version.data = str(one.version)
    return act_pages.answer(
        TAKE,
        case_id,
        form,
        lambda: acts.decide(
            actor(),
            str(case_id),
            str(formal_decision_id),
            form.approve.data == "yes",
            clock.now(),
            version=form.seen_version(),
        ),
        case=case,
        decision=one.may_decide,
        one=one,
    )


@bp.route(f"/<uuid:formal_decision_id>/steps/<any({OFFERED}):step>", methods=FORM)
@requires(RECORD, DECIDE)
def take_step(case_id: UUID, formal_decision_id: UUID, step: str) -> Response:
    """Writes down what became of a decision."""
    kind = STEPS[step]
    permission = DECIDE if kind is StepKind.TAKEN_BACK else RECORD
    case, one = _decision((permission,), case_id, formal_decision_id)
    form = forms.step_form(kind)
    if kind is not StepKind.HEARING:
        begin_today(form, "on")
    return act_pages.answer(
        replace(STEP, permission=permission, title=STEP_NAMES[kind], lead=LEADS.get(kind)),
        case_id,
        form,
        lambda: acts.take_step(
            actor(),
            str(case_id),
            str(formal_decision_id),
            kind,
            form.on.data,
            form.result.data if isinstance(form, forms.ResultForm) else None,
            clock.now(),
        ),
        case=case,
        decision=one.next_steps.get(kind),
        one=one,
    )


@bp.route("/<uuid:formal_decision_id>/letters/new", methods=FORM)
@requires(RECORD)
def make_letter(case_id: UUID, formal_decision_id: UUID) -> Response:
    """Makes the letter in the client's language, addressed as they ask for."""
    case, one = _decision((RECORD,), case_id, formal_decision_id)
    form = forms.LetterForm()
    form.offer(_names(case))
    begin_today(form, "dated_on")
    if request.method == "GET":
        form.addressed.data = Addressed.CALL_NAME.value
        form.language.data = _language(case)

    def make() -> Refused | None:
        with force_locale(form.language.data):
            return formal_letters.make(
                actor(),
                str(case_id),
                str(formal_decision_id),
                form.language.data,
                Addressed(form.addressed.data),
                form.dated_on.data,
                said,
                clock.now(),
            )

    return act_pages.answer(LETTER, case_id, form, make, case=case, decision=one.may_write, one=one)


@bp.get("/<uuid:formal_decision_id>/letters/<int:number>.pdf")
@requires(Permission.CASE_OPEN)
def letter(case_id: UUID, formal_decision_id: UUID, number: int) -> Response:
    """A letter on paper; its file is called after a day and a language, never after a person."""
    made = formal_letters.printed(
        actor(), str(case_id), str(formal_decision_id), number, _called, clock.now()
    )
    response = make_response(made.pdf)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def _called(language: str) -> str:
    with force_locale(language):
        return said(FILE_TITLE)


def _decision(
    permissions: tuple[Permission, ...], case_id: UUID, decision_id: UUID
) -> tuple[CaseView, FormalDecisionView]:
    """The decision of this case, for somebody who may do one of these acts. Raises `NotKnown`."""
    case = act_pages.opened_for_any(permissions, case_id)
    for one in case.formal_decisions or ():
        if one.id == str(decision_id):
            return case, one
    raise NotKnown()


def _criteria(case: CaseView) -> list[tuple[str, Label]]:
    """The criteria of the programme, by number, as far as this reader sees the screening."""
    return [(one.criterion, one.label) for one in case.screening or ()]


def _language(case: CaseView) -> str:
    """The language that the person speaks where a letter can be made in it, else Dutch."""
    spoken = case.person.language if not isinstance(case.person, Hidden) else None
    return spoken if spoken is not None and spoken in LANGUAGES else "nl"


def _names(case: CaseView) -> list[Addressed]:
    """By which names the letter can address the person: their own where the reader sees one."""
    own = case.identity
    has_one = isinstance(own, IdentityView) and bool(own.given_names or own.family_name)
    return [one for one in Addressed if one is not Addressed.OWN_NAME or has_one]
