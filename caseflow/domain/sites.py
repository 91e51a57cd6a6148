"""What kind of house a site is, what marks its beds have, who pays them, and what its neighbours say.

Source: rules B4 and B9; the marks are codes, so that a need of somebody is met without saying why it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message

TURNAROUND_NIGHTS_AT_MOST: Final = 7
"""Nights that a bed stays empty for cleaning, at most; more is being out of service."""
PEOPLE_AT_MOST: Final = 500
"""A limit of people above this is a slip of the finger."""


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
        Funder.STATE: N_("State"),
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
