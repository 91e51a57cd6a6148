"""Beds, rooms and sites that are out of service: on which nights, why, and what may be recorded about it.

Nights are half-open, as everywhere (rule B1). As with a stay, an expected end frees the nights after it for bookings;
once it is past and nobody put the bed back, it takes every later night (rule B5, decisions 0100 and 0160).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights, next_night

BACKDATED_DAYS_AT_MOST: Final = 31
"""Days that the beginning or the end of an outage may lie back: a month, so that its statement can still be made."""
AHEAD_DAYS_AT_MOST: Final = 731
_COST_CENTRE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,19}")


class OutageReason(StrEnum):
    """Why nobody can sleep there."""

    REPAIR = "repair"
    CLEANING = "cleaning"
    PESTS = "pests"
    FIRE_OR_WATER = "fire_or_water"
    RENOVATION = "renovation"
    STAFFING = "staffing"
    LICENCE = "licence"
    OTHER = "other"


OUTAGE_REASON_NAMES: Final[Mapping[OutageReason, Message]] = MappingProxyType(
    {
        OutageReason.REPAIR: N_("repair"),
        OutageReason.CLEANING: N_("deep cleaning"),
        OutageReason.PESTS: N_("pest control"),
        OutageReason.FIRE_OR_WATER: N_("damage by fire or water"),
        OutageReason.RENOVATION: N_("renovation"),
        OutageReason.STAFFING: N_("not enough staff"),
        OutageReason.LICENCE: N_("permit or agreement"),
        OutageReason.OTHER: N_("another reason"),
    }
)


class VoidKind(StrEnum):
    """Why a bed that stands there takes nobody on a night."""

    OUT_OF_SERVICE = "out_of_service"
    CLOSED = "closed"
    TURNAROUND = "turnaround"


VOID_KIND_NAMES: Final[Mapping[VoidKind, Message]] = MappingProxyType(
    {
        VoidKind.OUT_OF_SERVICE: N_("out of service"),
        VoidKind.CLOSED: N_("the site is closed"),
        VoidKind.TURNAROUND: N_("kept empty for cleaning"),
    }
)


@dataclass(frozen=True)
class Void:
    """Nights on which a bed takes nobody though it stands there. `stay_id` is the stay that cleaning belongs to."""

    kind: VoidKind
    nights: Nights
    reason: OutageReason | None = None
    stay_id: str | None = None


@dataclass(frozen=True)
class Outage:
    """One outage as it counts now; `room_id` and `bed_id` None is a whole site that is closed."""

    id: str
    site_id: str
    room_id: str | None
    bed_id: str | None
    reason: OutageReason
    from_on: date
    expected_until_on: date | None = None
    until_on: date | None = None

    def taken(self, today: date) -> Nights | None:
        """Answers which nights it takes; None where it takes none."""
        end = self.until_on
        if end is None and self.expected_until_on is not None:
            expected = self.expected_until_on
            end = None if expected < today else max(expected, next_night(today))
        nights = Nights(self.from_on, end)
        return None if nights.departure == nights.arrival else nights

    def is_overdue(self, today: date) -> bool:
        """Says whether it should have been over, and nobody put it back."""
        expected = self.expected_until_on
        return self.until_on is None and expected is not None and expected < today

    def void(self, today: date) -> Void | None:
        """Answers what this means for the beds it is about; None where it takes no night."""
        nights = self.taken(today)
        if nights is None:
            return None
        whole_site = self.room_id is None and self.bed_id is None
        kind = VoidKind.CLOSED if whole_site else VoidKind.OUT_OF_SERVICE
        return Void(kind, nights, self.reason)


def may_take_out(
    from_on: date, expected: date | None, cost_centre: str | None, today: date
) -> Decision:
    """Answers whether an outage can be recorded with these days and this cost centre."""
    recorded = _may_be_about(from_on, today)
    if not recorded:
        return recorded
    if expected is not None and expected <= from_on:
        return Refused(
            N_(
                "The expected end comes after the first night on %(day)s. Choose a later day, or leave it open.",
                day=from_on,
            )
        )
    if expected is not None and expected <= today:
        return Refused(
            N_("The expected end lies after today. Choose a later day, or leave it open.")
        )
    if cost_centre is not None and not _COST_CENTRE.fullmatch(cost_centre):
        return Refused(
            N_("A cost centre is a code of at most 20 letters, digits, dots, dashes and slashes.")
        )
    return Allowed()


def may_put_back(outage: Outage, on: date, today: date) -> Decision:
    """Answers whether an outage can have ended on this day: from its first night on, and not in the future."""
    if outage.until_on is not None:
        return Refused(N_("This was put back into service already."))
    if on < outage.from_on:
        return Refused(
            N_(
                "It was out of service from %(day)s on. Enter that day or a later one.",
                day=outage.from_on,
            )
        )
    if on > today:
        return Refused(
            N_("%(day)s lies in the future. Enter the day on which it can be slept in.", day=on)
        )
    return _may_be_about(on, today)


def _may_be_about(on: date, today: date) -> Decision:
    first = today - timedelta(days=BACKDATED_DAYS_AT_MOST)
    last = today + timedelta(days=AHEAD_DAYS_AT_MOST)
    if first <= on <= last:
        return Allowed()
    if on > last:
        return Refused(N_("This day lies more than two years ahead. Enter an earlier day."))
    return Refused(
        N_(
            "This can be recorded up to %(most)s days back: from %(first)s on. Choose that day or later.",
            most=BACKDATED_DAYS_AT_MOST,
            first=first,
        )
    )


def turnaround(stay: Nights, nights: int, stay_id: str) -> tuple[Void, ...]:
    """Answers which nights around a stay stay empty: after it for cleaning, and before it, so that whoever leaves
    earlier leaves time for theirs (rule B1)."""
    if nights <= 0:
        return ()
    gap = timedelta(days=nights)
    before = Void(VoidKind.TURNAROUND, Nights(stay.arrival - gap, stay.arrival), None, stay_id)
    if stay.departure is None:
        return (before,)
    after = Nights(stay.departure, stay.departure + gap)
    return before, Void(VoidKind.TURNAROUND, after, None, stay_id)
