"""Asking that something leaves, approving it, refusing it, taking it back, and telling recipients so."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import (
    NEEDS,
    Approval,
    ApprovedAs,
    By,
    may_approve,
    may_withdraw,
)
from caseflow.domain.disclosures import (
    TO_REFUSE,
    TO_WITHDRAW,
    Field,
    Medium,
    Purpose,
    State,
    Why,
    visible,
)
from caseflow.domain.local_days import local
from caseflow.domain.lso_packets import LSO_KIND
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Tier
from caseflow.domain.redaction import Surface
from caseflow.services import disclosures, gatekeeping, houses
from caseflow.services.disclosure_drafts import Asked, Compose, leaving_for, recipient_for
from caseflow.services.disclosure_seconds import phoned
from caseflow.services.disclosures import UNKNOWN, Leaving
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.storage import disclosures as stored
from caseflow.storage.models.disclosures import (
    Disclosure,
)

ASK, APPROVE, COUNSEL, WITHDRAW = (
    Permission.DISCLOSURE_ASK,
    Permission.DISCLOSURE_APPROVE,
    Permission.DISCLOSURE_COUNSEL,
    Permission.DISCLOSURE_WITHDRAW,
)
SEALED: Final = Refused(
    N_("The vault is sealed. Something can leave once somebody has opened the vault.")
)
OWN: Final = N_("You asked for this yourself. Somebody else has to approve it.")
LOOK_AGAIN: Final = Refused(N_("This does not wait for an approval any more. Look again."))


@dataclass(frozen=True)
class Made:
    """A disclosure that was recorded, and whether it has left or waits for somebody."""

    id: str
    is_out: bool


def ask(
    actor: Actor, case_id: str, asked: Asked, compose: Compose, now: datetime
) -> Made | Refused:
    """Lets something leave where one person may, and asks for approval where more are needed.

    What leaves is what the file says now of the ticked fields and what was typed for this one letter; the record keeps
    the exact words. Raises `NotKnown`; `VaultSealed` where it is sealed meanwhile.
    """
    case = gatekeeping.open_case(actor, case_id, now)
    if ASK not in case.may:
        raise gatekeeping.denied(actor, ASK, case_id, now)
    if case.is_sealed or case.file.is_sealed:
        return SEALED
    to = recipient_for(asked.office_id, case.organisation)
    if isinstance(to, Refused):
        return to
    recipient, addressee = to
    leaving = leaving_for(case, asked, recipient, addressee, compose, local(now).date())
    if isinstance(leaving, Refused):
        return leaving
    waits = bool(NEEDS.get(recipient.tier or Tier.DEMAND)) and asked.phoned is None
    details: dict[str, Any] = {
        "kind": asked.kind,
        "recipient": recipient.id,
        "fields": frozenset(one.value for one in leaving.values),
    }
    if not waits:
        details["medium"] = asked.medium.value
    event = "disclosure_asked" if waits else "disclosure_issued"
    with changing(actor, ASK, case_id, event, now, details=details, words=True) as change:
        vision = change.standing.vision(Surface.OPENED)
        leaving = replace(leaving, on=change.today, seen=visible(Field, vision))
        approvals = phoned(change, asked.phoned, now)
        if isinstance(approvals, Refused):
            return change.refuse(approvals)
        if not waits:
            leaving = replace(leaving, approvals=approvals)
            made = disclosures.issue_within(change.work, case_id, leaving)
            if isinstance(made, Refused):
                return change.refuse(made)
            return Made(made, is_out=True)
        ready = disclosures.prepared(change.work.casework, case_id, leaving)
        if isinstance(ready, Refused):
            return change.refuse(ready)
        row = disclosures.recorded(change.work, case_id, leaving, ready)
        unprinted = disclosures.rehearsed(change.work, row)
        if unprinted is not None:
            return change.refuse(unprinted)
        return Made(row.id, is_out=False)


def approve(actor: Actor, case_id: str, disclosure_id: str, now: datetime) -> Refused | None:
    """Agrees to a disclosure, as second person or as counsellor; with the last agreement it leaves.

    Every rule is asked again: a basis may have ended since it was asked, an agreement taken back. Raises `NotKnown`.
    """
    approved_as, permission = _role_of(actor, case_id, disclosure_id, now)
    details = {"disclosure": disclosure_id, "as_role": approved_as.value, "by": By.SCREEN.value}
    with changing(
        actor, permission, case_id, "disclosure_approved", now, details=details, words=True
    ) as change:
        work = change.work
        row = row_of(work.casework, case_id, disclosure_id)
        given = Approval(actor.user_id, approved_as)
        before = stored.given(stored.approvals(work.casework, [row.id]).get(row.id, ()))
        allowed = may_approve(Tier(row.tier), State(row.state), row.asked_by, before, given)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        kept = disclosures.values_of(work.vault, row.id)
        fields = {Field(one): value for one, value in json.loads(kept.fields).items()}
        vision = change.standing.vision(Surface.OPENED)
        if approved_as is ApprovedAs.SECOND_PERSON and visible(fields, vision) != set(fields):
            return change.refuse(
                Refused(N_("You may not see everything that would leave. Ask another team lead."))
            )
        # a packet of the past is asked about on its own day: its basis held then, and never again
        on = kept.dated_on if row.kind == LSO_KIND else change.today
        ready = disclosures.prepared(work.casework, case_id, leaving_of(row, fields, on))
        if isinstance(ready, Refused):
            return change.refuse(ready)
        work.casework.add(disclosures.approval_of(work, row.id, given))
        work.casework.flush()
        if not disclosures.still_missing(work.casework, row):
            refused = disclosures.let_out(work, row, on)
            if refused is not None:
                return change.refuse(refused)
    return None


def refuse(
    actor: Actor, case_id: str, disclosure_id: str, why: Why, now: datetime
) -> Refused | None:
    """Refuses what a colleague asked for; nothing leaves. Raises `NotKnown`."""
    if why not in TO_REFUSE:
        return UNKNOWN
    _, permission = _role_of(actor, case_id, disclosure_id, now)
    details = {"disclosure": disclosure_id, "why": why.value}
    with changing(actor, permission, case_id, "disclosure_refused", now, details=details) as change:
        row = row_of(change.work.casework, case_id, disclosure_id)
        if row.state != State.ASKED.value or row.asked_by == actor.user_id:
            return change.refuse(LOOK_AGAIN)
        row.state, row.why = State.REFUSED.value, why.value
        row.ended_by, row.ended_at = actor.user_id, now
    return None


def withdraw(
    actor: Actor, case_id: str, disclosure_id: str, why: Why, now: datetime
) -> Refused | None:
    """Takes back what left or waits; who received it is to be told. Raises `NotKnown`."""
    if why not in TO_WITHDRAW:
        return UNKNOWN
    details = {"disclosure": disclosure_id, "why": why.value}
    with changing(actor, WITHDRAW, case_id, "disclosure_withdrawn", now, details=details) as change:
        row = row_of(change.work.casework, case_id, disclosure_id)
        allowed = may_withdraw(State(row.state))
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        stored.stop(change.work, case_id, why, change.today, ids=[row.id])
    return None


def confirm(
    actor: Actor, case_id: str, disclosure_id: str, did: bool, now: datetime
) -> Refused | None:
    """Whether somebody approved by telephone, said by themself; who did not has it taken back at once.

    Raises `NotKnown` for who is not named there.
    """
    details = {"disclosure": disclosure_id, "did": did}
    with changing(actor, APPROVE, case_id, "disclosure_confirmed", now, details=details) as change:
        work = change.work
        row = row_of(work.casework, case_id, disclosure_id)
        given = stored.approvals(work.casework, [row.id]).get(row.id, ())
        mine = next((one for one in given if one.user_id == actor.user_id), None)
        if mine is None:
            raise NotKnown()
        if mine.confirmed_at is not None:
            return change.refuse(Refused(N_("You have said so already.")))
        if did:
            mine.confirmed_at, mine.confirmed_change_id = now, work.id
            return None
        mine.denied_at = now
        stored.stop(work, case_id, Why.NOT_BY_ME, change.today, ids=[row.id])
    return None


def row_of(session: Session, case_id: str, disclosure_id: str) -> Disclosure:
    """One disclosure of a case. Raises `NotKnown`."""
    row = session.get(Disclosure, disclosure_id)
    if row is None or row.case_id != case_id:
        raise NotKnown()
    return row


def leaving_of(row: Disclosure, fields: Mapping[Field, str], on: date) -> Leaving:
    """A recorded disclosure as the rules read it, on the day on which it would leave."""
    return Leaving(
        kind=row.kind,
        recipient=row.recipient,
        purpose=Purpose(row.purpose),
        values=fields,
        medium=Medium(row.medium),
        on=on,
        language=row.language,
        tier=Tier(row.tier),
        office_id=row.office_id,
        basis=row.basis,
        agreed_on=row.agreed_on,
        warned_on=row.warned_on,
        about_id=row.about_id,
    )


def roles_for(actor: Actor, row: Disclosure, may_do: Collection[Permission]) -> list[ApprovedAs]:
    """As what somebody could still approve this disclosure."""
    found = []
    for approved_as in NEEDS.get(Tier(row.tier), ()):
        needed = COUNSEL if approved_as is ApprovedAs.COUNSELLOR else APPROVE
        if needed in may_do and actor.user_id != row.asked_by:
            found.append(approved_as)
    return found


def _role_of(
    actor: Actor, case_id: str, disclosure_id: str, now: datetime
) -> tuple[ApprovedAs, Permission]:
    """As what this colleague approves: as counsellor where they are referred to the case, else as second person."""
    with houses.current().stores.reading() as session:
        standing = gatekeeping.known(session, actor, Permission.DISCLOSURES_VIEW, case_id, now)
        row = row_of(session, case_id, disclosure_id)
        needs = NEEDS.get(Tier(row.tier), ())
    if may(COUNSEL, standing) and ApprovedAs.COUNSELLOR in needs and not may(APPROVE, standing):
        return ApprovedAs.COUNSELLOR, COUNSEL
    return ApprovedAs.SECOND_PERSON, APPROVE
