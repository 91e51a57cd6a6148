"""Which places of which houses somebody keeps, and which nights of them are taken; asked inside each change anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.nights import Nights
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import availability
from caseflow.storage.models.shelter import Bed, Room, Site


@dataclass(frozen=True)
class Spot:
    """A whole site, one of its rooms, or one of its beds, as the form of a page names it."""

    kind: str
    id: str

    @classmethod
    def read(cls, text: str, site_id: str) -> Spot:
        """`site`, `room:<id>` or `bed:<id>`. Raises `NotKnown` for anything else."""
        kind, _, known_as = text.partition(":")
        if text == "site":
            return cls("site", site_id)
        if kind not in ("room", "bed") or not known_as:
            raise NotKnown()
        return cls(kind, known_as)


@dataclass(frozen=True)
class Place:
    """A spot of a site, with its rows."""

    site: Site
    room: Room | None = None
    bed: Bed | None = None

    @property
    def row(self) -> Site | Room | Bed:
        """The row of the spot itself."""
        return self.bed or self.room or self.site

    @property
    def opened(self) -> date:
        """The first night on which it was there."""
        places: tuple[Site | Room | Bed | None, ...] = (self.site, self.room, self.bed)
        return max(one.valid_from for one in places if one is not None)

    @property
    def room_id(self) -> str | None:
        """The room, where the spot is one."""
        return self.room.id if self.room is not None and self.bed is None else None

    @property
    def bed_id(self) -> str | None:
        """The bed, where the spot is one."""
        return None if self.bed is None else self.bed.id


def site_of(session: Session, actor: Actor, site_id: str) -> Site:
    """A site that this colleague keeps: of their organisation, or any for who manages all. Raises `NotKnown`."""
    site = session.get(Site, site_id)
    everywhere = may_at_all(Permission.SITES_MANAGE, actor.roles)
    if site is None or not (everywhere or site.organisation == actor.organisation):
        raise NotKnown()
    return site


def place_of(session: Session, actor: Actor, site_id: str, text: str) -> Place:
    """A spot of a site that this colleague keeps. Raises `NotKnown`, also for a bed of another site."""
    site, spot = site_of(session, actor, site_id), Spot.read(text, site_id)
    if spot.kind == "site":
        return Place(site)
    bed = session.get(Bed, spot.id) if spot.kind == "bed" else None
    room = session.get(Room, bed.room_id if bed is not None else spot.id)
    if room is None or room.site_id != site_id or (spot.kind == "bed" and bed is None):
        raise NotKnown()
    return Place(site, room, bed)


def taken(
    session: Session, place: Place, wanted: Nights, now: datetime, today: date
) -> tuple[Nights, ...]:
    """The wanted nights that somebody has there, stay by stay; nobody is named."""
    found = availability.beds(session, wanted, now, today, site_ids=[place.site.id])
    nights = (
        stay.taken(now, today)
        for one in found
        if (place.bed is None or one.bed.id == place.bed.id)
        and (place.room is None or one.bed.room_id == place.room.id)
        for stay in one.stays
    )
    return tuple(one for one in nights if one is not None)
