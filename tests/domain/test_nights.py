"""Half-open nights, calendar months and validities: the counting that every rule stands on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.calendar_months import months_after
from caseflow.domain.nights import Nights, merged
from caseflow.domain.validities import Validity

DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
STRETCHES = st.builds(
    lambda arrival, length: Nights(arrival, arrival + timedelta(days=length)),
    DAYS,
    st.integers(0, 60),
)


def test_the_night_of_arrival_counts_and_the_day_of_departure_does_not() -> None:
    stay = Nights(date(2026, 3, 1), date(2026, 3, 4))

    assert stay.count == 3
    assert stay.covers(date(2026, 3, 1))
    assert not stay.covers(date(2026, 3, 4))


def test_a_stretch_that_begins_on_the_day_of_departure_does_not_overlap() -> None:
    first = Nights(date(2026, 3, 1), date(2026, 3, 4))

    assert not first.overlaps(Nights(date(2026, 3, 4), date(2026, 3, 6)))
    assert first.overlaps(Nights(date(2026, 3, 3)))


def test_a_departure_before_the_arrival_is_refused() -> None:
    with pytest.raises(ValueError, match="departure"):
        Nights(date(2026, 3, 4), date(2026, 3, 1))


def test_an_open_stretch_has_no_number_of_nights_yet() -> None:
    with pytest.raises(ValueError, match="open"):
        _ = Nights(date(2026, 3, 4)).count


@given(st.lists(STRETCHES, max_size=6))
def test_merging_keeps_every_night_and_counts_none_twice(stretches: list[Nights]) -> None:
    nights = {one.arrival + timedelta(days=n) for one in stretches for n in range(one.count)}

    together = merged(stretches)

    assert sum(one.count for one in together) == len(nights)
    assert all(any(one.covers(night) for one in together) for night in nights)


def test_an_open_stretch_swallows_what_follows_it() -> None:
    together = merged([Nights(date(2026, 3, 1)), Nights(date(2026, 4, 1), date(2026, 4, 9))])

    assert together == (Nights(date(2026, 3, 1)),)


@pytest.mark.parametrize(
    ("day", "months", "expected", "sentence"),
    [
        (date(2024, 8, 31), 18, date(2026, 2, 28), "the 31st is clamped to a short February"),
        (date(2022, 8, 31), 18, date(2024, 2, 29), "in a leap year February has a 29th"),
        (date(2024, 2, 29), 12, date(2025, 2, 28), "a 29 February becomes a 28th"),
        (date(2024, 2, 29), 48, date(2028, 2, 29), "and a 29th again four years on"),
        (date(2026, 3, 31), -1, date(2026, 2, 28), "counting back is clamped too"),
        (date(2026, 1, 15), -1, date(2025, 12, 15), "counting back crosses the year"),
        (date(2025, 9, 29), 6, date(2026, 3, 29), "the day on which summer time begins is a day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_months_are_calendar_months(day: date, months: int, expected: date, sentence: str) -> None:
    assert months_after(day, months) == expected, sentence


@given(DAYS, DAYS, st.integers(0, 36))
def test_a_later_day_never_leads_to_an_earlier_one(one: date, other: date, months: int) -> None:
    first, second = sorted([one, other])

    assert months_after(first, months) <= months_after(second, months)


def test_the_last_day_of_validity_is_included() -> None:
    covenant = Validity(date(2019, 3, 1), date(2024, 12, 31))

    assert covenant.covers(date(2024, 12, 31))
    assert not covenant.covers(date(2025, 1, 1))
    assert not covenant.overlaps(Validity(date(2025, 1, 1)))
    assert covenant.overlaps(Validity(date(2024, 12, 31)))
