"""What waits for a colleague: approvals as second person or counsellor, and their word about one given by telephone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.disclosure_guards import NEEDS, ApprovedAs, By
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import State
from caseflow.domain.local_days import local
from caseflow.domain.recipients import Tier
from caseflow.services import disclosures, gatekeeping, houses
from caseflow.services.disclosure_acts import APPROVE, COUNSEL
from caseflow.services.disclosure_views import WaitingLine
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, dossiers
from caseflow.storage import disclosures as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client, Referral
from caseflow.storage.models.disclosures import Disclosure, DisclosureApproval, Office

AT_MOST: Final = 100
Rows = list[tuple[Disclosure, Client]]


def waiting(actor: Actor, now: datetime) -> tuple[WaitingLine, ...]:
    """What waits for this colleague, words about the telephone first, the look recorded. Raises `NotKnown`."""
    if not may_at_all(Permission.DISCLOSURES_AWAIT, actor.roles):
        raise NotKnown()
    house = houses.current()
    with house.stores.reading() as session:
        found = _waiting(session, actor, now)
        names = dossiers.colleagues(session, {row.asked_by for row, _, _ in found})
        known = select(Office).where(Office.id.in_({row.office_id for row, _, _ in found}))
        at = {one.id: one.name for one in session.scalars(known)}
        lines = tuple(_line(row, client, names, at, told) for row, client, told in found)
    audit_log.tell(
        house.stores,
        Act(
            "disclosures_awaited",
            actor,
            now,
            subjects=tuple(sorted({one.client_code for one in lines})),
            details={"count": len(lines)},
            permission=Permission.DISCLOSURES_AWAIT.value,
            purpose="disclosure",
        ),
        result="shown",
    )
    return lines


def count(actor: Actor, now: datetime) -> int:
    """How many things wait for this colleague; for the navigation, not a look."""
    if not may_at_all(Permission.DISCLOSURES_AWAIT, actor.roles):
        return 0
    with houses.current().stores.reading() as session:
        return len(_waiting(session, actor, now))


def _waiting(
    session: Session, actor: Actor, now: datetime
) -> list[tuple[Disclosure, Client, bool]]:
    phoned = _rows(
        session,
        Disclosure.id.in_(
            select(DisclosureApproval.disclosure_id).where(
                DisclosureApproval.user_id == actor.user_id,
                DisclosureApproval.by == By.TELEPHONE.value,
                DisclosureApproval.confirmed_at.is_(None),
                DisclosureApproval.denied_at.is_(None),
            )
        ),
    )
    asked = _rows(
        session,
        Disclosure.state == State.ASKED.value,
        Disclosure.asked_by != actor.user_id,
        or_(_of_led_teams(actor), _referred(actor, now)),
    )
    ids = {row.case_id for row, _ in (*phoned, *asked)}
    stands = gatekeeping.standings(session, actor, ids, now)
    given = stored.approvals(session, [row.id for row, _ in asked])
    mine = [
        (row, client, False)
        for row, client in asked
        if _is_for(row, given.get(row.id, ()), stands.get(row.case_id))
    ]
    words = [
        (row, client, True)
        for row, client in phoned
        if (found := stands.get(row.case_id)) is not None and may(APPROVE, found)
    ]
    return words + mine


def _rows(session: Session, *where: ColumnElement[bool]) -> Rows:
    rows = session.execute(
        select(Disclosure, Client)
        .join(Case, Case.id == Disclosure.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(*where)
        .order_by(Disclosure.asked_at, Disclosure.id)
        .limit(AT_MOST)
    )
    return [(row, client) for row, client in rows]


def _of_led_teams(actor: Actor) -> ColumnElement[bool]:
    led = {one.team_id or actor.team_id for one in actor.grants if one.role is Role.TEAM_LEAD}
    return Case.team_id.in_([one for one in led if one is not None])


def _referred(actor: Actor, now: datetime) -> ColumnElement[bool]:
    today = local(now).date()
    return Case.id.in_(
        select(Referral.case_id).where(
            Referral.user_id == actor.user_id,
            Referral.from_on <= today,
            or_(Referral.until_on.is_(None), Referral.until_on >= today),
        )
    )


def _is_for(
    row: Disclosure, given: tuple[DisclosureApproval, ...], standing: Standing | None
) -> bool:
    """Whether an approval is missing that somebody in this standing may give."""
    if standing is None:
        return False
    there = {one.approved_as for one in given}
    for approved_as in NEEDS.get(Tier(row.tier), ()):
        needed = COUNSEL if approved_as is ApprovedAs.COUNSELLOR else APPROVE
        if approved_as.value not in there and may(needed, standing):
            return True
    return False


def _line(
    row: Disclosure,
    client: Client,
    names: dict[str, tuple[str, str | None]],
    offices: dict[str, str],
    told: bool,
) -> WaitingLine:
    to = disclosures.recipient_of(row.recipient)
    return WaitingLine(
        row.case_id,
        client.code,
        client.call_name,
        row.id,
        KINDS[row.kind].name,
        to.label if to is not None else row.recipient,
        offices.get(row.office_id) if row.office_id else None,
        Tier(row.tier),
        names.get(row.asked_by, ("", None))[0],
        row.asked_at,
        told,
    )
