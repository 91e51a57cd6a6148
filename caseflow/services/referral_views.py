"""Who was asked to look at a case, as its page and its list of referrals show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.storage import dossiers
from caseflow.storage.models.cases import Referral


@dataclass(frozen=True)
class ReferralView:
    """A counsellor or health worker who was asked."""

    id: str
    name: str
    kind: str
    from_on: date
    until_on: date | None


def running(session: Session, case_id: str, today: date) -> tuple[ReferralView, ...]:
    """Referrals of a case that count today, oldest first; the last day is inclusive."""
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
