"""Plays what happened in the order in which it happened, so that the record reads like two years of work."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count

from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import Message
from caseflow.services.gatekeeping import CaseIsOver

Happening = Callable[[datetime], None]


class Days:
    """A calendar of happenings; each may put further ones on it, none later than today."""

    def __init__(self, until: datetime) -> None:
        self._until = until
        self._waiting: list[tuple[datetime, int, Happening]] = []
        self._order = count()
        self.played = 0
        self.refusals: list[Message] = []

    def on(self, day: date, happening: Happening, hour: int = 10) -> None:
        """Puts something on a day; what lies ahead of today is dropped, for it has not happened."""
        number = next(self._order)
        moment = datetime.combine(day, time(hour), AMSTERDAM) + timedelta(seconds=number % 3000)
        if moment <= self._until:
            heapq.heappush(self._waiting, (moment, number, happening))

    def play(self, told: Callable[[date], None]) -> None:
        """Plays everything in order; `told` hears the first day of each month."""
        month = None
        while self._waiting:
            moment, _, happening = heapq.heappop(self._waiting)
            day = moment.date()
            if (day.year, day.month) != month:
                month = (day.year, day.month)
                told(day)
            try:
                happening(moment)
            except CaseIsOver as over:  # who had a note to write found the case closed that morning
                self.refusals.append(over.refused.reason)
            self.played += 1
