"""The one query that says which nights a bed is taken: search, board and counts all ask it (rule B6)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Date, and_, case, cast, literal, null, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.bed_fits import Guest
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.outages import Void, turnaround
from caseflow.domain.placements import NEVER_COUNT, NOT_YET_BEGUN, Stay, StayStatus
from caseflow.domain.sites import TURNAROUND_NIGHTS_AT_MOST, SiteKind
from caseflow.storage.bed_conditions import Conditions, conditions
from caseflow.storage.models.shelter import Bed, Placement, Room, Site

NO_CONDITIONS: Final = Conditions()
ACTIVE = tuple(status.value for status in StayStatus if status not in NEVER_COUNT)


@dataclass(frozen=True)
class BedNights:
    """A bed, and the stays that take it on some of the nights asked about."""

    bed: BedFacts
    stays: tuple[Stay, ...]
    company: tuple[Guest, ...] = ()
    """Who sleeps on the other beds of the room, as one reader may know them; filled in where it is asked about."""


def _end(today: date) -> ColumnElement[date | None]:
    """The first free night of a stay, as `Stay.taken` has it; null where it is open."""
    tomorrow = literal(next_night(today), Date)
    planned = Placement.planned_departure_on
    return case(
        (Placement.departure_on.is_not(None), Placement.departure_on),
        (Placement.status != StayStatus.BEGUN.value, planned),
        (planned < today, cast(null(), Date)),
        (planned < tomorrow, tomorrow),
        else_=planned,
    )


def _not_run_out(now: datetime) -> ColumnElement[bool]:
    return or_(
        Placement.status != StayStatus.HELD.value,
        Placement.hold_ends_at.is_(None),
        Placement.hold_ends_at > now,
    )


def _takes(wanted: Nights, now: datetime, today: date) -> ColumnElement[bool]:
    end = _end(today)
    taken = [
        Placement.status.in_(ACTIVE),
        _not_run_out(now),
        or_(end.is_(None), and_(end > wanted.arrival, end > Placement.arrival_on)),
    ]
    if wanted.departure is not None:
        taken.append(Placement.arrival_on < wanted.departure)
    return and_(*taken)


def _around(wanted: Nights) -> Nights:
    """The nights in which a stay may keep a wanted night empty, because the bed is cleaned before or after it."""
    gap = timedelta(days=TURNAROUND_NIGHTS_AT_MOST)
    return Nights(wanted.arrival - gap, wanted.departure + gap if wanted.departure else None)


def beds(
    session: Session,
    wanted: Nights,
    now: datetime,
    today: date,
    *,
    organisation: str | None = None,
    site_ids: Collection[str] | None = None,
    bed_ids: Collection[str] | None = None,
    room_of: str | None = None,
) -> tuple[BedNights, ...]:
    """Beds in the order of site, room and bed, with whoever takes a wanted night.

    Closed and retired beds are among them, with their dates, and beds that are out of service or cleaned, with their
    voids: the domain says why nobody can have them. `room_of` asks for every bed of the room of one bed.
    """
    takes = _takes(wanted, now, today)
    near = and_(Site.turnaround_nights > 0, _takes(_around(wanted), now, today))
    asked = (
        select(Bed, Room, Site, Placement, takes)
        .join(Room, Room.id == Bed.room_id)
        .join(Site, Site.id == Room.site_id)
        .outerjoin(Placement, and_(Placement.bed_id == Bed.id, or_(takes, near)))
        .order_by(Placement.arrival_on)
    )
    if organisation is not None:
        asked = asked.where(Site.organisation == organisation)
    if site_ids is not None:
        asked = asked.where(Site.id.in_(site_ids))
    if bed_ids is not None:
        asked = asked.where(Bed.id.in_(bed_ids))
    if room_of is not None:
        same = select(Bed.room_id).where(Bed.id == room_of).scalar_subquery()
        asked = asked.where(Bed.room_id == same)
    places: dict[str, tuple[Bed, Room, Site]] = {}
    stays: dict[str, list[Stay]] = {}
    cleaned: dict[str, list[Void]] = {}
    for bed, room, site, placement, is_taken in session.execute(asked):
        places[bed.id] = (bed, room, site)
        if placement is not None:
            stay = stay_of(placement)
            if is_taken:
                stays.setdefault(bed.id, []).append(stay)
            cleaned.setdefault(bed.id, []).extend(_cleaning(stay, site, wanted, now, today))
    there = conditions(session, {site.id for _, _, site in places.values()}, wanted, today)
    return tuple(
        sorted(
            (
                BedNights(
                    _facts(bed, room, site, there, cleaned.get(bed.id, ())),
                    tuple(stays.get(bed.id, ())),
                )
                for bed, room, site in places.values()
            ),
            key=lambda one: as_counted(one.bed.site, one.bed.room, one.bed.name),
        )
    )


def _cleaning(stay: Stay, site: Site, wanted: Nights, now: datetime, today: date) -> Iterator[Void]:
    """The wanted nights around a stay on which its bed stays empty."""
    taken = stay.taken(now, today)
    if taken is not None:
        voids = turnaround(taken, site.turnaround_nights, stay.id)
        yield from (one for one in voids if one.nights.overlaps(wanted))


def as_counted(*names: str) -> list[tuple[bool, int, str]]:
    """Orders names as people count: Room 2 before Room 10."""
    parts = [part for name in names for part in (*re.split(r"(\d+)", name.lower()), "\0")]
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part
    ]


def stays_of_person(session: Session, client_code: str) -> tuple[Stay, ...]:
    """Every stay of one person that may take nights, in whatever case, oldest first."""
    return tuple(
        stay_of(row)
        for row in session.scalars(
            select(Placement)
            .where(Placement.client_code == client_code, Placement.status.in_(ACTIVE))
            .order_by(Placement.arrival_on)
        )
    )


def stays_by_site(session: Session, client_codes: Collection[str]) -> tuple[tuple[str, Stay], ...]:
    """Every stay of these people that may take nights, each with the id of its site, oldest first."""
    return tuple(
        (site_id, stay_of(row))
        for site_id, row in session.execute(
            select(Room.site_id, Placement)
            .join(Bed, Bed.id == Placement.bed_id)
            .join(Room, Room.id == Bed.room_id)
            .where(Placement.client_code.in_(client_codes), Placement.status.in_(ACTIVE))
            .order_by(Placement.arrival_on)
        )
    )


def stay_of(row: Placement) -> Stay:
    """A stored placement as the domain knows it."""
    return Stay(
        row.id,
        row.bed_id,
        row.case_id,
        row.client_code,
        StayStatus(row.status),
        row.arrival_on,
        row.planned_departure_on,
        row.departure_on,
        row.hold_ends_at,
        row.version,
    )


def _facts(
    bed: Bed,
    room: Room,
    site: Site,
    there: Conditions = NO_CONDITIONS,
    cleaned: Collection[Void] = (),
) -> BedFacts:
    closes = [day for day in (bed.valid_until, room.valid_until, site.valid_until) if day]
    return BedFacts(
        bed.id,
        bed.name,
        room.name,
        site.id,
        site.name,
        BedKind(bed.kind),
        MeantFor(room.meant_for),
        max(bed.valid_from, room.valid_from, site.valid_from),
        min(closes, default=None),
        room.id,
        room.floor,
        there.marks_of(bed),
        SiteKind(site.kind),
        there.beds_in_rooms.get(room.id),
        (*there.voids_of(bed, room), *cleaned),
    )


def expected(
    session: Session,
    now: datetime,
    until: date,
    *,
    organisation: str | None = None,
    site_ids: Collection[str] | None = None,
) -> tuple[tuple[BedFacts, Stay], ...]:
    """Stays that have not begun although their day came, or will come by `until`; the earliest first."""
    asked = (
        select(Bed, Room, Site, Placement)
        .join(Room, Room.id == Bed.room_id)
        .join(Site, Site.id == Room.site_id)
        .join(Placement, Placement.bed_id == Bed.id)
        .where(
            Placement.status.in_(tuple(status.value for status in NOT_YET_BEGUN)),
            Placement.arrival_on <= until,
            _not_run_out(now),
        )
        .order_by(Placement.arrival_on, Site.name, Room.name, Bed.name, Placement.id)
    )
    if organisation is not None:
        asked = asked.where(Site.organisation == organisation)
    if site_ids is not None:
        asked = asked.where(Site.id.in_(site_ids))
    return tuple(
        (_facts(bed, room, site), stay_of(placement))
        for bed, room, site, placement in session.execute(asked)
    )
