"""Somebody who is away unannounced: attempts to reach them, and an exit that turns out to be an error."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from caseflow.domain import disappearances
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.disappearances import AttemptWay
from caseflow.domain.programmes import Stage
from caseflow.services import departures
from caseflow.services.casework import enter_stage
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import ContactAttempt, Exit, StageChange

AFTER_AN_EXIT: Final = frozenset({Stage.EXITED, Stage.AFTERCARE})


def try_to_reach(
    actor: Actor, case_id: str, way: AttemptWay, on: date, now: datetime
) -> Refused | None:
    """Records that somebody was tried to be reached in vain; it counts as no contact. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.NOTE_CREATE,
        case_id,
        "attempt_recorded",
        now,
        details={"way": way.value, "on": on},
    ) as change:
        allowed = disappearances.may_record_attempt(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(ContactAttempt(way=way.value, event_on=on, **change.recorded))
        return None


def take_exit_back(actor: Actor, case_id: str, now: datetime) -> Refused | None:
    """Marks the exit as recorded in error by who decides on exits: the episode goes on. Raises `NotKnown`.

    The exit and its stages stay in the timeline as errors. The bed was ended by itself, and is given anew.
    """
    with changing(actor, Permission.EXIT_DECIDE, case_id, "exit_taken_back", now) as change:
        allowed = disappearances.may_take_exit_back(change.facts, came_back=_came_back(change))
        if not allowed:
            return change.refuse(allowed)
        stages = change.dossier.stages
        before = [one for one in stages if Stage(one.stage) not in AFTER_AN_EXIT]
        after = [one for one in stages if Stage(one.stage) in AFTER_AN_EXIT]
        wrong: list[Exit | StageChange] = [*change.dossier.exits, *after]
        for row in wrong:
            row.mistaken_at, row.mistaken_by = change.work.at, change.work.by
            row.mistaken_change_id = change.work.id
        departures.ask_no_more(change)
        enter_stage(change, Stage(before[-1].stage) if before else Stage.GUIDANCE, change.today)
        return None


def _came_back(change: CaseChange) -> bool:
    """Whether a later episode of the person in the same programme goes on."""
    case = change.dossier.case
    others = change.work.casework.scalars(
        select(Case.stage).where(
            Case.client_code == case.client_code,
            Case.programme == case.programme,
            Case.id != case.id,
        )
    )
    return any(Stage(one) not in ENDED_STAGES for one in others)
