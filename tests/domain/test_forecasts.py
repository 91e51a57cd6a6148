"""How full the beds will be: what is known, what weeks bring, and how wrong that was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseflow.domain import forecasts
from caseflow.domain.forecasts import KnownStay

TODAY = date(2026, 11, 22)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def stay(arrival: int, **more: int) -> KnownStay:
    days = {name: day(offset) for name, offset in more.items()}
    return KnownStay(day(arrival), days.pop("known_from", day(arrival)), **days)


def in_week(stays: list[KnownStay], weeks: int, beds: int = 10) -> forecasts.Forecast:
    return forecasts.forecast(stays, TODAY, [beds] * 8)[weeks - 1]


@pytest.mark.parametrize(
    ("one", "weeks", "known", "leaving", "limits"),
    [
        pytest.param(stay(-300), 8, 1, 0, 0, id="nobody knows an end: the bed stays taken"),
        pytest.param(stay(-300, planned_departure=6), 1, 0, 1, 0, id="a planned departure"),
        pytest.param(stay(-300, planned_departure=8), 1, 1, 0, 0, id="planned for later"),
        pytest.param(stay(-300, planned_departure=-2), 8, 1, 0, 0, id="overdue: nobody ended it"),
        pytest.param(stay(-300, last_day=6), 1, 0, 0, 1, id="the term ends the day before"),
        pytest.param(stay(-300, last_day=7), 1, 1, 0, 0, id="the last day is still inside the term"),
        pytest.param(stay(-300, last_day=-3), 8, 1, 0, 0, id="past the term: it never ends by itself"),
        pytest.param(stay(-300, last_day=3, planned_departure=30), 2, 1, 0, 0, id="a plan says more than the term"),
        pytest.param(stay(5, known_from=-1), 1, 1, 0, 0, id="booked"),
        pytest.param(stay(20, known_from=-1), 1, 0, 0, 0, id="booked for later"),
    ],
)  # fmt: skip
def test_b06_what_is_known_of_a_night(
    one: KnownStay, weeks: int, known: int, leaving: int, limits: int
) -> None:
    told = in_week([one], weeks)

    assert (told.known, told.leaving, told.limits) == (known, leaving, limits)


def test_what_past_weeks_brought_is_expected_and_bookings_are_not_counted_twice() -> None:
    """Eight weeks with one arrival each; one booking for next week is that arrival, and three bookings are three."""
    came = [stay(-7 * week + 1) for week in range(1, 9)]

    assert in_week(came, 1).expected == 9
    assert in_week([*came, stay(3, known_from=-1)], 1).expected == 9
    assert in_week([*came, *(stay(3, known_from=-1) for _ in range(2))], 1, 20).expected == 10
    assert in_week(came, 4, beds=9).occupied == 9, "never more than there are beds"
    assert in_week(came, 4, beds=9).free == 0


def test_departures_that_nobody_planned_go_on_as_before_and_planned_ones_are_known() -> None:
    went = [stay(-200, departure=-7 * week + 1) for week in range(1, 9)]
    stayed = [stay(-200) for _ in range(5)]
    as_planned = [replace(one, planned_departure=one.departure) for one in went]

    assert in_week([*went, *stayed], 2).expected == 3
    assert in_week([*as_planned, *stayed], 2).expected == 5


def test_the_error_is_that_of_forecasts_made_from_what_was_written_down_then() -> None:
    """Three people always there, and a fourth since five weeks of whom nobody knew before: one bed off until then."""
    there = [stay(-400) for _ in range(3)]

    assert forecasts.mean_error(there, TODAY, 1, 10) == 0
    late = [*there, stay(-35)]
    errors = forecasts.mean_error(late, TODAY, 8, 10)
    assert errors is not None
    assert errors > 0
    planned = [*there, stay(-35, known_from=-300)]
    assert forecasts.mean_error(planned, TODAY, 2, 10) < errors  # type: ignore[operator]


def test_without_a_past_there_is_no_error_to_show() -> None:
    assert forecasts.mean_error([stay(0)], TODAY, 1, 10) is None
    assert in_week([], 1).error is None
    assert in_week([], 1).occupied == 0


def test_a_departure_written_down_later_was_not_known_then() -> None:
    told_late = stay(-100, departure=-20, departure_known_from=-5)

    assert told_late.is_expected(day(-15), day(-18))
    assert not told_late.is_expected(day(3), TODAY)
    assert not told_late.was(day(-15))
