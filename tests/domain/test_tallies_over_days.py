"""Several cut-offs counted in one pass say what each of them says alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.episodes import Episode, FollowUp, LimitStatus
from caseflow.domain.tallies import tallies, tally
from caseflow.domain.transfers import TransferWindow
from tests import caseloads

DAYS = tuple(date(2023, 12, 31) + timedelta(days=91 * number) for number in range(5))
FIRST = date(2021, 1, 1)
WINDOW = TransferWindow(days_before=14, days_after=92)
MONTHS = (6, 12)

people = st.tuples(
    st.sampled_from("pqr"),
    st.sampled_from("ab"),
    st.integers(0, 1_500),
    st.none() | st.integers(-3, 700),
    st.sampled_from(["municipal_transfer", "residence_permit", "other"]),
    st.sampled_from(["man", "woman"]),
    st.lists(st.sampled_from([LimitStatus.WITHIN, LimitStatus.EXTENDED]), min_size=5, max_size=5),
    st.lists(st.tuples(st.sampled_from(MONTHS), st.integers(150, 600)), max_size=2),
    st.integers(0, 400),
)


def stood(drawn) -> list[Episode]:
    """One episode as it stood at each of the days; where it stood alike at all of them, once."""
    person, programme, start, length, outcome, gender, limits, asked, late = drawn
    entered = FIRST + timedelta(days=start)
    left = None if length is None else entered + timedelta(days=length)
    first = Episode(
        person, programme, entered, left, None if left is None else outcome, None, entered,
        None if left is None else left + timedelta(days=late), gender=gender, limit=limits[0],
        follow_ups=tuple(
            FollowUp(months, True, entered + timedelta(days=days + late), entered + timedelta(days=days))
            for months, days in asked
        ),
    )  # fmt: skip
    return [replace(first, limit=limit) for limit in (limits if late % 2 else limits[:1] * 5)]


def alone(rows, scope, known_on=None):
    return [
        tally(
            [row[place] for row in rows], scope, day,
            transfers=WINDOW, known_on=known_on, follow_up_months=MONTHS,
        )
        for place, day in enumerate(DAYS)
    ]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    st.lists(people, max_size=8),
    st.sampled_from(["a", "ab"]),
    st.sampled_from([None, DAYS[2]]),
    st.permutations(range(5)),
)
def test_several_days_are_counted_as_each_alone(drawn, scope, known_on, order):
    rows = [stood(one) for one in drawn]
    asked = [[row[place] for place in order] for row in rows]

    together = tallies(
        asked, scope, [DAYS[place] for place in order],
        transfers=WINDOW, known_on=known_on, follow_up_months=MONTHS,
    )  # fmt: skip

    each = alone(rows, scope, known_on)
    assert together == [each[place] for place in order]


@pytest.mark.parametrize(
    ("name", "scope", "last"),
    [
        ("caseload-lvv-pilot-2022-07.csv", caseloads.LVV_PILOT, date(2022, 7, 1)),
        ("caseload-amsterdam-lvv-2024-07.csv", ("amsterdam-lvv",), date(2024, 7, 1)),
        ("caseload-utrecht-bbb-first-ten-years.csv", ("utrecht-bbb",), date(2012, 1, 1)),
    ],
)
def test_the_caseload_files_are_counted_alike(name, scope, last):
    days = [last - timedelta(days=91 * back) for back in range(4, -1, -1)]
    rows = list(caseloads.episodes(name))

    together = tallies(
        ((row,) * 5 for row in rows), scope, days, transfers=WINDOW, follow_up_months=MONTHS
    )

    assert together == [
        tally(rows, scope, day, transfers=WINDOW, follow_up_months=MONTHS) for day in days
    ]
    assert together[-1].exits > 0
