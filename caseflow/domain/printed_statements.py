"""What has been said about unknown numbers of people, and where one person can stand in it.

A printed count says between which bounds a sum of unknowns lies. A place is where someone who knows
their own story counts. Both are turned into positions in lists once, so that the attack can add up.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from caseflow.domain.rounding import PrintedCount

Unknown = Hashable
Range = tuple[int, int]
Table = tuple[int, ...]


@dataclass(frozen=True)
class Statement:
    """A printed count: the sum over these unknowns prints like this.

    `cell` is the same for the same count in every publication, `period` says in which it stands.
    `within` is what other tables over the same people leave of its range.
    """

    name: str
    unknowns: frozenset[Unknown]
    printed: PrintedCount
    cell: str = ""
    period: int = 0
    within: Range | None = None

    @property
    def range(self) -> Range:
        """Answers with the least and the greatest that the sum can be."""
        return self.within or (self.printed.low, self.printed.high)


@dataclass(frozen=True)
class Silence:
    """A count that is kept back, and what it can be: everyone knows why it is not printed."""

    name: str
    unknowns: frozenset[Unknown]
    one_of: tuple[PrintedCount, ...]
    period: int = 0


@dataclass(frozen=True)
class Place:
    """Where one person can count: the unknowns that include them, once in each publication.

    `cell` is the count that they end up in, `period` when they did.
    """

    name: str
    unknowns: frozenset[Unknown]
    cell: str = ""
    period: int = 0


@dataclass(frozen=True)
class Sum:
    """A sum that was spoken of: the positions of its unknowns and the ranges it can lie in."""

    unknowns: tuple[int, ...]
    ranges: tuple[Range, ...]
    cell: str
    period: int


class Disclosed:
    """Everything printed or kept back, in the order of its publications, by position.

    The unknowns stand in the order of the period in which they are first spoken of.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        places: Sequence[Place],
        silences: Sequence[Silence] = (),
    ) -> None:
        self.statements, self.places, self.silences = statements, places, silences
        self.first_said: dict[Unknown, int] = {}
        spoken = [(said.unknowns, said.period) for said in statements]
        spoken += [(kept.unknowns, kept.period) for kept in silences]
        for unknowns, period in spoken:
            for unknown in unknowns:
                earlier = self.first_said.get(unknown, period)
                self.first_said[unknown] = min(earlier, period)
        self.unknowns = sorted(self.first_said, key=lambda u: (self.first_said[u], repr(u)))
        self.column = {unknown: column for column, unknown in enumerate(self.unknowns)}
        self.sums = [
            self._sum(said.unknowns, (said.range,), said.cell, said.period) for said in statements
        ] + [
            self._sum(kept.unknowns, [(one.low, one.high) for one in kept.one_of], "", kept.period)
            for kept in silences
        ]
        self.counted_in: list[Mapping[int, int]] = [
            {
                at: len(unknowns & place.unknowns)
                for at, (unknowns, _) in enumerate(spoken)
                if unknowns & place.unknowns
            }
            for place in places
        ]

    def _sum(
        self, unknowns: frozenset[Unknown], possible: Sequence[Range], cell: str, period: int
    ) -> Sum:
        ranges: list[Range] = []
        for low, high in sorted(possible):
            if ranges and low <= ranges[-1][1] + 1:
                ranges[-1] = ranges[-1][0], max(high, ranges[-1][1])
            else:
                ranges.append((low, high))
        columns = tuple(sorted(self.column[unknown] for unknown in unknowns))
        return Sum(columns, tuple(ranges), cell, period)
