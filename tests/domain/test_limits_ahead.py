"""In which month last days fall, and which stays lie beyond their term (rules C1, C4, C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseflow.domain.limits_ahead import Standing, by_month, month_of, months, standing
from caseflow.domain.nights import Nights
from caseflow.domain.stay import StayFacts, clock
from caseflow.domain.stay_limits import StayLimit

STAY = StayFacts(StayLimit(months=18), sheltered_on=date(2024, 8, 31))
AGREED = replace(STAY, extended_until=date(2026, 5, 31))
CONTINUED = replace(STAY, continued=(Nights(date(2026, 2, 1)),))


@pytest.mark.parametrize(
    ("facts", "today", "expected", "month", "sentence"),
    [
        (STAY, date(2025, 3, 1), Standing.AHEAD, date(2026, 2, 1), "a year ahead"),
        (STAY, date(2026, 2, 28), Standing.AHEAD, date(2026, 2, 1), "on the last day itself"),
        (STAY, date(2026, 3, 1), Standing.UNDECIDED, None, "the day after, nobody decided"),
        (AGREED, date(2026, 3, 1), Standing.AGREED, date(2026, 5, 1), "in an agreed extension"),
        (AGREED, date(2026, 5, 31), Standing.AGREED, date(2026, 5, 1), "on its last day"),
        (AGREED, date(2026, 6, 1), Standing.UNDECIDED, None, "and after it"),
        (CONTINUED, date(2026, 4, 1), Standing.CONTINUED, None, "a court took the day away"),
        (StayFacts(StayLimit(), sheltered_on=date(2024, 8, 31)), date(2026, 3, 1), None, None,
         "none is not zero"),
        (replace(STAY, imported=True), date(2026, 3, 1), None, None, "history asks for nothing"),
        (replace(STAY, exited_on=date(2026, 1, 1)), date(2026, 3, 1), None, None, "who has left"),
        (STAY, date(2024, 8, 1), None, None, "who has not come yet"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)  # fmt: skip
def test_c04_how_a_stay_stands_and_in_which_month_it_ends(
    facts: StayFacts, today: date, expected: Standing | None, month: date | None, sentence: str
) -> None:
    told = clock(facts, today)

    assert (standing(told), month_of(told)) == (expected, month), sentence


def test_twelve_months_are_looked_at_whatever_day_it_is() -> None:
    assert months(date(2026, 1, 31))[:3] == (
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    )
    assert months(date(2026, 12, 5))[-1] == date(2027, 11, 1)
    assert len(set(months(date(2024, 2, 29)))) == 12


def test_months_without_anybody_are_there_and_later_ones_are_not_counted() -> None:
    clocks = [clock(STAY, date(2025, 3, 1)), clock(STAY, date(2025, 3, 1))]

    assert by_month(clocks, date(2025, 3, 1))[date(2026, 2, 1)] == 2
    assert sum(by_month(clocks, date(2025, 3, 1)).values()) == 2
    assert sum(by_month(clocks, date(2025, 2, 1)).values()) == 0, "thirteen months ahead"
