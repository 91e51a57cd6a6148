"""What a conference decided about a case: a code, written down by the chair, and the task of the case team."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain import conferences as rules
from caseflow.domain.actors import Actor
from caseflow.domain.conferences import ConferenceDecision, ConferenceState
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.tasks import OVER
from caseflow.services import houses
from caseflow.services.conference_readings import opened
from caseflow.services.conferences import KEEP
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.conferences import Conference, ConferenceCase, ConferenceResult
from caseflow.storage.models.tasks import Task

USUAL_DAYS: Final = 14
"""By when a task that follows is due, unless the chair says otherwise."""


def record(
    actor: Actor,
    conference_id: str,
    item_id: str,
    decision: ConferenceDecision,
    due_on: date | None,
    now: datetime,
) -> Refused | None:
    """Writes down a decision about a case on the agenda; the case team gets the task. Raises `NotKnown`.

    For the chair alone, of a case that stands there for them.
    """
    found = opened(actor, conference_id, now)
    item = next((one for one in found.items if one.id == item_id and one.may_result), None)
    if item is None:
        raise NotKnown()
    today = local(now).date()
    task = rules.TASK_OF.get(decision)
    due = (due_on or today + timedelta(days=USUAL_DAYS)) if task is not None else None
    act = Act(
        "conference_result_recorded",
        actor,
        now,
        subjects=(item.client_code,),
        object_id=item_id,
        details={"conference": conference_id, "decision": decision.value},
        permission=KEEP.value,
        sensitivity="governance",
    )
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, KEEP)
        conference = work.casework.get_one(Conference, conference_id)
        row = work.casework.get_one(ConferenceCase, item_id)
        allowed = rules.may_decide(
            item.state, ConferenceState(conference.state), conference.held_on, due, today
        )
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        written = {
            "case_id": row.case_id,
            "recorded_by": work.by,
            "recorded_at": work.at,
            "change_id": work.id,
        }
        task_id = new_id() if task is not None else None
        is_over = work.casework.get_one(Case, row.case_id).stage in OVER
        if task is not None and not is_over:
            work.casework.add(Task(id=task_id, kind=task.value, due_on=due, **written))
        work.casework.add(
            ConferenceResult(
                conference_case_id=item_id,
                decision=decision.value,
                task_id=None if is_over else task_id,
                **written,
            )
        )
    return None
