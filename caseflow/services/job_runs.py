"""The ledger of the scheduled jobs: claimed before they work, one row for each slot, whatever is killed.

While a job runs, its process holds a lock on a file of that job. The kernel lets it go with the process, so a
row that says *running* while the lock is free was left by a process that is gone: the next start takes it over.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import select

from caseflow.domain.actors import THE_SCHEDULER, Actor
from caseflow.domain.timetables import JOBS
from caseflow.services import houses
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.jottings import jotting
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.operations import JobRequest, JobRun

ATTEMPTS_AT_MOST: Final = 3
"""How often one slot is tried in all, after a failure or a process that was killed."""
FOLDER: Final = "jobs"
INTERRUPTED: Final = "interrupted"


class VaultIsOpen(Exception):
    """A job was started in a process that holds a vault key; jobs work without one."""


class RunResult(StrEnum):
    """How a run ended, or that it has not ended yet."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True)
class Worked:
    """What a job did: items done, items put off until its next run, and codes that say why."""

    done: int = 0
    deferred: int = 0
    codes: frozenset[str] = frozenset()


Work = Callable[[Actor, datetime, datetime], Worked]
"""A job: the actor it acts as, the slot it is due for, and now."""


def scheduler(name: str) -> Actor:
    """The scheduler, at one of its jobs."""
    return replace(THE_SCHEDULER, access_point=f"job:{name}")


def run(name: str, due_at: datetime, work: Work, now: Callable[[], datetime]) -> RunResult | None:
    """Runs a job for one slot, unless that was done or is being done; answers None then.

    A job that fails leaves its row *failed* with the kind of error; the same slot is tried again by a later start,
    three times in all. Raises `VaultIsOpen` and KeyError for a job that does not exist.
    """
    job = JOBS[name]
    house = houses.current()
    if house.stores.unsealed():
        raise VaultIsOpen(
            "Jobs work while every vault is sealed; start them in a process of their own."
        )
    with _alone(house.settings.instance, name) as is_alone:
        if not is_alone:
            return None
        run_id = _claim(job.name, due_at, now())
        if run_id is None:
            return None
        actor = scheduler(job.name)
        try:
            worked = work(actor, due_at, now())
        except Exception as error:  # noqa: BLE001 - told to the ledger, and tried again; values stay out of it
            kind = type(error).__name__
            return _end(actor, run_id, RunResult.FAILED, Worked(codes=frozenset({kind})), now())
        result = RunResult.PARTLY if worked.deferred else RunResult.DONE
        return _end(actor, run_id, result, worked, now())


@contextmanager
def _alone(instance: Path, name: str) -> Iterator[bool]:
    """Whether this process is the only one at this job; holds the job's lock for as long as it lasts."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)


def _claim(name: str, due_at: datetime, now: datetime) -> str | None:
    """The run that this start may do, its row written; None where the slot has been seen to.

    Called by whoever holds the job's lock. Older rows that still say *running* are closed: nobody runs them.
    """
    with jotting(houses.current().stores) as ledger:
        for left in ledger.scalars(
            select(JobRun).where(
                JobRun.name == name, JobRun.result == RunResult.RUNNING, JobRun.due_at != due_at
            )
        ):
            left.result, left.ended_at, left.note = RunResult.FAILED.value, now, INTERRUPTED
        row = ledger.scalar(select(JobRun).where(JobRun.name == name, JobRun.due_at == due_at))
        if row is None:
            row = JobRun(id=new_id(), name=name, due_at=due_at, started_at=now)
            ledger.add(row)
            return row.id
        ended = row.result in {RunResult.DONE, RunResult.PARTLY}
        if ended or (row.result == RunResult.FAILED and row.attempts >= ATTEMPTS_AT_MOST):
            return None
        row.attempts += 1
        row.result, row.started_at, row.ended_at = RunResult.RUNNING.value, now, None
        row.note = None
        return row.id


def _end(actor: Actor, run_id: str, result: RunResult, worked: Worked, now: datetime) -> RunResult:
    """Writes how a run ended, in the ledger and in the log."""
    house = houses.current()
    with house.stores.reading() as reading:
        begun = reading.get_one(JobRun, run_id)
        details = {
            "job": begun.name,
            "due": begun.due_at,
            "done": worked.done,
            "deferred": worked.deferred,
        }
    act = Act("job_ran", actor, now, object_id=run_id, details=details, sensitivity="operations")
    with changes.change(house.stores, act) as change:
        row = change.casework.get_one(JobRun, run_id)
        row.result, row.ended_at = result.value, now
        row.done, row.deferred = worked.done, worked.deferred
        row.note = " ".join(sorted(worked.codes)) or None
    return result


def missed(name: str, now: datetime) -> datetime | None:
    """The slot that a job has to catch up on: the latest one that has come, unless it was seen to."""
    house = houses.current()
    slot = JOBS[name].timetable.latest(now, house.settings.timezone)
    with house.stores.reading() as reading:
        row = reading.scalar(select(JobRun).where(JobRun.name == name, JobRun.due_at == slot))
        if row is None or row.result == RunResult.RUNNING:
            return slot
        again = row.result == RunResult.FAILED and row.attempts < ATTEMPTS_AT_MOST
        return slot if again else None


def is_seen_to(name: str, due_at: datetime) -> bool:
    """Whether the run of one slot has ended, however it did."""
    with houses.current().stores.reading() as reading:
        result = reading.scalar(
            select(JobRun.result).where(JobRun.name == name, JobRun.due_at == due_at)
        )
        return result is not None and result != RunResult.RUNNING


@dataclass(frozen=True)
class Asked:
    """A run that a colleague asked for."""

    request_id: str
    name: str
    asked_at: datetime


def asked() -> tuple[Asked, ...]:
    """The runs that were asked for and not yet done, oldest first; jobs that no longer exist are left out."""
    with houses.current().stores.reading() as reading:
        rows = reading.scalars(
            select(JobRequest)
            .where(JobRequest.taken_at.is_(None), JobRequest.name.in_(JOBS))
            .order_by(JobRequest.asked_at)
        )
        return tuple(Asked(row.id, row.name, row.asked_at) for row in rows)


def settle(request_id: str, now: datetime) -> None:
    """Marks a run that was asked for as seen to, once its slot is in the ledger.

    A process that is killed in between leaves both: the next one finds the slot done and only marks it.
    """
    with jotting(houses.current().stores) as ledger:
        row = ledger.get_one(JobRequest, request_id)
        if row.taken_at is None:
            row.taken_at = now
