"""A plain file and its metadata, read by a program that others wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from csvw import CSVW

from caseflow.publishing.datasets import Column, Dataset, Fact, Kind, described
from caseflow.publishing.tables import plain_csv

DATASET = Dataset(
    title="Waterstad, 2026-09-30",
    note="Tellingen zijn afgerond.",
    language="nl",
    issued_on=date(2026, 10, 20),
    digest="a" * 64,
    columns=(
        Column("row", "Rij", "Wat er geteld is.", is_needed=True),
        Column("value", "Aantal", "Leeg waar geen getal staat.", Kind.WHOLE_NUMBER),
        Column("cut_off", "Peildatum", "De laatste dag.", Kind.DAY, is_needed=True),
        Column("status", "Status", "Wat er staat.", one_of=("printed", "under_5")),
    ),
    lines=(
        ('Beëindigd, "anders"', 30, date(2026, 9, 30), "printed"),
        ("In detentie", None, date(2026, 9, 30), "under_5"),
    ),
    facts=(Fact("Peildatum", date(2026, 9, 30)), Fact("Exits", 30)),
    key=("row",),
)


def read(tmp_path, dataset: Dataset) -> CSVW:
    """The two files as they lie beside each other, read by their metadata."""
    (tmp_path / "figures.csv").write_bytes(plain_csv(dataset.for_programs))
    metadata = tmp_path / "figures.csv-metadata.json"
    metadata.write_bytes(described(dataset, "figures.csv"))
    return CSVW(str(metadata), validate=True)


def test_a_program_finds_numbers_days_and_empty_cells(tmp_path):
    found = read(tmp_path, DATASET)

    assert found.is_valid, found.warnings
    assert [dict(row) for row in found.tables[0]] == [
        {
            "row": 'Beëindigd, "anders"',
            "value": 30,
            "cut_off": datetime(2026, 9, 30),
            "status": "printed",
        },
        {
            "row": "In detentie",
            "value": None,
            "cut_off": datetime(2026, 9, 30),
            "status": "under_5",
        },
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("In detentie", "<5", date(2026, 9, 30), "under_5"), "words in a column of numbers"),
        ((None, 5, date(2026, 9, 30), "printed"), "nothing where something is needed"),
        (("In detentie", 5, date(2026, 9, 30), "guessed"), "a status that there is not"),
        (('Beëindigd, "anders"', 5, date(2026, 9, 30), "printed"), "two lines of one name"),
    ],
)
def test_the_validator_finds_what_does_not_fit_the_metadata(tmp_path, line, why):
    wrong = replace(DATASET, lines=(DATASET.lines[0], line))

    assert not _is_valid(tmp_path, wrong), why


def _is_valid(tmp_path, dataset: Dataset) -> bool:
    try:
        return bool(read(tmp_path, dataset).is_valid)
    except (ValueError, UserWarning):
        return False


def test_the_metadata_says_where_the_figures_come_from():
    said = json.loads(described(DATASET, "figures.csv"))

    assert said["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
    assert said["url"] == "figures.csv"
    assert said["dc:identifier"] == "sha256:" + "a" * 64
    assert said["dc:issued"]["@value"] == "2026-10-20"
    assert said["notes"] == [
        {"name": "Peildatum", "value": "2026-09-30"},
        {"name": "Exits", "value": 30},
    ]


def test_what_is_not_issued_yet_has_no_day_of_issue():
    assert "dc:issued" not in json.loads(described(replace(DATASET, issued_on=None), "x.csv"))


def test_a_line_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="every line"):
        replace(DATASET, lines=(("In detentie", 5),))
