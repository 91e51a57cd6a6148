"""Half-open stretches of nights: the day of arrival counts, the day of departure does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Nights:
    """The nights from `arrival` up to, not including, the night that begins on `departure`.

    No departure means that the stretch is still open. Raises ValueError when the departure lies
    before the arrival. Source: rule B1.
    """

    arrival: date
    departure: date | None = None

    def __post_init__(self) -> None:
        if self.departure is not None and self.departure < self.arrival:
            raise ValueError("the departure lies before the arrival")

    def covers(self, night: date) -> bool:
        """Answers whether the night that begins on this day belongs to the stretch."""
        return self.arrival <= night and (self.departure is None or night < self.departure)

    def overlaps(self, other: Nights) -> bool:
        """Answers whether the two stretches share a night."""
        mine = self.departure is None or other.arrival < self.departure
        theirs = other.departure is None or self.arrival < other.departure
        empty = self.arrival == self.departure or other.arrival == other.departure
        return mine and theirs and not empty

    def within(self, first: date, end: date) -> Nights:
        """Answers which nights of the stretch lie in `[first, end)`; always a closed stretch."""
        arrival = max(self.arrival, first)
        departure = end if self.departure is None else min(self.departure, end)
        return Nights(arrival, max(arrival, departure))

    @property
    def count(self) -> int:
        """How many nights; ValueError for an open stretch, whose length is not yet known."""
        if self.departure is None:
            raise ValueError("an open stretch has no number of nights yet")
        return (self.departure - self.arrival).days


def merged(stretches: Iterable[Nights]) -> tuple[Nights, ...]:
    """Answers with the same nights in stretches that do not touch; no night counts twice."""
    together: list[Nights] = []
    for stretch in sorted(stretches, key=lambda one: one.arrival):
        if stretch.departure is not None and stretch.count == 0:
            continue
        last = together[-1] if together else None
        if last is None or (last.departure is not None and last.departure < stretch.arrival):
            together.append(stretch)
        elif last.departure is not None:
            longer = None if stretch.departure is None else max(last.departure, stretch.departure)
            together[-1] = Nights(last.arrival, longer)
    return tuple(together)


def next_night(night: date) -> date:
    """Answers with the day on which the following night begins."""
    return night + timedelta(days=1)
