"""What an administrator changes about a house: rooms and beds, its last night, cleaning, limits and shares of funders.

Nothing is rewritten: rooms and beds get a last night, limits and shares a further line, so that last year's occupancy
stays as it was (rule B4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import closings
from caseflow.domain import sites as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.beds import MeantFor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.sites import Funder, Mark, Since, SiteKind
from caseflow.services import houses, site_places
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.site_places import Spot
from caseflow.services.sites import BEDS_A_ROOM_AT_MOST, NAME_LENGTH, beds_of
from caseflow.storage import availability, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.shelter import Bed, Room, Site
from caseflow.storage.models.sites import SiteLimit, SiteShare

MANAGE = Permission.SITES_MANAGE
SHUT = Refused(N_("The site is closed then. Enter an earlier day, or open the site again first."))


@contextmanager
def changing_site(
    actor: Actor,
    permission: Permission,
    site_id: str,
    event: str,
    now: datetime,
    details: Mapping[str, Any],
) -> Iterator[tuple[Writing, Site]]:
    """One recorded change to one house. Raises `NotKnown` for who may not, and for a house of somebody else."""
    house = houses.current()
    if not may_at_all(permission, actor.roles):
        raise NotKnown()
    with house.stores.reading() as session:
        site_places.site_of(session, actor, site_id)
    act = Act(event, actor, now, object_id=site_id, details=details, permission=permission.value)
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, permission)
        yield work, site_places.site_of(work.casework, actor, site_id)


def add_room(
    actor: Actor,
    site_id: str,
    name: str,
    meant_for: MeantFor,
    floor: int | None,
    beds: int,
    from_on: date,
    now: datetime,
) -> Refused | None:
    """Adds a room with beds to a site. Raises `NotKnown`."""
    name = name.strip()
    with changing_site(
        actor, MANAGE, site_id, "room_made", now, {"beds": beds, "from": from_on}
    ) as (work, site):
        if not name or len(name) > NAME_LENGTH:
            return work.refuse(
                Refused(N_("A room has a name of at most %(most)s letters.", most=NAME_LENGTH))
            )
        if not 1 <= beds <= BEDS_A_ROOM_AT_MOST:
            return work.refuse(
                Refused(N_("A room has between 1 and %(most)s beds.", most=BEDS_A_ROOM_AT_MOST))
            )
        allowed = rules.may_hold_from(from_on, site.valid_from, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        if site.valid_until is not None and site.valid_until < from_on:
            return work.refuse(SHUT)
        rooms = work.casework.scalars(select(Room).where(Room.site_id == site_id)).all()
        if name in {room.name for room in rooms if _is_there(room, from_on)}:
            return work.refuse(Refused(N_("Give each room a name of its own.")))
        room = Room(
            id=new_id(),
            site_id=site_id,
            name=name,
            meant_for=meant_for.value,
            floor=floor,
            valid_from=from_on,
        )
        work.casework.add(room)
        work.casework.flush()
        _add_beds(work.casework, site, room, 1, beds, from_on)
    return None


def add_beds(
    actor: Actor, site_id: str, room_id: str, beds: int, from_on: date, now: datetime
) -> Refused | None:
    """Adds beds to a room; their names go on where those of the room ended. Raises `NotKnown`."""
    with changing_site(
        actor, MANAGE, site_id, "beds_made", now, {"room": room_id, "beds": beds, "from": from_on}
    ) as (work, site):
        place = site_places.place_of(work.casework, actor, site_id, f"room:{room_id}")
        room = place.room
        if room is None:
            raise NotKnown()
        there = work.casework.scalars(select(Bed).where(Bed.room_id == room_id)).all()
        if not 1 <= beds <= BEDS_A_ROOM_AT_MOST - sum(_is_there(one, from_on) for one in there):
            return work.refuse(
                Refused(N_("A room has between 1 and %(most)s beds.", most=BEDS_A_ROOM_AT_MOST))
            )
        allowed = rules.may_hold_from(from_on, place.opened, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        if not _is_there(room, from_on) or not _is_there(site, from_on):
            return work.refuse(SHUT)
        _add_beds(work.casework, site, room, len(there) + 1, beds, from_on)
    return None


def close(
    actor: Actor, site_id: str, spot: str, last_night: date | None, now: datetime
) -> Refused | None:
    """Gives a site, a room or a bed its last night, or opens it again; refused while somebody has a later one.

    Raises `NotKnown`, also for a bed of another site.
    """
    today = local(now).date()
    kind = Spot.read(spot, site_id).kind
    with changing_site(
        actor, MANAGE, site_id, "place_closed", now, {"place": kind, "until": last_night}
    ) as (work, _):
        place = site_places.place_of(work.casework, actor, site_id, spot)
        allowed = closings.may_close(last_night, place.opened, today)
        if allowed and last_night is not None:
            after = Nights(next_night(last_night))
            allowed = closings.may_be_emptied(
                site_places.taken(work.casework, place, after, now, today), after
            )
        if not allowed:
            return work.refuse(allowed)
        place.row.valid_until = last_night
    return None


def turn_around(actor: Actor, site_id: str, nights: int, now: datetime) -> Refused | None:
    """Says how many nights a bed stays empty between two stays (rule B1). Raises `NotKnown`."""
    with changing_site(actor, MANAGE, site_id, "turnaround_set", now, {"nights": nights}) as (
        work,
        site,
    ):
        allowed = rules.may_turn_around(nights)
        if not allowed:
            return work.refuse(allowed)
        site.turnaround_nights = nights
    return None


def limit(
    actor: Actor, site_id: str, most_people: int | None, from_on: date, now: datetime
) -> Refused | None:
    """Says how many people may sleep at a site from a night on; None ends the limit. Raises `NotKnown`."""
    with changing_site(
        actor, MANAGE, site_id, "site_limited", now, {"people": most_people, "from": from_on}
    ) as (work, site):
        allowed = rules.may_limit(most_people, from_on, site.valid_from, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        work.casework.add(
            SiteLimit(site_id=site_id, most_people=most_people, from_on=from_on, **recorded(work))
        )
    return None


def share(
    actor: Actor, site_id: str, funder: Funder, beds: int, from_on: date, now: datetime
) -> Refused | None:
    """Says how many beds of the capacity a funder pays from a night on; nought ends it. Raises `NotKnown`."""
    today = local(now).date()
    with changing_site(
        actor,
        MANAGE,
        site_id,
        "site_shared",
        now,
        {"funder": funder.value, "beds": beds, "from": from_on},
    ) as (work, site):
        rows = work.casework.scalars(
            select(SiteShare)
            .where(SiteShare.site_id == site_id, SiteShare.funder != funder.value)
            .order_by(SiteShare.from_on, SiteShare.recorded_at, SiteShare.id)
        ).all()
        others = sum(
            rules.on_night([Since(r.from_on, r.beds) for r in rows if r.funder == one], from_on)
            or 0
            for one in {row.funder for row in rows}
        )
        allowed = rules.may_share(
            beds,
            others,
            capacity_on(work.casework, site_id, from_on, now, today),
            from_on,
            site.valid_from,
            today,
        )
        if not allowed:
            return work.refuse(allowed)
        work.casework.add(
            SiteShare(
                site_id=site_id, funder=funder.value, beds=beds, from_on=from_on, **recorded(work)
            )
        )
    return None


def capacity_on(session: Session, site_id: str, night: date, now: datetime, today: date) -> int:
    """Beds of the capacity of a site on a night: those that are there, without overflow beds."""
    found = availability.beds(
        session, Nights(night, next_night(night)), now, today, site_ids=[site_id]
    )
    return sum(
        one.bed.open_from <= night
        and (one.bed.open_until is None or night <= one.bed.open_until)
        and Mark.OVERFLOW not in one.bed.marks
        for one in found
    )


def recorded(work: Writing) -> dict[str, Any]:
    """What every line about a house carries."""
    return {"recorded_at": work.at, "recorded_by": work.by, "change_id": work.id}


def _is_there(place: Site | Room | Bed, night: date) -> bool:
    return place.valid_until is None or night <= place.valid_until


def _add_beds(
    session: Session, site: Site, room: Room, first: int, beds: int, from_on: date
) -> None:
    kind = beds_of(SiteKind(site.kind))
    session.add_all(
        Bed(
            id=new_id(),
            room_id=room.id,
            name=f"{room.name}.{number}"[:NAME_LENGTH],
            kind=kind.value,
            valid_from=from_on,
        )
        for number in range(first, first + beds)
    )
