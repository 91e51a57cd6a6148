"""What the legal counsellor keeps: confidential notes, conclusions that are released, and letters of the lawyer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from caseflow.domain import legal_papers
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.legal_papers import Direction
from caseflow.domain.messages import N_
from caseflow.services.gatekeeping import changing
from caseflow.storage.models.client_files import LawyerLetter, LegalConclusion, LegalNote

RECORD: Final = Permission.LEGAL_NOTE_RECORD
NOTE_LENGTH: Final = 10_000
CONCLUSION_LENGTH: Final = 2_000
LETTER_LENGTH: Final = 2_000
NOTHING_WRITTEN: Final = Refused(N_("Nothing was filled in. Write at least one sentence."))


def write_note(actor: Actor, case_id: str, words: str, now: datetime) -> Refused | None:
    """Adds a note that the referred counsellor alone reads. Raises `NotKnown` and `VaultSealed`."""
    with changing(actor, RECORD, case_id, "legal_note_recorded", now, words=True) as change:
        refused = _length(words, NOTE_LENGTH)
        if refused is not None:
            return change.refuse(refused)
        change.work.vault.add(LegalNote(case_id=case_id, words=words.strip(), **change.written()))
        return None


def release(
    actor: Actor, case_id: str, words: str, due_on: date | None, now: datetime
) -> Refused | None:
    """Releases a conclusion to case team and team lead, with the day that goes with it.

    Raises `NotKnown` and `VaultSealed`.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "legal_conclusion_released",
        now,
        details={"due": due_on},
        words=True,
    ) as change:
        refused = _length(words, CONCLUSION_LENGTH)
        if refused is not None:
            return change.refuse(refused)
        allowed = legal_papers.may_be_due(due_on, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        change.work.vault.add(
            LegalConclusion(case_id=case_id, words=words.strip(), due_on=due_on, **change.written())
        )
        return None


def record_letter(
    actor: Actor,
    case_id: str,
    direction: Direction,
    dated_on: date,
    due_on: date | None,
    words: str,
    now: datetime,
) -> Refused | None:
    """Adds what a letter of or to the lawyer says; its dates alone are shown to the case team.

    Raises `NotKnown` and `VaultSealed`.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "lawyer_letter_recorded",
        now,
        details={"direction": direction.value, "dated": dated_on, "due": due_on},
        words=True,
    ) as change:
        refused = _length(words, LETTER_LENGTH)
        if refused is not None:
            return change.refuse(refused)
        allowed = legal_papers.may_date_letter(dated_on, due_on, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        change.work.vault.add(
            LawyerLetter(
                case_id=case_id,
                direction=direction.value,
                dated_on=dated_on,
                due_on=due_on,
                words=words.strip(),
                **change.written(),
            )
        )
        return None


def _length(words: str, most: int) -> Refused | None:
    if not words.strip():
        return NOTHING_WRITTEN
    if len(words) > most:
        return Refused(N_("This is too long. Use at most %(most)s characters.", most=most))
    return None
