"""Facts are appended, never overwritten: when it happened, and since when it was known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value, the local day on which it became true, and the instant at which it was recorded.

    Raises ValueError for an instant without a time zone: it could mean two different days.
    """

    value: T
    event_on: date
    recorded_at: datetime

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("the recorded instant needs a time zone")

    @property
    def recorded_on(self) -> date:
        """The local day on which the fact was recorded."""
        return self.recorded_at.astimezone(LOCAL_TIME).date()


def as_known_on(
    facts: Iterable[Fact[T]], on: date, known_on: date | None = None
) -> tuple[Fact[T], ...]:
    """Answers which facts held by a day, as they were known on a day (the same one unless given).

    In order of event date, then of recording: the last one is the current value.
    """
    known_on = on if known_on is None else known_on
    return tuple(
        sorted(
            (fact for fact in facts if fact.event_on <= on and fact.recorded_on <= known_on),
            key=lambda fact: (fact.event_on, fact.recorded_at),
        )
    )


def latest(facts: Iterable[Fact[T]], on: date, known_on: date | None = None) -> Fact[T] | None:
    """Answers with the fact that held on a day as known on a day; None where nothing was known."""
    known = as_known_on(facts, on, known_on)
    return known[-1] if known else None


def may_date(event_on: date, today: date, not_before: date) -> Decision:
    """Answers whether something may be recorded as having happened on this day.

    Not in the future, and not before the application (or another earliest day). Source: rule B14.
    """
    if event_on > today:
        return Refused(
            N_("%(day)s lies in the future. Enter the day on which it happened.", day=event_on)
        )
    if event_on < not_before:
        return Refused(
            N_(
                "%(day)s lies before %(first)s, the day this case began. Choose a later day.",
                day=event_on,
                first=not_before,
            )
        )
    return Allowed()
