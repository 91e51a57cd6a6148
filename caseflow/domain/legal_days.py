"""The last day of a term of law: never a Saturday, a Sunday or a generally recognised holiday.

Source: Algemene termijnenwet, art. 1 (a term that ends on such a day goes on until the next day that is none) and
art. 3 (which days those are; Good Friday by its second paragraph).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_SUNDAY: Final = 6
_FIXED: Final = frozenset({(1, 1), (5, 5), (12, 25), (12, 26)})
_FROM_EASTER: Final = frozenset(timedelta(days=days) for days in (-2, 1, 39, 50))
"""Good Friday, Easter Monday, Ascension Day and Whit Monday, counted from Easter Sunday."""


def last_day(counted_from: date, weeks: int) -> date:
    """Answers the last day of a term that begins on the day after the one it counts from."""
    day = counted_from + timedelta(weeks=weeks)
    while is_free(day):
        day += _DAY
    return day


def is_free(day: date) -> bool:
    """Answers whether no term of law ends on this day."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return True
    return day - easter(day.year) in _FROM_EASTER or day == kings_day(day.year)


def kings_day(year: int) -> date:
    """Answers on which day the King's birthday is kept: 27 April, or the day before where that is a Sunday."""
    day = date(year, 4, 27)
    return day - _DAY if day.weekday() == _SUNDAY else day


def easter(year: int) -> date:
    """Answers on which day Easter Sunday falls (the Gregorian reckoning of 1582, in the form of 1876)."""
    golden, (century, in_century) = year % 19, divmod(year, 100)
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    quarter, after = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - after) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
