"""The board of beds and nights: who has which bed, what is free, and what cannot be used.

Coded facts only, from the one availability query, in a constant number of questions however many beds there are. Each
stay is redacted for its reader, and everybody shown is told to the audit log before the page leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain import boards
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.boards import Cell, CellKind
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Surface
from caseflow.services import gatekeeping, house_marks, houses
from caseflow.services.board_views import (
    Board,
    BoardCell,
    BoardPerson,
    BoardRoom,
    BoardRow,
    BoardSite,
    FreeBed,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.vacancies import names_of
from caseflow.storage import audit_log, availability, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.availability import BedNights
from caseflow.storage.models.shelter import Absence, Site

C, P = Compartment, Part
BEDS_AT_MOST: Final = 600
"""Beds on one page; an organisation with more chooses a site."""
_ACTS: Final = (
    Permission.PLACEMENT_CREATE,
    Permission.PLACEMENT_MOVE,
    Permission.PLACEMENT_END,
    Permission.CASE_OPEN,
)
_GIVEN: Final = frozenset({CellKind.FREE})


def board(
    actor: Actor,
    now: datetime,
    *,
    first: date | None = None,
    length: int = boards.NIGHTS_SHOWN,
    site_id: str | None = None,
) -> Board:
    """Beds by nights, of one site or of every site of the reader. Raises `NotKnown` for any other site.

    Sources: rules B1, B6 and B8; the firewall's row of shelter.
    """
    if not may_at_all(Permission.BOARD_VIEW, actor.roles):
        raise NotKnown()
    today = local(now).date()
    shown = boards.window(first, length, today)
    places = Role.COORDINATOR in actor.roles
    with houses.current().stores.reading() as session:
        every = _sites(session, actor, shown)
        if site_id is not None and site_id not in every:
            raise NotKnown()
        wanted = [site_id] if site_id is not None else list(every)
        found = availability.beds(session, shown, now, today, site_ids=wanted)
        found = tuple(one for one in found if _was_there(one, shown))
        too_many = site_id is None and len(found) > BEDS_AT_MOST
        listed = () if too_many else found
        people, away = _people(session, actor, listed, now)
    rows = [
        _row(one, boards.row(one.bed, one.stays, away, shown, now, today), people, places, today)
        for one in listed
    ]
    _tell(actor, now, people.values(), wanted, shown)
    return Board(
        today,
        boards.nights_of(shown),
        _by_site(rows, today, shown),
        tuple(every.items()),
        site_id,
        places,
        too_many,
    )


def free_bed(actor: Actor, bed_id: str, night: date, now: datetime) -> FreeBed:
    """A bed of the own organisation that is free on a night to come. Raises `NotKnown` for any other bed or night."""
    today = local(now).date()
    if not may_at_all(Permission.PLACEMENT_CREATE, actor.roles):
        raise NotKnown()
    if not today <= night <= today + timedelta(days=boards.DAYS_EITHER_WAY):
        raise NotKnown()
    with houses.current().stores.reading() as session:
        found = availability.beds(
            session, Nights(night), now, today, organisation=actor.organisation, bed_ids=[bed_id]
        )
    if not found:
        raise NotKnown()
    far = boards.window(night, max(boards.NIGHTS_TO_CHOOSE), today)
    cells = boards.row(found[0].bed, found[0].stays, {}, far, now, today)
    if not cells or cells[0].kind is not CellKind.FREE:
        raise NotKnown()
    ends = next((one.nights.arrival for one in cells if one.kind is not CellKind.FREE), None)
    return FreeBed(found[0].bed, night, ends)


def _sites(session: Session, actor: Actor, shown: Nights) -> dict[str, str]:
    """Names of the reader's own sites that are or were open on some of these nights, by name."""
    asked = select(Site.id, Site.name).where(
        or_(Site.valid_until.is_(None), Site.valid_until >= shown.arrival)
    )
    if Role.COORDINATOR in actor.roles:
        asked = asked.where(Site.organisation == actor.organisation)
    else:
        asked = asked.where(Site.id.in_(actor.sites_as(Role.RESIDENTIAL_WORKER)))
    rows = session.execute(asked.order_by(Site.name, Site.id))
    return {one.id: one.name for one in rows}


def _was_there(one: BedNights, shown: Nights) -> bool:
    """Whether a bed stands there on some of the nights, or somebody takes it all the same."""
    ends = one.bed.open_until
    last = boards.nights_of(shown)[-1]
    open_at_all = one.bed.open_from <= last and (ends is None or ends >= shown.arrival)
    return open_at_all or bool(one.stays)


def _people(
    session: Session, actor: Actor, found: Collection[BedNights], now: datetime
) -> tuple[dict[str, BoardPerson], dict[str, list[Nights]]]:
    """Those of the people on the board whom this reader may see with their nights; and their nights away."""
    cases = {stay.case_id for one in found for stay in one.stays}
    seen = {
        case_id: standing
        for case_id, standing in gatekeeping.standings(session, actor, cases, now).items()
        if (vision := standing.vision(Surface.LIST)).sees(C.CASEWORK, P.CALL)
        and vision.sees(C.SHELTER)
    }
    names = names_of(session, seen)
    # nights away are told of whoever sleeps at a site; whoever gives out beds knows them of everybody
    everybody = Role.COORDINATOR in actor.roles
    sleeps = {
        stay.case_id
        for one in found
        for stay in one.stays
        if everybody or stay.status is StayStatus.BEGUN
    }
    away: dict[str, list[Nights]] = {}
    for some in dossiers.pages(sleeps & set(seen)):
        for row in session.scalars(select(Absence).where(Absence.case_id.in_(some))):
            away.setdefault(row.case_id, []).append(Nights(row.from_on, row.until_on))
    today = local(now).date()
    marked = house_marks.of(session, {one.client_code for one in names.values()}, today)
    people = {
        case_id: BoardPerson(
            names[case_id],
            frozenset(one for one in _ACTS if may(one, standing)),
            names[case_id].client_code in marked
            and standing.vision(Surface.LIST).sees(C.SAFETY, P.WARNINGS),
        )
        for case_id, standing in seen.items()
        if case_id in names
    }
    return people, away


def _row(
    one: BedNights,
    cells: Collection[Cell],
    people: Mapping[str, BoardPerson],
    places: bool,
    today: date,
) -> BoardRow:
    shown = tuple(_cell(cell, people, places, today) for cell in cells)
    tonight = next((cell for cell in shown if cell.nights.covers(today)), None)
    return BoardRow(one.bed, shown, tonight)


def _cell(cell: Cell, people: Mapping[str, BoardPerson], places: bool, today: date) -> BoardCell:
    night, stay, void = cell.nights.arrival, cell.stay, cell.void
    if stay is None:
        return BoardCell(
            cell.kind,
            cell.nights,
            cell.nights.count,
            departure=void.nights.departure if void is not None else None,
            reason=void.reason if void is not None else None,
            can_be_given=places and cell.kind in _GIVEN and night >= today,
        )
    return BoardCell(
        cell.kind,
        cell.nights,
        cell.nights.count,
        stay.id,
        people.get(stay.case_id, HIDDEN),
        stay.departure_on or stay.planned_departure_on,
        stay.hold_ends_at if cell.kind is CellKind.HELD else None,
        also=cell.also,
    )


def _by_site(rows: Iterable[BoardRow], today: date, shown: Nights) -> tuple[BoardSite, ...]:
    sites: dict[str, dict[str, list[BoardRow]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[row.bed.site_id] = row.bed.site
        rooms = sites.setdefault(row.bed.site_id, {})
        rooms.setdefault(row.bed.room, []).append(row)
    return tuple(
        BoardSite(
            site_id,
            names[site_id],
            tuple(BoardRoom(name, tuple(beds)) for name, beds in rooms.items()),
            _free(rooms.values(), of_capacity=True) if shown.covers(today) else None,
            sum(row.bed.counts_in_capacity for beds in rooms.values() for row in beds),
            _free(rooms.values(), of_capacity=False) if shown.covers(today) else None,
            sum(not row.bed.counts_in_capacity for beds in rooms.values() for row in beds),
        )
        for site_id, rooms in sites.items()
    )


def _free(rooms: Iterable[Iterable[BoardRow]], *, of_capacity: bool) -> int:
    return sum(
        row.tonight is not None and row.tonight.kind is CellKind.FREE
        for rows in rooms
        for row in rows
        if row.bed.counts_in_capacity is of_capacity
    )


def _tell(
    actor: Actor,
    now: datetime,
    people: Collection[BoardPerson],
    sites: Iterable[str],
    shown: Nights,
) -> None:
    act = Act(
        "board_listed",
        actor,
        now,
        subjects=tuple(sorted({one.who.client_code for one in people})),
        details={
            "count": len(people),
            "sites": frozenset(sites),
            "from": shown.arrival,
            "until": shown.departure,
        },
        permission=Permission.BOARD_VIEW.value,
    )
    audit_log.tell(houses.current().stores, act, result="shown")
