"""What a request of the client brings about at once: what waits to leave is stopped, and recipients are to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select

from caseflow.domain.client_request_words import About, RequestKind, RequestOutcome
from caseflow.domain.client_requests import RequestFacts
from caseflow.domain.disclosures import State, Why
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.storage import disclosures as stored
from caseflow.storage.changes import Writing
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import Disclosure

_WHY: Final = {
    RequestKind.RECTIFICATION: Why.RECTIFIED,
    RequestKind.ERASURE: Why.ERASED,
    RequestKind.RESTRICTION: Why.RESTRICTED,
}


def frozen_within(work: Writing, case_id: str, found: RequestFacts, today: date) -> None:
    """A request that freezes was written down: what waited to leave is refused, in every case of the person."""
    if found.freezes:
        for one in _cases(work, case_id):
            stored.stop(work, one, Why.RESTRICTED, today)


def decided_within(work: Writing, case_id: str, found: RequestFacts, today: date) -> None:
    """A decision was taken: an objection to sharing that is granted stops it for good, and recipients are told (19)."""
    for one in _cases(work, case_id):
        if _ends_sharing(found):
            stored.stop(work, one, Why.OBJECTION, today)
        elif found.tells_recipients:
            for disclosure_id in _newest_by_recipient(work, one):
                stored.tell_of(work, disclosure_id, _WHY[found.kind], today)


def _ends_sharing(found: RequestFacts) -> bool:
    granted = found.outcome is RequestOutcome.GRANTED
    return found.kind is RequestKind.OBJECTION and found.about is About.SHARING and granted


def _cases(work: Writing, case_id: str) -> list[str]:
    """Every case of the person, in order."""
    code = select(Case.client_code).where(Case.id == case_id).scalar_subquery()
    return list(work.casework.scalars(select(Case.id).where(Case.client_code == code)))


def _newest_by_recipient(work: Writing, case_id: str) -> Iterable[str]:
    """The newest disclosure to each recipient who has something: one notice each, not one for every letter."""
    rows = work.casework.execute(
        select(Disclosure.id, Disclosure.recipient, Disclosure.office_id)
        .where(
            Disclosure.case_id == case_id,
            Disclosure.state == State.ISSUED.value,
            Disclosure.kind != "notice",
            Disclosure.recipient_class != RecipientClass.CLIENT.value,
            Disclosure.tier != Tier.DEMAND.value,
        )
        .order_by(Disclosure.issued_at, Disclosure.id)
    )
    return {(row.recipient, row.office_id): row.id for row in rows}.values()
