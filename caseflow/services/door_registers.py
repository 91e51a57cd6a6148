"""The register of calls at the door: who came and how it ended, in codes, for those who answer for the organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.doors import HowItEnded, Visitor
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.messages import N_
from caseflow.services import denials, houses
from caseflow.services.doors import EntryView, act_of, guard, told_by
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.governance import DoorCall
from caseflow.storage.models.shelter import Site

SHOWN_AT_MOST: Final = 50
"""Entries on one page."""


@dataclass(frozen=True)
class Register:
    """One page of the register, with the counts of this year."""

    entries: tuple[EntryView, ...]
    year: int
    by_visitor: Mapping[Visitor | None, int]
    by_ending: Mapping[HowItEnded | None, int]
    waiting: int
    page: int
    pages: int


def register(actor: Actor, now: datetime, page: int = 1) -> Register:
    """The register of the reader's organisation, newest first, counted over this year.

    Raises `NotKnown`; told to the log before it is shown. Slips of the finger stay in the list and are not counted.
    """
    guard(actor, Permission.DOORS_VIEW)
    house, page, year = houses.current(), max(1, page), local(now).year
    own = DoorCall.organisation == actor.organisation
    since = datetime(year, 1, 1, tzinfo=AMSTERDAM)
    counted = or_(DoorCall.outcome.is_(None), DoorCall.outcome != HowItEnded.MISTAKE.value)
    with house.stores.reading() as session:
        codes = session.execute(
            select(DoorCall.who, DoorCall.outcome).where(own, counted, DoorCall.at >= since)
        ).all()
        count = session.scalar(select(func.count()).select_from(DoorCall).where(own)) or 0
        waiting = session.scalar(
            select(func.count()).select_from(DoorCall).where(own, DoorCall.seen_at.is_(None))
        )
        rows = session.scalars(
            select(DoorCall)
            .where(own)
            .order_by(DoorCall.at.desc(), DoorCall.id)
            .offset((page - 1) * SHOWN_AT_MOST)
            .limit(SHOWN_AT_MOST)
        ).all()
        entries = _entries(session, actor, list(rows))
    act = Act(
        "doors_listed",
        actor,
        now,
        details={"count": len(entries)},
        permission=Permission.DOORS_VIEW.value,
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return Register(
        entries,
        year,
        Counter(Visitor(who) if who else None for who, _ in codes),
        Counter(HowItEnded(outcome) if outcome else None for _, outcome in codes),
        waiting or 0,
        page,
        max(1, -(-count // SHOWN_AT_MOST)),
    )


def mark_as_seen(actor: Actor, door_id: str, now: datetime) -> Refused | None:
    """Keeps that the privacy officer looked at an entry, once. Raises `NotKnown`."""
    guard(actor, Permission.LOOKS_REVIEW)
    house = houses.current()
    with house.stores.reading() as session:
        found = session.get(DoorCall, door_id)
        if found is None or found.organisation != actor.organisation:
            denials.tell(actor, Permission.LOOKS_REVIEW, now)
            raise NotKnown()
    with changes.change(house.stores, act_of("door_seen", actor, now, door_id, {})) as work:
        still(work.casework, actor, Permission.LOOKS_REVIEW)
        row = work.casework.get_one(DoorCall, door_id)
        if row.seen_at is not None:
            return work.refuse(Refused(N_("A colleague has looked at this already.")))
        row.seen_by, row.seen_at = work.by, work.at
    return None


def _entries(session: Session, actor: Actor, rows: list[DoorCall]) -> tuple[EntryView, ...]:
    people = {row.recorded_by for row in rows} | {row.seen_by for row in rows if row.seen_by}
    names = dossiers.colleagues(session, people)
    named = select(Site.id, Site.name).where(Site.id.in_({r.site_id for r in rows if r.site_id}))
    sites = {row.id: row.name for row in session.execute(named)}
    marks = may(Permission.LOOKS_REVIEW, Standing(actor.roles))
    return tuple(
        EntryView(
            row.id,
            row.at,
            told_by(row),
            sites.get(row.site_id) if row.site_id else None,
            names.get(row.recorded_by, ("", None))[0],
            names.get(row.seen_by, ("", None))[0] if row.seen_by else None,
            row.seen_at,
            marks and row.seen_at is None,
        )
        for row in rows
    )
