"""Invented towns for suggestions: houses with rooms and beds, and people who wait, drawn with a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from caseflow.domain.bed_assignments import GENDERED, Bed, Group, Party, Person, Puzzle, Room

NEEDS: Final = ("ground_floor", "lower_bunk", "accessible", "pet")
ROOM_MARKS: Final = frozenset({"ground_floor", "accessible", "pet"})
ROOM_SIZES: Final = (1, 2, 2, 3, 4, 4, 6)
BEDS_A_SITE: Final = 30
NEED_CHANCE: Final = 0.12
FAMILY_CHANCE: Final = 0.15
OWN_ROOM_CHANCE: Final = 0.05
SOMEBODY_THERE: Final = 0.3
POINTS_AT_MOST: Final = 60


@dataclass(frozen=True)
class Town:
    """How large an invented town is, and what makes it hard."""

    people: int
    beds: int
    pairs_apart: int = 0
    plain: bool = False
    """Whether every bed suits everybody more or less, without rooms, families and needs."""
    limits: bool = True


def puzzle(town: Town, seed: int) -> Puzzle:
    """An invented puzzle; the same seed gives the same one."""
    chance = random.Random(seed)
    if town.plain:
        return _plain(chance, town)
    rooms, beds = _houses(chance, town.beds)
    parties = _parties(chance, town.people)
    people = [person for party in parties for person in party.people]
    kinds = {bed.kind for bed in beds}
    misfits = {
        (person.kind, kind): misfit
        for person in people
        for kind in kinds
        if (misfit := _misfit(person.kind, kind)) is not None
    }
    sites = sorted({room.site for room in rooms})
    free = {site: sum(room.site == site for room in rooms) for site in sites}
    return Puzzle(
        tuple(parties),
        tuple(rooms),
        tuple(beds),
        misfits,
        _pairs(chance, parties, town.pairs_apart),
        _pairs(chance, parties, town.pairs_apart),
        {site: chance.randint(1, 1 + 2 * free[site]) for site in sites[::3]} if town.limits else {},
    )


def _pairs(chance: random.Random, parties: list[Party], count: int) -> frozenset[frozenset[str]]:
    found: set[frozenset[str]] = set()
    while len(found) < count and len(parties) > 1:
        one, other = chance.sample(parties, 2)
        found.add(frozenset({chance.choice(one.people).id, chance.choice(other.people).id}))
    return frozenset(found)


def _plain(chance: random.Random, town: Town) -> Puzzle:
    rooms = tuple(Room(f"r{n}", f"s{n % 5}") for n in range(town.beds))
    beds = tuple(Bed(f"b{n}", f"r{n}", f"k{n}") for n in range(town.beds))
    people = tuple(Person(f"p{n}", f"q{n}", chance.randint(0, 9)) for n in range(town.people))
    misfits = {
        (person.kind, bed.kind): chance.randint(0, 9)
        for person in people
        for bed in beds
        if chance.random() < 0.5
    }
    return Puzzle(tuple(Party(one.id, (one,)) for one in people), rooms, beds, misfits)


def _houses(chance: random.Random, beds_wanted: int) -> tuple[list[Room], list[Bed]]:
    rooms: list[Room] = []
    beds: list[Bed] = []
    while len(beds) < beds_wanted:
        number = len(rooms)
        size = min(chance.choice(ROOM_SIZES), beds_wanted - len(beds))
        site = f"s{len(beds) // BEDS_A_SITE}"
        hours = "night" if int(site[1:]) % 4 == 3 else "day"
        meant = chance.choice(("anyone", "anyone", "men", "women", "family"))
        marks = {mark for mark in sorted(ROOM_MARKS) if chance.random() < 0.25}
        there = chance.random() < SOMEBODY_THERE and meant != "family"
        if there and meant == "anyone":
            meant = chance.choice(("men", "women"))
        room = Room(f"r{number}", site, not there, meant == "family")
        rooms.append(room)
        for place in range(size):
            own = marks | ({"lower_bunk"} if place % 2 == 0 else set())
            kind = "|".join((hours, meant, *sorted(own)))
            beds.append(Bed(f"b{len(beds)}", room.id, kind))
    return rooms, beds


def _parties(chance: random.Random, people_wanted: int) -> list[Party]:
    parties: list[Party] = []
    count = 0
    while count < people_wanted:
        size = chance.choice((2, 2, 3, 4)) if chance.random() < FAMILY_CHANCE else 1
        size = min(size, people_wanted - count)
        points = chance.randint(0, POINTS_AT_MOST)
        wanted = "night" if chance.random() < 0.3 else "day"
        people = []
        for _ in range(size):
            group = chance.choice((Group.MEN, Group.MEN, Group.WOMEN, Group.UNSAID))
            needs = sorted(need for need in NEEDS if chance.random() < NEED_CHANCE)
            kind = "|".join((wanted, group.value, *needs))
            elsewhere = frozenset({"s0"}) if chance.random() < 0.05 else frozenset()
            people.append(Person(f"p{count + len(people)}", kind, points, group, elsewhere))
        count += size
        groups = {person.group for person in people}
        own_room = groups.issuperset(GENDERED) or chance.random() < OWN_ROOM_CHANCE
        parties.append(Party(f"f{len(parties)}", tuple(people), own_room))
    return parties


def _misfit(person: str, bed: str) -> int | None:
    """Hard: what is needed, for whom a room is meant, and the hours. Soft: marks that others may need more."""
    wanted, about, *needs = person.split("|")
    hours, meant, *marks = bed.split("|")
    if not set(needs) <= set(marks) or (hours == "night" and wanted == "day"):
        return None
    if meant in ("men", "women") and about not in (meant, Group.UNSAID.value):
        return None
    return len(set(marks) - set(needs)) + (hours != wanted) + (about == Group.UNSAID.value)
