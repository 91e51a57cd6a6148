"""A table of printed values with all that is needed to read it: its columns, where it comes from, what it may mean.

Described for programs as CSV on the Web (W3C, Metadata Vocabulary for Tabular Data): one file beside the table.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from caseflow.publishing.tables import Cell, PrintedTable

CONTEXT: Final = "http://www.w3.org/ns/csvw"


class Kind(StrEnum):
    """What stands in a column, by the names that CSV on the Web has for it."""

    WORDS = "string"
    WHOLE_NUMBER = "integer"
    DAY = "date"


@dataclass(frozen=True)
class Column:
    """One column: its short name for programs, its head for people, and what stands in it."""

    name: str
    head: str
    meaning: str
    kind: Kind = Kind.WORDS
    is_needed: bool = False
    one_of: tuple[str, ...] = ()
    """The only words that stand in it, where there are few."""


@dataclass(frozen=True)
class Fact:
    """Something about the whole: what it is called, and what it is."""

    name: str
    value: Cell


@dataclass(frozen=True)
class Dataset:
    """Printed values in one language, line by line, with what is said of all of them.

    Raises ValueError where a line has not one cell for each column.
    """

    title: str
    note: str
    language: str
    issued_on: date | None
    digest: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[Cell, ...], ...]
    facts: tuple[Fact, ...]
    key: tuple[str, ...]
    """The columns that together name one line."""

    def __post_init__(self) -> None:
        if any(len(line) != len(self.columns) for line in self.lines):
            raise ValueError("every line of a dataset has a cell for every column")

    @property
    def for_programs(self) -> PrintedTable:
        """The table under the short names."""
        return PrintedTable([one.name for one in self.columns], self.lines)

    @property
    def for_people(self) -> PrintedTable:
        """The table under heads in its language."""
        return PrintedTable([one.head for one in self.columns], self.lines)

    def column(self, name: str) -> Sequence[Cell]:
        """What stands in one column. Raises ValueError for a name that no column has."""
        place = self.place(name)
        return [line[place] for line in self.lines]

    def place(self, name: str) -> int:
        """Which cell of a line stands in one column, from nought. Raises ValueError for a name that no column has."""
        return [one.name for one in self.columns].index(name)


def described(dataset: Dataset, file_name: str) -> bytes:
    """The metadata of the plain CSV file of this name, as CSV on the Web.

    A program that reads both knows which cells are numbers and days, that an empty one is no value, what each column
    means, and who may be asked nothing more: whatever is known of the figures stands in the two files.
    """
    said: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": dataset.language}],
        "url": file_name,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "doubleQuote": True},
        "dc:title": dataset.title,
        "dc:description": dataset.note,
        "dc:language": dataset.language,
        "dc:identifier": f"sha256:{dataset.digest}",
        "notes": [{"name": one.name, "value": _plain(one.value)} for one in dataset.facts],
        "tableSchema": {
            "primaryKey": list(dataset.key),
            "columns": [_described(one) for one in dataset.columns],
        },
    }
    if dataset.issued_on is not None:
        said["dc:issued"] = {"@value": dataset.issued_on.isoformat(), "@type": "xsd:date"}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _described(column: Column) -> dict[str, Any]:
    datatype: dict[str, Any] = {"base": column.kind.value}
    if column.kind is Kind.DAY:
        datatype["format"] = "yyyy-MM-dd"
    if column.one_of:
        datatype["format"] = "|".join(column.one_of)
    return {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.head,
        "dc:description": column.meaning,
        "datatype": datatype,
        "required": column.is_needed,
        "null": "",
    }


def _plain(value: Cell) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
