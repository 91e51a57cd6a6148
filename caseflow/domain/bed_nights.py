"""Bed-nights of a month: which were occupied, held, void or free, by kind of site, and what they come to in money.

A night counts for one bed and one person once: stretches are half-open, so on the day of a move the night belongs to
the new bed (rule B1). Nights are dates; a change of the clocks neither adds nor takes one. What a row may show stands
in `bed_night_statements`, what it costs in `bed_night_prices`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.daily_services import Month
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights


class NightState(StrEnum):
    """What became of one bed in one night."""

    OCCUPIED = "occupied"
    HELD = "held"
    VOID = "void"
    FREE = "free"


NIGHT_STATE_NAMES: Final[Mapping[NightState, Message]] = MappingProxyType(
    {
        NightState.OCCUPIED: N_("occupied"),
        NightState.HELD: N_("held"),
        NightState.VOID: N_("void"),
        NightState.FREE: N_("free"),
    }
)


@dataclass(frozen=True)
class CountedBed:
    """A bed with its dates: the nights it is there, is out of service, and stands beside the capacity (overflow)."""

    id: str
    site_id: str
    kind: str
    open: Nights
    void: tuple[Nights, ...] = ()
    overflow: tuple[Nights, ...] = ()

    def overflow_on(self, night: date) -> bool:
        """Says whether the bed stands beside the capacity on this night."""
        return any(one.covers(night) for one in self.overflow)


@dataclass(frozen=True)
class TakenNights:
    """The nights that somebody's stay takes on a bed, and those of them on which the person was away.

    `begun` says whether somebody came at all: a bed kept for whoever did not come yet is held, not occupied.
    """

    id: str
    bed_id: str
    nights: Nights
    begun: bool
    away: tuple[Nights, ...] = ()


@dataclass(frozen=True)
class BedNight:
    """One bed in one night, and the stay that takes it, if any."""

    bed: CountedBed
    night: date
    state: NightState
    stay_id: str | None = None


def nights_of(month: Month) -> tuple[date, ...]:
    """Answers with the nights of a month, each by the day on which it begins."""
    days = (month.next.first - month.first).days
    return tuple(month.first + timedelta(days=n) for n in range(days))


def bed_nights(
    beds: Iterable[CountedBed], stays: Iterable[TakenNights], nights: Sequence[date]
) -> Iterator[BedNight]:
    """Answers with every bed in every night that counts, the beds and the nights in the order given.

    Somebody who slept there makes a night occupied, whatever else is recorded. A bed out of service is void, also
    while it was kept for somebody. A person away whose stay goes on, and a bed kept for whoever has yet to come, make
    it held.
    A night on which the bed was not there counts for nothing, unless somebody slept on it.
    """
    by_bed: dict[str, list[TakenNights]] = {}
    for stay in stays:
        by_bed.setdefault(stay.bed_id, []).append(stay)
    for bed in beds:
        own = by_bed.get(bed.id, [])
        for night in nights:
            found = _of_the_night(own, night)
            state = _state(bed, found, night)
            if state is not None:
                is_taken = state in (NightState.OCCUPIED, NightState.HELD)
                yield BedNight(
                    bed, night, state, found.id if found is not None and is_taken else None
                )


def _of_the_night(stays: Iterable[TakenNights], night: date) -> TakenNights | None:
    """The stay that takes this night; where one began and another is still kept, the one that began."""
    found = [one for one in stays if one.nights.covers(night)]
    return min(found, key=lambda one: (not one.begun, one.id), default=None)


def _state(bed: CountedBed, stay: TakenNights | None, night: date) -> NightState | None:
    is_away = stay is not None and any(one.covers(night) for one in stay.away)
    if stay is not None and stay.begun and not is_away:
        return NightState.OCCUPIED
    if not bed.open.covers(night):
        return None
    if any(one.covers(night) for one in bed.void):
        return NightState.VOID
    return NightState.FREE if stay is None else NightState.HELD


@dataclass(frozen=True)
class NightCount:
    """Bed-nights by what became of them; overflow beds are counted apart, and in nothing else."""

    occupied: int = 0
    held: int = 0
    void: int = 0
    free: int = 0
    overflow: int = 0

    @property
    def available(self) -> int:
        """Nights on which a bed was there and in service, taken or not: a void is not available."""
        return self.occupied + self.held + self.free

    @property
    def used(self) -> int:
        """Nights that somebody took, asleep or away."""
        return self.occupied + self.held

    def __add__(self, other: NightCount) -> NightCount:
        return NightCount(
            self.occupied + other.occupied,
            self.held + other.held,
            self.void + other.void,
            self.free + other.free,
            self.overflow + other.overflow,
        )


@dataclass
class _Sums:
    occupied: int = 0
    held: int = 0
    void: int = 0
    free: int = 0
    overflow: int = 0

    def add(self, one: BedNight) -> None:
        if one.bed.overflow_on(one.night):
            self.overflow += one.state in (NightState.OCCUPIED, NightState.HELD)
            return
        setattr(self, one.state.value, getattr(self, one.state.value) + 1)

    def frozen(self) -> NightCount:
        return NightCount(self.occupied, self.held, self.void, self.free, self.overflow)


@dataclass(frozen=True)
class MonthCount:
    """The bed-nights of a month by kind of site and night, and how many beds each site had at its fewest."""

    by_night: Mapping[str, Mapping[date, NightCount]]
    sites: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By kind each site and its size: the fewest beds it had in a night, or the most in service if those are fewer."""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.by_night)

    def of_kind(self, kind: str) -> NightCount:
        """Answers with the sum of a kind over the month."""
        return sum(self.by_night[kind].values(), NightCount())


def counted(found: Iterable[BedNight]) -> MonthCount:
    """Answers with the bed-nights added up by kind of site and night, kinds in the order of their codes."""
    sums: dict[str, dict[date, _Sums]] = {}
    beds: dict[str, dict[str, dict[date, _Beds]]] = {}
    for one in found:
        nights = sums.setdefault(one.bed.kind, {})
        nights.setdefault(one.night, _Sums()).add(one)
        site = beds.setdefault(one.bed.kind, {}).setdefault(one.bed.site_id, {})
        site.setdefault(one.night, _Beds()).add(one)
    return MonthCount(
        {
            kind: {night: some.frozen() for night, some in sorted(nights.items())}
            for kind, nights in sorted(sums.items())
        },
        {
            kind: {site: _size(nights.values()) for site, nights in sorted(sites.items())}
            for kind, sites in sorted(beds.items())
        },
    )


@dataclass
class _Beds:
    there: int = 0
    in_service: int = 0

    def add(self, one: BedNight) -> None:
        if not one.bed.overflow_on(one.night):
            self.there += 1
            self.in_service += one.state is not NightState.VOID


def _size(nights: Iterable[_Beds]) -> int:
    some = [one for one in nights if one.there]
    fewest = min((one.there for one in some), default=0)
    return min(fewest, max((one.in_service for one in some), default=0))


def while_held(words: Iterable[tuple[date, bool]]) -> tuple[Nights, ...]:
    """Answers with the nights on which something held, from words *from this day on it does, or does no longer*.

    Words come in the order in which they were said: of two for one day the later one counts.
    """
    newest = dict(words)
    found: list[Nights] = []
    since: date | None = None
    for day in sorted(newest):
        if newest[day] and since is None:
            since = day
        elif not newest[day] and since is not None:
            found.append(Nights(since, day))
            since = None
    return (*found, Nights(since)) if since is not None else tuple(found)
