"""Reviews: by somebody else, never empty; each week once, and late after a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.decisions import Allowed
from caseflow.domain.reviews import (
    Verdict,
    is_overdue,
    may_close,
    may_close_week,
    may_review,
    monday_of,
    sample,
    weeks_waiting,
)

MONDAY = date(2026, 11, 16)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("sentence", "verdict", "words", "closes"),
    [
        ("a verdict and a sentence close it", "justified", "Asked her, saw the hearing.", True),
        ("a verdict alone does not", "justified", "", False),
        ("words alone do not", "", "Asked her, saw the hearing.", False),
        ("spaces are no words", "justified", " \n\t ", False),
        ("signs are no words", "justified", "..........-----", False),
        ("a word is no sentence", "justified", "fine", False),
        ("a verdict of another list is none", "in_order", "Asked her, saw the hearing.", False),
    ],
)
def test_no_review_is_closed_empty(sentence: str, verdict: str, words: str, closes: bool) -> None:
    assert bool(may_close(verdict, Verdict, words)) is closes, sentence


def test_somebody_else_reviews_and_once() -> None:
    assert may_review("petra", "sara", is_reviewed=False) == Allowed()
    assert not may_review("sara", "sara", is_reviewed=False)
    assert not may_review("petra", "sara", is_reviewed=True)


@given(since=days, today=days)
def test_every_week_that_is_over_waits_until_it_is_closed(since: date, today: date) -> None:
    waiting = weeks_waiting(since, (), today)

    assert all(week.weekday() == 0 for week in waiting)
    assert all(week + timedelta(days=7) <= today for week in waiting)
    if since <= today:
        assert len(waiting) == (monday_of(today) - monday_of(since)).days // 7
    assert weeks_waiting(since, waiting, today) == ()


def test_a_week_is_overdue_once_the_next_one_is_over() -> None:
    assert not is_overdue(MONDAY, date(2026, 11, 29))
    assert is_overdue(MONDAY, date(2026, 11, 30))


def test_a_week_waits_for_what_is_older() -> None:
    assert may_close_week(MONDAY, (MONDAY,), 0) == Allowed()
    assert not may_close_week(MONDAY, (MONDAY,), 1)
    assert not may_close_week(MONDAY, (), 0)


@given(st.sets(st.integers(0, 10_000), max_size=200), st.integers(1, 30), st.randoms())
def test_a_sample_is_the_same_however_the_log_is_read(
    looks: set[int], size: int, chance: object
) -> None:
    shuffled = sorted(looks, key=lambda _: chance.random())  # type: ignore[attr-defined]
    drawn = sample(shuffled, str, size)

    assert drawn == sample(sorted(looks), str, size)
    assert len(drawn) == min(size, len(looks))
