"""The steps of the child-protection code on a case: who took which, who agreed, and what was reported.

Codes and days in casework, words in the vault; without words a step can be recorded while that is sealed, for danger to
a child waits for no passphrase. A report leaves by way of the disclosures, in the same recorded change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final

from caseflow.domain import child_protection as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Whom
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field, Medium, Purpose, visible
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Tier
from caseflow.domain.redaction import Surface
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import disclosures, letters, planned_tasks
from caseflow.services.child_protection_readings import as_taken, concerns, taken
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.protection import ChildConcern, ChildConcernStep, ProtectionWords

RECORD = Permission.CHILD_PROTECTION_RECORD
KIND, RECIPIENT = "child_protection", "emergency-services"
"""The kind of disclosure, and the recipient of `config/disclosure.toml`."""
TYPED: Final = (Field.CHILDREN, Field.WORDS)
"""What is typed for a report alone; the rest stands in the file, in compartments without status."""
LOOK_AGAIN_DAYS: Final = 7
"""After so many days a neutral task asks to go on with the steps; no norm sets a number (decision 0186)."""
ONE_RUNS: Final = Refused(
    N_("A worry about this child is written down already. Go on with its steps.")
)


def open_concern(
    actor: Actor, case_id: str, whom: Whom, first: Step, now: datetime, *, is_acute: bool = False
) -> Refused | None:
    """Writes down a worry with its first signals, which is step 1. Raises `NotKnown`, and `VaultSealed` with words."""
    concern_id = new_id()
    with changing(
        actor, RECORD, case_id, "child_concern_opened", now, details={"concern": concern_id},
        words=bool(first.words.strip()),
    ) as change:  # fmt: skip
        session = change.work.casework
        running = concerns(session, case_id)
        before = {row.id: taken(session, row.id) for row in running}
        if any(row.whom == whom.value and rules.is_open(before[row.id]) for row in running):
            return change.refuse(ONE_RUNS)
        allowed = rules.may_take(first, (), is_acute=is_acute, now=now, today=change.today)
        if not allowed:
            return change.refuse(allowed)
        task = None
        if change.facts.stage not in OVER:
            due_on = change.today + timedelta(days=0 if is_acute else LOOK_AGAIN_DAYS)
            task = planned_tasks.plan(change, TaskKind.OTHER, due_on)
        session.add(
            ChildConcern(
                id=concern_id, whom=whom.value, is_acute=is_acute, task_id=task, **change.recorded
            )
        )
        session.flush()
        _add(change, concern_id, first)
        return None


def take_step(
    actor: Actor, case_id: str, concern_id: str, told: Step, now: datetime
) -> Refused | None:
    """Records a step of the code. Raises `NotKnown`, also for a worry of another case, and `VaultSealed` with words."""
    details = {"concern": concern_id, "step": told.step.value}
    with _changing(
        actor, case_id, concern_id, "child_step_recorded", now, details, words=bool(told.words.strip())
    ) as (change, row):  # fmt: skip
        before = taken(change.work.casework, concern_id)
        allowed = rules.may_take(told, before, is_acute=row.is_acute, now=now, today=change.today)
        if not allowed:
            return change.refuse(allowed)
        _add(change, concern_id, told)
        change.work.casework.flush()
        _close(change, row)
        return None


def agree(
    actor: Actor, case_id: str, concern_id: str, step_id: str, now: datetime
) -> Refused | None:
    """Agrees as second professional with weighing, deciding or a report. Raises `NotKnown`."""
    with changing_step(actor, case_id, concern_id, step_id, now) as (change, row, step):
        allowed = rules.may_agree(as_taken(step), change.work.by)
        if not allowed:
            return change.refuse(allowed)
        step.agreed_by, step.agreed_at = change.work.by, change.work.at
        step.agreed_change_id = change.work.id
        change.work.casework.flush()
        _close(change, row)
        return None


def report(
    actor: Actor,
    case_id: str,
    concern_id: str,
    told: Step,
    values: Mapping[Field, str],
    now: datetime,
) -> Refused | None:
    """Records a report that was made, as a step and as what left, in one change. Raises `NotKnown` and `VaultSealed`.

    After two decided on it the second of them stands beside who reported; in acute danger a second agrees afterwards.
    """
    details = {"concern": concern_id, "step": CodeStep.REPORT.value}
    with _changing(actor, case_id, concern_id, "child_step_recorded", now, details, words=True) as (
        change,
        row,
    ):
        before = taken(change.work.casework, concern_id)
        allowed = rules.may_take(told, before, is_acute=row.is_acute, now=now, today=change.today)
        if not allowed:
            return change.refuse(allowed)
        clean = rules.says_no_status(*(values.get(one, "") for one in TYPED))
        if not clean:
            return change.refuse(clean)
        second = rules.second_of(before, change.work.by)
        left = disclosures.issue_within(
            change.work, case_id, _leaving(change, told, values, by_two=second is not None)
        )
        if isinstance(left, Refused):
            return change.refuse(left)
        step = _add(change, concern_id, told)
        step.disclosure_id = left
        if second is not None:
            step.agreed_by, step.agreed_at = second, change.work.at
            step.agreed_change_id = change.work.id
        change.work.casework.flush()
        _close(change, row)
        return None


def _leaving(
    change: CaseChange, told: Step, values: Mapping[Field, str], *, by_two: bool
) -> Leaving:
    """What left: the fixed fields as they were told, and a paper of it where two stand behind what it says."""
    letter = None
    if by_two and told.result is StepResult.TO_VEILIG_THUIS:
        with suppress(LetterRefused):  # an organisation without a letterhead reports all the same
            letter = Letter(
                kind=LetterKind.CHILD_PROTECTION,
                language=Language.NL,
                sender=letters.sender_of(change.dossier.case.organisation),
                addressee=("Veilig Thuis",),
                day=told.done_on,
                values={one.value: words for one, words in values.items()},
            )
    return Leaving(
        kind=KIND,
        recipient=RECIPIENT,
        purpose=Purpose.DANGER,
        values=values,
        medium=Medium.TOLD,
        on=told.done_on,
        tier=Tier.VITAL,
        letter=letter,
        seen=visible(Field, change.standing.vision(Surface.OPENED)),
    )


def say_acute(actor: Actor, case_id: str, concern_id: str, now: datetime) -> Refused | None:
    """Says that the danger is acute: one acts at once, and the second agrees afterwards. Raises `NotKnown`."""
    details = {"concern": concern_id}
    with _changing(actor, case_id, concern_id, "child_concern_acute", now, details) as (change, row):  # fmt: skip
        if row.is_acute:
            return change.refuse(Refused(N_("This is known as acute danger already.")))
        row.is_acute = True
        return None


def mistaken(actor: Actor, case_id: str, concern_id: str, now: datetime) -> Refused | None:
    """Says that a worry was written down in error: it stands on no page any more. Raises `NotKnown`."""
    details = {"concern": concern_id}
    with _changing(actor, case_id, concern_id, "child_concern_mistaken", now, details) as (change, row):  # fmt: skip
        told = [one for one in taken(change.work.casework, concern_id) if one.step is CodeStep.REPORT]  # fmt: skip
        if told:
            return change.refuse(
                Refused(N_("Something was reported, so this stays. Write a further step instead."))
            )
        row.mistaken_by, row.mistaken_at = change.work.by, change.work.at
        row.mistaken_change_id = change.work.id
        if row.task_id is not None:
            planned_tasks.supersede(change.work, (row.task_id,))
        return None


@contextmanager
def _changing(
    actor: Actor, case_id: str, concern_id: str, event: str, now: datetime, details: dict[str, Any],
    *, words: bool = False,
) -> Iterator[tuple[CaseChange, ChildConcern]]:  # fmt: skip
    """One change to a worry of this very case. Raises `NotKnown`."""
    with changing(actor, RECORD, case_id, event, now, details=details, words=words) as change:
        row = change.work.casework.get(ChildConcern, concern_id)
        if row is None or row.case_id != change.dossier.case.id or row.mistaken_at is not None:
            raise NotKnown()
        yield change, row


@contextmanager
def changing_step(
    actor: Actor, case_id: str, concern_id: str, step_id: str, now: datetime
) -> Iterator[tuple[CaseChange, ChildConcern, ChildConcernStep]]:
    """One change to a step of a worry of this very case. Raises `NotKnown`."""
    details = {"concern": concern_id, "step": step_id}
    with _changing(actor, case_id, concern_id, "child_step_agreed", now, details) as (change, row):
        step = change.work.casework.get(ChildConcernStep, step_id)
        if step is None or step.concern_id != row.id:
            raise NotKnown()
        yield change, row, step


def _add(change: CaseChange, concern_id: str, told: Step) -> ChildConcernStep:
    row = ChildConcernStep(
        id=new_id(),
        concern_id=concern_id,
        step=told.step.value,
        done_on=told.done_on,
        result=told.result.value,
        told_at=told.told_at if told.step is CodeStep.REPORT else None,
        recorded_by=change.work.by,
        recorded_at=change.work.at,
        change_id=change.work.id,
    )
    change.work.casework.add(row)
    if told.words.strip():
        change.work.vault.add(
            ProtectionWords(about_id=row.id, words=told.words.strip(), **change.written())
        )
    return row


def _close(change: CaseChange, row: ChildConcern) -> None:
    """The neutral task ends once nothing of the worry is left to do."""
    if row.task_id is not None and not rules.is_open(taken(change.work.casework, row.id)):
        planned_tasks.supersede(change.work, (row.task_id,))
