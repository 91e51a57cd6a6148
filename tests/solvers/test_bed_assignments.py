"""Suggestions at the solver: no rule broken, the best there is, and never worse than first come, first served (B11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.bed_puzzles import Town, puzzle
from caseflow.domain.bed_assignments import (
    Bed,
    Broken,
    Group,
    Pair,
    Party,
    Person,
    Puzzle,
    Room,
    Score,
    broken,
)
from caseflow.domain.first_come import first_come_first_served, most_points_first
from caseflow.solvers import bed_assignments, bed_costs
from caseflow.solvers.bed_assignments import solve
from caseflow.solvers.bed_models import Model
from tests.solvers.other_model import by_another_solver, by_trying_everything

MAN, WOMAN = Group.MEN, Group.WOMEN
SMALL = Town(people=14, beds=12, pairs_apart=2)
TINY = Town(people=4, beds=5, pairs_apart=1)
MIDDLE = Town(people=40, beds=40, pairs_apart=5)


def one(name: str, points: int = 1, group: Group = MAN, **more: object) -> Party:
    return Party(name, (Person(name, "any", points, group),), **more)  # type: ignore[arg-type]


def world(*parties: Party, rooms: tuple[int, ...] = (2,), **more: object) -> Puzzle:
    made = tuple(Room(f"r{n}", f"s{n}") for n in range(len(rooms)))
    beds = tuple(
        Bed(f"r{n}.{b}", f"r{n}", "bed") for n, size in enumerate(rooms) for b in range(size)
    )
    return Puzzle(parties, made, beds, {("any", "bed"): 0}, **more)  # type: ignore[arg-type]


def test_b11_the_points_of_everybody_placed_count_first() -> None:
    """Two beds in one room: a man with many points does not keep two women with more together outside."""
    puzzled = world(one("m", 5), one("v", 3, WOMAN), one("w", 4, WOMAN))

    solved = solve(puzzled)

    assert set(solved.plan.bed_of) == {"v", "w"}
    assert (solved.plan.score.points, solved.points_at_most, solved.gap) == (7, 7, 0.0)
    assert solved.first_come.score.points == 5


def test_b11_with_as_many_points_more_people_count_and_then_how_well_they_fit() -> None:
    people = (Party("a", (Person("a", "likes-1"),)), Party("b", (Person("b", "likes-2"),)))
    beds = (Bed("1", "r", "k1"), Bed("2", "r", "k2"))
    misfits = {
        ("likes-1", "k1"): 0,
        ("likes-1", "k2"): 1,
        ("likes-2", "k1"): 3,
        ("likes-2", "k2"): 1,
    }

    solved = solve(Puzzle(people, (Room("r", "s"),), beds, misfits))

    assert solved.plan.bed_of == {"a": "1", "b": "2"}
    assert solved.plan.score == Score(0, 2, -1)
    assert solved.is_best


@pytest.mark.parametrize(
    ("puzzled", "pairs", "rule"),
    [
        pytest.param(world(one("a")), [("a", "nowhere")], Broken.UNKNOWN, id="a bed that is not free"),
        pytest.param(world(one("a"), one("b")), [("a", "r0.0"), ("b", "r0.0")], Broken.BED_TWICE, id="two on a bed"),
        pytest.param(world(one("a")), [("a", "r0.0"), ("a", "r0.1")], Broken.PERSON_TWICE, id="one on two beds"),
        pytest.param(
            replace(world(one("a")), misfits={}), [("a", "r0.0")], Broken.NOT_FITTING, id="a bed that does not fit"
        ),
        pytest.param(
            world(Party("ab", (Person("a", "any"), Person("b", "any"))), rooms=(1, 1)),
            [("a", "r0.0"), ("b", "r1.0")], Broken.NOT_TOGETHER, id="a family in two rooms",
        ),
        pytest.param(
            world(Party("ab", (Person("a", "any"), Person("b", "any")))),
            [("a", "r0.0")], Broken.NOT_TOGETHER, id="half a family",
        ),
        pytest.param(
            world(one("a", own_room=True), one("b")), [("a", "r0.0"), ("b", "r0.1")], Broken.ROOM_SHARED,
            id="beside somebody who needs a room alone",
        ),
        pytest.param(
            world(one("a"), one("b", 1, WOMAN)), [("a", "r0.0"), ("b", "r0.1")], Broken.GENDERS_MIXED,
            id="a man and a woman in one room",
        ),
        pytest.param(
            world(one("a"), one("b"), apart=frozenset({frozenset({"a", "b"})})),
            [("a", "r0.0"), ("b", "r0.1")], Broken.KEPT_APART, id="kept apart, at one site",
        ),
        pytest.param(
            world(one("a"), one("b"), apart_in_rooms=frozenset({frozenset({"a", "b"})})),
            [("a", "r0.0"), ("b", "r0.1")], Broken.KEPT_APART, id="never in one room",
        ),
        pytest.param(
            replace(world(one("a"), one("b")), rooms=(Room("r0", "s0", one_party=True),)),
            [("a", "r0.0"), ("b", "r0.1")], Broken.ROOM_SHARED, id="two parties in a room for one family",
        ),
        pytest.param(
            replace(world(one("a", own_room=True)), rooms=(Room("r0", "s0", is_empty=False),)),
            [("a", "r0.0")], Broken.ROOM_SHARED, id="alone where somebody sleeps",
        ),
        pytest.param(
            world(one("a"), one("b"), people_at_most={"s0": 1}),
            [("a", "r0.0"), ("b", "r0.1")], Broken.SITE_FULL, id="more people than the site takes",
        ),
    ],
)  # fmt: skip
def test_b11_each_rule_is_noticed_when_broken_and_kept_by_every_way_to_a_plan(
    puzzled: Puzzle, pairs: list[tuple[str, str]], rule: Broken
) -> None:
    assert rule in broken(puzzled, [Pair(*pair) for pair in pairs])
    for plan in (
        solve(puzzled).plan,
        first_come_first_served(puzzled),
        most_points_first(puzzled),
    ):
        assert not broken(puzzled, plan.pairs)


def test_somebody_whose_gender_is_unsaid_shares_with_either_and_with_nobody_who_is_alone() -> None:
    unsaid = one("u", 1, Group.UNSAID)

    assert solve(world(unsaid, one("m"))).plan.score.placed == 2
    assert solve(world(unsaid, one("m", 5, own_room=True))).plan.score.placed == 1


def test_nobody_waits_or_nothing_is_free() -> None:
    for puzzled in (world(), world(one("a"), rooms=()), replace(world(one("a")), misfits={})):
        solved = solve(puzzled)
        assert (solved.plan.pairs, solved.gap, solved.is_best) == ((), 0.0, True)


@pytest.mark.parametrize("seed", range(12))
def test_b11_the_best_plan_agrees_with_trying_everything(seed: int) -> None:
    puzzled = puzzle(TINY, seed)

    solved = solve(puzzled)

    assert solved.plan.score == by_trying_everything(puzzled)
    assert solved.is_best


def holds(town: Town, seed: int) -> None:
    puzzled = puzzle(town, seed)
    solved = solve(puzzled)
    assert not broken(puzzled, solved.plan.pairs)
    assert solved.plan.score >= solved.first_come.score
    assert solved.first_come == first_come_first_served(puzzled)
    assert solved.points_at_most >= solved.plan.score.points
    assert not broken(puzzled, solved.first_come.pairs)


@pytest.mark.parametrize("seed", range(10))
def test_b11_no_rule_is_broken_and_it_is_never_worse_than_first_come_first_served(
    seed: int,
) -> None:
    holds(SMALL, seed)


@pytest.mark.parametrize("seed", range(6))
def test_in_a_large_puzzle_those_who_have_a_bed_change_for_a_better_fit_and_nobody_loses(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    puzzled = puzzle(SMALL, seed)
    best = solve(puzzled).plan.score

    monkeypatch.setattr(bed_assignments, "CHOICES_OF_A_SMALL_PUZZLE", 0)
    large = solve(puzzled)

    assert (large.plan.score.points, large.plan.score.placed) == (best.points, best.placed)
    assert large.plan.score <= best
    assert not broken(puzzled, large.plan.pairs)
    assert not large.is_best


@pytest.mark.full
@pytest.mark.parametrize("seed", range(200))
def test_b11_no_rule_is_broken_in_two_hundred_towns(seed: int) -> None:
    holds(Town(people=10 + seed % 50, beds=8 + (seed * 7) % 50, pairs_apart=seed % 8), seed)


@pytest.mark.parametrize("seed", [1])
def test_b11_the_optimum_at_forty_by_forty_is_that_of_another_solver(seed: int) -> None:
    puzzled = puzzle(MIDDLE, seed)

    assert solve(puzzled).plan.score == by_another_solver(puzzled)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 22))
@pytest.mark.parametrize("plain", [True, False])
def test_b11_the_optimum_at_forty_by_forty_is_that_of_another_solver_many_times(
    seed: int, plain: bool
) -> None:
    puzzled = puzzle(replace(MIDDLE, plain=plain, pairs_apart=0 if plain else 5), seed)

    assert solve(puzzled).plan.score == by_another_solver(puzzled)


@pytest.mark.parametrize("rule", ["_add_rooms", "_add_sites", "_add_people"])
def test_a_model_that_forgets_a_rule_is_never_believed(
    monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """Planted fault: what the solver answers is checked by rules of its own, and a broken plan is not taken."""
    monkeypatch.setattr(Model, rule, lambda self: None)
    worse = 0
    for seed in range(6):
        puzzled = puzzle(SMALL, seed)
        solved = solve(puzzled)
        assert not broken(puzzled, solved.plan.pairs)
        worse += solved.points_at_most > solved.plan.score.points
    assert worse, "the bound of a model without a rule promises more than the rules allow"


@pytest.mark.parametrize("seed", range(6))
def test_b11_what_another_choice_costs_agrees_with_trying_everything(seed: int) -> None:
    puzzled = puzzle(TINY, seed)
    solved = solve(puzzled)
    parties = {party.id: party for party in puzzled.parties}

    for some in bed_costs.others(puzzled, solved, 2).values():
        for other in some:
            people = [person.id for person in parties[other.party].people]
            forced = dict(zip(people, other.beds, strict=True))
            best = by_trying_everything(puzzled, forced)
            assert other.is_exact
            assert other.cost == solved.plan.score.points - best.points


def test_without_time_a_cost_is_said_to_be_at_most_that_or_not_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bed that two want: no time to work it out, so the loss by rule of thumb is an upper bound."""
    first, second = one("a", 1), one("b", 5)
    puzzled = replace(world(first, second, rooms=(1, 1)), misfits={("any", "bed"): 0})
    only = replace(puzzled, parties=(first, replace_room(second, "r1")))
    solved = solve(only)
    assert bed_costs.others(only, solved, 1, seconds=0) == {}
    monkeypatch.setattr(bed_costs, "solve", None)
    ticking = iter([0.0, 0.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0])
    monkeypatch.setattr(bed_costs.time, "monotonic", lambda: next(ticking))
    [other] = bed_costs.others(only, solved, 1, seconds=1)["a"]
    assert (other.cost, other.is_exact) == (5, False)


def replace_room(party: Party, but: str) -> Party:
    """A party that can sleep nowhere else than in one of two rooms."""
    [elsewhere] = {"r0", "r1"} - {but}
    return replace(
        party, people=tuple(replace(one, not_in=frozenset({elsewhere})) for one in party.people)
    )


def test_what_is_forced_is_kept_and_what_cannot_be_is_refused() -> None:
    puzzled = world(one("a", 1), one("b", 5), rooms=(1,))

    assert solve(puzzled).plan.bed_of == {"b": "r0.0"}
    assert solve(puzzled, forced={"a": "r0.0"}).plan.bed_of == {"a": "r0.0"}
    with pytest.raises(ValueError, match="forced"):
        solve(replace(puzzled, misfits={}), forced={"a": "r0.0"})
