"""One pass yields every table: exits and people by gender, age, length of stay, and against the longest stay."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.breakdowns import Dimension
from caseflow.domain.calendar_months import latest_start, months_after
from caseflow.domain.episodes import Episode, FollowUp, LimitStatus
from caseflow.domain.lengths_of_stay import BAND_ENDS, StayBand, months_needed, stay_band
from caseflow.domain.limit_standings import standing, standing_of_history
from caseflow.domain.nights import Nights
from caseflow.domain.stay import StayFacts
from caseflow.domain.stay_limits import Absence, AbsenceKind, StayLimit
from caseflow.domain.tallies import STILL_IN, TRANSFERRED, Stocks, Tally, tally
from caseflow.domain.transfers import TransferWindow
from tests import caseloads

CUT_OFF = date(2024, 7, 1)
WINDOW = TransferWindow(days_before=14, days_after=92)
D, L = Dimension, LimitStatus
DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


def episode(person="p1", programme="a", entered=date(2024, 1, 1), left=None, outcome=None, **more):
    known = {"recorded_on": entered, "exit_recorded_on": left, "basis": None} | more
    return Episode(person, programme, entered, left, outcome, **known)


def counted(*episodes: Episode, scope=("a",), as_of=CUT_OFF, **more) -> Tally:
    return tally(episodes, scope, as_of, transfers=WINDOW, **more)


@pytest.mark.parametrize(
    ("left", "band"),
    [
        pytest.param(date(2023, 1, 31), StayBand.UP_TO_3, id="the day itself"),
        pytest.param(date(2023, 4, 30), StayBand.UP_TO_3, id="three months, clamped to the end of April"),
        pytest.param(date(2023, 5, 1), StayBand.UP_TO_6, id="a day more"),
        pytest.param(date(2023, 7, 31), StayBand.UP_TO_6, id="six months"),
        pytest.param(date(2024, 1, 31), StayBand.UP_TO_12, id="a year"),
        pytest.param(date(2024, 7, 31), StayBand.UP_TO_18, id="18 months, and not 540 days"),
        pytest.param(date(2024, 8, 1), StayBand.UP_TO_24, id="18 months and a day"),
        pytest.param(date(2025, 2, 1), StayBand.LONGER, id="two years and a day"),
    ],
)  # fmt: skip
def test_the_length_of_a_stay_is_counted_in_calendar_months(left, band):
    assert stay_band(date(2023, 1, 31), left) is band


@settings(deadline=None)
@given(DAYS, st.integers(0, 1_000))
def test_months_needed_is_the_least_number_of_clamped_months(first, days):
    last = first + timedelta(days=days)
    months = months_needed(first, last)

    assert last <= months_after(first, months)
    assert days == 0 or months_after(first, months - 1) < last


@settings(deadline=None)
@given(DAYS, st.integers(1, 30))
def test_the_latest_start_is_due_and_the_day_after_it_is_not(day, months):
    latest = latest_start(day, months)

    assert months_after(latest, months) <= day < months_after(latest + timedelta(days=1), months)


def test_exits_are_told_apart_by_each_dimension_and_by_two_together():
    rows = [
        episode("p1", left=CUT_OFF, outcome="residence_permit", gender="woman", age_band="18-27"),
        episode("p2", left=CUT_OFF, outcome="residence_permit", gender="man", age_band="18-27"),
        episode("p3", left=date(2024, 2, 1), outcome="detained", gender="man", age_band="58+"),
        episode("p4", left=date(2024, 7, 2), outcome="detained", gender="woman"),
    ]

    found = counted(*rows).exits_by

    assert found.by(D.GENDER) == {("woman",): 1, ("man",): 2}
    assert found.by(D.AGE_BAND) == {("18-27",): 2, ("58+",): 1}
    assert found.by(D.STAY) == {(StayBand.UP_TO_6,): 2, (StayBand.UP_TO_3,): 1}
    assert found.by(D.OUTCOME, D.GENDER)[("residence_permit", None), "man"] == 1
    assert counted(*rows).inside_by_stay == {StayBand.UP_TO_6: 1}
    with pytest.raises(ValueError, match="not in tuple"):
        counted(*rows).participants_by.by(D.OUTCOME)


@pytest.mark.parametrize("name", ["caseload-lvv-pilot-2022-07.csv"])
def test_every_table_adds_up_to_the_same_exits_and_the_same_people(name):
    found = tally(
        caseloads.episodes(name), caseloads.LVV_PILOT, date(2022, 7, 1), transfers=WINDOW
    )  # fmt: skip

    assert {found.exits_by.by(one).total() for one in D} == {found.exits} == {1258}
    people = {found.participants_by.by(one).total() for one in (D.GENDER, D.AGE_BAND, D.LIMIT)}
    assert people == {found.participants} == {2065}
    lasted = sum(one.total() for one in found.durations.values())
    assert lasted == found.entries == found.exits + found.transfers_out + found.occupancy
    assert found.inside_by_stay.total() == found.occupancy


def test_someone_who_came_back_counts_as_at_first_in_whatever_order_that_is_read():
    first = episode(left=date(2024, 2, 1), outcome="other", gender="man", age_band="18-27")
    again = episode(entered=date(2024, 3, 1), age_band="28-37", limit=L.REACHED)
    third = episode(entered=date(2024, 4, 1), gender="woman", limit=L.WITHIN)
    for order in permutations([first, again, third]):
        assert counted(*order).participants_by.cells == {("man", "18-27", L.REACHED): 1}


def test_nobody_moves_to_another_row_of_participants_by_coming_back():
    first = episode(left=date(2024, 2, 1), outcome="other", age_band="18-27")
    again = episode(entered=date(2024, 3, 1), age_band="28-37")
    for as_of in (date(2024, 2, 28), CUT_OFF):
        found = counted(first, again, as_of=as_of).participants_by.by(D.AGE_BAND)
        assert found == {("18-27",): 1}


def test_inside_a_group_a_stay_counts_from_its_first_entry():
    there = episode(left=date(2024, 3, 1), outcome="municipal_transfer")
    here = episode(
        programme="b", entered=date(2024, 3, 4), left=date(2024, 6, 1), outcome="residence_permit"
    )
    for order in permutations([there, here]):
        group = counted(*order, scope=("a", "b"))
        assert group.exits_by.by(D.STAY) == {(StayBand.UP_TO_6,): 1}
        assert dict(group.durations) == {("residence_permit", None): Counter([152])}
    assert counted(there, here, scope=("b",)).exits_by.by(D.STAY) == {(StayBand.UP_TO_3,): 1}
    assert dict(counted(there, here).durations) == {TRANSFERRED: Counter([60])}  # fmt: skip


def test_two_transfers_to_each_other_on_a_day_leave_somebody_somewhere():
    one = episode(entered=date(2024, 3, 1), left=date(2024, 3, 2), outcome="municipal_transfer")
    other = episode(
        programme="b", entered=date(2024, 3, 1), left=date(2024, 3, 2), outcome="municipal_transfer"
    )

    group = counted(one, other, scope=("a", "b"))

    assert (group.entries, group.transfers_out, group.exits, group.occupancy) == (1, 1, 0, 0)  # fmt: skip


OUTCOMES = st.sampled_from(["municipal_transfer", "residence_permit", None])


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 400), st.integers(0, 200), OUTCOMES),
        max_size=6,
    )
)
def test_nobody_is_lost_however_people_move_about_in_a_group(moves):
    rows = [
        episode(
            programme=programme,
            entered=date(2023, 1, 1) + timedelta(days=start),
            left=None if outcome is None else date(2023, 1, 1) + timedelta(days=start + length),
            outcome=outcome,
        )
        for programme, start, length, outcome in moves
    ]
    group = counted(*rows, scope=("a", "b"))
    forwards = group.entries, group.transfers_out, group.exits, group.durations
    turned = counted(*reversed(rows), scope=("a", "b"))

    assert sum(one.total() for one in group.durations.values()) == group.entries
    assert group.entries == group.exits + group.transfers_out + group.inside_by_stay.total()
    assert group.exits == sum(
        row.outcome == "residence_permit" for row in rows if row.ended_by(CUT_OFF, None)
    )
    assert forwards == (turned.entries, turned.transfers_out, turned.exits, turned.durations)  # fmt: skip


def test_who_waits_and_how_many_places_there_are_are_no_episodes():
    found = counted(stocks=Stocks(waiting=7, capacity=180))

    assert (found.stocks.waiting, found.stocks.capacity, found.entries) == (7, 180, 0)
    assert counted().stocks.capacity is None


def test_who_is_in_counts_with_the_days_until_the_cut_off():
    assert dict(counted(episode()).durations) == {STILL_IN: Counter([182])}


def test_an_answer_found_after_the_cut_off_changes_nothing_at_it():
    late = FollowUp(6, True, recorded_on=date(2024, 9, 1), found_on=date(2024, 6, 20))
    after = FollowUp(6, False, recorded_on=date(2024, 10, 1), found_on=date(2024, 8, 20))
    rows = [
        episode("p1", left=date(2024, 1, 1), outcome="residence_permit", follow_ups=(late, after))
    ]  # fmt: skip
    solved = {("residence_permit", None)}

    now = counted(*rows, follow_up_months=(6,)).follow_ups(6, solved)
    then = counted(*rows, follow_up_months=(6,), known_on=date(2024, 8, 31)).follow_ups(6, solved)

    assert (now.confirmed, now.unknown) == (1, 0)
    assert (then.confirmed, then.unknown) == (0, 1)


def test_of_two_answers_of_one_day_the_later_one_counts():
    answers = [FollowUp(6, held, recorded_on=date(2024, 7, 1)) for held in (True, None, False)]
    left = episode(
        left=date(2024, 1, 1), outcome="residence_permit", follow_ups=tuple(answers)
    )  # fmt: skip

    found = counted(left, follow_up_months=(6,)).follow_ups(6, {("residence_permit", None)})

    assert (found.due, found.confirmed, found.unknown) == (1, 0, 0)


def stay(**more) -> StayFacts:
    limit = StayLimit(months=18, pauses=frozenset({AbsenceKind.HOSPITAL}))
    return StayFacts(limit=limit, sheltered_on=date(2023, 1, 1), **more)


HOSPITAL = Absence(AbsenceKind.HOSPITAL, Nights(date(2024, 1, 1), date(2024, 1, 11)))


@pytest.mark.parametrize(
    ("facts", "as_of", "found"),
    [
        pytest.param(stay(), date(2024, 6, 30), L.WITHIN, id="the day before the last day"),
        pytest.param(stay(), date(2024, 7, 1), L.REACHED, id="on the last day"),
        pytest.param(stay(exited_on=date(2024, 6, 30)), date(2025, 1, 1), L.WITHIN, id="left a day earlier"),
        pytest.param(stay(exited_on=date(2024, 7, 1)), date(2025, 1, 1), L.REACHED, id="left on the last day"),
        pytest.param(stay(exited_on=date(2024, 9, 1)), date(2024, 6, 1), L.WITHIN, id="left after the cut-off"),
        pytest.param(stay(absences=(HOSPITAL,)), date(2024, 7, 10), L.WITHIN, id="a pause moves the last day"),
        pytest.param(stay(absences=(HOSPITAL,)), date(2024, 7, 11), L.REACHED, id="and it comes ten days later"),
        pytest.param(stay(nights_used_before=100), date(2024, 3, 23), L.REACHED, id="earlier nights count"),
        pytest.param(stay(extended_until=date(2024, 12, 1)), date(2024, 5, 1), L.EXTENDED, id="extended early"),
        pytest.param(
            stay(extended_until=date(2024, 12, 1)), date(2024, 8, 1), L.REACHED_AND_EXTENDED, id="beyond the term"
        ),
        pytest.param(StayFacts(limit=StayLimit()), date(2024, 8, 1), L.NO_LIMIT, id="no limit"),
        pytest.param(
            StayFacts(limit=StayLimit(months=6)), date(2024, 8, 1), L.WITHIN, id="a term that has not begun"
        ),
    ],
)  # fmt: skip
def test_how_a_stay_stands_against_the_longest_one(facts, as_of, found):
    assert standing(facts, as_of) is found


def test_of_history_only_the_outcome_tells_that_the_limit_was_reached():
    assert standing_of_history(None, CUT_OFF, "stay_limit_reached") is L.REACHED
    assert standing_of_history(None, CUT_OFF, "residence_permit") is L.UNKNOWN


def test_the_bands_meet_the_moments_at_which_solutions_are_published():
    assert set(BAND_ENDS) >= {6, 12, 18, 24}
