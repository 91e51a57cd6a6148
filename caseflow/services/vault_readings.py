"""Words about one person out of the vault: only those this reader may see, only while it is unsealed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services import identity_readings
from caseflow.services.case_views import SEALED, ContactView, NoteView, Sealed
from caseflow.services.houses import House
from caseflow.services.identity_views import IdentityView
from caseflow.storage import dossiers, words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.vault import ContactLine, Note, Reason, Wish

C, P = Compartment, Part
LAST_FIVE: Final = 5
NOTES_SHOWN: Final = 100
"""How many notes stand on one page; older ones are a page further."""
HANDOVER: Final = "handover"
CONTACTS: Final = ("contact", "phone", "visit")
"""Kinds of notes that tell of a contact with the person; no legal or medical words."""
NOTES_OF_A_KIND: Final = {P.HANDOVER: HANDOVER, P.LEGAL: "legal", P.MEDICAL: "medical"}
T = TypeVar("T")
Names = dict[str, tuple[str, str | None]]


@dataclass(frozen=True)
class Look:
    """Who looks, when, and at which page of the notes (the first is 1)."""

    actor: Actor
    now: datetime
    page: int = 1


@dataclass(frozen=True)
class Reasons:
    """The words behind proposals and decisions, by what they are about."""

    words: dict[str, str] | Hidden | Sealed

    def about(self, thing: str) -> str | Hidden | Sealed | None:
        if isinstance(self.words, Hidden | Sealed):
            return self.words
        return self.words.get(thing)


@dataclass(frozen=True)
class Words:
    """What one reader gets of the words about one person."""

    identity: IdentityView | Hidden | Sealed | None
    contact: ContactView | Hidden | Sealed | None
    notes: tuple[NoteView, ...] | Hidden | Sealed
    wish: str | Hidden | Sealed | None
    reasons: Reasons
    older_notes: bool = False
    """Whether notes older than these wait on the next page."""


def read(
    house: House, casework: Session, dossier: Dossier, vision: Vision, look: Look, names: Names
) -> Words:
    """Reads what the vision allows; nothing else is asked of the vault."""
    organisation = dossier.case.organisation
    sees_notes = vision.sees_any(C.NOTES)
    if not house.stores.is_unsealed(organisation):

        def sealed(sees: bool) -> Hidden | Sealed:
            return SEALED if sees else HIDDEN

        rest = vision.sees(C.NOTES, P.REST)
        return Words(
            sealed(vision.sees_any(C.IDENTITY)),
            sealed(vision.sees_any(C.CONTACT)),
            sealed(sees_notes),
            sealed(rest),
            Reasons(sealed(rest)),
        )
    with house.stores.reading_vault(organisation) as vault:

        def seen(sees: bool, value: Callable[[], T]) -> T | Hidden:
            return value() if sees else HIDDEN

        rest = vision.sees(C.NOTES, P.REST)
        notes: tuple[NoteView, ...] | Hidden = HIDDEN
        older = False
        if sees_notes:
            notes, older = _notes(vault, casework, dossier, vision, look, names)
        return Words(
            seen(
                vision.sees(C.IDENTITY),
                lambda: identity_readings.of(vault, casework, dossier.client.code, names),
            ),
            seen(vision.sees_any(C.CONTACT), lambda: _contact(vault, casework, dossier, vision)),
            notes,
            seen(rest, lambda: _wish(vault, casework, dossier)),
            Reasons(seen(rest, lambda: _reasons(vault, casework, dossier))),
            older,
        )


def _contact(
    vault: Session, casework: Session, dossier: Dossier, vision: Vision
) -> ContactView | None:
    rows = words.visible(vault, casework, ContactLine, [dossier.client.code], limit=1)
    if not rows:
        return None
    newest = rows[0]
    return ContactView(
        newest.phone if vision.sees(C.CONTACT) else HIDDEN,
        newest.how_to_reach,
        newest.do_not_contact,
    )


def _notes(
    vault: Session,
    casework: Session,
    dossier: Dossier,
    vision: Vision,
    look: Look,
    names: Names,
) -> tuple[tuple[NoteView, ...], bool]:
    """One page of the notes this reader may see, newest first, and whether there are older ones."""
    seen = _seen_notes(vault, casework, dossier, vision, look)
    rows = _some_notes(
        vault, casework, dossier, seen, skip=(look.page - 1) * NOTES_SHOWN, limit=NOTES_SHOWN + 1
    )
    shown = rows[:NOTES_SHOWN]
    corrections = _some_notes(
        vault, casework, dossier, (Note.corrects_id.in_([row.id for row in shown]),)
    )
    corrected = {row.corrects_id for row in corrections}
    # whoever was on duty, or is on the case no longer, wrote a note and stands nowhere else in the dossier
    others = {row.recorded_by for row in shown} - set(names)
    names = {**names, **(dossiers.colleagues(casework, others) if others else {})}
    told = tuple(
        NoteView(
            row.id,
            row.kind,
            row.contact_on,
            row.recorded_at,
            names.get(row.recorded_by, ("", None))[0],
            row.words,
            row.about_third_person,
            row.corrects_id,
            row.id in corrected,
            row.language,
            row.interpreter,
        )
        for row in shown
    )
    return told, len(rows) > NOTES_SHOWN


def _seen_notes(
    vault: Session, casework: Session, dossier: Dossier, vision: Vision, look: Look
) -> tuple[ColumnElement[bool], ...]:
    """Every note for the case team; for others those of a kind, an author, a night, or the last five contacts."""
    if vision.sees(C.NOTES, P.REST):
        return ()
    kinds = [kind for part, kind in NOTES_OF_A_KIND.items() if vision.sees(C.NOTES, part)]
    seen: list[ColumnElement[bool]] = [Note.kind.in_(kinds)]
    if vision.sees(C.NOTES, P.HANDOVER_TONIGHT):
        since = _noon_yesterday(look.now)
        seen.append(and_(Note.kind == HANDOVER, Note.recorded_at >= since))
    if vision.sees(C.NOTES, P.OWN):
        seen.append(Note.recorded_by == look.actor.user_id)
    if vision.sees(C.NOTES, P.LAST_FIVE):
        contacts = (Note.kind.in_(CONTACTS),)
        last = _some_notes(vault, casework, dossier, contacts, limit=LAST_FIVE)
        seen.append(Note.id.in_([row.id for row in last]))
    return (or_(*seen),)


def _some_notes(
    vault: Session,
    casework: Session,
    dossier: Dossier,
    where: Collection[ColumnElement[bool]],
    *,
    skip: int = 0,
    limit: int | None = None,
) -> list[Note]:
    return words.visible(
        vault,
        casework,
        Note,
        [dossier.client.code],
        case_id=dossier.case.id,
        where=where,
        skip=skip,
        limit=limit,
    )


def _noon_yesterday(now: datetime) -> datetime:
    """Since when a handover belongs to this day or night: what the day shift of yesterday left behind."""
    return datetime.combine(local(now).date() - timedelta(days=1), time(12), AMSTERDAM)


def _wish(vault: Session, casework: Session, dossier: Dossier) -> str | None:
    rows = words.visible(
        vault, casework, Wish, [dossier.client.code], case_id=dossier.case.id, limit=1
    )
    return rows[0].words if rows else None


def _reasons(vault: Session, casework: Session, dossier: Dossier) -> dict[str, str]:
    rows = words.visible(vault, casework, Reason, [dossier.client.code], case_id=dossier.case.id)
    return {row.about_id: row.words for row in reversed(rows)}
