"""Somebody is at the door asking: a script, a number to call and an entry in a register, without looking up anyone.

Nothing here reads clients, cases or placements: whoever stands at the door may see the screen, and an answer that was
never looked up cannot be given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.doors import (
    SAME_CALL,
    DoorScript,
    HowItEnded,
    PaperShown,
    Visitor,
    is_same_call,
)
from caseflow.domain.messages import N_
from caseflow.services import denials, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.governance import DoorCall
from caseflow.storage.models.shelter import Site

UNFINISHED_DAYS: Final = timedelta(days=14)
"""For how long an own entry that is not complete is offered to be completed."""


@dataclass(frozen=True)
class Told:
    """What is written down afterwards, in codes; None where it was not said yet."""

    who: Visitor | None = None
    shown: PaperShown | None = None
    outcome: HowItEnded | None = None
    site_id: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be said; a slip of the finger needs no more."""
        if self.outcome is HowItEnded.MISTAKE:
            return True
        ended = self.outcome not in (None, HowItEnded.WAITS)
        return ended and self.who is not None and self.shown is not None


@dataclass(frozen=True)
class EntryView:
    """One entry of the register."""

    id: str
    at: datetime
    told: Told
    site: str | None = None
    recorded_by: str | None = None
    seen_by: str | None = None
    seen_at: datetime | None = None
    may_mark: bool = False


@dataclass(frozen=True)
class DoorView:
    """What somebody at the door has in front of them."""

    entry: EntryView
    script: DoorScript
    on_call: str | None
    organisation: str
    sites: tuple[tuple[str, str], ...]
    """Ids and names to choose from, where it is not clear at which site this is."""


def somebody_is_here(actor: Actor, now: datetime) -> str:
    """Opens an entry at once and answers its id; pressing again goes back to the call that is not finished.

    Raises `NotKnown` for a role that stands at no door.
    """
    guard(actor, Permission.DOOR_RECORD)
    house = houses.current()
    with house.stores.reading() as session:
        for row in _own(session, actor, now - SAME_CALL):
            if is_same_call(row.at, row.outcome, now):
                return row.id
    door_id, site_id = new_id(), _only_site(actor)
    act = act_of("door_called", actor, now, door_id, {"site": site_id})
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.DOOR_RECORD)
        work.casework.add(
            DoorCall(
                id=door_id,
                organisation=actor.organisation,
                site_id=site_id,
                at=now,
                recorded_by=work.by,
                change_id=work.id,
            )
        )
    return door_id


def door(actor: Actor, door_id: str, now: datetime) -> DoorView:
    """The script, the number to call and the entry, for who opened it. Raises `NotKnown`, and tells the log so."""
    guard(actor, Permission.DOOR_RECORD)
    house = houses.current()
    with house.stores.reading() as session:
        row = _own_entry(session, actor, door_id, now)
        ours = house.catalogue.organisations.get(actor.organisation)
        return DoorView(
            EntryView(row.id, row.at, told_by(row)),
            house.door,
            ours.on_call if ours else None,
            actor.organisation,
            _sites_to_choose(session, actor, now_site=row.site_id),
        )


def unfinished(actor: Actor, now: datetime) -> tuple[EntryView, ...]:
    """The reader's own entries of late in which something is not said yet, newest first. Raises `NotKnown`."""
    guard(actor, Permission.DOOR_RECORD)
    with houses.current().stores.reading() as session:
        rows = [
            EntryView(row.id, row.at, told_by(row))
            for row in _own(session, actor, now - UNFINISHED_DAYS)
        ]
    return tuple(row for row in rows if not row.told.is_complete)


def tell(actor: Actor, door_id: str, told: Told, now: datetime) -> Refused | None:
    """Keeps what was told about a call; what is left open stays as it was. Raises `NotKnown`."""
    guard(actor, Permission.DOOR_RECORD)
    house = houses.current()
    with house.stores.reading() as session:
        row = _own_entry(session, actor, door_id, now)
        if told.site_id is not None and told.site_id not in dict(
            _sites_to_choose(session, actor, now_site=row.site_id)
        ):
            return Refused(N_("Choose one of the sites."))
    details = {"who": told.who, "shown": told.shown, "outcome": told.outcome}
    if told == Told():
        return Refused(N_("Choose at least one answer."))
    with changes.change(house.stores, act_of("door_told", actor, now, door_id, details)) as work:
        still(work.casework, actor, Permission.DOOR_RECORD)
        row = work.casework.get_one(DoorCall, door_id)
        row.who, row.shown = told.who or row.who, told.shown or row.shown
        row.outcome, row.site_id = told.outcome or row.outcome, told.site_id or row.site_id
        row.told_at = work.at
    return None


def guard(actor: Actor, permission: Permission) -> None:
    """Raises `NotKnown` for a colleague in no role that may do this."""
    if not may_at_all(permission, actor.roles):
        raise NotKnown()


def _own(session: Session, actor: Actor, since: datetime) -> list[DoorCall]:
    return list(
        session.scalars(
            select(DoorCall)
            .where(
                DoorCall.organisation == actor.organisation,
                DoorCall.recorded_by == actor.user_id,
                DoorCall.at > since,
            )
            .order_by(DoorCall.at.desc())
        )
    )


def _own_entry(session: Session, actor: Actor, door_id: str, now: datetime) -> DoorCall:
    row = session.get(DoorCall, door_id)
    if row is None or row.recorded_by != actor.user_id:
        denials.tell(actor, Permission.DOOR_RECORD, now)
        raise NotKnown()
    return row


def told_by(row: DoorCall) -> Told:
    """What was told about a call, as far as it goes."""
    return Told(
        Visitor(row.who) if row.who else None,
        PaperShown(row.shown) if row.shown else None,
        HowItEnded(row.outcome) if row.outcome else None,
        row.site_id,
    )


def _only_site(actor: Actor) -> str | None:
    """The one site where somebody works; None where there is none, or more than one."""
    sites = {grant.site_id for grant in actor.grants if grant.site_id}
    return next(iter(sites)) if len(sites) == 1 else None


def _sites_to_choose(
    session: Session, actor: Actor, *, now_site: str | None
) -> tuple[tuple[str, str], ...]:
    """The sites where somebody works, or coordinates; nothing to choose where there is one."""
    if _only_site(actor) is not None and now_site is not None:
        return ()
    asked = select(Site.id, Site.name).order_by(Site.name, Site.id)
    if Role.COORDINATOR in actor.roles:
        asked = asked.where(Site.organisation == actor.organisation)
    else:
        asked = asked.where(Site.id.in_({grant.site_id for grant in actor.grants if grant.site_id}))
    return tuple((site_id, name) for site_id, name in session.execute(asked))


def act_of(
    event: str, actor: Actor, now: datetime, door_id: str, details: Mapping[str, object]
) -> Act:
    """An act at a door as the log tells it."""
    permission = Permission.LOOKS_REVIEW if event == "door_seen" else Permission.DOOR_RECORD
    return Act(
        event,
        actor,
        now,
        object_id=door_id,
        details=details,
        permission=permission.value,
        sensitivity="governance",
    )
