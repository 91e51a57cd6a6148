"""How points of the waiting list add up, line by line, by criteria that have a version, a date and a source.

Nobody gives points by hand. Whoever sees the total sees each line of it, and the version that says why. The order is
by points, then by the day of entry; nobody is told who stands before or after them (rule B10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.validities import Validity
from caseflow.domain.waiting import GROUND_NAMES, Entry, Ground, OfferTerms, WantedPlace

Order = tuple[int, date, datetime, str]


class Criterion(StrEnum):
    """What can give points. Everything here may be seen by whoever places people; nothing else can give a point."""

    STREET = "street"
    UNSAFE = "unsafe"
    CHILD = "child"
    NEEDS = "needs"
    MEDICAL = "medical"
    DAYS = "days"


CRITERION_NAMES: Final[Mapping[Criterion, Message]] = MappingProxyType(
    {
        Criterion.STREET: GROUND_NAMES[Ground.STREET],
        Criterion.UNSAFE: GROUND_NAMES[Ground.UNSAFE],
        Criterion.CHILD: GROUND_NAMES[Ground.CHILD],
        Criterion.NEEDS: N_("needs something of a bed or room"),
        Criterion.MEDICAL: N_("a place with medical care is asked"),
        Criterion.DAYS: N_("waits since a while"),
    }
)


@dataclass(frozen=True)
class CriterionPoints:
    """What one criterion gives. Of days waited it gives its points for every so many, up to a most."""

    criterion: Criterion
    points: int
    every_days: int = 1
    at_most: int | None = None


@dataclass(frozen=True)
class PointsVersion:
    """A table of points: since when it holds, for which programmes (none named: for all), and who says so."""

    id: str
    validity: Validity
    programmes: frozenset[str]
    criteria: tuple[CriterionPoints, ...]
    source: Label
    confirmed: bool = False


@dataclass(frozen=True)
class WaitingRules:
    """What is configured of the waiting list."""

    ask_again_days: int
    offer: OfferTerms
    look_again_after: int
    """After so many offers that somebody turned down, the page asks to look again at what is asked; nothing else."""
    versions: tuple[PointsVersion, ...]

    def version_on(self, programme: str, day: date) -> PointsVersion:
        """The table of points that holds for a programme on a day: one that names it before one for all.

        Before the first one began, the first one counts: points are only ever compared on one day.
        """
        for named in (True, False):
            fitting = [
                one
                for one in self.versions
                if (programme in one.programmes if named else not one.programmes)
            ]
            for one in fitting:
                if one.validity.covers(day):
                    return one
        return min(
            (one for one in self.versions if not one.programmes),
            key=lambda one: one.validity.valid_from,
        )


@dataclass(frozen=True)
class PointsLine:
    """One line of the sum: the criterion, how many points it gives, and for days how many days it counts."""

    criterion: Criterion
    points: int
    days: int | None = None


@dataclass(frozen=True)
class Points:
    """The sum of one person, as it stands on the screen."""

    version: PointsVersion
    lines: tuple[PointsLine, ...]

    @property
    def total(self) -> int:
        """The lines, added up: there is no other way to a total."""
        return sum(line.points for line in self.lines)


def points(version: PointsVersion, entry: Entry, has_needs: bool, today: date) -> Points:
    """Answers which points somebody has today. `has_needs`: something is recorded that they need of a bed."""
    days = entry.days_waiting(today)
    lines = []
    for one in version.criteria:
        if one.criterion is Criterion.DAYS:
            given = one.points * (days // one.every_days)
            given = given if one.at_most is None else min(given, one.at_most)
            if given:
                lines.append(PointsLine(one.criterion, given, days))
        elif _holds(one.criterion, entry, has_needs):
            lines.append(PointsLine(one.criterion, one.points))
    return Points(version, tuple(lines))


def _holds(criterion: Criterion, entry: Entry, has_needs: bool) -> bool:
    if criterion is Criterion.NEEDS:
        return has_needs
    if criterion is Criterion.MEDICAL:
        return entry.wanted is WantedPlace.MEDICAL
    return Ground(criterion.value) in entry.grounds


def order(entry: Entry, total: int, recorded_at: datetime, entry_id: str) -> Order:
    """The key by which the list is ordered: most points first, then who waits longest, then who was entered first."""
    return (-total, entry.entered_on, recorded_at, entry_id)


class Band(StrEnum):
    """Roughly where somebody stands; a number would tell when somebody else comes, goes or is restricted."""

    FRONT = "front"
    NEAR = "near"
    MIDDLE = "middle"
    BACK = "back"


BAND_NAMES: Final[Mapping[Band, Message]] = MappingProxyType(
    {
        Band.FRONT: N_("among the first ten"),
        Band.NEAR: N_("among the first twenty-five"),
        Band.MIDDLE: N_("among the first fifty"),
        Band.BACK: N_("further back than fifty"),
    }
)
_BANDS: Final = ((10, Band.FRONT), (25, Band.NEAR), (50, Band.MIDDLE))


def band(own: Order, others: Iterable[Order]) -> Band:
    """Answers roughly where somebody stands among the others who wait, by the same order as the list."""
    before = sum(other < own for other in others)
    return next((found for most, found in _BANDS if before < most), Band.BACK)
