"""Having a text compared by whoever approves it, and freezing it with the figures.

A text is compared when somebody approves who neither wrote nor proposed it, who has read it, and who gave a fresh code:
so that nobody can find out alone, by writing one text after the other, whom the programme knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.report_texts import ReportText
from caseflow.services import houses, report_checks
from caseflow.services.gatekeeping import still
from caseflow.services.publications import act_of
from caseflow.services.report_texts import (
    ALLOWED,
    ASK,
    ASK_THE_PRIVACY_OFFICER,
    CHANGED,
    CLEAR,
    hindrance,
    read_words,
)
from caseflow.storage import changes
from caseflow.storage.models.publication_texts import PublicationText


@dataclass(frozen=True)
class Compared:
    """A text that may be approved now, in the version that the approver has read."""

    words_id: str
    text: ReportText


def compare(
    actor: Actor, publication_id: str, scope: str, version: str, now: datetime
) -> Compared | Refused | None:
    """Has the text compared that this approver has read; None where the publication has no text.

    For `approvals` alone, once it is settled that this colleague may approve. What was answered stays with the text:
    where the privacy officer is to be asked, nothing is compared again until they have judged, or the text changed.
    """
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(PublicationText, publication_id)
        session.expunge_all()
    if row is None or row.words_id is None:
        return CHANGED if version else None
    if row.words_id != version:
        return CHANGED
    hinders = hindrance(house, actor, scope, row)
    if hinders is not None:
        return hinders
    text = read_words(house, row)
    if row.verdict == ALLOWED:
        return Compared(row.words_id, text)
    verdict = ASK if report_checks.says_somebody(house, scope, text) else CLEAR
    answered = row.answered + (row.verdict is None)
    act = act_of(
        "publication_text_compared",
        actor,
        now,
        Permission.PUBLICATION_APPROVE,
        object_id=publication_id,
        details={"verdict": verdict, "answered": answered},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_APPROVE)
        current = work.casework.get_one(PublicationText, publication_id)
        if (current.words_id, current.verdict) != (row.words_id, row.verdict):
            return work.refuse(CHANGED)
        current.verdict, current.answered = verdict, answered
    return ASK_THE_PRIVACY_OFFICER if verdict == ASK else Compared(row.words_id, text)


def freeze(session: Session, publication_id: str, compared: Compared | None) -> bool:
    """Puts the words beside the figures, inside the change that freezes both; no where the text is another by now."""
    row = session.get(PublicationText, publication_id)
    if row is None or row.words_id is None:
        return compared is None
    if compared is None or row.words_id != compared.words_id or row.verdict not in (CLEAR, ALLOWED):
        return False
    row.words_nl, row.words_en = compared.text.nl or None, compared.text.en or None
    session.flush()  # before the publication itself is frozen: afterwards the store refuses
    return True


def is_current(session: Session, publication_id: str, compared: Compared | None) -> bool:
    """Whether the text that was compared is still the one that counts."""
    row = session.get(PublicationText, publication_id)
    counts = None if row is None else row.words_id
    return counts == (None if compared is None else compared.words_id)
