"""One house as its keepers read it: rooms, marks, limits, shares, outages and the log; never who sleeps there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import sites as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedKind, MeantFor
from caseflow.domain.local_days import local
from caseflow.domain.outages import OutageReason
from caseflow.domain.sites import Funder, Mark, NeighbourhoodKind, Since, SiteKind
from caseflow.services import houses, site_places
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.site_views import (
    BedView,
    EntryView,
    LimitView,
    OutageView,
    Revision,
    RoomView,
    ShareView,
    SitePage,
)
from caseflow.services.sites import organisation_name
from caseflow.storage import bed_conditions, dossiers
from caseflow.storage.availability import as_counted
from caseflow.storage.bed_conditions import Marks, outage_of
from caseflow.storage.models.shelter import Bed, Room
from caseflow.storage.models.sites import NeighbourhoodEntry, OutOfService, SiteLimit, SiteShare

ENTRIES_SHOWN = 100
"""Lines of the neighbourhood log on the page, the newest first."""
OUTAGES_SHOWN = 200
"""Revisions of outages that are read for the page, the newest first."""


def site_page(actor: Actor, site_id: str, now: datetime) -> SitePage:
    """One house for who keeps it. Raises `NotKnown` for others, and for a house of somebody else."""
    if not may_at_all(Permission.HOUSES_KEEP, actor.roles):
        raise NotKnown()
    today = local(now).date()
    with houses.current().stores.reading() as session:
        site = site_places.site_of(session, actor, site_id)
        rooms = _rooms(session, site_id, bed_conditions.marks_on(session, [site_id], today))
        return SitePage(
            site.id,
            organisation_name(site.organisation),
            site.name,
            SiteKind(site.kind),
            site.valid_from,
            site.valid_until,
            site.turnaround_nights,
            rooms,
            _limits(session, site_id, today),
            _shares(session, site_id, today),
            _outages(session, site_id, rooms, today),
            _entries(session, site_id),
            today,
            may_at_all(Permission.SITES_MANAGE, actor.roles),
            may_at_all(Permission.BOARD_VIEW, actor.roles)
            and actor.organisation == site.organisation,
        )


def _rooms(session: Session, site_id: str, marks: Marks) -> tuple[RoomView, ...]:
    rooms = session.scalars(select(Room).where(Room.site_id == site_id)).all()
    beds: dict[str, list[Bed]] = {}
    for bed in session.scalars(
        select(Bed).join(Room, Room.id == Bed.room_id).where(Room.site_id == site_id)
    ):
        beds.setdefault(bed.room_id, []).append(bed)
    return tuple(
        RoomView(
            room.id,
            room.name,
            MeantFor(room.meant_for),
            room.floor,
            _in_order(marks.get(room.id, frozenset())),
            room.valid_from,
            room.valid_until,
            tuple(
                BedView(
                    bed.id,
                    bed.name,
                    BedKind(bed.kind),
                    _in_order(marks.get(bed.id, frozenset()) | marks.get(room.id, frozenset())),
                    max(bed.valid_from, room.valid_from),
                    min((one for one in (bed.valid_until, room.valid_until) if one), default=None),
                )
                for bed in sorted(beds.get(room.id, ()), key=lambda one: as_counted(one.name))
            ),
        )
        for room in sorted(rooms, key=lambda one: as_counted(one.name))
    )


def _in_order(marks: frozenset[Mark]) -> tuple[Mark, ...]:
    return tuple(one for one in Mark if one in marks)


def _limits(session: Session, site_id: str, today: date) -> tuple[LimitView, ...]:
    rows = session.scalars(
        select(SiteLimit)
        .where(SiteLimit.site_id == site_id)
        .order_by(SiteLimit.from_on, SiteLimit.recorded_at, SiteLimit.id)
    ).all()
    holds = _that_holds([row.from_on for row in rows], today)
    return tuple(
        LimitView(row.from_on, row.most_people, number == holds) for number, row in enumerate(rows)
    )[::-1]


def _shares(session: Session, site_id: str, today: date) -> tuple[ShareView, ...]:
    rows = session.scalars(
        select(SiteShare)
        .where(SiteShare.site_id == site_id)
        .order_by(SiteShare.from_on, SiteShare.recorded_at, SiteShare.id)
    ).all()
    shown: list[ShareView] = []
    for funder in Funder:
        own = [row for row in rows if row.funder == funder.value]
        holds = _that_holds([row.from_on for row in own], today)
        shown += [
            ShareView(funder, row.from_on, row.beds, number == holds)
            for number, row in enumerate(own)
        ]
    return tuple(sorted(shown, key=lambda one: one.from_on, reverse=True))


def _that_holds(begins: Sequence[date], today: date) -> int | None:
    """Which of these lines, in the order in which they were recorded for a day, holds today."""
    return rules.on_night([Since(on, number) for number, on in enumerate(begins)], today)


def _outages(
    session: Session, site_id: str, rooms: Sequence[RoomView], today: date
) -> tuple[OutageView, ...]:
    rows = session.scalars(
        select(OutOfService)
        .where(OutOfService.site_id == site_id)
        .order_by(OutOfService.recorded_at.desc(), OutOfService.id)
        .limit(OUTAGES_SHOWN)
    ).all()
    names = dossiers.colleagues(session, {row.recorded_by for row in rows})
    places = {room.id: room.name for room in rooms}
    places |= {bed.id: f"{room.name}, {bed.name}" for room in rooms for bed in room.beds}
    revisions: dict[str, list[OutOfService]] = {}
    for row in rows:
        revisions.setdefault(row.outage_id, []).append(row)
    current = [
        next((row for row in own if row.replaced_at is None), own[0]) for own in revisions.values()
    ]
    return tuple(
        _outage(row, places, revisions[row.outage_id], names, today)
        for row in sorted(current, key=lambda one: (one.from_on, one.id), reverse=True)
    )


def _outage(
    row: OutOfService,
    places: dict[str, str],
    revisions: Sequence[OutOfService],
    names: dict[str, tuple[str, str | None]],
    today: date,
) -> OutageView:
    outage = outage_of(row)
    taken = None if row.mistaken else outage.taken(today)
    return OutageView(
        outage,
        row.id,
        places.get(row.bed_id or row.room_id or "", ""),
        row.cost_centre,
        row.mistaken,
        not row.mistaken and outage.is_overdue(today),
        taken is not None and (taken.departure is None or taken.departure > today),
        tuple(
            Revision(
                OutageReason(one.reason),
                one.cost_centre,
                one.from_on,
                one.expected_until_on,
                one.until_on,
                one.mistaken,
                one.recorded_at,
                names.get(one.recorded_by, ("–", None))[0],
            )
            for one in revisions
        ),
    )


def _entries(session: Session, site_id: str) -> tuple[EntryView, ...]:
    rows = session.scalars(
        select(NeighbourhoodEntry)
        .where(NeighbourhoodEntry.site_id == site_id)
        .order_by(NeighbourhoodEntry.on.desc(), NeighbourhoodEntry.recorded_at.desc())
        .limit(ENTRIES_SHOWN)
    ).all()
    names = dossiers.colleagues(session, {row.recorded_by for row in rows})
    return tuple(
        EntryView(
            row.id,
            row.on,
            NeighbourhoodKind(row.kind),
            row.words,
            names.get(row.recorded_by, ("–", None))[0],
            row.taken_out_at,
        )
        for row in rows
    )
