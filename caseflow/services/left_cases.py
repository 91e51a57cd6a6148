"""The open cases of a colleague who goes: nobody's account is closed before somebody else works on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain import tasks
from caseflow.domain.last_days import ended_before
from caseflow.storage.models.cases import Case, CaseTeamMember


def count_in(session: Session, user_id: str, today: date) -> int:
    """The open cases on which a colleague works in their own name; standing in for somebody does not count."""
    wanted = (
        select(func.count(func.distinct(CaseTeamMember.case_id)))
        .join(Case, Case.id == CaseTeamMember.case_id)
        .where(
            CaseTeamMember.user_id == user_id,
            or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on > today),
            CaseTeamMember.deputy_for.is_(None),
            Case.stage.not_in([stage.value for stage in tasks.OVER]),
        )
    )
    return int(session.scalar(wanted) or 0)


def end_all_in(session: Session, user_id: str, today: date) -> None:
    """Takes a colleague off the teams where they stood in, or whose case is over, in a change under way."""
    wanted = select(CaseTeamMember).where(
        CaseTeamMember.user_id == user_id,
        or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on >= today),
    )
    for row in session.scalars(wanted):
        row.until_on = ended_before(today)
