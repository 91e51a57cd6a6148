"""A scheduler that is killed at any point leaves nothing half done: the next start ends in the same state."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from caseflow.domain.actors import THE_COMMAND
from caseflow.jobs import runs
from caseflow.services import houses, imports
from caseflow.storage import audit_log
from caseflow.storage.models.figures import Publication
from caseflow.storage.models.operations import JobRun, StayAlert, WaitingSweep
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework, hire_everybody, open_site
from tests.conftest import Template
from tests.jobs.cases import person
from tests.jobs.killed_runs import opened

NOW = datetime(2027, 1, 6, 9, tzinfo=UTC)
KILLS = 8
"""How many points of the way are tried in the short run; the long campaign tries them all."""


@pytest.fixture(scope="module")
def seeded(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with something to do for every job."""
    folder = tmp_path_factory.mktemp("seeded") / "instance"
    shutil.copytree(template.folder, folder)
    house = opened(folder, cast.OPERATIONS_PASSPHRASE)
    with houses.inside(house):
        hire_everybody(house)
        beds = open_site(house, beds=8)
        for n in range(4):
            case_id = person(house, date(2025, 6, 28) + timedelta(days=n), call_name=f"Blue {n}")
        with casework(house) as session:
            row = session.scalars(select(Placement).where(Placement.case_id == case_id)).one()
            row.status, row.departure_on = "ended", date(2025, 12, 1)
            session.flush()
            session.add(
                Placement(
                    bed_id=beds[-1],
                    client_code=row.client_code,
                    case_id=case_id,
                    status="held",
                    hold_ends_at=cast.NOW,
                    arrival_on=date(2027, 3, 1),
                    changed_at=cast.NOW - timedelta(days=1),
                    recorded_at=cast.NOW,
                    recorded_by="kofi",
                    change_id="change",
                )
            )
        header = "person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"
        lines = [f"p{n},waterstad-lvv,2025-06-01,,,,unknown,unknown" for n in range(40)]
        path = folder / "past.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        imports.import_caseload(THE_COMMAND, path, "former", cast.NOW)
    house.stores.close()
    return folder


def caught_up(folder: Path, at: int = 0) -> tuple[int, int]:
    """Runs the program; answers its exit status and how many statements it counted."""
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.jobs.killed_runs",
            str(folder),
            cast.OPERATIONS_PASSPHRASE,
            NOW.isoformat(),
            str(at),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode, int(ended.stdout or 0)


def state(folder: Path) -> dict[str, Any]:
    """What the jobs left in the stores, without what differs from run to run."""
    house = opened(folder, cast.OPERATIONS_PASSPHRASE)
    try:
        with house.stores.reading() as session:
            found = {
                "alerts": _rows(
                    session.scalars(select(StayAlert)),
                    "case_id",
                    "kind",
                    "last_day",
                    "due_on",
                    "listed_on",
                ),
                "publications": _rows(
                    session.scalars(select(Publication)), "scope", "cut_off", "state", "content"
                ),
                "beds": _rows(session.scalars(select(Placement)), "bed_id", "status"),
                "sweeps": _rows(session.scalars(select(WaitingSweep)), "organisation", "due_on"),
                "ledger": _rows(session.scalars(select(JobRun)), "name", "due_at", "result"),
            }
        assert audit_log.verify(house.stores).sound
        return found
    finally:
        house.stores.close()


def _rows(found: Any, *columns: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(getattr(row, name)) for name in columns) for row in found)


@pytest.fixture(scope="module")
def whole(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    """How many statements a whole run sends, and the state it leaves."""
    folder = tmp_path_factory.mktemp("whole") / "instance"
    shutil.copytree(seeded, folder)
    status, statements = caught_up(folder)
    assert status == 0
    return statements, state(folder)


def test_a_whole_run_has_something_to_do_for_the_jobs(whole: tuple[int, dict[str, Any]]) -> None:
    statements, found = whole

    assert statements > KILLS
    assert len(found["alerts"]) >= 4
    assert [row[:2] for row in found["publications"]] == [("waterstad-lvv", "2026-12-31")]
    assert [row[1] for row in found["beds"]].count("lapsed") == 1
    assert {row[2] for row in found["ledger"]} == {"done"}


def killed_and_run_again(seeded: Path, folder: Path, at: int) -> dict[str, Any]:
    shutil.copytree(seeded, folder)
    status, _ = caught_up(folder, at)
    assert status == -signal.SIGKILL
    house = opened(folder, cast.OPERATIONS_PASSPHRASE)
    with houses.inside(house):
        runs.catch_up(lambda: NOW)
    house.stores.close()
    return state(folder)


@pytest.mark.parametrize("part", range(KILLS))
def test_a_scheduler_that_is_killed_and_started_again_ends_in_the_same_state(
    seeded: Path, whole: tuple[int, dict[str, Any]], tmp_path: Path, part: int
) -> None:
    statements, expected = whole
    at = 1 + (statements - 1) * part // (KILLS - 1)

    assert killed_and_run_again(seeded, tmp_path / "instance", at) == expected


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_killed_at_every_single_statement_it_ends_in_the_same_state(
    seeded: Path, whole: tuple[int, dict[str, Any]], tmp_path: Path
) -> None:
    statements, expected = whole
    different = []
    for at in range(1, statements + 1):
        folder = tmp_path / str(at)
        if killed_and_run_again(seeded, folder, at) != expected:
            different.append(at)
        shutil.rmtree(folder)

    assert different == []
