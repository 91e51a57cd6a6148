"""A table built publication by publication: what each period adds, as little as the prints allow.

Nobody leaves a cumulative count, so what is put into a cell stays there as long as the cell prints
the same. A cell that prints more later starts again at its new least value, which lies above
anything it printed before. So what is missing from a total is put first where it is forgotten soonest:
that leaves the least behind in every later period, and what is not yet needed can be added then.
Where cells and totals are all that is printed this finds a table whenever there is one; with sums
that cross it may find none. What it finds is checked by adding up, so a mistake here shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.domain.printed_statements import Disclosed, Range, Table

Ranges = Sequence[tuple[Range, ...]]


@dataclass(frozen=True)
class _Atom:
    """Unknowns of one period that stand in the same sums of several, by position in the stage."""

    unknowns: tuple[int, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True)
class _Stage:
    """One period: sums with one new unknown, sums with more of them, and sums with none."""

    unknowns: tuple[int, ...]
    alone: tuple[tuple[int, int, tuple[int, ...]], ...]
    several: tuple[tuple[int, tuple[int, ...]], ...]
    none: tuple[tuple[int, tuple[int, ...]], ...]
    atoms: tuple[_Atom, ...]


class Growths:
    """The periods of everything printed, and the search for tables that fit it."""

    def __init__(self, disclosed: Disclosed) -> None:
        self._disclosed = disclosed
        self._first = [disclosed.first_said[unknown] for unknown in disclosed.unknowns]
        periods = sorted(set(self._first) | {one.period for one in disclosed.sums})
        self._stages = [self._stage(period) for period in periods]
        self._chains = _chains(disclosed)
        self._forgotten = self._forgotten_at(len(periods))
        self._most = sum(max(high for _, high in one.ranges) for one in disclosed.sums)

    @property
    def crosses(self) -> bool:
        """Answers whether more is printed than cells and totals, so that a table may be missed."""
        return any(len(stage.atoms) > 2 for stage in self._stages)

    def _stage(self, period: int) -> _Stage:
        new = tuple(u for u, first in enumerate(self._first) if first == period)
        alone, several, none = [], [], []
        for at, one in enumerate(self._disclosed.sums):
            if one.period != period:
                continue
            before = tuple(u for u in one.unknowns if self._first[u] != period)
            added = tuple(u for u in one.unknowns if self._first[u] == period)
            if not added:
                none.append((at, before))
            elif len(added) == 1:
                alone.append((at, added[0], before))
            else:
                several.append((at, before))
        # A sum with one new unknown that stands in others too still bounds that unknown alone.
        inside = {at: set(self._disclosed.sums[at].unknowns) for at, _ in several}
        kinds: dict[tuple[int, ...], list[int]] = {}
        for unknown in new:
            kind = tuple(n for n, (at, _) in enumerate(several) if unknown in inside[at])
            kinds.setdefault(kind, []).append(unknown)
        atoms = tuple(
            _Atom(tuple(kinds[kind]), kind)
            for kind in sorted(kinds, key=lambda kind: (-len(kind), kind))
        )
        return _Stage(new, tuple(alone), tuple(several), tuple(none), atoms)

    def _forgotten_at(self, never: int) -> list[int]:
        """When what is put into an unknown is out of sight: its count prints more, or is no more."""
        found = [-1] * len(self._first)
        for one in self._disclosed.sums:
            for unknown in one.unknowns:
                found[unknown] = max(found[unknown], one.period + 1)
        for chain in self._chains:
            for number, at in enumerate(chain):
                high = self._disclosed.sums[at].ranges[-1][1]
                later = (
                    self._disclosed.sums[other].period
                    for other in chain[number + 1 :]
                    if self._disclosed.sums[other].ranges[0][0] > high
                )
                fresh = [
                    u
                    for u in self._disclosed.sums[at].unknowns
                    if self._first[u] == self._disclosed.sums[at].period
                ]
                if len(fresh) == 1:
                    found[fresh[0]] = min(found[fresh[0]], next(later, never))
        return found

    def table(self, ranges: Ranges, *, evenly: bool) -> Table | None:
        """Answers with a table whose sums lie in these ranges, or None where none was found.

        `evenly` spreads what is missing over all cells, which suits more coalitions; otherwise it
        goes where it is forgotten soonest, which finds a table more often.
        """
        tight = self._tightened(ranges)
        if tight is None:
            return None
        table = [0] * len(self._first)
        for stage in self._stages:
            if not self._grown(stage, tight, table, evenly=evenly):
                return None
        return tuple(table)

    def _tightened(self, ranges: Ranges) -> Ranges | None:
        tight = list(ranges)
        for chain in self._chains:
            low = 0
            for at in chain:
                if tight[at][0][0] < low:
                    tight[at] = tuple([(max(a, low), b) for a, b in tight[at] if b >= low])
                    if not tight[at]:
                        return None
                low = tight[at][0][0]
            high = tight[chain[-1]][-1][1]
            for at in reversed(chain):
                if tight[at][-1][1] > high:
                    tight[at] = tuple([(a, min(b, high)) for a, b in tight[at] if a <= high])
                    if not tight[at]:
                        return None
                high = tight[at][-1][1]
        return tight

    def _grown(self, stage: _Stage, ranges: Ranges, table: list[int], *, evenly: bool) -> bool:
        for at, before in stage.none:
            total = sum([table[u] for u in before])
            if not any(low <= total <= high for low, high in ranges[at]):
                return False
        upper = dict.fromkeys(stage.unknowns, self._most)
        for at, unknown, before in stage.alone:
            carried = sum([table[u] for u in before])
            low = next((low for low, high in ranges[at] if high >= carried), None)
            if low is None:
                return False
            table[unknown] = max(table[unknown], low - carried)
            upper[unknown] = min(upper[unknown], ranges[at][-1][1] - carried)
        if any(upper[unknown] < table[unknown] for unknown in stage.unknowns):
            return False
        missing = [
            tuple((low - total, high - total) for low, high in ranges[at] if high >= total)
            for at, _ in stage.several
            for total in [sum([table[u] for u in self._disclosed.sums[at].unknowns])]
        ]
        room = [sum([upper[u] - table[u] for u in atom.unknowns]) for atom in stage.atoms]
        added = _least_added(stage.atoms, room, missing)
        if added is None:
            return False
        for atom, amount in zip(stage.atoms, added, strict=True):
            self._spread(atom.unknowns, amount, table, upper, evenly=evenly)
        return all(
            any(
                low <= sum([table[u] for u in before]) + table[unknown] <= high
                for low, high in ranges[at]
            )
            for at, unknown, before in stage.alone
        )

    def _spread(
        self,
        unknowns: Sequence[int],
        amount: int,
        table: list[int],
        upper: dict[int, int],
        *,
        evenly: bool,
    ) -> None:
        while amount:
            open_ones = [u for u in unknowns if table[u] < upper[u]]
            if evenly:
                chosen = open_ones
            else:
                soonest = min(self._forgotten[u] for u in open_ones)
                chosen = [u for u in open_ones if self._forgotten[u] == soonest]
            widest = max(chosen, key=lambda u: upper[u] - table[u])
            table[widest] += 1
            amount -= 1


def _chains(disclosed: Disclosed) -> list[list[int]]:
    """The same count in one publication after another, each holding the one before."""
    chains: dict[str, list[int]] = {}
    in_order = sorted(range(len(disclosed.sums)), key=lambda at: disclosed.sums[at].period)
    for at in in_order:
        one = disclosed.sums[at]
        chain = chains.setdefault(one.cell, []) if one.cell else []
        if not chain or set(disclosed.sums[chain[-1]].unknowns) <= set(one.unknowns):
            chain.append(at)
    return list(chains.values())


def _least_added(
    atoms: Sequence[_Atom], room: Sequence[int], missing: Sequence[tuple[Range, ...]]
) -> list[int] | None:
    """Answers how much to add to each atom so that no sum misses anything, as little as possible."""
    if any(not ranges for ranges in missing):
        return None
    if all(any(low <= 0 <= high for low, high in ranges) for ranges in missing):
        return [0] * len(atoms)
    last_in = [
        max((n for n, a in enumerate(atoms) if s in a.sums), default=-1)
        for s in range(len(missing))
    ]
    room_after = [
        [
            sum(room[n] for n in range(number + 1, len(atoms)) if s in atoms[n].sums)
            for s in range(len(missing))
        ]
        for number in range(len(atoms))
    ]
    best: list[int] | None = None
    fewest = max(ranges[0][0] for ranges in missing)

    def walk(number: int, so_far: list[int], added: list[int], only_first: bool) -> bool:
        nonlocal best
        if number == len(atoms):
            if best is None or sum(added) < sum(best):
                best = list(added)
            return True
        atom = atoms[number]
        low, high = 0, room[number]
        for s in atom.sums:
            low = max(low, missing[s][0][0] - so_far[s] - room_after[number][s])
            high = min(high, missing[s][-1][1] - so_far[s])
        for amount in range(low, high + 1):
            then = list(so_far)
            for s in atom.sums:
                then[s] += amount
            fits = all(
                any(a <= then[s] <= b for a, b in missing[s])
                for s in atom.sums
                if last_in[s] == number
            )
            found = fits and walk(number + 1, then, [*added, amount], number > 0)
            if found and (only_first or (best is not None and sum(best) <= fewest)):
                return True
        return best is not None and number == 0

    walk(0, [0] * len(missing), [], len(atoms) <= 2)
    return best
