"""In what order the cases of a list stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from caseflow.domain.stay import StayClock
from caseflow.services import dues
from caseflow.services.caseload_views import CaseloadRow, Order, TaskCount


def by_what_is_due(row: CaseloadRow) -> tuple[object, ...]:
    """By what is due, then by the last day, then by who was not spoken to for longest.

    Who may not see what is due, but deadlines of procedures, has those in order.
    """
    next_one = row.dues[0] if row.dues else None
    due = dues.urgency(next_one) if next_one else (True, True, True, date.max, 99)
    last_day = row.clock.last_day if isinstance(row.clock, StayClock) else None
    silent = row.days_since_contact if isinstance(row.days_since_contact, int) else 99_999
    return (*due, last_day or date.max, -silent, row.client_code)


def _by_days_left(row: CaseloadRow) -> tuple[object, ...]:
    last_day = row.clock.last_day if isinstance(row.clock, StayClock) else None
    return (last_day or date.max, *by_what_is_due(row))


def _by_silence(row: CaseloadRow) -> tuple[object, ...]:
    """Who was never spoken to comes first, then who was not for longest."""
    days = row.days_since_contact
    never = 99_999 if days is None else -1
    return (-(days if isinstance(days, int) else never), *by_what_is_due(row))


def _by_tasks(row: CaseloadRow) -> tuple[object, ...]:
    """Most that is late comes first, then most that is open."""
    known = row.tasks if isinstance(row.tasks, TaskCount) else TaskCount(-1, -1)
    return (-known.overdue, -known.open, *by_what_is_due(row))


ORDERS: Final[Mapping[Order, Callable[[CaseloadRow], tuple[object, ...]]]] = {
    Order.DUE: by_what_is_due,
    Order.DAYS_LEFT: _by_days_left,
    Order.SILENCE: _by_silence,
    Order.TASKS: _by_tasks,
}
