"""The printed table as files: a plain CSV for machines, and one that Dutch Excel opens well."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that a spreadsheet may take for a formula (CWE-1236)."""

Cell = object
"""A text, a whole number, an amount with its cents, a date, or None for an empty cell."""


@dataclass(frozen=True)
class PrintedTable:
    """A table of printed values: its column heads and its lines, in the reader's language.

    One of the columns says the status of each count, so that `<5` is neither nought nor missing.
    Raises ValueError where a line has not one cell for each head.
    """

    heads: Sequence[str]
    lines: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        if any(len(line) != len(self.heads) for line in self.lines):
            raise ValueError("every line of a table has a cell for every head")


def plain_csv(table: PrintedTable) -> bytes:
    """Answers with the table as CSV for machines: UTF-8, commas, ISO dates, decimal points."""
    return _written(table, delimiter=",", ending="\n", day="%Y-%m-%d", point=".").encode("utf-8")


def dutch_excel_csv(table: PrintedTable) -> bytes:
    """Answers with the table as CSV for Dutch Excel: byte order mark, semicolons, dd-mm-yyyy."""
    text = _written(table, delimiter=";", ending="\r\n", day="%d-%m-%Y", point=",")
    return text.encode("utf-8-sig")


def _written(table: PrintedTable, *, delimiter: str, ending: str, day: str, point: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending)
    for line in (table.heads, *table.lines):
        writer.writerow([_cell(value, day, point) for value in line])
    return text.getvalue()


def _cell(value: Cell, day: str, point: str) -> str | int:
    """Answers with what is written; a text that looks like a formula gets an apostrophe first.

    A cell is one line: a bare line break would end the row for some readers.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(day)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", point)  # made here of a number, so it is no formula
    text = str(value)
    mark = "'" if text.startswith(FORMULA_STARTS) else ""
    return mark + text.replace("\r", " ").replace("\n", " ")
