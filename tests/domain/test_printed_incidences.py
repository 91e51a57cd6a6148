"""What is published of time to solution holds for every table that prints so, and agrees with the curve inside."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.calendar_months import months_after
from caseflow.domain.incidences import PUBLISHED_MONTHS
from caseflow.domain.lengths_of_stay import StayBand, stay_band
from caseflow.domain.percentages import PercentStyle, PrintStatus
from caseflow.domain.printed_incidences import (
    BANDS,
    Between,
    TimeBand,
    printed_rows_within,
    printed_within,
    solved_within,
    time_bands,
    time_rows,
)
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import STILL_IN, TRANSFERRED, tally
from caseflow.domain.transfers import TransferWindow
from caseflow.solvers.incidence_curves import incidence
from tests import caseloads

PERMIT, DETAINED = ("residence_permit", None), ("detained", None)
DURABLE = frozenset({PERMIT, ("voluntary_return", None), ("onward_migration", None)})
is_durable = DURABLE.__contains__
COUNTS = st.integers(0, 60)
TABLES = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=5, max_size=5)


def exactly(cells) -> tuple[TimeBand, ...]:
    return tuple(TimeBand(*(Between.exactly(one) for one in band)) for band in cells)


def as_printed(cells) -> tuple[TimeBand, ...]:
    return tuple(TimeBand(*(Between.printed(printed(one)) for one in band)) for band in cells)


def test_a_life_table_worked_out_by_hand():
    """Of 100, ten are solved in half a year while 20 are seen for half of it: 10 of 90; then 20 of 50."""
    found = solved_within(exactly([(10, 10, 20), (20, 10, 20), (0, 0, 10), (0, 0, 0), (0, 0, 0)]))

    first = Fraction(10, 90)
    staying = 1 - Fraction(20, 90)
    assert found[0].share == 100 * first
    assert found[1].share == 100 * (first + staying * Fraction(20, 50))
    assert found[3].share == found[2].share == found[1].share
    assert [one.months for one in found] == list(PUBLISHED_MONTHS)
    assert all(one.low == one.share == one.high for one in found)


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_the_bounds_hold_what_the_true_counts_say(cells):
    for true, told in zip(
        solved_within(exactly(cells)), solved_within(as_printed(cells)), strict=True
    ):
        assert told.low <= true.share <= told.high
        assert 0 <= told.low <= told.share <= told.high <= 100


def test_no_table_that_prints_the_same_lies_outside_the_bounds():
    """Two bands, each count tried at its ends and in its middle."""
    cells = [(7, 12, 8), (6, 9, 11)]
    told = solved_within(as_printed(cells))
    choices = [range(printed(one).low, printed(one).high + 1, 2) for band in cells for one in band]
    for tried in product(*choices):
        true = solved_within(exactly([tried[:3], tried[3:]]))
        assert all(t.low <= one.share <= t.high for t, one in zip(told, true, strict=True))


@settings(deadline=None)
@given(TABLES)
def test_a_printed_share_promises_what_holds_and_follows_the_size(cells):
    true = solved_within(exactly(cells))
    size = sum(map(sum, cells))
    for (_, said), one in zip(
        printed_within([[printed(c) for c in band] for band in cells], printed(size)),
        true,
        strict=True,
    ):
        if said.status is PrintStatus.PRINTED:
            assert said.low <= one.share <= said.high
            assert said.style is not PercentStyle.WHOLE_POINT or size >= 198


def test_from_the_first_count_of_solved_below_five_on_nothing_is_printed():
    bands = [
        [printed(c) for c in one]
        for one in [(90, 90, 90), (4, 90, 90), (90, 90, 90), (90,) * 3, (90,) * 3]
    ]

    told = [said.status for _, said in printed_within(bands, printed(1260))]

    assert told == [PrintStatus.PRINTED, *[PrintStatus.SUPPRESSED] * 3]
    assert {one.status for _, one in printed_within(bands, printed(4))} == {PrintStatus.SUPPRESSED}


def test_the_bands_gather_every_stay_of_a_tally():
    counts = Counter(
        {
            (PERMIT, StayBand.UP_TO_3): 2,
            (PERMIT, StayBand.UP_TO_6): 1,
            (STILL_IN, StayBand.LONGER): 4,
        }
    )
    counts[TRANSFERRED, StayBand.UP_TO_18] = 5

    assert time_bands(counts, is_durable) == ((3, 0, 0), (0, 0, 0), (0, 0, 5), (0, 0, 0), (0, 0, 4))
    assert [band for bands in BANDS for band in bands] == list(StayBand)
    for bands, month in zip(BANDS, PUBLISHED_MONTHS, strict=False):
        assert stay_band(date(2020, 1, 31), months_after(date(2020, 1, 31), month)) is bands[-1]


def test_the_rows_of_a_table_say_what_its_bands_say():
    found = tally(
        caseloads.episodes("caseload-lvv-pilot-2022-07.csv"),
        caseloads.LVV_PILOT,
        date(2022, 7, 1),
        transfers=TransferWindow(14, 92),
    )
    rows = time_rows(found, is_durable)
    bands = time_bands(found.stays_by_band, is_durable)
    everybody = printed(found.entries)

    told = printed_rows_within({row: printed(count) for row, count in rows.items()}, everybody)

    assert sum(rows.values()) == found.entries
    assert sum(count for row, count in rows.items() if row.startswith("solved_")) == 226
    assert rows["still_in_later"] == bands[-1][2]
    assert told == printed_within([[printed(c) for c in band] for band in bands], everybody)
    assert [months for months, said in told if said.percent is not None] == list(PUBLISHED_MONTHS)


@pytest.mark.parametrize(
    ("name", "scope", "as_of"),
    [
        ("caseload-lvv-pilot-2022-07.csv", caseloads.LVV_PILOT, date(2022, 7, 1)),
        ("caseload-amsterdam-lvv-2024-07.csv", ("amsterdam-lvv",), date(2024, 7, 17)),
        ("caseload-utrecht-bbb-first-ten-years.csv", ("utrecht-bbb",), date(2011, 12, 31)),
    ],
)
def test_the_life_table_agrees_with_the_curve_inside_to_two_points(name, scope, as_of):
    found = tally(caseloads.episodes(name), scope, as_of, transfers=TransferWindow(14, 92))
    cells = time_bands(found.stays_by_band, is_durable)
    curve = incidence(found.durations, PUBLISHED_MONTHS).among(DURABLE)

    for exact, true, told in zip(
        curve, solved_within(exactly(cells)), solved_within(as_printed(cells)), strict=True
    ):
        assert abs(100 * exact - true.share) <= 2
        assert abs(told.share - true.share) <= 1


def test_many_invented_programmes_agree_with_their_curves():
    drawn = random.Random(6)
    for _ in range(40):
        durations = {key: Counter() for key in (PERMIT, DETAINED, STILL_IN)}
        cells: Counter = Counter()
        for _ in range(400):
            key, day = drawn.choice(list(durations)), int(drawn.expovariate(1 / 300))
            durations[key][day] += 1
            cells[
                key,
                stay_band(date(2020, 1, 1), date.fromordinal(date(2020, 1, 1).toordinal() + day)),
            ] += 1
        curve = incidence(durations, PUBLISHED_MONTHS).among({PERMIT})
        for exact, true in zip(
            curve, solved_within(exactly(time_bands(cells, PERMIT.__eq__))), strict=False
        ):
            assert abs(100 * exact - true.share) <= 4
