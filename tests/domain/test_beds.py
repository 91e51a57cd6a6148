"""Beds and the nights people sleep on them: what is free, what fits, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.domain import absences, beds, placements
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Cancellation, Stay, StayStatus
from caseflow.domain.stay_limits import Absence, AbsenceKind
from tests.domain.cases import ADMITTED, APPLIED, EXITED, reason

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
FIRST = date(2024, 1, 1)
BED = BedFacts("b", "1.1", "Room 1", "s", "Havenhuis", BedKind.FULL_DAY, MeantFor.ANYONE, FIRST)
BEGUN = Stay("p", "b", "case", "K7QM-4XPD", StayStatus.BEGUN, TODAY - timedelta(days=5))


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def free(stay: Stay, arrival: int, departure: int | None = None) -> bool:
    wanted = Nights(day(arrival), None if departure is None else day(departure))
    return bool(beds.may_be_slept_on(BED, [stay], wanted, NOW, TODAY))


def test_b01_the_night_of_departure_is_free_and_the_one_before_is_not() -> None:
    left = replace(BEGUN, status=StayStatus.ENDED, departure_on=TODAY)

    assert free(left, 0)
    assert not free(left, -1)


def test_b01_a_booking_ends_where_the_next_begins() -> None:
    booked = replace(
        BEGUN, status=StayStatus.BOOKED, arrival_on=day(5), planned_departure_on=day(8)
    )

    assert free(booked, 1, 5)
    assert free(booked, 8)
    assert not free(booked, 1, 6)
    assert not free(booked, 7)


def test_b02_a_stay_without_a_planned_departure_takes_every_later_night() -> None:
    assert not free(BEGUN, 3_000, 3_001)


def test_b02_a_planned_departure_frees_the_nights_after_it_for_bookings() -> None:
    assert free(replace(BEGUN, planned_departure_on=day(3)), 3)


def test_b02_somebody_due_to_leave_today_takes_tonight_until_the_stay_is_ended() -> None:
    due = replace(BEGUN, planned_departure_on=TODAY)

    assert not free(due, 0, 1)
    assert free(due, 1)


def test_b02_past_its_planned_departure_a_stay_takes_the_bed_until_somebody_ends_it() -> None:
    overdue = replace(BEGUN, planned_departure_on=day(-1))

    assert not free(overdue, 30)
    decided = beds.may_be_slept_on(BED, [overdue], Nights(day(30)), NOW, TODAY)
    assert "planned on 2026-03-09 and nobody ended the stay" in reason(decided)


@pytest.mark.parametrize(
    ("kind", "from_", "until", "sentence"),
    [
        ("opens later", 1, None, "is there from 2026-03-11"),
        ("closed", -9, -1, "is closed since 2026-03-10"),
        ("closes during the stay", -9, 3, "closes on 2026-03-14"),
    ],
)
def test_b04_a_bed_is_slept_on_between_its_dates_only(
    kind: str, from_: int, until: int | None, sentence: str
) -> None:
    bed = replace(BED, open_from=day(from_), open_until=None if until is None else day(until))

    assert sentence in reason(beds.may_be_slept_on(bed, [], Nights(TODAY), NOW, TODAY))


def test_b04_the_last_night_of_a_site_may_be_slept() -> None:
    bed = replace(BED, open_until=day(3))

    assert beds.may_be_slept_on(bed, [], Nights(TODAY, day(4)), NOW, TODAY)
    assert not beds.may_be_slept_on(bed, [], Nights(TODAY, day(5)), NOW, TODAY)


def test_b05_a_hold_takes_the_bed_until_the_moment_it_runs_out() -> None:
    held = replace(BEGUN, status=StayStatus.HELD, hold_ends_at=NOW + timedelta(seconds=1))

    assert not free(held, 0)
    assert free(replace(held, hold_ends_at=NOW), 0)


def test_b05_a_begun_stay_never_runs_out() -> None:
    assert not free(replace(BEGUN, hold_ends_at=NOW - timedelta(days=1)), 0)


@pytest.mark.parametrize("status", sorted(placements.NEVER_COUNT))
def test_b07_cancelled_lapsed_and_mistaken_nights_take_no_bed(status: StayStatus) -> None:
    assert free(replace(BEGUN, status=status), 0)


def test_b07_moving_to_the_own_bed_is_refused() -> None:
    assert "already sleeps on this bed" in reason(placements.may_move(BEGUN, "b", TODAY, TODAY))
    assert placements.may_move(BEGUN, "another", TODAY, TODAY)


@pytest.mark.parametrize(("back", "allowed"), [(0, True), (7, True), (8, False)])
def test_b14_an_arrival_is_recorded_at_most_seven_days_back(back: int, allowed: bool) -> None:
    assert bool(placements.may_plan(day(-back), None, TODAY)) is allowed


def test_somebody_leaves_after_the_arrival_and_not_ahead() -> None:
    assert placements.may_leave(BEGUN, TODAY, TODAY)
    assert "later day" in reason(placements.may_leave(BEGUN, BEGUN.arrival_on, TODAY))
    assert "future" in reason(placements.may_leave(BEGUN, day(1), TODAY))


def test_a_stay_that_is_over_does_not_change_any_more() -> None:
    ended = replace(BEGUN, status=StayStatus.ENDED, departure_on=TODAY)

    for answer in (
        placements.may_arrive(ended, TODAY, TODAY),
        placements.may_move(ended, "another", TODAY, TODAY),
        placements.may_leave(ended, TODAY, TODAY),
        placements.may_cancel(ended, Cancellation.MISTAKE),
    ):
        assert "This stay is over" in reason(answer)


OFFSETS = st.integers(-20, 20)
STAYS = st.builds(
    lambda status, arrival, planned, left: Stay(
        "p",
        "b",
        "case",
        "code",
        status,
        day(arrival),
        None if planned is None else day(arrival + planned),
        day(arrival + left) if status is StayStatus.ENDED else None,
    ),
    st.sampled_from(StayStatus),
    OFFSETS,
    st.none() | st.integers(1, 15),
    st.integers(0, 15),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STAYS, max_size=4), OFFSETS, st.integers(1, 12))
def test_a_bed_is_free_exactly_when_no_wanted_night_is_taken(
    stays: list[Stay], arrival: int, length: int
) -> None:
    nights = [day(arrival + n) for n in range(length)]
    taken = [one.taken(NOW, TODAY) for one in stays]

    asked = beds.may_be_slept_on(BED, stays, Nights(nights[0], day(arrival + length)), NOW, TODAY)

    assert bool(asked) is not any(one and one.covers(night) for one in taken for night in nights)


AWAY = Absence(AbsenceKind.HOSPITAL, Nights(date(2026, 3, 6)))


def test_one_absence_runs_at_a_time() -> None:
    assert absences.may_begin(ADMITTED, [], TODAY, TODAY)
    assert "already runs" in reason(absences.may_begin(ADMITTED, [AWAY], TODAY, TODAY))


@pytest.mark.parametrize(
    ("first_night", "sentence"),
    [
        (date(2026, 3, 7), "already recorded for these nights"),
        (TODAY + timedelta(days=1), "future"),
        (APPLIED - timedelta(days=1), "before"),
    ],
)
def test_an_absence_begins_on_a_night_of_the_case_that_is_not_told_yet(
    first_night: date, sentence: str
) -> None:
    past = [replace(AWAY, nights=Nights(date(2026, 3, 6), date(2026, 3, 8)))]
    known = past if "already" in sentence else []

    assert sentence in reason(absences.may_begin(ADMITTED, known, first_night, TODAY))


def test_nobody_is_away_from_a_case_that_ended() -> None:
    assert "has ended" in reason(absences.may_begin(EXITED, [], TODAY, TODAY))


@pytest.mark.parametrize(
    ("known", "back", "sentence"),
    [
        ([], TODAY, "nothing to end"),
        ([AWAY], AWAY.nights.arrival, "Choose a later day"),
        ([AWAY], TODAY + timedelta(days=1), "future"),
    ],
)
def test_a_return_ends_the_absence_that_runs(
    known: list[Absence], back: date, sentence: str
) -> None:
    assert sentence in reason(absences.may_end(known, back, TODAY))
    assert absences.may_end([AWAY], TODAY, TODAY)
