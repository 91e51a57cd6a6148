"""Warnings of a house about one person: recorded with an end, confirmed, told to the person, ended; codes alone.

A row is never written over: what is confirmed or told is a new row, and the one before it ended then. All of it works
while the vaults are sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from caseflow.domain import house_warnings as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.house_warnings import Told, WarningKind
from caseflow.domain.messages import N_
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import houses, planned_tasks
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.house_peace import told_of
from caseflow.storage import house_peace
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.house_peace import HouseWarning

RECORD = Permission.WARNING_RECORD


def record(
    actor: Actor, case_id: str, kind: WarningKind, until_on: date, told: Told, now: datetime
) -> Refused | None:
    """Warns colleagues from today through a last day, which is also a task to look again. Raises `NotKnown`."""
    warning_id = new_id()
    details = {"warning": warning_id, "kind": kind.value, "until": until_on}
    with changing(actor, RECORD, case_id, "warning_recorded", now, details=details) as change:
        holding = house_peace.warnings_of(
            change.work.casework, change.dossier.client.code, change.today
        )
        if kind.value in {one.kind for one in holding}:
            return change.refuse(
                Refused(N_("This warning is there already. Confirm it, or choose another one."))
            )
        most = houses.current().peace.warning_days
        allowed = rules.may_last(until_on, change.today, most)
        allowed = allowed and rules.is_said(told, change.today)
        if not allowed:
            return change.refuse(allowed)
        _add(change, warning_id, kind.value, change.today, until_on, told)
        return None


def confirm(
    actor: Actor, case_id: str, warning_id: str, until_on: date, now: datetime
) -> Refused | None:
    """Says that a warning is still needed, until a later day. Raises `NotKnown`, also for one that holds no more."""
    details = {"warning": warning_id, "until": until_on}
    with _changing(actor, case_id, warning_id, "warning_confirmed", now, details) as (change, row):
        allowed = rules.may_last(until_on, change.today, houses.current().peace.warning_days)
        if not allowed:
            return change.refuse(allowed)
        if until_on <= row.until_on:
            return change.refuse(
                Refused(N_("It lasts until %(day)s. Choose a later day.", day=row.until_on))
            )
        _end(change, row)
        _add(change, new_id(), row.kind, row.from_on, until_on, told_of(row))
        return None


def tell(
    actor: Actor, case_id: str, warning_id: str, on: date, language: str | None, now: datetime
) -> Refused | None:
    """Keeps on which day and in which language the person was told. Raises `NotKnown`."""
    details = {"warning": warning_id, "on": on}
    with _changing(actor, case_id, warning_id, "warning_told", now, details) as (change, row):
        if row.told_on is not None:
            return change.refuse(
                Refused(N_("The person was told on %(day)s already.", day=row.told_on))
            )
        told = Told(on, language)
        allowed = rules.is_said(told, change.today)
        if not allowed:
            return change.refuse(allowed)
        _end(change, row)
        _add(change, new_id(), row.kind, row.from_on, row.until_on, told)
        return None


def end(actor: Actor, case_id: str, warning_id: str, now: datetime) -> Refused | None:
    """Ends a warning now: it stands on no page any more. Raises `NotKnown`."""
    details = {"warning": warning_id}
    with _changing(actor, case_id, warning_id, "warning_ended", now, details) as (change, row):
        _end(change, row)
        return None


@contextmanager
def _changing(
    actor: Actor, case_id: str, warning_id: str, event: str, now: datetime, details: dict[str, Any]
) -> Iterator[tuple[CaseChange, HouseWarning]]:
    """One change to a warning of this very person that holds today. Raises `NotKnown`."""
    with changing(actor, RECORD, case_id, event, now, details=details) as change:
        row = change.work.casework.get(HouseWarning, warning_id)
        holding = house_peace.warnings_of(
            change.work.casework, change.dossier.client.code, change.today
        )
        if row is None or row not in holding:
            raise NotKnown()
        yield change, row


def _add(
    change: CaseChange, warning_id: str, kind: str, from_on: date, until_on: date, told: Told
) -> None:
    task = None
    if change.facts.stage not in OVER:
        task = planned_tasks.plan(change, TaskKind.HOUSE, until_on)
    change.work.casework.add(
        HouseWarning(
            id=warning_id,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            told_on=told.on,
            told_in=told.language if told.on else None,
            not_told=told.not_yet.value if told.not_yet else None,
            task_id=task,
            **change.written(),
        )
    )


def _end(change: CaseChange, row: HouseWarning) -> None:
    row.ended_by, row.ended_at = change.work.by, change.work.at
    row.ended_change_id = change.work.id
    if row.task_id is not None:
        planned_tasks.supersede(change.work, (row.task_id,))
