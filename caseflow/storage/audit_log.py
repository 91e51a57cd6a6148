"""The audit log: told first, in its own transaction, chained by hash, ids only.

Entry form 1 holds every field of NEN 7513:2018 chapter 7. A change is told twice, as an intent and as its
outcome; a look once, before its page leaves. If telling fails, nothing happens and nothing is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from caseflow.domain.access import Relation
from caseflow.domain.actors import Actor
from caseflow.domain.events import EVENTS, UnknownAuditWord, details_of
from caseflow.storage.engines import writing
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.bases import new_id
from caseflow.storage.stores import Stores

FORM: Final = 1
BEGINNING: Final = "0" * 64
PAGE: Final = 1000
"""Entries that a walk along the chain holds in memory."""


@dataclass(frozen=True)
class Act:
    """What somebody is about to look at or to change, as the log tells it."""

    event: str
    actor: Actor
    now: datetime
    subjects: tuple[str, ...] = ()
    """Client codes; the log keeps keyed hashes of them."""
    object_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    permission: str = ""
    purpose: str = ""
    relations: frozenset[Relation] = frozenset()
    on_behalf_of: str | None = None
    sensitivity: str = "casework"
    emergency: bool = False


def tell(
    stores: Stores,
    act: Act,
    *,
    stands_for: str = "look",
    intent: str | None = None,
    result: str | None = None,
) -> str:
    """Writes one entry and answers its id; where it raises, nothing may follow.

    Raises `UnknownAuditWord` for an event, detail or object outside the table of audit words, and
    whatever the store raises.
    """
    details = details_of(act.event, act.details)
    kind = EVENTS[act.event]
    if act.object_id is not None and any(letter.isspace() for letter in act.object_id):
        raise UnknownAuditWord(f"{act.event} was given words for an object; the log holds ids.")
    fields: dict[str, Any] = {
        "id": new_id(),
        "form": FORM,
        "at": act.now,
        "event": act.event,
        "action": kind.action,
        "stands_for": stands_for,
        "intent_id": intent,
        "result": result,
        "user_id": act.actor.user_id,
        "user_roles": " ".join(sorted(act.actor.roles)),
        "responsible_id": act.on_behalf_of or act.actor.user_id,
        "organisation": act.actor.organisation,
        "access_point": act.actor.access_point,
        "purpose": act.purpose,
        "relations": " ".join(sorted(act.relations)),
        "authorised_by": act.permission,
        "control_authorisation": bool(act.permission),
        "control_relation": bool(act.relations),
        "control_consent": False,
        "control_emergency": act.emergency,
        "object_kind": kind.object_kind,
        "object_id": act.object_id,
        "sensitivity": act.sensitivity,
        "details": details,
        "source": stores.source,
    }
    subjects = sorted({stores.hashed("subject", code) for code in act.subjects})
    with writing(stores.audit).begin() as log:
        last = log.execute(
            select(Entry.position, Entry.hash).order_by(Entry.position.desc()).limit(1)
        ).first()
        position = (last.position if last else 0) + 1
        previous = last.hash if last else BEGINNING
        entry = {"position": position, **fields, "previous_hash": previous}
        log.execute(insert(Entry).values(**entry, hash=hash_of(entry, subjects)))
        if subjects:
            log.execute(
                insert(Subject), [{"position": position, "subject_hash": s} for s in subjects]
            )
    return str(fields["id"])


def hash_of(entry: Mapping[str, Any], subjects: Iterable[str]) -> str:
    """SHA-256 over the canonical form of an entry, its predecessor's hash and its subjects."""
    plain = {
        name: value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if isinstance(value, datetime)
        else value
        for name, value in entry.items()
        if name != "hash"
    }
    canonical = json.dumps(
        {**plain, "subjects": sorted(subjects)}, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: how many entries, the head, the first wrong position."""

    entries: int
    head: str
    broken_at: int | None

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def verify(stores: Stores) -> Verdict:
    """Walks the whole chain in bounded memory: does every entry follow from the one before?

    Entries cut off at the end leave a shorter chain that is sound in itself; only a head that was kept
    elsewhere shows them missing.
    """
    previous, count = BEGINNING, 0
    with stores.audit.connect() as log:
        rows = log.execution_options(yield_per=PAGE).execute(
            select(*Entry.__table__.columns).order_by(Entry.position)
        )
        for page in rows.partitions():
            subjects = _subjects(log, page[0].position, page[-1].position)
            for row in page:
                count += 1
                if (
                    row.position != count
                    or row.previous_hash != previous
                    or row.hash != hash_of(dict(row._mapping), subjects[row.position])
                ):
                    return Verdict(count, previous, row.position)
                previous = row.hash
    return Verdict(count, previous, None)


def _subjects(log: Connection, first: int, last: int) -> defaultdict[int, list[str]]:
    found = defaultdict(list)
    for position, subject in log.execute(
        select(Subject.position, Subject.subject_hash).where(Subject.position.between(first, last))
    ):
        found[position].append(subject)
    return found
