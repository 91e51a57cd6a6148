"""Waiting people and free beds as a puzzle: who may have which bed beside whom, and what is better (rules B9 and B11).

Values alone: no word about anybody, ids and codes only. What a solver or a rule of thumb answers is checked here once
more, by rules that were written apart from both (`broken`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Group(StrEnum):
    """With whom somebody shares a room."""

    MEN = "men"
    WOMEN = "women"
    UNSAID = "unsaid"  # unknown never stands in the way: the person is asked first


GENDERED = (Group.MEN, Group.WOMEN)
"""Groups that do not share a room with each other."""


@dataclass(frozen=True)
class Person:
    """Somebody who waits. `kind` says, together with the kind of a bed, how well the two fit."""

    id: str
    kind: str
    points: int = 0
    group: Group = Group.UNSAID
    not_at: frozenset[str] = frozenset()
    """Sites that cannot be used for this person."""
    not_in: frozenset[str] = frozenset()
    """Rooms that do not suit this person beside who sleeps there, or that were refused."""


@dataclass(frozen=True)
class Party:
    """People who get beds in one room, or none of them does; most often one person."""

    id: str
    people: tuple[Person, ...]
    own_room: bool = False
    """Whether nobody else may sleep in the room: a family of men and women, or a need of a room of one's own."""


@dataclass(frozen=True)
class Bed:
    """A free bed. Beds of one kind in one room are alike."""

    id: str
    room: str
    kind: str


@dataclass(frozen=True)
class Room:
    """A room with free beds, and whether nobody sleeps there or is expected."""

    id: str
    site: str
    is_empty: bool = True
    one_party: bool = False
    """Whether it takes one party at a time: a room for families."""


@dataclass(frozen=True)
class Puzzle:
    """Who waits, in the order in which they came, and what is free."""

    parties: tuple[Party, ...]
    rooms: tuple[Room, ...]
    beds: tuple[Bed, ...]
    misfits: Mapping[tuple[str, str], int]
    """How badly a kind of person fits a kind of bed, 0 is best; a pair that is not here is not allowed."""
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of ids of people who are never at one site."""
    apart_in_rooms: frozenset[frozenset[str]] = frozenset()
    """Pairs of ids of people who are never in one room."""
    people_at_most: Mapping[str, int] = field(default_factory=dict)
    """How many more people a site takes, where it has a limit."""

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def bed(self) -> Mapping[str, Bed]:
        """Free beds by id."""
        return {bed.id: bed for bed in self.beds}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """Everybody who waits, by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def kinds_in(self) -> Mapping[str, Counter[str]]:
        """How many free beds of which kind a room has, by its id."""
        found: dict[str, Counter[str]] = {room.id: Counter() for room in self.rooms}
        for bed in self.beds:
            found[bed.room][bed.kind] += 1
        return found

    @property
    def people(self) -> Iterator[Person]:
        """Everybody who waits."""
        return (person for party in self.parties for person in party.people)

    @cached_property
    def party_of(self) -> Mapping[str, Party]:
        """Parties by the id of each person in them."""
        return {person.id: party for party in self.parties for person in party.people}

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many people a party has, by its id."""
        return {party.id: len(party.people) for party in self.parties}

    def misfit(self, person: Person, room: Room, kind: str) -> int | None:
        """How badly somebody fits a kind of bed in a room, looked at alone; None where it is not allowed."""
        if room.site in person.not_at or room.id in person.not_in:
            return None
        return self.misfits.get((person.kind, kind))


@dataclass(frozen=True)
class Pair:
    """Somebody on a bed."""

    person: str
    bed: str


@dataclass(frozen=True, order=True)
class Score:
    """What a plan is worth, in the order in which it counts: points of whom it places, how many, how well they fit."""

    points: int
    placed: int
    fit: int
    """Minus the misfit of everybody placed."""


@dataclass(frozen=True)
class Plan:
    """Who gets which bed, and what that is worth."""

    pairs: tuple[Pair, ...]
    score: Score

    @cached_property
    def bed_of(self) -> Mapping[str, str]:
        """Ids of beds by ids of people."""
        return {pair.person: pair.bed for pair in self.pairs}


class Broken(StrEnum):
    """A rule that a plan breaks."""

    UNKNOWN = "unknown"
    BED_TWICE = "bed_twice"
    PERSON_TWICE = "person_twice"
    NOT_FITTING = "not_fitting"
    NOT_TOGETHER = "not_together"
    ROOM_SHARED = "room_shared"
    GENDERS_MIXED = "genders_mixed"
    KEPT_APART = "kept_apart"
    SITE_FULL = "site_full"


def scored(puzzle: Puzzle, pairs: Sequence[Pair]) -> Plan:
    """A plan with what it is worth. Raises KeyError for people, beds or fits that the puzzle does not have."""
    people, beds = puzzle.person, puzzle.bed
    misfit = sum(puzzle.misfits[people[one.person].kind, beds[one.bed].kind] for one in pairs)
    points = sum(people[one.person].points for one in pairs)
    return Plan(tuple(pairs), Score(points, len(pairs), -misfit))


def broken(puzzle: Puzzle, pairs: Sequence[Pair]) -> frozenset[Broken]:
    """Answers which rules a plan breaks; empty for one that may be suggested. Source: rule B9."""
    people, beds = puzzle.person, puzzle.bed
    if any(one.person not in people or one.bed not in beds for one in pairs):
        return frozenset({Broken.UNKNOWN})
    found = set()
    if len({one.bed for one in pairs}) < len(pairs):
        found.add(Broken.BED_TWICE)
    if len({one.person for one in pairs}) < len(pairs):
        found.add(Broken.PERSON_TWICE)
    by_room: dict[str, list[Person]] = {}
    by_site: dict[str, set[str]] = {}
    for one in pairs:
        person, bed = people[one.person], beds[one.bed]
        room = puzzle.room[bed.room]
        by_room.setdefault(room.id, []).append(person)
        by_site.setdefault(room.site, set()).add(person.id)
        if puzzle.misfit(person, room, bed.kind) is None:
            found.add(Broken.NOT_FITTING)
    rooms_of: dict[str, list[str]] = {}
    for room_id, there in by_room.items():
        for person in there:
            rooms_of.setdefault(puzzle.party_of[person.id].id, []).append(room_id)
    if any(len(set(ids)) > 1 or len(ids) < puzzle.sizes[one] for one, ids in rooms_of.items()):
        found.add(Broken.NOT_TOGETHER)
    found |= {rule for room, there in by_room.items() for rule in _in_a_room(puzzle, room, there)}
    for site, there_now in by_site.items():
        if any(pair <= there_now for pair in puzzle.apart):
            found.add(Broken.KEPT_APART)
        if len(there_now) > puzzle.people_at_most.get(site, len(there_now)):
            found.add(Broken.SITE_FULL)
    return frozenset(found)


def _in_a_room(puzzle: Puzzle, room_id: str, there: Sequence[Person]) -> Iterator[Broken]:
    parties = {puzzle.party_of[person.id].id: puzzle.party_of[person.id] for person in there}
    room, several = puzzle.room[room_id], len(parties) > 1
    alone = any(party.own_room for party in parties.values())
    if (several and (alone or room.one_party)) or (alone and not room.is_empty):
        yield Broken.ROOM_SHARED
    if several and {person.group for person in there}.issuperset(GENDERED):
        yield Broken.GENDERS_MIXED
    if any(pair <= {person.id for person in there} for pair in puzzle.apart_in_rooms):
        yield Broken.KEPT_APART
