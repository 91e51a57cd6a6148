"""First come, first served under the fit rules: what a suggestion is measured against, and never does worse than."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from caseflow.domain.bed_assignments import (
    GENDERED,
    Group,
    Pair,
    Party,
    Person,
    Plan,
    Puzzle,
    Room,
    scored,
)


@dataclass
class Filling:
    """Beds as they fill: who is where so far, and which bed somebody could have next."""

    puzzle: Puzzle
    pairs: dict[str, str] = field(default_factory=dict)
    """Beds by person."""
    _free: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _groups: dict[str, set[Group]] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)
    _in: dict[str, set[str]] = field(default_factory=dict)
    _at: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for bed in reversed(self.puzzle.beds):
            self._free.setdefault((bed.room, bed.kind), []).append(bed.id)

    def best(self, party: Party, rooms: Iterable[Room] | None = None) -> tuple[str, ...] | None:
        """Beds for a whole party in the room that fits best, the first of those alike; None where there is none."""
        found: tuple[int, tuple[str, ...]] | None = None
        for room in self.puzzle.rooms if rooms is None else rooms:
            kinds = self._kinds(party, room)
            if kinds is None:
                continue
            misfit = sum(
                self.puzzle.misfits[one.kind, kind]
                for one, kind in zip(party.people, kinds, strict=True)
            )
            if found is None or misfit < found[0]:
                found = misfit, self._beds(room, kinds)
        return None if found is None else found[1]

    def put(self, party: Party, beds: Sequence[str]) -> None:
        """Puts a party on beds of one room."""
        room = self.puzzle.room[self.puzzle.bed[beds[0]].room]
        for person, bed in zip(party.people, beds, strict=True):
            self._free[room.id, self.puzzle.bed[bed].kind].remove(bed)
            self.pairs[person.id] = bed
            self._groups.setdefault(room.id, set()).add(person.group)
            self._at.setdefault(room.site, set()).add(person.id)
            self._in.setdefault(room.id, set()).add(person.id)
        if party.own_room or room.one_party:
            self._closed.add(room.id)

    def _beds(self, room: Room, kinds: Sequence[str]) -> tuple[str, ...]:
        taken: dict[str, int] = {}
        chosen = []
        for kind in kinds:
            taken[kind] = taken.get(kind, 0) + 1
            chosen.append(self._free[room.id, kind][-taken[kind]])
        return tuple(chosen)

    def _kinds(self, party: Party, room: Room) -> tuple[str, ...] | None:
        """Kinds of beds for each of a party in this room; None where they cannot all be there."""
        if not self._may_enter(party, room):
            return None
        left = {
            kind: len(self._free.get((room.id, kind), ())) for kind in self.puzzle.kinds_in[room.id]
        }
        return self._some(party.people, room, left)

    def _some(
        self, people: Sequence[Person], room: Room, left: dict[str, int]
    ) -> tuple[str, ...] | None:
        if not people:
            return ()
        person, rest = people[0], people[1:]
        ranked = sorted(
            (misfit, kind)
            for kind, count in left.items()
            if count and (misfit := self.puzzle.misfit(person, room, kind)) is not None
        )
        for _, kind in ranked:
            left[kind] -= 1
            others = self._some(rest, room, left)
            left[kind] += 1
            if others is not None:
                return (kind, *others)
        return None

    def _may_enter(self, party: Party, room: Room) -> bool:
        if room.id in self._closed:
            return False
        there, people = self._in.get(room.id, set()), self._at.get(room.site, set())
        if (party.own_room and not room.is_empty) or (there and (party.own_room or room.one_party)):
            return False
        groups = self._groups.get(room.id, set()) | {person.group for person in party.people}
        if there and groups.issuperset(GENDERED):
            return False
        most = self.puzzle.people_at_most.get(room.site)
        if most is not None and len(people) + len(party.people) > most:
            return False
        coming = {person.id for person in party.people}
        return not (
            any(pair & coming and pair & people for pair in self.puzzle.apart)
            or any(pair & coming and pair & there for pair in self.puzzle.apart_in_rooms)
        )


def in_order(puzzle: Puzzle, parties: Iterable[Party]) -> Plan:
    """Everybody in this order gets the bed that fits best of those that are left."""
    filling = Filling(puzzle)
    for party in parties:
        beds = filling.best(party)
        if beds:
            filling.put(party, beds)
    return scored(puzzle, [Pair(person, bed) for person, bed in filling.pairs.items()])


def first_come_first_served(puzzle: Puzzle) -> Plan:
    """Answers what comes of it when each gets the best bed left in the order in which they came."""
    return in_order(puzzle, puzzle.parties)


def most_points_first(puzzle: Puzzle) -> Plan:
    """Answers what comes of it in the order of points; those with as many in the order in which they came."""
    return in_order(
        puzzle,
        sorted(
            puzzle.parties,
            key=lambda party: -sum(person.points for person in party.people) / len(party.people),
        ),
    )
