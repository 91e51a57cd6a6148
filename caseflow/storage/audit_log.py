"""The audit log: told first, in its own transaction, chained by hash, ids only.

Entry form 1 holds every field of NEN 7513:2018 chapter 7. A change is told twice, as an intent and as its
outcome; a look once, before its page leaves. If telling fails, nothing happens and nothing is sent.

A walk reads what lies in the file, not what a model makes of it: a value of another kind is a difference too.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Boolean, Connection, insert, select
from sqlcipher3.dbapi2 import DatabaseError

from caseflow.domain.access import Relation
from caseflow.domain.actors import Actor
from caseflow.domain.events import EVENTS, UnknownAuditWord, details_of
from caseflow.domain.messages import N_
from caseflow.storage import engines
from caseflow.storage.engines import StoreRefused, writing
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.bases import new_id
from caseflow.storage.stores import Stores, path_of

FORM: Final = 1
BEGINNING: Final = "0" * 64
Beside = Callable[[Connection, int, str], None]
"""Writes with an entry, knowing its position and its hash."""


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
    beside: Beside | None = None,
) -> str:
    """Writes one entry and answers its id; where it raises, nothing may follow.

    `beside` writes what stands or falls with the entry, in the same transaction.

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
        made = hash_of(entry, subjects)
        log.execute(insert(Entry).values(**entry, hash=made))
        if subjects:
            log.execute(
                insert(Subject), [{"position": position, "subject_hash": s} for s in subjects]
            )
        if beside is not None:
            beside(log, position, made)
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


PAGE: Final = 1000
"""Entries that a walk along the chain holds in memory."""
CHECKPOINT_MADE: Final = "checkpoint_made"

_COLUMNS: Final = tuple(column.name for column in Entry.__table__.columns)
_SWITCHES: Final = frozenset(
    column.name for column in Entry.__table__.columns if isinstance(column.type, Boolean)
)
_READ: Final = f"SELECT {', '.join(_COLUMNS)} FROM entries ORDER BY position"  # noqa: S608 - our own columns


class Fault(StrEnum):
    """What is amiss in the file although every entry follows from the one before."""

    FILE = "file"
    """Pages that do not belong together: some are damaged or of an older copy."""
    SUBJECTS = "subjects"
    """Subjects without an entry."""
    CHECKPOINTS = "checkpoints"
    """Checkpoints that no entry tells of, or entries whose checkpoint is gone."""


@dataclass(frozen=True)
class Verdict:
    """What a walk found: how many entries, the head, the first wrong position, what else is amiss."""

    entries: int
    head: str
    broken_at: int | None
    fault: Fault | None = None

    @property
    def sound(self) -> bool:
        return self.broken_at is None and self.fault is None


def verify(stores: Stores) -> Verdict:
    """Walks the whole log in bounded memory and answers what it found; the log is as it was at one moment.

    Entries cut off at the end leave a shorter chain that is sound in itself; only a head that was kept
    elsewhere shows them missing. Raises `StoreRefused` where the file cannot be opened, or is in use.
    """
    with _as_it_lies(stores) as log:
        verdict = _walked(log)
        if not verdict.sound:
            return verdict
        return Verdict(verdict.entries, verdict.head, None, _fault(log, verdict.entries))


@contextmanager
def _as_it_lies(stores: Stores) -> Iterator[Any]:
    """A connection that may ask the file whether it is whole, in one transaction that is given up."""
    log = engines.connect(
        path_of(stores.instance, "audit"), stores.keys["audit"], administration=True
    )
    try:
        log.execute("BEGIN")
        yield log
        log.execute("ROLLBACK")
    finally:
        log.close()


def _walked(log: Any) -> Verdict:
    previous, count = BEGINNING, 0
    try:
        rows = log.execute(_READ)
        while page := rows.fetchmany(PAGE):
            entries = [_entry(row) for row in page]
            subjects = _subjects(log, entries[0]["position"], entries[-1]["position"])
            for entry in entries:
                count += 1
                if not _follows(entry, count, previous, subjects[entry["position"]]):
                    return Verdict(count, previous, entry["position"])
                previous = entry["hash"]
    except DatabaseError as error:
        _in_use(error)
        return Verdict(count, previous, count + 1)  # the file cannot be read any further
    return Verdict(count, previous, None)


def _entry(row: tuple[Any, ...]) -> dict[str, Any]:
    """A row as it lies in the file; a switch that is neither 0 nor 1 stays what it is, and is a difference."""
    entry = dict(zip(_COLUMNS, row, strict=True))
    for name in _SWITCHES:
        entry[name] = {0: False, 1: True}.get(entry[name], entry[name])
    return entry


def _follows(entry: dict[str, Any], count: int, previous: str, subjects: list[str]) -> bool:
    try:
        return bool(
            entry["position"] == count
            and entry["previous_hash"] == previous
            and entry["hash"] == hash_of(entry, subjects)
        )
    except TypeError:  # bytes where words belong
        return False


def _subjects(log: Any, first: int, last: int) -> defaultdict[int, list[str]]:
    found = defaultdict(list)
    asked = "SELECT position, subject_hash FROM subjects WHERE position BETWEEN ? AND ?"
    for position, subject in log.execute(asked, (first, last)):
        found[position].append(subject)
    return found


def _fault(log: Any, entries: int) -> Fault | None:
    try:
        if log.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            return Fault.FILE
        strays = "SELECT 1 FROM subjects WHERE position NOT BETWEEN 1 AND ? LIMIT 1"
        if log.execute(strays, (entries,)).fetchone():
            return Fault.SUBJECTS
        kept = set(log.execute("SELECT position, hash FROM checkpoints"))
        told = set(
            log.execute("SELECT position, hash FROM entries WHERE event = ?", (CHECKPOINT_MADE,))
        )
    except DatabaseError as error:
        _in_use(error)
        return Fault.FILE
    return None if kept == told else Fault.CHECKPOINTS


def _in_use(error: DatabaseError) -> None:
    """Raises `StoreRefused` where the file is only in use: that is no damage."""
    if "locked" in str(error):
        raise StoreRefused(
            N_("%(file)s is in use. Try again in a moment.", file="audit.db")
        ) from None
