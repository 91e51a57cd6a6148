"""The steps of the child-protection code on a case: who took which, who agreed, and what was reported.

Codes and days in casework, words in the vault; without words a step can be recorded while that is sealed, for danger to
a child waits for no passphrase. A report leaves by way of the disclosures, in the same recorded change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import child_protection as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Taken, Whom
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import planned_tasks
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.protection import Heading, Look, looking
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.protection import ChildConcern, ChildConcernStep, ProtectionWords

RECORD = Permission.CHILD_PROTECTION_RECORD
CONCERNS_AT_MOST: Final = 20
LOOK_AGAIN_DAYS: Final = 7
"""After so many days a neutral task asks to go on with the steps; no norm sets a number (decision 0186)."""
ONE_RUNS: Final = Refused(
    N_("A worry about this child is written down already. Go on with its steps.")
)


@dataclass(frozen=True)
class StepView:
    """One step that was taken."""

    id: str
    step: CodeStep
    result: StepResult
    done_on: date
    by: str
    told_at: datetime | None
    is_late: bool
    agreed_by: str | None
    agreed_on: date | None
    waits: bool
    may_agree: bool
    disclosure_id: str | None
    words: str | Sealed | None


@dataclass(frozen=True)
class ConcernView:
    """One worry about a child, with its steps from the first to the last."""

    id: str
    whom: Whom
    is_acute: bool
    opened_on: date
    steps: tuple[StepView, ...]
    is_open: bool
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class ChildProtectionView:
    """Child protection on one case, the newest worry first."""

    case: Heading
    concerns: tuple[ConcernView, ...]
    may_record: bool


def of_case(actor: Actor, case_id: str, now: datetime) -> ChildProtectionView:
    """Child protection on one case, the look told first. Raises `NotKnown`."""
    with looking(actor, case_id, Compartment.SAFETY, "child_protection_viewed", now) as look:
        rows = _concerns(look.session, case_id)
        steps = _steps(look.session, [row.id for row in rows])
        every = [step for found in steps.values() for step in found]
        beside = look.words({step.id for step in every})
        named = {one.recorded_by for one in every} | {one.agreed_by for one in every if one.agreed_by}  # fmt: skip
        names = look.names(named)
        return ChildProtectionView(
            look.heading,
            tuple(_concern(look, row, steps.get(row.id, []), beside, names) for row in rows),
            look.may(RECORD),
        )


def concern(actor: Actor, case_id: str, concern_id: str, now: datetime) -> ConcernView:
    """One worry of this case. Raises `NotKnown`."""
    for found in of_case(actor, case_id, now).concerns:
        if found.id == concern_id:
            return found
    raise NotKnown()


def open_concern(
    actor: Actor, case_id: str, whom: Whom, first: Step, now: datetime, *, is_acute: bool = False
) -> Refused | None:
    """Writes down a worry with its first signals, which is step 1. Raises `NotKnown`, and `VaultSealed` with words."""
    concern_id = new_id()
    with changing(
        actor, RECORD, case_id, "child_concern_opened", now, details={"concern": concern_id},
        words=bool(first.words.strip()),
    ) as change:  # fmt: skip
        session = change.work.casework
        running = _concerns(session, case_id)
        taken = {one: _taken(session, one) for one in [row.id for row in running]}
        if any(row.whom == whom.value and rules.is_open(taken[row.id]) for row in running):
            return change.refuse(ONE_RUNS)
        allowed = rules.may_take(first, (), is_acute=is_acute, now=now, today=change.today)
        if not allowed:
            return change.refuse(allowed)
        task = None
        if change.facts.stage not in OVER:
            due_on = change.today + timedelta(days=0 if is_acute else LOOK_AGAIN_DAYS)
            task = planned_tasks.plan(change, TaskKind.OTHER, due_on)
        session.add(
            ChildConcern(
                id=concern_id, whom=whom.value, is_acute=is_acute, task_id=task, **change.recorded
            )
        )
        session.flush()
        _add(change, concern_id, first)
        return None


def take_step(
    actor: Actor, case_id: str, concern_id: str, told: Step, now: datetime
) -> Refused | None:
    """Records a step of the code. Raises `NotKnown`, also for a worry of another case, and `VaultSealed` with words."""
    details = {"concern": concern_id, "step": told.step.value}
    with _changing(
        actor, case_id, concern_id, "child_step_recorded", now, details, words=bool(told.words.strip())
    ) as (change, row):  # fmt: skip
        taken = _taken(change.work.casework, concern_id)
        allowed = rules.may_take(told, taken, is_acute=row.is_acute, now=now, today=change.today)
        if not allowed:
            return change.refuse(allowed)
        _add(change, concern_id, told)
        change.work.casework.flush()
        _close(change, row)
        return None


def agree(
    actor: Actor, case_id: str, concern_id: str, step_id: str, now: datetime
) -> Refused | None:
    """Agrees as second professional with weighing, deciding or a report. Raises `NotKnown`."""
    with changing_step(actor, case_id, concern_id, step_id, now) as (change, row, step):
        allowed = rules.may_agree(_as_taken(step), change.work.by)
        if not allowed:
            return change.refuse(allowed)
        step.agreed_by, step.agreed_at = change.work.by, change.work.at
        step.agreed_change_id = change.work.id
        change.work.casework.flush()
        _close(change, row)
        return None


def say_acute(actor: Actor, case_id: str, concern_id: str, now: datetime) -> Refused | None:
    """Says that the danger is acute: one acts at once, and the second agrees afterwards. Raises `NotKnown`."""
    details = {"concern": concern_id}
    with _changing(actor, case_id, concern_id, "child_concern_acute", now, details) as (change, row):  # fmt: skip
        if row.is_acute:
            return change.refuse(Refused(N_("This is known as acute danger already.")))
        row.is_acute = True
        return None


def mistaken(actor: Actor, case_id: str, concern_id: str, now: datetime) -> Refused | None:
    """Says that a worry was written down in error: it stands on no page any more. Raises `NotKnown`."""
    details = {"concern": concern_id}
    with _changing(actor, case_id, concern_id, "child_concern_mistaken", now, details) as (change, row):  # fmt: skip
        told = [one for one in _taken(change.work.casework, concern_id) if one.step is CodeStep.REPORT]  # fmt: skip
        if told:
            return change.refuse(
                Refused(N_("Something was reported, so this stays. Write a further step instead."))
            )
        row.mistaken_by, row.mistaken_at = change.work.by, change.work.at
        row.mistaken_change_id = change.work.id
        if row.task_id is not None:
            planned_tasks.supersede(change.work, (row.task_id,))
        return None


@contextmanager
def _changing(
    actor: Actor, case_id: str, concern_id: str, event: str, now: datetime, details: dict[str, Any],
    *, words: bool = False,
) -> Iterator[tuple[CaseChange, ChildConcern]]:  # fmt: skip
    """One change to a worry of this very case. Raises `NotKnown`."""
    with changing(actor, RECORD, case_id, event, now, details=details, words=words) as change:
        row = change.work.casework.get(ChildConcern, concern_id)
        if row is None or row.case_id != change.dossier.case.id or row.mistaken_at is not None:
            raise NotKnown()
        yield change, row


@contextmanager
def changing_step(
    actor: Actor, case_id: str, concern_id: str, step_id: str, now: datetime
) -> Iterator[tuple[CaseChange, ChildConcern, ChildConcernStep]]:
    """One change to a step of a worry of this very case. Raises `NotKnown`."""
    details = {"concern": concern_id, "step": step_id}
    with _changing(actor, case_id, concern_id, "child_step_agreed", now, details) as (change, row):
        step = change.work.casework.get(ChildConcernStep, step_id)
        if step is None or step.concern_id != row.id:
            raise NotKnown()
        yield change, row, step


def _add(change: CaseChange, concern_id: str, told: Step) -> ChildConcernStep:
    row = ChildConcernStep(
        id=new_id(),
        concern_id=concern_id,
        step=told.step.value,
        done_on=told.done_on,
        result=told.result.value,
        told_at=told.told_at if told.step is CodeStep.REPORT else None,
        recorded_by=change.work.by,
        recorded_at=change.work.at,
        change_id=change.work.id,
    )
    change.work.casework.add(row)
    if told.words.strip():
        change.work.vault.add(
            ProtectionWords(about_id=row.id, words=told.words.strip(), **change.written())
        )
    return row


def _close(change: CaseChange, row: ChildConcern) -> None:
    """The neutral task ends once nothing of the worry is left to do."""
    if row.task_id is not None and not rules.is_open(_taken(change.work.casework, row.id)):
        planned_tasks.supersede(change.work, (row.task_id,))


def _concerns(session: Session, case_id: str) -> list[ChildConcern]:
    return list(
        session.scalars(
            select(ChildConcern)
            .where(ChildConcern.case_id == case_id, ChildConcern.mistaken_at.is_(None))
            .order_by(ChildConcern.recorded_at.desc(), ChildConcern.id)
            .limit(CONCERNS_AT_MOST)
        )
    )


def _steps(session: Session, concern_ids: list[str]) -> dict[str, list[ChildConcernStep]]:
    rows = session.scalars(
        select(ChildConcernStep)
        .where(ChildConcernStep.concern_id.in_(concern_ids))
        .order_by(ChildConcernStep.recorded_at, ChildConcernStep.id)
    )
    found: dict[str, list[ChildConcernStep]] = {}
    for row in rows:
        found.setdefault(row.concern_id, []).append(row)
    return found


def _taken(session: Session, concern_id: str) -> tuple[Taken, ...]:
    return tuple(_as_taken(one) for one in _steps(session, [concern_id]).get(concern_id, ()))


def _as_taken(row: ChildConcernStep) -> Taken:
    return Taken(CodeStep(row.step), StepResult(row.result), row.recorded_by, row.agreed_by)


def _concern(
    look: Look, row: ChildConcern, steps: list[ChildConcernStep], beside: dict[str, str] | Sealed,
    names: dict[str, str],
) -> ConcernView:  # fmt: skip
    taken = tuple(_as_taken(one) for one in steps)
    may_record = look.may(RECORD)
    return ConcernView(
        row.id,
        Whom(row.whom),
        row.is_acute,
        local(row.recorded_at).date(),
        tuple(
            StepView(
                one.id,
                CodeStep(one.step),
                StepResult(one.result),
                one.done_on,
                names.get(one.recorded_by, ""),
                one.told_at,
                one.told_at is not None and rules.is_late(one.told_at, one.recorded_at),
                names.get(one.agreed_by, "") if one.agreed_by else None,
                local(one.agreed_at).date() if one.agreed_at else None,
                known.waits,
                may_record and bool(rules.may_agree(known, look.actor.user_id)),
                one.disclosure_id,
                SEALED if isinstance(beside, Sealed) else beside.get(one.id),
            )
            for one, known in zip(steps, taken, strict=True)
        ),
        rules.is_open(taken),
        taken,
    )
