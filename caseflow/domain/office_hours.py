"""When somebody is at the office: the hours of all organisations of a house taken together.

One process holds every vault, and sealing ends it, so the house is open as long as one of its organisations is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from caseflow.domain.local_days import local

LOOKS_BACK_DAYS: Final = 8
"""A week, and the day on which it began."""


class Hours(Protocol):
    """The hours of one office: weekdays (Monday is 0) and local times, closing time excluded."""

    @property
    def days(self) -> Collection[int]: ...

    @property
    def opens(self) -> time: ...

    @property
    def closes(self) -> time: ...


def is_open(offices: Iterable[Hours], now: datetime) -> bool:
    """Whether one of these offices is open at this instant."""
    here = local(now)
    return any(
        here.weekday() in office.days and office.opens <= here.time() < office.closes
        for office in offices
    )


def closed_since(offices: Iterable[Hours], now: datetime) -> datetime | None:
    """When the last of these offices closed, if all of them are closed; None for offices that never open."""
    here = local(now)
    ends = (
        datetime.combine(day, office.closes, here.tzinfo)
        for office in offices
        for day in _days_before(here.date())
        if day.weekday() in office.days
    )
    return max((end for end in ends if end <= here), default=None)


def _days_before(today: date) -> Iterable[date]:
    return (today - timedelta(days=back) for back in range(LOOKS_BACK_DAYS))
