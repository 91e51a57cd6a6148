"""Clocks that run beside the stay clock: the Dublin claim, cover around a delivery, a child's 18th birthday (rule C5).

None of them shares a figure with a stay limit: a city may change its longest stay, and these do not move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.domain.calendar_months import months_after

DUBLIN_CLAIM_MONTHS: Final = 18
"""After so many calendar months a Dublin claim lapses. Source: Parool 2019, on the Dublin places of Amsterdam."""

PREGNANCY_COVER_WEEKS: Final = 6
"""On either side of the delivery. Sources: stichtinglos, lampion."""

AGE_OF_MAJORITY: Final = 18
MONTHS_IN_A_YEAR: Final = 12


@dataclass(frozen=True)
class DublinClaim:
    """A claim that another State examines the asylum application, running since a day."""

    since: date

    @property
    def lapses_on(self) -> date:
        """The last day of the claim: the same-numbered day 18 calendar months later, clamped."""
        return months_after(self.since, DUBLIN_CLAIM_MONTHS)

    def runs_on(self, day: date) -> bool:
        """Answers whether the claim runs on a day, its last day included."""
        return self.since <= day <= self.lapses_on


@dataclass(frozen=True)
class Delivery:
    """A delivery: expected first, and on its actual day once that is known."""

    expected_on: date
    actual_on: date | None = None

    @property
    def on(self) -> date:
        """The day that counts: the actual one as soon as it is known."""
        return self.expected_on if self.actual_on is None else self.actual_on


@dataclass(frozen=True)
class PregnancyCover:
    """The days around a delivery on which somebody is covered, both ends included."""

    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """Answers whether a day lies in the cover."""
        return self.first_day <= day <= self.last_day


def pregnancy_cover(delivery: Delivery) -> PregnancyCover:
    """Answers from when until when a pregnancy gives cover: six weeks either side of the delivery.

    The whole window moves when the actual day becomes known. Source: rule C5.
    """
    weeks = timedelta(weeks=PREGNANCY_COVER_WEEKS)
    return PregnancyCover(delivery.on - weeks, delivery.on + weeks)


def comes_of_age_on(born_on: date) -> date:
    """Answers on which day somebody turns 18; born on 29 February, that is 1 March.

    Source: rule C5. Years are counted complete: one that began on 29 February is complete once
    28 February is over.
    """
    same_day = months_after(born_on, AGE_OF_MAJORITY * MONTHS_IN_A_YEAR)
    return same_day if same_day.day == born_on.day else same_day + timedelta(days=1)


def asks_for_reassessment(born_on: date, last_assessed_on: date, today: date) -> bool:
    """Answers whether a child has come of age since somebody last assessed what it needs.

    An assessment on the birthday itself or later has seen an adult. Source: rule C5.
    """
    birthday = comes_of_age_on(born_on)
    return last_assessed_on < birthday <= today
