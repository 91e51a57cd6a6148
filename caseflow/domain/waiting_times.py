"""How long people wait and what they are told, month by month: exact, for those who may see exact figures.

“No bed” and “no suitable bed” are different refusals of a request, and so are a person's own no and a bed that did not
fit after all: each is counted for itself and none is added to another (rule B10). Nothing here leaves the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from caseflow.domain.waiting import (
    OfferRefusal,
    RefusedBy,
    WaitingStep,
    WantedPlace,
    refused_by,
)

MONTHS: Final = 12
"""How many months are shown, this one among them."""


@dataclass(frozen=True)
class Waited:
    """How many days somebody waited for a kind of place, until today or until they had one."""

    wanted: WantedPlace
    days: int


@dataclass(frozen=True)
class WaitTime:
    """How long some people waited: how many they are, the median and the longest, in days."""

    people: int
    median_days: int | None
    longest_days: int | None


@dataclass(frozen=True)
class StepCount:
    """How often a step was recorded in a month, with its reason where it has one."""

    month: date
    """Its first day."""
    kind: WaitingStep
    reason: str | None
    count: int


@dataclass(frozen=True)
class MonthOfWaiting:
    """What was asked and answered in one month."""

    month: date
    asked: int
    placed: int
    offered: int
    refused_by_person: int
    did_not_fit: int
    no_bed: int
    no_suitable_bed: int
    removed: int


def wait_time(days: Iterable[int]) -> WaitTime:
    """The median, rounded up to a whole day, and the longest; of nobody there is neither."""
    known = sorted(days)
    if not known:
        return WaitTime(0, None, None)
    return WaitTime(len(known), -int(-median(known) // 1), known[-1])


def by_kind(waited: Iterable[Waited]) -> Mapping[WantedPlace, WaitTime]:
    """How long people wait for each kind of place that somebody waits for."""
    known = tuple(waited)
    found = {
        kind: wait_time(one.days for one in known if one.wanted is kind) for kind in WantedPlace
    }
    return {kind: time for kind, time in found.items() if time.people}


def months_until(today: date) -> tuple[date, ...]:
    """The first days of the months that are shown, this month first."""
    found, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        found.append(first)
        year, month = (first.year, first.month - 1) if first.month > 1 else (first.year - 1, 12)
        first = date(year, month, 1)
    return tuple(found)


def by_month(counts: Iterable[StepCount], months: Iterable[date]) -> tuple[MonthOfWaiting, ...]:
    """What was asked and answered in each of these months; one in which nothing happened is there with noughts."""
    known = tuple(counts)
    return tuple(_month(one, [count for count in known if count.month == one]) for one in months)


def _month(month: date, counts: Iterable[StepCount]) -> MonthOfWaiting:
    told: dict[WaitingStep, int] = {}
    who: dict[RefusedBy, int] = {}
    for one in counts:
        told[one.kind] = told.get(one.kind, 0) + one.count
        if one.kind is WaitingStep.REFUSED and one.reason is not None:
            by = refused_by(OfferRefusal(one.reason))
            who[by] = who.get(by, 0) + one.count
    return MonthOfWaiting(
        month,
        asked=told.get(WaitingStep.ENTERED, 0),
        placed=told.get(WaitingStep.PLACED, 0),
        offered=told.get(WaitingStep.OFFERED, 0),
        refused_by_person=who.get(RefusedBy.CLIENT, 0),
        did_not_fit=who.get(RefusedBy.NO_FIT, 0),
        no_bed=told.get(WaitingStep.NO_BED, 0),
        no_suitable_bed=told.get(WaitingStep.NO_SUITABLE_BED, 0),
        removed=told.get(WaitingStep.REMOVED, 0),
    )
