"""The list of the week: stays whose last day comes near, for those who work on them (rules C4, FW7 and FW11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme
from caseflow.domain.proposals import NEAR_OR_PAST
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.stay import StayClock, StayState
from caseflow.domain.stay_alerts import URGENT, AlertCode
from caseflow.services import gatekeeping, houses, readings
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert

C, P = Compartment, Part
OPENS: Final = (Permission.EXTENSION_PROPOSE, Permission.EXTENSION_DECIDE)
"""Who may extend a stay, or decide on it, is warned about its end, and says that the warning was seen."""
_SILENT: Final = frozenset(
    {StayState.ENDED, StayState.CONTINUED_BY_COURT, StayState.HISTORY, StayState.NO_LIMIT}
)


@dataclass(frozen=True)
class AlertRow:
    """The most urgent alert of one case for its present last day."""

    case_id: str
    client_code: str
    call_name: str
    programme: Programme
    is_test: bool
    code: AlertCode
    clock: StayClock
    is_seen: bool
    is_mine: bool
    may_mark: bool

    @property
    def is_urgent(self) -> bool:
        """Whether it does not wait for the weekly list."""
        return self.code in URGENT

    @property
    def asks_for_a_decision(self) -> bool:
        """Whether the stay can be extended already; months ahead of its end it is time to talk about it."""
        return self.clock.state in NEAR_OR_PAST


@dataclass(frozen=True)
class AlertList:
    """The list of one week, and those of its rows that nobody has seen yet."""

    week_from: date
    rows: tuple[AlertRow, ...]

    @property
    def unseen(self) -> int:
        """How many of them nobody has seen yet."""
        return sum(not row.is_seen for row in self.rows)


def this_week(actor: Actor, now: datetime) -> AlertList:
    """The alerts of this week and older ones that nobody has seen, by last day; the look recorded first.

    An alert whose last day has changed since, or whose stay has ended or is continued by a court, is left out.
    Raises `NotKnown` for somebody who is warned about no stay.
    """
    if not any(may_at_all(permission, actor.roles) for permission in OPENS):
        raise NotKnown()
    house = houses.current()
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    with house.stores.reading() as session:
        rows = sorted(_rows(session, actor, now, today, monday), key=_order)
        act = Act(
            "alerts_listed",
            actor,
            now,
            subjects=tuple(row.client_code for row in rows),
            details={"count": len(rows)},
            permission=OPENS[0].value,
            purpose="stay_limit",
        )
        audit_log.tell(house.stores, act, result="shown")
        return AlertList(monday, tuple(rows))


def _order(row: AlertRow) -> tuple[object, ...]:
    return (row.is_seen, row.clock.last_day or date.max, row.client_code)


def _rows(
    session: Session, actor: Actor, now: datetime, today: date, monday: date
) -> Iterable[AlertRow]:
    alerts = _alerts(session, relations.within_reach(session, actor, now, today), monday)
    standings = gatekeeping.standings(session, actor, alerts, now)
    open_to = {case_id for case_id, standing in standings.items() if _is_warned(standing)}
    for case_id, dossier in dossiers.of_cases(session, open_to).items():
        row = _row(dossier, alerts[case_id], standings[case_id], today, monday)
        if row is not None:
            yield row


def _alerts(
    session: Session, case_ids: Collection[str], monday: date
) -> dict[str, list[StayAlert]]:
    """Every alert of the cases that have one to be shown."""
    found: dict[str, list[StayAlert]] = {}
    for some in dossiers.pages(case_ids):
        for row in session.scalars(select(StayAlert).where(StayAlert.case_id.in_(some))):
            found.setdefault(row.case_id, []).append(row)
    return {
        case_id: rows
        for case_id, rows in found.items()
        if any(row.seen_at is None or row.listed_on >= monday for row in rows)
    }


def unseen(session: Session, case_ids: Collection[str]) -> dict[str, list[StayAlert]]:
    """The alerts of these cases that nobody has seen yet, by case."""
    found: dict[str, list[StayAlert]] = {}
    for some in dossiers.pages(case_ids):
        asked = select(StayAlert).where(StayAlert.case_id.in_(some), StayAlert.seen_at.is_(None))
        for row in session.scalars(asked):
            found.setdefault(row.case_id, []).append(row)
    return found


def newest(alerts: Collection[StayAlert], told: StayClock) -> StayAlert | None:
    """The most urgent of these alerts for the present last day; None where the stay asks for none."""
    if told.state in _SILENT:
        return None
    codes = list(AlertCode)
    present = [alert for alert in alerts if alert.last_day == told.last_day]
    return max(present, key=lambda alert: codes.index(AlertCode(alert.kind)), default=None)


def _is_warned(standing: Standing) -> bool:
    vision = standing.vision(Surface.LIST)
    sees = (P.CALL, P.CLOCK, P.DUE_DATES)
    return may(Permission.CASE_OPEN, standing) and all(vision.sees(C.CASEWORK, p) for p in sees)


def _row(
    dossier: Dossier,
    alerts: Collection[StayAlert],
    standing: Standing,
    today: date,
    monday: date,
) -> AlertRow | None:
    programme = houses.current().programme(dossier.case.programme)
    told = readings.stay_clock(dossier, programme, today)
    shown = newest(alerts, told)
    if shown is None or (shown.seen_at is not None and shown.listed_on < monday):
        return None
    return AlertRow(
        dossier.case.id,
        dossier.client.code,
        dossier.client.call_name,
        programme,
        dossier.client.is_test,
        AlertCode(shown.kind),
        told,
        shown.seen_at is not None,
        Relation.CASE_TEAM in standing.relations,
        any(may(permission, standing) for permission in OPENS),
    )


def _unseen(case_id: str) -> Select[StayAlert]:
    return select(StayAlert).where(StayAlert.case_id == case_id, StayAlert.seen_at.is_(None))


def mark_seen(actor: Actor, case_id: str, now: datetime) -> Decision:
    """Notes that somebody who works on this case has seen its alerts. Raises `NotKnown` for others."""
    with houses.current().stores.reading() as session:
        standing = gatekeeping.standings(session, actor, [case_id], now).get(case_id)
        count = len(session.scalars(_unseen(case_id)).all())
    permission = next((p for p in OPENS if standing and may(p, standing)), OPENS[0])
    details = {"count": count}
    with gatekeeping.changing(
        actor, permission, case_id, "alert_seen", now, details=details
    ) as change:
        rows = change.work.casework.scalars(_unseen(case_id)).all()
        if not rows:
            return change.refuse(Refused(N_("This was marked as seen already.")))
        for row in rows:
            row.seen_at = now
    return Allowed()
