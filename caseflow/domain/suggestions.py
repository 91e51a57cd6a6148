"""Suggested beds: why a pair, what choosing otherwise costs, and what a coordinator may do with a suggestion.

A suggestion decides nothing (rule B11). It goes stale the moment its bed is taken or somebody has a place, and then
nobody can accept it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

REFUSALS_REMEMBERED_DAYS: Final = 14
"""Days during which a bed in the same room is not suggested again to somebody for whom it was refused."""
OTHERS_AT_MOST: Final = 3
"""Other beds that are shown beside a suggestion, each with what it costs."""


class Why(StrEnum):
    """Why somebody is suggested for a bed, what to think of first, or why there is no bed for them."""

    NEEDS_MET = "needs_met"
    TOGETHER = "together"
    OWN_ROOM = "own_room"
    ROOM_MEANT = "room_meant"
    ONLY_ROOM = "only_room"
    MOST_POINTS = "most_points"
    FITS = "fits"
    ASK_FIRST = "ask_first"
    BY_NIGHT = "by_night"
    NO_FREE_BED = "no_free_bed"
    NOTHING_FITS = "nothing_fits"
    NO_ROOM_TOGETHER = "no_room_together"
    MORE_POINTS = "more_points"


WHY_NAMES: Final[Mapping[Why, Message]] = MappingProxyType(
    {
        Why.NEEDS_MET: N_("has what is needed of a bed"),
        Why.TOGETHER: N_("they stay together in one room"),
        Why.OWN_ROOM: N_("nobody else sleeps in this room"),
        Why.ROOM_MEANT: N_("the room is meant for them"),
        Why.ONLY_ROOM: N_("no other free room suits"),
        Why.MOST_POINTS: N_("others who could sleep here have fewer points, or another bed"),
        Why.FITS: N_("the bed is what was asked for, and nobody goes without for it"),
        Why.ASK_FIRST: N_("ask the person first whether this room suits them"),
        Why.BY_NIGHT: N_("night shelter: the house is closed by day"),
        Why.NO_FREE_BED: N_("no bed is free"),
        Why.NOTHING_FITS: N_("no free bed fits what is needed"),
        Why.NO_ROOM_TOGETHER: N_("no room has a bed for each of them"),
        Why.MORE_POINTS: N_("the beds that fit go to people who have more points together"),
    }
)
CAUTIONS: Final = frozenset({Why.ASK_FIRST, Why.BY_NIGHT})
"""What to think of before a bed is accepted."""
WITHOUT_A_BED: Final = frozenset(
    {Why.NO_FREE_BED, Why.NOTHING_FITS, Why.NO_ROOM_TOGETHER, Why.MORE_POINTS}
)


class Verdict(StrEnum):
    """What a coordinator did with a suggestion."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a suggested bed is refused; a code, never words about somebody."""

    DECLINED = "declined"
    DOES_NOT_SUIT = "does_not_suit"
    OTHER_PLAN = "other_plan"
    OTHER_FIRST = "other_first"
    NOT_REACHED = "not_reached"


VERDICT_NAMES: Final[Mapping[Verdict, Message]] = MappingProxyType(
    {
        Verdict.ACCEPTED: N_("accepted"),
        Verdict.CHANGED: N_("another bed was chosen"),
        Verdict.REFUSED: N_("refused"),
    }
)
REFUSAL_NAMES: Final[Mapping[Refusal, Message]] = MappingProxyType(
    {
        Refusal.DECLINED: N_("The person does not want this bed"),
        Refusal.DOES_NOT_SUIT: N_("The room does not suit this person after all"),
        Refusal.OTHER_PLAN: N_("Another place is arranged already"),
        Refusal.OTHER_FIRST: N_("Somebody else needs this bed more"),
        Refusal.NOT_REACHED: N_("Nobody could reach the person"),
    }
)

STALE: Final = Refused(
    N_(
        "This suggestion is out of date: the bed was taken or the person has a place meanwhile. "
        "Choose another bed, or suggest anew."
    )
)
DECIDED: Final = Refused(N_("A colleague decided about this suggestion already. Look again."))
ASKED_ALREADY: Final = Refused(N_("New suggestions were asked for already. They come soon."))


@dataclass(frozen=True)
class Standing:
    """How a suggestion stands now: what was decided about it, and whether it can still come true."""

    verdict: Verdict | None
    is_fresh: bool


def may_accept(standing: Standing) -> Decision:
    """Answers whether a suggestion may still be accepted: once, while its bed is free and its people have none."""
    if standing.verdict is not None:
        return DECIDED
    return Allowed() if standing.is_fresh else STALE


def may_refuse(standing: Standing) -> Decision:
    """Answers whether a suggestion may be refused: also a stale one, so that the reason is remembered."""
    return Allowed() if standing.verdict is None else DECIDED


def joined(reasons: Iterable[Why]) -> str:
    """Reasons as they are stored: codes in one order."""
    chosen = set(reasons)
    return " ".join(one.value for one in Why if one in chosen)


def apart(stored: str) -> tuple[Why, ...]:
    """The reasons of a stored text, in one order; codes of an older version are left out."""
    chosen = set(stored.split())
    return tuple(one for one in Why if one.value in chosen)
