"""The search for one coalition's tables, where no table was found for a whole crowd.

Bounds are narrowed as far as they go and every value is tried that is left. Slower than building a
table publication by publication, but it also finds its way where sums cross.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from caseflow.domain.printed_statements import Disclosed, Table, Unknown
from caseflow.domain.puzzles import NoTableFits, Puzzle

SHORT = 300
"""How many values are tried for a crowd of coalitions, which can still be parted."""


class SingleCoalitions:
    """Everything printed as a puzzle; made only when it is needed."""

    def __init__(self, disclosed: Disclosed) -> None:
        self._disclosed = disclosed

    def can_be(self, members: Sequence[int]) -> bool:
        """Answers whether a table may hold these members; if not, the coalition cannot exist."""
        if self._start is None:
            return False
        try:
            self._puzzle.raised(*self._start, self._counted(members))
        except NoTableFits:
            return False
        return True

    def table(self, members: Sequence[int], fixed: Mapping[int, int]) -> Table | None:
        """Answers with the others in a table that holds the members, or None if none was found.

        `fixed` says how many others stand in some of the sums.
        """
        if self._start is None:
            return None
        counted = self._counted(members)
        statements = self._disclosed.statements
        try:
            lows, highs = self._puzzle.raised(*self._start, counted)
            for at, value in fixed.items():
                unknowns = statements[at].unknowns
                inside = sum(counted[unknown] for unknown in unknowns)
                lows, highs = self._puzzle.narrowed(
                    lows, highs, self._puzzle.place(unknowns), value + inside
                )
        except NoTableFits:
            return None
        choices = [
            (self._puzzle.place(kept.unknowns), tuple((p.low, p.high) for p in kept.one_of))
            for kept in self._disclosed.silences
        ]
        found = self._puzzle.table(lows, highs, choices)
        if found is None:
            return None
        whole = dict(zip(self._puzzle.unknowns, found, strict=True))
        return tuple(whole[unknown] - counted[unknown] for unknown in self._disclosed.unknowns)

    def within(self, ranges: Sequence[Sequence[tuple[int, int]]]) -> Table | None:
        """Answers with a table whose sums lie in these ranges, after a short search, or None."""
        sums = self._disclosed.statements, self._disclosed.silences
        spoken_of = [one.unknowns for some in sums for one in some]
        try:
            lows, highs = self._puzzle.bounds(
                (unknowns, ranges[at][0][0], ranges[at][-1][1])
                for at, unknowns in enumerate(spoken_of)
            )
        except NoTableFits:
            return None
        choices = [
            (self._puzzle.place(unknowns), ranges[at])
            for at, unknowns in enumerate(spoken_of)
            if len(ranges[at]) > 1
        ]
        found = self._puzzle.table(lows, highs, choices, steps=SHORT)
        if found is None:
            return None
        whole = dict(zip(self._puzzle.unknowns, found, strict=True))
        return tuple(whole[unknown] for unknown in self._disclosed.unknowns)

    def _counted(self, members: Sequence[int]) -> Counter[Unknown]:
        places = self._disclosed.places
        return Counter(unknown for member in members for unknown in places[member].unknowns)

    @cached_property
    def _puzzle(self) -> Puzzle:
        return Puzzle(
            [said.unknowns for said in self._disclosed.statements]
            + [kept.unknowns for kept in self._disclosed.silences]
        )

    @cached_property
    def _start(self) -> tuple[list[int], list[int]] | None:
        """The narrowed bounds of every sum, or None where they cross."""
        said = [(one.unknowns, *one.range) for one in self._disclosed.statements]
        kept = [
            (one.unknowns, min(p.low for p in one.one_of), max(p.high for p in one.one_of))
            for one in self._disclosed.silences
        ]
        try:
            return self._puzzle.bounds(said + kept)
        except NoTableFits:
            return None
