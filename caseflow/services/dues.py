"""What a case asks for next: decisions, terms, tasks, silence, follow-ups; the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain import follow_ups, procedures, proposals, tasks
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.cases import CaseFacts, ProposalState
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import DUE_NAMES
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.redaction import Compartment, Part, Vision
from caseflow.domain.stay import StayClock, StayState
from caseflow.domain.stay_alerts import ALERT_NAMES, AlertCode
from caseflow.domain.tasks import TASK_NAMES, FollowsKind, TaskKind
from caseflow.services import (
    alert_lists,
    client_request_dues,
    formal_decision_dues,
    procedure_readings,
    readings,
    tasks_shown,
)
from caseflow.services.caseload_views import Due, DueKind
from caseflow.services.decisions import DECIDE
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert

C, P = Compartment, Part

DECISIONS: Final = {
    ProposalKind.ADMISSION: N_("Decide on the admission"),
    ProposalKind.EXTENSION: N_("Decide on the extension"),
    ProposalKind.EXIT: N_("Decide on the exit"),
}
WAITING: Final = {
    ProposalKind.ADMISSION: N_("Admission waits for a decision"),
    ProposalKind.EXTENSION: N_("Extension waits for a decision"),
    ProposalKind.EXIT: N_("Exit waits for a decision"),
}
AT_THE_END: Final = {
    StayState.NEAR_LIMIT: N_("Last day comes near"),
    StayState.LAST_DAY: N_("Last day is today"),
    StayState.BEYOND_AGREED: N_("Agreed last day comes near"),
    StayState.BEYOND_UNDECIDED: N_("Last day has passed, nothing decided"),
}


_FOLLOWS: Final = {
    FollowsKind.SILENT: DueKind.SILENT,
    FollowsKind.ALLOWANCE: DueKind.ALLOWANCE,
    FollowsKind.BED: DueKind.LEAVING,
    FollowsKind.NEXT_ADDRESS: DueKind.LEAVING,
    FollowsKind.MISSING: DueKind.LEAVING,
    FollowsKind.PROCEDURES: DueKind.LEAVING,
    FollowsKind.PLACE: DueKind.WAITS,
}


@dataclass(frozen=True)
class Asked:
    """A case, and how one reader stands to it and sees it on one surface."""

    dossier: Dossier
    facts: CaseFacts
    told: StayClock
    standing: Standing
    vision: Vision
    today: date


def every(
    actor: Actor, asked: Asked, team: tuple[str, ...], alerts: Collection[StayAlert]
) -> list[Due]:
    """All that this reader may know is due, the most urgent first."""
    found: list[Due] = []
    if asked.vision.sees(C.CASEWORK, P.DUE_DATES):
        found += _of_the_case(actor, asked, team, alerts)
    if asked.vision.sees(C.IMMIGRATION, P.DEADLINES):
        found += _deadlines(asked)
    return sorted(found, key=urgency)


def _of_the_case(
    actor: Actor, asked: Asked, team: tuple[str, ...], alerts: Collection[StayAlert]
) -> list[Due]:
    facts, told, standing, today = asked.facts, asked.told, asked.standing, asked.today
    found: list[Due] = []
    if asked.vision.sees(C.CASEWORK, P.REST):
        found += _proposals_due(actor, asked.dossier, facts, standing)
        found += formal_decision_dues.of(actor, asked.dossier, standing, today)
    found += client_request_dues.of(asked.dossier, standing)
    alert = _alert_due(alerts, told, standing)
    if alert is not None:
        found.append(alert)
    agreed = told.state is StayState.BEYOND_AGREED and not told.comes_near
    if told.state in AT_THE_END and told.last_day is not None and not (agreed or alert):
        found.append(Due(DueKind.TERM, told.last_day, AT_THE_END[told.state]))
    if may(Permission.CASE_ASSIGN, standing) and not team and not facts.has_ended:
        found.append(Due(DueKind.ASSIGN, facts.application_on, N_("Choose a case team")))
    if (
        facts.stage is Stage.APPLICATION
        and Stage.SCREENING in facts.programme.stages
        and may(Permission.SCREENING_RECORD, standing)
    ):
        found.append(Due(DueKind.SCREEN, facts.application_on, N_("Screen")))
    found += [
        Due(
            DueKind.FOLLOW_UP,
            one.due_on,
            N_("Ask again, %(months)s months after the exit", months=one.months),
        )
        for one in follow_ups.follow_ups_due(facts, today)
    ]
    found += [
        Due(DueKind.TASK, one.due_on, TASK_NAMES[TaskKind(one.kind)]) for one in asked.dossier.tasks
    ]
    found += [
        Due(_FOLLOWS[one.kind], one.on, one.what)
        for one in tasks_shown.follows(asked.dossier, facts, asked.vision, today)
    ]
    return found


def _deadlines(asked: Asked) -> Iterable[Due]:
    """What must happen in the procedures that run, as long as no step answers it."""
    if asked.facts.stage in tasks.OVER:
        return
    for row in asked.dossier.procedures:
        steps = [
            procedure_readings.step_taken(one)
            for one in asked.dossier.milestones
            if one.procedure_id == row.id
        ]
        for one in procedures.waiting(steps, row.until_on):
            yield Due(DueKind.DEADLINE, one.on, DUE_NAMES[one.kind])


def _alert_due(alerts: Collection[StayAlert], told: StayClock, standing: Standing) -> Due | None:
    """An alert of the stay that nobody has seen, for who can extend the stay or decide on it."""
    alert = alert_lists.newest(alerts, told)
    if alert is None or not any(may(permission, standing) for permission in alert_lists.OPENS):
        return None
    named = ALERT_NAMES[AlertCode(alert.kind)]
    return Due(DueKind.ALERT, alert.due_on, N_("Stay alert: %(alert)s", alert=named))


def _proposals_due(
    actor: Actor, dossier: Dossier, facts: CaseFacts, standing: Standing
) -> Iterable[Due]:
    for row in dossier.proposals:
        if row.state != ProposalState.OPEN:
            continue
        kind, since = ProposalKind(row.kind), local(row.recorded_at).date()
        proposal = readings.proposal_of(row)
        if may(DECIDE[kind], standing) and proposals.may_decide(
            facts.programme, proposal, actor.user_id, actor.roles
        ):
            yield Due(DueKind.DECIDE, since, DECISIONS[kind])
        else:
            yield Due(DueKind.WAITS, since, WAITING[kind])


def urgency(due: Due) -> tuple[bool, bool, bool, date, int]:
    """Own decisions first, what only waits for others last, silence before that, and the rest by day."""
    kinds = list(DueKind)
    return (
        due.kind is not DueKind.DECIDE,
        due.kind is DueKind.WAITS,
        due.kind is DueKind.SILENT,
        due.on,
        kinds.index(due.kind),
    )
