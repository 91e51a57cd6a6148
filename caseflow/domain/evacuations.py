"""The list for a fire: who sleeps in a house, on which floor and bed, who needs help to get out, who is away.

One rule holds on the page, on paper and in the file that opens without the server: it carries call names or nothing,
never a legal name, a code of a status or a reason (`firewall.md` §5; decision 0165).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import NOT_YET_BEGUN, Stay, StayStatus

NEEDS_HELP: Final = frozenset({PlacementNeedKind.MOBILITY_AID, PlacementNeedKind.ACCESSIBLE})
"""Needs of a bed that tell the fire service that somebody may not come down the stairs alone."""


@dataclass(frozen=True)
class Sleeper:
    """One line of the list: a bed, and whoever is thought to be in it."""

    floor: int | None
    room: str
    bed: str
    call_name: str | None
    """None for somebody whom lists do not name: the bed stands there alone."""
    code: str | None
    """The client code, for a paper whose letters lack the signs of the name; None where no name is shown."""
    needs_help: bool
    is_away: bool
    is_expected: bool
    """Whether they were to come tonight and nobody has said that they came."""

    @property
    def is_inside(self) -> bool:
        """Whether somebody has to be looked for: not known to be away, and has come."""
        return not self.is_away and not self.is_expected


@dataclass(frozen=True)
class EvacuationList:
    """The list of one house, as it was known at one moment."""

    site: str
    at: datetime
    sleepers: tuple[Sleeper, ...]

    @property
    def inside(self) -> int:
        """How many have to be looked for."""
        return sum(one.is_inside for one in self.sleepers)

    @property
    def away(self) -> int:
        """How many are known to be away tonight."""
        return sum(one.is_away for one in self.sleepers)

    @property
    def need_help(self) -> int:
        """How many of those who have to be looked for need help to get out."""
        return sum(one.needs_help and one.is_inside for one in self.sleepers)


def nights_asked(night: date, today: date) -> Nights:
    """Answers which nights a list covers: the night that runs, and after midnight those who came since."""
    return Nights(night, next_night(today))


def is_listed(stay: Stay, night: date, today: date) -> bool:
    """Answers whether a stay stands on the list: somebody sleeps there, or is awaited for this very night.

    Who was awaited earlier and never came is not looked for in a fire, and who has left is not either.
    """
    if stay.status is StayStatus.BEGUN:
        return True
    return stay.status in NOT_YET_BEGUN and stay.arrival_on in (night, today)


def in_order(sleepers: Iterable[Sleeper]) -> tuple[Sleeper, ...]:
    """The lines floor by floor, the highest first; rooms and beds as they come. An unknown floor comes last."""
    return tuple(
        sorted(sleepers, key=lambda one: (one.floor is None, -(one.floor if one.floor else 0)))
    )


def may_need_help(kinds: Collection[PlacementNeedKind]) -> bool:
    """Answers whether somebody with these needs of a bed may need help on the stairs."""
    return bool(NEEDS_HELP & set(kinds))


def is_late(written_at: datetime | None, now: datetime, term: timedelta) -> bool:
    """Answers whether the kept file is missing, or older than its term: the house then prints the list by hand."""
    return written_at is None or now - written_at > term


def as_typed(passphrase: str) -> str:
    """A passphrase as it was made, whatever capitals or blanks somebody typed at three in the morning."""
    letters = "".join(sign for sign in passphrase.lower() if sign.isalnum())
    return "-".join(letters[first : first + GROUP] for first in range(0, len(letters), GROUP))


ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Small letters and digits that nobody takes for another."""
GROUP: Final = 4
GROUPS: Final = 5
"""Twenty signs out of 31: 99 bits, which no machine guesses, however cheap one guess at a PDF is."""
