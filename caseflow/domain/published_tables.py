"""Further tables of a publication: who the people were and how long they stayed, printed like any count.

**No row of them prints below ten.** A table in which one would is left out, so these tables have no
target of their own. What they do is tell more of a total than the total itself: three rows that add up
to 98 to 110 say that a printed 110 is no 112. `least` and `most` are that knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from caseflow.domain.rounding import BASE, PrintedCount

LEAST_ROW = 2 * BASE
"""What every row prints at least. Then three people more or fewer never bring it below five."""


class Cohort(StrEnum):
    """Over whom a table counts."""

    EXITS = "exits"
    PARTICIPANTS = "participants"
    STAYS = "stays"


@dataclass(frozen=True)
class PrintedRow:
    """One row of a table as printed.

    In a table of stays `among` are the outcome categories that the row counts; none for those who had not left.
    """

    id: str
    printed: PrintedCount
    among: frozenset[str] | None = None


@dataclass(frozen=True)
class PublishedTable:
    """One table as printed: everyone of its cohort stands in exactly one of the rows."""

    id: str
    cohort: Cohort
    rows: tuple[PrintedRow, ...]

    @property
    def row_ids(self) -> tuple[str, ...]:
        """Answers with the rows by name, in their order."""
        return tuple(row.id for row in self.rows)

    @property
    def parts(self) -> tuple[frozenset[str], ...]:
        """Answers with the sets of outcome categories that rows of a table of stays count, each once."""
        return tuple(dict.fromkeys(row.among for row in self.rows if row.among))

    def part(self, among: frozenset[str]) -> PublishedTable:
        """Answers with the rows that count these outcomes, as a table of its own."""
        return replace(self, rows=tuple(row for row in self.rows if row.among == among))

    @property
    def may_be_printed(self) -> bool:
        """Answers whether every row prints ten or more."""
        return all((row.printed.value or 0) >= LEAST_ROW for row in self.rows)


def least(series: Sequence[PublishedTable | None]) -> list[int]:
    """Answers with the least that the whole can be in each publication; nobody leaves a row."""
    found: list[int] = []
    lows: dict[str, int] = {}
    for table in series:
        for row in table.rows if table else ():
            lows[row.id] = max(lows.get(row.id, 0), row.printed.low)
        found.append(sum(lows.values()))
    return found


def most(series: Sequence[PublishedTable | None]) -> list[int | None]:
    """Answers with the most that the whole can be in each publication; None where nothing bounds it."""
    found: list[int | None] = []
    highs: dict[str, int] = {}
    for table in reversed(series):
        for row in table.rows if table else ():
            highs[row.id] = min(highs.get(row.id, row.printed.high), row.printed.high)
        found.append(sum(highs.values()) if highs else None)
    return found[::-1]
