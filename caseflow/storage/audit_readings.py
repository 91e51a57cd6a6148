"""The audit log, read back: the newest entries first, a page at a time, each act once with how it ended.

A page begins below a position of the chain (keyset), so that the thousandth page costs what the first one does.
Nothing here decides who may read what; `services.looks` and `services.reviews` do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from caseflow.storage.dossiers import pages
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.stores import Stores

SUBJECT: Final = "subject"
"""The label under which `audit_log` hashes client codes."""
LAST: Final = 2**62
"""A position that no chain reaches; a larger number is no number to the store."""

_COLUMNS: Final = (
    Entry.position,
    Entry.id,
    Entry.at,
    Entry.event,
    Entry.stands_for,
    Entry.result,
    Entry.user_id,
    Entry.user_roles,
    Entry.responsible_id,
    Entry.organisation,
    Entry.access_point,
    Entry.purpose,
    Entry.relations,
    Entry.control_emergency,
    Entry.object_kind,
    Entry.object_id,
    Entry.details,
)


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; what is None is not asked."""

    organisation: str | None = None
    user_id: str | None = None
    events: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The first instant that is not asked for."""
    client_code: str | None = None
    former_codes: frozenset[str] = frozenset()
    """Codes that were given up into that one: the same person."""


@dataclass(frozen=True)
class Told:
    """One act as the log tells it: the look, or the intent of a change and how it ended."""

    position: int
    id: str
    at: datetime
    event: str
    is_change: bool
    result: str | None
    """What became of it; None for a change of which nobody knows how it ended."""
    user_id: str
    roles: frozenset[str]
    on_behalf_of: str | None
    organisation: str
    access_point: str
    purpose: str
    relations: frozenset[str]
    emergency: bool
    object_kind: str
    object_id: str | None
    details: Mapping[str, Any]
    subjects: tuple[str, ...] = field(default=())
    """Keyed hashes of the clients it is about."""


def page(
    stores: Stores,
    wanted: Wanted,
    *,
    below: int | None = None,
    most: int,
    with_subjects: bool = True,
) -> list[Told]:
    """At most so many acts below a position of the chain, the newest first.

    Without subjects, an act says nothing of whom else it was about: for a paper that one client takes home.
    """
    asked = _asked(stores, wanted)
    if below is not None:
        asked = asked.where(Entry.position < min(below, LAST))
    with stores.audit.connect() as log:
        rows = log.execute(asked.order_by(Entry.position.desc()).limit(most)).all()
        positions = [row.position for row in rows] if with_subjects else []
        outcomes = _outcomes(log, [row.id for row in rows if row.stands_for == "intent"])
        subjects = _subjects(log, positions)
    return [_told(row, outcomes, subjects.get(row.position, ())) for row in rows]


def _asked(stores: Stores, wanted: Wanted) -> Any:
    """The statement; an outcome is told with its intent, never as an act of its own."""
    asked = select(*_COLUMNS).where(Entry.stands_for != "outcome")
    if wanted.organisation is not None:
        asked = asked.where(Entry.organisation == wanted.organisation)
    if wanted.user_id is not None:
        asked = asked.where(Entry.user_id == wanted.user_id)
    if wanted.events is not None:
        asked = asked.where(Entry.event.in_(sorted(wanted.events)))
    if wanted.since is not None:
        asked = asked.where(Entry.at >= wanted.since)
    if wanted.until is not None:
        asked = asked.where(Entry.at < wanted.until)
    if wanted.client_code is not None:
        codes = {wanted.client_code, *wanted.former_codes}
        hashed = [stores.hashed(SUBJECT, code) for code in sorted(codes)]
        asked = asked.where(
            Entry.position.in_(select(Subject.position).where(Subject.subject_hash.in_(hashed)))
        )
    return asked


def _outcomes(log: Connection, intents: Collection[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for some in pages(intents):
        rows = log.execute(
            select(Entry.intent_id, Entry.result).where(
                Entry.stands_for == "outcome", Entry.intent_id.in_(some)
            )
        )
        found.update({intent: result for intent, result in rows if intent is not None})
    return found


def _subjects(log: Connection, positions: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    if positions:
        rows = log.execute(
            select(Subject.position, Subject.subject_hash).where(Subject.position.in_(positions))
        )
        for position, subject in rows:
            found.setdefault(position, []).append(subject)
    return {position: tuple(subjects) for position, subjects in found.items()}


def _told(row: Any, outcomes: Mapping[str, str | None], subjects: Iterable[str]) -> Told:
    return Told(
        position=row.position,
        id=row.id,
        at=row.at,
        event=row.event,
        is_change=row.stands_for == "intent",
        result=outcomes.get(row.id) if row.stands_for == "intent" else row.result,
        user_id=row.user_id,
        roles=frozenset(row.user_roles.split()),
        on_behalf_of=row.responsible_id if row.responsible_id != row.user_id else None,
        organisation=row.organisation,
        access_point=row.access_point,
        purpose=row.purpose,
        relations=frozenset(row.relations.split()),
        emergency=row.control_emergency,
        object_kind=row.object_kind,
        object_id=row.object_id,
        details=json.loads(row.details),
        subjects=tuple(subjects),
    )


def codes_of(stores: Stores, session: Session, organisation: str) -> dict[str, str]:
    """Client codes by their keyed hash, for the clients that one organisation holds.

    A hash cannot be turned round; every code is hashed and compared, so another organisation's clients stay hashes.
    """
    held = session.scalars(select(Client.code).where(Client.organisation == organisation))
    return {stores.hashed(SUBJECT, code): code for code in held}


def codes_of_cases(
    session: Session, case_ids: Collection[str], organisation: str
) -> dict[str, str]:
    """Client codes by case id, for those of these cases that one organisation holds."""
    found: dict[str, str] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(Case.id, Case.client_code).where(
                Case.id.in_(some), Case.organisation == organisation
            )
        )
        found.update((row.id, row.client_code) for row in rows)
    return found
