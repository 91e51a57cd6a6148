"""Who approves by telephone: a team lead who could approve on their own screen, and confirms it there afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import Approval, ApprovedAs, By
from caseflow.domain.messages import N_
from caseflow.services import actors, colleagues, gatekeeping, houses
from caseflow.services.colleagues import Colleague
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage.changes import Writing
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.disclosures import DisclosureApproval

ASK, APPROVE = Permission.DISCLOSURE_ASK, Permission.DISCLOSURE_APPROVE


def able_by_phone(actor: Actor, case_id: str, now: datetime) -> tuple[Colleague, ...]:
    """Colleagues who may approve this case as second person, for who asks them by telephone. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, ASK, case_id, now)
        return _able(session, actor, case_id, now)


def phoned(
    change: CaseChange, user_id: str | None, now: datetime
) -> tuple[Approval, ...] | Refused:
    """The approval of a colleague who gave it by telephone; they confirm it themself afterwards."""
    if user_id is None:
        return ()
    case_id = change.dossier.case.id
    able = _able_ids(change.work, case_id, change.dossier.case.organisation, now)
    if user_id == change.work.by or user_id not in able:
        return Refused(N_("Choose a team lead who may approve this, and who is not yourself."))
    return (Approval(user_id, ApprovedAs.SECOND_PERSON, By.TELEPHONE, is_confirmed=False),)


def _able(session: Session, actor: Actor, case_id: str, now: datetime) -> tuple[Colleague, ...]:
    leads = colleagues.of_organisation(session, actor.organisation, Role.TEAM_LEAD)
    return tuple(
        one
        for one in leads
        if one.id != actor.user_id and _may_second(session, one.id, case_id, now)
    )


def _able_ids(work: Writing, case_id: str, organisation: str, now: datetime) -> frozenset[str]:
    leads = colleagues.of_organisation(work.casework, organisation, Role.TEAM_LEAD)
    return frozenset(one.id for one in leads if _may_second(work.casework, one.id, case_id, now))


def _may_second(session: Session, user_id: str, case_id: str, now: datetime) -> bool:
    account = session.get_one(UserAccount, user_id)
    other = actors.actor_of(session, account, "", None)
    standing = gatekeeping.standings(session, other, [case_id], now).get(case_id)
    return standing is not None and may(APPROVE, standing)


def unconfirmed(row: DisclosureApproval) -> bool:
    """Whether somebody has yet to say themself that they approved by telephone."""
    return row.confirmed_at is None and row.denied_at is None
