"""Counts of the waiting list for figures: days waited, and steps by month; invented people never count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.waiting import EntryState, WaitingStep, WantedPlace
from caseflow.domain.waiting_times import StepCount, Waited
from caseflow.storage.episode_facts import AsKnown
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import StageChange
from caseflow.storage.models.waiting import WaitingEntry, WaitingEvent

_OVER: Final = frozenset({WaitingStep.PLACED, WaitingStep.REMOVED})
"""Steps after which nobody waits any more."""


def waiting_now(session: Session, programmes: Collection[str], today: date) -> tuple[Waited, ...]:
    """How long everybody waits who waits in these programmes today."""
    rows = session.execute(
        _of(programmes, WaitingEntry.wanted, WaitingEntry.entered_on).where(
            WaitingEntry.state == EntryState.WAITING.value,
            Case.stage.not_in([stage.value for stage in ENDED_STAGES]),
        )
    )
    return tuple(
        Waited(WantedPlace(wanted), max(0, (today - entered_on).days))
        for wanted, entered_on in rows
    )


def waiting_on(
    session: Session, programmes: Collection[str], day: date, known_on: date | None = None
) -> int:
    """How many people waited for a place at the end of a day, as is known now or was known on another day.

    The steps tell, not the entry as it stands today: an entry is over from the step that ended it, and a case that had
    ended by then waits no more.
    """
    known = AsKnown(known_on)
    over = select(WaitingEvent.entry_id).where(
        WaitingEvent.kind.in_([step.value for step in _OVER]),
        WaitingEvent.event_on <= day,
        *known.rows(WaitingEvent),
    )
    ended = select(StageChange.case_id).where(
        StageChange.stage.in_([stage.value for stage in ENDED_STAGES]),
        StageChange.event_on <= day,
        *known.facts(StageChange),
    )
    found = session.scalar(
        _of(programmes, func.count(Case.client_code.distinct())).where(
            WaitingEntry.entered_on <= day,
            *known.rows(WaitingEntry),
            WaitingEntry.id.not_in(over),
            WaitingEntry.case_id.not_in(ended),
        )
    )
    return found or 0


def placed_since(session: Session, programmes: Collection[str], since: date) -> tuple[Waited, ...]:
    """How long everybody had waited who got a place on this day or later."""
    rows = session.execute(
        _of(programmes, WaitingEntry.wanted, WaitingEntry.entered_on, WaitingEntry.ended_on).where(
            WaitingEntry.state == EntryState.PLACED.value, WaitingEntry.ended_on >= since
        )
    )
    return tuple(
        Waited(WantedPlace(wanted), (ended_on - entered_on).days)
        for wanted, entered_on, ended_on in rows
    )


def steps_since(
    session: Session, programmes: Collection[str], since: date
) -> tuple[StepCount, ...]:
    """How often each step was recorded in each month, from this day on."""
    month = func.strftime("%Y-%m-01", WaitingEvent.event_on)
    rows = session.execute(
        select(month, WaitingEvent.kind, WaitingEvent.reason, func.count())
        .select_from(WaitingEvent)
        .join(Case, Case.id == WaitingEvent.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme.in_(programmes),
            Client.is_test.is_(False),
            WaitingEvent.event_on >= since,
        )
        .group_by(month, WaitingEvent.kind, WaitingEvent.reason)
    )
    return tuple(
        StepCount(date.fromisoformat(first), WaitingStep(kind), reason, count)
        for first, kind, reason, count in rows
    )


def _of(programmes: Collection[str], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(WaitingEntry)
        .join(Case, Case.id == WaitingEntry.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(Case.programme.in_(programmes), Client.is_test.is_(False))
    )
