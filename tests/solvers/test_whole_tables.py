"""The exact attack as the referee: the quick search never claims a pass that it denies."""

from datetime import date
from itertools import combinations_with_replacement, product
from random import Random

import pytest

from caseflow.domain.attacks import attack, enough_others
from caseflow.domain.printed_statements import Disclosed, Place, Silence, Statement
from caseflow.domain.published_counts import (
    PublishedCount,
    PublishedCounts,
    alike,
    places,
    statements,
)
from caseflow.domain.rounding import PrintedCount, printed
from caseflow.solvers.whole_tables import others_possible, table_within

CATEGORIES = tuple("abcde")
SUMS = ("bc", "cd")
"""Two sums that cross: only here can the quick search miss a table."""


def quarters(seed):
    """Two quarters of five categories, most of them small, with sums that cross."""
    random = Random(seed)
    counts = {c: random.choice((0, 1, 3, 9, 23, 40)) for c in CATEGORIES}
    found = []
    for day in (date(2025, 1, 1), date(2025, 4, 1)):
        said = [PublishedCount(c, frozenset(c), printed(n)) for c, n in counts.items()]
        for name in ("".join(CATEGORIES), *SUMS):
            total = sum(counts[c] for c in name)
            said.append(PublishedCount(name, frozenset(name), printed(total)))
        found.append(
            PublishedCounts("x", frozenset("x"), day, CATEGORIES, frozenset(), tuple(said))
        )
        counts = {c: n + random.choice((0, 0, 0, 1, 4)) for c, n in counts.items()}
    return found


@pytest.mark.parametrize("seed", range(2))
def test_no_pass_of_the_quick_search_is_denied_by_the_exact_one(seed):
    published = quarters(seed)
    said, stands = statements(published), places(published)
    disclosed = Disclosed(said, stands)
    names = [one.name for one in said]
    judged = list(attack(said, stands, (), alike(published)))
    assert judged

    for finding in judged:
        target = names.index(finding.target)
        last = [s for s in said if s.cell == said[target].cell and s.printed.is_under][-1]
        inside = [bool(place.unknowns & last.unknowns) for place in stands]
        if not all(f.passes for f in judged if f.inside == finding.inside):
            continue
        everybody = combinations_with_replacement(range(len(stands)), max(finding.inside, 2))
        with_so_many = [m for m in everybody if sum(inside[one] for one in m) == finding.inside]
        for members in Random(seed).sample(with_so_many, min(4, len(with_so_many))):
            found = others_possible(disclosed, members, target)
            if found is not None:
                assert found[0] == 0
                assert found[1] + 1 >= enough_others(finding.inside)


def small_disclosure():
    said = [
        Statement("a", frozenset("a"), printed(2)),
        Statement("b", frozenset("b"), printed(6)),
        Statement("c", frozenset("c"), printed(1)),
        Statement("ab", frozenset("ab"), printed(8)),
    ]
    kept = Silence("bc", frozenset("bc"), (PrintedCount(5), PrintedCount(15)))
    return Disclosed(said, [Place(letter, frozenset(letter)) for letter in "abc"], [kept])


def every_table():
    for a, b, c in product(range(5), range(5, 8), range(5)):
        if 8 <= a + b <= 12 and (5 <= b + c <= 7 or 13 <= b + c <= 17):
            yield {"a": a, "b": b, "c": c}


@pytest.mark.parametrize("members", [(), (0,), (2,), (0, 2), (2, 2, 2), (0, 0, 0), (1, 2)])
@pytest.mark.parametrize("target", [0, 2])
def test_the_least_and_the_greatest_are_those_of_every_table(members, target):
    disclosed = small_disclosure()
    letter = "abc"[target]
    others = [
        table[letter] - members.count(target)
        for table in every_table()
        if all(table[one] >= members.count(at) for at, one in enumerate("abc"))
    ]

    found = others_possible(disclosed, members, target)

    assert found == ((min(others), max(others)) if others else None)


def test_a_table_is_found_where_the_sums_cross_and_none_where_there_is_none():
    disclosed = small_disclosure()
    ranges = [one.ranges for one in disclosed.sums]

    found = table_within(disclosed, ranges)
    impossible = table_within(disclosed, [((9, 9),), *ranges[1:]])

    assert found is not None
    assert dict(zip("abc", found, strict=True)) in list(every_table())
    assert impossible is None
