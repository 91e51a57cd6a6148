"""A group published beside programmes in it: what is printed of all of them, as one disclosure.

Every person counts in one programme. Programmes that are part of just the same published scopes are one
block; what a scope prints is the sum over its blocks. A group's cell is therefore its members' cells and
a rest that nobody printed, and the difference between the two is attacked with everything else: the rest
of every count is a target too, unless it surely cannot be below five.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from caseflow.domain.attacks import Effort, Exact, Finding, GaveUp, attack
from caseflow.domain.printed_statements import Disclosed, Place, Silence, Statement, Table, Unknown
from caseflow.domain.published_counts import (
    PublishedCount,
    PublishedCounts,
    alike,
    is_comparable,
    sums_of_parts,
)
from caseflow.domain.rounding import BASE, PrintedCount
from caseflow.domain.tied_totals import CommonTotals

NO_LIMIT = 1_000_000
TABLES = 20_000
"""How much an attack on related scopes may search."""


def related(
    scope: str, members: Iterable[str], published: Sequence[PublishedCounts]
) -> list[PublishedCounts]:
    """Answers with what was published of this scope and of every scope that hangs together with it.

    Two scopes hang together where they share a programme, directly or through others.
    """
    reached, found = set(members), [one for one in published if one.scope == scope]
    waiting = [one for one in published if one.scope != scope]
    grew = True
    while grew:
        joining = [one for one in waiting if one.members & reached]
        grew = bool(joining)
        found += joining
        waiting = [one for one in waiting if not one.members & reached]
        reached |= {member for one in joining for member in one.members}
    return sorted(found, key=lambda one: (one.cut_off, one.scope))


def related_statements(published: Sequence[PublishedCounts]) -> list[Statement]:
    """Answers with every printed count of related scopes, as a sum over what each period added."""
    return _Joined(published).statements()


def attack_related(published: Sequence[PublishedCounts], exact: Exact) -> Iterator[Finding]:
    """Answers with the closest coalition for every target in everything issued of related scopes.

    Raises NothingFits when the printed counts contradict one another.
    """
    joined = _Joined(published)
    said, kept = joined.statements(), joined.silences()
    stands = joined.places()
    rests = [
        rest
        for rest in joined.rests()
        if _can_be_small(Disclosed([*said, rest], stands, kept), len(said), exact)
    ]
    alike_cells = [
        [_cell(scope, category) for category in group]
        for group in alike(published)
        for scope in [*joined.members, *(f"rest of {scope}" for scope in joined.members)]
    ]
    yield from attack(
        [*said, *rests],
        stands,
        kept,
        effort=Effort(tables=TABLES),
        accepts=joined.accepts,
        exact=exact,
        twins=alike_cells,
    )


def _can_be_small(disclosed: Disclosed, at: int, exact: Exact) -> bool:
    ranges = [one.ranges for one in disclosed.sums]
    ranges[at] = ((0, BASE - 1),)
    try:
        return exact(disclosed, ranges) is not None
    except GaveUp:
        return True


class _Joined:
    """The unknowns of several scopes: what each period added to a category in each block."""

    def __init__(self, published: Sequence[PublishedCounts]) -> None:
        self._published = sorted(published, key=lambda one: (one.cut_off, one.scope))
        self.members = {one.scope: one.members for one in self._published}
        self._cut_offs = sorted({one.cut_off for one in self._published})
        everybody = frozenset().union(*self.members.values())
        self._blocks = sorted(
            {
                tuple(sorted(scope for scope, some in self.members.items() if programme in some))
                for programme in everybody
            }
        )
        self._zeros = {
            block: frozenset(
                category
                for one in self._published
                if one.scope in block
                for category in one.structural_zeros
            )
            for block in self._blocks
        }
        self._totals = {
            scope: CommonTotals(self._of(scope), partial(self._exits_among, scope))
            for scope in self.members
        }

    def accepts(self, disclosed: Disclosed, table: Table) -> bool:
        """Answers whether a table is possible beside the further tables of every scope."""
        return all(totals.fit(disclosed, table) for totals in self._totals.values())

    def _of(self, scope: str) -> list[PublishedCounts]:
        return [one for one in self._published if one.scope == scope]

    def _exits_among(self, scope: str, among: frozenset[str] | None) -> list[frozenset[Unknown]]:
        return [self._cumulative(one, among) for one in self._of(scope)]

    def _number(self, one: PublishedCounts) -> int:
        return self._cut_offs.index(one.cut_off)

    def _added(
        self, block: tuple[str, ...], categories: Iterable[str], until: int
    ) -> frozenset[Unknown]:
        return frozenset(
            _unknown(block, category, self._cut_offs[period])
            for category in categories
            if category not in self._zeros[block]
            for period in range(until + 1)
        )

    def _cumulative(
        self, one: PublishedCounts, categories: Iterable[str] | None = None
    ) -> frozenset[Unknown]:
        asked = one.categories if categories is None else tuple(categories)
        own = [block for block in self._blocks if one.scope in block]
        return frozenset().union(*(self._added(b, asked, self._number(one)) for b in own))

    def statements(self) -> list[Statement]:
        """Answers with every printed count of every scope."""
        found = [
            statement
            for one in self._published
            for count in one.counts
            if (statement := self._statement(one, count)) is not None
        ]
        for scope in self.members:
            own = self._of(scope)
            for number, one in enumerate(own):
                for among, said in sums_of_parts(own, number, f"{scope}: "):
                    unknowns = self._cumulative(one, among)
                    found.append(replace(said, unknowns=unknowns, period=self._number(one)))
        return found

    def _statement(self, one: PublishedCounts, count: PublishedCount) -> Statement | None:
        unknowns = self._cumulative(one, count.categories)
        within = None
        if count.with_still_in:
            if not is_comparable(one):
                return None
            # Up to the least that the participants can be: exits that fit under that fit under any
            # true number, so that nothing needs to be said of how people of several scopes overlap.
            unknowns |= {_still_in(one)}
            within = 0, count.printed.low
        elif count.categories == frozenset(one.categories):
            within = self._totals[one.scope].within(one, count)
        if not unknowns:
            return None
        name = f"{one.scope}: {count.name} {one.cut_off.isoformat()}"
        cell = _cell(one.scope, count.name)
        return Statement(name, unknowns, count.printed, cell, self._number(one), within)

    def silences(self) -> list[Silence]:
        """Answers with what is known of the counts that were kept back."""
        return [
            Silence(
                f"{one.scope}: {kept.name} {one.cut_off.isoformat()}",
                self._cumulative(one, kept.categories),
                kept.one_of,
                self._number(one),
            )
            for one in self._published
            for kept in one.kept_back
        ]

    def rests(self) -> Iterator[Statement]:
        """Answers with what a scope's members that printed nothing of their own leave of its counts."""
        for one in self._published:
            alone = (one.scope,)
            if alone not in self._blocks or len(self._blocks) == 1:
                continue
            for count in one.counts:
                unknowns = self._added(alone, count.categories, self._number(one))
                if count.with_still_in or not unknowns:
                    continue
                yield Statement(
                    f"rest of {one.scope}: {count.name} {one.cut_off.isoformat()}",
                    unknowns,
                    PrintedCount(None),
                    _cell(f"rest of {one.scope}", count.name),
                    self._number(one),
                    (0, NO_LIMIT),
                )

    def places(self) -> list[Place]:
        """Answers with every place in which someone can count, all entered before the first cut-off."""
        found: list[Place] = []
        for block in self._blocks:
            own = [one for one in self._published if one.scope in block and is_comparable(one)]
            categories = dict.fromkeys(
                category
                for one in self._published
                if one.scope in block
                for category in one.categories
                if category not in self._zeros[block]
            )
            for number, day in enumerate(self._cut_offs):
                before = frozenset(_still_in(one) for one in own if one.cut_off < day)
                for category in categories:
                    found.append(
                        Place(
                            f"{_block_name(block)}: {category} {day.isoformat()}",
                            before | {_unknown(block, category, day)},
                            _cell(_block_name(block), category),
                            number,
                        )
                    )
            if own:
                still_in = frozenset(_still_in(one) for one in own)
                found.append(Place(f"{_block_name(block)}: still in", still_in))
        return [replace(place, cell=place.cell or place.name) for place in found]


def _block_name(block: tuple[str, ...]) -> str:
    return " and ".join(block)


def _cell(scope: str, name: str) -> str:
    return f"{scope}: {name}"


def _unknown(block: tuple[str, ...], category: str, day: date) -> str:
    return f"{_block_name(block)}: {category}@{day.isoformat()}"


def _still_in(one: PublishedCounts) -> str:
    return f"{one.scope}: still in@{one.cut_off.isoformat()}"
