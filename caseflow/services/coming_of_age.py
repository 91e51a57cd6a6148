"""The 18th birthday of a child: a task to assess again comes before it, and moves with a corrected birth date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from caseflow.domain import coming_of_age as rules
from caseflow.domain.coming_of_age import Planned
from caseflow.domain.tasks import TaskKind
from caseflow.services import planned_tasks
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage.models.tasks import Task


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
    planned_tasks.supersede(change, becomes.superseded)
    if becomes.due_on is not None:
        planned_tasks.plan(change, TaskKind.COMES_OF_AGE, becomes.due_on)
