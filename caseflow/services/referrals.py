"""Referrals: a case team asks a legal counsellor or a health worker to look at a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.services import colleagues, gatekeeping, houses
from caseflow.storage import dossiers
from caseflow.storage.models.cases import Referral

KINDS: Final = {Role.LEGAL_COUNSELLOR: "legal", Role.HEALTH_WORKER: "medical"}
KIND_NAMES: Final[dict[str, Message]] = {
    "legal": N_("legal counsellor"),
    "medical": N_("health worker"),
}


@dataclass(frozen=True)
class ReferralView:
    """A counsellor or health worker who was asked."""

    id: str
    name: str
    kind: str
    from_on: date
    until_on: date | None


def of_case(actor: Actor, case_id: str, now: datetime) -> tuple[ReferralView, ...]:
    """Referrals of a case that count today, oldest first. Raises `NotKnown`."""
    today = local(now).date()
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_REFER, case_id, now)
        rows = [
            one
            for one in session.scalars(
                select(Referral).where(Referral.case_id == case_id).order_by(Referral.from_on)
            )
            if one.until_on is None or one.until_on >= today
        ]
        names = dossiers.colleagues(session, {one.user_id for one in rows})
        return tuple(
            ReferralView(one.id, names[one.user_id][0], one.kind, one.from_on, one.until_on)
            for one in rows
        )


def refer(
    actor: Actor, case_id: str, user_id: str, until_on: date | None, now: datetime
) -> Refused | None:
    """Refers a case to a counsellor or health worker from today; the last day is inclusive. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        kind = next(
            (
                KINDS[role]
                for one in colleagues.of_organisation(session, actor.organisation, *KINDS)
                for role in KINDS
                if one.id == user_id and role in one.roles
            ),
            None,
        )
    with gatekeeping.changing(
        actor,
        Permission.CASE_REFER,
        case_id,
        "case_referred",
        now,
        details={"account": user_id, "kind": kind},
    ) as change:
        session, today = change.work.casework, change.today
        if kind is None:
            return change.refuse(
                Refused(N_("Choose a legal counsellor or health worker of your organisation."))
            )
        if until_on is not None and until_on < today:
            return change.refuse(Refused(N_("The last day has passed. Choose a later one.")))
        rows = session.scalars(
            select(Referral).where(Referral.case_id == case_id, Referral.user_id == user_id)
        )
        if any(one.until_on is None or one.until_on >= today for one in rows):
            return change.refuse(
                Refused(N_("This case was referred to this colleague already. End that first."))
            )
        session.add(
            Referral(
                case_id=case_id,
                user_id=user_id,
                kind=kind,
                from_on=today,
                until_on=until_on,
                change_id=change.work.id,
            )
        )
        return None


def end(actor: Actor, case_id: str, referral_id: str, now: datetime) -> Refused | None:
    """Ends a referral, from the next request on. Raises `NotKnown`."""
    with gatekeeping.changing(
        actor,
        Permission.CASE_REFER,
        case_id,
        "referral_ended",
        now,
        details={"referral": referral_id},
    ) as change:
        row = change.work.casework.get(Referral, referral_id)
        if row is None or row.case_id != case_id:
            return change.refuse(Refused(N_("This referral is not in this case.")))
        row.until_on = ended_before(change.today)
        return None
