"""The one scheduler process: it wakes the jobs, and the ledger decides whether there is something to do.

APScheduler keeps no memory of its own here: a slot that it missed or sees twice is sorted out by `services.job_runs`.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from caseflow.domain.messages import N_, Message
from caseflow.domain.timetables import JOBS, Timetable
from caseflow.jobs import attention, evacuation_files, runs
from caseflow.services import houses
from caseflow.services.job_runs import FOLDER, VaultIsOpen

LOOKS_FOR_REQUESTS_EVERY_SECONDS: Final = 20
PAYS_ATTENTION_EVERY_SECONDS: Final = 120
"""Somebody who leafs through fifty cases is noticed while they do it."""
KEEPS_EVACUATION_LISTS_EVERY_SECONDS: Final = 900
"""Whoever came or went within the last quarter of an hour is known at the door anyway."""
CATCHES_UP_EVERY_SECONDS: Final = 3600
LOCK: Final = "scheduler.lock"

log = logging.getLogger("caseflow.jobs")


class AlreadyScheduled(Exception):
    """Another scheduler runs for this instance."""


class _Stopped(BaseException):
    """Somebody told the process to stop."""


@contextmanager
def only_scheduler(instance: Path) -> Iterator[None]:
    """Holds the instance for one scheduler; the kernel lets it go with the process. Raises AlreadyScheduled."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyScheduled(
                N_("A scheduler runs for this instance already. One is enough.")
            ) from None
        yield
    finally:
        os.close(lock)


def trigger(timetable: Timetable, zone: ZoneInfo) -> CronTrigger:
    """A timetable as APScheduler knows it."""
    when: dict[str, Any] = {"hour": timetable.at.hour, "minute": timetable.at.minute}
    if timetable.weekday is not None:
        when["day_of_week"] = timetable.weekday
    if timetable.day_of_month is not None:
        when["day"] = timetable.day_of_month
    when["month"] = ",".join(str(month) for month in sorted(timetable.months))
    return CronTrigger(timezone=zone, **when)


def build(zone: ZoneInfo) -> BlockingScheduler:
    """Every job at its slots, a look for requests and for looks that stand out, and catching up now and every hour.

    One thread: jobs never run beside each other. However late a slot is woken, it is run once.
    """
    made = BlockingScheduler(
        timezone=zone,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, job in JOBS.items():
        made.add_job(
            _guarded(partial(runs.catch_up_on, name)),
            trigger(job.timetable, zone),
            id=name,
        )
    made.add_job(_guarded(runs.catch_up), "date", id="catch up at the start")
    made.add_job(
        _guarded(runs.catch_up), "interval", seconds=CATCHES_UP_EVERY_SECONDS, id="catch up"
    )
    made.add_job(
        _guarded(runs.take_requests),
        "interval",
        seconds=LOOKS_FOR_REQUESTS_EVERY_SECONDS,
        id="requests",
    )
    made.add_job(
        _guarded(attention.now),
        "interval",
        seconds=PAYS_ATTENTION_EVERY_SECONDS,
        id="pay attention",
    )
    made.add_job(
        _guarded(evacuation_files.now),
        "interval",
        seconds=KEEPS_EVACUATION_LISTS_EVERY_SECONDS,
        id="keep the evacuation lists",
    )
    return made


def _guarded(work: Callable[[], object]) -> Callable[[], None]:
    """A step that is tried again at its next turn where the ledger itself could not be reached."""

    def step() -> None:
        try:
            work()
        except Exception:
            log.exception("The ledger could not be reached; the next turn tries again.")

    return step


def serve(tell: Callable[[Message], None]) -> int:
    """Schedules for the current house until the process is told to stop; answers the exit status.

    Raises AlreadyScheduled, and VaultIsOpen where this process holds a vault key.
    """
    house = houses.current()
    if house.stores.unsealed():
        raise VaultIsOpen("The scheduler works while every vault is sealed.")
    with only_scheduler(house.settings.instance):
        made = build(house.settings.timezone)
        for stopping in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(stopping, _stop)
        try:
            tell(N_("The scheduler runs %(count)s jobs. Stop it with Ctrl-C.", count=len(JOBS)))
            made.start()
        except _Stopped:
            for stopping in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(stopping, signal.SIG_IGN)
        finally:
            if made.running:
                made.shutdown(wait=True)  # what a job has begun, it ends
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped
