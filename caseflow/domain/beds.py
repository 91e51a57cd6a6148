"""Beds where they stand: which are open and free on some nights, for whom they are meant, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.outages import OUTAGE_REASON_NAMES, Void, VoidKind
from caseflow.domain.placements import Stay, conflict
from caseflow.domain.sites import Mark, SiteKind


class BedKind(StrEnum):
    """Whether somebody can stay in by day."""

    FULL_DAY = "full_day"
    NIGHT = "night"


class MeantFor(StrEnum):
    """For whom a room is meant."""

    ANYONE = "anyone"
    MEN = "men"
    WOMEN = "women"
    FAMILY = "family"


BED_KIND_NAMES: Mapping[BedKind, Message] = MappingProxyType(
    {BedKind.FULL_DAY: N_("day and night"), BedKind.NIGHT: N_("night only")}
)
MEANT_FOR_NAMES: Mapping[MeantFor, Message] = MappingProxyType(
    {
        MeantFor.ANYONE: N_("anyone"),
        MeantFor.MEN: N_("men"),
        MeantFor.WOMEN: N_("women"),
        MeantFor.FAMILY: N_("families"),
    }
)


@dataclass(frozen=True)
class BedFacts:
    """A bed where it stands. `open_until` is the last night of bed, room and site alike; None is open.

    Marks are those of the first night asked about; `voids` are nights on which it takes nobody.
    """

    id: str
    name: str
    room: str
    site_id: str
    site: str
    kind: BedKind
    meant_for: MeantFor
    open_from: date
    open_until: date | None = None
    room_id: str = ""
    floor: int | None = None
    marks: frozenset[Mark] = frozenset()
    site_kind: SiteKind = SiteKind.FULL_DAY
    beds_in_room: int | None = None
    """Beds of the room that are there on the first night asked about; None where that was not asked."""
    voids: tuple[Void, ...] = ()

    def void_on(self, night: date) -> Void | None:
        """Answers why the bed takes nobody on this night though it stands there; None where nothing does."""
        return next((one for one in self.voids if one.nights.covers(night)), None)

    @property
    def counts_in_capacity(self) -> bool:
        """Whether it is a bed of the capacity: an overflow bed stands apart from it."""
        return Mark.OVERFLOW not in self.marks


def may_be_slept_on(
    bed: BedFacts,
    stays: Iterable[Stay],
    wanted: Nights,
    now: datetime,
    today: date,
    *,
    but: str | None = None,
) -> Decision:
    """Answers whether a bed is there and free on the wanted nights; the reason names no person (B4, B8)."""
    opened = _is_open(bed, wanted) and _is_in_service(bed, wanted)
    if not opened:
        return opened
    other = conflict(stays, wanted, now, today, but=but)
    taken = other.taken(now, today) if other is not None else None
    if taken is None:
        return _is_cleaned(bed, wanted, but)
    if other is not None and other.is_overdue(today):
        return Refused(
            N_(
                "Bed %(bed)s is taken: the departure was planned on %(day)s and nobody ended the stay. "
                "End it first.",
                bed=bed.name,
                day=other.planned_departure_on,
            )
        )
    if taken.departure is None:
        return Refused(
            N_(
                "Bed %(bed)s is taken from %(first)s, without a planned departure. Choose another bed.",
                bed=bed.name,
                first=taken.arrival,
            )
        )
    return Refused(
        N_(
            "Bed %(bed)s is taken from %(first)s to %(end)s. Choose another bed or other nights.",
            bed=bed.name,
            first=taken.arrival,
            end=taken.departure,
        )
    )


def _is_open(bed: BedFacts, wanted: Nights) -> Decision:
    if wanted.arrival < bed.open_from:
        return Refused(N_("Bed %(bed)s is there from %(day)s on.", bed=bed.name, day=bed.open_from))
    if bed.open_until is None:
        return Allowed()
    free_again = next_night(bed.open_until)
    if wanted.arrival >= free_again:
        return Refused(
            N_(
                "Bed %(bed)s is closed since %(day)s. Choose another bed.",
                bed=bed.name,
                day=free_again,
            )
        )
    if wanted.departure is None or wanted.departure > free_again:
        return Refused(
            N_(
                "Bed %(bed)s closes on %(day)s. Plan the departure for that day or before.",
                bed=bed.name,
                day=free_again,
            )
        )
    return Allowed()


def _first(voids: Iterable[Void], wanted: Nights) -> Void | None:
    there = [one for one in voids if one.nights.overlaps(wanted)]
    return min(there, key=lambda one: one.nights.arrival, default=None)


def _is_cleaned(bed: BedFacts, wanted: Nights, but: str | None) -> Decision:
    """Answers whether there is time for cleaning around other stays; `but` is a stay about to change (B1)."""
    void = _first(
        (
            one
            for one in bed.voids
            if one.kind is VoidKind.TURNAROUND and (but is None or one.stay_id != but)
        ),
        wanted,
    )
    if void is None:
        return Allowed()
    return Refused(
        N_(
            "Bed %(bed)s stays empty for cleaning from %(first)s to %(end)s. "
            "Choose another bed or other nights.",
            bed=bed.name,
            first=void.nights.arrival,
            end=void.nights.departure,
        )
    )


def _is_in_service(bed: BedFacts, wanted: Nights) -> Decision:
    """Answers whether the bed is in service and its site open on the wanted nights (B5, B6)."""
    void = _first((one for one in bed.voids if one.kind is not VoidKind.TURNAROUND), wanted)
    if void is None:
        return Allowed()
    first, end = void.nights.arrival, void.nights.departure
    if void.kind is VoidKind.CLOSED:
        return _closed_for_a_while(bed, first, end)
    reason = OUTAGE_REASON_NAMES[void.reason] if void.reason else N_("another reason")
    if end is None:
        return Refused(
            N_(
                "Bed %(bed)s is out of service from %(first)s on: %(reason)s. Choose another bed.",
                bed=bed.name,
                first=first,
                reason=reason,
            )
        )
    return Refused(
        N_(
            "Bed %(bed)s is out of service from %(first)s to %(end)s: %(reason)s. "
            "Choose another bed or other nights.",
            bed=bed.name,
            first=first,
            end=end,
            reason=reason,
        )
    )


def _closed_for_a_while(bed: BedFacts, first: date, end: date | None) -> Refused:
    if end is None:
        return Refused(
            N_(
                "Site %(site)s is closed from %(first)s on. Choose another site.",
                site=bed.site,
                first=first,
            )
        )
    return Refused(
        N_(
            "Site %(site)s is closed from %(first)s to %(end)s. Choose another site or other nights.",
            site=bed.site,
            first=first,
            end=end,
        )
    )
