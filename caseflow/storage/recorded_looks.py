"""Looks counted over a stretch of the audit log, a page at a time; ids and codes only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select

from caseflow.domain.access import Relation
from caseflow.domain.actors import SYSTEM
from caseflow.storage.models.audit import Entry
from caseflow.storage.stores import Stores

PAGE: Final = 500
"""Entries fetched at a time."""


@dataclass(frozen=True)
class RecordedLook:
    """One entry of the log, as far as counting needs it."""

    id: str
    at: datetime
    event: str
    result: str | None
    user_id: str
    organisation: str
    object_kind: str
    object_id: str | None
    relations: frozenset[str]
    purpose: str
    emergency: bool
    asked: str
    """The act that was refused, where one was."""

    @property
    def thing(self) -> str:
        """What was asked for, to tell two looks at one thing from looks at two."""
        return self.object_id or self.asked or self.event


_COLUMNS: Final[tuple[Any, ...]] = (
    Entry.id,
    Entry.at,
    Entry.event,
    Entry.result,
    Entry.user_id,
    Entry.organisation,
    Entry.object_kind,
    Entry.object_id,
    Entry.relations,
    Entry.purpose,
    Entry.control_emergency,
    Entry.details,
)


def _look(row: Any) -> RecordedLook:
    asked = json.loads(row.details).get("asked") or ""
    return RecordedLook(
        row.id,
        row.at,
        row.event,
        row.result,
        row.user_id,
        row.organisation,
        row.object_kind,
        row.object_id,
        frozenset(row.relations.split()),
        row.purpose,
        row.control_emergency,
        str(asked),
    )


def _read(stores: Stores, wanted: Select[Any]) -> Iterator[RecordedLook]:
    """Entries in pages by position, so that a long log is never held in memory."""
    after = 0
    while True:
        page = wanted.add_columns(Entry.position).where(Entry.position > after)
        with stores.audit.connect() as log:
            rows = log.execute(page.order_by(Entry.position).limit(PAGE)).all()
        if not rows:
            return
        after = rows[-1].position
        for row in rows:
            yield _look(row)


def without_relation(stores: Stores, since: datetime) -> Iterator[RecordedLook]:
    """What colleagues were denied, what glass they broke, and what they opened as a teammate alone, since then.

    A look with a purpose of its own, such as one in a caseload review, is not a look without one.
    """
    wanted = select(*_COLUMNS).where(
        Entry.at >= since,
        Entry.user_id != SYSTEM,
        or_(
            Entry.event == "access_denied",
            and_(Entry.event == "glass_broken", Entry.stands_for == "intent"),
            # the purpose is the strongest relation that opened it: nothing but being a teammate did
            and_(Entry.event == "case_opened", Entry.purpose == Relation.TEAM.value),
        ),
    )
    return _read(stores, wanted)


def opened(
    stores: Stores, organisation: str, from_at: datetime, until_at: datetime
) -> Iterator[RecordedLook]:
    """Every case that colleagues of an organisation opened in that time."""
    return _read(
        stores,
        select(*_COLUMNS).where(
            Entry.at >= from_at,
            Entry.at < until_at,
            Entry.organisation == organisation,
            Entry.event == "case_opened",
        ),
    )
