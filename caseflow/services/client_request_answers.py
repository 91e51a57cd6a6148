"""The answer to a request of the client: on paper and on the record of what left, in one change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from caseflow.domain import client_requests as rules
from caseflow.domain.actors import Actor
from caseflow.domain.client_request_words import (
    ANSWER_WORDS,
    GROUND_WORDS,
    KIND_NAMES,
    RequestGround,
)
from caseflow.domain.client_requests import RequestFacts
from caseflow.domain.composed_letters import LetterRefused, may_print
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field, Medium, Purpose
from caseflow.domain.letters import OFFICE_LANGUAGES, Language, Letter, LetterKind
from caseflow.domain.messages import Message
from caseflow.services import disclosures, houses, letters
from caseflow.services.client_requests import RECORD, row_of
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage.client_requests import facts
from caseflow.storage.models.client_requests import ClientRequest

Say = Callable[[Message], str]
CLIENT: Final = "client"
"""The client as recipient, by its id in `config/disclosure.toml`."""
KIND: Final = "request_answer"
HANDED: Final = (Medium.HANDED_OVER, Medium.POST, Medium.SECURE_MAIL)


def answer(
    actor: Actor,
    case_id: str,
    request_id: str,
    on: date,
    medium: Medium,
    say: Say,
    now: datetime,
) -> Refused | None:
    """Gives the answer: the letter becomes a record of what left, and the request is dealt with.

    `say` speaks the language of the letter (`letter_language`). Raises `NotKnown`, and `VaultSealed`.
    """
    details = {"request": request_id, "on": on}
    with changing(
        actor, RECORD, case_id, "client_request_answered", now, details=details, words=True
    ) as change:
        row = row_of(change, request_id)
        found = facts(row)
        allowed = rules.may_answer(found, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        try:
            leaving = _leaving(change, row, found, on, medium, say)
        except LetterRefused as refused:
            return change.refuse(Refused(refused.reason))
        issued = disclosures.issue_within(change.work, case_id, leaving)
        if isinstance(issued, Refused):
            return change.refuse(issued)
        row.answered_on, row.answered_by = on, change.work.by
    return None


def letter_language(spoken: str) -> Language:
    """In which language the words of an answer are written: the client's where a Dutch office reads it too."""
    known = next((one for one in OFFICE_LANGUAGES if one.value == spoken), None)
    return known or Language.NL


def _leaving(
    change: CaseChange,
    row: ClientRequest,
    found: RequestFacts,
    on: date,
    medium: Medium,
    say: Say,
) -> Leaving:
    code = change.dossier.client.code
    said = say(ANSWER_WORDS[found.kind][found.outcome]) if found.outcome else ""
    language = letter_language(row.language)
    values = {"answer": said, "request": say(KIND_NAMES[found.kind])}
    values |= {"asked_on": found.asked_on.isoformat()}
    if found.decided_on is not None:
        values["decided_on"] = found.decided_on.isoformat()
    if row.ground:
        values["reasons"] = say(GROUND_WORDS[RequestGround(row.ground)])
    letter = Letter(
        LetterKind.REQUEST_ANSWER,
        language,
        letters.sender_of(change.dossier.case.organisation),
        (code,),
        on,
        values,
        below=_below(row.language),
    )
    return Leaving(
        KIND,
        CLIENT,
        Purpose.RIGHTS,
        {Field.ANSWER: said},
        medium,
        on,
        language.value,
        about_id=row.id,
        letter=letter,
    )


def _below(spoken: str) -> Language | None:
    """The client's own language for the page after it, where the letter can be made in it."""
    own = next((one for one in Language if one.value == spoken), None)
    if own is None or own in OFFICE_LANGUAGES:
        return None
    text = houses.current().letters.text(LetterKind.REQUEST_ANSWER)
    return own if may_print(text, letter_language(spoken), own) else None
