"""Looks as whoever reviews them reads them: who, what, when, by which relation; the client by code alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain import look_words
from caseflow.domain.actors import Actor
from caseflow.domain.event_words import EVENT_NAMES
from caseflow.domain.look_words import RELATION_WORDS
from caseflow.domain.messages import Message
from caseflow.storage import audit_readings, dossiers
from caseflow.storage.audit_readings import Told
from caseflow.storage.recorded_looks import RecordedLook


@dataclass(frozen=True)
class LookView:
    """One act of a colleague; the code of the client only where the reader's organisation holds the case."""

    at: datetime
    what: Message
    result: Message | None
    client_code: str | None
    relations: tuple[Message, ...]
    purpose: Message | None
    colleague: str
    is_emergency: bool


def of(session: Session, actor: Actor, told: Iterable[Told | RecordedLook]) -> tuple[LookView, ...]:
    """These acts of the log for this reader, in their order."""
    acts = list(told)
    cases = {one.object_id for one in acts if one.object_kind == "case" and one.object_id}
    codes = audit_readings.codes_of_cases(session, cases, actor.organisation)
    names = dossiers.colleagues(session, {one.user_id for one in acts})
    return tuple(
        LookView(
            one.at,
            EVENT_NAMES[one.event],
            look_words.RESULT_WORDS.get(one.result or ""),
            codes.get(one.object_id or ""),
            tuple(
                RELATION_WORDS[relation] for relation in RELATION_WORDS if relation in one.relations
            ),
            look_words.purpose(one.purpose),
            names.get(one.user_id, (one.user_id, None))[0],
            one.emergency,
        )
        for one in acts
    )
