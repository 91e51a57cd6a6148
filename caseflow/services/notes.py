"""Notes of a case: a contact with its day, language and interpreter; corrected by a note of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from caseflow.domain import interpreters
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import prompting, versions
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage.models.vault import Note

NOTE_KINDS: Final = ("contact", "phone", "visit", "handover", "legal", "medical", "intake")
WITH_THE_PERSON: Final = ("contact", "phone", "visit", "intake")
"""Notes of which the day is a contact: a handover between colleagues, or a call to a lawyer, is none."""
NOTE_LENGTH: Final = 10_000
LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
OTHERS_TEXT: Final = Refused(
    N_("A colleague corrected this note meanwhile. Open the case again and look at the correction.")
)


@dataclass(frozen=True)
class Spoken:
    """In which language a contact was, and with which interpreter; each may be left open."""

    language: str | None = None
    interpreter: str | None = None


NOT_SAID: Final = Spoken()


def write_note(
    actor: Actor,
    case_id: str,
    kind: str,
    contact_on: date,
    words: str,
    now: datetime,
    *,
    about_third_person: bool = False,
    corrects_id: str | None = None,
    seen: str | None = None,
    spoken: Spoken = NOT_SAID,
    ask_first: bool = False,
) -> Refused | None:
    """Adds a note or contact; a correction is a note of its own beside the one it corrects.

    `seen` is the correction that stood on the form, empty where there was none: a colleague's newer one refuses with
    both texts. `ask_first` asks about words that belong in the legal file. Raises `NotKnown` and `VaultSealed`.
    """
    with changing(
        actor,
        Permission.NOTE_CREATE,
        case_id,
        "note_recorded",
        now,
        details={"kind": kind, "corrects": corrects_id},
        words=True,
    ) as change:
        refused = _shape(kind, words, spoken)
        if refused is not None:
            return change.refuse(refused)
        allowed = may_date(contact_on, change.today, change.facts.application_on)
        if not allowed:
            return change.refuse(allowed)
        if corrects_id is not None:
            answered = _corrected(change, actor, case_id, corrects_id, seen)
            if isinstance(answered, Refused):
                return change.refuse(answered)
            corrects_id = answered
        question = prompting.ask(words) if ask_first else None
        if question is not None:
            return change.refuse(question)
        change.work.vault.add(
            Note(
                case_id=case_id,
                kind=kind,
                contact_on=contact_on,
                words=words.strip(),
                about_third_person=about_third_person,
                corrects_id=corrects_id,
                language=spoken.language,
                interpreter=spoken.interpreter,
                **change.written(),
            )
        )
        if kind in WITH_THE_PERSON:
            case = change.dossier.case
            case.last_contact_on = max(contact_on, case.last_contact_on or contact_on)
        return None


def _shape(kind: str, words: str, spoken: Spoken) -> Refused | None:
    if kind not in NOTE_KINDS:
        return Refused(N_("Choose what kind of note this is."))
    if not words.strip():
        return Refused(N_("The note is empty. Write at least one sentence."))
    if len(words) > NOTE_LENGTH:
        return Refused(
            N_("A note has at most %(most)s characters. Split it in two.", most=NOTE_LENGTH)
        )
    decided = interpreters.may_be_kept(spoken.interpreter)
    if isinstance(decided, Refused):
        return decided
    if spoken.language and LANGUAGE.fullmatch(spoken.language) is None:
        return Refused(N_("Choose one of the languages."))
    return None


def _corrected(
    change: CaseChange, actor: Actor, case_id: str, corrects_id: str, seen: str | None
) -> str | Refused:
    """The note that is corrected: the one that was asked for, or the newer correction that was seen beside it."""
    corrected = change.work.vault.get(Note, corrects_id)
    if corrected is None or corrected.case_id != case_id:
        return Refused(N_("The note to correct is not in this case."))
    newer = versions.newest(change, Note, [Note.corrects_id == corrects_id], case_id=case_id)
    theirs = {"kind": newer.kind, "words": newer.words} if newer else {}
    overtaken = versions.overtaken(change, newer, seen, theirs)
    if overtaken is None:
        return newer.id if newer is not None and seen == newer.id else corrects_id
    vision = change.standing.vision(Surface.OPENED)
    own = newer is not None and newer.recorded_by == actor.user_id
    return overtaken if own or vision.sees(Compartment.NOTES, Part.REST) else OTHERS_TEXT
