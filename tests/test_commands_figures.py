"""The commands about figures, run as people run them: in a process of their own, on a fresh instance."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from caseflow.settings import PROJECT
from tests import commands

SHARED = PROJECT.parent / "shared" / "data"
OWN_COPY = PROJECT / "tests" / "caseloads"
FILES = SHARED if SHARED.is_dir() else OWN_COPY
PUBLISHED = list(csv.DictReader((FILES / "published.csv").read_text("utf-8").splitlines()))
CASELOADS = [
    (name, list(rows)) for name, rows in groupby(PUBLISHED, key=lambda row: row["caseload"])
]
# Every file is worked out by the services as well; one goes the way of the commands in each run.
BY_COMMAND = [
    pytest.param(name, rows, id=name, marks=() if "pilot" in name else pytest.mark.full)
    for name, rows in CASELOADS
]
HEADER = "person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"
GOOD = "A-1,utrecht-bbb,2020-01-02,2021-03-04,residence_permit,,man,18-27"


@dataclass(frozen=True)
class Ran:
    """How one command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> Any:
        return json.loads(self.out)

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Ran]


def runner(folder: Path) -> Run:
    """Runs commands on the instance of a folder; nothing is made yet."""
    passphrase = folder / "passphrase"
    passphrase.write_text("plain words for the operations slot\n", encoding="utf-8")
    passphrase.chmod(0o600)
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "CASEFLOW_PASSPHRASE_FILE": str(passphrase),
        "CASEFLOW_INSTANCE": str(folder / "instance"),
    }

    def command(*words: object, **more: str) -> Ran:
        return Ran(*commands.ran([*map(str, words)], {**environ, **more}, folder, seconds=110))

    return command


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs commands where no instance was made yet."""
    return runner(tmp_path)


@pytest.fixture
def made(run: Run) -> Run:
    """The same, on a fresh instance."""
    assert run("init").status == 0
    return run


@pytest.mark.parametrize(("caseload", "rows"), BY_COMMAND)
def test_each_caseload_file_yields_its_published_figures_by_command(
    made: Run, caseload: str, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    brought = made("import", "caseload", FILES / caseload, "--source", "published", "--json")
    assert (brought.status, brought.err) == (0, "")
    with (FILES / caseload).open(encoding="utf-8") as file:
        assert brought.said["rows"] == sum(1 for _ in file) - 1

    programme, as_of = rows[0]["programme"], rows[0]["as_of"]
    about = ("--programme", programme, "--as-of", as_of, "--json")
    exact = {found["indicator"]: found for found in made("indicators", *about).said}
    for row in rows:
        found = exact[row["indicator"]]
        assert found["numerator"] == int(row["numerator"]), row["id"]
        assert found["denominator"] == (int(row["denominator"]) if row["denominator"] else None)
        assert found["percent"] == (int(row["percent"]) if row["percent"] else None), row["id"]
        assert found["as_of"] == as_of
        assert found["definition"].endswith(".")

    proposed = made("publication", "make", *about)
    assert (proposed.status, proposed.err) == (0, "")
    assert proposed.said["state"] == "proposed"
    printed = {rate["indicator"]: rate["percent"] for rate in proposed.said["rates"]}
    for row in rows:
        if row["percent"]:
            assert printed[row["indicator"]] == int(row["percent"]), row["id"]

    again = made("publication", "make", *about)
    assert again.said == proposed.said, "the same once more, still proposed"
    attacked = made("publication", "attack", "--json")
    assert attacked.status == 0
    assert attacked.said, "cells below five are targets"
    assert all(
        (finding["passes"], finding["low"]) == (True, 0) and finding["target"].startswith(programme)
        for finding in attacked.said
    )

    kept = tmp_path / "kept.json"
    kept.write_text(proposed.out, encoding="utf-8")
    assert made("publication", "check", kept).status == 0
    assert made("publication", "list", "--json").said == [], "what is proposed is not frozen"


def test_a_definition_is_told_in_the_language_of_the_reader(made: Run) -> None:
    about = ("indicators", "--programme", "utrecht-bbb", "--as-of", "2011-12-31", "--json")
    dutch, english = made(*about, LC_ALL="nl_NL.UTF-8"), made(*about, LC_ALL="C")
    assert dutch.said[0]["definition"].startswith("Alle verschillende mensen")
    assert english.said[0]["definition"].startswith("All different people")
    assert {one["measure"] for one in english.said} == {"flow", "stock"}
    assert all(one["source"] and one["cohort"] for one in english.said)
    assert dutch.said[2]["percent"] is None, (
        "nothing was imported, so there is nothing to divide by"
    )


def test_what_was_known_then_and_how_soon_people_leave_are_told_by_command(
    made: Run, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    stays = [GOOD, GOOD.replace("A-1", "A-2").replace("2021-03-04,residence_permit", ",")]
    file.write_text("\n".join([HEADER, *stays]), encoding="utf-8")
    assert made("import", "caseload", file, "--source", "old-system").status == 0
    about = ("indicators", "--programme", "utrecht-bbb", "--as-of", "2022-01-02")

    then = made(*about, "--known-on", "2020-06-01", LC_ALL="C").out
    curve = made(*about, "--over-time", LC_ALL="nl_NL.UTF-8").out

    assert "exits: 0\n" in then, "the exit of 2021 was recorded on its day"
    assert "occupancy: 2\n  Stock: on one day. People who had entered" in then
    assert "permit_rate: 0 / 0\n  Flow: from the start until the cut-off. Exits by" in then
    assert "Source: WODC 2022-11-25." in then
    assert "Binnen 18 maanden (1 waargenomen)\n  Bestendige oplossing (WODC): 50.0 %\n" in curve


def test_bad_rows_are_named_one_per_line_and_nothing_is_imported(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    lines = [HEADER, GOOD, GOOD.replace("A-1", "A-2").replace("residence_permit", "won"),
             GOOD.replace("A-1", "A-3").replace("2020-01-02", "soon")]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")

    refused = made("import", "caseload", file, "--source", "old-system")

    assert (refused.status, refused.out) == (2, "")
    assert [line.split(": ")[:2] for line in refused.complaints] == [
        ["old.csv", "line 3, outcome"],
        ["old.csv", "line 4, entered_on"],
    ]
    assert "won" not in refused.err
    assert "soon" not in refused.err
    about = ("indicators", "--programme", "utrecht-bbb", "--as-of", "2026-01-01", "--json")
    assert made(*about).said[0]["numerator"] == 0

    file.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    rehearsed = made("import", "caseload", file, "--source", "old-system", "--dry-run", "--json")
    assert rehearsed.said["dry_run"] is True
    assert made(*about).said[0]["numerator"] == 0
    assert made("import", "caseload", file, "--source", "old-system").status == 0
    assert made(*about).said[0]["numerator"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("indicators", "--programme", "atlantis", "--as-of", "2022-07-01"),
        ("indicators", "--programme", "utrecht-bbb", "--as-of", "1-7-2022"),
        ("indicators", "--programme", "utrecht-bbb", "--as-of", "2022-02-30"),
        ("indicators", "--programme", "utrecht-bbb", "--as-of", "2999-01-01"),
        ("indicators", "--programme", "utrecht-bbb"),
        ("indicators", "--programme", "utrecht-bbb", "--as-of", "2022-07-01", "--known-on", "2999-01-01"),
        ("indicators", "--programme", "utrecht-bbb", "--as-of", "2022-07-01", "--known-on", "soon"),
        ("publication", "make", "--programme", "atlantis", "--as-of", "2022-07-01"),
        ("publication", "make", "--programme", "utrecht-bbb", "--as-of", "2999-01-01"),
        ("publication", "check", "nowhere.json"),
        ("import", "caseload", "nowhere.csv", "--source", "old"),
        ("import", "caseload", "nowhere.csv", "--source", "Old System"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_line(words: tuple[str, ...], shared_instance: Run) -> None:
    refused = shared_instance(*words)

    assert (refused.status, refused.out) == (2, "")
    assert len(refused.complaints) == 1
    assert "foresee" not in refused.err


@pytest.fixture(scope="module")
def shared_instance(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """An instance that refusals are tried on: none of them may change it."""
    folder = tmp_path_factory.mktemp("refusals")
    command = runner(folder)
    assert command("init").status == 0
    return command


def test_a_caseload_too_small_is_not_published_this_quarter(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    assert made("import", "caseload", file, "--source", "old").status == 0

    refused = made(
        "publication", "make", "--programme", "utrecht-bbb", "--as-of", "2022-01-01", "--json"
    )

    assert refused.status == 1
    assert refused.complaints[0].startswith("Not published this quarter")
    assert (refused.said["state"], refused.said["rows"]) == ("not_published", [])


def test_a_certificate_is_checked_from_the_file_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "certificate.json"
    sound = certificate()
    file.write_text(json.dumps(sound), encoding="utf-8")
    assert run("publication", "check", file).status == 0, "no instance was ever made"

    sound["publications"][0]["counts"][0]["printed"] += 5
    file.write_text(json.dumps(sound), encoding="utf-8")
    changed = run("publication", "check", file)
    assert changed.status == 1
    assert changed.complaints[0].startswith("certificate.json: ")

    file.write_text("{}", encoding="utf-8")
    assert run("publication", "check", file).status == 2


def certificate() -> dict[str, Any]:
    """A sound certificate of invented counts, made by the domain."""
    from datetime import date

    from caseflow.domain.certificates import certify
    from caseflow.domain.published_counts import PublishedCount, PublishedCounts
    from caseflow.domain.rounding import printed

    cells = {"residence_permit": 61, "voluntary_return": 33, "other": 2, "unknown": 1}
    counts = PublishedCounts(
        scope="waterstad-bbb",
        members=frozenset({"waterstad-bbb"}),
        cut_off=date(2025, 12, 31),
        categories=tuple(cells),
        structural_zeros=frozenset(),
        counts=(
            PublishedCount("participants", frozenset(cells), printed(140), with_still_in=True),
            PublishedCount("exits", frozenset(cells), printed(sum(cells.values()))),
            *(PublishedCount(c, frozenset({c}), printed(n)) for c, n in cells.items()),
        ),
    )
    made: dict[str, Any] = json.loads(json.dumps(certify([counts])))
    assert made["passes"]
    return made
