"""Tables over the same people have one total: the numbers that every table of exits can add up to.

Tables that count the same people by different things hang together by their totals alone: whatever
two tables say, people can be spread over both at once as soon as, in every period, both add the same
number. So a table of others that was found for the outcomes stands for whole tables over everything
printed when each further table can be filled with just as many others, period by period.

No row of a further table prints below ten, so up to three members change nothing there but the room
that they take; that room is left in any rows that they can stand in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement, product

from caseflow.domain.coalitions import MOST_MEMBERS
from caseflow.domain.growths import Growths
from caseflow.domain.printed_statements import Disclosed, Range, Statement, Table, Unknown
from caseflow.domain.published_counts import (
    PublishedCount,
    PublishedCounts,
    exits_among,
    narrowed,
    series_of,
    series_of_parts,
)
from caseflow.domain.published_tables import Cohort, PublishedTable
from caseflow.domain.rounding import exactly
from caseflow.domain.witnesses import adds_up

Ranges = list[tuple[Range, ...]]
Wholes = Callable[[frozenset[str] | None], Sequence[frozenset[Unknown]]]
"""What the exits of some categories, or of all, up to each publication add up."""


class CommonTotals:
    """Whether a table of other people is possible beside every further table of exits."""

    def __init__(
        self,
        publications: Sequence[PublishedCounts],
        wholes: Wholes | None = None,
    ) -> None:
        """`wholes` are exits up to each publication, where they are written otherwise than alone."""
        ordered = sorted(publications, key=lambda publication: publication.cut_off)
        self._ordered = ordered
        told = wholes or (lambda among: exits_among(ordered, among))
        self._series = [
            _Series(series, told(None)) for series in series_of(ordered, Cohort.EXITS).values()
        ] + [
            _Series(series, told(among)) for (_, among), series in series_of_parts(ordered).items()
        ]

    def within(self, publication: PublishedCounts, whole: PublishedCount) -> Range | None:
        """Answers with what further tables leave of the range of all exits."""
        number = self._ordered.index(publication)
        return narrowed(self._ordered).get((number, whole.with_still_in))

    def fit(self, disclosed: Disclosed, table: Table) -> bool:
        """Answers whether the totals of a table can be the totals of every further table."""
        return all(series.fits(disclosed, table) for series in self._series)


class _Series:
    """One further table through the publications that print it, and the totals of others that it allows.

    What stands between two of them is spread over the rows as the later one needs it.
    """

    def __init__(
        self, through: Sequence[PublishedTable | None], wholes: Sequence[frozenset[Unknown]]
    ) -> None:
        series = [table for table in through if table is not None]
        self._wholes = [
            whole for whole, table in zip(wholes, through, strict=True) if table is not None
        ]
        self._columns: list[tuple[int, ...]] | None = None
        self._rows = series[0].row_ids
        self._periods = range(len(series))
        said: list[Statement] = []
        self._whole_at: list[int] = []
        self._row_at: list[tuple[int, str, int]] = []
        for number, table in enumerate(series):
            self._whole_at.append(len(said))
            said.append(Statement("", self._added(self._rows, number), _ANY, "whole", number))
            for row in table.rows:
                self._row_at.append((len(said), row.id, number))
                unknowns = self._added((row.id,), number)
                said.append(Statement("", unknowns, row.printed, row.id, number))
        self._disclosed = Disclosed(said, ())
        self._growths = Growths(self._disclosed)
        self._known: dict[tuple[int, ...], bool] = {}

    @staticmethod
    def _added(rows: Sequence[str], number: int) -> frozenset[Unknown]:
        return frozenset((period, row) for row in rows for period in range(number + 1))

    def fits(self, disclosed: Disclosed, table: Table) -> bool:
        """Answers whether the rows can add up to what a table of others makes of this whole."""
        if self._columns is None:
            self._columns = [
                tuple(disclosed.column[one] for one in whole if one in disclosed.column)
                for whole in self._wholes
            ]
        return self.can_be(tuple(sum([table[at] for at in one]) for one in self._columns))

    def can_be(self, others: tuple[int, ...]) -> bool:
        """Answers whether so many others fit, wherever up to three members stand."""
        if others not in self._known:
            self._known[others] = all(
                self._holds(others, periods)
                for size in range(MOST_MEMBERS + 1)
                for periods in combinations_with_replacement(self._periods, size)
            )
        return self._known[others]

    def _holds(self, others: Sequence[int], periods: Sequence[int]) -> bool:
        """Answers whether members who were added in these periods fit in any rows."""
        ranges: Ranges = [one.ranges for one in self._disclosed.sums]
        for at, total in zip(self._whole_at, others, strict=True):
            ranges[at] = ((total, total),)
        wholes: list[Table] = []
        for rows in product(self._rows, repeat=len(periods)):
            members = Counter(
                self._disclosed.column[place] for place in zip(periods, rows, strict=True)
            )
            if any(all(one[at] >= number for at, number in members.items()) for one in wholes):
                continue
            table = self._beside(ranges, list(zip(periods, rows, strict=True)))
            if table is None:
                return False
            wholes.append(tuple(count + members[at] for at, count in enumerate(table)))
        return True

    def _beside(self, ranges: Ranges, members: Sequence[tuple[int, str]]) -> Table | None:
        left = list(ranges)
        for at, row, number in self._row_at:
            inside = sum(1 for period, chosen in members if chosen == row and period <= number)
            [(low, high)] = left[at]
            left[at] = ((low - inside, high - inside),)
        for evenly in (True, False):
            table = self._growths.table(left, evenly=evenly)
            if table is not None and adds_up(self._disclosed, table, left):
                return table
        return None


_ANY = exactly(5)
"""The print of a total whose range is given for each question."""
