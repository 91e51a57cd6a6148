"""Bath and bread: what a site gives out on a day, as a count of each kind, and never to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class ServiceKind(StrEnum):
    """What a site gives out, in the order of its page."""

    MEAL = "meal"
    SHOWER = "shower"
    LAUNDRY = "laundry"
    CLOTHING = "clothing"
    TRAVEL_TICKET = "travel_ticket"
    DAY_ROOM = "day_room"


SERVICE_NAMES: Final[Mapping[ServiceKind, Message]] = MappingProxyType(
    {
        ServiceKind.MEAL: N_("Meal"),
        ServiceKind.SHOWER: N_("Shower"),
        ServiceKind.LAUNDRY: N_("Laundry"),
        ServiceKind.CLOTHING: N_("Clothing"),
        ServiceKind.TRAVEL_TICKET: N_("Travel ticket"),
        ServiceKind.DAY_ROOM: N_("Day room"),
    }
)

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
"""For so long one takes back one's own last count by one tap; later a mistake is corrected by a number."""
AT_ONCE_AT_MOST: Final = 500
"""More than a site gives out of one thing on one day; beyond it a finger slipped."""
DAYS_BACK: Final = 7
"""So many days back a forgotten count is still recorded: longer ago, nobody remembers it."""


NOTHING_TO_TAKE_BACK: Final = Refused(
    N_(
        "There is nothing of yours from the last %(minutes)s minutes to take back. "
        "Correct the count with a number instead.",
        minutes=TAKEN_BACK_WITHIN // timedelta(minutes=1),
    )
)


@dataclass(frozen=True)
class Count:
    """So many of one kind on one day; below nought where it takes off what was counted too often."""

    kind: ServiceKind
    day: date
    number: int


def may_count(asked: Count, counted: int, today: date) -> Decision:
    """Whether this count can be recorded where so many were counted on that day already."""
    if asked.day > today:
        return Refused(N_("This day has not come yet. Choose today or an earlier day."))
    if asked.day < today - timedelta(days=DAYS_BACK):
        return Refused(
            N_("This is too long ago. Choose a day of the last %(days)s days.", days=DAYS_BACK)
        )
    if not 0 < abs(asked.number) <= AT_ONCE_AT_MOST:
        return Refused(N_("Enter a number from 1 to %(most)s.", most=AT_ONCE_AT_MOST))
    if counted + asked.number < 0:
        return Refused(
            N_(
                "Only %(counted)s were counted on that day. Take off that many at most.",
                counted=counted,
            )
        )
    return Allowed()


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, by its first day."""

    first: date

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month(months_after(self.first, 1))

    @property
    def previous(self) -> Month:
        return Month(months_after(self.first, -1))

    @property
    def code(self) -> str:
        """The month as an address spells it: 2026-11."""
        return self.first.isoformat()[:7]


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.replace(day=1))


def read_month(text: str) -> Month | None:
    """The month that is spelled `2026-11`; None for anything else, and for years that nobody counted in."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    return Month(date(int(found[1]), int(found[2]), 1)) if found else None


@dataclass(frozen=True)
class MonthOfServices:
    """A month of one site: the days on which something was counted, and the sum of each kind."""

    days: Mapping[date, Mapping[ServiceKind, int]]

    def on(self, day: date, kind: ServiceKind) -> int:
        return self.days[day].get(kind, 0)

    def sum_of(self, kind: ServiceKind) -> int:
        return sum(one.get(kind, 0) for one in self.days.values())

    @property
    def sums(self) -> tuple[int, ...]:
        """The sum of each kind, in the order of the kinds; kinds are not added up, for they are not alike."""
        return tuple(self.sum_of(kind) for kind in ServiceKind)


def month_of_services(counts: Iterable[Count]) -> MonthOfServices:
    """The counts of a month by day and kind, days in their order; what was taken back in full is left out."""
    days: dict[date, dict[ServiceKind, int]] = {}
    for one in sorted(counts, key=lambda count: count.day):
        kinds = days.setdefault(one.day, {})
        kinds[one.kind] = kinds.get(one.kind, 0) + one.number
    return MonthOfServices({day: kinds for day, kinds in days.items() if any(kinds.values())})
