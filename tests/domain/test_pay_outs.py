"""What an allowance comes to, what a run adds, and what it puts right: to the cent, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from caseflow.domain.decisions import Refused
from caseflow.domain.pay_outs import (
    CaseAccount,
    Entitlement,
    Line,
    LineKind,
    Period,
    fingerprint,
    may_run,
    may_set,
    new_lines,
)

MONDAY = date(2026, 11, 2)
TODAY = date(2026, 11, 22)


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def week(number: int) -> Period:
    return Period(after(7 * number), after(7 * number + 7))


def allowance(
    weekly: int = 65_00, first: int = 0, until: int | None = None, mistaken: bool = False
) -> Entitlement:
    end = None if until is None else after(until)
    return Entitlement("a", "case", weekly, after(first), end, mistaken)


def kept(lines: tuple[Line, ...], run: int) -> list[Line]:
    """The lines as a run keeps them: each with an id."""
    return [
        Line(one.kind, one.allowance_id, one.period, one.cents, one.corrects, f"{run}-{n}")
        for n, one in enumerate(lines)
    ]


AMOUNTS = [
    ("a whole week is the weekly amount", 65_00, 0, 7, 65_00),
    ("a day is a seventh, to the nearest cent", 65_00, 0, 1, 9_29),
    ("the next day brings the sum of two to the nearest cent", 65_00, 1, 2, 9_28),
    ("six days and the seventh make the week", 65_00, 6, 7, 9_29),
    ("days before the allowance began come to nothing", 65_00, -7, 0, 0),
    ("a cent a week is paid on the day that makes it a cent", 1, 3, 4, 1),
]


@pytest.mark.parametrize(("why", "weekly", "first", "until", "cents"), AMOUNTS)
def test_days_come_to_whole_cents(
    why: str, weekly: int, first: int, until: int, cents: int
) -> None:
    assert allowance(weekly).cents_in(Period(after(first), after(until))) == cents, why


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    weekly=some.integers(1, 500_00),
    begins=some.integers(0, 40),
    lasts=some.none() | some.integers(0, 80),
    cuts=some.lists(some.integers(0, 100), min_size=2, max_size=12, unique=True),
)
def test_the_parts_of_any_stretch_add_up_to_the_whole(
    weekly: int, begins: int, lasts: int | None, cuts: list[int]
) -> None:
    one = allowance(weekly, begins, None if lasts is None else begins + lasts)
    days = sorted(cuts)
    parts = [one.cents_in(Period(after(a), after(b))) for a, b in pairwise(days)]
    assert sum(parts) == one.cents_in(Period(after(days[0]), after(days[-1])))
    assert all(part >= 0 for part in parts)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    weekly=some.integers(1, 500_00),
    begins=some.integers(0, 20),
    runs=some.lists(some.integers(1, 31), min_size=1, max_size=8),
    ends=some.lists(some.none() | some.integers(0, 60), min_size=8, max_size=8),
    mistaken_from=some.integers(0, 12),
)
def test_whatever_was_known_when_the_runs_together_paid_what_is_known_at_last(
    weekly: int, begins: int, runs: list[int], ends: list[int | None], mistaken_from: int
) -> None:
    booked: list[Line] = []
    until = 0
    for number, days in enumerate(runs):
        until += days
        end = ends[number]
        known = allowance(
            weekly, begins, None if end is None else begins + end, number >= mistaken_from
        )
        booked += kept(new_lines(known, booked, MONDAY, after(until)), number)
    covered = [one.period for one in booked if one.kind is LineKind.DUE]
    last = max((one.until_on for one in covered), default=MONDAY)
    assert sum(one.cents for one in booked) == known.cents_in(
        Period(MONDAY, max(last, after(until)))
    )
    in_order = sorted(covered)
    assert all(a.until_on <= b.from_on for a, b in pairwise(in_order))


def test_a_run_pays_each_day_once_also_when_it_is_drawn_again() -> None:
    first = kept(new_lines(allowance(), [], MONDAY, after(7)), 1)
    assert [(one.kind, one.cents) for one in first] == [(LineKind.DUE, 65_00)]
    assert new_lines(allowance(), first, MONDAY, after(7)) == ()


def test_an_allowance_that_was_recorded_late_is_paid_from_its_first_day_in_the_next_run() -> None:
    [line] = new_lines(allowance(first=3), [], MONDAY, after(14))
    assert (line.period, line.cents) == (Period(after(3), after(14)), 102_14)


def test_nobody_is_paid_again_for_days_before_the_first_run() -> None:
    [line] = new_lines(allowance(first=-100), [], MONDAY, after(7))
    assert line.period == week(0)


def test_an_allowance_that_ended_earlier_than_was_known_is_put_right_by_a_line_of_its_own() -> None:
    paid = kept(new_lines(allowance(), [], MONDAY, after(7)), 1)
    paid += kept(new_lines(allowance(), paid, MONDAY, after(14)), 2)
    ended = allowance(until=10)
    [line] = new_lines(ended, paid, MONDAY, after(21))
    assert (line.kind, line.period, line.cents) == (LineKind.CORRECTION, week(1), -37_14)
    assert line.corrects == "2-0"
    assert new_lines(ended, [*paid, *kept((line,), 3)], MONDAY, after(28)) == ()


def test_an_allowance_recorded_in_error_takes_back_all_that_was_booked() -> None:
    paid = kept(new_lines(allowance(), [], MONDAY, after(7)), 1)
    [line] = new_lines(allowance(mistaken=True), paid, MONDAY, after(14))
    assert line.cents == -65_00


def test_a_slip_is_never_below_nought_and_what_is_left_stays() -> None:
    much = CaseAccount("case", (Line(LineKind.CORRECTION, "a", week(0), -40_00, "x"),), 10_00)
    assert (much.to_hand, much.paid_too_much) == (0, 30_00)
    back = CaseAccount("case", (), 65_00)
    assert (back.to_hand, back.paid_too_much) == (65_00, 0)


def test_a_preview_has_another_fingerprint_when_anything_in_it_is_another() -> None:
    line = Line(LineKind.DUE, "a", week(0), 65_00)
    shown = fingerprint([CaseAccount("case", (line,))])
    assert shown == fingerprint([CaseAccount("case", (line,))])
    assert len({shown, fingerprint([CaseAccount("case", (line,), 1)]), fingerprint([])}) == 3


RUNS = [
    ("the usual week", 0, 7, None, None),
    ("the next one", 7, 14, 7, None),
    ("the last day before the first", 7, 7, 7, "lies before the first"),
    ("two months at once", 0, 60, None, "at most 31 days"),
    ("too far ahead", 55, 62, 55, "too far ahead"),
    ("days that were paid", 6, 13, 7, "paid out already"),
    ("a day left out", 8, 14, 7, "no day is left out"),
    ("a year too early", -365, -358, None, "The first run begins on"),
]


@pytest.mark.parametrize(("why", "first", "until", "paid_until", "sentence"), RUNS)
def test_a_run_follows_the_one_before(
    why: str, first: int, until: int, paid_until: int | None, sentence: str | None
) -> None:
    before = None if paid_until is None else after(paid_until)
    answer = may_run(Period(after(first), after(until)), before, TODAY)
    if sentence is None:
        assert answer, why
    else:
        assert isinstance(answer, Refused), why
        assert sentence in str(answer.reason), why


@pytest.mark.parametrize(
    ("cents", "fits"), [(0, False), (-5, False), (1, True), (500_00, True), (500_01, False)]
)
def test_an_allowance_is_above_nought_and_not_absurd(cents: int, fits: bool) -> None:
    assert bool(may_set(cents)) is fits
