"""Counting in calendar months, clamped to the end of the month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MOST_CLAMPED: Final = 3
"""Days by which the end of a month may lie nearer: from the 31st to the 28th."""


def months_after(day: date, months: int) -> date:
    """Answers with the same-numbered day so many months later (negative: earlier), clamped.

    31 August 2024 and 18 months gives 28 February 2026. Source: rule C2, after Regulation 1182/71
    Art. 3(2)(c).
    """
    index = day.year * 12 + (day.month - 1) + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def latest_start(day: date, months: int) -> date:
    """Answers with the latest day that lies so many months before a day, or longer: the 31st as well as the 28th.

    A month after 28, 29, 30 and 31 January 2023 is 28 February, so of that day the answer is 31 January.
    """
    first = months_after(day, -months)
    clamped = (first + timedelta(days=extra) for extra in range(MOST_CLAMPED, 0, -1))
    return next((one for one in clamped if months_after(one, months) <= day), first)
