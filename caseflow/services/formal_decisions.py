"""Our own formal decisions: prepared by the case team, decided by its lead, made known, objected to, answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from caseflow.domain import formal_decision_steps, formal_decisions, procedures
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ProposalState
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_words import DecisionKind, DecisionState, Ground, StepKind
from caseflow.domain.formal_decisions import Drafted, Taken
from caseflow.domain.messages import N_
from caseflow.domain.programmes import ProposalKind
from caseflow.services import houses
from caseflow.services.formal_decision_readings import course_of, criteria_of, drafted_of
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.formal_decisions import DecisionStep, FormalDecision
from caseflow.storage.models.vault import Reason

RECORD: Final = Permission.FORMAL_DECISION_RECORD
DECIDE: Final = Permission.FORMAL_DECISION_DECIDE
_FOLLOWS: Final = {
    DecisionKind.REFUSAL: (ProposalKind.ADMISSION, ProposalState.DECLINED),
    DecisionKind.END: (ProposalKind.EXIT, ProposalState.APPROVED),
}
"""Which proposal, decided how, a decision follows where there is one."""


def prepare(
    actor: Actor, case_id: str, drafted: Drafted, words: str | None, now: datetime
) -> Refused | None:
    """Prepares a decision for a colleague to take; words that explain it go into the vault, and into its letter.

    Raises `NotKnown`, and `VaultSealed` where there are words.
    """
    told, decision_id = (words or "").strip(), new_id()
    with changing(
        actor,
        RECORD,
        case_id,
        "formal_decision_prepared",
        now,
        details={
            "decision": decision_id,
            "kind": drafted.kind.value,
            "ground": drafted.ground.value,
        },
        words=bool(told),
    ) as change:
        written = procedures.may_be_written(told)
        if not written:
            return change.refuse(written)
        version = criteria_of(change.dossier, change.programme, change.facts)
        steps = change.dossier.decision_steps
        allowed = formal_decisions.may_prepare(
            change.facts,
            drafted,
            [course_of(one, steps) for one in change.dossier.formal_decisions],
            [one.id for one in version.criteria] if version else (),
            change.told,
            change.today,
        )
        if not allowed:
            return change.refuse(allowed)
        by_criterion = drafted.ground is Ground.CRITERION and version is not None
        change.work.casework.add(
            FormalDecision(
                id=decision_id,
                kind=drafted.kind.value,
                ground=drafted.ground.value,
                state=DecisionState.PREPARED.value,
                effective_on=drafted.effective_on,
                until_on=drafted.until_on,
                criterion=drafted.criterion if by_criterion else None,
                rule_version=version.version if by_criterion and version else None,
                proposal_id=_proposal(change, drafted.kind),
                **change.recorded,
            )
        )
        if told:
            change.work.vault.add(
                Reason(case_id=case_id, about_id=decision_id, words=told, **change.written())
            )
        return None


def decide(
    actor: Actor, case_id: str, decision_id: str, approve: bool, now: datetime,
    *, version: int | None = None,
) -> Refused | None:  # fmt: skip
    """Takes a decision that somebody else prepared, or does not take it. Raises `NotKnown`."""
    state = DecisionState.DECIDED if approve else DecisionState.NOT_TAKEN
    with changing(
        actor,
        DECIDE,
        case_id,
        "formal_decision_taken",
        now,
        details={"decision": decision_id, "state": state.value},
    ) as change:
        row = row_of(change, decision_id)
        if version is not None and row.version != version:
            return change.refuse(
                Refused(
                    N_("A colleague changed this decision meanwhile. Look again before you decide.")
                )
            )
        course = course_of(row, change.dossier.decision_steps)
        allowed = formal_decisions.may_work_on(change.facts) and formal_decisions.may_decide(
            course, row.recorded_by, actor.user_id
        )
        if allowed and approve:
            allowed = formal_decisions.may_take_effect(
                drafted_of(row), change.facts, change.told, change.today
            )
        if not allowed:
            return change.refuse(allowed)
        row.state, row.decided_by, row.decided_at = state.value, actor.user_id, now
        return None


def take_step(
    actor: Actor,
    case_id: str,
    decision_id: str,
    kind: StepKind,
    on: date,
    result: str | None,
    now: datetime,
) -> Refused | None:
    """Writes down what became of a decision, with the term that it begins; the lead alone takes a decision back.

    A late objection is kept like any other. Raises `NotKnown`, also for a decision of another case.
    """
    with changing(
        actor,
        DECIDE if kind is StepKind.TAKEN_BACK else RECORD,
        case_id,
        "decision_step_recorded",
        now,
        details={"decision": decision_id, "kind": kind.value, "result": result},
    ) as change:
        row = row_of(change, decision_id)
        course, taken = course_of(row, change.dossier.decision_steps), Taken(kind, on, result)
        allowed = formal_decision_steps.may_take(course, taken, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            DecisionStep(
                decision_id=row.id,
                kind=kind.value,
                event_on=on,
                result=result,
                due_on=formal_decision_steps.due_after(houses.current().objections, course, taken),
                **change.recorded,
            )
        )
        return None


def row_of(change: CaseChange, decision_id: str) -> FormalDecision:
    """The decision of this very case. Raises `NotKnown`."""
    for row in change.dossier.formal_decisions:
        if row.id == decision_id:
            return row
    raise NotKnown()


def _proposal(change: CaseChange, kind: DecisionKind) -> str | None:
    """The newest proposal that such a decision follows."""
    if kind not in _FOLLOWS:
        return None
    what, state = _FOLLOWS[kind]
    found = [one.id for one in change.dossier.proposals if (one.kind, one.state) == (what, state)]
    return found[-1] if found else None
