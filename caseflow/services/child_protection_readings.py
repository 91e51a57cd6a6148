"""Child protection on a case as a reader sees it: worries, their steps, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import child_protection as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.child_protection import CodeStep, StepResult, Taken, Whom
from caseflow.domain.local_days import local
from caseflow.domain.redaction import Compartment
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.protection import Heading, Look, looking
from caseflow.storage.models.protection import ChildConcern, ChildConcernStep

RECORD = Permission.CHILD_PROTECTION_RECORD
CONCERNS_AT_MOST: Final = 20


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
        rows = concerns(look.session, case_id)
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


def concerns(session: Session, case_id: str) -> list[ChildConcern]:
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


def taken(session: Session, concern_id: str) -> tuple[Taken, ...]:
    return tuple(as_taken(one) for one in _steps(session, [concern_id]).get(concern_id, ()))


def as_taken(row: ChildConcernStep) -> Taken:
    return Taken(CodeStep(row.step), StepResult(row.result), row.recorded_by, row.agreed_by)


def _concern(
    look: Look, row: ChildConcern, steps: list[ChildConcernStep], beside: dict[str, str] | Sealed,
    names: dict[str, str],
) -> ConcernView:  # fmt: skip
    told = tuple(as_taken(one) for one in steps)
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
            for one, known in zip(steps, told, strict=True)
        ),
        rules.is_open(told),
        told,
    )
