"""What happened in a case, in order, from the parts this reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from caseflow.domain.cases import STAGE_NAMES, ProposalState
from caseflow.domain.disappearances import WAY_NAMES, AttemptWay
from caseflow.domain.follow_ups import FOLLOW_UP_NAMES, FollowUpAnswer
from caseflow.domain.formal_decision_words import (
    KIND_NAMES,
    RESULT_NAMES,
    DecisionKind,
    DecisionState,
    StepKind,
)
from caseflow.domain.formal_decision_words import STEP_NAMES as STEPS_OF_DECISIONS
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import BASIS_NAMES, OUTCOME_NAMES, Outcome, OutcomeBasis
from caseflow.domain.procedure_words import PROCEDURE_NAMES, STEP_NAMES, ProcedureKind
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.redaction import Compartment, Part, Vision
from caseflow.domain.scenarios import SCENARIO_NAMES, GuidanceScenario
from caseflow.services.case_views import TimelineItem
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.facts import (
    Allowance,
    ContactAttempt,
    Exit,
    FollowUp,
    Milestone,
    ScenarioChoice,
    ScreeningAnswer,
)
from caseflow.storage.models.formal_decisions import DecisionStep

C, P = Compartment, Part

PROPOSED = {
    ProposalKind.ADMISSION: N_("Admission proposed"),
    ProposalKind.EXTENSION: N_("Extension proposed until %(until)s"),
    ProposalKind.EXIT: N_("Exit proposed: %(outcome)s"),
}
DECIDED = {
    (ProposalKind.ADMISSION, ProposalState.APPROVED): N_("Admission approved"),
    (ProposalKind.ADMISSION, ProposalState.DECLINED): N_("Admission declined"),
    (ProposalKind.EXTENSION, ProposalState.APPROVED): N_("Extension approved until %(until)s"),
    (ProposalKind.EXTENSION, ProposalState.DECLINED): N_("Extension declined"),
    (ProposalKind.EXIT, ProposalState.APPROVED): N_("Exit approved: %(outcome)s"),
    (ProposalKind.EXIT, ProposalState.DECLINED): N_("Exit declined"),
}
WITHDRAWN = N_("Proposal withdrawn")
_FOLLOWS = {"decision": 1, "exit": 2, "stage": 3}
"""One change records a decision, what it does and the stage that follows, at one instant and in this order."""


class Entry(NamedTuple):
    """One line before it is redacted for its reader: `fact_id` where the fact may turn out to be an error."""

    on: date
    recorded_at: datetime
    kind: str
    what: Message
    by: str | None
    fact_id: str | None = None


def of(
    dossier: Dossier,
    vision: Vision,
    names: dict[str, tuple[str, str | None]],
    more: Iterable[Entry] = (),
) -> tuple[TimelineItem, ...]:
    """The timeline, newest first: by the day it happened, then by the moment it was recorded.

    `more` are lines that do not come from coded facts, already cut to what the vision allows.
    """

    knows_colleagues = vision.sees(C.CASEWORK, P.CASE_TEAM_CONTACT)

    def by(user_id: str | None) -> str | None:
        if not knows_colleagues:
            return None
        return names.get(user_id, ("", None))[0] or None if user_id else None

    found = _mistaken(dossier, vision)
    found += [(one, None) for one in (*_entries(dossier, vision), *more)]
    found.sort(
        key=lambda one: (one[0].on, one[0].recorded_at, _FOLLOWS.get(one[0].kind, 0)), reverse=True
    )
    return tuple(
        TimelineItem(
            one.on,
            local(one.recorded_at).date(),
            one.kind,
            one.what,
            by(one.by),
            fact_id=one.fact_id,
            mistaken_on=mistaken_on,
        )
        for one, mistaken_on in found
    )


def _mistaken(dossier: Dossier, vision: Vision) -> list[tuple[Entry, date | None]]:
    """What was recorded in error, in the words it had, and since when that is known."""
    known = {one.id: local(one.mistaken_at).date() for one in dossier.mistaken}
    errors = Dossier(
        dossier.case,
        dossier.client,
        scenarios=[one for one in dossier.mistaken if isinstance(one, ScenarioChoice)],
        milestones=[one for one in dossier.mistaken if isinstance(one, Milestone)],
        follow_ups=[one for one in dossier.mistaken if isinstance(one, FollowUp)],
        attempts=[one for one in dossier.mistaken if isinstance(one, ContactAttempt)],
        exits=[one for one in dossier.mistaken if isinstance(one, Exit)],
        allowances=[one for one in dossier.mistaken if isinstance(one, Allowance)],
        decision_steps=[one for one in dossier.mistaken if isinstance(one, DecisionStep)],
    )
    found = list(_entries(errors, vision))
    if vision.sees(C.IMMIGRATION, P.SCREENING_ANSWERS):
        answered = N_("A criterion of the screening was answered")
        found += [
            Entry(one.event_on, one.recorded_at, "screening", answered, one.recorded_by, one.id)
            for one in dossier.mistaken
            if isinstance(one, ScreeningAnswer)
        ]
    return [
        (one._replace(fact_id=None), known[one.fact_id]) for one in found if one.fact_id is not None
    ]


def _entries(dossier: Dossier, vision: Vision) -> Iterator[Entry]:
    if vision.sees(C.CASEWORK, P.STAGE):
        for stage in dossier.stages:
            text = N_("Stage: %(stage)s", stage=STAGE_NAMES[Stage(stage.stage)])
            yield Entry(stage.event_on, stage.recorded_at, "stage", text, stage.recorded_by)
    if vision.sees(C.CASEWORK, P.CLOCK):
        yield from _clock(dossier)
    if vision.sees(C.CASEWORK, P.REST):
        yield from _casework(dossier)
    if vision.sees(C.IMMIGRATION, P.DEADLINES):
        for step in dossier.milestones:
            kind = STEP_NAMES.get(step.kind, N_("Step in a procedure"))
            yield Entry(
                step.event_on, step.recorded_at, "milestone", kind, step.recorded_by, step.id
            )
    if vision.sees(C.IMMIGRATION, P.REST):
        for procedure in dossier.procedures:
            name = PROCEDURE_NAMES[ProcedureKind(procedure.kind)]
            text = N_("Procedure begun: %(procedure)s", procedure=name)
            at = procedure.recorded_at
            yield Entry(procedure.from_on, at, "procedure", text, procedure.recorded_by)
            if procedure.until_on is not None and procedure.until_recorded_at is not None:
                over = N_("Procedure ended: %(procedure)s", procedure=name)
                at = procedure.until_recorded_at
                yield Entry(procedure.until_on, at, "procedure", over, procedure.until_recorded_by)
    if vision.sees(C.MONEY, P.REST):
        for one in dossier.allowances:
            began = N_("Living allowance began")
            yield Entry(one.from_on, one.recorded_at, "allowance", began, one.recorded_by, one.id)
            if one.until_on is not None and one.until_recorded_at is not None:
                over, by = N_("Living allowance ended"), one.until_recorded_by
                yield Entry(one.until_on, one.until_recorded_at, "allowance", over, by)
    if vision.sees(C.SHELTER, P.REST):
        for placed in dossier.placements:
            if placed.status in {"begun", "ended"}:
                arrived = N_("Arrived in a bed")
                yield Entry(
                    placed.arrival_on, placed.recorded_at, "bed", arrived, placed.recorded_by
                )
            if placed.departure_on is not None:
                left = N_("Left the bed")
                yield Entry(placed.departure_on, placed.changed_at, "bed", left, placed.recorded_by)


def _clock(dossier: Dossier) -> Iterator[Entry]:
    for one in dossier.continuations:
        began = N_("A court or an objection continues the stay")
        yield Entry(one.from_on, one.recorded_at, "clock", began, one.recorded_by)
        if one.until_on is not None and one.until_recorded_at is not None:
            over, by = (
                N_("A court or an objection continues the stay no longer"),
                one.until_recorded_by,
            )
            yield Entry(one.until_on, one.until_recorded_at, "clock", over, by)
    for decided in dossier.earlier_nights:
        text = N_("Earlier nights count") if decided.counts else N_("Earlier nights do not count")
        yield Entry(decided.event_on, decided.recorded_at, "decision", text, decided.recorded_by)


def _casework(dossier: Dossier) -> Iterator[Entry]:
    for choice in dossier.scenarios:
        name = SCENARIO_NAMES[GuidanceScenario(choice.scenario)]
        text = N_("Guidance scenario: %(scenario)s", scenario=name)
        yield Entry(
            choice.event_on, choice.recorded_at, "scenario", text, choice.recorded_by, choice.id
        )
    for row in dossier.proposals:
        kind = ProposalKind(row.kind)
        said = {
            "until": row.until_on,
            "outcome": OUTCOME_NAMES[Outcome(row.outcome)] if row.outcome else None,
        }
        text = Message(PROPOSED[kind].text, said)
        day = local(row.recorded_at).date()
        yield Entry(day, row.recorded_at, "proposal", text, row.recorded_by)
        if row.decided_at is not None:
            decided = DECIDED.get((kind, ProposalState(row.state)), WITHDRAWN)
            text = Message(decided.text, said | {"until": row.granted_until_on or row.until_on})
            yield Entry(
                local(row.decided_at).date(), row.decided_at, "decision", text, row.decided_by
            )
    yield from _formal_decisions(dossier)
    for tried in dossier.attempts:
        text = N_("Tried to reach: %(way)s", way=WAY_NAMES[AttemptWay(tried.way)])
        at, by = tried.recorded_at, tried.recorded_by
        yield Entry(tried.event_on, at, "attempt", text, by, tried.id)
    for left in dossier.exits:
        text = N_("Left the programme: %(outcome)s", outcome=OUTCOME_NAMES[Outcome(left.outcome)])
        if left.outcome_basis:
            text = N_(
                "Left the programme: %(outcome)s (%(basis)s)",
                outcome=OUTCOME_NAMES[Outcome(left.outcome)],
                basis=BASIS_NAMES[OutcomeBasis(left.outcome_basis)],
            )
        yield Entry(left.exited_on, left.recorded_at, "exit", text, left.recorded_by, left.id)
    for asked in dossier.follow_ups:
        text = N_(
            "After %(months)s months: %(answer)s",
            months=asked.months,
            answer=FOLLOW_UP_NAMES[FollowUpAnswer(asked.state)],
        )
        yield Entry(
            asked.event_on, asked.recorded_at, "follow_up", text, asked.recorded_by, asked.id
        )


def _formal_decisions(dossier: Dossier) -> Iterator[Entry]:
    """Decisions that were prepared and taken, and what became of each."""
    for row in dossier.formal_decisions:
        name = KIND_NAMES[DecisionKind(row.kind)]
        text = N_("Formal decision prepared: %(decision)s", decision=name)
        day = local(row.recorded_at).date()
        yield Entry(day, row.recorded_at, "proposal", text, row.recorded_by)
        if row.decided_at is None:
            continue
        text = N_("Formal decision taken: %(decision)s", decision=name)
        if row.state == DecisionState.NOT_TAKEN:
            text = N_("Formal decision not taken: %(decision)s", decision=name)
        yield Entry(local(row.decided_at).date(), row.decided_at, "decision", text, row.decided_by)
    for step in dossier.decision_steps:
        text = STEPS_OF_DECISIONS[StepKind(step.kind)]
        if step.result:
            text = N_("%(step)s: %(result)s", step=text, result=RESULT_NAMES[step.result])
        # what the lead took back is prepared anew, and is no error of the case team's
        fact_id = None if step.kind == StepKind.TAKEN_BACK else step.id
        at, by = step.recorded_at, step.recorded_by
        yield Entry(step.event_on, at, "decision_step", text, by, fact_id)
