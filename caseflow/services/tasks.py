"""Own tasks of a case: written down, ticked off in one tap, and opened again where that was a mistake."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from caseflow.domain import tasks
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.tasks import TaskKind
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.vault import Reason

WORDS_AT_MOST: Final = 500


def plan(
    actor: Actor, case_id: str, kind: TaskKind, due_on: date, words: str | None, now: datetime
) -> Refused | None:
    """Writes down what is to be done and by when; words that explain it go into the vault.

    Without words it can be done while the vault is sealed. Raises `NotKnown`, and `VaultSealed` where there are words.
    """
    told, task_id = (words or "").strip(), new_id()
    with changing(
        actor,
        Permission.TASK_CREATE,
        case_id,
        "task_planned",
        now,
        details={"task": task_id, "kind": kind.value, "due": due_on},
        words=bool(told),
    ) as change:
        allowed = tasks.may_plan(change.facts, due_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        if kind is TaskKind.OTHER and not told:
            return change.refuse(Refused(N_("Write what is to be done, or choose another kind.")))
        if len(told) > WORDS_AT_MOST:
            return change.refuse(
                Refused(N_("Use at most %(most)s characters for a task.", most=WORDS_AT_MOST))
            )
        change.work.casework.add(
            Task(id=task_id, kind=kind.value, due_on=due_on, **change.recorded)
        )
        if told:
            change.work.vault.add(
                Reason(case_id=case_id, about_id=task_id, words=told, **change.written())
            )
        return None


def tick_off(actor: Actor, case_id: str, task_id: str, now: datetime) -> Refused | None:
    """Says that a task was done. Raises `NotKnown`, also for a task of another case."""
    with changing(
        actor, Permission.TASK_AMEND, case_id, "task_done", now, details={"task": task_id}
    ) as change:
        row = _task(change, task_id)
        if row.done_at is not None:
            return change.refuse(Refused(N_("This task was ticked off already.")))
        row.done_at, row.done_by = change.work.at, change.work.by
        row.done_change_id = change.work.id
        return None


def open_again(actor: Actor, case_id: str, task_id: str, now: datetime) -> Refused | None:
    """Says that a task was ticked off by mistake; the log keeps that it was. Raises `NotKnown`."""
    with changing(
        actor, Permission.TASK_AMEND, case_id, "task_reopened", now, details={"task": task_id}
    ) as change:
        row = _task(change, task_id)
        if row.done_at is None:
            return change.refuse(Refused(N_("This task is open already.")))
        if row.superseded:
            return change.refuse(Refused(N_("Another task took the place of this one.")))
        if change.facts.stage in tasks.OVER:
            return change.refuse(
                Refused(N_("This case is closed. Nothing is left to do about it."))
            )
        row.done_at = row.done_by = row.done_change_id = None
        return None


def _task(change: CaseChange, task_id: str) -> Task:
    row = change.work.casework.get(Task, task_id)
    if row is None or row.case_id != change.dossier.case.id:
        raise NotKnown()
    return row
