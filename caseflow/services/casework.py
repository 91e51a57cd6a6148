"""What a case team writes down: screening, identity, contact, notes, scenario, allowance, milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain import pathways
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
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import (
    Allowance,
    Milestone,
    ScenarioChoice,
    ScreeningAnswer,
    StageChange,
    StartDate,
)
from caseflow.storage.models.vault import ContactLine, Identity, Note, Wish

ANSWERS = ("yes", "no", "unknown")
NOTE_KINDS = ("contact", "phone", "visit", "handover", "legal", "medical", "intake")
NOTE_LENGTH = 10_000


@dataclass(frozen=True)
class IdentityWords:
    """Names and birth date as the person gives them; a year alone will do, nothing is mandatory."""

    given_names: str | None = None
    family_name: str | None = None
    also_known_as: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    birth_precision: str = "unknown"


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


def record_identity(
    actor: Actor, case_id: str, told: IdentityWords, now: datetime
) -> Refused | None:
    """Adds to the vault who the person says they are; the earlier version is kept."""
    with changing(
        actor,
        Permission.IDENTITY_RECORD,
        case_id,
        "identity_recorded",
        now,
        details={"precision": told.birth_precision},
        words=True,
    ) as change:
        allowed = pathways.may_record_identity(change.programme)
        if not allowed:
            return change.refuse(allowed)
        if told.birth_date is not None and told.birth_date > change.today:
            return change.refuse(Refused(N_("The birth date lies in the future. Check the year.")))
        if told.birth_year is not None and not 1900 <= told.birth_year <= change.today.year:
            return change.refuse(Refused(N_("Give a birth year between 1900 and this year.")))
        if told.birth_date and told.birth_year and told.birth_date.year != told.birth_year:
            return change.refuse(
                Refused(
                    N_("The birth date and the birth year differ. Correct one, or leave it out.")
                )
            )
        if not any(
            (
                told.given_names,
                told.family_name,
                told.also_known_as,
                told.birth_date,
                told.birth_year,
            )
        ):
            return change.refuse(
                Refused(
                    N_("Nothing was filled in. Write down what the person told you, or go back.")
                )
            )
        change.work.vault.add(
            Identity(
                given_names=told.given_names,
                family_name=told.family_name,
                also_known_as=told.also_known_as,
                birth_date=told.birth_date,
                birth_year=told.birth_year,
                birth_precision=told.birth_precision,
                **change.written(),
            )
        )
        return None


def record_contact_line(
    actor: Actor,
    case_id: str,
    phone: str | None,
    how_to_reach: str | None,
    do_not_contact: str | None,
    now: datetime,
) -> Refused | None:
    """Adds to the vault how to reach the person safely."""
    with changing(
        actor, Permission.CONTACT_RECORD, case_id, "contact_line_recorded", now, words=True
    ) as change:
        if not any((phone, how_to_reach, do_not_contact)):
            return change.refuse(
                Refused(N_("Nothing was filled in. Write down how to reach this person."))
            )
        change.work.vault.add(
            ContactLine(
                phone=phone,
                how_to_reach=how_to_reach,
                do_not_contact=do_not_contact,
                **change.written(),
            )
        )
        return None


def write_note(
    actor: Actor,
    case_id: str,
    kind: str,
    contact_on: date,
    words: str,
    now: datetime,
    *,
    about_third_person: bool = False,
    corrects_id: str | None = None,
) -> Refused | None:
    """Adds a note or contact; a correction is a note of its own beside the one it corrects."""
    with changing(
        actor,
        Permission.NOTE_CREATE,
        case_id,
        "note_recorded",
        now,
        details={"kind": kind, "corrects": corrects_id},
        words=True,
    ) as change:
        if kind not in NOTE_KINDS:
            return change.refuse(Refused(N_("Choose what kind of note this is.")))
        if not words.strip():
            return change.refuse(Refused(N_("The note is empty. Write at least one sentence.")))
        if len(words) > NOTE_LENGTH:
            return change.refuse(
                Refused(
                    N_("A note has at most %(most)s characters. Split it in two.", most=NOTE_LENGTH)
                )
            )
        allowed = may_date(contact_on, change.today, change.facts.application_on)
        if not allowed:
            return change.refuse(allowed)
        if corrects_id is not None:
            corrected = change.work.vault.get(Note, corrects_id)
            if corrected is None or corrected.case_id != case_id:
                return change.refuse(Refused(N_("The note to correct is not in this case.")))
        change.work.vault.add(
            Note(
                case_id=case_id,
                kind=kind,
                contact_on=contact_on,
                words=words.strip(),
                about_third_person=about_third_person,
                corrects_id=corrects_id,
                **change.written(),
            )
        )
        case = change.dossier.case
        case.last_contact_on = max(contact_on, case.last_contact_on or contact_on)
        return None


def record_wish(actor: Actor, case_id: str, words: str, now: datetime) -> Refused | None:
    """Adds the person's own wish, in their words."""
    with changing(
        actor, Permission.NOTE_CREATE, case_id, "wish_recorded", now, words=True
    ) as change:
        if not words.strip():
            return change.refuse(Refused(N_("The wish is empty. Write what the person hopes for.")))
        change.work.vault.add(Wish(case_id=case_id, words=words.strip(), **change.written()))
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
        if weekly_cents <= 0:
            return change.refuse(Refused(N_("Give an amount per week above zero.")))
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
