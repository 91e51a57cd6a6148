"""Another solver comes to the same least and greatest numbers of others."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement

import pytest

from caseflow.domain.attacks import Finding, attack
from caseflow.domain.disclosures import Place, Statement
from caseflow.domain.published_counts import PublishedCounts, alike, places, statements
from tests.campaigns import crossings
from tests.campaigns.intervals import drawn_publications, last_below
from tests.campaigns.measured import tell
from tests.campaigns.naive import sparse_tables
from tests.campaigns.oracle import asked_for
from tests.campaigns.second_solver import SecondSolver

Everything = tuple[Sequence[Statement], Sequence[Place], Sequence[Sequence[str]]]


def printed_one_by_one(publications: Sequence[PublishedCounts]) -> Everything:
    return statements(publications), places(publications), alike(publications)


def in_two_dimensions(shape: tuple[int, int], people: int, count: int) -> Iterator[Everything]:
    for table in sparse_tables(count, (people,), shape=shape):
        yield crossings.said(table), crossings.places(table), ()


def differences(everything: Everything, drawn: random.Random, tried: int = 3) -> list[str]:
    """Where the attack and the other solver disagree, for every finding of one attack."""
    said, standing, twins = everything
    other = SecondSolver(said)
    by_name = {one.name: one for one in said}
    places_by_name = {place.name: place for place in standing}
    found = []
    for finding in attack(said, standing, (), twins):
        target = by_name[finding.target]
        if not finding.passes:
            members = [places_by_name[name] for name in finding.coalition]
            room = other.reach(target, members)
            if room is None or (room.fewest, room.most) != (finding.low, finding.high):
                found.append(f"{finding} but {room}")
            continue
        for members in coalitions(said, standing, target, finding, drawn, tried):
            room = other.reach(target, members)
            if room is not None and not room.leaves(asked_for(finding.inside)):
                found.append(f"{finding} but {[m.name for m in members]} leave {room}")
    return found


def coalitions(
    said: Sequence[Statement],
    standing: Sequence[Place],
    target: Statement,
    finding: Finding,
    drawn: random.Random,
    tried: int,
) -> Iterator[list[Place]]:
    """Some coalitions with as many members in the cell as the finding is about."""
    by_then = last_below(said)[target.cell].unknowns
    inside = [place for place in standing if place.unknowns & by_then]
    outside = [place for place in standing if not place.unknowns & by_then]
    for _ in range(tried):
        others = drawn.randint(0, 3 - finding.inside)
        if (inside or not finding.inside) and (outside or not others):
            yield [drawn.choice(inside) for _ in range(finding.inside)] + [
                drawn.choice(outside) for _ in range(others)
            ]


def test_another_solver_agrees_on_outcome_tables_in_one_and_two_quarters():
    drawn = random.Random(7)
    asked = [printed_one_by_one(drawn_publications(number, 1)) for number in range(6)]
    asked += [printed_one_by_one(drawn_publications(number, 2)) for number in range(2)]

    for everything in asked:
        assert differences(everything, drawn) == []


def test_another_solver_agrees_on_crossings():
    drawn = random.Random(8)

    for everything in in_two_dimensions((2, 6), 300, 2):
        assert differences(everything, drawn) == []


def test_the_other_solver_agrees_with_every_coalition_where_bounds_are_exact():
    said, standing, _ = printed_one_by_one(drawn_publications(0))
    other = SecondSolver(said)
    findings = list(attack(said, standing))
    assert findings
    for finding in findings:
        target = next(one for one in said if one.name == finding.target)
        rooms = [
            room
            for size in range(2)
            for members in combinations_with_replacement(standing, size)
            if sum(bool(m.unknowns & target.unknowns) for m in members) == finding.inside
            if (room := other.reach(target, members)) is not None
        ]
        assert not finding.passes or all(r.leaves(asked_for(finding.inside)) for r in rooms)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_second_solver_agrees_on_200_sampled_tables():
    drawn = random.Random(200)
    asked = [printed_one_by_one(drawn_publications(1_000 + n, 1)) for n in range(100)]
    asked += [printed_one_by_one(drawn_publications(2_000 + n, 3)) for n in range(40)]
    asked += in_two_dimensions((2, 6), 300, 30)
    asked += in_two_dimensions((3, 4), 1_000, 30)

    found = [difference for one in asked for difference in differences(one, drawn, 20)]

    tell(f"second solver: {len(asked)} tables, {len(found)} differences")
    assert found == []
