"""The caseload: the cases a colleague works on, sorted by what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.local_days import local
from caseflow.services import caseload_rows, gatekeeping, houses, name_search, weeks
from caseflow.services.caseload_orders import ORDERS
from caseflow.services.caseload_views import CaseloadPage, CaseloadRow, Due, DueKind, Order, Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.name_search import NamesFound
from caseflow.storage import audit_log, relations
from caseflow.storage.audit_log import Act

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
        rows = sorted(caseload_rows.of(session, actor, ids, now, today), key=ORDERS[order])
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
        len(weeks.lines(actor, rows, today)),
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
        rows = sorted(caseload_rows.of(session, actor, ids, now, today), key=ORDERS[Order.DUE])
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
    rows = {row.case_id: row for row in caseload_rows.of(session, actor, wanted, now, today)}
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
