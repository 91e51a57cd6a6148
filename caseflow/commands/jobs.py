"""Commands of the clockwork: `scheduler`, `jobs list`, `jobs run NAME`."""

from __future__ import annotations

import argparse
import logging

from caseflow import clock
from caseflow.commands.openings import opened, operator
from caseflow.commands.terminals import complain, document, say, told
from caseflow.commands.usages import (
    CommandLine,
    CommandRefused,
    Subparsers,
    command,
    group,
)
from caseflow.domain.messages import N_
from caseflow.domain.timetables import JOBS
from caseflow.jobs import runs, scheduler
from caseflow.services import job_overviews
from caseflow.services.job_overviews import JobView, RunView
from caseflow.services.job_runs import RunResult
from caseflow.serving.hardening import harden
from caseflow.serving.servers import Spare


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    alone = command(
        subparsers, "scheduler", _scheduler, N_("run the scheduled jobs, until it is stopped")
    )
    alone.add_argument("--parent", type=int, help=argparse.SUPPRESS)  # who it ends with
    below = group(subparsers, "jobs", N_("the scheduled jobs and what they did"))
    command(below, "list", _list, N_("every job, when it is due and how it last ran"), json=True)
    run = command(below, "run", _run, N_("run one job now"))
    run.add_argument("name", metavar="NAME", choices=sorted(JOBS), help=", ".join(sorted(JOBS)))


def _scheduler(given: argparse.Namespace) -> int:
    harden(dies_with=given.parent)
    lines = logging.StreamHandler()
    lines.setFormatter(Spare())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    try:
        with opened(given):
            return scheduler.serve(say)
    except scheduler.AlreadyScheduled as refused:
        raise CommandRefused(*refused.args) from None


def _list(given: argparse.Namespace) -> int:
    with opened(given):
        jobs = job_overviews.listed(operator(), clock.now())
    if given.json:
        document([_plain(job) for job in jobs])
        return 0
    for job in jobs:
        last = next(iter(job.runs), None)
        ended = "-" if last is None else f"{last.result.value} {last.due_at.isoformat()}"
        say(f"{job.name:22} {told(job.schedule)}; {ended}")
    return 0


def _plain(job: JobView) -> dict[str, object]:
    return {
        "name": job.name,
        "about": told(job.about),
        "schedule": told(job.schedule),
        "next_due": job.next_due.isoformat(),
        "late": job.is_late,
        "runs": [_run_of(run) for run in job.runs],
    }


def _run_of(run: RunView) -> dict[str, object]:
    return {
        "due_at": run.due_at.isoformat(),
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "attempts": run.attempts,
        "result": run.result.value,
        "done": run.done,
        "deferred": run.deferred,
        "codes": list(run.codes),
    }


def _run(given: argparse.Namespace) -> int:
    with opened(given):
        result = runs.run_now(given.name)
    if result is None:
        raise CommandRefused(N_("This job is running already. Wait until it has ended."))
    if result is RunResult.DONE:
        say(N_("%(job)s is done.", job=given.name))
        return 0
    complain(
        N_(
            "%(job)s did not do everything. See what was put off with: run.py jobs list --json",
            job=given.name,
        )
    )
    return 1
