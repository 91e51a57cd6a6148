"""Facts recorded in error: the row stays and is shown as an error, and it counts nowhere any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_words import StepKind
from caseflow.domain.messages import N_
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.storage.models.facts import (
    Allowance,
    ContactAttempt,
    Cost,
    FollowUp,
    Milestone,
    ScenarioChoice,
    ScreeningAnswer,
)
from caseflow.storage.models.formal_decisions import DecisionStep

_Row = (
    ScenarioChoice
    | Milestone
    | ScreeningAnswer
    | FollowUp
    | Allowance
    | Cost
    | DecisionStep
    | ContactAttempt
)


class Correctable(StrEnum):
    """Facts from which nothing else follows by itself, so that one can be taken out safely.

    What was paid of an allowance is put right by the next run (`domain.pay_outs`), never by itself.
    """

    SCENARIO = "scenario"
    MILESTONE = "milestone"
    SCREENING = "screening"
    FOLLOW_UP = "follow_up"
    ALLOWANCE = "allowance"
    COST = "cost"
    DECISION_STEP = "decision_step"
    ATTEMPT = "attempt"


CORRECTED_BY: Final[Mapping[Correctable, Permission]] = MappingProxyType(
    {
        Correctable.SCENARIO: Permission.SCENARIO_RECORD,
        Correctable.MILESTONE: Permission.MILESTONE_RECORD,
        Correctable.SCREENING: Permission.SCREENING_RECORD,
        Correctable.FOLLOW_UP: Permission.FOLLOW_UP_RECORD,
        Correctable.ALLOWANCE: Permission.ALLOWANCE_RECORD,
        Correctable.COST: Permission.COST_RECORD,
        Correctable.DECISION_STEP: Permission.FORMAL_DECISION_RECORD,
        Correctable.ATTEMPT: Permission.NOTE_CREATE,
    }
)
"""Who may record a fact may also say that it was recorded in error."""

_ROWS: Final[Mapping[Correctable, Any]] = {
    Correctable.SCENARIO: ScenarioChoice,
    Correctable.MILESTONE: Milestone,
    Correctable.SCREENING: ScreeningAnswer,
    Correctable.FOLLOW_UP: FollowUp,
    Correctable.ALLOWANCE: Allowance,
    Correctable.COST: Cost,
    Correctable.DECISION_STEP: DecisionStep,
    Correctable.ATTEMPT: ContactAttempt,
}


def record_error(
    actor: Actor, case_id: str, kind: Correctable, fact_id: str, now: datetime
) -> Refused | None:
    """Marks one fact as recorded in error, with who found out and when. Raises `NotKnown`."""
    with changing(
        actor,
        CORRECTED_BY[kind],
        case_id,
        "fact_mistaken",
        now,
        details={"kind": kind.value, "fact": fact_id},
    ) as change:
        row: _Row | None = change.work.casework.get(_ROWS[kind], fact_id)
        if row is None or row.case_id != case_id:
            raise NotKnown()
        if row.mistaken_at is not None:
            return change.refuse(
                Refused(N_("This was already marked as recorded in error. Nothing is left to do."))
            )
        if isinstance(row, DecisionStep) and row.kind == StepKind.TAKEN_BACK:
            return change.refuse(
                Refused(N_("A decision that was taken back stays so. Prepare it anew."))
            )
        row.mistaken_at, row.mistaken_by = now, actor.user_id
        row.mistaken_change_id = change.work.id
        return None
