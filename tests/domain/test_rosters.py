"""On duty for at most seven days, as the clock on the wall shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.rosters import may_be_on_duty

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "lasts", "allowed"),
    [
        (timedelta(0), timedelta(days=7), True),
        (timedelta(0), timedelta(days=7, minutes=1), False),
        (timedelta(0), timedelta(0), False),
        (timedelta(hours=-2), timedelta(hours=1), False),
        (timedelta(hours=-2), timedelta(hours=3), True),
    ],
)
def test_a_shift_ends_after_now_and_lasts_at_most_seven_days(
    begins: timedelta, lasts: timedelta, allowed: bool
) -> None:
    starts = NOW.replace(day=5) + begins
    assert bool(may_be_on_duty(starts, starts + lasts, NOW.replace(day=5))) is allowed


def test_a_week_stays_a_week_when_the_clock_goes_back() -> None:
    starts = datetime(2026, 10, 23, 9, 0, tzinfo=AMSTERDAM)
    ends = datetime(2026, 10, 30, 9, 0, tzinfo=AMSTERDAM)
    assert ends.astimezone(UTC) - starts.astimezone(UTC) > timedelta(days=7)
    assert may_be_on_duty(starts.astimezone(UTC), ends.astimezone(UTC), NOW)
