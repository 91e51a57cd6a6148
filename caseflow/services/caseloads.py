"""The caseload: the cases a colleague works on, sorted by what is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import tasks
from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Reader, Surface, Vision
from caseflow.domain.stay import StayClock
from caseflow.services import alert_lists, dues, gatekeeping, houses, name_search, readings
from caseflow.services.caseload_views import (
    CaseloadPage,
    CaseloadRow,
    Due,
    DueKind,
    Order,
    Show,
    TaskCount,
)
from caseflow.services.dues import Asked
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.name_search import NamesFound
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert

C, P = Compartment, Part
ROWS_A_PAGE: Final = 50

__all__ = ["CaseloadPage", "CaseloadRow", "Due", "DueKind", "Show", "caseload", "ids_of"]


def caseload(
    actor: Actor,
    now: datetime,
    *,
    page: int = 1,
    show: Show | None = None,
    kept: Show | None = None,
    order: Order = Order.DUE,
    find: str = "",
) -> CaseloadPage:
    """The cases of this colleague by what is due, fifty a page, the look recorded before it leaves.

    `show` is what was asked for now, `kept` what was asked for before: it counts as long as it is still offered.
    `find` is a name, call name or client code, or a part: it looks through all within reach, or the former cases.
    Nobody is found that the list itself would not show, nor by a name it would not; what was typed is kept nowhere.
    Raises `NotKnown` for somebody whose roles carry no caseload. Source: rule FW11.
    """
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    house = houses.current()
    today = local(now).date()
    with house.stores.reading() as session:
        ids = relations.within_reach(session, actor, now, today)
        rows = sorted(_rows(session, actor, ids, now, today), key=ORDERS[order])
        if show is Show.FORMER:
            shown, page, pages, found, names = _former(session, actor, page, now, today, find)
        else:
            names = name_search.search(session, actor, ids, now, find)
    chosen = show or (kept if kept in _choices(actor, rows) else None) or _usual(actor, rows)
    if find and chosen is not Show.FORMER:
        chosen = Show.EVERYONE
    if chosen is not Show.FORMER:
        wanted = [row for row in rows if row.shown_in(chosen)]
        if find:
            wanted = names.of(wanted, lambda row: row.case_id)
        found = len(wanted)
        page, pages = _turned(page, len(wanted))
        shown = tuple(wanted[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    audit_log.tell(
        house.stores,
        Act(
            "caseload_listed",
            actor,
            now,
            subjects=tuple(row.client_code for row in shown),
            details={"count": len(shown), "page": page} | ({"search": True} if find else {}),
            permission=Permission.CASELOAD_VIEW.value,
            purpose=chosen.value,
            sensitivity="vault"
            if any(row.case_id in names.called for row in shown)
            else "casework",
        ),
        result="shown",
    )
    counts = tuple(
        (one, None if one is Show.FORMER else sum(row.shown_in(one) for row in rows))
        for one in _choices(actor, rows)
    )
    return CaseloadPage(
        shown,
        chosen,
        page,
        pages,
        counts,
        found if find else None,
        names.called,
        names.are_sealed,
        order,
    )


def ids_of(actor: Actor, show: Show, now: datetime) -> list[str]:
    """Ids of the cases that a choice of the list holds now, in its order; former cases are gone through by nobody.

    Raises `NotKnown` for somebody whose roles carry no caseload.
    """
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    today = local(now).date()
    with houses.current().stores.reading() as session:
        ids = relations.within_reach(session, actor, now, today)
        rows = sorted(_rows(session, actor, ids, now, today), key=_order)
    return [row.case_id for row in rows if show is not Show.FORMER and row.shown_in(show)]


def _turned(page: int, rows: int) -> tuple[int, int]:
    """The page that there is, and how many there are."""
    pages = max(1, -(-rows // ROWS_A_PAGE))
    return min(max(page, 1), pages), pages


def _former(
    session: Session, actor: Actor, page: int, now: datetime, today: date, find: str
) -> tuple[tuple[CaseloadRow, ...], int, int, int, NamesFound]:
    """One page of former cases, the newest (of a search, the nearest) first: only what is shown is read."""
    ids = relations.within_reach(session, actor, now, today, former=True)
    standings = gatekeeping.standings(session, actor, ids, now)
    known = [i for i in ids if i in standings and may(Permission.CASE_OPEN, standings[i])]
    names = name_search.search(session, actor, known, now, find)
    if find:
        known = names.of(known, str)
    page, pages = _turned(page, len(known))
    wanted = known[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    rows = {row.case_id: row for row in _rows(session, actor, wanted, now, today)}
    return tuple(rows[i] for i in wanted if i in rows), page, pages, len(known), names


def _usual(actor: Actor, rows: Collection[CaseloadRow]) -> Show:
    """Whoever is on duty begins with the shift, a lead with the team, a caseworker with the own cases."""
    if _on_duty(rows):
        return Show.DUTY
    if Role.TEAM_LEAD in actor.roles:
        return Show.TEAM
    return Show.MINE if Role.CASEWORKER in actor.roles else Show.EVERYONE


def _choices(actor: Actor, rows: Collection[CaseloadRow]) -> tuple[Show, ...]:
    duty = (Show.DUTY,) if _on_duty(rows) else ()
    if Role.TEAM_LEAD in actor.roles:
        return (*duty, Show.TEAM, Show.WAITING, Show.MINE, Show.EVERYONE, Show.FORMER)
    if Role.CASEWORKER in actor.roles:
        return (*duty, Show.MINE, Show.TEAM, Show.EVERYONE, Show.FORMER)
    return (*duty, Show.EVERYONE, Show.FORMER)


def _on_duty(rows: Iterable[CaseloadRow]) -> bool:
    return any(row.is_on_duty for row in rows)


def _rows(
    session: Session, actor: Actor, ids: Iterable[str], now: datetime, today: date
) -> Iterable[CaseloadRow]:
    ids = list(ids)
    standings = gatekeeping.standings(session, actor, ids, now)
    open_to = {i for i, standing in standings.items() if may(Permission.CASE_OPEN, standing)}
    found = dossiers.of_cases(session, open_to)
    teams = dossiers.case_team_of(session, open_to)
    present = {
        case_id: [m.user_id for m in members if m.from_on <= today <= (m.until_on or today)]
        for case_id, members in teams.items()
    }
    names = dossiers.colleagues(session, {one for some in present.values() for one in some})
    alerts = alert_lists.unseen(session, open_to)
    slept = [_bed_tonight(dossier) for dossier in found.values()]
    spots = dossiers.spots(session, {bed for bed in slept if bed})
    for case_id, dossier in found.items():
        standing = standings[case_id]
        vision = standing.vision(Surface.LIST)
        if not vision.sees(C.CASEWORK, P.CALL):
            continue
        team = tuple(names[one][0] for one in present.get(case_id, ()) if one in names)
        spot = spots.get(_bed_tonight(dossier) or "")
        yield _row(
            actor,
            dossier,
            standing,
            vision,
            team,
            alerts.get(case_id, []),
            f"{spot.site}, {spot.bed}" if spot else None,
            today,
        )


def _bed_tonight(dossier: Dossier) -> str | None:
    begun = [one.bed_id for one in dossier.placements if one.status == "begun"]
    return begun[-1] if begun else None


def _row(
    actor: Actor,
    dossier: Dossier,
    standing: Standing,
    vision: Vision,
    team: tuple[str, ...],
    alerts: Collection[StayAlert],
    bed: str | None,
    today: date,
) -> CaseloadRow:
    programme = houses.current().programme(dossier.case.programme)
    facts = readings.case_facts(dossier, programme)
    told = readings.stay_clock(dossier, programme, today)
    contact = dossier.case.last_contact_on
    due = dues.next_due(actor, Asked(dossier, facts, told, standing, vision, today), team, alerts)
    due_days = [one.due_on for one in dossier.tasks]
    sees_bed = vision.sees(C.SHELTER, P.BED) or vision.sees(C.SHELTER, P.BEDS_TONIGHT)
    sees_due = vision.sees(C.CASEWORK, P.DUE_DATES)
    return CaseloadRow(
        case_id=dossier.case.id,
        client_code=dossier.client.code,
        call_name=dossier.client.call_name,
        programme=programme,
        is_test=dossier.client.is_test,
        restricted=dossier.client.restricted,
        stage=vision.show(C.CASEWORK, P.STAGE, facts.stage),
        clock=vision.show(C.CASEWORK, P.CLOCK, told),
        due=due if sees_due else HIDDEN,
        days_since_contact=vision.show(
            C.CASEWORK, P.DUE_DATES, (today - contact).days if contact else None
        ),
        tasks=vision.show(
            C.CASEWORK,
            P.DUE_DATES,
            TaskCount(len(due_days), tasks.overdue(due_days, today)),
        ),
        bed=bed if sees_bed else HIDDEN,
        case_team=vision.show(C.CASEWORK, P.CASE_TEAM_CONTACT, team),
        is_mine=Relation.CASE_TEAM in standing.relations,
        is_of_team=bool({Relation.TEAM, Relation.LEADS_TEAM} & standing.relations),
        is_on_duty=Reader.ON_DUTY in standing.readers,
        may_write_note=may(Permission.NOTE_CREATE, standing),
    )


def _order(row: CaseloadRow) -> tuple[object, ...]:
    """By what is due, then by the last day, then by who was not spoken to for longest."""
    due = dues.urgency(row.due) if isinstance(row.due, Due) else (True, True, True, date.max, 99)
    last_day = row.clock.last_day if isinstance(row.clock, StayClock) else None
    silent = row.days_since_contact if isinstance(row.days_since_contact, int) else 99_999
    return (*due, last_day or date.max, -silent, row.client_code)


def _by_days_left(row: CaseloadRow) -> tuple[object, ...]:
    last_day = row.clock.last_day if isinstance(row.clock, StayClock) else None
    return (last_day or date.max, *_order(row))


def _by_silence(row: CaseloadRow) -> tuple[object, ...]:
    """Who was never spoken to comes first, then who was not for longest."""
    days = row.days_since_contact
    never = 99_999 if days is None else -1
    return (-(days if isinstance(days, int) else never), *_order(row))


def _by_tasks(row: CaseloadRow) -> tuple[object, ...]:
    """Most that is late comes first, then most that is open."""
    known = row.tasks if isinstance(row.tasks, TaskCount) else TaskCount(-1, -1)
    return (-known.overdue, -known.open, *_order(row))


ORDERS: Final[Mapping[Order, Callable[[CaseloadRow], tuple[object, ...]]]] = {
    Order.DUE: _order,
    Order.DAYS_LEFT: _by_days_left,
    Order.SILENCE: _by_silence,
    Order.TASKS: _by_tasks,
}
