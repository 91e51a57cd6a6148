"""How full the beds will be in the coming weeks, from what is known and from what past weeks brought; and how wrong
such a forecast was before.

A forecast of one night: who is known to be there on it, plus what weeks before brought in without being known ahead,
minus who left without a planned day, never more than there are beds. It is about numbers of beds alone. Source: B6;
a departure nobody planned and a stay that goes on past its last day are why it shows its past error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.domain.nights import Nights, next_night

WEEKS_AHEAD: Final = 8
WEEKS_LOOKED_BACK: Final = 8
"""Weeks whose arrivals and departures are taken for what comes; and for which past forecasts are tried."""
A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class KnownStay:
    """Nights on a bed as far as a forecast may know them. `known_from` is the day on which they were written down."""

    arrival: date
    known_from: date
    planned_departure: date | None = None
    last_day: date | None = None
    """The last day of the term, where one runs and this reader may count with it."""
    departure: date | None = None
    departure_known_from: date | None = None

    def was(self, night: date) -> bool:
        """Answers whether somebody really slept there, by what is known now."""
        return Nights(self.arrival, self.departure).covers(night)

    def is_expected(self, night: date, asked_on: date) -> bool:
        """Answers what could be said on a day about a later night: there, unless an end was known or comes by rule."""
        if self.known_from > asked_on or night < self.arrival:
            return False
        end = self.end_known(asked_on)
        return end is None or night < end

    def end_known(self, asked_on: date) -> date | None:
        """The first free night, as far as it was known that day: a departure, a plan, or the end of the term.

        A plan or a term that has passed says nothing: nobody ended the stay (rules B2 and C4).
        """
        if self.departure is not None and (self.departure_known_from or self.departure) <= asked_on:
            return self.departure
        if self.planned_departure is not None and self.planned_departure > asked_on:
            return self.planned_departure
        if self.last_day is not None and self.last_day >= asked_on:
            return next_night(self.last_day)
        return None


@dataclass(frozen=True)
class Flow:
    """What weeks before brought, each week on average: arrivals, and departures that nobody had planned."""

    arrivals: float
    unplanned_departures: float


@dataclass(frozen=True)
class Forecast:
    """One night some weeks ahead: what is known, what is expected beside it, and how far off this was before."""

    night: date
    weeks_ahead: int
    known: int
    """Who is there or booked by what is known, of whom no departure is known."""
    leaving: int
    """Known to leave until then: planned."""
    limits: int
    """Known to reach the end of their term until then, without another plan."""
    expected: float
    beds: int
    error: float | None
    """By how many beds such a forecast was wrong before, on average; None where there is no past to try it on."""

    @property
    def occupied(self) -> int:
        """The forecast as a whole number of beds."""
        return min(self.beds, max(0, round(self.expected)))

    @property
    def free(self) -> int:
        """How many beds stay free by it."""
        return self.beds - self.occupied


def flow(stays: Iterable[KnownStay], asked_on: date, weeks: int = WEEKS_LOOKED_BACK) -> Flow:
    """Answers what the weeks before this day brought, by what was known on it."""
    first = asked_on - weeks * A_WEEK
    arrivals = unplanned = 0
    for stay in stays:
        known = max(stay.arrival, stay.known_from)
        if first <= stay.arrival < asked_on and known <= asked_on:
            arrivals += 1
        left, told = stay.departure, stay.departure_known_from or stay.departure
        if left is None or told is None or told > asked_on or not first <= left < asked_on:
            continue
        if stay.planned_departure is None or stay.planned_departure != left:
            unplanned += 1
    return Flow(arrivals / weeks, unplanned / weeks)


def expected(stays: Collection[KnownStay], asked_on: date, night: date, beds: int) -> float:
    """Answers how many beds are taken on a night, by what could be known on a day.

    Arrivals booked already are part of what a week brings, so they are not counted twice.
    """
    weeks = (night - asked_on).days / 7
    past = flow(stays, asked_on)
    known = [stay for stay in stays if stay.is_expected(night, asked_on)]
    booked = sum(stay.arrival > asked_on for stay in known)
    there = len(known) - booked
    coming = max(float(booked), past.arrivals * weeks)
    return float(min(beds, max(0.0, there + coming - past.unplanned_departures * weeks)))


def mean_error(
    stays: Collection[KnownStay], today: date, weeks_ahead: int, beds: int
) -> float | None:
    """Answers by how many beds a forecast so far ahead was wrong in past weeks, on average.

    Each is made anew from what had been written down by then, and compared with who really slept there. None where
    nothing was written down before the first of them.
    """
    errors = []
    for back in range(WEEKS_LOOKED_BACK):
        night = today - A_WEEK * (back + 1)
        asked_on = night - A_WEEK * weeks_ahead
        if not any(stay.known_from <= asked_on for stay in stays):
            continue
        really = sum(stay.was(night) for stay in stays)
        errors.append(abs(expected(stays, asked_on, night, beds) - really))
    return sum(errors) / len(errors) if errors else None


def forecast(
    stays: Sequence[KnownStay], today: date, beds_on: Sequence[int]
) -> tuple[Forecast, ...]:
    """Answers a forecast for each of the coming weeks; `beds_on` says how many beds there are on each of those nights.

    Raises ValueError for another number of weeks.
    """
    if len(beds_on) != WEEKS_AHEAD:
        raise ValueError("a number of beds belongs to each week")
    made = []
    for weeks, beds in enumerate(beds_on, start=1):
        night = today + A_WEEK * weeks
        here = [stay for stay in stays if stay.known_from <= today]
        ends = [(stay, stay.end_known(today)) for stay in here if _is_there_or_booked(stay, today)]
        gone = [stay for stay, end in ends if end is not None and end <= night]
        planned = sum(
            stay.planned_departure is not None and stay.planned_departure > today for stay in gone
        )
        made.append(
            Forecast(
                night,
                weeks,
                sum(stay.is_expected(night, today) for stay in here),
                planned,
                len(gone) - planned,
                expected(stays, today, night, beds),
                beds,
                mean_error(stays, today, weeks, max(beds_on)),
            )
        )
    return tuple(made)


def _is_there_or_booked(stay: KnownStay, today: date) -> bool:
    return stay.departure is None or stay.departure > today
