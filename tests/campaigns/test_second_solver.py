"""Another solver comes to the same least and greatest numbers of others."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement

import pytest

from caseflow.domain.attacks import Finding, attack
from caseflow.domain.printed_statements import Disclosed, Place, Statement
from caseflow.domain.published_counts import PublishedCounts, alike, places, statements
from caseflow.solvers.whole_tables import others_possible
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


def exact_differences(everything: Everything, drawn: random.Random, tried: int) -> list[str]:
    """Where the exact attack and the other solver find another least or greatest number of others."""
    said, standing, _ = everything
    disclosed, other = Disclosed(said, standing), SecondSolver(said)
    targets = [at for at, one in enumerate(said) if one.printed.is_under]
    found = []
    for _ in range(tried if targets else 0):
        at = drawn.choice(targets)
        members = [drawn.randrange(len(standing)) for _ in range(drawn.randint(0, 3))]
        exact = others_possible(disclosed, members, at)
        room = other.reach(said[at], [standing[one] for one in members])
        if exact != (None if room is None else (room.fewest, room.most)):
            found.append(f"{said[at].name} {members}: {exact} but {room}")
    return found


def test_the_exact_attack_and_another_solver_find_the_same_least_and_greatest():
    drawn = random.Random(9)
    asked = [printed_one_by_one(drawn_publications(number, 2)) for number in (1, 2)]
    asked += [*in_two_dimensions((3, 4), 100, 2), *in_two_dimensions((5, 6), 300, 1)]

    for everything in asked:
        assert exact_differences(everything, drawn, 8) == []


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_second_solver_agrees_on_200_sampled_tables():
    drawn = random.Random(200)
    asked = [printed_one_by_one(drawn_publications(1_000 + n, 1)) for n in range(60)]
    asked += [printed_one_by_one(drawn_publications(2_000 + n, 3)) for n in range(50)]
    asked += in_two_dimensions((2, 6), 300, 30)
    asked += in_two_dimensions((3, 4), 300, 30)
    asked += in_two_dimensions((5, 6), 300, 30)

    found = [difference for one in asked for difference in exact_differences(one, drawn, 20)]

    tell(f"second solver: {len(asked)} tables, 20 coalitions each, {len(found)} differences")
    assert found == []


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_second_solver_agrees_with_every_verdict_of_the_quick_search():
    drawn = random.Random(201)
    asked = [printed_one_by_one(drawn_publications(3_000 + n, 1)) for n in range(60)]
    asked += [printed_one_by_one(drawn_publications(4_000 + n, 3)) for n in range(20)]
    asked += [*in_two_dimensions((2, 6), 300, 15), *in_two_dimensions((3, 4), 1_000, 15)]

    found = [difference for one in asked for difference in differences(one, drawn, 10)]

    tell(f"quick search: {len(asked)} tables, {len(found)} verdicts that another solver denies")
    assert found == []
