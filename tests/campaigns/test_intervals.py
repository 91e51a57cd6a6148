"""Judged by narrowing bounds alone, by the thousand; the exact attack never says otherwise."""

import random
import time

import pytest

from caseflow.domain.published_sums import attack_publications
from tests.campaigns.intervals import by_intervals, drawn_publications
from tests.campaigns.measured import tell


def exactly(number: int, quarters: int = 1) -> bool:
    return all(f.passes for f in attack_publications(drawn_publications(number, quarters)))


def test_on_one_publication_narrowing_and_the_attack_agree_both_ways():
    verdicts = []
    for number in (*range(40), 88, 136):
        verdicts.append(by_intervals(drawn_publications(number)).passes)
        assert verdicts[-1] == exactly(number), number

    assert {True, False} == set(verdicts)


def test_over_two_publications_whatever_narrowing_denies_the_attack_denies_too():
    denied = []
    for number in range(20):
        both = drawn_publications(number, 2)
        if not by_intervals(both, random.Random(number)).passes:
            denied.append(number)
            assert not exactly(number, 2), number
    assert denied


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_ten_thousand_publications_by_interval_propagation():
    began = time.process_time()
    judged = {number: by_intervals(drawn_publications(number)) for number in range(10_000)}
    seconds = time.process_time() - began
    failing = [number for number, verdict in judged.items() if not verdict.passes]
    coalitions = sum(verdict.coalitions for verdict in judged.values())

    tell(
        f"interval propagation: 10,000 publications, {coalitions} coalitions, {seconds:.0f} s, "
        f"{len(failing)} denied"
    )
    sampled = {*random.Random(4).sample(sorted(judged), 300), *failing[:100]}
    assert [n for n in sorted(sampled) if judged[n].passes != exactly(n)] == []
    several = range(20_000, 20_150)
    denied = [
        n for n in several if not by_intervals(drawn_publications(n, 3), random.Random(n)).passes
    ]
    assert denied
    assert [n for n in denied if exactly(n, 3)] == []
