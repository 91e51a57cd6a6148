"""Two people who are not placed together, for peace in the house: in one room or at one site, for a while.

Lighter than a separation for safety (`separations`): neither is hidden from the other's pages for who may see both. A
refused bed tells neither who nor whether anybody is there (rule B9, decision 0166).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay, conflict


class PairScope(StrEnum):
    """Where two people are not placed together."""

    ROOM = "room"
    SITE = "site"


class PairReason(StrEnum):
    """Why not, as a code; danger is no reason here, but a separation."""

    AFTER_INCIDENT = "after_incident"
    QUARREL = "quarrel"
    RHYTHM = "rhythm"
    OWN_WISH = "own_wish"


SCOPE_NAMES: Final[Mapping[PairScope, Message]] = MappingProxyType(
    {
        PairScope.ROOM: N_("not in one room"),
        PairScope.SITE: N_("not at one site"),
    }
)
REASON_NAMES: Final[Mapping[PairReason, Message]] = MappingProxyType(
    {
        PairReason.AFTER_INCIDENT: N_("after an incident"),
        PairReason.QUARREL: N_("a quarrel"),
        PairReason.RHYTHM: N_("sleep at other hours"),
        PairReason.OWN_WISH: N_("one of them asked for it"),
    }
)

ROOM_NOT_FOR_THIS_PERSON: Final = Refused(
    N_("This room cannot be used for this person. Choose a bed in another room.")
)
"""It tells neither who nor whether anybody sleeps there."""


def may_keep_apart(until_on: date, today: date, days_at_most: int) -> Decision:
    """Answers whether two people may be kept out of one room or site until this day, the day itself counted."""
    if until_on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=until_on))
    latest = today + timedelta(days=days_at_most)
    if until_on > latest:
        return Refused(
            N_(
                "This lasts %(days)s days at most: until %(day)s. Record it again then, if it is still needed.",
                days=days_at_most,
                day=latest,
            )
        )
    return Allowed()


def meets(of_the_other: Iterable[Stay], wanted: Nights, now: datetime, today: date) -> bool:
    """Answers whether somebody has a night there that is among the wanted ones."""
    return conflict(of_the_other, wanted, now, today) is not None
