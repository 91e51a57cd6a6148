"""The formal decisions of a case for one reader: codes from the casework store, letters and reasons from the vault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from caseflow.domain import (
    decision_letters,
    formal_decision_steps,
    formal_decision_turns,
    formal_decisions,
)
from caseflow.domain.actors import Actor
from caseflow.domain.cases import CaseFacts
from caseflow.domain.formal_decision_turns import Awaited
from caseflow.domain.formal_decision_words import (
    GROUND_NAMES,
    KIND_NAMES,
    RESULT_NAMES,
    STEP_NAMES,
    DecisionKind,
    DecisionState,
    Ground,
    StepKind,
)
from caseflow.domain.formal_decisions import Course, Drafted, Taken
from caseflow.domain.local_days import local
from caseflow.domain.programmes import CriteriaVersion, Programme
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services import readings
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.formal_decision_views import (
    CriterionView,
    FormalDecisionView,
    LetterView,
    StepView,
)
from caseflow.services.houses import House
from caseflow.services.vault_readings import Reasons
from caseflow.storage import words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.formal_decisions import DecisionStep, FormalDecision, FormalLetter

C, P = Compartment, Part
Names = dict[str, tuple[str, str | None]]
Letters = dict[str, tuple[LetterView, ...]]


def of(
    house: House,
    casework: Session,
    dossier: Dossier,
    vision: Vision,
    facts: CaseFacts,
    actor: Actor,
    names: Names,
    reasons: Reasons,
    today: date,
) -> tuple[FormalDecisionView, ...] | Hidden:
    """Every formal decision of the case, newest first; the criterion alone for who sees no more than the screening."""
    sees, screens = vision.sees(C.CASEWORK, P.REST), vision.sees(C.IMMIGRATION, P.SCREENING_ANSWERS)
    if not sees and not screens:
        return HIDDEN
    rows = list(reversed(dossier.formal_decisions))
    if not sees:
        return tuple(
            FormalDecisionView(row.id, _criterion(row, facts.programme))
            for row in rows
            if row.criterion is not None
        )
    letters = _letters(house, casework, dossier, vision) if rows else {}
    continued = readings.continued(dossier)
    rules = house.objections
    found = []
    for row in rows:
        course = course_of(row, dossier.decision_steps)
        found.append(
            FormalDecisionView(
                id=row.id,
                criterion=_criterion(row, facts.programme) if screens else HIDDEN,
                kind=course.kind,
                name=KIND_NAMES[course.kind],
                ground=GROUND_NAMES[Ground(row.ground)],
                state=course.state,
                effective_on=row.effective_on,
                until_on=row.until_on,
                prepared_by=names.get(row.recorded_by, ("", None))[0],
                decided_by=names.get(row.decided_by, ("", None))[0] if row.decided_by else None,
                decided_on=course.decided_on,
                words=reasons.about(row.id),
                stands=course.stands,
                steps=_steps(row, dossier.decision_steps),
                awaited=formal_decision_turns.awaited(course, _day(row), today),
                objection_until=course.objection_until,
                source=rules.source,
                to_confirm=not rules.confirmed,
                is_late=course.is_late,
                turn=formal_decision_turns.turn(
                    course,
                    continued,
                    has_ended=facts.has_ended,
                    objection_continues=facts.programme.objection_continues,
                ),
                next_steps=formal_decision_steps.steps_next(course),
                letters=letters.get(row.id, ()) if isinstance(letters, dict) else letters,
                may_decide=formal_decisions.may_decide(course, row.recorded_by, actor.user_id),
                may_write=formal_decisions.is_decided(course),
                version=row.version,
            )
        )
    return tuple(found)


def course_of(row: FormalDecision, steps: Iterable[DecisionStep]) -> Course:
    """A decision and what became of it, as the rules read it."""
    return Course(
        kind=DecisionKind(row.kind),
        state=DecisionState(row.state),
        decided_on=local(row.decided_at).date() if row.decided_at else None,
        steps=tuple(
            Taken(StepKind(one.kind), one.event_on, one.result, one.due_on)
            for one in steps
            if one.decision_id == row.id
        ),
    )


def drafted_of(row: FormalDecision) -> Drafted:
    """What was prepared, as the rules read it."""
    return Drafted(
        DecisionKind(row.kind), Ground(row.ground), row.effective_on, row.until_on, row.criterion
    )


def awaited(dossier: Dossier, today: date) -> Iterable[tuple[FormalDecision, Course, Awaited]]:
    """What the decisions of a case wait for, with the decision it is about."""
    for row in dossier.formal_decisions:
        course = course_of(row, dossier.decision_steps)
        for one in formal_decision_turns.awaited(course, _day(row), today):
            yield row, course, one


def criteria_of(dossier: Dossier, programme: Programme, facts: CaseFacts) -> CriteriaVersion | None:
    """The version of the criteria that was asked of this person, or that would be asked now."""
    asked = {one.rule_version for one in dossier.screening}
    version = programme.criteria_on(facts.screened_on or facts.application_on)
    for candidate in programme.criteria:
        if candidate.version in asked:
            version = candidate
    return version


def letters_of(
    vault: Session, casework: Session, dossier_code: str, case_id: str
) -> dict[str, tuple[LetterView, ...]]:
    """The letters of a case by decision, oldest first."""
    found: dict[str, list[LetterView]] = {}
    rows = words.visible(vault, casework, FormalLetter, [dossier_code], case_id=case_id)
    for row in reversed(rows):
        some = found.setdefault(row.decision_id, [])
        title, blocks = decision_letters.read(row.words)
        some.append(LetterView(len(some) + 1, row.language, row.dated_on, title, blocks))
    return {decision_id: tuple(some) for decision_id, some in found.items()}


def _letters(
    house: House, casework: Session, dossier: Dossier, vision: Vision
) -> Letters | Hidden | Sealed:
    if not vision.sees(C.NOTES, P.REST):
        return HIDDEN
    organisation = dossier.case.organisation
    if not house.stores.is_unsealed(organisation):
        return SEALED
    with house.stores.reading_vault(organisation) as vault:
        return letters_of(vault, casework, dossier.client.code, dossier.case.id)


def criterion_number(row: FormalDecision, programme: Programme) -> int | None:
    """Which number the criterion of a decision has in its version of the rules."""
    found = _criterion(row, programme)
    return found.number if found is not None else None


def _criterion(row: FormalDecision, programme: Programme) -> CriterionView | None:
    for version in programme.criteria:
        if version.version != row.rule_version:
            continue
        for number, one in enumerate(version.criteria, 1):
            if one.id == row.criterion:
                return CriterionView(number, one.label, version.version)
    return None


def _steps(row: FormalDecision, steps: Iterable[DecisionStep]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            one.id,
            StepKind(one.kind),
            STEP_NAMES[StepKind(one.kind)],
            one.event_on,
            RESULT_NAMES[one.result] if one.result else None,
            one.due_on,
        )
        for one in steps
        if one.decision_id == row.id
    )


def _day(row: FormalDecision) -> date:
    return local(row.recorded_at).date()
