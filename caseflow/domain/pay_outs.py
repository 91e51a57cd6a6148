"""Pay-outs of living allowances: what an allowance comes to in some days, what a run pays, and what it puts right.

A run pays the allowances of a programme until a day and is never changed afterwards. An allowance that ended earlier
than was known, or was recorded in error, is put right by a line of its own in the next run. Decision 0156.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

DAYS_OF_A_WEEK: Final = 7
RUN_DAYS_AT_MOST: Final = 31
RUN_DAYS_AHEAD: Final = 31
FIRST_RUN_DAYS_BACK: Final = 92
"""Before the first run of a programme somebody else paid: further back than a quarter is a slip in the year."""
WEEKLY_CENTS_AT_MOST: Final = 500_00
"""No allowance of these programmes comes near it; beyond it a comma was forgotten."""
A_DAY: Final = timedelta(days=1)


class LineKind(StrEnum):
    """What a line of a run is: days that are paid, or earlier ones that are put right."""

    DUE = "due"
    CORRECTION = "correction"


LINE_NAMES: Final[Mapping[LineKind, Message]] = MappingProxyType(
    {LineKind.DUE: N_("Allowance"), LineKind.CORRECTION: N_("Correction")}
)


@dataclass(frozen=True, order=True)
class Period:
    """Days that are paid together: from the first, until the first that is not paid any more."""

    from_on: date
    until_on: date

    @property
    def last_day(self) -> date:
        return self.until_on - A_DAY

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days


@dataclass(frozen=True)
class Entitlement:
    """An allowance as it is known today: so much a week, from one day until another, or still running.

    One that was recorded in error entitles to nothing.
    """

    allowance_id: str
    case_id: str
    weekly_cents: int
    from_on: date
    until_on: date | None = None
    is_mistaken: bool = False

    def cents_in(self, period: Period) -> int:
        """Answers what the days of a period come to, in whole cents.

        A day is a seventh of a week. What is due from the first day of the allowance until a day is rounded to the
        nearest cent (a seventh is never half a cent), and a period is the difference of two such sums: so the parts of
        any stretch add up to the whole, to the cent.
        """
        return self._until(period.until_on) - self._until(period.from_on)

    def _until(self, day: date) -> int:
        if self.is_mistaken:
            return 0
        end = day if self.until_on is None else min(day, self.until_on)
        days = max(0, (end - self.from_on).days)
        return (2 * self.weekly_cents * days + DAYS_OF_A_WEEK) // (2 * DAYS_OF_A_WEEK)


@dataclass(frozen=True)
class Line:
    """What was booked for some days of an allowance; a correction names the line that it puts right."""

    kind: LineKind
    allowance_id: str
    period: Period
    cents: int
    corrects: str | None = None
    id: str = ""
    """Empty while the line is only proposed."""


@dataclass(frozen=True)
class CaseAccount:
    """What one case gets in a run: its new lines, and what earlier runs left over or paid too much."""

    case_id: str
    lines: tuple[Line, ...]
    carried: int = 0

    @property
    def balance(self) -> int:
        return self.carried + sum(line.cents for line in self.lines)

    @property
    def to_hand(self) -> int:
        """The amount of the slip; nobody is asked for money, so it is never below nought."""
        return max(0, self.balance)

    @property
    def paid_too_much(self) -> int:
        """What stays to be taken off the next slips."""
        return max(0, -self.balance)


def new_lines(
    entitled: Entitlement, booked: Iterable[Line], begins_on: date, until_on: date
) -> tuple[Line, ...]:
    """Answers what a run until a day adds for one allowance: corrections of earlier lines, then the days not paid yet.

    `booked` are all lines of this allowance, `begins_on` is the first day of the first run of the programme.
    """
    earlier = list(booked)
    settled: dict[str, int] = defaultdict(int)
    for line in earlier:
        settled[line.corrects or line.id] += line.cents
    paid = sorted(
        (line for line in earlier if line.kind is LineKind.DUE), key=lambda line: line.period
    )
    lines = [
        Line(LineKind.CORRECTION, entitled.allowance_id, line.period, difference, line.id)
        for line in paid
        if (difference := entitled.cents_in(line.period) - settled[line.id])
    ]
    first = max([entitled.from_on, begins_on, *(line.period.until_on for line in paid)])
    end = until_on if entitled.until_on is None else min(until_on, entitled.until_on)
    if first < end and (cents := entitled.cents_in(Period(first, end))):
        lines.append(Line(LineKind.DUE, entitled.allowance_id, Period(first, end), cents))
    return tuple(lines)


def fingerprint(accounts: Sequence[CaseAccount]) -> str:
    """What a preview showed, as a short code: a run is fixed as it was seen, or seen again."""
    told = [
        (one.case_id, one.carried, [(line.allowance_id, line.period, line.cents) for line in one.lines])
        for one in accounts
    ]  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()


def may_run(period: Period, paid_until: date | None, today: date) -> Decision:
    """Answers whether a run can pay these days; `paid_until` is the first day that no run of the programme paid yet."""
    if period.until_on <= period.from_on:
        return Refused(N_("The last day lies before the first. Change one of the two."))
    if period.days > RUN_DAYS_AT_MOST:
        return Refused(
            N_("A run pays at most %(most)s days. Choose an earlier last day.", most=RUN_DAYS_AT_MOST)
        )  # fmt: skip
    if period.last_day > today + timedelta(days=RUN_DAYS_AHEAD):
        return Refused(
            N_("%(day)s is too far ahead. Pay at most %(most)s days ahead.",
               day=period.last_day, most=RUN_DAYS_AHEAD)
        )  # fmt: skip
    if paid_until is None:
        earliest = today - timedelta(days=FIRST_RUN_DAYS_BACK)
        if period.from_on < earliest:
            return Refused(
                N_("The first run begins on %(day)s or later. Check the year.", day=earliest)
            )
    elif period.from_on < paid_until:
        return Refused(
            N_("The days before %(day)s were paid out already. Begin on that day.", day=paid_until)
        )
    elif period.from_on > paid_until:
        return Refused(
            N_("Nobody was paid yet for %(day)s. Begin on that day, so that no day is left out.",
               day=paid_until)
        )  # fmt: skip
    return Allowed()


def may_set(weekly_cents: int) -> Decision:
    """Answers whether an allowance can come to so much a week."""
    if weekly_cents <= 0:
        return Refused(N_("Give an amount per week above zero."))
    if weekly_cents > WEEKLY_CENTS_AT_MOST:
        most = WEEKLY_CENTS_AT_MOST // 100
        return Refused(
            N_("That is more than %(most)s euros a week. Check the amount.", most=most)
        )  # fmt: skip
    return Allowed()
