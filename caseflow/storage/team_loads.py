"""How much work the colleagues of an organisation have in some programmes: counts, and nobody's name or code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, case, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.programmes import Stage
from caseflow.domain.stay_limits import StartEvent
from caseflow.domain.tasks import SILENT_AFTER_DAYS
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.facts import StartDate
from caseflow.storage.models.tasks import Task

_AFTER_EXIT = (Stage.EXITED.value, Stage.AFTERCARE.value)
_IS_RUNNING = Case.stage.not_in([stage.value for stage in ENDED_STAGES])


@dataclass(frozen=True)
class ColleagueLoad:
    """What one colleague has on their hands in the cases of one team."""

    team_id: str | None
    name: str
    running: int
    after_exit: int
    open_tasks: int
    overdue_tasks: int
    silent: int
    """Running cases in which nobody spoke to the person for weeks."""


def of_programmes(
    session: Session, programmes: Collection[str], organisation: str, today: date
) -> list[ColleagueLoad]:
    """The loads by team and colleague, the fullest first. A case of two counts for both; who stands in counts not."""
    running = func.sum(case((_IS_RUNNING, 1), else_=0))
    tasks = _tasks(programmes, organisation, today)
    rows = session.execute(
        select(
            Case.team_id,
            UserAccount.id,
            UserAccount.display_name,
            running.label("running"),
            func.sum(case((Case.stage.in_(_AFTER_EXIT), 1), else_=0)).label("after_exit"),
            func.sum(case((_is_silent(today), 1), else_=0)).label("silent"),
        )
        .select_from(CaseTeamMember)
        .join(Case, Case.id == CaseTeamMember.case_id)
        .join(Client, Client.code == Case.client_code)
        .join(UserAccount, UserAccount.id == CaseTeamMember.user_id)
        .where(*_own(programmes, organisation), *_in_their_name(today), _is_open())
        .group_by(Case.team_id, UserAccount.id)
        .order_by(running.desc(), UserAccount.display_name)
    ).all()
    due = {(row.team_id, row.user_id): row for row in session.execute(tasks)}
    return [
        ColleagueLoad(
            row.team_id,
            row.display_name,
            row.running,
            row.after_exit,
            due[row.team_id, row.id].open if (row.team_id, row.id) in due else 0,
            due[row.team_id, row.id].overdue if (row.team_id, row.id) in due else 0,
            row.silent,
        )
        for row in rows
    ]


def unassigned(
    session: Session, programmes: Collection[str], organisation: str, today: date
) -> dict[str, int]:
    """Running cases without anybody on the case team, by team; without a team under the empty word."""
    somebody = select(CaseTeamMember.id).where(
        CaseTeamMember.case_id == Case.id, *_in_their_name(today)
    )
    rows = session.execute(
        select(Case.team_id, func.count().label("cases"))
        .join(Client, Client.code == Case.client_code)
        .where(*_own(programmes, organisation), _IS_RUNNING, ~somebody.exists())
        .group_by(Case.team_id)
    )
    return {row.team_id or "": row.cases for row in rows}


def _tasks(programmes: Collection[str], organisation: str, today: date) -> Any:
    return (
        select(
            Case.team_id,
            CaseTeamMember.user_id,
            func.count().label("open"),
            func.sum(case((Task.due_on < today, 1), else_=0)).label("overdue"),
        )
        .select_from(Task)
        .join(Case, Case.id == Task.case_id)
        .join(Client, Client.code == Case.client_code)
        .join(CaseTeamMember, CaseTeamMember.case_id == Case.id)
        .where(Task.done_at.is_(None))
        .where(*_own(programmes, organisation), *_in_their_name(today), _is_open())
        .group_by(Case.team_id, CaseTeamMember.user_id)
    )


def _own(programmes: Collection[str], organisation: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Case.programme.in_(list(programmes)),
        Case.organisation == organisation,
        Client.is_test.is_(False),
    )


def _is_open() -> ColumnElement[bool]:
    """Running, or left and not yet closed: what a colleague still works on."""
    return or_(_IS_RUNNING, Case.stage.in_(_AFTER_EXIT))


def _in_their_name(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CaseTeamMember.deputy_for.is_(None),
        CaseTeamMember.from_on <= today,
        or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on >= today),
    )


def _is_silent(today: date) -> ColumnElement[bool]:
    applied = (
        select(func.min(StartDate.event_on))
        .where(StartDate.case_id == Case.id, StartDate.kind == StartEvent.APPLICATION.value)
        .scalar_subquery()
    )
    since = func.coalesce(Case.last_contact_on, applied, func.date(Case.opened_at), type_=Date)
    return _IS_RUNNING & (since <= today - timedelta(days=SILENT_AFTER_DAYS))
