"""Who is in which household now: the rows that run, of one person or of everybody in one household."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.households import Home
from caseflow.storage.models.households import HouseholdMember


def running(session: Session, client_code: str) -> HouseholdMember | None:
    """The row of somebody in the household of today; None where they are in none."""
    return session.scalar(
        select(HouseholdMember).where(
            HouseholdMember.client_code == client_code, HouseholdMember.until_on.is_(None)
        )
    )


def ended(session: Session, client_code: str) -> tuple[HouseholdMember, ...]:
    """What somebody was in this household or another before, the newest first."""
    return tuple(
        session.scalars(
            select(HouseholdMember)
            .where(
                HouseholdMember.client_code == client_code, HouseholdMember.until_on.is_not(None)
            )
            .order_by(HouseholdMember.until_on.desc(), HouseholdMember.recorded_at.desc())
        )
    )


def others(session: Session, client_code: str) -> tuple[HouseholdMember, ...]:
    """The rows of everybody else in the household of this person."""
    mine = (
        select(HouseholdMember.household_id)
        .where(HouseholdMember.client_code == client_code, HouseholdMember.until_on.is_(None))
        .scalar_subquery()
    )
    return tuple(
        session.scalars(
            select(HouseholdMember)
            .where(
                HouseholdMember.household_id == mine,
                HouseholdMember.until_on.is_(None),
                HouseholdMember.client_code != client_code,
            )
            .order_by(HouseholdMember.from_on, HouseholdMember.recorded_at, HouseholdMember.id)
        )
    )


def home(session: Session, client_code: str) -> Home:
    """The household of this person, with the codes of everybody else in it."""
    row = running(session, client_code)
    if row is None:
        return Home()
    rest = frozenset(one.client_code for one in others(session, client_code))
    return Home(row.household_id, rest)
