"""Publications drawn at random, judged by narrowing bounds and by nothing else.

Bounds that were narrowed hold every whole table, so where they leave too little room the exact attack must fail as
well. Where what is printed forms a tree they are reached, so there the two agree both ways (decision 0021).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement

from caseflow.domain.calendar_months import months_after
from caseflow.domain.coalitions import MOST_MEMBERS
from caseflow.domain.printed_statements import Place, Statement, Unknown
from caseflow.domain.published_counts import (
    PublishedCount,
    PublishedCounts,
    places,
    statements,
)
from caseflow.domain.puzzles import NoTableFits, Puzzle
from caseflow.domain.rounding import printed
from tests.campaigns.oracle import asked_for

FIRST = date(2025, 1, 1)


@dataclass(frozen=True)
class Verdict:
    """What narrowing found: whether every coalition leaves room enough, and how many were tried."""

    passes: bool
    coalitions: int


def drawn_publications(number: int, quarters: int = 1) -> list[PublishedCounts]:
    """The outcome table of an invented programme of 20 to 2,000 people, in one or more quarters."""
    drawn = random.Random(f"publication {number}")
    names = [f"category-{at}" for at in range(drawn.randint(3, 14))]
    weights = [drawn.paretovariate(0.7) for _ in names]
    exits = round(20 * 100 ** drawn.random())
    inside = drawn.randint(0, exits)
    true = Counter(drawn.choices(names, weights, k=exits))
    found = []
    for quarter in range(quarters):
        if quarter:
            true.update(drawn.choices(names, weights, k=drawn.randint(0, 1 + exits // 10)))
        found.append(_printed(names, true, true.total() + inside, quarter))
    return found


def _printed(
    names: Sequence[str], true: Counter[str], participants: int, quarter: int
) -> PublishedCounts:
    everything = frozenset(names)
    return PublishedCounts(
        scope="invented",
        members=frozenset({"invented"}),
        cut_off=months_after(FIRST, 3 * quarter),
        categories=tuple(names),
        structural_zeros=frozenset(),
        counts=(
            PublishedCount("participants", everything, printed(participants), with_still_in=True),
            PublishedCount("exits", everything, printed(true.total())),
            *(PublishedCount(name, frozenset({name}), printed(true[name])) for name in names),
        ),
    )


def by_intervals(
    publications: Sequence[PublishedCounts], drawn: random.Random | None = None, tried: int = 200
) -> Verdict:
    """Answers by narrowing alone: for every coalition, or for some drawn at random."""
    said = statements(publications)
    puzzle = Puzzle(statement.unknowns for statement in said)
    start = puzzle.bounds((one.unknowns, one.printed.low, one.printed.high) for one in said)
    targets = [one for one in said if one.printed.is_under]
    by_then = last_below(said)
    standing = places(publications)
    coalitions = 0
    passes = True
    for members in _coalitions(standing, drawn, tried):
        least = Counter(unknown for member in members for unknown in member.unknowns)
        try:
            lows, highs = puzzle.raised(*start, least)
        except NoTableFits:
            continue
        coalitions += 1
        for target in targets:
            place = puzzle.place(target.unknowns)
            known = _inside(by_then[target.cell], members)
            now = _members_in(target, least)
            low, high = lows[place] - now, highs[place] - now
            passes = passes and low <= 0 and high - max(low, 0) + 1 >= asked_for(known)
    return Verdict(passes, coalitions)


def last_below(said: Sequence[Statement]) -> dict[str, Statement]:
    """By cell, the last publication in which it prints below five: who is there by then is known."""
    below = [one for one in said if one.printed.is_under]
    return {one.cell: one for one in sorted(below, key=lambda one: one.period)}


def _coalitions(
    standing: Sequence[Place], drawn: random.Random | None, tried: int
) -> Iterator[tuple[Place, ...]]:
    if drawn is None:
        for size in range(MOST_MEMBERS + 1):
            yield from combinations_with_replacement(standing, size)
        return
    for _ in range(tried):
        size = drawn.randint(0, MOST_MEMBERS)
        yield tuple(drawn.choice(standing) for _ in range(size))


def _inside(target: Statement, members: Sequence[Place]) -> int:
    return sum(bool(member.unknowns & target.unknowns) for member in members)


def _members_in(target: Statement, least: Counter[Unknown]) -> int:
    return sum(least[unknown] for unknown in target.unknowns)
