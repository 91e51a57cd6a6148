"""Tables of other people that show what stays possible, checked by adding up and nothing else.

A witness says how many *other* people each unknown holds. Together with the members of a coalition it
is a whole table. For a crowd of coalitions it is enough that every sum of others lies so far inside
what is printed that the fewest and the most members fit on top: then so does every number between.
No search, and no theorem about its search, stands between a witness and what it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from caseflow.domain.coalitions import MOST_MEMBERS, Crowd, Reaches, Site
from caseflow.domain.disclosures import Disclosed, Range, Table

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
        self._room: dict[tuple[Site, int], tuple[int, int]] = {}
        self._spare_in: dict[tuple[int, int], tuple[int, int]] = {}
        cells: dict[int, set[str]] = {}
        for place, counted in zip(disclosed.places, disclosed.counted_in, strict=True):
            for at in counted:
                cells.setdefault(at, set()).add(place.cell)
        self._shared = {at for at, found in cells.items() if len(found) > 1}

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
        self._fits_alone.append(min(self._spare[-1], default=0) >= 0)
        return True

    def show(self, crowd: Crowd) -> bool:
        """Answers whether one of the tables fits with every coalition of a crowd."""
        if not self._totals:
            return False
        # First a question with a quick answer that asks for more than is needed: room for every
        # member in each sum that cells share, in a table that fits without any member.
        held = -1
        cells = Counter(site.cell for site in crowd.sites)
        for site in set(crowd.sites):
            held &= self._roomy(site, cells[site.cell])
            if not held:
                break
        if held and crowd.sites:
            return True
        least, most = self._reaches.of_crowd(crowd)
        held = -1
        for at, number in most.items():
            held &= self._with_spare(at, number)
            if not held:
                break
        if held:
            return True
        last = range(len(self._totals) - 1, max(len(self._totals) - LAST_LOOKED_AT, 0) - 1, -1)
        return any(
            self._fits(number, least, most) for number in last if not self._fits_alone[number]
        )

    def _with_spare(self, at: int, members: int) -> int:
        """Which tables that fit without any member have room for so many more in one sum, one bit for each."""
        seen, held = self._spare_in.get((at, members), (0, 0))
        if seen < len(self._spare):
            for number in range(seen, len(self._spare)):
                if self._fits_alone[number] and self._spare[number][at] >= members:
                    held |= 1 << number
            self._spare_in[at, members] = len(self._spare), held
        return held

    def _roomy(self, site: Site, members: int) -> int:
        seen, held = self._room.get((site, members), (0, 0))
        if seen < len(self._spare):
            _, most = self._reaches.of_site(site)
            needed = [
                (at, times * (MOST_MEMBERS if at in self._shared else members))
                for at, times in most.items()
            ]
            for number in range(seen, len(self._spare)):
                spare = self._spare[number]
                if self._fits_alone[number] and all(spare[at] >= least for at, least in needed):
                    held |= 1 << number
            self._room[site, members] = len(self._spare), held
        return held

    def _fits(self, number: int, least: Mapping[int, int], most: Mapping[int, int]) -> bool:
        sums = self._totals[number]
        for at, one in enumerate(self._disclosed.sums):
            lowest, highest = sums[at] + least.get(at, 0), sums[at] + most.get(at, 0)
            if not any(low <= lowest and highest <= high for low, high in one.ranges):
                return False
        return True
