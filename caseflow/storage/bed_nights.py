"""What a month of bed-nights is counted from, in a constant number of queries whatever the number of beds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.bed_night_prices import FundedPlaces
from caseflow.domain.bed_nights import BedNight, CountedBed, TakenNights, while_held
from caseflow.domain.daily_services import Month
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import StayStatus
from caseflow.storage.availability import ACTIVE, stay_of
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Client
from caseflow.storage.models.presences import NightCount, NightLedger, Presence
from caseflow.storage.models.shelter import Absence, Bed, Placement, Room, Site
from caseflow.storage.models.sites import OutOfService, PlaceMark, SiteShare

OVERFLOW = "overflow"
CAME = frozenset({StayStatus.BEGUN, StayStatus.ENDED})


def beds(session: Session, organisation: str, month: Month) -> tuple[CountedBed, ...]:
    """The beds of an organisation that were there in a month, with what was out of service, in a fixed order."""
    rows = session.execute(
        select(Bed, Room, Site)
        .join(Room, Room.id == Bed.room_id)
        .join(Site, Site.id == Room.site_id)
        .where(Site.organisation == organisation)
        .order_by(Site.kind, Site.id, Bed.id)
    ).all()
    void = _void(session, {site.id for _, _, site in rows}, month)
    overflow = _overflow(session, rows)
    return tuple(
        CountedBed(
            bed.id,
            site.id,
            site.kind,
            _open(bed, room, site),
            (*void[site.id], *void[room.id], *void[bed.id]),
            (*overflow[room.id], *overflow[bed.id]),
        )
        for bed, room, site in rows
    )


def _open(bed: Bed, room: Room, site: Site) -> Nights:
    """The nights on which bed, room and site are all there; none at all where their dates do not meet."""
    first = max(bed.valid_from, room.valid_from, site.valid_from)
    last = min((one.valid_until for one in (bed, room, site) if one.valid_until), default=None)
    if last is None:
        return Nights(first)
    return Nights(first, max(first, next_night(last)))


def _void(
    session: Session, site_ids: Collection[str], month: Month
) -> defaultdict[str, list[Nights]]:
    """What was out of service in the month, by the site, room or bed that it was said of."""
    found: defaultdict[str, list[Nights]] = defaultdict(list)
    for some in pages(site_ids):
        rows = session.scalars(
            select(OutOfService).where(
                OutOfService.site_id.in_(some),
                OutOfService.replaced_at.is_(None),
                OutOfService.mistaken.is_(False),
                OutOfService.from_on < month.next.first,
                or_(OutOfService.until_on.is_(None), OutOfService.until_on > month.first),
            )
        )
        for row in rows:
            place = row.bed_id or row.room_id or row.site_id
            found[place].append(Nights(row.from_on, row.until_on))
    return found


def _overflow(
    session: Session, rows: Iterable[tuple[Bed, Room, Site]]
) -> dict[str, tuple[Nights, ...]]:
    """The nights on which a room or bed was marked as overflow, by its id."""
    places = {one.id for bed, room, _ in rows for one in (bed, room)}
    words: dict[str, list[tuple[date, bool]]] = {place: [] for place in places}
    for row in session.scalars(
        select(PlaceMark)
        .where(PlaceMark.kind == OVERFLOW)
        .order_by(PlaceMark.recorded_at, PlaceMark.id)
    ):
        place = row.bed_id or row.room_id
        if place in words:
            words[place].append((row.from_on, row.holds))
    return {place: while_held(said) for place, said in words.items()}


def stays(
    session: Session, bed_ids: Collection[str], month: Month, now: datetime, today: date
) -> tuple[TakenNights, ...]:
    """The stays that may take nights of these beds in a month, with the nights away; invented people sleep nowhere."""
    rows: list[Placement] = []
    for some in pages(bed_ids):
        rows += session.scalars(
            select(Placement)
            .join(Client, Client.code == Placement.client_code)
            .where(
                Placement.bed_id.in_(some),
                Placement.status.in_(ACTIVE),
                Client.is_test.is_(False),
                Placement.arrival_on < month.next.first,
                or_(Placement.departure_on.is_(None), Placement.departure_on > month.first),
            )
            .order_by(Placement.arrival_on, Placement.id)
        )
    away = _away(session, {row.case_id for row in rows}, month)
    found = []
    for row in rows:
        stay = stay_of(row)
        taken = stay.taken(now, today)
        if taken is not None:
            begun = stay.status in CAME
            nights_away = tuple(away[row.case_id])
            found.append(TakenNights(row.id, row.bed_id, taken, begun, nights_away))
    return tuple(found)


def _away(
    session: Session, case_ids: Collection[str], month: Month
) -> defaultdict[str, list[Nights]]:
    found: defaultdict[str, list[Nights]] = defaultdict(list)
    for some in pages(case_ids):
        for row in session.scalars(
            select(Absence).where(
                Absence.case_id.in_(some),
                Absence.from_on < month.next.first,
                or_(Absence.until_on.is_(None), Absence.until_on > month.first),
            )
        ):
            found[row.case_id].append(Nights(row.from_on, row.until_on))
    return found


def shares(session: Session, organisation: str) -> tuple[FundedPlaces, ...]:
    """How many places of each site each funder pays, each from a night until the next word about it."""
    said: dict[tuple[str, str, str], dict[date, int]] = {}
    rows = session.execute(
        select(SiteShare, Site.kind)
        .join(Site, Site.id == SiteShare.site_id)
        .where(Site.organisation == organisation)
        .order_by(SiteShare.recorded_at, SiteShare.id)
    )
    for row, kind in rows:
        said.setdefault((row.site_id, kind, row.funder), {})[row.from_on] = row.beds
    found = []
    for (site_id, kind, funder), words in sorted(said.items()):
        days: list[date | None] = [*sorted(words), None]
        for first, until in pairwise(days):
            if first is not None and words[first]:
                found.append(
                    FundedPlaces(site_id, kind, funder, words[first], Nights(first, until))
                )
    return tuple(found)


def without_round(session: Session, found: Iterable[BedNight]) -> frozenset[date]:
    """The nights on which a site had beds and no night round is known, neither by name nor in the ledger."""
    asked = {(one.bed.site_id, one.night) for one in found}
    sites = {site for site, _ in asked}
    nights = [night for _, night in asked]
    if not nights:
        return frozenset()
    known: set[tuple[str, date]] = set()
    for table in (Presence, NightCount, NightLedger):
        for some in pages(sites):
            rows = session.execute(
                select(table.site_id, table.night)
                .where(table.site_id.in_(some), table.night.between(min(nights), max(nights)))
                .distinct()
            )
            known |= {(site, night) for site, night in rows}
    return frozenset(night for _, night in asked - known)


def restricted(session: Session, placement_ids: Collection[str]) -> frozenset[str]:
    """Those of these stays whose client only named readers read."""
    found: set[str] = set()
    for some in pages(placement_ids):
        found.update(
            session.scalars(
                select(Placement.id)
                .join(Client, Client.code == Placement.client_code)
                .where(Placement.id.in_(some), Client.restricted.is_(True))
            )
        )
    return frozenset(found)
