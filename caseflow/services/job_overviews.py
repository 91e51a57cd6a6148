"""What the scheduled jobs did and will do, for administrators; no word about anybody is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.messages import Message
from caseflow.domain.timetables import JOBS
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.job_runs import RunResult
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.operations import JobRequest, JobRun

RUNS_SHOWN: Final = 5
LATE_AFTER: Final = timedelta(hours=1)
"""How long after its slot a job without a run means that no scheduler is at work."""


@dataclass(frozen=True)
class RunView:
    """One run as it stands in the ledger; `took` is None while it runs, `codes` say why items were put off."""

    due_at: datetime
    started_at: datetime
    ended_at: datetime | None
    attempts: int
    result: RunResult
    done: int
    deferred: int
    codes: tuple[str, ...]

    @property
    def took(self) -> timedelta | None:
        """How long the last attempt took."""
        return None if self.ended_at is None else self.ended_at - self.started_at


@dataclass(frozen=True)
class JobView:
    """One job: what it does, when it is due, what it did."""

    name: str
    title: Message
    about: Message
    schedule: Message
    next_due: datetime
    is_late: bool
    is_asked_for: bool
    runs: tuple[RunView, ...]


def listed(actor: Actor, now: datetime) -> tuple[JobView, ...]:
    """Every job with its last runs, the look recorded first. Raises `NotKnown` for others than administrators."""
    _check(actor)
    house = houses.current()
    act = Act(
        "jobs_listed",
        actor,
        now,
        details={"count": len(JOBS)},
        permission=Permission.JOBS_VIEW.value,
        sensitivity="operations",
    )
    audit_log.tell(house.stores, act, result="shown")
    with house.stores.reading() as session:
        waiting = set(session.scalars(select(JobRequest.name).where(JobRequest.taken_at.is_(None))))
        return tuple(_view(session, name, now, name in waiting) for name in JOBS)


def _view(session: Session, name: str, now: datetime, is_asked_for: bool) -> JobView:
    job, zone = JOBS[name], houses.current().settings.timezone
    rows = session.scalars(
        select(JobRun)
        .where(JobRun.name == name)
        .order_by(JobRun.started_at.desc(), JobRun.due_at.desc())
        .limit(RUNS_SHOWN)
    ).all()
    slot = job.timetable.latest(now, zone)
    seen_to = session.scalar(select(JobRun.id).where(JobRun.name == name, JobRun.due_at >= slot))
    return JobView(
        job.name,
        job.title,
        job.about,
        job.timetable.words,
        job.timetable.next(now, zone),
        seen_to is None and now - slot > LATE_AFTER,
        is_asked_for,
        tuple(
            RunView(
                row.due_at,
                row.started_at,
                row.ended_at,
                row.attempts,
                RunResult(row.result),
                row.done,
                row.deferred,
                tuple((row.note or "").split()),
            )
            for row in rows
        ),
    )


def ask(actor: Actor, name: str, now: datetime) -> bool:
    """Asks the scheduler to run a job soon; False where it was asked for already.

    Raises `NotKnown` for others than administrators and for a job that does not exist.
    """
    _check(actor)
    if name not in JOBS:
        raise NotKnown()
    house = houses.current()
    with house.stores.reading() as session:
        if session.scalar(_waiting(name)) is not None:
            return False
    act = Act(
        "job_asked",
        actor,
        now,
        details={"job": name},
        permission=Permission.JOBS_VIEW.value,
        sensitivity="operations",
    )
    with changes.change(house.stores, act) as change:
        still(change.casework, actor, Permission.JOBS_VIEW)
        change.casework.add(JobRequest(name=name, asked_at=now, asked_by=actor.user_id))
    return True


def _waiting(name: str) -> Select[str]:
    return select(JobRequest.id).where(JobRequest.name == name, JobRequest.taken_at.is_(None))


def _check(actor: Actor) -> None:
    if not actor.is_command and not may_at_all(Permission.JOBS_VIEW, actor.roles):
        raise NotKnown()
