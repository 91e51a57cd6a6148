"""How long a programme lets someone stay, and the last day that follows (rules C1 to C3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseflow.domain.calendar_months import months_after
from caseflow.domain.nights import Nights, merged

DAYS_IN_A_WEEK = 7
FIRST_WEEKEND_DAY = 5  # Saturday, counting Monday as 0


class StartEvent(StrEnum):
    """Which of the four dates of a case starts the term; all four are kept."""

    APPLICATION = "application"
    SHELTER = "shelter"
    ADMISSION = "admission"
    PATHWAY_START = "pathway_start"


class WeekendRule(StrEnum):
    """What happens when the last day falls on a Saturday or Sunday."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


class ReentryRule(StrEnum):
    """Whether nights of earlier episodes in the programme count when someone comes back."""

    CUMULATIVE = "cumulative"
    RESTART = "restart"


class AbsenceKind(StrEnum):
    """Why someone is away for some nights; the programme says which kinds pause the clock."""

    LEAVE = "leave"
    HOSPITAL = "hospital"
    DETENTION = "detention"
    FAMILY = "family"
    OTHER = "other"
    TIME_OUT = "time_out"
    UNANNOUNCED = "unannounced"


@dataclass(frozen=True)
class Absence:
    """Nights someone was away, and why; without a departure it is still running."""

    kind: AbsenceKind
    nights: Nights


@dataclass(frozen=True)
class MissingRule:
    """When somebody who is away unannounced may be thought to have left: after nights, and attempts to reach them.

    Nobody is thought to have left without both. Raises ValueError for fewer than one of either. Source: rule B13.
    """

    nights: int = 14
    attempts: int = 2

    def __post_init__(self) -> None:
        if self.nights < 1 or self.attempts < 1:
            raise ValueError("somebody is missing after a night and an attempt at least")


@dataclass(frozen=True)
class Term:
    """One person's term in one programme, from the day that starts it to its last day.

    `last_day` is the latest departure: the night that begins on it lies beyond the term.
    `paused` are the nights that lengthened the term, merged, so that none counts twice.
    """

    start: date
    last_day: date
    paused: tuple[Nights, ...] = ()

    def paused_before(self, day: date) -> int:
        """How many nights of the term were paused before the night that begins on this day."""
        return sum(pause.within(self.start, max(day, self.start)).count for pause in self.paused)


@dataclass(frozen=True)
class StayLimit:
    """A programme's rule on how long a stay may last; `months` None is no limit, which is not zero.

    `near_months` says how many calendar months before the last day an extension may be proposed.
    Raises ValueError for a number of months that is not above 0. Source: rules C1 and C2.
    """

    months: int | None = None
    start_event: StartEvent = StartEvent.SHELTER
    weekend: WeekendRule = WeekendRule.NONE
    reentry: ReentryRule = ReentryRule.CUMULATIVE
    pauses: frozenset[AbsenceKind] = frozenset()
    near_months: int = 3

    def __post_init__(self) -> None:
        if self.months is not None and self.months <= 0:
            raise ValueError("a limit is a number of months above 0; None says there is no limit")
        if self.near_months <= 0:
            raise ValueError("near the limit begins a number of months above 0 before it")

    def term(
        self, starting: date, pauses: Iterable[Nights] = (), nights_used_before: int = 0
    ) -> Term:
        """Answers when a term that starts on this day ends.

        The starting day is not counted; the months are clamped to the month's end; then nights of
        earlier episodes are subtracted and nights of closed pauses added, and last the weekend rule
        is applied. A pause that begins once the term is over changes nothing: there was no clock
        left to pause. Raises ValueError where there is no limit and for a negative number of
        earlier nights. Source: rules C2 and C3.
        """
        if self.months is None:
            raise ValueError("a programme without a limit has no term")
        if nights_used_before < 0:
            raise ValueError("nights used before are a number of 0 or more")
        last_day = months_after(starting, self.months) - timedelta(days=nights_used_before)
        counted: list[Nights] = []
        for pause in merged(pauses):
            if pause.departure is None:
                raise ValueError("close a running pause on the day of asking")
            inside = pause.within(starting, max(starting, pause.departure))
            if inside.count == 0 or inside.arrival >= last_day:
                continue
            counted.append(inside)
            last_day += timedelta(days=inside.count)
        return Term(starting, self._working_day(last_day), tuple(counted))

    def pauses_of(self, absences: Iterable[Absence], until: date) -> tuple[Nights, ...]:
        """Answers which nights before the one that begins on `until` pause the clock.

        A pause that still runs counts with the nights it has lasted so far.
        """
        return merged(
            absence.nights.within(absence.nights.arrival, max(until, absence.nights.arrival))
            for absence in absences
            if absence.kind in self.pauses
        )

    def _working_day(self, day: date) -> date:
        if self.weekend is WeekendRule.NONE or day.weekday() < FIRST_WEEKEND_DAY:
            return day
        return day + timedelta(days=DAYS_IN_A_WEEK - day.weekday())
