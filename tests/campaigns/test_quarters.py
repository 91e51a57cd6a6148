"""The campaign: invented programmes through four quarters, and people taken out of them."""

from datetime import timedelta

import pytest

from caseflow.domain import publications
from caseflow.domain.episodes import Episode
from caseflow.domain.publication_rules import Level
from tests.campaigns.invented import GREATEST, QUARTERS, SMALLEST, Invented, invented, year
from tests.campaigns.measured import tell_campaign, tell_removals
from tests.campaigns.quarters import a_year, campaign, of_a_year, removals, removed
from tests.campaigns.truths import truths

WORKERS = 2
MOST_TURNED = 0.03
"""Of people taken out, the share at most with whom a publication passes the gate and without whom none does."""


def test_the_same_number_is_the_same_programme():
    assert invented(9) == invented(9)
    assert invented(9) != invented(12)
    sizes = [len({e.person for e in invented(number).episodes}) for number in (2, 6, 10, 16)]
    assert SMALLEST <= min(sizes) < 40
    assert 1_000 < max(sizes) <= GREATEST


def test_a_short_campaign_publishes_and_the_oracle_finds_nobody_given_away():
    found = a_year(9)
    found += a_year(10)

    assert found.published == 4
    assert found.asked > 0
    assert found.too_close == []
    assert found.error <= 1.5


def nearly_all_in_one_cell() -> Invented:
    """Fifty exits by one outcome and two by another: three people who know each other would know too much."""
    came, left = QUARTERS[0] - timedelta(days=300), QUARTERS[0] - timedelta(days=30)
    outcomes = ["residence_permit"] * 50 + ["detained", "forced_departure"] + [None] * 60
    return Invented(
        1,
        "planted",
        tuple(
            Episode(
                person=number,
                programme="planted",
                entered_on=came,
                exited_on=left if outcome else None,
                outcome=outcome,
                basis=None,
                recorded_on=came,
                exit_recorded_on=left if outcome else None,
            )
            for number, outcome in enumerate(outcomes)
        ),
    )


def test_without_the_gate_the_campaign_finds_who_is_given_away(monkeypatch):
    assert of_a_year(nearly_all_in_one_cell()).published == 0

    attacked = publications.certify
    monkeypatch.setattr(
        publications,
        "certify",
        lambda *given, **said: attacked(*given, **said) | {"fits": True, "passes": True},
    )
    found = of_a_year(nearly_all_in_one_cell())

    assert found.published > 0
    assert found.too_close


def test_the_truth_beside_a_print_is_not_what_is_printed():
    [quarter] = year(invented(9), [list(year(invented(9)))[0].as_of])
    draft = quarter.draft
    assert draft is not None
    assert draft.level is Level.ONE_DIMENSIONAL
    off = [
        abs((2 if shown.value is None else shown.value) - true)
        for shown, true in truths(draft, quarter.counted)
    ]
    assert len(off) >= 15
    assert any(off)
    assert max(off) <= 2


def test_a_person_taken_out_changes_no_more_than_what_is_printed():
    found = removed(9, people=4)

    assert found.people == 4
    assert found.unsound == []
    assert found.by_the_gate == []


@pytest.mark.full
@pytest.mark.timeout(2_700)
def test_200_programmes_through_four_quarters():
    found = campaign(range(200), WORKERS)
    tell_campaign(found)

    assert found.programmes == 200
    assert found.asked > 2_000
    assert found.too_close == []
    assert found.unsound == []
    assert found.share_with_table >= 0.95
    assert found.error <= 1.5


@pytest.mark.full
@pytest.mark.timeout(2_700)
def test_a_thousand_people_taken_out_one_by_one():
    found = removals(range(200), 5, WORKERS)
    tell_removals(found)

    assert found.people == 1_000
    assert found.unsound == []
    # One person can move a print over its edge, and what is printed decides whether the gate passes.
    assert len(found.by_the_gate) <= MOST_TURNED * found.people
