"""Bath and bread: what may be counted, on which day, and a month of counts."""

from __future__ import annotations

from datetime import date

import pytest

from caseflow.domain.daily_services import (
    Count,
    Month,
    ServiceKind,
    may_count,
    month_of,
    month_of_services,
    read_month,
)

TODAY = date(2026, 11, 22)
MEAL, SHOWER = ServiceKind.MEAL, ServiceKind.SHOWER


@pytest.mark.parametrize(
    ("number", "day", "counted", "refusal"),
    [
        (1, date(2026, 11, 22), 0, ""),
        (500, date(2026, 11, 15), 0, ""),
        (-3, date(2026, 11, 22), 3, ""),
        (-4, date(2026, 11, 22), 3, "Only 3 were counted"),
        (-1, date(2026, 11, 22), 0, "Only 0 were counted"),
        (0, date(2026, 11, 22), 5, "from 1 to 500"),
        (501, date(2026, 11, 22), 0, "from 1 to 500"),
        (-501, date(2026, 11, 22), 900, "from 1 to 500"),
        (1, date(2026, 11, 23), 0, "has not come yet"),
        (1, date(2026, 11, 14), 0, "too long ago"),
    ],
    ids=[
        "one of today",
        "a whole week back",
        "all of them were too many",
        "more than were counted",
        "where nothing was",
        "none",
        "a slip of the finger",
        "a slip of the finger the other way",
        "tomorrow",
        "more than a week back",
    ],
)
def test_what_can_be_counted(number: int, day: date, counted: int, refusal: str) -> None:
    answer = may_count(Count(MEAL, day, number), counted, TODAY)
    assert bool(answer) is (refusal == "")
    assert refusal in str(getattr(answer, "reason", ""))


def test_a_month_adds_up_each_day_and_kind_and_leaves_out_what_was_taken_back() -> None:
    first, second, third = (date(2026, 11, day) for day in (3, 4, 5))
    found = month_of_services(
        [
            Count(SHOWER, second, 2),
            Count(MEAL, first, 20),
            Count(MEAL, first, -1),
            Count(MEAL, second, 18),
            Count(SHOWER, third, 1),
            Count(SHOWER, third, -1),
        ]
    )
    assert list(found.days) == [first, second]
    assert found.on(first, MEAL) == 19
    assert found.on(first, SHOWER) == 0
    assert found.sums == (37, 2, 0, 0, 0, 0)


def test_a_month_knows_its_neighbours_across_the_year() -> None:
    december = month_of(date(2026, 12, 31))
    assert (december.first, december.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (december.next.code, december.previous.code) == ("2027-01", "2026-11")
    assert month_of(date(2028, 2, 10)).last == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", Month(date(2026, 11, 1))),
        ("2026-13", None),
        ("2026-00", None),
        ("0001-01", None),
        ("2026-11-22", None),
        ("", None),
        ("november", None),
    ],
)
def test_only_a_month_is_read_as_one(text: str, month: Month | None) -> None:
    assert read_month(text) == month
