"""Raises the alerts of the stay clock: coded facts only, so it works while every vault is sealed.

Cases are read a page at a time with a constant number of queries; each page that has something new is one recorded
change. A row is unique by case, alert and last day, so a run that is repeated raises nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.local_days import local
from caseflow.domain.stay import StayClock, clock
from caseflow.domain.stay_alerts import DueAlert, urgent_alerts, weekly_alerts
from caseflow.domain.timetables import week_end
from caseflow.services import houses, readings
from caseflow.services.job_runs import Worked
from caseflow.storage import changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.operations import StayAlert

CASES_A_PAGE: Final = dossiers.PAGE

Rule = Callable[[StayClock], tuple[DueAlert, ...]]
Known = dict[str, list[StayAlert]]


@dataclass(frozen=True)
class CaseAlert:
    """One alert to be raised for one case."""

    case_id: str
    alert: DueAlert


@dataclass
class _Page:
    """What one page of cases asks for, and what could not be told."""

    alerts: list[CaseAlert] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def raise_weekly(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Raises the alerts of the week in which `due_at` falls, those that an earlier list missed included,
    and the urgent ones. Source: rule C4."""
    today, until = local(now).date(), week_end(local(due_at).date())

    def rule(told: StayClock) -> tuple[DueAlert, ...]:
        return weekly_alerts(told, until) + urgent_alerts(told, today)

    return _raise(actor, rule, today, now)


def raise_urgent(actor: Actor, now: datetime) -> Worked:
    """Raises what does not wait for the weekly list. Source: rule C4."""
    today = local(now).date()
    return _raise(actor, lambda told: urgent_alerts(told, today), today, now)


def _raise(actor: Actor, rule: Rule, today: date, now: datetime) -> Worked:
    raised, codes = 0, list[str]()
    for case_ids in _pages():
        page = _due(case_ids, rule, today)
        codes += page.codes
        if page.alerts:
            count, refused = _record(actor, page.alerts, today, now)
            raised += count
            codes += refused
    return Worked(raised, len(codes), frozenset(codes))


def _pages() -> Iterator[Sequence[str]]:
    """Ids of the open cases that may have a term, a page at a time; no session stays open in between."""
    without_a_term = [
        programme.id
        for programme in houses.current().catalogue.programmes.values()
        if all(dated.limit.months is None for dated in programme.stay_limits)
    ]
    after = ""
    while True:
        with houses.current().stores.reading() as session:
            page = session.scalars(
                select(Case.id)
                .where(
                    Case.id > after,
                    Case.stage.not_in(ENDED_STAGES),
                    Case.programme.not_in(without_a_term),
                )
                .order_by(Case.id)
                .limit(CASES_A_PAGE)
            ).all()
        if not page:
            return
        yield page
        after = page[-1]


def _due(case_ids: Collection[str], rule: Rule, today: date) -> _Page:
    """What these cases ask for and was not raised yet; a case that cannot be told is put off, by its code."""
    page = _Page()
    with houses.current().stores.reading() as session:
        known = _known(session, case_ids)
        for case_id, dossier in dossiers.of_cases(session, case_ids).items():
            try:
                found = _of_case(dossier, rule, known.get(case_id, []), today)
            except (KeyError, ValueError) as odd:
                page.codes.append(type(odd).__name__)
            else:
                page.alerts += [CaseAlert(case_id, alert) for alert in found]
    return page


def _known(session: Session, case_ids: Collection[str]) -> Known:
    found: Known = {}
    for row in session.scalars(select(StayAlert).where(StayAlert.case_id.in_(case_ids))):
        found.setdefault(row.case_id, []).append(row)
    return found


def _of_case(
    dossier: Dossier, rule: Rule, known: Collection[StayAlert], today: date
) -> list[DueAlert]:
    programme = houses.current().programme(dossier.case.programme)
    facts = readings.stay_facts(dossier, programme, today)
    still_since = max(
        (
            absence.nights.arrival
            for absence in facts.absences
            if absence.kind in facts.limit.pauses
            and absence.nights.arrival <= today
            and (absence.nights.departure is None or absence.nights.departure > today)
        ),
        default=None,
    )
    raised = {(row.kind, row.last_day) for row in known}
    # While the clock stands still the last day moves on every night; the same alert is then said once.
    said = {row.kind for row in known if still_since is not None and row.listed_on >= still_since}
    return [
        alert
        for alert in rule(clock(facts, today))
        if (alert.code.value, alert.last_day) not in raised and alert.code.value not in said
    ]


def _record(
    actor: Actor, alerts: Sequence[CaseAlert], today: date, now: datetime
) -> tuple[int, list[str]]:
    """Records a page of alerts in one change; where that is refused, case by case, so that one does not stop all."""
    try:
        return _written(actor, alerts, today, now), []
    except IntegrityError as refused:
        by_case: dict[str, list[CaseAlert]] = {}
        for alert in alerts:
            by_case.setdefault(alert.case_id, []).append(alert)
        if len(by_case) == 1:
            return 0, [type(refused).__name__]
    raised, codes = 0, list[str]()
    for some in by_case.values():
        count, more = _record(actor, some, today, now)
        raised += count
        codes += more
    return raised, codes


def _written(actor: Actor, alerts: Sequence[CaseAlert], today: date, now: datetime) -> int:
    act = Act("alerts_raised", actor, now, details={"count": len(alerts)})
    rows = [
        {
            "id": new_id(),
            "case_id": one.case_id,
            "kind": one.alert.code.value,
            "last_day": one.alert.last_day,
            "due_on": one.alert.due_on,
            "listed_on": today,
        }
        for one in alerts
    ]
    with changes.change(houses.current().stores, act) as change:
        written = insert(StayAlert).on_conflict_do_nothing().returning(StayAlert.id)
        return len(change.casework.scalars(written, rows).all())
