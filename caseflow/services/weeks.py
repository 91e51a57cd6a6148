"""What is due to a colleague within seven days, out of all their cases: one list, by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain import reminders
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.local_days import local
from caseflow.services import caseload_rows, houses
from caseflow.services.caseload_views import CaseloadRow, Due, DueKind, Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, relations
from caseflow.storage.audit_log import Act

NOBODY_WAITS: Final = frozenset({DueKind.SILENT, DueKind.WAITS})
"""What has no day by which it must be done, or waits for somebody else."""
TO_WHOEVER_DECIDES: Final = frozenset({DueKind.DECIDE, DueKind.ASSIGN})
"""What asks this very reader, also in cases of colleagues."""


@dataclass(frozen=True)
class WeekLine:
    """One thing that is due, and the case it is due in, as the reader's list shows it."""

    due: Due
    case_id: str
    client_code: str
    call_name: str
    is_test: bool
    restricted: bool
    is_late: bool

    @property
    def key(self) -> str:
        """What makes it this thing: the same tomorrow, as long as nobody did it."""
        return (
            f"{self.case_id} {self.due.kind.value} {self.due.on.isoformat()} {self.due.what.text}"
        )


@dataclass(frozen=True)
class WeekList:
    """All that is due until a day: what is late first, then by day."""

    until: date
    lines: tuple[WeekLine, ...]


def this_week(actor: Actor, now: datetime) -> WeekList:
    """What is due to this colleague within seven days, the look recorded first. Raises `NotKnown` for others."""
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    today = local(now).date()
    found = of(actor, now)
    audit_log.tell(
        houses.current().stores,
        Act(
            "caseload_listed",
            actor,
            now,
            subjects=tuple(sorted({one.client_code for one in found})),
            details={"count": len(found), "page": 1},
            permission=Permission.CASELOAD_VIEW.value,
            purpose=Show.MINE.value,
        ),
        result="shown",
    )
    return WeekList(today + timedelta(days=reminders.DAYS_AHEAD), found)


def of(actor: Actor, now: datetime) -> tuple[WeekLine, ...]:
    """What is due to a colleague, for a count or a list; whoever shows it tells the log."""
    today = local(now).date()
    with houses.current().stores.reading() as session:
        ids = relations.within_reach(session, actor, now, today)
        rows = caseload_rows.of(session, actor, ids, now, today)
    return lines(actor, rows, today)


def lines(actor: Actor, rows: Iterable[CaseloadRow], today: date) -> tuple[WeekLine, ...]:
    """Of these rows, what is due within seven days and asks this very colleague, by day."""
    found = [
        WeekLine(
            due,
            row.case_id,
            row.client_code,
            row.call_name,
            row.is_test,
            row.restricted,
            due.on < today and due.kind not in TO_WHOEVER_DECIDES,
        )
        for row in rows
        for due in row.dues
        if reminders.is_soon(due.on, today) and _asks(actor, row, due)
    ]
    found.sort(key=lambda one: (not one.is_late, one.due.on, one.client_code))
    return tuple(found)


def _asks(actor: Actor, row: CaseloadRow, due: Due) -> bool:
    if due.kind in NOBODY_WAITS:
        return False
    if row.is_mine or due.kind in TO_WHOEVER_DECIDES:
        return True
    # a counsellor is on no case team, and a deadline is what they were asked for
    return due.kind is DueKind.DEADLINE and Role.LEGAL_COUNSELLOR in actor.roles
