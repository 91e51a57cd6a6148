import csv
import io
from datetime import date

import pytest

from caseflow.publishing.tables import PrintedTable, dutch_excel_csv, plain_csv

TABLE = PrintedTable(
    ("Uitkomst", "Aantal", "Status", "Peildatum"),
    (
        ("Beëindigd; anders", 30, "printed", date(2024, 7, 1)),
        ("In detentie", "<5", "under_5", date(2024, 7, 1)),
        ("Limiet", None, "structural_zero", date(2024, 7, 1)),
    ),
)


def test_the_plain_file_is_utf_8_with_commas_and_iso_dates():
    written = plain_csv(TABLE)

    assert written.startswith(b"Uitkomst,Aantal,Status,Peildatum\n")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8"))))
    assert rows[1] == ["Beëindigd; anders", "30", "printed", "2024-07-01"]
    assert rows[2][1:3] == ["<5", "under_5"]
    assert rows[3][1:3] == ["", "structural_zero"]


def test_the_file_for_dutch_excel_has_a_mark_semicolons_and_dutch_dates():
    written = dutch_excel_csv(TABLE)

    assert written.startswith("\ufeffUitkomst;Aantal".encode())
    assert written.count(b"\r\n") == 4
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Beëindigd; anders", "30", "printed", "01-07-2024"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
@pytest.mark.parametrize("write", [plain_csv, dutch_excel_csv])
def test_no_cell_is_taken_for_a_formula(write, start):
    written = write(PrintedTable(("Woord",), ((f"{start}1+1",),)))

    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    on_one_line = start.replace("\r", " ").replace("\n", " ")
    assert rows[1] == [f"'{on_one_line}1+1"]


def test_a_line_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="every line"):
        PrintedTable(("a", "b"), (("1",),))
