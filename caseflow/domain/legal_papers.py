"""What the legal counsellor keeps: letters of and to the lawyer, and the days that go with a conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

DAYS_AHEAD_AT_MOST: Final = 730
"""A day further ahead than two years is a slip of the pen in the year."""
FIRST_DAY: Final = date(1990, 1, 1)


class Direction(StrEnum):
    """Whose letter it is."""

    FROM_LAWYER = "from"
    TO_LAWYER = "to"


DIRECTION_NAMES: Final[Mapping[Direction, Message]] = MappingProxyType(
    {
        Direction.FROM_LAWYER: N_("Letter of the lawyer"),
        Direction.TO_LAWYER: N_("Letter to the lawyer"),
    }
)


def may_date_letter(dated_on: date, due_on: date | None, today: date) -> Decision:
    """Answers whether a letter may have this date, and ask for something by that day."""
    if dated_on > today:
        return Refused(N_("%(day)s lies in the future.", day=dated_on))
    if dated_on < FIRST_DAY:
        return Refused(N_("%(day)s is too long ago. Check the year.", day=dated_on))
    if due_on is not None and due_on < dated_on:
        return Refused(N_("A letter asks for nothing before the day it has. Check both days."))
    return may_be_due(due_on, today)


def may_be_due(due_on: date | None, today: date) -> Decision:
    """Answers whether something may be due by this day."""
    if due_on is not None and due_on > today + timedelta(days=DAYS_AHEAD_AT_MOST):
        return Refused(N_("%(day)s is more than two years ahead. Check the year.", day=due_on))
    return Allowed()
