"""What the firewall report is made of: sections with tables of lines, each line with the norms that it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.norms import Norm

Words = Message | Label | str
Cell = Words | tuple[Words, ...]
"""What stands in one place of a line: words, or several phrases one below the other."""


@dataclass(frozen=True)
class Line:
    """One line: what it is about by a stable id, its cells, and the norms that it answers."""

    id: str
    cells: tuple[Cell, ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True)
class PolicyTable:
    """Lines under the same heads; `empty` is said where there are none."""

    id: str
    caption: Message
    columns: tuple[Message, ...]
    lines: tuple[Line, ...]
    empty: Message | None = None
    note: Cell = ()


@dataclass(frozen=True)
class Section:
    """One subject of the report."""

    id: str
    title: Message
    lead: Message
    tables: tuple[PolicyTable, ...]


def lines_of(sections: Sequence[Section]) -> Iterator[tuple[Section, PolicyTable, Line]]:
    """Every line with where it stands, in the order of the report."""
    for section in sections:
        for table in section.tables:
            for line in table.lines:
                yield section, table, line


def norms(*groups: Sequence[Norm]) -> tuple[Norm, ...]:
    """The norms of several groups, each once, in the order of the table of norms."""
    found = {norm for group in groups for norm in group}
    return tuple(norm for norm in Norm if norm in found)
