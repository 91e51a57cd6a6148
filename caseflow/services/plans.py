"""The plan of a case: the person's own wish, goals and agreements, and the day on which each is looked at again."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import plans
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.plans import LineState, PlanWords
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import prompting, versions
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import words as kept_words
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.client_files import PlanLine
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.vault import Wish

RECORD = Permission.PLAN_RECORD


def record_wish(
    actor: Actor,
    case_id: str,
    words: str,
    now: datetime,
    *,
    seen: str | None = None,
    ask_first: bool = False,
) -> Refused | None:
    """Adds the person's own wish, in their words; `seen` is the version that stood on the form.

    Raises `NotKnown` and `VaultSealed`.
    """
    with changing(actor, RECORD, case_id, "wish_recorded", now, words=True) as change:
        if change.facts.stage in OVER:
            return change.refuse(plans.CLOSED)
        if not words.strip():
            return change.refuse(Refused(N_("The wish is empty. Write what the person hopes for.")))
        there = versions.newest(change, Wish, case_id=case_id)
        theirs = {"words": there.words} if there else {}
        for refused in (
            versions.overtaken(change, there, seen, theirs),
            _question(words, ask_first),
        ):
            if refused is not None:
                return change.refuse(refused)
        change.work.vault.add(Wish(case_id=case_id, words=words.strip(), **change.written()))
        return None


def write_line(
    actor: Actor, case_id: str, told: PlanWords, now: datetime, *, ask_first: bool = False
) -> Refused | None:
    """Adds a goal or an agreement; a day of review becomes a task, which the caseload shows without a word of it."""
    line_id = new_id()
    with changing(
        actor, RECORD, case_id, "plan_line_recorded", now, details=_told(line_id, told), words=True
    ) as change:
        allowed = plans.may_write(change.facts, told, len(_open(change)), change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        question = _question(told.words, ask_first)
        if question is not None:
            return change.refuse(question)
        _keep(change, line_id, told)
        return None


def amend_line(
    actor: Actor,
    case_id: str,
    line_id: str,
    told: PlanWords,
    now: datetime,
    *,
    seen: str | None = None,
    ask_first: bool = False,
) -> Refused | None:
    """Adds a newer version of a line; the earlier one stays readable. Its day of review takes the place of the old one.

    `seen` is the version that stood on the form. Raises `NotKnown`, also for a line of another case, and `VaultSealed`.
    """
    with changing(
        actor, RECORD, case_id, "plan_line_recorded", now, details=_told(line_id, told), words=True
    ) as change:
        there = versions.newest(change, PlanLine, [PlanLine.line_id == line_id], case_id=case_id)
        if there is None:
            raise NotKnown()
        others = _open(change) - {line_id}
        allowed = plans.may_write(change.facts, told, len(others), change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        theirs: dict[str, object] = {
            "kind": there.kind,
            "words": there.words,
            "done_by": there.done_by,
            "state": there.state,
            "review_on": next((one.due_on for one in _reviews(change, line_id)), None),
        }
        for refused in (
            versions.overtaken(change, there, seen, theirs),
            _question(told.words, ask_first),
        ):
            if refused is not None:
                return change.refuse(refused)
        _keep(change, line_id, told)
        return None


def _keep(change: CaseChange, line_id: str, told: PlanWords) -> None:
    change.work.vault.add(
        PlanLine(
            case_id=change.dossier.case.id,
            line_id=line_id,
            kind=told.kind.value,
            done_by=told.done_by.value,
            state=told.state.value,
            words=told.words.strip(),
            **change.written(),
        )
    )
    _review(change, line_id, told.review_on)


def _review(change: CaseChange, line_id: str, review_on: date | None) -> None:
    """One open task at most reviews a line: on the day that was chosen last."""
    for task in _reviews(change, line_id):
        if task.due_on == review_on:
            return
        task.done_at, task.done_by = change.work.at, change.work.by
        task.done_change_id, task.superseded = change.work.id, True
    if review_on is not None:
        change.work.casework.add(
            Task(kind=TaskKind.PLAN.value, due_on=review_on, about_id=line_id, **change.recorded)
        )


def _reviews(change: CaseChange, line_id: str) -> list[Task]:
    return [one for one in change.dossier.tasks if one.about_id == line_id]


def _open(change: CaseChange) -> set[str]:
    """The lines of this plan that are open now."""
    rows = kept_words.visible(
        change.work.vault,
        change.work.casework,
        PlanLine,
        [change.dossier.client.code],
        case_id=change.dossier.case.id,
    )
    states = {row.line_id: row.state for row in reversed(rows)}
    return {line for line, state in states.items() if state == LineState.OPEN}


def _question(words: str, ask_first: bool) -> Refused | None:
    return prompting.ask(words) if ask_first else None


def _told(line_id: str, told: PlanWords) -> dict[str, object]:
    return {
        "line": line_id,
        "kind": told.kind.value,
        "state": told.state.value,
        "review": told.review_on,
    }
