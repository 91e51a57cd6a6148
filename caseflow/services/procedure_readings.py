"""The procedures of a case for one reader: steps and deadlines from the casework store, the lawyer from the vault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from caseflow.domain import procedures
from caseflow.domain.messages import N_
from caseflow.domain.procedure_files import Rules
from caseflow.domain.procedure_words import DUE_NAMES, PROCEDURE_NAMES, STEP_NAMES, ProcedureKind
from caseflow.domain.procedures import Due, DueBasis, DueKind, ProcedureRules, StepTaken
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.houses import House
from caseflow.services.procedure_views import DueView, LawyerView, ProcedureView, StepView
from caseflow.storage import words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.facts import Milestone, Procedure
from caseflow.storage.models.vault import ProcedureWords, VNumber

C, P = Compartment, Part
Lawyers = dict[str, LawyerView]


def of(
    house: House, casework: Session, dossier: Dossier, vision: Vision, today: date
) -> tuple[ProcedureView, ...] | Hidden:
    """Every procedure of the case, those that run first; deadlines alone where the reader sees no more."""
    if not vision.sees(C.IMMIGRATION, P.DEADLINES):
        return HIDDEN
    lawyers = _lawyers(house, casework, dossier, vision)
    in_order = sorted(dossier.procedures, key=lambda one: (one.until_on is not None, one.from_on))
    return tuple(_view(one, house.procedures, dossier, vision, lawyers, today) for one in in_order)


def step_taken(row: Milestone) -> StepTaken:
    """A recorded step as the rules read it."""
    due = None
    if row.due_kind is not None and row.due_on is not None and row.due_basis is not None:
        due = Due(DueKind(row.due_kind), row.due_on, DueBasis(row.due_basis))
    return StepTaken(row.kind, row.event_on, row.result, due)


def _view(
    row: Procedure,
    rules: Rules,
    dossier: Dossier,
    vision: Vision,
    lawyers: Lawyers | Hidden | Sealed,
    today: date,
) -> ProcedureView:
    kind = ProcedureKind(row.kind)
    own = [one for one in dossier.milestones if one.procedure_id == row.id]
    own.sort(key=lambda one: (one.event_on, one.recorded_at))
    steps = [step_taken(one) for one in own]
    sees_results = vision.sees(C.IMMIGRATION, P.REST)
    is_open = row.until_on is None
    return ProcedureView(
        id=row.id,
        kind=kind,
        name=PROCEDURE_NAMES[kind],
        from_on=vision.show(C.IMMIGRATION, P.REST, row.from_on),
        until_on=row.until_on,
        steps=_steps(own, rules[kind], vision, today),
        waiting=tuple(
            _due(one, rules[kind], today) for one in procedures.waiting(steps, row.until_on)
        ),
        lacks_a_day=sees_results and is_open and procedures.lacks_a_day(rules[kind], steps),
        consequence=procedures.consequence(steps) if sees_results and is_open else None,
        lawyer=lawyers if isinstance(lawyers, Hidden | Sealed) else lawyers.get(row.id),
    )


def _steps(
    own: Sequence[Milestone], rules: ProcedureRules, vision: Vision, today: date
) -> tuple[StepView, ...]:
    found = []
    for row in own:
        due = step_taken(row).due
        found.append(
            StepView(
                row.id,
                STEP_NAMES.get(row.kind, N_("Step in a procedure")),
                row.event_on,
                vision.show(C.IMMIGRATION, P.REST, row.result),
                _due(due, rules, today) if due is not None else None,
            )
        )
    return tuple(found)


def _due(due: Due, rules: ProcedureRules, today: date) -> DueView:
    by_law = due.basis is DueBasis.LAW
    return DueView(
        DUE_NAMES[due.kind],
        due.on,
        has_passed=due.on < today,
        to_check=not by_law,
        source=rules.source(due.kind) if by_law else None,
    )


def _lawyers(
    house: House, casework: Session, dossier: Dossier, vision: Vision
) -> Lawyers | Hidden | Sealed:
    """Lawyer, reference and V-number by procedure; the number of an ended procedure is nobody's to read."""
    if not vision.sees(C.IMMIGRATION, P.REST):
        return HIDDEN
    organisation = dossier.case.organisation
    if not house.stores.is_unsealed(organisation):
        return SEALED
    code, case_id = dossier.client.code, dossier.case.id
    with house.stores.reading_vault(organisation) as vault:
        rows = words.visible(vault, casework, ProcedureWords, [code], case_id=case_id)
        numbered = words.visible(vault, casework, VNumber, [code], case_id=case_id)
        told = {row.procedure_id: (row.lawyer, row.reference) for row in reversed(rows)}
        newest = {row.procedure_id: row.id for row in reversed(rows)}
        runs = {one.id for one in dossier.procedures if one.until_on is None}
        numbers = {
            row.procedure_id: row.number for row in reversed(numbered) if row.procedure_id in runs
        }
    return {
        one: LawyerView(*told.get(one, (None, None)), numbers.get(one), newest.get(one, ""))
        for one in set(told) | set(numbers)
    }
