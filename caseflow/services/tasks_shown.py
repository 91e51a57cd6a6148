"""The tasks of one case, as its reader may see them: kind and day, words only for who reads the notes."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import tasks
from caseflow.domain.cases import CaseFacts
from caseflow.domain.disappearances import Missing
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.domain.tasks import FollowsKind, TaskKind
from caseflow.services import departure_views, disappearance_views, houses
from caseflow.services.case_views import FollowsView, TaskView
from caseflow.services.vault_readings import Reasons
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.tasks import Task
from caseflow.storage.waiting import entry_of

C, P = Compartment, Part
DONE_SHOWN: Final = 10
"""How many tasks that were done stand on the page, the newest first."""


def of(
    session: Session, dossier: Dossier, vision: Vision, reasons: Reasons, today: date
) -> tuple[TaskView, ...] | Hidden:
    """Open tasks, what is due first, and for who sees the whole of the case the last that were done."""
    if not vision.sees(C.CASEWORK, P.DUE_DATES):
        return HIDDEN
    rows = list(dossier.tasks)
    if vision.sees(C.CASEWORK, P.REST):
        rows += session.scalars(
            select(Task)
            .where(Task.case_id == dossier.case.id, Task.done_at.is_not(None))
            .order_by(Task.done_at.desc())
            .limit(DONE_SHOWN)
        )
    return tuple(_shown(row, reasons, today) for row in rows)


def _shown(row: Task, reasons: Reasons, today: date) -> TaskView:
    return TaskView(
        row.id,
        TaskKind(row.kind),
        row.due_on,
        is_overdue=row.done_at is None and row.due_on < today,
        words=reasons.about(row.id),
        done_on=local(row.done_at).date() if row.done_at else None,
        is_superseded=row.superseded,
    )


def follows(
    dossier: Dossier, facts: CaseFacts, vision: Vision, today: date
) -> tuple[FollowsView, ...]:
    """What follows from the case by itself. That an allowance runs is told to nobody who may not see money."""
    last = dossier.case.last_contact_on
    days = (today - (last or facts.application_on)).days
    names = {
        FollowsKind.SILENT: N_("No contact for %(days)s days", days=days),
        FollowsKind.ALLOWANCE: N_("Decide when the allowance ends"),
    }
    found = tuple(
        FollowsView(one.kind, one.on, names[one.kind])
        for one in tasks.follows(facts, last, today)
        if vision.sees(C.MONEY) or one.kind is not FollowsKind.ALLOWANCE
    )
    leaving = departure_views.follows(dossier, facts, vision)
    missing = _missing(disappearance_views.of(dossier, facts, vision, today))
    place = _place(dossier, facts, vision, today)
    return found + missing + place + tuple(FollowsView(*one) for one in leaving)


def _place(
    dossier: Dossier, facts: CaseFacts, vision: Vision, today: date
) -> tuple[FollowsView, ...]:
    """A place that was not confirmed for long is asked about again; nobody is taken off the list for it."""
    if facts.has_ended or not vision.sees(C.SHELTER, P.REST):
        return ()
    every = houses.current().waiting.ask_again_days
    what = N_("Ask whether the place is still wanted")
    return tuple(
        FollowsView(FollowsKind.PLACE, entry.ask_again_on(every), what)
        for entry in map(entry_of, dossier.waiting)
        if entry.is_to_be_confirmed(every, today)
    )


def _missing(found: Missing | None) -> tuple[FollowsView, ...]:
    """Somebody who is away unannounced is looked for, until somebody decides."""
    if found is None:
        return ()
    what = (
        N_("Missing: decide whether to propose an exit")
        if found.is_offered
        else N_("Missing: try to reach this person")
    )
    return (FollowsView(FollowsKind.MISSING, found.since, what),)
