"""The requests of the client on the page of a case: codes for its case team and lead, words out of the vault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain import client_requests as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.client_request_words import (
    AskedBy,
    IdentityCheck,
    LongerBecause,
    RequestGround,
    RequestOutcome,
)
from caseflow.domain.decisions import Allowed, Decision
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.services import gatekeeping, houses
from caseflow.services.case_views import SEALED
from caseflow.services.client_request_views import (
    ClientRequestLine,
    ClientRequests,
    ClientRequestView,
    Words,
)
from caseflow.services.houses import House
from caseflow.storage import client_requests, dossiers, words
from caseflow.storage.client_requests import facts
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_requests import ClientRequest, ClientRequestWords

C, P = Compartment, Part
ASKED, STATEMENT = "asked", "statement"
Names = dict[str, tuple[str, str | None]]


def shown(actor: Actor, case_id: str, now: datetime) -> ClientRequests | Hidden:
    """The requests of a case that was opened, newest first, for who reads its notes: what was asked is words there.

    Raises `NotKnown`.
    """
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, Permission.CASE_OPEN, case_id, now)
        if not standing.vision(Surface.OPENED).sees(C.NOTES, P.REST):
            return HIDDEN
        whole = client_requests.of_person(session, case_id)
        rows = [row for row in reversed(whole) if row.case_id == case_id]
        told = _told(house, session, session.get_one(Case, case_id)) if rows else {}
        named = {row.recorded_by for row in rows} | {row.decided_by or "" for row in rows}
        names = dossiers.colleagues(session, named - {""})
        letters = client_requests.letters(session, [row.id for row in rows]) if rows else {}
        return ClientRequests(
            tuple(_view(row, told, names, letters.get(row.id), today) for row in rows),
            bool(client_requests.frozen_by(whole)),
        )


def line(row: ClientRequest, today: date) -> ClientRequestLine:
    """The codes and days of a request."""
    found = facts(row)
    return ClientRequestLine(
        row.id,
        found.kind,
        found.about,
        row.asked_on,
        AskedBy(row.asked_by),
        found.identity,
        row.language,
        found.due_on,
        found.first_due_on,
        found.is_open,
        rules.is_late(found, today),
        row.extended_on,
        LongerBecause(row.longer_because) if row.longer_because else None,
        RequestOutcome(row.advised_outcome) if row.advised_outcome else None,
        RequestGround(row.advised_ground) if row.advised_ground else None,
        found.outcome,
        RequestGround(row.ground) if row.ground else None,
        row.decided_on,
        row.answered_on,
        found.freezes,
        row.lift_told_on,
        row.lifted_on,
        found.erase_by,
        row.version,
    )


def can_be_decided(row: ClientRequest) -> Decision:
    """Whether anything can be decided on a request at all; whether one outcome can is asked with it."""
    found = facts(row)
    return Allowed() if found.is_open and found.outcome is None else rules.ANSWERED


def _view(
    row: ClientRequest,
    told: Mapping[tuple[str, str], str] | None,
    names: Names,
    letter_id: str | None,
    today: date,
) -> ClientRequestView:
    found = facts(row)

    def said(kind: str) -> Words:
        return SEALED if told is None else told.get((row.id, kind))

    return ClientRequestView(
        line(row, today),
        names.get(row.recorded_by, ("", None))[0],
        names.get(row.decided_by, ("", None))[0] if row.decided_by else "",
        said(ASKED),
        said(STATEMENT),
        letter_id,
        rules.may_check(found, IdentityCheck.KNOWN),
        rules.may_extend(found, found.asked_on, today),
        can_be_decided(row),
        rules.may_answer(found, today, today),
        rules.may_lift(found, today, today),
    )


def _told(house: House, session: Session, case: Case) -> Mapping[tuple[str, str], str] | None:
    """The newest words of each request by its id and their kind; None while the vault is sealed."""
    if not house.stores.is_unsealed(case.organisation):
        return None
    with house.stores.reading_vault(case.organisation) as vault:
        rows = words.visible(
            vault, session, ClientRequestWords, [case.client_code], case_id=case.id
        )
        return {(row.request_id, row.kind): row.words for row in reversed(rows)}
