"""What time it is, read in ``web``, ``jobs`` and ``cli`` only; rooms below are given dates.

Instants are aware and in UTC; days are the local days on which the work is decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from caseflow.domain.local_days import AMSTERDAM, aware, local

# One value for the whole program, not one per thread or context: a test that fixes the time must
# also fix it for the server's own threads.
_fixed: datetime | None = None


class ClockIsRunning(RuntimeError):
    """Only a clock that was fixed can be moved."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) if _fixed is None else _fixed


def today(zone: ZoneInfo = AMSTERDAM) -> date:
    """The local day on which a decision taken now counts; 00:30 in a night shift is a new day."""
    return local(now(), zone).date()


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Stands still at ``instant`` for every thread, until the block ends.

    Raises InstantWithoutZone.
    """
    global _fixed
    before = _fixed
    _fixed = aware(instant).astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before


def pass_time(length: timedelta) -> None:
    """Moves a fixed clock on by ``length``. Raises ClockIsRunning where it runs by itself."""
    global _fixed
    if _fixed is None:
        raise ClockIsRunning("only a fixed clock can be moved")
    _fixed = _fixed + length
