"""The hours of a house: those of its organisations together, on the clock on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

import pytest

from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.office_hours import closed_since, is_open


@dataclass(frozen=True)
class Office:
    days: tuple[int, ...]
    opens: time
    closes: time


WEEK = Office((0, 1, 2, 3, 4), time(8, 30), time(17, 30))
SATURDAY = Office((5,), time(10), time(14))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM)


ROWS = [
    ("a weekday morning is open", at(23, 9), True, None),
    ("the closing minute is closed", at(23, 17, 30), False, at(23, 17, 30)),
    ("the opening minute is open", at(23, 8, 30), True, None),
    ("the night belongs to the evening before", at(24, 2), False, at(23, 17, 30)),
    ("on Saturday the other office is open", at(21, 11), True, None),
    ("on Sunday, closed since the other office closed", at(22, 11), False, at(21, 14)),
    (
        "the hours are those on the wall after the clocks change",
        at(26, 8, 45, month=10),
        True,
        None,
    ),
]


@pytest.mark.parametrize(
    ("now", "expected", "since"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_house_is_open_while_one_of_its_offices_is(
    now: datetime, expected: bool, since: datetime | None
) -> None:
    offices = (WEEK, SATURDAY)
    assert is_open(offices, now) is expected
    if since is not None:
        assert closed_since(offices, now) == since


def test_offices_that_never_open_are_closed_since_no_moment() -> None:
    assert not is_open((), at(23, 9))
    assert closed_since((), at(23, 9)) is None
    assert closed_since((Office((), time(8), time(9)),), at(23, 9)) is None
