"""Requests of clients as the rules read them; and whether anything of a person may leave while one is looked into."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from caseflow.domain.client_request_words import (
    About,
    IdentityCheck,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.client_requests import RequestFacts
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.disclosures import Disclosure


def facts(row: ClientRequest) -> RequestFacts:
    """A stored request as the domain knows it."""
    return RequestFacts(
        RequestKind(row.kind),
        About(row.about) if row.about else None,
        row.asked_on,
        IdentityCheck(row.identity),
        row.recorded_by,
        row.extended_on,
        RequestOutcome(row.outcome) if row.outcome else None,
        row.decided_on,
        row.answered_on,
        row.lifted_on,
    )


def of_person(session: Session, case_id: str) -> list[ClientRequest]:
    """Every request of the person whose case this is, oldest first: a right is of the person, not of one case."""
    mine = aliased(Case)
    asked = (
        select(ClientRequest)
        .join(Case, Case.id == ClientRequest.case_id)
        .join(mine, mine.client_code == Case.client_code)
        .where(mine.id == case_id)
        .order_by(ClientRequest.recorded_at, ClientRequest.id)
    )
    return list(session.scalars(asked))


def letters(session: Session, request_ids: Collection[str]) -> dict[str, str]:
    """The disclosure that holds the answer to each of these requests; one that has none is missing."""
    rows = session.execute(
        select(Disclosure.about_id, Disclosure.id).where(
            Disclosure.about_id.in_(request_ids), Disclosure.kind == "request_answer"
        )
    )
    return {about: found for about, found in rows if about}


def frozen_by(rows: Iterable[ClientRequest]) -> list[ClientRequest]:
    """Those because of which nothing leaves."""
    return [row for row in rows if facts(row).freezes]


def restricted(session: Session, case_id: str, today: date) -> bool:
    """Whether nothing of this person may leave, in any of their cases (GDPR art. 18, 21).

    Asked before anything leaves, inside the change that lets it. Shelter, the emergency card and danger to life go on.
    """
    return any(row.asked_on <= today for row in frozen_by(of_person(session, case_id)))
