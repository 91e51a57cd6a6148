"""A workbook, opened with another program than the one that wrote it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from caseflow.publishing.datasets import Fact
from caseflow.publishing.tables import PrintedTable
from caseflow.publishing.workbooks import Sheet, workbook

OUTCOMES = Sheet(
    "Uitstroom",
    ["Alle exits."],
    PrintedTable(
        ("Uitkomst", "Aantal", "Status"),
        (
            ("Vergunning", 30, "printed"),
            ("In detentie", "<5", "under_5"),
            ("Limiet", None, "nobody"),
        ),
    ),
)


CUT_OFF = Fact("Peildatum", date(2026, 9, 30))


def made(*sheets: Sheet, facts=(CUT_OFF,)) -> bytes:
    return workbook("Waterstad", "Over deze cijfers", facts, sheets, date(2026, 9, 30))


def test_words_are_words_numbers_are_numbers_and_days_are_days():
    book = load_workbook(io.BytesIO(made(OUTCOMES)))

    assert book.sheetnames == ["Over deze cijfers", "Uitstroom"]
    assert book["Over deze cijfers"]["B2"].value == datetime(2026, 9, 30)
    rows = list(book["Uitstroom"].iter_rows(values_only=True))
    assert rows[0][0] == "Uitstroom"
    assert rows[1][0] == "Alle exits."
    assert rows[3:] == [
        ("Uitkomst", "Aantal", "Status"),
        ("Vergunning", 30, "printed"),
        ("In detentie", "<5", "under_5"),
        ("Limiet", None, "nobody"),
    ]


@pytest.mark.parametrize(
    "word", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org", "1"]
)
def test_nothing_becomes_a_formula_a_link_or_a_number(word):
    sheet = Sheet(word, [word], PrintedTable((word, "n"), ((word, 1),)))
    content = made(sheet, facts=[Fact(word, word)])

    for page in load_workbook(io.BytesIO(content)):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
                assert cell.hyperlink is None
                assert cell.data_type == "s" or cell.value in (1, None)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [one for one in names if "vba" in one.lower() or "external" in one.lower()]


def test_the_file_says_neither_who_made_it_nor_when_it_was_fetched():
    content = made(OUTCOMES)
    said = load_workbook(io.BytesIO(content)).properties

    assert (said.title, said.creator or "", said.lastModifiedBy or "") == ("Waterstad", "", "")
    assert said.created == said.modified == datetime(2026, 9, 30)
    assert made(OUTCOMES) == content


@pytest.mark.parametrize(
    ("wished", "found"),
    [
        ("a/b: [c]?*\\", "a b   c"),
        ("x" * 40, "x" * 31),
        ("'", "-"),
        ("", "-"),
    ],
)
def test_a_sheet_has_a_name_that_every_program_takes(wished, found):
    sheet = Sheet(wished, [], OUTCOMES.table)
    assert load_workbook(io.BytesIO(made(sheet))).sheetnames[1] == found


def test_two_tables_of_one_name_have_a_sheet_each():
    one = Sheet("x" * 40, [], OUTCOMES.table)
    names = load_workbook(io.BytesIO(made(one, one, one))).sheetnames[1:]
    assert names == ["x" * 31, "x" * 27 + " 2", "x" * 27 + " 3"]


def test_signs_that_no_sheet_can_hold_are_left_out():
    sheet = Sheet("a", [], PrintedTable(("n",), (("Om\x00a\x0br",),)))
    assert load_workbook(io.BytesIO(made(sheet)))["a"]["A4"].value == "Omar"
