"""The published figures of the field come out of the caseload files, exact and as printed."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import pytest

from caseflow.domain.actors import THE_COMMAND
from caseflow.services import figures, imports, publications
from caseflow.settings import PROJECT

SHARED = PROJECT.parent / "shared" / "data"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

COPIES = PROJECT / "tests" / "caseloads"
"""Kept beside the tests, so that they run where `shared/data` is not."""
FILES = SHARED if SHARED.is_dir() else COPIES

PUBLISHED = list(csv.DictReader((FILES / "published.csv").read_text(encoding="utf-8").splitlines()))
CASELOADS = [
    (name, list(rows)) for name, rows in groupby(PUBLISHED, key=lambda row: row["caseload"])
]


@pytest.mark.parametrize(("caseload", "rows"), CASELOADS, ids=[name for name, _ in CASELOADS])
def test_the_published_figures_come_out_exactly_and_in_print(house, caseload, rows):
    imports.import_caseload(THE_COMMAND, FILES / Path(caseload).name, "published", NOW)

    for row in rows:
        as_of = date.fromisoformat(row["as_of"])
        exact = figures.exact(THE_COMMAND, row["programme"], as_of, NOW)
        found = {figure.indicator: figure for figure in exact}[row["indicator"]]
        assert found.numerator == int(row["numerator"]), row["id"]
        assert found.denominator == (int(row["denominator"]) if row["denominator"] else None)
        assert found.percent == (int(row["percent"]) if row["percent"] else None)

    made = publications.prepare(THE_COMMAND, rows[0]["programme"], as_of, NOW)
    assert made.state == "prepared", made.refusal
    printed = {rate.indicator: rate.percent for rate in made.rates}
    for row in rows:
        if row["percent"]:
            assert printed[row["indicator"]] == int(row["percent"]), row["id"]


def test_the_copies_beside_the_tests_are_the_shared_files_wherever_both_are():
    copies = {file.name: file.read_bytes() for file in COPIES.glob("*.csv")}
    named = {"published.csv", *(Path(name).name for name, _ in CASELOADS)}

    assert set(copies) == named, "every file that a published figure names is here"
    for file in SHARED.glob("*.csv"):
        assert copies[file.name] == file.read_bytes(), file.name
