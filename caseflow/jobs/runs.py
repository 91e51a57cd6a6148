"""What each scheduled job does: a call of one service; and the ways in which jobs are started."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from caseflow import clock
from caseflow.domain.timetables import JOBS
from caseflow.jobs import (
    attention,
    audit_checkpoints,
    evacuation_files,
    funder_papers,
    held_beds,
    presence_terms,
    publication_proposals,
    reminders,
    sign_ins,
    stay_alerts,
    suggestions,
    sweeps_due,
)
from caseflow.services import job_runs
from caseflow.services.job_runs import RunResult, Work

WORK: Final[Mapping[str, Work]] = {
    "audit_checkpoint": audit_checkpoints.sign,
    "holds_lapse": held_beds.lapse,
    "presence_terms": presence_terms.keep,
    "sign_in_tidying": sign_ins.tidy,
    "sweeps_due": sweeps_due.plan,
    "attention": attention.missed,
    "evacuation_files": evacuation_files.keep,
    "suggestions": suggestions.work_out,
    "urgent_stay_alerts": stay_alerts.urgent,
    "stay_alerts": stay_alerts.weekly,
    "reminders": reminders.mail,
    "funder_papers": funder_papers.make,
    "publication_proposal": publication_proposals.prepare,
}
Now = Callable[[], datetime]


def catch_up_on(name: str, now: Now = clock.now) -> RunResult | None:
    """Runs a job for its latest slot, unless that was seen to; the slots missed before it are not made up for."""
    slot = job_runs.missed(name, now())
    return None if slot is None else job_runs.run(name, slot, WORK[name], now)


def catch_up(now: Now = clock.now) -> dict[str, RunResult]:
    """Catches up on every job that missed its latest slot; answers what ran and how it ended."""
    ran = {name: catch_up_on(name, now) for name in JOBS}
    return {name: result for name, result in ran.items() if result is not None}


def run_now(name: str, now: Now = clock.now) -> RunResult | None:
    """Runs a job at once, as a slot of its own. None where it is running, or has run at this very instant."""
    return job_runs.run(name, now(), WORK[name], now)


def take_requests(now: Now = clock.now) -> int:
    """Runs what colleagues asked for on the page; answers how many runs there were."""
    ran = 0
    for asked in job_runs.asked():
        result = job_runs.run(asked.name, asked.asked_at, WORK[asked.name], now)
        if result is not None:
            ran += 1
        if result is not None or job_runs.is_seen_to(asked.name, asked.asked_at):
            job_runs.settle(asked.request_id, now())
    return ran
