"""What someone who knows a few people could work out from everything printed so far.

A coalition of up to three people each know in which unknowns they themselves count. For every target
(everything printed `<5`) and every coalition the attack asks how many *other* people can be in it.

**Why a pass can be trusted.** A target passes only when, for every coalition, two whole tables are
found that fit everything printed and hold the coalition: one with no other person in the target, one
with enough others. Such a table is proof whatever the shape of the statements; a search that finds
none, or is given up, is a failure, never a pass. Tables are looked for that suit whole crowds of
coalitions at once; where there is none, the crowd is parted, down to single coalitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from caseflow.domain.coalitions import MOST_MEMBERS, Crowd, Reaches, crowds
from caseflow.domain.growths import Growths
from caseflow.domain.printed_statements import Disclosed, Place, Silence, Statement, Table, Unknown
from caseflow.domain.puzzles import NoTableFits, Puzzle
from caseflow.domain.rounding import BASE
from caseflow.domain.single_coalitions import SingleCoalitions
from caseflow.domain.witnesses import Fixed, Witnesses, ranges_left


@dataclass(frozen=True)
class Finding:
    """How many other people every coalition must allow in a target, at least and at most.

    `inside` is how many members are in the cell by the last publication in which it prints `<5`:
    so many of its at most four people are known to them anyway. Where it passes, `high` is a number
    shown to be possible for every coalition; where it fails, `coalition` is one that gets too close.
    """

    target: str
    coalition: tuple[str, ...]
    inside: int
    low: int
    high: int
    passes: bool


@dataclass
class Effort:
    """How much an attack may search, and has searched; one that is given up shows nothing."""

    tables: int = 8_000
    searches: int = 300
    tables_sought: int = 0
    searches_made: int = 0

    @property
    def is_spent(self) -> bool:
        """Answers whether the search must be given up."""
        return self.tables_sought >= self.tables or self.searches_made >= self.searches


EXACT_TABLES = 8
"""As how many tables one exact search counts."""
CELLS_OF_A_TOTAL = 5
Accepts = Callable[[Disclosed, Table], bool]
"""Whether a table of others is possible beside what else is known of the same people."""


Ranges = Sequence[Sequence[tuple[int, int]]]
Exact = Callable[[Disclosed, Ranges], Table | None]
"""The exact search: a whole table whose sums lie in these ranges, None where there is none, or GaveUp."""


class GaveUp(Exception):
    """The exact search came to no answer; that shows nothing."""


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
        lows, highs = puzzle.bounds((said.unknowns, *said.range) for said in statements)
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
    effort: Effort | None = None,
    accepts: Accepts | None = None,
    exact: Exact | None = None,
    twins: Sequence[Sequence[str]] = (),
) -> Iterator[Finding]:
    """Answers, for each target and each number of members inside it, whether it withstands.

    Target by target, so that a caller may stop at the first that fails. `alike` are groups of cells
    that can be exchanged without changing anything printed: what holds for one holds for its twins,
    so only the first is attacked, and coalitions that differ by such an exchange are tried once.
    A table that is not accepted shows nothing. With an `exact` search nothing is looked for quickly:
    for sums that cross. `twins` can be exchanged only all at once: only their targets are skipped.
    Raises NothingFits when the statements contradict one another.
    """
    search = _Search(Disclosed(statements, places, silences), effort or Effort(), exact)
    if search.table(Crowd(()), {}) is None and search.single(Crowd(()), {}) is None:
        raise NothingFits
    search.accepts = accepts
    same = {cell for group in [*alike, *twins] for cell in group[1:]}
    for targets in _targets(statements):
        if statements[targets[0]].cell not in same:
            yield from _Attack(search, targets).findings(alike)


def _targets(statements: Sequence[Statement]) -> list[list[int]]:
    """The statements that print `<5`: those of one cell that only grows together, each sum once."""
    found: list[list[int]] = []
    by_cell: dict[str, list[int]] = {}
    seen: set[frozenset[Unknown]] = set()
    in_order = sorted(range(len(statements)), key=lambda at: statements[at].period)
    for at in in_order:
        said = statements[at]
        if not said.printed.is_under or said.unknowns in seen:
            continue
        seen.add(said.unknowns)
        earlier = by_cell.get(said.cell) if said.cell else None
        if earlier and statements[earlier[-1]].unknowns <= said.unknowns:
            earlier.append(at)
        else:
            by_cell[said.cell] = [at]
            found.append(by_cell[said.cell])
    return found


def _smallest_known(disclosed: Disclosed, target: frozenset[Unknown]) -> frozenset[Unknown]:
    """Answers with the greatest sum around a target that still prints `<5`, such as a group's cell.

    Three people who know that they stand in it leave at most one other in it and in all its parts; no
    rounding can change that. So members count as inside by it, as they do by the last publication.
    """
    around = [
        said.unknowns
        for said in disclosed.statements
        if said.printed.is_under and said.within is None and target <= said.unknowns
    ]
    return max(around, key=len, default=target)


class _Search:
    """The ways to look for a table, and how often they were tried."""

    def __init__(self, disclosed: Disclosed, effort: Effort, exact: Exact | None) -> None:
        self.disclosed, self.effort, self._exact = disclosed, effort, exact
        self.is_exact = exact is not None
        self.reaches = Reaches(disclosed)
        self._singles = SingleCoalitions(disclosed)
        self._growths = Growths(disclosed)
        self.accepts: Accepts | None = None

    def _accepted(self, table: Table | None) -> Table | None:
        if table is None or self.accepts is None or self.accepts(self.disclosed, table):
            return table
        return None

    def table(self, crowd: Crowd, fixed: Fixed) -> Table | None:
        """Answers with a table of others for a crowd: evenly spread if it can be, else the sparest."""
        ranges = ranges_left(self.disclosed, crowd, self.reaches, fixed)
        if ranges is None:
            return None
        if self._exact is not None:
            return self._exactly(self._exact, ranges)
        for evenly in (True, False):
            if self.effort.is_spent:
                return None
            self.effort.tables_sought += 1
            found = self._accepted(self._growths.table(ranges, evenly=evenly))
            if found is not None:
                return found
        if len(fixed) and self._growths.crosses and not self.effort.is_spent:
            self.effort.tables_sought += 4
            return self._accepted(self._singles.within(ranges))
        return None

    def _exactly(self, exact: Exact, ranges: Ranges) -> Table | None:
        """A table that fits even without the members, if there is one: it answers for most coalitions."""
        for asked in (self._without_members(ranges), ranges):
            if asked is None or self.effort.is_spent:
                continue
            self.effort.tables_sought += EXACT_TABLES
            try:
                found = self._accepted(exact(self.disclosed, asked))
            except GaveUp:
                continue
            if found is not None:
                return found
        return None

    def _without_members(self, ranges: Ranges) -> Ranges | None:
        asked: list[list[tuple[int, int]]] = []
        for at, (one, left) in enumerate(zip(self.disclosed.sums, ranges, strict=True)):
            least, most = one.ranges[0][0], one.ranges[-1][1]
            if at in self._totals:
                most -= MOST_MEMBERS
            asked.append([(max(low, least), min(high, most)) for low, high in left])
        asked = [[(low, high) for low, high in some if low <= high] for some in asked]
        return asked if all(asked) else None

    @cached_property
    def _totals(self) -> frozenset[int]:
        """Sums over so many cells that all members of most coalitions stand in them."""
        cells: dict[int, set[str]] = {}
        for place, counted in zip(self.disclosed.places, self.disclosed.counted_in, strict=True):
            for at in counted:
                cells.setdefault(at, set()).add(place.cell)
        return frozenset(at for at, found in cells.items() if len(found) > CELLS_OF_A_TOTAL)

    def surely_cannot_be(self, crowd: Crowd) -> bool:
        """Answers whether a quick look shows that a coalition cannot exist, so that it needs no table."""
        return self._exact is None and not self._singles.can_be(crowd.members)

    def can_be(self, crowd: Crowd) -> bool:
        """Answers whether a coalition may exist; the exact search is asked last."""
        if self._exact is None:
            return True
        ranges = ranges_left(self.disclosed, crowd, self.reaches, {})
        try:
            return ranges is not None and self._exact(self.disclosed, ranges) is not None
        except GaveUp:
            return True

    def single(self, crowd: Crowd, fixed: Fixed) -> Table | None:
        """Answers with a table of others for one coalition, searched for until none is left."""
        if self.effort.is_spent or self._exact is not None:
            return None
        self.effort.searches_made += 1
        return self._accepted(self._singles.table(crowd.members, fixed))


class _Attack:
    """A cell that prints `<5` in some publications, and every coalition's attempt on it.

    The quickest tables hold the same number of others in all these publications; so one table
    answers for all of them.
    """

    def __init__(self, search: _Search, targets: Sequence[int]) -> None:
        self._search, self._targets = search, targets
        disclosed = search.disclosed
        self._cell = disclosed.statements[targets[0]].cell
        by_then = disclosed.statements[targets[-1]].unknowns
        if search.is_exact:
            by_then = _smallest_known(disclosed, by_then)
        self._in_target = [bool(place.unknowns & by_then) for place in disclosed.places]
        self._witnesses: dict[tuple[tuple[int, int], ...], Witnesses] = {}
        self._together: dict[int, tuple[Fixed, Witnesses]] = {}
        """By a number of others: the same number in all of these publications, and the tables that show it."""

    def findings(self, alike: Sequence[Sequence[str]]) -> Iterator[Finding]:
        """Answers, for each number of members inside, with a pass or the coalition that fails."""
        others = [[cell for cell in group if cell != self._cell] for group in alike]
        failed: dict[int, Crowd] = {}
        shown: set[int] = set()
        for crowd in crowds(self._search.disclosed, self._in_target, others):
            inside = crowd.in_target
            if inside in failed:
                continue
            exists, failing = self._attempt(crowd)
            if exists:
                shown.add(inside)
            if failing is not None:
                failed[inside] = failing
        for inside in sorted(shown | failed.keys()):
            for target in self._targets:
                yield self._finding(target, inside, failed.get(inside))

    def _attempt(self, whole: Crowd) -> tuple[bool, Crowd | None]:
        """Answers whether a coalition of the crowd exists, and with one that gets too close."""
        values = (0, enough_others(whole.in_target) - 1)
        exists = False
        waiting = [whole]
        while waiting:
            crowd = waiting.pop()
            if crowd.is_one and self._search.surely_cannot_be(crowd):
                continue
            if all(self._is_shown(crowd, value) for value in values):
                exists = True
            elif not crowd.is_one:
                waiting.extend(crowd.parts())
            elif not self._search.can_be(crowd):
                continue
            elif not all(
                self._is_possible(crowd, target, value)
                for target in self._targets
                for value in values
            ):
                return exists, crowd
            else:
                exists = True
        return exists, None

    def _is_shown(self, crowd: Crowd, value: int) -> bool:
        """Answers whether tables show the number of others in the cell for a whole crowd."""
        if value not in self._together:
            fixed = dict.fromkeys(self._targets, value)
            self._together[value] = fixed, self._with(fixed)
        return self._shown_by(crowd, *self._together[value]) or (
            len(self._targets) > 1
            and crowd.is_one
            and all(self._shows(crowd, {target: value}) for target in self._targets)
        )

    def _shows(self, crowd: Crowd, fixed: Fixed) -> bool:
        return self._shown_by(crowd, fixed, self._with(fixed))

    def _shown_by(self, crowd: Crowd, fixed: Fixed, witnesses: Witnesses) -> bool:
        if witnesses.show(crowd):
            return True
        table = self._search.table(crowd, fixed)
        return table is not None and witnesses.add(table, crowd)

    def _is_possible(self, crowd: Crowd, target: int, value: int) -> bool:
        """Answers whether one coalition can have this number of others in one publication."""
        if self._shows(crowd, {target: value}):
            return True
        table = self._search.single(crowd, {target: value})
        return table is not None and self._with({target: value}).add(table, crowd)

    def _with(self, fixed: Fixed) -> Witnesses:
        key = tuple(sorted(fixed.items()))
        if key not in self._witnesses:
            self._witnesses[key] = Witnesses(self._search.disclosed, self._search.reaches, fixed)
        return self._witnesses[key]

    def _finding(self, target: int, inside: int, failing: Crowd | None) -> Finding:
        disclosed = self._search.disclosed
        name, enough = disclosed.statements[target].name, enough_others(inside)
        if failing is None:
            return Finding(name, (), inside, 0, enough - 1, passes=True)
        values = range(BASE - inside)
        found = [value for value in values if self._is_possible(failing, target, value)]
        low, high = (found[0], found[-1]) if found else (0, -1)
        return Finding(
            target=name,
            coalition=tuple(disclosed.places[place].name for place in failing.members),
            inside=inside,
            low=low,
            high=high,
            passes=low == 0 and high + 1 >= enough,
        )
