"""Tasks that a recorded day asks for by itself: planned, moved when the day moves, and ended when none is needed.

A task whose day moved is never overwritten: it ends as superseded, and a new one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseflow.domain.tasks import TaskKind
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.tasks import Task


def plan(change: CaseChange, kind: TaskKind, due_on: date) -> str:
    """Writes a task down in this change, and answers its id."""
    task_id = new_id()
    change.work.casework.add(Task(id=task_id, kind=kind.value, due_on=due_on, **change.recorded))
    return task_id


def supersede(work: Writing, task_ids: Iterable[str]) -> None:
    """Ends those of these tasks that are still open: nobody did them, and nobody has to any more."""
    for task_id in task_ids:
        row = work.casework.get(Task, task_id)
        if row is not None and row.done_at is None:
            row.done_at, row.done_by = work.at, work.by
            row.done_change_id, row.superseded = work.id, True


def moved(
    change: CaseChange, kind: TaskKind, before: str | None, due_on: date | None
) -> str | None:
    """The task for a day that may have moved: the one there was, or a new one in its place; None where none is needed.

    What somebody ticked off for the same day stays done.
    """
    row = change.work.casework.get(Task, before) if before is not None else None
    if row is not None and row.due_on == due_on and not row.superseded:
        return row.id
    if before is not None:
        supersede(change.work, (before,))
    return plan(change, kind, due_on) if due_on is not None else None
