"""A workbook (XLSX) of printed values: words are words, numbers are numbers, and nothing is worked out when it opens.

No formulas, links, macros or names of people, and no moment at which it was made: the same values give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

import xlsxwriter

from caseflow.publishing.datasets import Fact
from caseflow.publishing.tables import Cell, PrintedTable

WIDEST: Final = 60
"""Characters: longer words go over several lines."""
NARROWEST: Final = 10
LONGEST_NAME: Final = 31
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """One sheet: what it is called, what is said above the table, and the table."""

    name: str
    notes: Sequence[str]
    table: PrintedTable


def workbook(
    title: str, about: str, facts: Iterable[Fact], sheets: Sequence[Sheet], on: date
) -> bytes:
    """Answers with a workbook: first a sheet called `about` with the facts, then each sheet in its order.

    `on` is the day the file says it was made: a day of what it holds, never that of whoever downloads it.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": title, "created": datetime.combine(on, time(), UTC)})
    styles = {
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
    }
    names: set[str] = set()
    known = PrintedTable(("", ""), [(one.name, one.value) for one in facts])
    _filled(book.add_worksheet(_name(about, names)), Sheet(about, (), known), title, styles)
    for sheet in sheets:
        _filled(book.add_worksheet(_name(sheet.name, names)), sheet, sheet.name, styles)
    book.close()
    return made.getvalue()


def _filled(page: Any, sheet: Sheet, title: str, styles: dict[str, Any]) -> None:
    page.write_string(0, 0, _words(title), styles["title"])
    row = 1
    for note in sheet.notes:
        page.write_string(row, 0, _words(note))
        row += 1
    has_heads = any(sheet.table.heads)
    if has_heads:
        row += 1
        for column, head in enumerate(sheet.table.heads):
            page.write_string(row, column, _words(head), styles["head"])
        page.freeze_panes(row + 1, 0)
        page.repeat_rows(row)
        row += 1
    for line in sheet.table.lines:
        for column, value in enumerate(line):
            _put(page, row, column, value, styles)
        row += 1
    for column, width in enumerate(_widths(sheet.table)):
        page.set_column(column, column, width)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _put(page: Any, row: int, column: int, value: Cell, styles: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time()), styles["day"])
    elif isinstance(value, int):
        page.write_number(row, column, value, styles["plain"])
    else:
        page.write_string(row, column, _words(str(value)), styles["plain"])


def _words(text: str) -> str:
    """Words as a sheet can hold them: signs that no XML file may hold are left out."""
    return _NOT_IN_XML.sub("", text)


def _widths(table: PrintedTable) -> list[int]:
    lines = [table.heads, *table.lines]
    longest = [
        max(len("" if line[n] is None else str(line[n])) for line in lines)
        for n in range(len(table.heads))
    ]
    return [min(WIDEST, max(NARROWEST, length + 2)) for length in longest]


def _name(wished: str, taken: set[str]) -> str:
    """A name that a sheet may have, unlike those before it."""
    plain = _NOT_IN_A_NAME.sub(" ", _words(wished)).strip()[:LONGEST_NAME].strip() or "-"
    found, number = plain, 2
    while found.lower() in taken:
        found = f"{plain[: LONGEST_NAME - 4].strip()} {number}"
        number += 1
    taken.add(found.lower())
    return found
