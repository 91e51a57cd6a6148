"""Words about one person out of the vault: only those this reader may see, only while it is unsealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from caseflow.domain.access import Actor
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services.case_views import SEALED, ContactView, IdentityView, NoteView, Sealed
from caseflow.services.houses import House
from caseflow.storage import words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.vault import ContactLine, Identity, Note, Reason, Wish

C, P = Compartment, Part
LAST_FIVE = 5
NOTES_SHOWN = 100
T = TypeVar("T")
Names = dict[str, tuple[str, str | None]]


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


def read(
    house: House, casework: Session, dossier: Dossier, vision: Vision, actor: Actor, names: Names
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
        return Words(
            seen(vision.sees(C.IDENTITY), lambda: _identity(vault, casework, dossier)),
            seen(vision.sees_any(C.CONTACT), lambda: _contact(vault, casework, dossier, vision)),
            seen(sees_notes, lambda: _notes(vault, casework, dossier, vision, actor, names)),
            seen(rest, lambda: _wish(vault, casework, dossier)),
            Reasons(seen(rest, lambda: _reasons(vault, casework, dossier))),
        )


def _identity(vault: Session, casework: Session, dossier: Dossier) -> IdentityView | None:
    rows = words.visible(vault, casework, Identity, [dossier.client.code])
    if not rows:
        return None
    newest = rows[0]
    return IdentityView(
        newest.given_names,
        newest.family_name,
        newest.also_known_as,
        newest.birth_date,
        newest.birth_year,
        newest.birth_precision,
        local(newest.recorded_at).date(),
        len(rows) - 1,
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
    actor: Actor,
    names: Names,
) -> tuple[NoteView, ...]:
    """All notes for the case team; a part of them for others, by kind, author or number."""
    rows = words.visible(
        vault, casework, Note, [dossier.client.code], case_id=dossier.case.id, limit=NOTES_SHOWN
    )
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    kinds = {
        P.HANDOVER: "handover",
        P.HANDOVER_TONIGHT: "handover",
        P.LEGAL: "legal",
        P.MEDICAL: "medical",
    }
    if not vision.sees(C.NOTES, P.REST):
        shown = {kind for part, kind in kinds.items() if vision.sees(C.NOTES, part)}
        own = vision.sees(C.NOTES, P.OWN)
        last = rows[:LAST_FIVE] if vision.sees(C.NOTES, P.LAST_FIVE) else []
        rows = [
            row
            for row in rows
            if row in last or row.kind in shown or (own and row.recorded_by == actor.user_id)
        ]
    return tuple(
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
        )
        for row in rows
    )


def _wish(vault: Session, casework: Session, dossier: Dossier) -> str | None:
    rows = words.visible(
        vault, casework, Wish, [dossier.client.code], case_id=dossier.case.id, limit=1
    )
    return rows[0].words if rows else None


def _reasons(vault: Session, casework: Session, dossier: Dossier) -> dict[str, str]:
    rows = words.visible(
        vault, casework, Reason, [dossier.client.code], case_id=dossier.case.id, limit=NOTES_SHOWN
    )
    return {row.about_id: row.words for row in reversed(rows)}
