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
from caseflow.domain.placements import Stay, conflict


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
    """A bed where it stands. `open_until` is the last night of bed, room and site alike; None is open."""

    id: str
    name: str
    room: str
    site_id: str
    site: str
    kind: BedKind
    meant_for: MeantFor
    open_from: date
    open_until: date | None = None


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
    opened = _is_open(bed, wanted)
    if not opened:
        return opened
    other = conflict(stays, wanted, now, today, but=but)
    taken = other.taken(now, today) if other is not None else None
    if taken is None:
        return Allowed()
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


def fits(bed: BedFacts, gender: str) -> Decision:
    """Answers whether a room is meant for somebody of this gender; unknown never stands in the way (B9)."""
    if bed.meant_for is MeantFor.WOMEN and gender == "man":
        return Refused(N_("Room %(room)s is meant for women.", room=bed.room))
    if bed.meant_for is MeantFor.MEN and gender == "woman":
        return Refused(N_("Room %(room)s is meant for men.", room=bed.room))
    return Allowed()


def notices(bed: BedFacts, gender: str, in_a_household: bool) -> tuple[Message, ...]:
    """Answers what to think of before choosing a bed that is allowed (B9)."""
    told = []
    sure = {MeantFor.WOMEN: "woman", MeantFor.MEN: "man"}.get(bed.meant_for)
    if sure is not None and gender != sure:
        told.append(
            N_(
                "Ask the person first whether a room for %(who)s suits them.",
                who=MEANT_FOR_NAMES[bed.meant_for],
            )
        )
    if bed.meant_for is MeantFor.FAMILY and not in_a_household:
        told.append(N_("This room is meant for families."))
    if bed.kind is BedKind.NIGHT:
        told.append(N_("Night shelter: the house is closed by day."))
    return tuple(told)
