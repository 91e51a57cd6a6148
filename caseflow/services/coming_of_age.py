"""The 18th birthday of a child: a task to assess again comes before it, and moves with a corrected birth date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select

from caseflow.domain import coming_of_age as rules
from caseflow.domain.coming_of_age import Planned
from caseflow.domain.programmes import Stage
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import planned_tasks
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage.changes import Writing
from caseflow.storage.models.cases import Case
from caseflow.storage.models.tasks import Task

ENDED: Final = OVER | {Stage.EXITED, Stage.AFTERCARE}
"""Stages of a case whose episode is over, so that its task waits for nobody."""


def assess_again(
    change: CaseChange, birth_date: date | None, birth_year: int | None, precision: str
) -> None:
    """Plans, or moves, the task to assess again before a child's 18th birthday, once a birth date was recorded.

    Nothing is planned once the episode has ended. Only the first of a month lies in the casework store.
    """
    if change.facts.has_ended:
        return
    rows = change.work.casework.scalars(
        select(Task).where(
            Task.case_id == change.dossier.case.id, Task.kind == TaskKind.COMES_OF_AGE.value
        )
    )
    known = tuple(
        Planned(row.id, row.due_on, row.done_at is not None) for row in rows if not row.superseded
    )
    found = rules.eighteenth(birth_date, birth_year, precision)
    becomes = rules.replan(found, known, change.today)
    planned_tasks.supersede(change.work, becomes.superseded)
    if becomes.due_on is not None:
        planned_tasks.plan(change, TaskKind.COMES_OF_AGE, becomes.due_on)


def carry_over(work: Writing, former: Iterable[str], case_id: str) -> None:
    """Takes a task that is still open in an ended case of a client along to the case with which they come back.

    The birth date need not be read for it, so the vault may be sealed.
    """
    rows = work.casework.scalars(
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.case_id.in_(list(former)),
            Case.stage.in_([one.value for one in ENDED]),
            Task.kind == TaskKind.COMES_OF_AGE.value,
            Task.done_at.is_(None),
        )
    ).all()
    if not rows:
        return
    planned_tasks.supersede(work, [row.id for row in rows])
    work.casework.flush()  # the new case first: its task refers to it
    work.casework.add(
        Task(
            case_id=case_id,
            kind=TaskKind.COMES_OF_AGE.value,
            due_on=min(row.due_on for row in rows),
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )
