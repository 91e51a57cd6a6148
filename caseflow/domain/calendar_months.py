"""Counting in calendar months, clamped to the end of the month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Answers with the same-numbered day so many months later (negative: earlier), clamped.

    31 August 2024 and 18 months gives 28 February 2026. Source: rule C2, after Regulation 1182/71
    Art. 3(2)(c).
    """
    index = day.year * 12 + (day.month - 1) + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
