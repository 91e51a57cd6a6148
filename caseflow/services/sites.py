"""Sites with their rooms and beds, as an administrator sets them up: never with who sleeps there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedKind, MeantFor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.sites import SiteKind
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.site_views import SiteView
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.shelter import Bed, Room, Site

BEDS_A_ROOM_AT_MOST: Final = 30
"""Beds in one room; more is a slip of the finger."""
NAME_LENGTH: Final = 40


@dataclass(frozen=True)
class RoomPlan:
    """A room to be opened: its name, for whom it is meant, how many beds."""

    name: str
    meant_for: MeantFor
    beds: int


def sites(actor: Actor, now: datetime) -> tuple[SiteView, ...]:
    """Every site for who manages them, those of one's organisation for who keeps them; by organisation and name.

    Raises `NotKnown` for others.
    """
    if not may_at_all(Permission.HOUSES_KEEP, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    own = () if may_at_all(Permission.SITES_MANAGE, actor.roles) else (actor.organisation,)
    with house.stores.reading() as session:
        rows = session.execute(
            select(
                Site,
                func.count(func.distinct(Room.id)),
                func.count(Bed.id),
            )
            .outerjoin(Room, and_(Room.site_id == Site.id, _there(Room, today)))
            .outerjoin(Bed, and_(Bed.room_id == Room.id, _there(Bed, today)))
            .where(*(Site.organisation == one for one in own))
            .group_by(Site.id)
            .order_by(Site.organisation, Site.name, Site.id)
        ).all()
        return tuple(
            SiteView(
                site.id,
                organisation_name(site.organisation),
                site.name,
                SiteKind(site.kind),
                rooms,
                beds,
                site.valid_from,
                site.valid_until,
            )
            for site, rooms, beds in rows
        )


def _there(place: type[Room] | type[Bed], night: date) -> ColumnElement[bool]:
    """There on a night, or still to come."""
    return or_(place.valid_until.is_(None), place.valid_until >= night)


def organisation_name(organisation: str) -> Label | str:
    """How an organisation is called; its id where it is not configured any more."""
    known = houses.current().catalogue.organisations.get(organisation)
    return known.name if known is not None else organisation


def organisations(actor: Actor) -> dict[str, Label]:
    """Names of the organisations that can have a site. Raises `NotKnown` for who does not manage them."""
    _guard(actor)
    return {one.id: one.name for one in houses.current().catalogue.organisations.values()}


def open_site(
    actor: Actor,
    organisation: str,
    name: str,
    kind: SiteKind,
    rooms: Sequence[RoomPlan],
    from_on: date,
    now: datetime,
) -> str | Refused:
    """Opens a site with rooms and beds; answers its id. Beds are named room.number, as `3.2`."""
    _guard(actor)
    house = houses.current()
    if organisation not in house.catalogue.organisations:
        return Refused(N_("Choose an organisation of this house."))
    planned = _may_open(name, rooms)
    if not planned:
        return planned
    site_id, beds = new_id(), sum(room.beds for room in rooms)
    act = Act(
        "site_made",
        actor,
        now,
        object_id=site_id,
        details={"rooms": len(rooms), "beds": beds},
        permission=Permission.SITES_MANAGE.value,
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.SITES_MANAGE)
        taken = work.casework.scalar(
            select(Site.id).where(Site.organisation == organisation, Site.name == name.strip())
        )
        if taken is not None:
            return work.refuse(
                Refused(N_("This organisation already has a site of that name. Choose another."))
            )
        work.casework.add(
            Site(
                id=site_id,
                organisation=organisation,
                name=name.strip(),
                kind=kind.value,
                valid_from=from_on,
            )
        )
        work.casework.flush()
        for number, plan in enumerate(rooms, start=1):
            room = Room(
                id=new_id(),
                site_id=site_id,
                name=plan.name.strip(),
                meant_for=plan.meant_for.value,
                valid_from=from_on,
            )
            work.casework.add(room)
            work.casework.flush()
            work.casework.add_all(
                Bed(
                    id=new_id(),
                    room_id=room.id,
                    name=f"{number}.{bed}",
                    kind=beds_of(kind).value,
                    valid_from=from_on,
                )
                for bed in range(1, plan.beds + 1)
            )
    return site_id


def beds_of(kind: SiteKind) -> BedKind:
    """The kind of the beds of such a house."""
    return BedKind.NIGHT if kind is SiteKind.NIGHT else BedKind.FULL_DAY


def _guard(actor: Actor) -> None:
    if not may_at_all(Permission.SITES_MANAGE, actor.roles):
        raise NotKnown()


def _may_open(name: str, rooms: Sequence[RoomPlan]) -> Decision:
    if not name.strip() or len(name.strip()) > NAME_LENGTH:
        return Refused(N_("Give the site a name of at most %(most)s letters.", most=NAME_LENGTH))
    if not rooms:
        return Refused(N_("Describe at least one room."))
    names = [room.name.strip() for room in rooms]
    if not all(names) or len(set(names)) != len(names):
        return Refused(N_("Give each room a name of its own."))
    if any(len(one) > NAME_LENGTH for one in names):
        return Refused(N_("A room has a name of at most %(most)s letters.", most=NAME_LENGTH))
    if any(not 1 <= room.beds <= BEDS_A_ROOM_AT_MOST for room in rooms):
        return Refused(N_("A room has between 1 and %(most)s beds.", most=BEDS_A_ROOM_AT_MOST))
    return Allowed()
