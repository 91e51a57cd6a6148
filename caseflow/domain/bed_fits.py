"""Whether a bed fits a person, and why not: the one answer for search, board, waiting list and suggestions (rule B9).

A refusal is a rule that nothing may break; a question is something to ask or to think of before the bed is chosen. What
is unknown never stands in the way: it is asked. Nationality is no argument, and there is none for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from caseflow.domain.beds import MEANT_FOR_NAMES, BedFacts, BedKind, MeantFor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.house_pairs import ROOM_NOT_FOR_THIS_PERSON
from caseflow.domain.messages import N_, Message
from caseflow.domain.separations import NOT_FOR_THIS_PERSON
from caseflow.domain.sites import Mark, SiteKind

MAN, WOMAN = "man", "woman"
GROUND_FLOOR: Final = 0


@dataclass(frozen=True)
class Guest:
    """Somebody for whom a bed is sought, or who sleeps in the room; what the reader may not know is left out.

    `household` is one word for everybody of a household who wants to sleep together, `apart_from` the codes of those
    they are kept apart from, `shut_sites` the sites they cannot use for safety.
    """

    code: str
    gender: str = "unknown"
    needs: frozenset[PlacementNeedKind] = frozenset()
    household: str | None = None
    apart_from: frozenset[str] = frozenset()
    shut_sites: frozenset[str] = frozenset()
    no_room_with: frozenset[str] = frozenset()
    """Codes of those with whom they share no room, for peace in the house."""
    is_known: bool = True
    """Whether the reader may know more than that somebody sleeps there."""

    def is_family_of(self, other: Guest) -> bool:
        """Says whether the two belong to one household."""
        return self.household is not None and self.household == other.household


@dataclass(frozen=True)
class Fit:
    """How a bed fits a person: rules that it breaks, and what to ask first."""

    refusals: tuple[Refused, ...] = ()
    questions: tuple[Message, ...] = ()

    @property
    def decision(self) -> Decision:
        """The first rule in the way, or that there is none."""
        return self.refusals[0] if self.refusals else Allowed()

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Every rule in the way, in words."""
        return tuple(one.reason for one in self.refusals)


@dataclass
class _Weighing:
    refusals: list[Refused] = field(default_factory=list)
    questions: list[Message] = field(default_factory=list)

    def refuse(self, reason: Message) -> None:
        self.refusals.append(Refused(reason))

    def ask(self, question: Message) -> None:
        self.questions.append(question)


def fit(bed: BedFacts, guest: Guest, company: Iterable[Guest] = ()) -> Fit:
    """Answers how this bed fits this person beside whoever sleeps in the room on the same nights.

    Whether the bed is free is another question (`beds.may_be_slept_on`). Source: rule B9, decision 0160.
    """
    others = tuple(one for one in company if one.code != guest.code)
    if bed.site_id in guest.shut_sites or any(not may_share_a_site(guest, one) for one in others):
        return Fit((NOT_FOR_THIS_PERSON,))
    if any(_are_a_pair(guest, one) for one in others):
        return Fit((ROOM_NOT_FOR_THIS_PERSON,))
    weighing = _Weighing()
    _meant_for(bed, guest, weighing)
    _company(bed, guest, others, weighing)
    for need in PlacementNeedKind:
        if need in guest.needs and need in _NEEDS:
            _NEEDS[need](bed, others, weighing)
    _to_think_of(bed, guest, weighing)
    return Fit(tuple(weighing.refusals), tuple(weighing.questions))


def may_share_a_site(one: Guest, other: Guest) -> Decision:
    """Answers whether two people can sleep at one site: nobody who is kept apart from the other (decision 0130)."""
    if other.code in one.apart_from or one.code in other.apart_from:
        return NOT_FOR_THIS_PERSON
    return Allowed()


def may_share_a_room(one: Guest, other: Guest) -> Decision:
    """Answers whether two people can sleep in one room: a family can, a man and a woman who are strangers cannot."""
    if not (together := may_share_a_site(one, other)):
        return together
    if _are_a_pair(one, other):
        return ROOM_NOT_FOR_THIS_PERSON
    if one.is_family_of(other):
        return together
    if {one.gender, other.gender} == {MAN, WOMAN}:
        return Refused(N_("A man and a woman who are no family do not share a room."))
    if PlacementNeedKind.SINGLE_ROOM in one.needs | other.needs:
        return Refused(N_("One of them needs a room of their own."))
    return Allowed()


def _are_a_pair(one: Guest, other: Guest) -> bool:
    return other.code in one.no_room_with or one.code in other.no_room_with


def meant_for(bed: BedFacts) -> MeantFor:
    """Answers for whom a bed is meant: what the room says, or else what its house is for."""
    if bed.meant_for is not MeantFor.ANYONE:
        return bed.meant_for
    return {SiteKind.WOMEN: MeantFor.WOMEN, SiteKind.FAMILY: MeantFor.FAMILY}.get(
        bed.site_kind, MeantFor.ANYONE
    )


def _meant_for(bed: BedFacts, guest: Guest, weighing: _Weighing) -> None:
    meant = meant_for(bed)
    if meant is MeantFor.WOMEN and guest.gender == MAN:
        weighing.refuse(N_("Room %(room)s is meant for women.", room=bed.room))
    elif meant is MeantFor.MEN and guest.gender == WOMAN:
        weighing.refuse(N_("Room %(room)s is meant for men.", room=bed.room))
    elif meant in (MeantFor.WOMEN, MeantFor.MEN) and guest.gender not in (MAN, WOMAN):
        weighing.ask(
            N_(
                "Ask the person first whether a room for %(who)s suits them.",
                who=MEANT_FOR_NAMES[meant],
            )
        )
    if meant is MeantFor.FAMILY and guest.household is None:
        weighing.ask(N_("This room is meant for families."))


def _company(bed: BedFacts, guest: Guest, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    strangers = [one for one in others if not guest.is_family_of(one)]
    if not strangers:
        return
    if meant_for(bed) is MeantFor.FAMILY and any(one.is_known for one in strangers):
        weighing.refuse(N_("Another family sleeps in room %(room)s.", room=bed.room))
        return
    if any({guest.gender, one.gender} == {MAN, WOMAN} for one in strangers):
        weighing.refuse(N_("Room %(room)s is not for a man and a woman together.", room=bed.room))
    elif any({guest.gender, one.gender} - {MAN, WOMAN} for one in strangers):
        weighing.ask(
            N_("Ask first whether this person and who sleeps in the room suit each other.")
        )
    if any(PlacementNeedKind.SINGLE_ROOM in one.needs for one in strangers):
        weighing.refuse(N_("Somebody in room %(room)s needs a room of their own.", room=bed.room))


def _accessible(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if Mark.ACCESSIBLE not in bed.marks:
        weighing.refuse(N_("Bed %(bed)s is not accessible with a wheelchair.", bed=bed.name))


def _mobility_aid(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if Mark.ACCESSIBLE not in bed.marks:
        weighing.ask(N_("Ask the house whether there is space for a walking aid or wheelchair."))


def _ground_floor(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if bed.floor is None:
        weighing.ask(N_("Ask the house whether the room is on the ground floor."))
    elif bed.floor != GROUND_FLOOR:
        weighing.refuse(N_("Room %(room)s is not on the ground floor.", room=bed.room))


def _lower_bunk(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if Mark.UPPER_BUNK in bed.marks:
        weighing.refuse(N_("Bed %(bed)s is an upper bunk.", bed=bed.name))
    elif Mark.LOWER_BUNK not in bed.marks:
        weighing.ask(N_("Ask the house whether this is a lower bunk."))


def _single_room(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if Mark.SINGLE_ROOM not in bed.marks and bed.beds_in_room != 1:
        weighing.refuse(N_("Room %(room)s is no room of one's own.", room=bed.room))


def _pet(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if Mark.PETS not in bed.marks:
        weighing.refuse(N_("No pets can stay in room %(room)s.", room=bed.room))


def _by_day(bed: BedFacts, others: tuple[Guest, ...], weighing: _Weighing) -> None:
    if bed.kind is BedKind.NIGHT:
        weighing.refuse(N_("Night shelter: the house is closed by day."))


_NEEDS: Final[
    Mapping[PlacementNeedKind, Callable[[BedFacts, tuple[Guest, ...], _Weighing], None]]
] = MappingProxyType(
    {
        PlacementNeedKind.ACCESSIBLE: _accessible,
        PlacementNeedKind.MOBILITY_AID: _mobility_aid,
        PlacementNeedKind.GROUND_FLOOR: _ground_floor,
        PlacementNeedKind.LOWER_BUNK: _lower_bunk,
        PlacementNeedKind.SINGLE_ROOM: _single_room,
        PlacementNeedKind.PET: _pet,
        PlacementNeedKind.BY_DAY: _by_day,
    }
)


def _to_think_of(bed: BedFacts, guest: Guest, weighing: _Weighing) -> None:
    if bed.kind is BedKind.NIGHT and PlacementNeedKind.BY_DAY not in guest.needs:
        weighing.ask(N_("Night shelter: the house is closed by day."))
    if Mark.SINGLE_ROOM in bed.marks and PlacementNeedKind.SINGLE_ROOM not in guest.needs:
        weighing.ask(N_("A room of one's own: keep it for who needs it, where you can."))
    if Mark.ACCESSIBLE in bed.marks and not guest.needs & {
        PlacementNeedKind.ACCESSIBLE,
        PlacementNeedKind.MOBILITY_AID,
    }:
        weighing.ask(N_("An accessible bed: keep it for who needs it, where you can."))
    if bed.site_kind is SiteKind.MEDICAL:
        weighing.ask(N_("Medical house: ask a health worker first."))
    if not bed.counts_in_capacity:
        weighing.ask(N_("Overflow bed: it stands outside the capacity."))
