"""Why somebody is suggested for a bed, or for none: codes from the puzzle itself, nothing of who sleeps where."""

from __future__ import annotations

from caseflow.domain import bed_fits, suggestions
from caseflow.domain.bed_assignments import Party, Person
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.suggestions import CAUTIONS, Why
from caseflow.services.suggestion_puzzles import Town, Waiter
from caseflow.solvers.bed_assignments import Solved

IS_MEANT = {MeantFor.WOMEN: bed_fits.WOMAN, MeantFor.MEN: bed_fits.MAN}


class Reasons:
    """The reasons of one working out."""

    def __init__(self, town: Town, solved: Solved) -> None:
        self.town = town
        self._waiters = {one.who.case_id: one for one in town.waiters}
        self._beds = {one.bed.id: one.bed for one in town.free}
        self._placed = solved.plan.bed_of
        self._rooms: dict[str, frozenset[str]] = {}
        self._without = [
            party for party in town.puzzle.parties if party.people[0].id not in self._placed
        ]

    def of(self, party: Party, case_id: str, bed_id: str | None) -> str:
        """The codes for one person and a bed, or for nobody's bed, as they are stored."""
        if bed_id is None:
            return suggestions.joined({self._why_none(party)})
        bed, waiter = self._beds[bed_id], self._waiters[case_id]
        found = {why for why, holds in self._about(party, waiter, bed) if holds}
        return suggestions.joined(found if found - CAUTIONS else found | {Why.FITS})

    def _about(self, party: Party, waiter: Waiter, bed: BedFacts) -> tuple[tuple[Why, bool], ...]:
        meant = bed_fits.meant_for(bed)
        family = meant is MeantFor.FAMILY and waiter.guest.household is not None
        unsure = meant in IS_MEANT and waiter.guest.gender not in IS_MEANT.values()
        alone = len(party.people) == 1 and (bed.beds_in_room == 1 or party.own_room)
        return (
            (Why.NEEDS_MET, bool(waiter.guest.needs)),
            (Why.TOGETHER, len(party.people) > 1),
            (Why.OWN_ROOM, alone),
            (Why.ROOM_MEANT, family or waiter.guest.gender == IS_MEANT.get(meant)),
            (Why.ONLY_ROOM, self._rooms_for(party) == {bed.room_id}),
            (Why.MOST_POINTS, self._is_wanted_by_others(bed.room_id)),
            (Why.ASK_FIRST, unsure),
            (Why.BY_NIGHT, bed.kind is BedKind.NIGHT),
        )

    def _rooms_for(self, party: Party) -> frozenset[str]:
        """Rooms that suit everybody of a party, whoever else would like them."""
        if party.id not in self._rooms:
            self._rooms[party.id] = self._suiting(party)
        return self._rooms[party.id]

    def _suiting(self, party: Party) -> frozenset[str]:
        return frozenset(
            room.id
            for room in self.town.puzzle.rooms
            if (room.is_empty or not party.own_room)
            and sum(self.town.puzzle.kinds_in[room.id].values()) >= len(party.people)
            and all(self._suits(person, room.id) for person in party.people)
        )

    def _suits(self, person: Person, room_id: str) -> bool:
        puzzle = self.town.puzzle
        room = puzzle.room[room_id]
        return any(
            puzzle.misfit(person, room, kind) is not None for kind in puzzle.kinds_in[room_id]
        )

    def _is_wanted_by_others(self, room_id: str) -> bool:
        return any(room_id in self._rooms_for(party) for party in self._without)

    def _why_none(self, party: Party) -> Why:
        puzzle = self.town.puzzle
        if not puzzle.beds:
            return Why.NO_FREE_BED
        if self._rooms_for(party):
            return Why.MORE_POINTS
        each_alone = all(
            any(self._suits(person, room.id) for room in puzzle.rooms) for person in party.people
        )
        if len(party.people) > 1 and each_alone:
            return Why.NO_ROOM_TOGETHER
        return Why.NOTHING_FITS
