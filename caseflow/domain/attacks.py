"""What someone who knows a few people could work out from everything printed so far.

A coalition of up to three people each know in which unknowns they themselves count. For every target
(everything printed `<5`) and every coalition the attack asks how many *other* people can be in it.

**Why a pass can be trusted.** A target passes only when, for every coalition, two whole tables are
found that fit everything printed and hold the coalition: one with no other person in the target, one
with enough others. Such a table is proof whatever the shape of the statements; a search that finds
none is a failure, never a pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise

from caseflow.domain.puzzles import NoTableFits, Puzzle, Unknown
from caseflow.domain.rounding import BASE, PrintedCount

MOST_MEMBERS = 3
"""How many people may put what they know of themselves together."""


@dataclass(frozen=True)
class Statement:
    """A printed count: the sum over these unknowns prints like this.

    `cell` is the same for the same count in every publication.
    """

    name: str
    unknowns: frozenset[Unknown]
    printed: PrintedCount
    cell: str = ""


@dataclass(frozen=True)
class Silence:
    """A count that is kept back, and what it can be: everyone knows why it is not printed."""

    name: str
    unknowns: frozenset[Unknown]
    one_of: tuple[PrintedCount, ...]


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
class Finding:
    """How many other people a coalition must allow in a target, at least and at most.

    `inside` is how many members are in the cell by the last publication in which it prints `<5`:
    so many of its at most four people are known to them anyway.
    """

    target: str
    coalition: tuple[str, ...]
    inside: int
    low: int
    high: int
    passes: bool


class NothingFits(Exception):
    """The printed counts contradict one another; no table of people can have printed so."""


def reach(
    statements: Sequence[Statement], silences: Sequence[Silence], unknowns: frozenset[Unknown]
) -> range:
    """Answers between which values a sum that is not printed can lie at most.

    Raises NothingFits when the statements contradict one another.
    """
    spoken_of = [said.unknowns for said in statements] + [kept.unknowns for kept in silences]
    puzzle = Puzzle([*spoken_of, unknowns])
    try:
        lows, highs = puzzle.bounds(
            (said.unknowns, said.printed.low, said.printed.high) for said in statements
        )
    except NoTableFits as crossed:
        raise NothingFits from crossed
    return range(lows[puzzle.place(unknowns)], highs[puzzle.place(unknowns)] + 1)


def enough_others(inside: int) -> int:
    """Answers how many possible numbers of others must stay open with so many members inside.

    Three, or as many as a count below five leaves. Source: the gate, U - L + 1 >= min(3, 5 - k).
    """
    return min(3, BASE - inside)


def attack(
    statements: Sequence[Statement],
    places: Sequence[Place],
    silences: Sequence[Silence] = (),
    alike: Sequence[Sequence[str]] = (),
) -> Iterator[Finding]:
    """Answers, for each target and each number of members inside it, with the closest coalition.

    Target by target, so that a caller may stop at the first that fails. `alike` are groups of cells
    that can be exchanged without changing anything printed: what holds for one holds for its twins,
    so only the first is attacked, and coalitions that differ by such an exchange are tried once.
    Raises NothingFits when the statements contradict one another.
    """
    try:
        field = _Field(statements, places, silences)
    except NoTableFits as crossed:
        raise NothingFits from crossed
    if field.table({}, None, None) is None:
        raise NothingFits
    seen: set[frozenset[Unknown]] = set()
    twins = {cell for group in alike for cell in group[1:]}
    for statement in statements:
        if statement.cell in twins:
            continue
        if statement.printed.is_under and statement.unknowns not in seen:
            seen.add(statement.unknowns)
            yield from _Target(field, statement, statements).findings(alike)


class _Field:
    """Everything printed, and the places in which a member of a coalition can stand."""

    def __init__(
        self,
        statements: Sequence[Statement],
        places: Sequence[Place],
        silences: Sequence[Silence],
    ) -> None:
        self.puzzle = Puzzle(
            [said.unknowns for said in statements] + [kept.unknowns for kept in silences]
        )
        self.lows, self.highs = self.puzzle.bounds(
            [(said.unknowns, said.printed.low, said.printed.high) for said in statements]
            + [
                (kept.unknowns, min(p.low for p in kept.one_of), max(p.high for p in kept.one_of))
                for kept in silences
            ]
        )
        self._choices = tuple(
            (self.puzzle.place(kept.unknowns), tuple((p.low, p.high) for p in kept.one_of))
            for kept in silences
        )
        self.places = places
        self.column = {unknown: column for column, unknown in enumerate(self.puzzle.unknowns)}
        used = Counter(unknown for place in places for unknown in place.unknowns)
        self.shared = frozenset(unknown for unknown, times in used.items() if times > 1)

    def counted(self, coalition: Iterable[int]) -> Counter[Unknown]:
        """Answers how many members count in each unknown."""
        return Counter(unknown for place in coalition for unknown in self.places[place].unknowns)

    def is_first_of_its_kind(
        self, coalition: tuple[int, ...], alike: Sequence[Sequence[str]]
    ) -> bool:
        """Answers whether no exchange of cells that are alike gives an earlier coalition."""
        for group in alike:
            used = [
                [
                    self.places[place].period
                    for place in coalition
                    if self.places[place].cell == cell
                ]
                for cell in group
            ]
            if any(earlier < later for earlier, later in pairwise(used)):
                return False
        return True

    def require_room(self, members: Mapping[Unknown, int]) -> None:
        """Raises NoTableFits when it is certain that no table can hold the members."""
        self.puzzle.raised(self.lows, self.highs, members)

    def table(
        self, members: Mapping[Unknown, int], target: int | None, value: int | None
    ) -> tuple[int, ...] | None:
        """Answers with a table that holds the members and has this value in the target, or None.

        Raises NoTableFits when no table can hold the members at all.
        """
        lows, highs = self.puzzle.raised(self.lows, self.highs, members)
        if target is None or value is None:
            return self.puzzle.table(lows, highs, self._choices)
        try:
            lows, highs = self.puzzle.narrowed(lows, highs, target, value)
        except NoTableFits:
            return None
        return self.puzzle.table(lows, highs, self._choices)


class _Witnesses:
    """The tables found so far with one value in the target, and which coalitions they hold."""

    def __init__(self, field: _Field) -> None:
        self._field = field
        self._tables: list[tuple[int, ...]] = []
        self._holds = [[0] * (MOST_MEMBERS + 1) for _ in field.places]

    def add(self, table: tuple[int, ...]) -> None:
        bit = 1 << len(self._tables)
        self._tables.append(table)
        for number, place in enumerate(self._field.places):
            for members in range(1, MOST_MEMBERS + 1):
                if all(
                    table[self._field.column[unknown]]
                    >= (MOST_MEMBERS if unknown in self._field.shared else members)
                    for unknown in place.unknowns
                ):
                    self._holds[number][members] |= bit

    def hold(self, coalition: tuple[int, ...]) -> bool:
        """Answers whether one of the tables found holds these members."""
        if not self._tables:
            return False
        if not coalition:
            return True
        # Places that share an unknown are asked for room for all members there, which is more than
        # needed; the exact question is asked only when this one is not answered.
        held = -1
        for place in set(coalition):
            held &= self._holds[place][coalition.count(place)]
            if not held:
                return self._hold_exactly(coalition)
        return True

    def _hold_exactly(self, coalition: tuple[int, ...]) -> bool:
        counted = self._field.counted(coalition)
        if not self._field.shared & counted.keys():
            return False
        needed = [(self._field.column[unknown], least) for unknown, least in counted.items()]
        return any(all(table[c] >= least for c, least in needed) for table in self._tables)


class _Target:
    """One count printed `<5`, and every coalition's attempt on it."""

    def __init__(self, field: _Field, statement: Statement, all_of: Sequence[Statement]) -> None:
        self._field = field
        later = [
            other.unknowns
            for other in all_of
            if other.cell == statement.cell
            and other.printed.is_under
            and statement.unknowns <= other.unknowns
        ]
        by_then = frozenset[Unknown]().union(*later)
        self._by_then = [bool(place.unknowns & by_then) for place in field.places]
        self._name, self._cell = statement.name, statement.cell
        self._at = field.puzzle.place(statement.unknowns)
        self._inside = [bool(place.unknowns & statement.unknowns) for place in field.places]
        self._witnesses = {value: _Witnesses(field) for value in range(BASE)}

    def findings(self, alike: Sequence[Sequence[str]]) -> Iterator[Finding]:
        """Answers with the closest coalition for each number of members inside the target."""
        others = [[cell for cell in group if cell != self._cell] for group in alike]
        closest: dict[int, tuple[int, tuple[int, ...], int]] = {}
        for size in range(MOST_MEMBERS + 1):
            for coalition in combinations_with_replacement(range(len(self._inside)), size):
                if not self._field.is_first_of_its_kind(coalition, others):
                    continue
                inside = sum(self._inside[place] for place in coalition)
                by_then = sum(self._by_then[place] for place in coalition)
                most = self._most(coalition, inside, by_then)
                if most is None:
                    continue
                room = most - inside if self._found(coalition, inside) else -1
                if by_then not in closest or room < closest[by_then][0]:
                    closest[by_then] = room, coalition, inside
        for by_then, (_, coalition, inside) in sorted(closest.items()):
            yield self._finding(coalition, inside, by_then)

    def _most(self, coalition: tuple[int, ...], inside: int, by_then: int) -> int | None:
        """Answers with a target that can be reached: the greatest, or one that is enough.

        -1 where none was found; None where no table can hold the coalition, so it cannot exist.
        """
        enough = inside + enough_others(by_then) - 1
        for value in range(BASE - 1, enough - 1, -1):
            if self._witnesses[value].hold(coalition):
                return value
        try:
            found = (v for v in range(BASE - 1, inside - 1, -1) if self._found(coalition, v))
            reached = next(found, -1)
            if reached < 0:
                self._field.require_room(self._field.counted(coalition))
        except NoTableFits:
            return None
        return reached

    def _found(self, coalition: tuple[int, ...], value: int) -> bool:
        if self._witnesses[value].hold(coalition):
            return True
        if not self._field.lows[self._at] <= value <= self._field.highs[self._at]:
            return False
        table = self._field.table(self._field.counted(coalition), self._at, value)
        if table is None:
            return False
        self._witnesses[value].add(table)
        return True

    def _finding(self, coalition: tuple[int, ...], inside: int, by_then: int) -> Finding:
        values = range(inside, BASE)
        found = [value - inside for value in values if self._found(coalition, value)]
        low, high = (found[0], found[-1]) if found else (0, -1)
        return Finding(
            target=self._name,
            coalition=tuple(self._field.places[place].name for place in coalition),
            inside=by_then,
            low=low,
            high=high,
            passes=low == 0 and high - low + 1 >= enough_others(by_then),
        )
