"""What is written down about health: needs of a bed as codes, needs in words, days of a deferral. Never a diagnosis."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from caseflow.domain import deferrals
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.deferrals import DeferralDates
from caseflow.domain.health_needs import WORDS_AT_MOST, PlacementNeedKind
from caseflow.domain.messages import N_
from caseflow.domain.tasks import TaskKind
from caseflow.services import houses, planned_tasks, versions
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.health_readings import deferrals_of, needs_of
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.health import Deferral, HealthNeeds
from caseflow.storage.models.placement_needs import PlacementNeed

RECORD = Permission.HEALTH_RECORD


def record_placement_needs(
    actor: Actor, case_id: str, wanted: Collection[PlacementNeedKind], now: datetime
) -> Refused | None:
    """Says what somebody needs of a bed from today on; what is needed no more ends, and stays as it was.

    Codes alone, so it can be done while the vault is sealed. Raises `NotKnown`.
    """
    with changing(
        actor, RECORD, case_id, "placement_needs_recorded", now, details={"count": len(wanted)}
    ) as change:
        session, code = change.work.casework, change.dossier.client.code
        running = {row.kind: row for row in needs_of(session, code) if row.until_on is None}
        if set(running) == {one.value for one in wanted}:
            return change.refuse(
                Refused(N_("Nothing was changed. Choose what is different, or go back."))
            )
        for kind, row in running.items():
            if kind not in wanted:
                row.until_on = change.today
                row.until_recorded_by, row.until_recorded_at = change.work.by, change.work.at
                row.until_change_id = change.work.id
        for one in sorted(set(wanted)):
            if one.value not in running:
                session.add(PlacementNeed(kind=one.value, from_on=change.today, **change.written()))
        return None


def write_needs(
    actor: Actor, case_id: str, words: str, now: datetime, *, seen: str | None = None
) -> Refused | None:
    """Keeps in the vault what somebody needs, in words, beside earlier words; `seen` is the version on the form.

    Raises `NotKnown`, and `VaultSealed`.
    """
    with changing(actor, RECORD, case_id, "health_needs_recorded", now, words=True) as change:
        told = words.strip()
        if not told:
            return change.refuse(Refused(N_("Write what this person needs, or go back.")))
        if len(told) > WORDS_AT_MOST:
            return change.refuse(
                Refused(N_("Use at most %(most)s characters for needs.", most=WORDS_AT_MOST))
            )
        there = versions.newest(change, HealthNeeds)
        theirs = {"words": there.words} if there else {}
        overtaken = versions.overtaken(change, there, seen, theirs)
        if overtaken is not None:
            return change.refuse(overtaken)
        change.work.vault.add(HealthNeeds(words=told, **change.written()))
        return None


def record_deferral(
    actor: Actor,
    case_id: str,
    told: DeferralDates,
    now: datetime,
    *,
    deferral_id: str | None = None,
) -> Refused | None:
    """Keeps days of a deferral in the vault, or newer days of one, and plans a task before its end.

    The task is to go through the plan again; it says nothing about health. Raises `NotKnown`, also for a deferral
    of somebody else, and `VaultSealed`.
    """
    known_as = deferral_id or new_id()
    with changing(
        actor, RECORD, case_id, "deferral_recorded", now, details={"deferral": known_as}, words=True
    ) as change:
        last = _last(change, deferral_id) if deferral_id is not None else None
        if last is not None and last.kind != told.kind.value:
            return change.refuse(
                Refused(N_("The kind stays what it was. Take this back, and record a new one."))
            )
        if not (sound := deferrals.may_record(told, change.today)):
            return change.refuse(sound)
        task_id = _review(change, told, last)
        _keep(change, known_as, told, task_id)
        return None


def take_back(actor: Actor, case_id: str, deferral_id: str, now: datetime) -> Refused | None:
    """Says that days of a deferral were recorded in error; the row stays in the vault, and on no page.

    Raises `NotKnown`, also for a deferral of somebody else, and `VaultSealed`.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "deferral_taken_back",
        now,
        details={"deferral": deferral_id},
        words=True,
    ) as change:
        last = _last(change, deferral_id)
        if last.task_id is not None:
            planned_tasks.supersede(change.work, (last.task_id,))
        told = DeferralDates(
            deferrals.DeferralKind(last.kind),
            last.expected_on,
            last.delivered_on,
            last.from_on,
            last.until_on,
        )
        _keep(change, deferral_id, told, last.task_id, taken_back=True)
        return None


def _last(change: CaseChange, deferral_id: str) -> Deferral:
    """The newest row of a deferral of this very client. Raises `NotKnown`."""
    code = change.dossier.client.code
    for rows in deferrals_of(change.work.vault, change.work.casework, code):
        if rows[0].deferral_id == deferral_id and not rows[0].taken_back:
            return rows[0]
    raise NotKnown()


def _review(change: CaseChange, told: DeferralDates, last: Deferral | None) -> str | None:
    """The task to go through the plan again: moved where the end moved, and none where the cover is over."""
    covered = deferrals.cover(told, houses.current().pregnancy_term)
    due_on: date | None = deferrals.review_on(covered, change.today) if covered else None
    before = last.task_id if last is not None else None
    return planned_tasks.moved(change, TaskKind.PLAN, before, due_on)


def _keep(
    change: CaseChange,
    deferral_id: str,
    told: DeferralDates,
    task_id: str | None,
    *,
    taken_back: bool = False,
) -> None:
    change.work.vault.add(
        Deferral(
            deferral_id=deferral_id,
            kind=told.kind.value,
            expected_on=told.expected_on,
            delivered_on=told.delivered_on,
            from_on=told.from_on,
            until_on=told.until_on,
            taken_back=taken_back,
            task_id=task_id,
            **change.written(),
        )
    )
