"""Handovers: notes that a colleague left for whoever takes over, until that one says they were read.

That a note was read is its reader's own word, given by one tap: a page that happened to be open is no handover, and a
look changes nothing. Words lie in the vault, so nothing is counted while it is sealed; who read what are ids.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Relation, Standing
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.services import houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing, standings
from caseflow.services.vault_readings import HANDOVER
from caseflow.storage import dossiers, words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.cases import HandoverRead
from caseflow.storage.models.vault import Note

C, P = Compartment, Part
DAYS_WAITED_FOR: Final = 60
"""Longer than anybody's leave; whoever joins a case later finds older handovers among the notes."""


@dataclass(frozen=True)
class Unread:
    """Ids of handover notes that one reader did not read yet, the newest first, by case id."""

    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()

    def of(self, case_id: str) -> int | Hidden | Sealed:
        """How many of one case; `HIDDEN` where its notes are not this reader's, `SEALED` while they cannot be read."""
        if case_id in self.sealed:
            return SEALED
        return len(self.notes.get(case_id, ())) if case_id in self.asked else HIDDEN


@dataclass(frozen=True)
class Waiting:
    """The handovers of one case that wait for one reader: how many, and the newest of them."""

    number: int
    newest: str


def reads(standing: Standing) -> bool:
    """Whether a handover is for this reader: whoever is on the case team, and stands in for a colleague too."""
    is_on_it = Relation.CASE_TEAM in standing.words
    return is_on_it and standing.vision(Surface.LIST).sees(C.NOTES, P.REST)


def unread(session: Session, actor: Actor, cases: Sequence[Dossier], now: datetime) -> Unread:
    """What waits in these cases, all of them this reader's to read; one question to each vault that is open."""
    stores = houses.current().stores
    by_vault: dict[str, list[Dossier]] = {}
    for one in cases:
        by_vault.setdefault(one.case.organisation, []).append(one)
    sealed = {
        one.case.id for o, some in by_vault.items() if not stores.is_unsealed(o) for one in some
    }
    asked = {one.case.id for one in cases} - sealed
    read = _read(session, actor, asked)
    found: dict[str, list[str]] = {}
    for organisation, some in by_vault.items():
        if stores.is_unsealed(organisation):
            with stores.reading_vault(organisation) as vault:
                for note in _left_by_others(vault, session, actor, some, now):
                    if note.id not in read:
                        found.setdefault(note.case_id, []).append(note.id)
    return Unread(found, frozenset(asked), frozenset(sealed))


def waiting(actor: Actor, case_id: str, now: datetime) -> Waiting | None:
    """What waits in a case that was opened, and whose look was recorded, in the same request."""
    with houses.current().stores.reading() as session:
        standing = standings(session, actor, [case_id], now).get(case_id)
        if standing is None or not reads(standing):
            return None
        found = unread(session, actor, list(dossiers.of_cases(session, [case_id]).values()), now)
    ids = found.notes.get(case_id, ())
    return Waiting(len(ids), ids[0]) if ids else None


def mark_read(actor: Actor, case_id: str, newest: str, now: datetime) -> Refused | None:
    """Says that this reader read the handovers of a case up to this one; what came in meanwhile still waits.

    Raises `NotKnown`, also for a note of another case or for a reader who has no handovers there; and `VaultSealed`.
    """
    with changing(
        actor,
        Permission.CASE_OPEN,
        case_id,
        "handover_read",
        now,
        details={"note": newest},
        words=True,
    ) as change:
        if not reads(change.standing):
            raise NotKnown()
        return _mark_read(actor, change, newest, now)


def _mark_read(actor: Actor, change: CaseChange, newest: str, now: datetime) -> Refused | None:
    work, case_id = change.work, change.dossier.case.id
    rows = _left_by_others(work.vault, work.casework, actor, [change.dossier], now)
    place = next((place for place, note in enumerate(rows) if note.id == newest), None)
    if place is None:
        raise NotKnown()
    read = _read(work.casework, actor, [case_id])
    fresh = [note.id for note in rows[place:] if note.id not in read]
    if not fresh:
        return change.refuse(Refused(N_("This handover was marked as read already.")))
    for note_id in fresh:
        work.casework.add(
            HandoverRead(
                note_id=note_id,
                user_id=actor.user_id,
                case_id=case_id,
                read_at=work.at,
                change_id=work.id,
            )
        )
    return None


def _left_by_others(
    vault: Session, session: Session, actor: Actor, cases: Collection[Dossier], now: datetime
) -> list[Note]:
    """Handover notes of colleagues in these cases, the newest first."""
    ids = {one.case.id for one in cases}
    found = words.visible(
        vault,
        session,
        Note,
        {one.client.code for one in cases},
        where=(
            Note.kind == HANDOVER,
            Note.recorded_by != actor.user_id,
            Note.recorded_at >= now - timedelta(days=DAYS_WAITED_FOR),
        ),
    )
    return [note for note in found if note.case_id in ids]


def _read(session: Session, actor: Actor, case_ids: Collection[str]) -> frozenset[str]:
    found: set[str] = set()
    for some in dossiers.pages(case_ids):
        found |= set(
            session.scalars(
                select(HandoverRead.note_id).where(
                    HandoverRead.user_id == actor.user_id, HandoverRead.case_id.in_(some)
                )
            )
        )
    return frozenset(found)
