"""One stay of one person in one programme, as the figures need it: coded, dated, nothing else."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.outcomes import Outcome

OutcomeKey = tuple[str, str | None]
"""An outcome code and its ground."""
UNKNOWN: Final = "unknown"
"""The code of a gender or age band that nobody recorded."""


class LimitStatus(StrEnum):
    """How an episode stands, or stood at its end, against the longest stay; the later ones went further."""

    NO_LIMIT = "no_limit"
    UNKNOWN = "unknown"
    WITHIN = "within"
    EXTENDED = "extended"
    REACHED = "reached"
    REACHED_AND_EXTENDED = "reached_and_extended"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was found so many months after an exit: the solution held, did not, or is not known.

    `found_on` is the day it was found out; None where it is not known apart from the day it was recorded.
    """

    months: int
    still_solved: bool | None
    recorded_on: date
    found_on: date | None = None

    def known_by(self, cut_off: date, known_on: date | None) -> bool:
        """Answers whether it was found by the cut-off, and recorded by a day (None: by now)."""
        found_on = self.recorded_on if self.found_on is None else self.found_on
        return found_on <= cut_off and (known_on is None or self.recorded_on <= known_on)


@dataclass(frozen=True, slots=True)
class Episode:
    """One stay of one person in one programme.

    `recorded_on` and `exit_recorded_on` are the days on which the entry and the exit became known;
    they answer "as known on". `permanent_stay_assured` is asked of onward migration alone. `gender` and
    `age_band` are codes as recorded at registration; `limit` is how it stood by the cut-off or at its end.
    """

    person: Hashable
    programme: str
    entered_on: date
    exited_on: date | None
    outcome: str | None
    basis: str | None
    recorded_on: date
    exit_recorded_on: date | None
    permanent_stay_assured: bool = True
    is_test: bool = False
    follow_ups: tuple[FollowUp, ...] = ()
    gender: str = UNKNOWN
    age_band: str = UNKNOWN
    limit: LimitStatus = LimitStatus.UNKNOWN

    def known_by(self, day: date | None) -> bool:
        """Answers whether this episode counts at all, as known on a day (None: as known now)."""
        return not self.is_test and (day is None or self.recorded_on <= day)

    def ended_by(self, cut_off: date, known_on: date | None) -> bool:
        """Answers whether it ended on or before the cut-off, as far as was known on a day."""
        if self.exited_on is None or self.exited_on > cut_off:
            return False
        if known_on is None:
            return True
        return (self.exit_recorded_on or self.recorded_on) <= known_on

    @property
    def counted_as(self) -> OutcomeKey:
        """Answers under which outcome and ground it counts.

        Onward migration without an assured permanent stay counts as another outcome; an end
        without a recorded outcome as not known. Source: the LVV definition of durable outcomes.
        """
        if self.outcome is None:
            return Outcome.UNKNOWN.value, None
        if self.outcome == Outcome.ONWARD_MIGRATION and not self.permanent_stay_assured:
            return Outcome.OTHER.value, None
        return str(self.outcome), None if self.basis is None else str(self.basis)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A repeat asylum application that was decided, granted or not, for someone in a programme."""

    person: Hashable
    programme: str
    decided_on: date
    granted: bool
    recorded_on: date
    is_test: bool = False
