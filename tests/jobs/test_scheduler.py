"""One scheduler for an instance: it wakes each job at its slot, ends when told, and holds no vault key."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow import cli
from caseflow.domain.timetables import JOBS
from caseflow.jobs import scheduler
from caseflow.jobs.scheduler import AlreadyScheduled
from caseflow.services.houses import House
from caseflow.services.job_runs import VaultIsOpen
from tests import cast
from tests.architecture.sources import python_in

ZONE = ZoneInfo("Europe/Amsterdam")


@given(
    now=st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
    name=st.sampled_from(sorted(JOBS)),
)
def test_apscheduler_wakes_a_job_at_the_very_slots_of_its_timetable(
    now: datetime, name: str
) -> None:
    timetable = JOBS[name].timetable
    woken = scheduler.trigger(timetable, ZONE).get_next_fire_time(None, now + timedelta(seconds=1))

    assert woken == timetable.next(now, ZONE)


@pytest.mark.parametrize(
    "day", [datetime(2027, 3, 28, tzinfo=ZONE), datetime(2026, 10, 25, tzinfo=ZONE)]
)
@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_day_on_which_the_clocks_change_wakes_each_job_at_most_once(
    name: str, day: datetime
) -> None:
    made, woken = scheduler.trigger(JOBS[name].timetable, ZONE), []
    at = made.get_next_fire_time(None, day - timedelta(seconds=1))
    while at is not None and at.date() <= day.date():
        woken.append(at)
        at = made.get_next_fire_time(at, at + timedelta(seconds=1))

    assert len(woken) == (1 if JOBS[name].timetable.includes(day.date()) else 0)


def test_every_job_is_scheduled_once_and_never_beside_itself(sealed_house: House) -> None:
    made = scheduler.build(ZONE)
    jobs = {job.id: job for job, *_ in made._pending_jobs}

    assert set(JOBS) <= set(jobs)
    assert made._job_defaults == {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


def test_a_second_scheduler_is_refused_in_one_sentence(instance: Path) -> None:
    with (
        scheduler.only_scheduler(instance),
        pytest.raises(AlreadyScheduled, match="already"),
        scheduler.only_scheduler(instance),
    ):
        pass
    with scheduler.only_scheduler(instance):
        assert (instance / "jobs" / scheduler.LOCK).exists()


def test_the_scheduler_does_not_start_where_a_vault_is_open(house: House) -> None:
    told: list[object] = []
    with pytest.raises(VaultIsOpen):
        scheduler.serve(told.append)

    assert told == []


def test_no_job_can_open_a_vault() -> None:
    sources = python_in("caseflow/jobs")
    names = ("unseal", "open_vault", "reading_vault", "words=True", "serving", "maintaining")
    found = [
        (source.name, name)
        for source in sources
        for name in names
        if name in source.text.replace("unsealed()", "")
    ]

    assert len(sources) > 5
    assert found == []


def command(instance: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "caseflow", "--instance", str(instance), *words]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(cast.OPERATIONS_PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    return {**os.environ, "CASEFLOW_PASSPHRASE_FILE": str(passphrase), "LANG": "C"}


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[None]:
    """Ends a process that a failed step left running: the test says what was wrong, and waits for nothing."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()


def test_the_process_runs_what_is_due_refuses_a_second_one_and_ends_when_told(
    instance: Path, environment: dict[str, str]
) -> None:
    first = subprocess.Popen(
        command(instance, "scheduler"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with first, ending(first):
        assert first.stdout is not None
        assert f"The scheduler runs {len(JOBS)} jobs" in first.stdout.readline()
        second = subprocess.run(
            command(instance, "scheduler"),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert second.stderr.count("\n") == 1
        assert "already" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=60) == 0


def test_the_commands_run_and_list_jobs(
    instance: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CASEFLOW_PASSPHRASE_FILE", environment["CASEFLOW_PASSPHRASE_FILE"])
    monkeypatch.setattr("logging.lastResort", None)

    def ran(*words: str) -> tuple[int, str, str]:
        status = cli.main(["--instance", str(instance), *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    assert ran("jobs", "run", "sweeps_due") == (0, "sweeps_due is done.\n", "")
    listed = json.loads(ran("jobs", "list", "--json")[1])
    assert {job["name"] for job in listed} == set(JOBS)
    [run] = next(job["runs"] for job in listed if job["name"] == "sweeps_due")
    assert (run["result"], run["attempts"], run["deferred"]) == ("done", 1, 0)
    assert ran("jobs", "list")[1].count("\n") == len(JOBS)
    status, out, err = ran("jobs", "run", "evict")
    assert (status, out, err.count("\n")) == (2, "", 1)
