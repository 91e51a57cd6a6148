"""Referrals: a case team asks a legal counsellor or a health worker to look at a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.services import colleagues, gatekeeping, houses, referral_views
from caseflow.services.referral_views import ReferralView
from caseflow.storage.models.cases import Referral
from caseflow.storage.relations import ACCOMPANIES

KINDS: Final = {Role.LEGAL_COUNSELLOR: "legal", Role.HEALTH_WORKER: "medical"}
KIND_NAMES: Final[dict[str, Message]] = {
    "legal": N_("legal counsellor"),
    "medical": N_("health worker"),
    ACCOMPANIES: N_("goes along to an appointment"),
}
DAYS_ALONG_AT_MOST: Final = 14
"""Who goes along sees who a person is, and so only for the days around an appointment: decision 0158."""


def of_case(actor: Actor, case_id: str, now: datetime) -> tuple[ReferralView, ...]:
    """Referrals of a case that count today, oldest first. Raises `NotKnown`."""
    today = local(now).date()
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_REFER, case_id, now)
        return referral_views.running(session, case_id, today)


def refer(
    actor: Actor, case_id: str, user_id: str, until_on: date | None, now: datetime,
    *, goes_along: bool = False,
) -> Refused | None:  # fmt: skip
    """Refers a case to a counsellor or health worker from today; the last day is inclusive. Raises `NotKnown`.

    `goes_along`: a health worker who accompanies the person reads who they are and how to reach them, for days.
    """
    kind = _trade(actor, user_id, goes_along=goes_along)
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
                Refused(N_("Only a health worker of your organisation goes along. Choose one."))
                if goes_along
                else Refused(N_("Choose a legal counsellor or health worker of your organisation."))
            )
        allowed = _may_last(kind, until_on, today)
        if not allowed:
            return change.refuse(allowed)
        rows = session.scalars(
            select(Referral).where(
                Referral.case_id == case_id, Referral.user_id == user_id, Referral.kind == kind
            )
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


def _trade(actor: Actor, user_id: str, *, goes_along: bool) -> str | None:
    """As what a colleague is asked; None where they are neither, or not of the organisation."""
    with houses.current().stores.reading() as session:
        roles = next(
            (
                one.roles
                for one in colleagues.of_organisation(session, actor.organisation, *KINDS)
                if one.id == user_id
            ),
            (),
        )
    if goes_along:
        return ACCOMPANIES if Role.HEALTH_WORKER in roles else None
    return next((kind for role, kind in KINDS.items() if role in roles), None)


def _may_last(kind: str, until_on: date | None, today: date) -> Decision:
    if until_on is not None and until_on < today:
        return Refused(N_("The last day has passed. Choose a later one."))
    if kind == ACCOMPANIES:
        if until_on is None:
            return Refused(N_("Enter the last day: the day of the appointment."))
        if until_on > today + timedelta(days=DAYS_ALONG_AT_MOST):
            return Refused(
                N_(
                    "Somebody goes along for at most %(days)s days. Choose an earlier last day.",
                    days=DAYS_ALONG_AT_MOST,
                )
            )
    return Allowed()


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
