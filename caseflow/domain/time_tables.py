"""The table of time to solution: how the stays of each band ended, printed once a year instead of the bands of stay.

What it adds to the attack are two sums: of the outcomes that count as solved, and of the others, each with the rows
that it is spread over (`tied_totals`). Who had not left stands in rows that bound nothing: people came back and went on
to other cities, which is printed nowhere, so `leaves_room` alone is asked of them. Decision 0178.

Leaving it out tells nothing, for whatever reason it is left out: one of its rows could be below ten, or one that was
printed the year before not have grown by ten. That is possible beside every table of outcomes, and beside the coarser
table or the bands of stay that are then printed in its place. So it is left out as well where the attack would fail
with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.domain.episodes import OutcomeKey
from caseflow.domain.labels import Label
from caseflow.domain.printed_incidences import ROWS, STATES, rows_by_band, time_rows
from caseflow.domain.publication_tables import TableChoice, TableRow
from caseflow.domain.published_stays import STILL_TO_LEAVE, leaves_room
from caseflow.domain.published_tables import LEAST_ROW, Cohort, PrintedRow, PublishedTable
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import Tally

TIME: Final = "time_to_solution"
LEAST_EXITS: Final = 100
"""As for the bands of stay: with fewer exits any table of them costs too many publications."""


@dataclass(frozen=True)
class TimeRule:
    """The table in so many bands: from how many printed participants, and what counts as solved."""

    from_participants: int
    solved: frozenset[str]
    """Outcome categories, by name."""
    label: Label
    definition: Label
    rows: tuple[TableRow, ...]
    id: str = TIME
    cohort: Cohort = Cohort.STAYS

    def count(
        self,
        counted: Tally,
        categories: Sequence[str],
        category_of: Callable[[OutcomeKey], str],
    ) -> PublishedTable:
        """Answers with the table as it would print."""
        among = (self.solved, frozenset(categories) - self.solved, STILL_TO_LEAVE)
        counts = time_rows(counted, lambda key: category_of(key) in self.solved)
        own = rows_by_band(len(self.rows) // len(STATES))
        later = dict(zip(own[-1], zip(*ROWS[len(own) - 1 :], strict=True), strict=True))
        rows = [
            PrintedRow(row, printed(sum(counts[one] for one in later.get(row, (row,)))), outcomes)
            for band in own
            for row, outcomes in zip(band, among, strict=True)
        ]
        return PublishedTable(TIME, Cohort.STAYS, tuple(rows))

    def printed_it(self, table: PublishedTable) -> bool:
        """Answers whether a table of a publication is one of this rule."""
        rows = tuple(row.id for row in self.rows)
        return (self.id, self.cohort, rows) == (table.id, table.cohort, table.row_ids)


def time_table(rule: TimeRule, choice: TableChoice, table: PublishedTable) -> PublishedTable | None:
    """Answers with the table where it may be printed now: from printed values alone, at most once a year.

    A programme prints either this or the bands of stay, and never changes. The table is considered the first time that
    the programme is large enough by what it printed the year before, and each year after one in which it was printed.
    """
    before = [one for publication in choice.earlier if (one := publication.table(TIME))]
    if not choice.of_one_programme or not choice.is_now or choice.size < LEAST_EXITS:
        return None
    if not table.may_be_printed:
        return None
    totals = choice.totals
    if not leaves_room(totals.exits.printed, totals.participants.printed, table):
        return None
    if before:
        stayed = choice.decisions[-1].table(TIME) is not None
        same = before[-1].row_ids == table.row_ids
        return table if stayed and same and _grew(before[-1], table) else None
    others = any(t.cohort is Cohort.EXITS for one in choice.earlier for t in one.tables)
    return None if others or not _is_first_time(rule, choice) else table


def _grew(before: PublishedTable, now: PublishedTable) -> bool:
    """Whether the first row grew by so much that it need not have, whoever else left."""
    return (now.rows[0].printed.value or 0) - (before.rows[0].printed.value or 0) >= LEAST_ROW


def _is_first_time(rule: TimeRule, choice: TableChoice) -> bool:
    """Whether the programme is large enough for the first time, by what it printed at the decision before."""
    people = choice.totals.participants.name
    sizes = [
        next(count.printed.value or 0 for count in one.counts if count.name == people)
        for one in choice.decisions
    ]
    own = choice.totals.participants.printed.value or 0
    *earlier, now = [*sizes[:1], *sizes] if sizes else [own]
    return now >= rule.from_participants and all(one < rule.from_participants for one in earlier)
