"""Who can be counted together, and in which ways each of them can lie in a room: the columns of the program of beds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caseflow.domain.bed_assignments import Group, Person, Puzzle, Room


@dataclass(frozen=True)
class Crowd:
    """People whom nothing but their points tells apart, most points first; or a party that stays together."""

    people: tuple[Person, ...]
    together: bool
    own_room: bool = False

    @property
    def group(self) -> Group:
        """With whom they share a room; who leaves it unsaid follows the others of a party."""
        groups = {person.group for person in self.people} - {Group.UNSAID}
        return next(iter(sorted(groups)), Group.UNSAID)


@dataclass(frozen=True)
class Choice:
    """Beds of some kinds in a room: one for each of a party, or one kind for so many of a crowd as a number says."""

    crowd: Crowd
    room: Room
    kinds: tuple[str, ...]


def crowds(puzzle: Puzzle, forced: frozenset[str]) -> tuple[Crowd, ...]:
    """Everybody, those together who are alike; who belongs to somebody, or is kept apart or forced, stands alone."""
    single = forced | {one for pair in puzzle.apart | puzzle.apart_in_rooms for one in pair}
    found = []
    alike: dict[object, list[Person]] = {}
    for party in puzzle.parties:
        first = party.people[0]
        if len(party.people) > 1 or party.own_room or first.id in single:
            found.append(Crowd(party.people, True, party.own_room))
        else:
            key = (first.kind, first.group, first.not_at, first.not_in)
            alike.setdefault(key, []).append(first)
    for some in alike.values():
        found.append(Crowd(tuple(sorted(some, key=lambda one: -one.points)), False))
    return tuple(found)


def ways(puzzle: Puzzle, crowd: Crowd, room: Room) -> Iterator[tuple[tuple[str, ...], int]]:
    """Kinds of beds that a crowd can have in a room, and for how many of it."""
    beds = puzzle.kinds_in[room.id]
    if not crowd.together:
        for kind, count in beds.items():
            if puzzle.misfit(crowd.people[0], room, kind) is not None:
                yield (kind,), min(count, len(crowd.people))
    elif room.is_empty or not crowd.own_room:
        for kinds in _together(puzzle, crowd, room):
            yield kinds, 1


def _together(puzzle: Puzzle, crowd: Crowd, room: Room) -> Iterable[tuple[str, ...]]:
    """For each number of beds of each kind that a party can take, the way that fits its people best."""
    beds = puzzle.kinds_in[room.id]
    best: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {(): (0, ())}
    for person in crowd.people:
        longer: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}
        for taken, (misfit, kinds) in best.items():
            for kind, count in beds.items():
                more = puzzle.misfit(person, room, kind)
                if more is None or taken.count(kind) >= count:
                    continue
                key, way = tuple(sorted((*taken, kind))), (misfit + more, (*kinds, kind))
                if key not in longer or way < longer[key]:
                    longer[key] = way
        best = longer
    return [kinds for _, kinds in best.values()]
