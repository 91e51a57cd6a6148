"""What kind of house a site is, what marks its beds have, who pays them, and what its neighbours say.

Source: rules B4 and B9; the marks are codes, so that a need of somebody is met without saying why it is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

TURNAROUND_NIGHTS_AT_MOST: Final = 7
"""Nights that a bed stays empty for cleaning, at most; more is being out of service."""
PEOPLE_AT_MOST: Final = 500
"""A limit of people, or a share of beds, above this is a slip of the finger."""
BACKDATED_DAYS_AT_MOST: Final = 366
"""How far back a limit, a share or a mark may begin: contracts are signed late."""


class SiteKind(StrEnum):
    """What kind of house it is."""

    FULL_DAY = "full_day"
    NIGHT = "night"
    FAMILY = "family"
    WOMEN = "women"
    MEDICAL = "medical"


class Mark(StrEnum):
    """What a bed or a room is, or is not, good for."""

    ACCESSIBLE = "accessible"
    LOWER_BUNK = "lower_bunk"
    UPPER_BUNK = "upper_bunk"
    SINGLE_ROOM = "single_room"
    PETS = "pets"
    OVERFLOW = "overflow"


OF_A_ROOM: Final = frozenset({Mark.ACCESSIBLE, Mark.SINGLE_ROOM, Mark.PETS, Mark.OVERFLOW})
"""Marks that a whole room can have; every bed in it has them then."""
OF_A_BED: Final = frozenset({Mark.ACCESSIBLE, Mark.LOWER_BUNK, Mark.UPPER_BUNK, Mark.OVERFLOW})
"""Marks of one bed."""


class Funder(StrEnum):
    """Who pays beds of a site."""

    STATE = "state"
    MUNICIPALITY = "municipality"
    FUND = "fund"
    OWN = "own"


class NeighbourhoodKind(StrEnum):
    """What passed between a house and its surroundings."""

    LETTER = "letter"
    COMMITTEE = "committee"
    OFFER = "offer"
    COMPLAINT = "complaint"


SITE_KIND_NAMES: Final[Mapping[SiteKind, Message]] = MappingProxyType(
    {
        SiteKind.FULL_DAY: N_("day and night"),
        SiteKind.NIGHT: N_("night only"),
        SiteKind.FAMILY: N_("family house"),
        SiteKind.WOMEN: N_("women's house"),
        SiteKind.MEDICAL: N_("medical house"),
    }
)
MARK_NAMES: Final[Mapping[Mark, Message]] = MappingProxyType(
    {
        Mark.ACCESSIBLE: N_("accessible with a wheelchair"),
        Mark.LOWER_BUNK: N_("lower bunk"),
        Mark.UPPER_BUNK: N_("upper bunk"),
        Mark.SINGLE_ROOM: N_("single room"),
        Mark.PETS: N_("pets allowed"),
        Mark.OVERFLOW: N_("overflow bed, outside the capacity"),
    }
)
FUNDER_NAMES: Final[Mapping[Funder, Message]] = MappingProxyType(
    {
        Funder.STATE: N_("The State"),
        Funder.MUNICIPALITY: N_("Municipality"),
        Funder.FUND: N_("Fund"),
        Funder.OWN: N_("Own means"),
    }
)
NEIGHBOURHOOD_NAMES: Final[Mapping[NeighbourhoodKind, Message]] = MappingProxyType(
    {
        NeighbourhoodKind.LETTER: N_("letter"),
        NeighbourhoodKind.COMMITTEE: N_("consultation committee"),
        NeighbourhoodKind.OFFER: N_("offer of help"),
        NeighbourhoodKind.COMPLAINT: N_("complaint"),
    }
)


@dataclass(frozen=True)
class Since:
    """One word about a house: from a night on, so much; None ends a limit."""

    from_on: date
    value: int | None


def on_night(words: Iterable[Since], night: date) -> int | None:
    """Answers what holds on a night: the newest word for it, in the order in which they were recorded (rule B4)."""
    told = [one for one in words if one.from_on <= night]
    return (
        max(enumerate(told), key=lambda pair: (pair[1].from_on, pair[0]))[1].value if told else None
    )


def may_turn_around(nights: int) -> Decision:
    """Answers whether beds can stay empty for cleaning so long."""
    if 0 <= nights <= TURNAROUND_NIGHTS_AT_MOST:
        return Allowed()
    return Refused(
        N_(
            "Cleaning takes between 0 and %(most)s nights. For longer, take beds out of service.",
            most=TURNAROUND_NIGHTS_AT_MOST,
        )
    )


def may_limit(most_people: int | None, from_on: date, opened: date, today: date) -> Decision:
    """Answers whether a site can have this limit from this night on; None ends the limit."""
    if most_people is not None and not 1 <= most_people <= PEOPLE_AT_MOST:
        return Refused(N_("A limit lies between 1 and %(most)s people.", most=PEOPLE_AT_MOST))
    return may_hold_from(from_on, opened, today)


def may_share(
    beds: int, others: int, capacity: int, from_on: date, opened: date, today: date
) -> Decision:
    """Answers whether a funder can pay so many beds of a site beside what others pay of its capacity."""
    if not 0 <= beds <= PEOPLE_AT_MOST:
        return Refused(N_("A share lies between 0 and %(most)s beds.", most=PEOPLE_AT_MOST))
    if beds and beds + others > capacity:
        return Refused(
            N_(
                "The site has %(capacity)s beds on that night and others pay %(others)s of them. "
                "Enter a smaller share, or end another one first.",
                capacity=capacity,
                others=others,
            )
        )
    return may_hold_from(from_on, opened, today)


def may_hold_from(from_on: date, opened: date, today: date) -> Decision:
    """Answers whether something about a place can hold from this night on: not before it opened, nor long ago."""
    if from_on < opened:
        return Refused(N_("It opened on %(day)s. Enter that day or a later one.", day=opened))
    if from_on < today - timedelta(days=BACKDATED_DAYS_AT_MOST):
        return Refused(N_("This day is more than a year ago. Enter a later day."))
    if from_on > today + timedelta(days=2 * BACKDATED_DAYS_AT_MOST):
        return Refused(N_("This day lies more than two years ahead. Enter an earlier day."))
    return Allowed()
