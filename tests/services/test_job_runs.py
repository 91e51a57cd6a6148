"""The ledger of jobs: one row for each slot, claimed before anything is done, taken over from whoever is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from caseflow.domain.actors import THE_SCHEDULER, Actor
from caseflow.domain.timetables import JOBS
from caseflow.services import job_runs
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult, VaultIsOpen, Worked
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.operations import JobRun
from tests.builders import casework

NAME = "stay_alerts"
SLOT = datetime(2026, 11, 16, 5, tzinfo=UTC)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


class Jobs:
    """A job that counts how often it worked."""

    def __init__(self, worked: Worked | Exception | None = None) -> None:
        self.calls: list[tuple[Actor, datetime]] = []
        self.worked = worked if worked is not None else Worked(2)

    def __call__(self, actor: Actor, due_at: datetime, now: datetime) -> Worked:
        self.calls.append((actor, due_at))
        if isinstance(self.worked, Exception):
            raise self.worked
        return self.worked


def rows(house: House) -> list[tuple[str, str, int, int, int, str | None]]:
    with house.stores.reading() as session:
        return [
            (row.name, row.result, row.attempts, row.done, row.deferred, row.note)
            for row in session.scalars(select(JobRun).order_by(JobRun.due_at))
        ]


def left_behind(house: House, due_at: datetime = SLOT, attempts: int = 1) -> None:
    """A run whose process is gone."""
    with casework(house) as session:
        session.add(JobRun(name=NAME, due_at=due_at, started_at=due_at, attempts=attempts))


def test_a_slot_is_run_once_however_often_it_is_started(sealed_house: House) -> None:
    job = Jobs()
    results = [job_runs.run(NAME, SLOT, job, at(NOW)) for _ in range(3)]

    assert results == [RunResult.DONE, None, None]
    assert len(job.calls) == 1
    assert rows(sealed_house) == [(NAME, "done", 1, 2, 0, None)]


def test_the_log_tells_which_job_ran_for_which_slot_and_names_nobody(sealed_house: House) -> None:
    job_runs.run(NAME, SLOT, Jobs(Worked(2, 1, frozenset({"KeyError"}))), at(NOW))
    with sealed_house.stores.audit.connect() as log:
        entries = log.execute(select(Entry).where(Entry.event == "job_ran")).all()

    assert {one.stands_for for one in entries} == {"intent", "outcome"}
    assert entries[0].user_id == THE_SCHEDULER.user_id
    assert entries[0].access_point == "job:stay_alerts"
    assert entries[0].details == (
        '{"deferred":1,"done":2,"due":"2026-11-16T05:00:00+00:00","job":"stay_alerts"}'
    )


def test_an_item_that_was_put_off_is_counted_with_its_code(sealed_house: House) -> None:
    result = job_runs.run(NAME, SLOT, Jobs(Worked(2, 1, frozenset({"KeyError"}))), at(NOW))

    assert result is RunResult.PARTLY
    assert rows(sealed_house) == [(NAME, "partly", 1, 2, 1, "KeyError")]


def test_a_failure_is_told_by_its_kind_and_its_words_stay_out_of_the_ledger(
    sealed_house: House,
) -> None:
    result = job_runs.run(NAME, SLOT, Jobs(ValueError("Blue, bed 1.1")), at(NOW))

    assert result is RunResult.FAILED
    assert rows(sealed_house) == [(NAME, "failed", 1, 0, 0, "ValueError")]


def test_a_slot_that_failed_is_tried_again_three_times_in_all(sealed_house: House) -> None:
    failing = Jobs(ValueError())
    results = [job_runs.run(NAME, SLOT, failing, at(NOW)) for _ in range(5)]

    assert results == [RunResult.FAILED] * 3 + [None] * 2
    assert rows(sealed_house) == [(NAME, "failed", 3, 0, 0, "ValueError")]
    assert job_runs.missed(NAME, NOW) is None


def test_a_slot_that_failed_can_still_be_done(sealed_house: House) -> None:
    job_runs.run(NAME, SLOT, Jobs(ValueError()), at(NOW))
    assert job_runs.missed(NAME, NOW) == SLOT

    assert job_runs.run(NAME, SLOT, Jobs(), at(NOW)) is RunResult.DONE
    assert rows(sealed_house) == [(NAME, "done", 2, 2, 0, None)]


def test_a_run_whose_process_is_gone_is_taken_over(sealed_house: House) -> None:
    left_behind(sealed_house)
    assert job_runs.missed(NAME, NOW) == SLOT

    assert job_runs.run(NAME, SLOT, Jobs(), at(NOW)) is RunResult.DONE
    assert rows(sealed_house) == [(NAME, "done", 2, 2, 0, None)]


def test_an_old_run_whose_process_is_gone_is_closed_when_the_next_slot_runs(
    sealed_house: House,
) -> None:
    left_behind(sealed_house, SLOT - timedelta(days=7))
    job_runs.run(NAME, SLOT, Jobs(), at(NOW))

    assert rows(sealed_house) == [
        (NAME, "failed", 1, 0, 0, "interrupted"),
        (NAME, "done", 1, 2, 0, None),
    ]


def test_nothing_is_missed_once_the_latest_slot_was_seen_to(sealed_house: House) -> None:
    assert job_runs.missed(NAME, NOW) == SLOT
    job_runs.run(NAME, SLOT, Jobs(), at(NOW))

    assert job_runs.missed(NAME, NOW) is None
    assert job_runs.missed(NAME, NOW + timedelta(days=7)) == SLOT + timedelta(days=7)


def test_a_job_that_runs_elsewhere_is_not_started_beside_it(sealed_house: House) -> None:
    inner: list[RunResult | None] = []

    def meanwhile(actor: Actor, due_at: datetime, now: datetime) -> Worked:
        inner.append(job_runs.run(NAME, due_at, Jobs(), at(now)))
        inner.append(job_runs.run(NAME, due_at + timedelta(1), Jobs(), at(now)))
        return Worked(1)

    assert job_runs.run(NAME, SLOT, meanwhile, at(NOW)) is RunResult.DONE
    assert inner == [None, None]
    assert len(rows(sealed_house)) == 1


HOLDER = """
import fcntl, os, sys, time
lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
sys.stdout.write("held\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def test_two_processes_that_start_one_slot_do_it_once(sealed_house: House, instance: Path) -> None:
    left_behind(sealed_house)
    folder = instance / job_runs.FOLDER
    folder.mkdir()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder / f"{NAME}.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    with other:
        assert other.stdout.readline() == b"held\n"
        assert job_runs.run(NAME, SLOT, Jobs(), at(NOW)) is None
        other.kill()
        other.wait()
        assert job_runs.run(NAME, SLOT, Jobs(), at(NOW)) is RunResult.DONE
    assert rows(sealed_house) == [(NAME, "done", 2, 2, 0, None)]


def test_a_job_never_works_in_a_process_that_holds_a_vault_key(house: House) -> None:
    job = Jobs()
    with pytest.raises(VaultIsOpen):
        job_runs.run(NAME, SLOT, job, at(NOW))

    assert job.calls == []
    assert rows(house) == []


def test_a_job_that_does_not_exist_is_not_run(sealed_house: House) -> None:
    with pytest.raises(KeyError):
        job_runs.run("evict", SLOT, Jobs(), at(NOW))

    assert "evict" not in JOBS
    assert rows(sealed_house) == []
