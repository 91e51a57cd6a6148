"""The 18th birthday: which day it is, by when to assess again, and that nothing is planned twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.coming_of_age import Eighteenth, Planned, Replanned, eighteenth, replan

TODAY = date(2026, 11, 22)
BIRTHS = st.dates(date(1990, 1, 1), date(2026, 11, 22))
DAYS = st.dates(date(2008, 1, 1), date(2045, 1, 1))


@pytest.mark.parametrize(
    ("sentence", "birth_date", "birth_year", "precision", "on", "is_about", "assess_by"),
    [
        ("a day: the same day, 18 years on", date(2010, 5, 17), None, "exact",
         date(2028, 5, 17), False, date(2028, 2, 1)),
        ("29 February: 1 March, because the 18th year is no leap year", date(2012, 2, 29), None, "exact",
         date(2030, 3, 1), False, date(2029, 12, 1)),
        ("the last day of February in another year stays", date(2011, 2, 28), None, "exact",
         date(2029, 2, 28), False, date(2028, 11, 1)),
        ("a year alone: about its first day", None, 2010, "year", date(2028, 1, 1), True, date(2027, 10, 1)),
        ("an estimated day: about that day", date(2010, 7, 1), None, "estimated",
         date(2028, 7, 1), True, date(2028, 4, 1)),
        ("the first of January that an authority wrote down: about", date(2010, 1, 1), None, "convention",
         date(2028, 1, 1), True, date(2027, 10, 1)),
        ("a first of the month goes back three whole months", date(2010, 4, 1), None, "exact",
         date(2028, 4, 1), False, date(2028, 1, 1)),
    ],
)  # fmt: skip
def test_who_comes_of_age_when(
    sentence: str, birth_date: date | None, birth_year: int | None, precision: str, on: date,
    is_about: bool, assess_by: date,
) -> None:  # fmt: skip
    found = eighteenth(birth_date, birth_year, precision)
    assert found == Eighteenth(on, is_about), sentence
    assert found.assess_by == assess_by, sentence


def test_nothing_known_is_no_birthday() -> None:
    assert eighteenth(None, None, "unknown") is None
    assert replan(None, [Planned("old", TODAY, is_done=False)], TODAY) == Replanned()


@given(BIRTHS)
def test_nobody_comes_of_age_before_18_years_are_full(born: date) -> None:
    found = eighteenth(born, None, "exact")
    assert found is not None
    years = found.on.year - born.year - ((found.on.month, found.on.day) < (born.month, born.day))
    before = found.on - timedelta(days=1)
    years_before = before.year - born.year - ((before.month, before.day) < (born.month, born.day))
    assert (years, years_before) == (18, 17)


@given(BIRTHS)
def test_a_stored_day_is_a_first_of_a_month_and_two_to_four_months_early(born: date) -> None:
    found = eighteenth(born, None, "exact")
    assert found is not None
    assert found.assess_by.day == 1
    assert 89 <= (found.on - found.assess_by).days <= 123


@given(BIRTHS, BIRTHS, DAYS, DAYS)
def test_planning_again_plans_nothing_twice_and_leaves_one_open(
    first: date, second: date, day: date, later: date
) -> None:
    today, later = sorted((day, later))
    planned: list[Planned] = []
    for born, on in ((first, today), (second, today), (second, later)):
        found = eighteenth(born, None, "exact")
        assert found is not None
        becomes = replan(found, planned, on)
        planned = [one for one in planned if one.id not in becomes.superseded]
        if becomes.due_on is not None:
            planned.append(Planned(f"{len(planned)}-{on}", becomes.due_on, is_done=False))
        assert len(planned) == (1 if found.on > on else 0)
        assert all(one.due_on < found.on for one in planned)
        assert replan(found, planned, on) == Replanned()


def test_what_was_done_for_this_birthday_is_not_planned_again() -> None:
    found = Eighteenth(date(2028, 5, 17), is_about=False)
    done = Planned("done", date(2028, 2, 1), is_done=True)
    assert replan(found, [done], TODAY) == Replanned()
    other = Eighteenth(date(2029, 5, 17), is_about=False)
    assert replan(other, [done], TODAY) == Replanned((), date(2029, 2, 1))


def test_a_corrected_birth_date_moves_the_task() -> None:
    old = Planned("old", date(2028, 2, 1), is_done=False)
    found = Eighteenth(date(2029, 5, 17), is_about=False)
    assert replan(found, [old], TODAY) == Replanned(("old",), date(2029, 2, 1))


def test_an_adult_needs_none() -> None:
    old = Planned("old", date(2028, 2, 1), is_done=False)
    assert replan(Eighteenth(TODAY, is_about=False), [old], TODAY) == Replanned(("old",))


def test_late_is_today_and_stays_so() -> None:
    found = Eighteenth(date(2026, 12, 24), is_about=False)
    assert replan(found, [], TODAY) == Replanned((), TODAY)
    planned = [Planned("one", TODAY, is_done=False)]
    assert replan(found, planned, TODAY + timedelta(days=3)) == Replanned()
