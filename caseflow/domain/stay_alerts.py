"""Which alerts of a stay are due: the weekly ones before a last day, and the urgent ones at its end (rule C4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.domain.stay import AlertKind, StayClock, StayState

PUSHED_UNDER_DAYS: Final = 7
"""With fewer days left than this, an alert does not wait for the weekly list."""


class AlertCode(StrEnum):
    """What an alert says; the later ones are more urgent."""

    SIX_MONTHS = AlertKind.SIX_MONTHS.value
    THREE_MONTHS = AlertKind.THREE_MONTHS.value
    ONE_MONTH = AlertKind.ONE_MONTH.value
    TWO_WEEKS = AlertKind.TWO_WEEKS.value
    UNDER_A_WEEK = "under_a_week"
    BEYOND_UNDECIDED = "beyond_undecided"


ALERT_NAMES: Mapping[AlertCode, Message] = MappingProxyType(
    {
        AlertCode.SIX_MONTHS: N_("six months left"),
        AlertCode.THREE_MONTHS: N_("three months left"),
        AlertCode.ONE_MONTH: N_("one month left"),
        AlertCode.TWO_WEEKS: N_("two weeks left"),
        AlertCode.UNDER_A_WEEK: N_("less than a week left"),
        AlertCode.BEYOND_UNDECIDED: N_("past the term, not decided"),
    }
)
URGENT: Final = frozenset({AlertCode.UNDER_A_WEEK, AlertCode.BEYOND_UNDECIDED})

_ENDS_SOON: Final = frozenset(
    {StayState.RUNNING, StayState.NEAR_LIMIT, StayState.LAST_DAY, StayState.BEYOND_AGREED}
)


@dataclass(frozen=True)
class DueAlert:
    """One alert for one last day. It is raised once: a new last day has alerts of its own."""

    code: AlertCode
    last_day: date
    due_on: date


def weekly_alerts(told: StayClock, week_end: date) -> tuple[DueAlert, ...]:
    """Answers which alerts a list has to hold whose week ends before this Monday.

    All whose day comes before it, those of earlier weeks included: a list that was missed is made up for.
    Silent once a stay has ended and while a court or an objection continues it. Source: rule C4.
    """
    if told.last_day is None:
        return ()
    return tuple(
        DueAlert(AlertCode(alert.kind.value), told.last_day, alert.on)
        for alert in told.alerts
        if alert.on < week_end
    )


def urgent_alerts(told: StayClock, today: date) -> tuple[DueAlert, ...]:
    """Answers which alerts do not wait for the weekly list.

    Fewer than seven days left, or past the term with nothing decided. Source: rule C4.
    """
    if told.last_day is None:
        return ()
    if told.state is StayState.BEYOND_UNDECIDED:
        first = told.last_day + timedelta(days=1)
        return (DueAlert(AlertCode.BEYOND_UNDECIDED, told.last_day, first),)
    first = told.last_day - timedelta(days=PUSHED_UNDER_DAYS - 1)
    if told.state in _ENDS_SOON and first <= today:
        return (DueAlert(AlertCode.UNDER_A_WEEK, told.last_day, first),)
    return ()
