"""What another choice would cost: the points that go lost when somebody gets another bed than the best plan says.

First by rule of thumb: whoever had that bed takes the bed that comes free, or the best one left. Nothing lost that way
is proven; a loss is worked out exactly while there is time, and otherwise said to be at most that.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.domain.bed_assignments import Pair, Party, Puzzle, broken, scored
from caseflow.domain.first_come import Filling
from caseflow.solvers.bed_assignments import Solved, solve

SECONDS_AT_MOST: Final = 10.0
SECONDS_EACH: Final = 2.0
OUTSIDE_AT_MOST: Final = 50
"""People without a bed, most points first, who are tried for a bed that comes free."""


@dataclass(frozen=True)
class Other:
    """Other beds for a party, and what that costs in points of others at most, or exactly."""

    party: str
    beds: tuple[str, ...]
    cost: int
    is_exact: bool


def others(
    puzzle: Puzzle, solved: Solved, most: int, seconds: float = SECONDS_AT_MOST
) -> Mapping[str, tuple[Other, ...]]:
    """Up to so many other rooms for each party with beds, those that fit best first.

    Parties for which there was no time are left out.
    """
    until = time.monotonic() + seconds
    found: dict[str, tuple[Other, ...]] = {}
    for party in puzzle.parties:
        if party.people[0].id in solved.plan.bed_of and time.monotonic() < until:
            found[party.id] = tuple(
                _cost(puzzle, solved, party, beds, until)
                for beds in _other_beds(puzzle, solved, party, most)
            )
    return found


def _other_beds(
    puzzle: Puzzle, solved: Solved, party: Party, most: int
) -> Iterator[tuple[str, ...]]:
    """Beds in other rooms for the whole party, looked at as if nobody else were placed."""
    own = puzzle.bed[solved.plan.bed_of[party.people[0].id]].room
    empty = Filling(puzzle)
    ranked: list[tuple[int, int, tuple[str, ...]]] = []
    for place, room in enumerate(puzzle.rooms):
        chosen = None if room.id == own else empty.best(party, [room])
        if chosen is not None:
            ranked.append((_misfit(puzzle, party, chosen), place, chosen))
    for _, _, chosen in sorted(ranked)[:most]:
        yield chosen


def _misfit(puzzle: Puzzle, party: Party, beds: Sequence[str]) -> int:
    return sum(
        puzzle.misfits[person.kind, puzzle.bed[bed].kind]
        for person, bed in zip(party.people, beds, strict=True)
    )


def _cost(
    puzzle: Puzzle, solved: Solved, party: Party, beds: tuple[str, ...], until: float
) -> Other:
    at_most = _lost_by_thumb(puzzle, solved, party, beds)
    if at_most <= 0:
        return Other(party.id, beds, 0, solved.gap == 0)
    left = until - time.monotonic()
    if left <= 0:
        return Other(party.id, beds, at_most, False)
    forced = {person.id: bed for person, bed in zip(party.people, beds, strict=True)}
    again = solve(puzzle, min(left, SECONDS_EACH), forced=forced)
    lost = min(at_most, max(0, solved.plan.score.points - again.plan.score.points))
    return Other(party.id, beds, lost, again.gap == 0 and solved.gap == 0)


def _lost_by_thumb(puzzle: Puzzle, solved: Solved, party: Party, beds: tuple[str, ...]) -> int:
    """Points lost when the party takes these beds and whoever is in the way gets the best of what is left."""
    keep, moved = _in_the_way(puzzle, solved, party, beds)
    filling = Filling(puzzle)
    filling.put(party, beds)
    for one in keep:
        filling.put(one, _beds_of(solved, one))
    touched = [puzzle.room[puzzle.bed[bed].room] for bed in (beds[0], _beds_of(solved, party)[0])]
    for one in sorted(moved, key=_points, reverse=True):
        left = filling.best(one)
        if left is not None:
            filling.put(one, left)
    outside = [one for one in puzzle.parties if one.people[0].id not in solved.plan.bed_of]
    for one in sorted(outside, key=_points, reverse=True)[:OUTSIDE_AT_MOST]:
        left = filling.best(one, touched)
        if left is not None:
            filling.put(one, left)
    pairs = [Pair(person, bed) for person, bed in filling.pairs.items()]
    if broken(puzzle, pairs):  # the rules are asked once more; then nothing is promised
        return solved.plan.score.points
    return solved.plan.score.points - scored(puzzle, pairs).score.points


def _points(party: Party) -> int:
    return sum(person.points for person in party.people)


def _beds_of(solved: Solved, party: Party) -> tuple[str, ...]:
    return tuple(solved.plan.bed_of[person.id] for person in party.people)


def _in_the_way(
    puzzle: Puzzle, solved: Solved, party: Party, beds: tuple[str, ...]
) -> tuple[list[Party], list[Party]]:
    """Who of those with a bed can keep it beside the party, and who cannot; only people at that site are in its way."""
    keep: list[Party] = []
    moved: list[Party] = []
    site = puzzle.room[puzzle.bed[beds[0]].room].site
    pairs = [Pair(person.id, bed) for person, bed in zip(party.people, beds, strict=True)]
    for one in sorted(puzzle.parties, key=_points, reverse=True):
        if one.id == party.id or one.people[0].id not in solved.plan.bed_of:
            continue
        had = _beds_of(solved, one)
        if puzzle.room[puzzle.bed[had[0]].room].site != site:
            keep.append(one)
            continue
        mine = [Pair(person.id, bed) for person, bed in zip(one.people, had, strict=True)]
        if broken(puzzle, [*pairs, *mine]):
            moved.append(one)
        else:
            keep.append(one)
            pairs += mine
    return keep, moved
