"""Procedures of a person: opened, gone through step by step, and ended, which erases the V-number."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from caseflow.domain import procedures
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.procedures import ProcedureRules, StepTaken
from caseflow.services import houses, versions
from caseflow.services.gatekeeping import CaseChange, NotKnown, VaultSealed, changing
from caseflow.services.procedure_readings import step_taken
from caseflow.services.versions import Overtaken
from caseflow.storage import v_numbers
from caseflow.storage.engines import StoreRefused
from caseflow.storage.models.facts import Milestone, Procedure
from caseflow.storage.models.vault import ProcedureWords, VNumber

RECORD = Permission.MILESTONE_RECORD


def steps_of(kind: ProcedureKind) -> tuple[str, ...]:
    """Codes of the steps that may be recorded in a procedure of this kind."""
    return houses.current().procedures[kind].offered


def open_one(
    actor: Actor, case_id: str, kind: ProcedureKind, on: date, now: datetime
) -> Refused | None:
    """Opens a procedure; several run at once, but not two of one kind. Raises `NotKnown`."""
    with changing(
        actor, RECORD, case_id, "procedure_opened", now, details={"kind": kind.value}
    ) as change:
        for decision in (
            procedures.may_work_on(change.facts),
            procedures.may_open(on, change.today),
        ):
            if isinstance(decision, Refused):
                return change.refuse(decision)
        if any(
            one.kind == kind.value and one.until_on is None for one in change.dossier.procedures
        ):
            return change.refuse(
                Refused(
                    N_("Such a procedure runs already. Record the step there, or end it first.")
                )
            )
        change.work.casework.add(Procedure(kind=kind.value, from_on=on, **change.recorded))
        return None


def take_step(
    actor: Actor,
    case_id: str,
    procedure_id: str,
    step: str,
    on: date,
    result: str | None,
    due_on: date | None,
    now: datetime,
) -> Refused | None:
    """Records a step with its result, and what must happen next: by hand, or by a term that has a source.

    Raises `NotKnown` for a procedure of another case.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "milestone_recorded",
        now,
        details={"kind": step, "result": result, "procedure": procedure_id},
    ) as change:
        row, rules = _procedure(change, procedure_id)
        taken = StepTaken(step, on, result)
        allowed = procedures.may_work_on(change.facts) and procedures.may_take(
            rules, taken, row.from_on, row.until_on, change.today
        )
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        earlier = [
            step_taken(one) for one in change.dossier.milestones if one.procedure_id == row.id
        ]
        due = procedures.due_after(rules, taken, due_on, earlier)
        if isinstance(due, Refused):
            return change.refuse(due)
        change.work.casework.add(
            Milestone(
                procedure_id=row.id,
                kind=step,
                event_on=on,
                result=result,
                due_kind=due.kind.value if due else None,
                due_on=due.on if due else None,
                due_basis=due.basis.value if due else None,
                **change.recorded,
            )
        )
        return None


def write_lawyer(
    actor: Actor,
    case_id: str,
    procedure_id: str,
    lawyer: str | None,
    reference: str | None,
    v_number: str | None,
    now: datetime,
    *,
    seen: str | None = None,
) -> Refused | None:
    """Keeps in the vault who the lawyer is and under which reference; the V-number takes the place of an earlier one.

    Without a V-number the earlier one is erased. `seen` is the version that stood on the form. Raises `NotKnown`, and
    `VaultSealed`.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "procedure_words_recorded",
        now,
        details={"procedure": procedure_id, "v_number": v_number is not None},
        words=True,
    ) as change:
        row, _ = _procedure(change, procedure_id)
        if row.until_on is not None:
            return change.refuse(
                Refused(N_("This procedure has ended already. Open a new one where it goes on."))
            )
        for decision in (
            procedures.may_work_on(change.facts),
            procedures.may_be_written(lawyer),
            procedures.may_be_written(reference),
        ):
            if isinstance(decision, Refused):
                return change.refuse(decision)
        number = procedures.v_number(v_number) if v_number else None
        if isinstance(number, Refused):
            return change.refuse(number)
        overtaken = _written_meanwhile(change, row.id, seen)
        if overtaken is not None:
            return change.refuse(overtaken)
        about = {"case_id": case_id, "procedure_id": row.id, **change.written()}
        change.work.vault.add(ProcedureWords(lawyer=lawyer, reference=reference, **about))
        change.work.vault.add(VNumber(number=number, **about))
        organisation = change.dossier.case.organisation
    erase_spent(organisation)
    return None


def _written_meanwhile(change: CaseChange, procedure_id: str, seen: str | None) -> Overtaken | None:
    """What a colleague wrote since the form was opened."""
    there = versions.newest(change, ProcedureWords, [ProcedureWords.procedure_id == procedure_id])
    number = versions.newest(change, VNumber, [VNumber.procedure_id == procedure_id])
    theirs = {
        "lawyer": there.lawyer if there else None,
        "reference": there.reference if there else None,
        "v_number": number.number if number else None,
    }
    return versions.overtaken(change, there, seen, theirs)


def end(actor: Actor, case_id: str, procedure_id: str, on: date, now: datetime) -> Refused | None:
    """Ends a procedure: its deadlines count no more, and its V-number is erased from the vault.

    Raises `NotKnown`, and `VaultSealed`: a number that cannot be erased keeps the procedure open.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "procedure_ended",
        now,
        details={"procedure": procedure_id, "on": on},
        words=True,
    ) as change:
        row, _ = _procedure(change, procedure_id)
        allowed = procedures.may_end(row.from_on, row.until_on, on, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        row.until_on = on
        change.ended(row)
        organisation = change.dossier.case.organisation
    erase_spent(organisation)
    return None


def _procedure(change: CaseChange, procedure_id: str) -> tuple[Procedure, ProcedureRules]:
    """The procedure of this very case, with the rules of its kind. Raises `NotKnown`."""
    for row in change.dossier.procedures:
        if row.id == procedure_id:
            return row, houses.current().procedures[ProcedureKind(row.kind)]
    raise NotKnown()


def erase_spent(organisation: str) -> None:
    """Takes numbers that are spent out of the vault, once the change that spent them stands.

    While somebody reads, the log of the vault cannot be emptied, and it may have been sealed a moment ago; the next
    sweep does it then.
    """
    with suppress(StoreRefused, VaultSealed):
        v_numbers.erase_spent(houses.current().stores, organisation)
