"""People who are kept apart: which nights of the one close a site to the other, and which days may be entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain import separations
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay, StayStatus
from tests.domain.cases import reason

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
SLEEPS = Stay("p", "b", "case", "K7QM-4XPD", StayStatus.BEGUN, TODAY - timedelta(days=5))
BOOKED = replace(SLEEPS, status=StayStatus.BOOKED)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def may_use(stay: Stay, arrival: int, departure: int | None = None) -> bool:
    wanted = Nights(day(arrival), None if departure is None else day(departure))
    return bool(separations.may_use_site([stay], wanted, NOW, TODAY))


@pytest.mark.parametrize(
    ("stay", "arrival", "departure", "allowed"),
    [
        pytest.param(SLEEPS, 0, None, False, id="the other sleeps there"),
        pytest.param(SLEEPS, 90, None, False, id="the other sleeps there and nobody knows how long"),
        pytest.param(replace(BOOKED, arrival_on=day(7)), 0, 5, True, id="gone before the other comes"),
        pytest.param(replace(BOOKED, arrival_on=day(7)), 0, 7, False, id="leaves as the other comes"),
        pytest.param(replace(BOOKED, arrival_on=day(7)), 0, None, False, id="still there by then"),
        pytest.param(
            replace(SLEEPS, status=StayStatus.ENDED, departure_on=TODAY), 0, None, False,
            id="the other left today",
        ),
        pytest.param(
            replace(SLEEPS, status=StayStatus.ENDED, departure_on=day(-1)), 0, None, True,
            id="the other left yesterday",
        ),
        pytest.param(
            replace(SLEEPS, planned_departure_on=day(-3)), 0, None, False,
            id="should have left, and nobody said so",
        ),
        pytest.param(
            replace(SLEEPS, status=StayStatus.CANCELLED), 0, None, True, id="did not come after all"
        ),
        pytest.param(
            replace(SLEEPS, status=StayStatus.HELD, hold_ends_at=NOW - timedelta(hours=1)), 0, None,
            True, id="a hold that ran out",
        ),
    ],
)  # fmt: skip
def test_a_site_is_closed_while_the_other_is_there(
    stay: Stay, arrival: int, departure: int | None, allowed: bool
) -> None:
    assert may_use(stay, arrival, departure) is allowed


@given(
    first=st.integers(-10, 10), mine=st.integers(1, 10), start=st.integers(-10, 10),
    theirs=st.integers(1, 10),
)  # fmt: skip
def test_neither_comes_first(first: int, mine: int, start: int, theirs: int) -> None:
    one = replace(BOOKED, arrival_on=day(first), planned_departure_on=day(first + mine))
    other = replace(BOOKED, arrival_on=day(start), planned_departure_on=day(start + theirs))
    assert may_use(one, start, start + theirs) is may_use(other, first, first + mine)


def test_the_refusal_names_nobody_and_no_day() -> None:
    refused = separations.may_use_site([SLEEPS], Nights(TODAY), NOW, TODAY)
    assert reason(refused) == (
        "This site cannot be used for this person. Choose another site, or ask the team lead."
    )


def test_days_of_a_separation() -> None:
    assert separations.may_begin(TODAY, TODAY)
    assert "today at the latest" in reason(separations.may_begin(day(1), TODAY))
    assert "more than a year ago" in reason(separations.may_begin(day(-367), TODAY))
    assert separations.may_end(day(-1), TODAY)
    assert separations.may_end(day(400), TODAY)
    assert "or later" in reason(separations.may_end(day(-2), TODAY))
