"""How soon people leave, and how: the share of each way out within so many months, the other ways competing.

People who are still in count for as long as they have been in (censored), so that a young programme is not taken for a
slow one. Exact, and for those inside: what is published is counted from printed counts (`printed_incidences`).
Source: Aalen and Johansen 1978.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from caseflow.domain.episodes import OutcomeKey
from caseflow.domain.indicators import ExitsAmong, Indicators
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.tallies import STILL_IN, TRANSFERRED

DAYS_IN_A_MONTH: Final = Fraction(1461, 48)
"""A twelfth of the mean year: curves run in days, and are read off at whole months."""
PUBLISHED_MONTHS: Final = (6, 12, 18, 24)
"""The only moments at which a publication says it."""
MONTHS_SHOWN: Final = tuple(range(37))
"""The months of a curve for those inside."""

Durations = Mapping[OutcomeKey, Counter[int]]


@dataclass(frozen=True)
class Incidence:
    """The share of all who entered that left in each way within so many months.

    `at_risk` is how many were still in, and observed, on the day it is read off. Beyond the longest observation nothing
    is known: there is no month.
    """

    months: tuple[int, ...]
    shares: Mapping[OutcomeKey, tuple[float, ...]]
    at_risk: tuple[int, ...]

    def among(self, outcomes: Collection[OutcomeKey]) -> tuple[float, ...]:
        """Answers with the share that left in any of these ways; an outcome without ground means any ground."""
        wanted = [
            share
            for (outcome, basis), share in self.shares.items()
            if (outcome, basis) in outcomes or (outcome, None) in outcomes
        ]
        return tuple(sum(share[place] for share in wanted) for place in range(len(self.months)))

    def besides(self, outcomes: Collection[OutcomeKey]) -> tuple[float, ...]:
        """Answers with the share that left in any other way, moving to another city not among them."""
        known = self.among({*outcomes, TRANSFERRED})
        return tuple(gone - some for gone, some in zip(self._left, known, strict=True))

    @property
    def transferred(self) -> tuple[float, ...]:
        """Answers with the share that went on in another city."""
        return self.among({TRANSFERRED})

    @property
    def still_in(self) -> tuple[float, ...]:
        """Answers with the share that had not left."""
        return tuple(max(0.0, 1 - gone) for gone in self._left)

    @property
    def _left(self) -> tuple[float, ...]:
        places = range(len(self.months))
        return tuple(sum(share[place] for share in self.shares.values()) for place in places)


def day_of(months: int) -> int:
    """Answers on which day of a stay a curve is read off for so many months."""
    return round(months * DAYS_IN_A_MONTH)


def observed(durations: Durations, months: Iterable[int]) -> tuple[int, ...]:
    """Answers with the months that somebody was observed for; after the last end of all stays nothing changes.

    As long as somebody is still in, the months end with the longest observation.
    """
    longest = max((day for lasted in durations.values() for day in lasted), default=-1)
    longest_in = max(durations.get(STILL_IN, ()), default=-1)
    return tuple(
        m for m in months if day_of(m) <= longest or (longest_in < longest and longest >= 0)
    )


def at_risk(durations: Durations, months: Iterable[int]) -> tuple[int, ...]:
    """Answers how many stays lasted at least until each of these months."""
    days: Counter[int] = Counter()
    for lasted in durations.values():
        days.update(lasted)
    return tuple(
        sum(count for day, count in days.items() if day >= day_of(one)) for one in months
    )  # fmt: skip


@dataclass(frozen=True)
class WayOut:
    """One way in which people leave, and the share that did within each of the months."""

    id: str
    label: Label | Message
    shares: tuple[float, ...]


@dataclass(frozen=True)
class TimeToSolution:
    """How soon people leave and how, exact, for those inside; in every month the ways add up to everybody.

    `at_risk` is how many were observed for so long: with few left, a curve says little.
    """

    as_of: date
    known_on: date | None
    months: tuple[int, ...]
    ways: tuple[WayOut, ...]
    at_risk: tuple[int, ...]

    def at(self, months: Iterable[int]) -> tuple[tuple[int, int, tuple[float, ...]], ...]:
        """Answers with each of these months that was observed: how many at risk, and the share of every way."""
        wanted = set(months)
        columns = zip(*(way.shares for way in self.ways), strict=True)
        return tuple(
            (month, observed, shares)
            for month, observed, shares in zip(self.months, self.at_risk, columns, strict=True)
            if month in wanted
        )


def time_to_solution(
    found: Incidence, indicators: Indicators, as_of: date, known_on: date | None
) -> TimeToSolution:
    """Answers with the ways that the indicators tell apart, the rest, who moved, and who is still in."""
    ways: list[WayOut] = []
    told: set[OutcomeKey] = set()
    for name in indicators.ways:
        numerator = indicators[name].numerator
        if isinstance(numerator, ExitsAmong):
            told |= numerator.outcomes
            ways.append(WayOut(name, indicators[name].label, found.among(numerator.outcomes)))
    ways += [
        WayOut("no_solution", N_("Left without a solution"), found.besides(told)),
        WayOut("transferred", N_("Went on in another city's programme"), found.transferred),
        WayOut("still_in", N_("Still in"), found.still_in),
    ]
    return TimeToSolution(as_of, known_on, found.months, tuple(ways), found.at_risk)
