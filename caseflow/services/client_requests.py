"""Requests of the client about their own data: written down, decided, answered; a restriction acts at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from caseflow.domain import client_requests as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.client_request_words import (
    IdentityCheck,
    LongerBecause,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.client_requests import Asked
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import client_request_effects as effects
from caseflow.services import houses
from caseflow.services.client_request_readings import ASKED, STATEMENT
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.client_requests import facts, restricted
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.client_requests import ClientRequest, ClientRequestWords

__all__ = ["restricted"]

RECORD: Final = Permission.CLIENT_REQUEST_RECORD
DECIDE: Final = Permission.CLIENT_REQUEST_DECIDE
CHANGED: Final = Refused(
    N_("A colleague changed this request meanwhile. Look again before you go on.")
)
THE_SAME: Final = Refused(N_("The same request waits for an answer already."))
SAYS_NOTHING: Final = Refused(N_("Write down what the client says, so that it stands beside it."))


def record(
    actor: Actor, case_id: str, asked: Asked, words: str | None, now: datetime
) -> Refused | None:
    """Writes a request down; one for a restriction freezes what leaves in the same change.

    Raises `NotKnown`, and `VaultSealed` where there are words.
    """
    told, request_id = (words or "").strip(), new_id()
    details = {"request": request_id, "kind": asked.kind.value, "about": asked.about.value}
    with changing(
        actor, RECORD, case_id, "client_request_recorded", now, details=details, words=bool(told)
    ) as change:
        allowed = rules.may_ask(asked, change.today)
        if not allowed:
            return change.refuse(allowed)
        if any(_is_the_same(one, asked) for one in change.dossier.client_requests):
            return change.refuse(THE_SAME)
        row = ClientRequest(
            id=request_id,
            organisation=change.dossier.case.organisation,
            kind=asked.kind.value,
            about=asked.about.value,
            asked_on=asked.asked_on,
            asked_by=asked.asked_by.value,
            identity=asked.identity.value,
            language=asked.language,
            due_on=asked.asked_on,
            **change.recorded,
        )
        row.due_on = facts(row).due_on
        change.work.casework.add(row)
        change.work.casework.flush()
        effects.frozen_within(change.work, case_id, facts(row), change.today)
        if told:
            _write(change, request_id, ASKED, told)
    return None


def check(
    actor: Actor, case_id: str, request_id: str, identity: IdentityCheck, now: datetime
) -> Refused | None:
    """Keeps how it was checked afterwards who asks. Raises `NotKnown`."""
    details = {"request": request_id, "identity": identity.value}
    with changing(actor, RECORD, case_id, "client_request_checked", now, details=details) as change:
        row = row_of(change, request_id)
        allowed = rules.may_check(facts(row), identity)
        if not allowed:
            return change.refuse(allowed)
        row.identity = identity.value
    return None


def extend(
    actor: Actor,
    case_id: str,
    request_id: str,
    told_on: date,
    because: LongerBecause,
    now: datetime,
) -> Refused | None:
    """Adds two months to the term, once the client has been told why. Raises `NotKnown`."""
    details = {"request": request_id, "told": told_on, "because": because.value}
    with changing(
        actor, RECORD, case_id, "client_request_extended", now, details=details
    ) as change:
        row = row_of(change, request_id)
        allowed = rules.may_extend(facts(row), told_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.extended_on, row.longer_because = told_on, because.value
        row.due_on = facts(row).due_on
    return None


def decide(
    actor: Actor,
    case_id: str,
    request_id: str,
    outcome: RequestOutcome,
    ground: RequestGround | None,
    statement: str | None,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Decides as lead of the team; where the privacy officer decides, it is kept as advice.

    `statement` is what the client says, kept beside what was not changed. Raises `NotKnown`, and `VaultSealed` where
    there are words.
    """
    said = (statement or "").strip() if outcome is RequestOutcome.STATEMENT else ""
    details = {
        "request": request_id,
        "outcome": outcome.value,
        "ground": ground.value if ground else None,
    }
    with changing(
        actor, DECIDE, case_id, _event(case_id, request_id, outcome), now, details=details,
        words=bool(said),
    ) as change:  # fmt: skip
        row = row_of(change, request_id)
        if version is not None and row.version != version:
            return change.refuse(CHANGED)
        found = facts(row)
        allowed = rules.may_advise(found, outcome, ground)
        if not allowed:
            return change.refuse(allowed)
        if rules.decided_by(found.kind, outcome) is Role.PRIVACY_OFFICER:
            row.advised_outcome, row.advised_by = outcome.value, change.work.by
            row.advised_ground = ground.value if ground else None
            return None
        allowed = rules.may_decide(
            found, outcome, ground, frozenset({Role.TEAM_LEAD}), actor.user_id
        )
        if not allowed:
            return change.refuse(allowed)
        if outcome is RequestOutcome.STATEMENT and not said:
            return change.refuse(SAYS_NOTHING)
        settle(row, outcome, ground, change.work.by, change.today)
        effects.decided_within(change.work, case_id, facts(row), change.today)
        if said:
            _write(change, request_id, STATEMENT, said)
    return None


def lift(
    actor: Actor, case_id: str, request_id: str, told_on: date, now: datetime
) -> Refused | None:
    """Lets things leave again, once the client has been told so (GDPR art. 18(3)). Raises `NotKnown`."""
    details = {"request": request_id, "told": told_on}
    with changing(actor, DECIDE, case_id, "client_request_lifted", now, details=details) as change:
        row = row_of(change, request_id)
        allowed = rules.may_lift(facts(row), told_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.lift_told_on, row.lifted_on, row.lifted_by = told_on, change.today, change.work.by
    return None


def copy_given_within(change: CaseChange, *, left_out: bool) -> None:
    """A copy of the file was put into the client's hand: what they asked for is done, and answered by it."""
    for row in change.dossier.client_requests:
        found = facts(row)
        if found.kind is not RequestKind.ACCESS or not found.is_open:
            continue
        if found.outcome is None:
            ground = RequestGround.OTHERS if left_out else None
            settle(row, RequestOutcome.GRANTED, ground, change.work.by, change.today)
        row.answered_on, row.answered_by = change.today, change.work.by


def settle(
    row: ClientRequest,
    outcome: RequestOutcome,
    ground: RequestGround | None,
    by: str,
    today: date,
) -> None:
    """Keeps what was decided."""
    row.outcome, row.ground = outcome.value, ground.value if ground else None
    row.decided_on, row.decided_by = today, by


def row_of(change: CaseChange, request_id: str) -> ClientRequest:
    """A request of the case that changes. Raises `NotKnown`."""
    for one in change.dossier.client_requests:
        if one.id == request_id:
            return one
    raise NotKnown()


def _event(case_id: str, request_id: str, outcome: RequestOutcome) -> str:
    """What the log calls it: the gate is asked afterwards, and an id that is of no such request is refused there."""
    with houses.current().stores.reading() as session:
        row = session.get(ClientRequest, request_id)
        known = row is not None and row.case_id == case_id
        kind = RequestKind(row.kind) if row is not None and known else RequestKind.ACCESS
    advises = rules.decided_by(kind, outcome) is Role.PRIVACY_OFFICER
    return "client_request_advised" if advises else "client_request_decided"


def _is_the_same(row: ClientRequest, asked: Asked) -> bool:
    found = facts(row)
    waits = found.is_open or found.freezes
    return waits and (found.kind, found.about) == (asked.kind, asked.about)


def _write(change: CaseChange, request_id: str, kind: str, words: str) -> None:
    written: dict[str, Any] = change.written()
    change.work.vault.add(
        ClientRequestWords(
            case_id=change.dossier.case.id,
            request_id=request_id,
            kind=kind,
            words=words,
            **written,
        )
    )
