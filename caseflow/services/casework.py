"""What a case team writes down in codes: screening, scenario, allowance, milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from caseflow.domain import pathways, pay_outs
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import STEP_NAMES
from caseflow.domain.programmes import Stage
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay_limits import StartEvent
from caseflow.services import houses
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.services.identities import IdentityWords as IdentityWords
from caseflow.services.identities import record_identity as record_identity
from caseflow.services.notes import NOTE_KINDS as NOTE_KINDS
from caseflow.services.notes import NOTE_LENGTH as NOTE_LENGTH
from caseflow.services.notes import write_note as write_note
from caseflow.services.plans import record_wish as record_wish
from caseflow.services.ways_to_reach import record_contact_line as record_contact_line
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import (
    Allowance,
    Milestone,
    ScenarioChoice,
    ScreeningAnswer,
    StageChange,
    StartDate,
)

ANSWERS = ("yes", "no", "unknown")


def enter_stage(change: CaseChange, stage: Stage, on: date) -> None:
    """Moves a case into a stage and appends the fact."""
    change.dossier.case.stage = stage.value
    change.work.casework.add(StageChange(stage=stage.value, event_on=on, **change.recorded))


def screen(
    actor: Actor, case_id: str, answers: Mapping[str, str], on: date, now: datetime
) -> Refused | None:
    """Records which admission criteria are met, never why not; a later answer joins the earlier."""
    with changing(
        actor,
        Permission.SCREENING_RECORD,
        case_id,
        "screening_recorded",
        now,
        details={"answers": len(answers), "rule_version": _rule_version(case_id, on)},
    ) as change:
        first = change.facts.stage is Stage.APPLICATION
        allowed = pathways.may_answer_screening(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        version = change.programme.criteria_on(on)
        known = {criterion.id for criterion in version.criteria} if version else set()
        if known and not answers:
            return change.refuse(
                Refused(N_("Nothing was answered. Choose “unknown” where you do not know yet."))
            )
        if not set(answers) <= known or not set(answers.values()) <= set(ANSWERS):
            return change.refuse(
                Refused(N_("Answer the questions of this programme with yes, no or unknown."))
            )
        for criterion, answer in answers.items():
            change.work.casework.add(
                ScreeningAnswer(
                    criterion=criterion,
                    rule_version=version.version if version else "",
                    answer=answer,
                    event_on=on,
                    **change.recorded,
                )
            )
        if first:
            enter_stage(change, Stage.SCREENING, on)
        return None


def _rule_version(case_id: str, on: date) -> str | None:
    """Which version of the admission criteria is applied, for the log; None where there is none."""
    house = houses.current()
    with house.stores.reading() as session:
        case = session.get(Case, case_id)
        version = house.programme(case.programme).criteria_on(on) if case else None
        return version.version if version else None


def put_on_waiting_list(actor: Actor, case_id: str, on: date, now: datetime) -> Refused | None:
    """Puts a screened person on the waiting list of the programme."""
    with changing(
        actor, Permission.SCREENING_RECORD, case_id, "waiting_list_joined", now, details={"on": on}
    ) as change:
        allowed = pathways.may_wait(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        enter_stage(change, Stage.WAITING, on)
        return None


def record_scenario(
    actor: Actor, case_id: str, scenario: GuidanceScenario, on: date, now: datetime
) -> Refused | None:
    """Records what client and programme work towards; it is not what was reached."""
    with changing(
        actor,
        Permission.SCENARIO_RECORD,
        case_id,
        "scenario_recorded",
        now,
        details={"scenario": scenario.value},
    ) as change:
        allowed = pathways.may_record_scenario(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            ScenarioChoice(scenario=scenario.value, event_on=on, **change.recorded)
        )
        return None


def begin_allowance(
    actor: Actor, case_id: str, from_on: date, weekly_cents: int, now: datetime
) -> Refused | None:
    """Begins a living allowance, with or without a bed, with or without admission."""
    with changing(
        actor,
        Permission.ALLOWANCE_RECORD,
        case_id,
        "allowance_recorded",
        now,
        details={"from": from_on},
    ) as change:
        allowed = pathways.may_record_allowance(change.facts, from_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        allowed = pay_outs.may_set(weekly_cents)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            Allowance(from_on=from_on, weekly_cents=weekly_cents, **change.recorded)
        )
        return None


def end_allowance(actor: Actor, case_id: str, until_on: date, now: datetime) -> Refused | None:
    """Ends the allowance that runs; the day named is the first without it."""
    with changing(
        actor,
        Permission.ALLOWANCE_RECORD,
        case_id,
        "allowance_recorded",
        now,
        details={"until": until_on},
    ) as change:
        allowed = pathways.may_end_allowance(change.facts)
        if not allowed:
            return change.refuse(allowed)
        running = [one for one in change.dossier.allowances if one.until_on is None]
        if until_on <= running[-1].from_on:
            return change.refuse(
                Refused(N_("It began on %(day)s. Choose a later day.", day=running[-1].from_on))
            )
        allowed = may_date(until_on, change.today, running[-1].from_on)
        if not allowed:
            return change.refuse(allowed)
        running[-1].until_on = until_on
        change.ended(running[-1])
        return None


def begin_pathway(actor: Actor, case_id: str, on: date, now: datetime) -> Refused | None:
    """Records the day on which guidance began; admission and guidance may begin on different days."""
    with changing(
        actor, Permission.SCENARIO_RECORD, case_id, "guidance_begun", now, details={"on": on}
    ) as change:
        allowed = pathways.may_begin_pathway(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            StartDate(kind=StartEvent.PATHWAY_START.value, event_on=on, **change.recorded)
        )
        return None


def begin_consultation(actor: Actor, case_id: str, on: date, now: datetime) -> Refused | None:
    """Begins a consultation at once; programmes of that kind admit nobody first."""
    with changing(
        actor, Permission.SCREENING_RECORD, case_id, "consultation_begun", now, details={"on": on}
    ) as change:
        allowed = pathways.may_begin_consultation(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        enter_stage(change, Stage.GUIDANCE, on)
        return None


def record_milestone(
    actor: Actor, case_id: str, kind: str, on: date, result: str | None, now: datetime
) -> Refused | None:
    """Records a coded step of a procedure, such as a repeat asylum application that was granted."""
    with changing(
        actor,
        Permission.MILESTONE_RECORD,
        case_id,
        "milestone_recorded",
        now,
        details={"kind": kind, "result": result},
    ) as change:
        if kind not in STEP_NAMES:
            return change.refuse(Refused(N_("Choose a step of a procedure.")))
        if result not in (None, "granted", "refused", "withdrawn"):
            return change.refuse(Refused(N_("Choose how the procedure was decided.")))
        if (result is not None) != kind.endswith("_decided"):
            return change.refuse(
                Refused(
                    N_(
                        "A decision has a result, and only a decision has one. Change one of the two."
                    )
                )
            )
        allowed = may_date(on, change.today, date(1990, 1, 1))
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            Milestone(kind=kind, event_on=on, result=result, **change.recorded)
        )
        return None
