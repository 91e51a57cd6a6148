"""Tables of other people that show what stays possible, checked by adding up and nothing else.

A witness says how many *other* people each unknown holds. Together with the members of a coalition it
is a whole table. For a crowd of coalitions it is enough that every sum of others lies so far inside
what is printed that the fewest and the most members fit on top: then so does every number between.
No search, and no theorem about its search, stands between a witness and what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseflow.domain.coalitions import MOST_MEMBERS, Crowd, Reaches, Site
from caseflow.domain.printed_statements import Disclosed, Range, Table

Fixed = Mapping[int, int]

LAST_LOOKED_AT = 40
"""How many of the last witnesses are asked exactly before a new one is looked for."""


def ranges_left(
    disclosed: Disclosed, crowd: Crowd, reaches: Reaches, fixed: Fixed
) -> list[tuple[Range, ...]] | None:
    """Answers where each sum of others may lie so that every coalition of a crowd fits on top.

    `fixed` are sums whose number of others is chosen. None where nothing is left for one of them.
    """
    least, most = reaches.of_crowd(crowd)
    left = [one.ranges for one in disclosed.sums]
    for at in most.keys() | fixed.keys():
        fewest, greatest = least.get(at, 0), most.get(at, 0)
        ranges = [(max(low - fewest, 0), high - greatest) for low, high in left[at]]
        if at in fixed:
            value = fixed[at]
            ranges = [(value, value) for low, high in ranges if low <= value <= high]
        left[at] = tuple([(low, high) for low, high in ranges if low <= high])
        if not left[at]:
            return None
    return left


def adds_up(disclosed: Disclosed, table: Table, ranges: Sequence[Sequence[Range]]) -> bool:
    """Answers whether nothing in a table is below zero and every sum lies in one of its ranges."""
    if len(table) != len(disclosed.unknowns) or min(table, default=0) < 0:
        return False
    return all(
        any(low <= total <= high for low, high in ranges[at])
        for at, total in enumerate(totals(disclosed, table))
    )


def totals(disclosed: Disclosed, table: Table) -> list[int]:
    """Answers with the sum of others in everything that is spoken of."""
    return [sum([table[column] for column in one.unknowns]) for one in disclosed.sums]


class Witnesses:
    """The tables found so far with the same numbers fixed, and which crowds they show."""

    def __init__(self, disclosed: Disclosed, reaches: Reaches, fixed: Fixed) -> None:
        self._disclosed, self._reaches, self._fixed = disclosed, reaches, fixed
        self._totals: list[list[int]] = []
        self._spare: list[list[int]] = []
        self._fits_alone: list[bool] = []
        self._alone = 0
        """Which tables fit without any member, one bit for each."""
        times = [times for counted in disclosed.counted_in for times in counted.values()]
        most = MOST_MEMBERS * max(times, default=0)
        self._with_spare = [[0] * (most + 1) for _ in disclosed.sums]
        """By sum, and by a number of members: which tables that fit alone have room for so many more in it."""
        self._before: tuple[Site, ...] = ()
        self._needed: dict[int, int] = {}
        self._bearing = 0, 0

    def add(self, table: Table, crowd: Crowd) -> bool:
        """Answers whether a table shows a crowd; only then is it kept."""
        ranges = ranges_left(self._disclosed, crowd, self._reaches, self._fixed)
        if ranges is None or not adds_up(self._disclosed, table, ranges):
            return False
        sums = totals(self._disclosed, table)
        self._totals.append(sums)
        self._spare.append(
            [
                max((high - total for low, high in one.ranges if low <= total <= high), default=-1)
                for total, one in zip(sums, self._disclosed.sums, strict=True)
            ]
        )
        fits_alone = min(self._spare[-1], default=0) >= 0
        self._fits_alone.append(fits_alone)
        if fits_alone:
            this = 1 << len(self._totals) - 1
            self._alone |= this
            for bearing, spare in zip(self._with_spare, self._spare[-1], strict=True):
                for members in range(min(spare + 1, len(bearing))):
                    bearing[members] |= this
        return True

    def show(self, crowd: Crowd) -> bool:
        """Answers whether one of the tables fits with every coalition of a crowd."""
        if not self._totals:
            return False
        if self._bears(crowd.sites):
            return True
        last = range(len(self._totals) - 1, max(len(self._totals) - LAST_LOOKED_AT, 0) - 1, -1)
        waiting = [number for number in last if not self._fits_alone[number]]
        if not waiting:
            return False
        least, most = self._reaches.of_crowd(crowd)
        return any(self._fits(number, least, most) for number in waiting)

    def _bears(self, sites: tuple[Site, ...]) -> bool:
        """Answers whether a table that fits without any member has room for the most that these can add to each sum.

        Crowds come in an order in which all members but the last stay the same for a while; what these add to each
        sum, and which tables bear them, is kept.
        """
        if not sites:
            return self._alone != 0
        if sites[:-1] != self._before:
            self._before, self._needed, self._bearing = sites[:-1], {}, (0, 0)
            for site in self._before:
                for at, times in self._reaches.of_site(site)[1].items():
                    self._needed[at] = self._needed.get(at, 0) + times
        if self._bearing[0] != len(self._totals):
            bearing = self._alone
            for at, members in self._needed.items():
                bearing &= self._with_spare[at][members]
            self._bearing = len(self._totals), bearing
        held, needed, with_spare = self._bearing[1], self._needed, self._with_spare
        for at, times in self._reaches.of_site(sites[-1])[1].items():
            held &= with_spare[at][needed.get(at, 0) + times]
            if not held:
                return False
        return held != 0

    def _fits(self, number: int, least: Mapping[int, int], most: Mapping[int, int]) -> bool:
        sums = self._totals[number]
        for at, one in enumerate(self._disclosed.sums):
            lowest, highest = sums[at] + least.get(at, 0), sums[at] + most.get(at, 0)
            if not any(low <= lowest and highest <= high for low, high in one.ranges):
                return False
        return True
