"""The clock in the house: in which month the last days of many stays fall, and which stays lie beyond their term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.messages import N_, Message
from caseflow.domain.stay import StayClock, StayState

MONTHS_AHEAD: Final = 12


class Standing(StrEnum):
    """How a stay stands against its last day, as the house looks at it."""

    AHEAD = "ahead"
    UNDECIDED = "undecided"
    AGREED = "agreed"
    CONTINUED = "continued"


STANDING_NAMES: Final[Mapping[Standing, Message]] = MappingProxyType(
    {
        Standing.AHEAD: N_("Last day ahead"),
        Standing.UNDECIDED: N_("Beyond the term, not yet decided"),
        Standing.AGREED: N_("Beyond the term, agreed"),
        Standing.CONTINUED: N_("Continued by a court or an objection"),
    }
)
_BY_STATE: Final[Mapping[StayState, Standing]] = MappingProxyType(
    {
        StayState.RUNNING: Standing.AHEAD,
        StayState.NEAR_LIMIT: Standing.AHEAD,
        StayState.LAST_DAY: Standing.AHEAD,
        StayState.BEYOND_AGREED: Standing.AGREED,
        StayState.BEYOND_UNDECIDED: Standing.UNDECIDED,
        StayState.CONTINUED_BY_COURT: Standing.CONTINUED,
    }
)


def standing(told: StayClock) -> Standing | None:
    """Answers how a stay stands; None for what has no last day: without a limit, not begun, ended, history (C1, C6).

    Near its new last day, an extended stay has begun to ask again; beyond the term itself it still is agreed (C4).
    """
    found = _BY_STATE.get(told.state)
    if found is Standing.AHEAD and told.days_beyond > 0:
        return Standing.AGREED
    return found


def months(today: date) -> tuple[date, ...]:
    """Answers with the first days of the months that are looked at: this one and the eleven after it."""
    first = today.replace(day=1)
    return tuple(months_after(first, ahead) for ahead in range(MONTHS_AHEAD))


def month_of(told: StayClock) -> date | None:
    """Answers in which month the current last day falls, where one is awaited.

    A stay that nobody decided about reached it already, and a court has taken the day away for now (rule C4).
    """
    if told.last_day is None or standing(told) not in (Standing.AHEAD, Standing.AGREED):
        return None
    return told.last_day.replace(day=1)


def by_month(clocks: Iterable[StayClock], today: date) -> dict[date, int]:
    """Answers how many reach their last day in each of the months ahead; a month without anybody is 0."""
    counted = dict.fromkeys(months(today), 0)
    for told in clocks:
        month = month_of(told)
        if month in counted:
            counted[month] += 1
    return counted
