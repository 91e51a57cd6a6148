"""What somebody needs of a bed, as codes: enough to find the right one, and nothing of why it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message

WORDS_AT_MOST: Final = 2_000


class PlacementNeedKind(StrEnum):
    """A need of a bed, a room or a house; no kind names an illness."""

    GROUND_FLOOR = "ground_floor"
    LOWER_BUNK = "lower_bunk"
    SINGLE_ROOM = "single_room"
    ACCESSIBLE = "accessible"
    MOBILITY_AID = "mobility_aid"
    PET = "pet"
    BY_DAY = "by_day"


PLACEMENT_NEED_NAMES: Final[Mapping[PlacementNeedKind, Message]] = MappingProxyType(
    {
        PlacementNeedKind.GROUND_FLOOR: N_("ground floor"),
        PlacementNeedKind.LOWER_BUNK: N_("lower bunk"),
        PlacementNeedKind.SINGLE_ROOM: N_("room of one's own"),
        PlacementNeedKind.ACCESSIBLE: N_("accessible with a wheelchair"),
        PlacementNeedKind.MOBILITY_AID: N_("space for a walking aid or wheelchair"),
        PlacementNeedKind.PET: N_("has a pet"),
        PlacementNeedKind.BY_DAY: N_("has to be able to stay in by day"),
    }
)
