"""Further tables of a publication: which there are, from `config/publication.toml`, and which are printed now.

Whether a table is printed is decided once a year, and then stays. It is left out where one of its rows
would print below ten, and that tells nothing of anyone: whatever the totals are and whoever knows
themselves, everybody else can stand in one row. A table of exits that was left out comes in later
only after the exits grew by more than its smallest row, so that it can have been too small before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from caseflow.domain.breakdowns import Dimension
from caseflow.domain.calendar_months import months_after
from caseflow.domain.labels import Label
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.published_tables import Cohort, PrintedRow, PublishedTable
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import Tally

STILL_FREE = 10
"""How many more participants than exits there are at least where people are told apart."""
MONTHS_DECIDED = 12
"""How long a table that is left out stays out."""


@dataclass(frozen=True)
class TableRow:
    """A row of a further table and the codes that it gathers."""

    id: str
    codes: frozenset[str]
    label: Label


@dataclass(frozen=True)
class TableRule:
    """A further table of the catalogue; of several with one id the first that can be printed is."""

    id: str
    cohort: Cohort
    dimension: Dimension
    from_exits: int
    label: Label
    definition: Label
    rows: tuple[TableRow, ...]

    def count(self, counted: Tally) -> PublishedTable:
        """Answers with the table as it would print."""
        by = counted.exits_by if self.cohort is Cohort.EXITS else counted.participants_by
        rows = [
            PrintedRow(row.id, printed(by.among(self.dimension, row.codes))) for row in self.rows
        ]
        return PublishedTable(self.id, self.cohort, tuple(rows))

    def printed_it(self, table: PublishedTable) -> bool:
        """Answers whether a table of a publication is one of this rule."""
        rows = tuple(row.id for row in self.rows)
        return (self.id, self.cohort, rows) == (table.id, table.cohort, table.row_ids)


class TablesDoNotFit(Exception):
    """A table that was printed before would print a row below ten, or has other rows now."""


@dataclass(frozen=True)
class Totals:
    """The totals of a publication as printed; every choice of a table is made beside them."""

    exits: PublishedCount
    participants: PublishedCount

    @property
    def leave_room(self) -> bool:
        """Answers whether exits and participants lie so far apart that neither bounds the other."""
        return self.participants.printed.low - self.exits.printed.high >= STILL_FREE


@dataclass
class TableChoice:
    """The choice of further tables for one publication, from printed values alone."""

    as_of: date
    totals: Totals
    size: int
    """The printed exits by which the catalogue goes."""
    of_one_programme: bool
    earlier: Sequence[PublishedCounts] = ()
    decisions: list[PublishedCounts] = field(init=False, default_factory=list)
    """The publications before at which tables were chosen: the first, and one a year later, and so on."""

    def __post_init__(self) -> None:
        self.earlier = sorted(self.earlier, key=lambda publication: publication.cut_off)
        for publication in self.earlier:
            if not self.decisions or publication.cut_off >= _again(self.decisions[-1]):
                self.decisions.append(publication)

    @property
    def is_now(self) -> bool:
        """Answers whether tables are chosen at this publication."""
        return not self.decisions or self.as_of >= _again(self.decisions[-1])

    def tables(self, rules: Sequence[TableRule], counted: Tally) -> tuple[PublishedTable, ...]:
        """Answers with the tables to print. Raises TablesDoNotFit."""
        found = (self._table(rules, name, counted) for name in dict.fromkeys(r.id for r in rules))
        return tuple(table for table in found if table is not None)

    def _table(
        self, rules: Sequence[TableRule], name: str, counted: Tally
    ) -> PublishedTable | None:
        variants = [rule for rule in rules if rule.id == name and self._concerns(rule)]
        before = [table for one in self.earlier if (table := one.table(name)) is not None]
        if before:
            if self.earlier[-1].table(name) is None or not variants:
                return None
            same = next((rule for rule in variants if rule.printed_it(before[-1])), None)
            if same is None or not same.count(counted).may_be_printed:
                raise TablesDoNotFit
            return same.count(counted)
        if not self.is_now:
            return None
        for rule in variants:
            table = rule.count(counted)
            if rule.from_exits <= self.size and table.may_be_printed and self._may_come_in(table):
                return table
        return None

    def _concerns(self, rule: TableRule) -> bool:
        if rule.cohort is Cohort.PARTICIPANTS:
            return self.totals.leave_room
        return self.of_one_programme

    def _may_come_in(self, table: PublishedTable) -> bool:
        if not self.decisions or table.cohort is Cohort.PARTICIPANTS:
            return True
        exits = {count.name: count.printed for count in self.decisions[-1].counts}
        then = exits.get(self.totals.exits.name)
        smallest = min(row.printed.high for row in table.rows)
        return then is not None and self.totals.exits.printed.low - then.high >= smallest


def _again(decided: PublishedCounts) -> date:
    return months_after(decided.cut_off, MONTHS_DECIDED)
