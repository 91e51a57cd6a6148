"""Whole tables that fit what is printed: the arithmetic under the attack on publications.

The unknowns are whole numbers, none below zero; statements say between which bounds the sum over some
of them lies. Bounds are narrowed along the equations "this sum is made of those parts" until nothing
moves. Where the statements form a tree (any two nested or apart), every bound that is left is reached
by a whole table: going down the tree, each part can take any value that its own bounds allow. So the
search walks straight to a table there; on other shapes it may have to turn back, and gives up after a
fixed number of steps.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

Unknown = Hashable
Sets = Iterable[frozenset[Unknown]]
Choices = Sequence[tuple[int, Sequence[tuple[int, int]]]]

STEPS = 2_000
"""How many values one search tries before it gives up."""


class NoTableFits(Exception):
    """No whole table fits these bounds."""


class Puzzle:
    """The unknowns, the sums that are spoken of, and how each sum is made of smaller ones."""

    def __init__(self, sets: Sets) -> None:
        spoken_of = sorted(set(sets), key=lambda s: (len(s), sorted(map(repr, s))))
        self.unknowns = sorted({u for s in spoken_of for u in s}, key=repr)
        self._place: dict[frozenset[Unknown], int] = {
            frozenset({unknown}): place for place, unknown in enumerate(self.unknowns)
        }
        for one in spoken_of:
            self._place.setdefault(one, len(self._place))
        bits = {unknown: 1 << place for place, unknown in enumerate(self.unknowns)}
        known = {sum([bits[u] for u in one]): one for one in spoken_of}
        alone = {bits[unknown]: frozenset({unknown}) for unknown in self.unknowns}
        either = alone | known
        in_order = sorted(known, key=int.bit_count, reverse=True)
        self._equations = [
            (self._place[known[whole]], tuple(self._place[either[p]] for p in parts))
            for whole in known
            if whole.bit_count() > 1
            for parts in _ways_apart(whole, in_order)
        ]
        self._touching: list[list[int]] = [[] for _ in self._place]
        for number, (whole_at, parts_at) in enumerate(self._equations):
            for place in (whole_at, *parts_at):
                self._touching[place].append(number)

    def place(self, unknowns: frozenset[Unknown]) -> int:
        """Answers where a sum stands in a list of bounds."""
        return self._place[unknowns]

    def bounds(
        self, known: Iterable[tuple[frozenset[Unknown], int, int]]
    ) -> tuple[list[int], list[int]]:
        """Answers with narrowed bounds of every sum. Raises NoTableFits when they cross."""
        top = 0
        said = list(known)
        for _, _, high in said:
            top += max(high, 0)
        lows, highs = [0] * len(self._place), [top] * len(self._place)
        for unknowns, low, high in said:
            place = self._place[unknowns]
            lows[place] = max(lows[place], low)
            highs[place] = min(highs[place], high)
            if lows[place] > highs[place]:
                raise NoTableFits
        self._narrow(lows, highs, set(range(len(self._equations))))
        return lows, highs

    def narrowed(
        self, lows: list[int], highs: list[int], place: int, value: int
    ) -> tuple[list[int], list[int]]:
        """Answers with the bounds once one sum has this value. Raises NoTableFits."""
        if not lows[place] <= value <= highs[place]:
            raise NoTableFits
        lows, highs = list(lows), list(highs)
        lows[place] = highs[place] = value
        self._narrow(lows, highs, set(self._touching[place]))
        return lows, highs

    def raised(
        self, lows: list[int], highs: list[int], least: Mapping[Unknown, int]
    ) -> tuple[list[int], list[int]]:
        """Answers with the bounds once these unknowns are at least so great. Raises NoTableFits."""
        lows, highs = list(lows), list(highs)
        waiting: set[int] = set()
        for unknown, low in least.items():
            place = self._place[frozenset({unknown})]
            if low > highs[place]:
                raise NoTableFits
            if low > lows[place]:
                lows[place] = low
                waiting.update(self._touching[place])
        self._narrow(lows, highs, waiting)
        return lows, highs

    def _narrow(self, lows: list[int], highs: list[int], waiting: set[int]) -> None:
        while waiting:
            whole, parts = self._equations[waiting.pop()]
            least = sum([lows[part] for part in parts])
            most = sum([highs[part] for part in parts])
            moved = []
            if least > lows[whole]:
                lows[whole] = least
                moved.append(whole)
            if most < highs[whole]:
                highs[whole] = most
                moved.append(whole)
            if lows[whole] > highs[whole]:
                raise NoTableFits
            room_up, room_down = highs[whole] - least, most - lows[whole]
            for part in parts:
                low, high = lows[part], highs[part]
                width = high - low
                if width > room_up:
                    highs[part] = low + room_up
                    moved.append(part)
                if width > room_down:
                    lows[part] = high - room_down
                    moved.append(part)
                if lows[part] > highs[part]:
                    raise NoTableFits
            for place in moved:
                waiting.update(self._touching[place])

    def table(
        self, lows: list[int], highs: list[int], choices: Choices = (), steps: int = STEPS
    ) -> tuple[int, ...] | None:
        """Answers with a whole table within these bounds, or None where the search found none.

        `choices` are sums that must lie in one of several ranges.
        """
        left = [steps]
        try:
            return self._walk(lows, highs, choices, left)
        except NoTableFits:
            return None

    def _choose(
        self, lows: list[int], highs: list[int], choices: Choices, left: list[int]
    ) -> tuple[int, ...]:
        (place, ranges), others = choices[0], choices[1:]
        for low, high in ranges:
            left[0] -= 1
            if left[0] < 0:
                raise NoTableFits
            lower, upper = list(lows), list(highs)
            lower[place], upper[place] = max(low, lows[place]), min(high, highs[place])
            if lower[place] > upper[place]:
                continue
            try:
                self._narrow(lower, upper, set(self._touching[place]))
                return self._walk(lower, upper, others, left)
            except NoTableFits:
                continue
        raise NoTableFits

    def _walk(
        self, lows: list[int], highs: list[int], choices: Choices, left: list[int]
    ) -> tuple[int, ...]:
        if choices:
            return self._choose(lows, highs, choices, left)
        count = len(self.unknowns)
        chosen = min(
            (place for place in range(count) if lows[place] < highs[place]),
            key=lambda place: (highs[place] - lows[place], place),
            default=None,
        )
        if chosen is None:
            return tuple(lows[:count])
        middle = (lows[chosen] + highs[chosen] + 1) // 2
        values = range(lows[chosen], highs[chosen] + 1)
        for value in sorted(values, key=lambda value: (abs(value - middle), value)):
            left[0] -= 1
            if left[0] < 0:
                raise NoTableFits
            try:
                lower, upper = self.narrowed(lows, highs, chosen, value)
                return self._walk(lower, upper, (), left)
            except NoTableFits:
                continue
        raise NoTableFits


def is_nested(sets: Sets) -> bool:
    """Answers whether the sums form a tree: any two nested or apart."""
    ordered = sorted(set(sets), key=len)
    return all(
        not (smaller & larger) or smaller <= larger
        for number, smaller in enumerate(ordered)
        for larger in ordered[number + 1 :]
    )


def _ways_apart(whole: int, greatest_first: Sequence[int]) -> list[tuple[int, ...]]:
    """Answers with the ways to take a sum apart, one beginning with each greatest part of it.

    A sum is written as a number with one bit for each of its unknowns.
    """
    inside = [part for part in greatest_first if part & whole == part != whole]
    greatest: list[int] = []
    for part in inside:
        if not any(part & other == part for other in greatest):
            greatest.append(part)
    ways = {_taken_apart(whole, first, inside) for first in greatest}
    return sorted(ways) or [_bits(whole)]


def _taken_apart(whole: int, first: int, inside: Sequence[int]) -> tuple[int, ...]:
    parts, rest = [first], whole & ~first
    for part in inside:
        if not rest:
            break
        if part & rest == part:
            parts.append(part)
            rest &= ~part
    return tuple(sorted([*parts, *_bits(rest)]))


def _bits(sums: int) -> tuple[int, ...]:
    found = []
    while sums:
        lowest = sums & -sums
        found.append(lowest)
        sums ^= lowest
    return tuple(found)
