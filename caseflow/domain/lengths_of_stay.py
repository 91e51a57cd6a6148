"""How long a stay lasted, in calendar months and in the bands that figures count by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message

MONTHS_IN_A_YEAR: Final = 12


class StayBand(StrEnum):
    """How long a stay lasted, or has lasted so far. "Up to" a month means until that day, inclusive."""

    UP_TO_3 = "up_to_3"
    UP_TO_6 = "up_to_6"
    UP_TO_12 = "up_to_12"
    UP_TO_18 = "up_to_18"
    UP_TO_24 = "up_to_24"
    LONGER = "longer"


BAND_ENDS: Final = (3, 6, 12, 18, 24)
"""The last month of each band but the last, in order."""

STAY_BAND_NAMES: Final[Mapping[StayBand, Message]] = MappingProxyType(
    {
        StayBand.UP_TO_3: N_("up to 3 months"),
        StayBand.UP_TO_6: N_("more than 3, up to 6 months"),
        StayBand.UP_TO_12: N_("more than 6, up to 12 months"),
        StayBand.UP_TO_18: N_("more than 12, up to 18 months"),
        StayBand.UP_TO_24: N_("more than 18, up to 24 months"),
        StayBand.LONGER: N_("more than 24 months"),
    }
)
_BANDS: Final = tuple(StayBand)


def months_needed(first: date, last: date) -> int:
    """Answers with the least number of calendar months within which a day lies, counted from another.

    A day that lies m months later, clamped to the end of the month, is within m months (rule C2); the first day itself
    is within none. A day before the first one answers with a number below one.
    """
    months = (last.year - first.year) * MONTHS_IN_A_YEAR + last.month - first.month
    return months if last.day <= first.day else months + 1


def stay_band(entered_on: date, until: date) -> StayBand:
    """Answers in which band a stay lies that lasted until this day."""
    return _BANDS[bisect_left(BAND_ENDS, months_needed(entered_on, until))]
