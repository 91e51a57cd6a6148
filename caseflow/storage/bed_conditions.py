"""What keeps beds empty or marks them: outages, closures, marks, and how many beds a room has, for `availability`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.nights import Nights
from caseflow.domain.outages import Outage, OutageReason, Void
from caseflow.domain.sites import Mark
from caseflow.storage.models.shelter import Bed, Room
from caseflow.storage.models.sites import OutOfService, PlaceMark, SiteLimit

Voids = Mapping[str, tuple[Void, ...]]
Marks = Mapping[str, frozenset[Mark]]


@dataclass(frozen=True)
class Conditions:
    """By id of a site, a room or a bed: what keeps it empty, and its marks on the first wanted night."""

    voids: Voids = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)
    beds_in_rooms: Mapping[str, int] = field(default_factory=dict)

    def voids_of(self, bed: Bed, room: Room) -> tuple[Void, ...]:
        """What keeps a bed empty: an outage of its own, of its room, or a closure of its site."""
        return tuple(
            void for place in (room.site_id, room.id, bed.id) for void in self.voids.get(place, ())
        )

    def marks_of(self, bed: Bed) -> frozenset[Mark]:
        """The marks of a bed, with those of its room."""
        return self.marks.get(bed.id, frozenset()) | self.marks.get(bed.room_id, frozenset())


def conditions(
    session: Session, site_ids: Collection[str], wanted: Nights, today: date
) -> Conditions:
    """What holds for the beds of these sites on some nights; three queries, however many beds."""
    voids: dict[str, tuple[Void, ...]] = {}
    for one in running_outages(session, site_ids, wanted):
        void = one.void(today)
        if void is not None and void.nights.overlaps(wanted):
            place = one.bed_id or one.room_id or one.site_id
            voids[place] = (*voids.get(place, ()), void)
    return Conditions(
        voids,
        marks_on(session, site_ids, wanted.arrival),
        _beds_in_rooms(session, site_ids, wanted.arrival),
    )


def running_outages(
    session: Session, site_ids: Collection[str], wanted: Nights
) -> tuple[Outage, ...]:
    """Outages and closures of these sites that count and may take a wanted night, the earliest first."""
    asked = (
        select(OutOfService)
        .where(
            OutOfService.site_id.in_(site_ids),
            OutOfService.replaced_at.is_(None),
            OutOfService.mistaken.is_(False),
            or_(OutOfService.until_on.is_(None), OutOfService.until_on > wanted.arrival),
        )
        .order_by(OutOfService.from_on, OutOfService.id)
    )
    if wanted.departure is not None:
        asked = asked.where(OutOfService.from_on < wanted.departure)
    return tuple(outage_of(row) for row in session.scalars(asked))


def outage_of(row: OutOfService) -> Outage:
    """A stored revision of an outage as the domain knows it."""
    return Outage(
        row.outage_id,
        row.site_id,
        row.room_id,
        row.bed_id,
        OutageReason(row.reason),
        row.from_on,
        row.expected_until_on,
        row.until_on,
    )


def marks_on(session: Session, site_ids: Collection[str], on: date) -> Marks:
    """The marks of rooms and beds of these sites on a night: of each, the newest word for that night counts."""
    rows = session.scalars(
        select(PlaceMark)
        .outerjoin(Bed, Bed.id == PlaceMark.bed_id)
        .join(Room, Room.id == func.coalesce(PlaceMark.room_id, Bed.room_id))
        .where(Room.site_id.in_(site_ids), PlaceMark.from_on <= on)
        .order_by(PlaceMark.from_on, PlaceMark.recorded_at, PlaceMark.id)
    )
    newest = {(row.bed_id or row.room_id or "", Mark(row.kind)): row.holds for row in rows}
    found: dict[str, set[Mark]] = {}
    for (place, mark), holds in newest.items():
        if holds:
            found.setdefault(place, set()).add(mark)
    return {place: frozenset(marks) for place, marks in found.items()}


def limits_on(session: Session, site_ids: Collection[str], on: date) -> dict[str, int]:
    """How many people may sleep at each of these sites on a night; a site without a limit is missing."""
    rows = session.scalars(
        select(SiteLimit)
        .where(SiteLimit.site_id.in_(site_ids), SiteLimit.from_on <= on)
        .order_by(SiteLimit.from_on, SiteLimit.recorded_at, SiteLimit.id)
    )
    newest = {row.site_id: row.most_people for row in rows}
    return {site_id: most for site_id, most in newest.items() if most is not None}


def _beds_in_rooms(session: Session, site_ids: Collection[str], on: date) -> dict[str, int]:
    rows = session.execute(
        select(Bed.room_id, func.count(Bed.id))
        .join(Room, Room.id == Bed.room_id)
        .where(
            Room.site_id.in_(site_ids),
            Bed.valid_from <= on,
            or_(Bed.valid_until.is_(None), Bed.valid_until >= on),
        )
        .group_by(Bed.room_id)
    )
    return {row[0]: row[1] for row in rows}
