"""Clocks beside the stay clock: a Dublin claim, cover around a delivery, a child that comes of age (rule C5)."""

from __future__ import annotations

import ast
import inspect
from datetime import date

import pytest

from caseflow.domain import other_clocks
from caseflow.domain.other_clocks import (
    Delivery,
    DublinClaim,
    PregnancyCover,
    asks_for_reassessment,
    comes_of_age_on,
    pregnancy_cover,
)


@pytest.mark.parametrize(
    ("since", "lapses_on"),
    [
        (date(2024, 8, 31), date(2026, 2, 28)),
        (date(2022, 8, 29), date(2024, 2, 29)),
        (date(2025, 1, 15), date(2026, 7, 15)),
        (date(2024, 2, 29), date(2025, 8, 29)),
    ],
)
def test_c05_a_dublin_claim_lapses_after_18_calendar_months(since: date, lapses_on: date) -> None:
    assert DublinClaim(since).lapses_on == lapses_on


def test_c05_a_dublin_claim_runs_from_its_first_to_its_last_day() -> None:
    claim = DublinClaim(date(2025, 1, 15))
    days = [date(2025, 1, 14), date(2025, 1, 15), date(2026, 7, 15), date(2026, 7, 16)]
    assert [claim.runs_on(day) for day in days] == [False, True, True, False]


def test_c05_the_dublin_claim_shares_no_constant_with_the_stay_limit() -> None:
    tree = ast.parse(inspect.getsource(other_clocks))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in imported if name and ("stay" in name or "programme" in name)}


@pytest.mark.parametrize(
    ("delivery", "first_day", "last_day"),
    [
        (Delivery(date(2026, 5, 1)), date(2026, 3, 20), date(2026, 6, 12)),
        (Delivery(date(2026, 5, 1), date(2026, 5, 1)), date(2026, 3, 20), date(2026, 6, 12)),
        (Delivery(date(2026, 5, 1), date(2026, 5, 11)), date(2026, 3, 30), date(2026, 6, 22)),
        (Delivery(date(2026, 5, 1), date(2026, 4, 17)), date(2026, 3, 6), date(2026, 5, 29)),
        (Delivery(date(2028, 2, 29)), date(2028, 1, 18), date(2028, 4, 11)),
    ],
)
def test_c05_the_cover_is_six_weeks_either_side_and_moves_with_the_actual_day(
    delivery: Delivery, first_day: date, last_day: date
) -> None:
    assert pregnancy_cover(delivery) == PregnancyCover(first_day, last_day)


def test_c05_both_ends_of_the_cover_are_covered() -> None:
    cover = pregnancy_cover(Delivery(date(2026, 5, 1)))
    days = [date(2026, 3, 19), date(2026, 3, 20), date(2026, 6, 12), date(2026, 6, 13)]
    assert [cover.covers(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (date(2008, 3, 14), date(2026, 3, 14)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2008, 2, 28), date(2026, 2, 28)),
        (date(2007, 12, 31), date(2025, 12, 31)),
    ],
)
def test_c05_a_child_comes_of_age_on_its_18th_birthday(born_on: date, birthday: date) -> None:
    assert comes_of_age_on(born_on) == birthday


@pytest.mark.parametrize(
    ("assessed_on", "today", "asks"),
    [
        (date(2025, 6, 1), date(2026, 2, 28), False),
        (date(2025, 6, 1), date(2026, 3, 1), True),
        (date(2025, 6, 1), date(2027, 1, 1), True),
        (date(2026, 3, 1), date(2026, 3, 1), False),
        (date(2026, 4, 1), date(2027, 1, 1), False),
    ],
)
def test_c05_an_18th_birthday_asks_for_a_new_assessment(
    assessed_on: date, today: date, asks: bool
) -> None:
    assert asks_for_reassessment(date(2008, 2, 29), assessed_on, today) is asks
