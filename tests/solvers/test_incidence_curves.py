"""Curves with competing risks agree with another library, with a sum by hand, and with what is plain to see."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.episodes import Episode
from caseflow.domain.incidences import MONTHS_SHOWN, Durations, day_of
from caseflow.domain.tallies import STILL_IN, TRANSFERRED, tally
from caseflow.domain.transfers import TransferWindow
from caseflow.solvers.incidence_curves import incidence
from tests import caseloads

PERMIT, RETURN, DETAINED = (
    ("residence_permit", None), ("voluntary_return", None), ("detained", None)
)  # fmt: skip
LVV = "caseload-lvv-pilot-2022-07.csv"


def durations(**days: list[int]) -> Durations:
    named = {
        "permit": PERMIT,
        "back": RETURN,
        "detained": DETAINED,
        "moved": TRANSFERRED,
        "inside": STILL_IN,
    }
    return {named[key]: Counter(lasted) for key, lasted in days.items()}  # fmt: skip


def by_hand(found: Durations, day: int) -> dict[object, Fraction]:
    """The estimator as its definition says it, in exact fractions: stays at risk, day after day."""
    shares = dict.fromkeys((key for key in found if key != STILL_IN), Fraction(0))
    staying = Fraction(1)
    for today in sorted({lasted for one in found.values() for lasted in one}):
        at_risk = sum(n for one in found.values() for lasted, n in one.items() if lasted >= today)
        if today > day:
            break
        gone = Fraction(0)
        for key in shares:
            left = staying * Fraction(found[key][today], at_risk)
            shares[key] += left
            gone += left
        staying -= gone
    return shares


def test_the_example_of_a_textbook_worked_out_by_hand():
    """Ten people: leaves on day 61, 183 and 365, two of whom were seen no longer than day 100 and 200."""
    found = durations(permit=[61, 183, 183], back=[61, 365], inside=[100, 200, 730, 730, 730])

    curve = incidence(found, [2, 6, 12])

    permit_in_six = Fraction(1, 10) + Fraction(8, 10) * Fraction(2, 7)
    back_in_twelve = Fraction(1, 10) + Fraction(8, 10) * Fraction(5, 7) * Fraction(1, 4)
    assert curve.among({PERMIT}) == pytest.approx((0.1, permit_in_six, permit_in_six))
    assert curve.among({RETURN}) == pytest.approx((0.1, 0.1, back_in_twelve))
    assert curve.still_in[-1] == pytest.approx(float(1 - permit_in_six - back_in_twelve))
    assert curve.at_risk == (10, 7, 4)


def test_without_anybody_still_in_the_curve_is_the_plain_share():
    found = durations(permit=[10, 40, 200, 400], back=[5, 400], detained=[1, 1], moved=[300, 700])

    curve = incidence(found, [0, 12, 24])

    assert curve.among({PERMIT, RETURN}) == pytest.approx((0.0, 0.4, 0.6))
    assert curve.besides({PERMIT, RETURN}) == pytest.approx((0.0, 0.2, 0.2))
    assert curve.transferred == pytest.approx((0.0, 0.1, 0.2))
    assert curve.still_in == pytest.approx((1.0, 0.3, 0.0))


def test_counting_who_is_still_in_as_unsolved_would_say_less():
    """A planted fault: a young programme looks slow where those who came last count as if they had failed."""
    young = durations(permit=[150] * 10, inside=[30] * 30 + [400] * 10)

    assert incidence(young, [6]).among({PERMIT})[0] == pytest.approx(0.5)
    assert pytest.approx(0.2) == 10 / 50


LASTED = st.lists(st.integers(0, 900), max_size=30)


@settings(max_examples=60, deadline=None)
@given(LASTED, LASTED, LASTED, LASTED)
def test_any_curve_is_the_one_of_its_definition(permit, back, moved, inside):
    found = durations(permit=permit, back=back, moved=moved, inside=inside)
    curve = incidence(found, [0, 3, 6, 12, 18, 24, 30])
    for place, month in enumerate(curve.months):
        exact = by_hand(found, day_of(month))
        for key in curve.shares:
            assert curve.shares[key][place] == pytest.approx(float(exact[key]))


def test_another_library_draws_the_same_curves():
    from sksurv.nonparametric import (
        cumulative_incidence_competing_risks,  # a second's import, here alone
    )

    drawn = random.Random(20261123)
    causes = [PERMIT, RETURN, DETAINED, TRANSFERRED]
    stays = [
        (drawn.choice([STILL_IN, *causes]), drawn.randint(1, 800)) for _ in range(600)
    ]  # fmt: skip
    found: dict[object, Counter[int]] = {}
    for key, lasted in stays:
        found.setdefault(key, Counter())[lasted] += 1

    curve = incidence(found, MONTHS_SHOWN)
    import numpy as np

    times, shares = cumulative_incidence_competing_risks(
        np.array([0 if key == STILL_IN else causes.index(key) + 1 for key, _ in stays]),
        np.array([float(lasted) for _, lasted in stays]),
    )
    for place, month in enumerate(curve.months):
        upto = int(np.searchsorted(times, day_of(month), side="right")) - 1
        for cause, key in enumerate(causes, start=1):
            theirs = shares[cause][upto] if upto >= 0 else 0.0
            assert curve.shares[key][place] == pytest.approx(theirs)


def test_the_curve_of_a_whole_caseload_only_rises_and_accounts_for_everybody():
    found = tally(
        caseloads.episodes(LVV),
        caseloads.LVV_PILOT,
        date(2022, 7, 1),
        transfers=TransferWindow(14, 92),
    )
    curve = incidence(found.durations, MONTHS_SHOWN)

    assert curve.months[0] == 0
    assert curve.at_risk[0] == found.entries
    for shares in (curve.among({PERMIT, RETURN}), curve.transferred, curve.besides({PERMIT})):
        assert list(shares) == sorted(shares)
    assert all(0 <= one <= 1 for one in curve.still_in)


def test_beyond_the_longest_observation_nothing_is_said():
    assert incidence(durations(permit=[100], inside=[200]), MONTHS_SHOWN).months == tuple(range(7))
    assert incidence(durations(permit=[100, 200]), [0, 6, 24]).months == (0, 6, 24)
    assert incidence({}, MONTHS_SHOWN).months == ()
    nobody_left = incidence(durations(inside=[800]), [12])
    assert (nobody_left.still_in, nobody_left.transferred) == ((1.0,), (0.0,))


def test_the_library_is_loaded_by_the_first_curve_alone():
    asked = (
        "import sys, caseflow.solvers.incidence_curves;"
        "print('statsmodels' in sys.modules, 'pandas' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["False", "False"]


def test_a_day_more_of_observation_never_moves_an_earlier_month():
    entered = date(2023, 1, 1)
    people = [
        Episode(n, "a", entered + timedelta(days=n), None, None, None, entered, None)
        for n in range(50)
    ]
    left = [
        Episode(n, "a", entered, entered + timedelta(days=n), "detained", None, entered, None)
        for n in range(50, 99)
    ]

    def curve(as_of: date) -> tuple[float, ...]:
        found = tally([*people, *left], ("a",), as_of, transfers=TransferWindow(14, 92))
        return incidence(found.durations, [2, 3]).among({DETAINED})

    assert curve(date(2024, 1, 1)) == pytest.approx(curve(date(2024, 6, 1)))  # fmt: skip
