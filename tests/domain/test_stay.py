"""The stay clock, rule by rule (C1 to C6)."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.nights import Nights
from caseflow.domain.stay import (
    AlertKind,
    StayClock,
    StayFacts,
    StayState,
    clock,
    may_plan_end,
    nights_used,
)
from caseflow.domain.stay_limits import (
    Absence,
    AbsenceKind,
    ReentryRule,
    StartEvent,
    StayLimit,
    WeekendRule,
)

START = date(2024, 8, 31)
LAST_DAY = date(2026, 2, 28)
EIGHTEEN = StayLimit(months=18, pauses=frozenset({AbsenceKind.HOSPITAL, AbsenceKind.DETENTION}))
STAY = StayFacts(EIGHTEEN, sheltered_on=START)

DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
MONTHS = st.integers(1, 36)
PAUSES = st.lists(
    st.builds(
        lambda arrival, length: Nights(arrival, arrival + timedelta(days=length)),
        DAYS,
        st.integers(0, 90),
    ),
    max_size=4,
)


def away(kind: AbsenceKind, first: date, until: date | None) -> Absence:
    return Absence(kind, Nights(first, until))


def test_c01_no_limit_is_not_a_limit_of_zero() -> None:
    told = clock(StayFacts(StayLimit(), sheltered_on=START), date(2030, 1, 1))

    assert told.state is StayState.NO_LIMIT
    assert told.last_day is None
    assert told.days_left is None
    assert told.alerts == ()
    assert told.days_used == (date(2030, 1, 1) - START).days


@pytest.mark.parametrize("months", [0, -1])
def test_c01_a_limit_of_zero_months_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        StayLimit(months=months)


def test_c01_a_programme_without_a_limit_has_no_term() -> None:
    with pytest.raises(ValueError, match="no term"):
        StayLimit().term(starting=START)


@pytest.mark.parametrize(
    ("months", "start", "last_day", "sentence"),
    [
        (18, date(2024, 8, 31), date(2026, 2, 28), "a month end is clamped, not carried over"),
        (18, date(2022, 8, 31), date(2024, 2, 29), "a leap year gives one day more"),
        (18, date(2024, 8, 28), date(2026, 2, 28), "and the 28th ends on the same day"),
        (6, date(2021, 8, 31), date(2022, 2, 28), "Rotterdam's six months are clamped too"),
        (6, date(2025, 9, 29), date(2026, 3, 29), "a term may end on the day clocks go forward"),
        (6, date(2026, 4, 25), date(2026, 10, 25), "or on the day they go back"),
        (18, date(2024, 2, 29), date(2025, 8, 29), "a start on 29 February needs no clamping"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_c02_the_term_ends_on_the_same_numbered_day(
    months: int, start: date, last_day: date, sentence: str
) -> None:
    assert StayLimit(months=months).term(starting=start).last_day == last_day, sentence


@pytest.mark.parametrize("days", [540, 547, 548, 549])
def test_c02_no_fixed_number_of_days_would_pass_for_eighteen_months(days: int) -> None:
    starts = [date(2024, 8, 31), date(2022, 8, 31), date(2025, 2, 28), date(2024, 3, 1)]

    assert any(EIGHTEEN.term(day).last_day != day + timedelta(days=days) for day in starts)


def test_c02_the_last_day_has_no_days_left_and_the_night_after_lies_beyond() -> None:
    assert clock(STAY, LAST_DAY).days_left == 0
    assert clock(STAY, LAST_DAY).state is StayState.LAST_DAY
    assert clock(STAY, LAST_DAY).days_beyond == 0
    assert clock(STAY, LAST_DAY + timedelta(days=1)).days_beyond == 1


def test_c02_the_day_that_starts_the_term_is_not_counted() -> None:
    assert clock(STAY, START).days_used == 0
    assert clock(STAY, START + timedelta(days=1)).days_used == 1


def test_c02_the_weekend_rule_is_applied_only_where_it_is_set() -> None:
    moved = StayLimit(months=18, weekend=WeekendRule.NEXT_WORKING_DAY)

    assert moved.term(starting=START).last_day == date(2026, 3, 2)
    assert moved.term(starting=date(2024, 8, 27)).last_day == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("event", "start"),
    [
        (StartEvent.APPLICATION, date(2025, 1, 10)),
        (StartEvent.SHELTER, date(2025, 1, 20)),
        (StartEvent.ADMISSION, date(2025, 3, 1)),
        (StartEvent.PATHWAY_START, date(2025, 3, 15)),
    ],
)
def test_c02_the_programme_says_which_of_four_dates_starts_the_term(
    event: StartEvent, start: date
) -> None:
    facts = StayFacts(
        StayLimit(months=18, start_event=event),
        application_on=date(2025, 1, 10),
        sheltered_on=date(2025, 1, 20),
        admitted_on=date(2025, 3, 1),
        pathway_started_on=date(2025, 3, 15),
    )

    assert clock(facts, date(2025, 6, 1)).start == start


def test_c02_nothing_runs_before_the_starting_date_is_known_or_here() -> None:
    waiting = StayFacts(EIGHTEEN, application_on=date(2025, 1, 10))

    assert clock(waiting, date(2025, 6, 1)).state is StayState.NOT_STARTED
    assert clock(STAY, START - timedelta(days=1)).state is StayState.NOT_STARTED


def test_c03_the_clock_takes_no_bed_so_a_move_cannot_change_it() -> None:
    told = set(inspect.signature(clock).parameters)
    known = {one.name for one in fields(StayFacts)}

    assert told == {"facts", "today"}
    assert not {name for name in known if "bed" in name or "site" in name or "room" in name}


def test_c03_nights_of_a_pause_are_added_after_clamping() -> None:
    stay = replace(
        STAY, absences=(away(AbsenceKind.HOSPITAL, date(2025, 5, 1), date(2025, 5, 11)),)
    )

    told = clock(stay, date(2025, 6, 1))

    assert told.last_day == LAST_DAY + timedelta(days=10)
    assert told.days_used == (date(2025, 6, 1) - START).days - 10


def test_c03_overlapping_pauses_count_each_night_once() -> None:
    stay = replace(
        STAY,
        absences=(
            away(AbsenceKind.HOSPITAL, date(2025, 5, 1), date(2025, 5, 11)),
            away(AbsenceKind.DETENTION, date(2025, 5, 6), date(2025, 5, 13)),
        ),
    )

    assert clock(stay, date(2025, 6, 1)).last_day == LAST_DAY + timedelta(days=12)


def test_c03_a_term_counts_a_night_of_two_pauses_once_however_they_come() -> None:
    pauses = [
        Nights(date(2025, 5, 6), date(2025, 5, 13)),
        Nights(date(2025, 5, 1), date(2025, 5, 11)),
    ]

    assert EIGHTEEN.term(START, pauses).last_day == LAST_DAY + timedelta(days=12)
    with pytest.raises(ValueError, match="running pause"):
        EIGHTEEN.term(START, [Nights(date(2025, 5, 6))])


def test_c03_only_the_kinds_that_the_programme_names_pause_the_clock() -> None:
    stay = replace(STAY, absences=(away(AbsenceKind.FAMILY, date(2025, 5, 1), date(2025, 5, 11)),))

    assert clock(stay, date(2025, 6, 1)).last_day == LAST_DAY


def test_c03_a_pause_that_still_runs_counts_the_nights_so_far() -> None:
    stay = replace(STAY, absences=(away(AbsenceKind.HOSPITAL, date(2025, 5, 1), None),))

    assert clock(stay, date(2025, 5, 1)).last_day == LAST_DAY
    assert clock(stay, date(2025, 5, 4)).last_day == LAST_DAY + timedelta(days=3)
    assert clock(stay, date(2025, 5, 4)).days_left == clock(stay, date(2025, 5, 1)).days_left


def test_c03_a_pause_after_the_term_brings_no_term_back() -> None:
    stay = replace(
        STAY, absences=(away(AbsenceKind.HOSPITAL, date(2026, 3, 5), date(2026, 3, 25)),)
    )

    assert clock(stay, date(2026, 4, 1)).last_day == LAST_DAY
    assert clock(stay, date(2026, 4, 1)).state is StayState.BEYOND_UNDECIDED


def test_c03_nights_of_earlier_episodes_are_subtracted_after_clamping() -> None:
    again = replace(STAY, nights_used_before=30)

    told = clock(again, START)

    assert told.last_day == LAST_DAY - timedelta(days=30)
    assert told.days_used == 30


def test_c03_a_decision_can_leave_earlier_nights_out_and_a_rule_can_too() -> None:
    by_rule = replace(
        STAY, limit=replace(EIGHTEEN, reentry=ReentryRule.RESTART), nights_used_before=30
    )

    assert (
        clock(replace(STAY, nights_used_before=30, count_earlier_nights=False), START).last_day
        == LAST_DAY
    )
    assert clock(by_rule, START).last_day == LAST_DAY
    assert clock(
        replace(by_rule, count_earlier_nights=True), START
    ).last_day == LAST_DAY - timedelta(days=30)


def test_c03_who_comes_back_with_the_term_used_up_is_beyond_it_at_once() -> None:
    told = clock(replace(STAY, nights_used_before=600), START)

    assert told.state is StayState.BEYOND_UNDECIDED
    assert told.days_left == 0


def test_c03_the_nights_that_a_later_episode_counts_are_those_of_this_one() -> None:
    first = replace(
        STAY,
        nights_used_before=7,
        absences=(away(AbsenceKind.HOSPITAL, date(2024, 9, 10), date(2024, 9, 15)),),
        exited_on=date(2024, 9, 30),
    )

    assert nights_used(first, date(2026, 1, 1)) == 30 - 5


def test_c03_negative_nights_of_earlier_episodes_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        EIGHTEEN.term(START, nights_used_before=-1)


def test_c04_alerts_count_back_from_the_last_day_by_clamped_calendar_months() -> None:
    assert [(alert.kind, alert.on) for alert in clock(STAY, date(2025, 1, 1)).alerts] == [
        (AlertKind.SIX_MONTHS, date(2025, 8, 28)),
        (AlertKind.THREE_MONTHS, date(2025, 11, 28)),
        (AlertKind.ONE_MONTH, date(2026, 1, 28)),
        (AlertKind.TWO_WEEKS, date(2026, 2, 14)),
    ]


def test_c04_alerts_follow_the_last_day_when_it_moves() -> None:
    extended = replace(STAY, extended_until=date(2026, 5, 31))

    assert clock(extended, date(2026, 2, 1)).alerts[1].on == date(2026, 2, 28)


def test_c04_no_alert_falls_before_the_stay_began() -> None:
    six = StayFacts(StayLimit(months=6), sheltered_on=date(2021, 8, 31))

    assert [alert.kind for alert in clock(six, date(2021, 9, 1)).alerts] == [
        AlertKind.THREE_MONTHS,
        AlertKind.ONE_MONTH,
        AlertKind.TWO_WEEKS,
    ]


@pytest.mark.parametrize(
    ("today", "state", "sentence"),
    [
        (date(2025, 11, 27), StayState.RUNNING, "more than three months before"),
        (date(2025, 11, 28), StayState.NEAR_LIMIT, "three calendar months before"),
        (date(2026, 2, 27), StayState.NEAR_LIMIT, "the day before the last"),
        (date(2026, 2, 28), StayState.LAST_DAY, "the last day itself"),
        (date(2026, 3, 1), StayState.BEYOND_UNDECIDED, "the day after, nobody decided"),
        (date(2028, 3, 1), StayState.BEYOND_UNDECIDED, "years later: no exit by itself"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_c04_the_end_is_never_an_exit_but_asks_for_a_decision(
    today: date, state: StayState, sentence: str
) -> None:
    told = clock(STAY, today)

    assert told.state is state, sentence


def test_c04_a_stay_beyond_the_term_is_agreed_until_the_extension_ends() -> None:
    extended = replace(STAY, extended_until=date(2026, 5, 31))

    assert clock(extended, date(2026, 2, 28)).state is StayState.NEAR_LIMIT
    assert clock(extended, date(2026, 3, 1)).state is StayState.BEYOND_AGREED
    assert clock(extended, date(2026, 3, 1)).days_left == 91
    assert clock(extended, date(2026, 5, 31)).state is StayState.LAST_DAY
    assert clock(extended, date(2026, 6, 1)).state is StayState.BEYOND_UNDECIDED


def test_c04_an_extension_to_an_earlier_day_shortens_nothing() -> None:
    assert clock(replace(STAY, extended_until=date(2025, 12, 1)), START).last_day == LAST_DAY


def test_c04_while_a_court_continues_the_stay_no_end_can_be_planned() -> None:
    continued = replace(STAY, continued=(Nights(date(2026, 2, 1), date(2026, 4, 1)),))

    told = clock(continued, date(2026, 3, 10))

    assert told.state is StayState.CONTINUED_BY_COURT
    assert told.alerts == ()
    assert not may_plan_end(told)
    assert may_plan_end(clock(continued, date(2026, 4, 1)))
    assert clock(continued, date(2026, 4, 1)).state is StayState.BEYOND_UNDECIDED


def test_c04_after_the_exit_the_clock_stands_still() -> None:
    left = replace(STAY, exited_on=date(2025, 8, 31))

    assert clock(left, date(2026, 6, 1)).state is StayState.ENDED
    assert clock(left, date(2026, 6, 1)).days_used == 365
    assert clock(left, date(2026, 6, 1)).alerts == ()
    assert clock(left, date(2025, 8, 30)).state is StayState.RUNNING


def test_c05_no_other_clock_shares_the_eighteen_months() -> None:
    assert not [name for name in vars(StayLimit) if "18" in name or "dublin" in name.lower()]
    assert StayLimit().months is None


def test_c06_imported_history_raises_no_alert_and_asks_for_nothing() -> None:
    told = clock(replace(STAY, imported=True), date(2026, 3, 10))

    assert told == StayClock(StayState.HISTORY, START)
    assert nights_used(replace(STAY, imported=True), date(2026, 3, 10)) == 0


@given(DAYS, DAYS, MONTHS)
def test_c02_who_starts_later_never_ends_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted([one, other])
    limit = StayLimit(months=months)

    assert limit.term(first).last_day <= limit.term(second).last_day


@given(DAYS, MONTHS, PAUSES)
def test_c03_pauses_never_shorten_a_term(start: date, months: int, pauses: list[Nights]) -> None:
    limit = StayLimit(months=months)

    longer = limit.term(start, pauses)

    assert longer.last_day >= limit.term(start).last_day
    assert limit.term(start, pauses[1:]).last_day <= longer.last_day


@given(DAYS, MONTHS, PAUSES, st.integers(0, 40), st.integers(0, 1500))
def test_c03_days_used_and_days_left_add_up_to_the_term(
    start: date, months: int, pauses: list[Nights], before: int, later: int
) -> None:
    facts = StayFacts(
        replace(EIGHTEEN, months=months),
        sheltered_on=start,
        absences=tuple(Absence(AbsenceKind.HOSPITAL, pause) for pause in pauses),
        nights_used_before=before,
    )
    bare = StayLimit(months=months).term(start).last_day

    told = clock(facts, start + timedelta(days=later))

    assert told.days_left is not None
    assert told.days_used + told.days_left - told.days_beyond == (bare - start).days
    assert told.days_used >= before


@given(DAYS, MONTHS, PAUSES, st.integers(0, 1500))
def test_c03_from_one_day_to_the_next_the_clock_only_runs_or_pauses(
    start: date, months: int, pauses: list[Nights], later: int
) -> None:
    facts = StayFacts(
        replace(EIGHTEEN, months=months),
        sheltered_on=start,
        absences=tuple(Absence(AbsenceKind.DETENTION, pause) for pause in pauses),
    )
    today = start + timedelta(days=later)

    now, tomorrow = clock(facts, today), clock(facts, today + timedelta(days=1))

    assert tomorrow.days_used - now.days_used in {0, 1}
    assert tomorrow.last_day is not None
    assert now.last_day is not None
    assert tomorrow.last_day >= now.last_day
