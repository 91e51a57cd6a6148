"""Recipients who have to hear that something was taken back or put right: the letter, and the day they heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field, Medium, Purpose
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Tier
from caseflow.services import disclosures, letters
from caseflow.services.disclosure_acts import row_of
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.models.disclosures import Disclosure, DisclosureNotice, Office
from caseflow.storage.models.tasks import Task

HOW: Final = (Medium.POST, Medium.SECURE_MAIL, Medium.HANDED_OVER, Medium.TOLD)
Say = Callable[[Any], str]
TOLD_ALREADY: Final = Refused(N_("This recipient was told already. Look again."))


def tell(
    actor: Actor,
    case_id: str,
    disclosure_id: str,
    notice_id: str,
    how: Medium,
    say: Say,
    now: datetime,
) -> str | Refused | None:
    """Records that a recipient was told; on paper a letter leaves with it, whose id is answered. Raises `NotKnown`.

    The letter says which letter of which day is meant, never again what stood in it. The task that waited is done.
    """
    if how not in HOW:
        return disclosures.UNKNOWN
    with changing(
        actor,
        Permission.DISCLOSURE_ASK,
        case_id,
        "recipient_told",
        now,
        details={"notice": notice_id, "how": how.value},
        words=how is not Medium.TOLD,
    ) as change:
        work = change.work
        row = row_of(work.casework, case_id, disclosure_id)
        notice = work.casework.get(DisclosureNotice, notice_id)
        if notice is None or notice.disclosure_id != row.id:
            raise NotKnown()
        if notice.told_on is not None:
            return change.refuse(TOLD_ALREADY)
        letter_id = None
        if how is not Medium.TOLD:
            made = _letter_out(change, row, how, say)
            if isinstance(made, Refused):
                return change.refuse(made)
            letter_id = notice.letter_id = made
        notice.told_on, notice.told_how = change.today, how.value
        notice.told_by, notice.told_change_id = work.by, work.id
        if notice.task_id is not None:
            _tick_off(change, notice.task_id)
    return letter_id


def _letter_out(change: CaseChange, row: Disclosure, how: Medium, say: Say) -> str | Refused:
    office = change.work.casework.get(Office, row.office_id) if row.office_id else None
    values = {Field.WITHDRAWN: _which(row, say)}
    try:
        letter = Letter(
            kind=LetterKind.NOTICE,
            language=Language.NL,
            sender=letters.sender_of(change.dossier.case.organisation),
            addressee=(office.name, *(office.address or "").splitlines()) if office else (),
            day=change.today,
            values={one.value: words for one, words in values.items()},
        )
    except LetterRefused as refused:
        return Refused(refused.reason)
    return disclosures.issue_within(
        change.work,
        row.case_id,
        Leaving(
            kind="notice",
            recipient=row.recipient,
            purpose=Purpose.CORRECTION,
            values=values,
            medium=how,
            on=change.today,
            tier=Tier.TOLD,
            office_id=row.office_id,
            about_id=row.id,
            letter=letter,
        ),
    )


def _which(row: Disclosure, say: Say) -> str:
    """Which paper is meant: its kind, the day on which it left, and our reference."""
    kind, on = say(KINDS[row.kind].name), row.left_on.isoformat() if row.left_on else ""
    return f"{kind}, {on} ({row.id[:8]})"


def _tick_off(change: CaseChange, task_id: str) -> None:
    row = change.work.casework.get(Task, task_id)
    if row is not None and row.done_at is None:
        row.done_at, row.done_by = change.work.at, change.work.by
        row.done_change_id = change.work.id
