from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.attacks import (
    Effort,
    Finding,
    NothingFits,
    attack,
    enough_others,
)
from caseflow.domain.printed_statements import Place, Silence, Statement
from caseflow.domain.rounding import PrintedCount, printed

LETTERS = "abc"


def said(name: str, count: int) -> Statement:
    return Statement(name, frozenset(name), printed(count), name)


PLACES = [Place(letter, frozenset(letter)) for letter in LETTERS]


def attacked(*statements: Statement, silences=()) -> list[Finding]:
    return list(attack(statements, PLACES, silences))


def true_findings(statements, silences=()) -> dict[tuple[str, int], tuple[int, int]]:
    """Tries every table for every coalition: the closest room for others, by members inside."""
    tables = [
        table
        for values in product(range(14), repeat=len(LETTERS))
        if fits(table := dict(zip(LETTERS, values, strict=True)), statements, silences)
    ]
    closest: dict[tuple[str, int], tuple[int, int]] = {}
    for target in [s for s in statements if s.printed.is_under]:
        for size in range(4):
            for coalition in combinations_with_replacement(LETTERS, size):
                holding = [t for t in tables if all(t[u] >= coalition.count(u) for u in LETTERS)]
                if not holding:
                    continue
                inside = sum(member in target.unknowns for member in coalition)
                others = [sum(t[u] for u in target.unknowns) - inside for t in holding]
                found = min(others), max(others)
                known = closest.get((target.name, inside))
                if known is None or (found[0] > 0, found[0] - found[1]) > (
                    known[0] > 0,
                    known[0] - known[1],
                ):
                    closest[target.name, inside] = found
    return closest


def fits(table, statements, silences):
    def total(unknowns):
        return sum(table[u] for u in unknowns)

    return all(printed(total(s.unknowns)) == s.printed for s in statements) and all(
        printed(total(k.unknowns)) in k.one_of for k in silences
    )


def passes(low: int, high: int, inside: int) -> bool:
    return low == 0 and high - low + 1 >= enough_others(inside)


small = st.integers(min_value=0, max_value=8)


@given(small, small, small, st.sets(st.sampled_from(["ab", "bc", "abc"])))
@settings(max_examples=120, deadline=None)
def test_the_attack_agrees_with_trying_every_table(a, b, c, sums):
    true = {"a": a, "b": b, "c": c}
    statements = [said(letter, true[letter]) for letter in LETTERS]
    statements += [said(name, sum(true[u] for u in name)) for name in sorted(sums)]

    found = {(f.target, f.inside): f for f in attacked(*statements)}

    wanted = true_findings(statements)
    assert found.keys() == wanted.keys()
    for key, (low, high) in wanted.items():
        assert found[key].passes == passes(low, high, key[1])


@given(small, small, st.sets(st.sampled_from([None, 5, 10]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_what_is_kept_back_is_attacked_with_the_values_that_it_can_have(a, b, values):
    statements = [said("a", a), said("b", b), said("c", 9)]
    one_of = tuple(PrintedCount(value) for value in values)
    silences = [Silence("ab", frozenset("ab"), one_of)]
    wanted = true_findings(statements, silences)

    try:
        found = {(f.target, f.inside): f for f in attacked(*statements, silences=silences)}
    except NothingFits:
        found = {}

    assert found.keys() == wanted.keys()
    for key, (low, high) in wanted.items():
        assert found[key].passes == passes(low, high, key[1])


def test_a_count_below_five_alone_gives_nobody_away():
    findings = attacked(said("a", 0), said("b", 9), said("c", 9))

    assert [(f.inside, f.low, f.high) for f in findings] == [
        (0, 0, 2),
        (1, 0, 2),
        (2, 0, 2),
        (3, 0, 1),
    ]
    assert all(f.passes for f in findings)


def test_a_total_that_leaves_no_room_gives_someone_away():
    nobody, *_ = attacked(said("a", 3), said("b", 7), said("ab", 10), said("c", 9))

    # Together they are 8 to 12 and b is at most 7, so somebody is certainly in a.
    assert (nobody.low, nobody.high, nobody.passes) == (1, 4, False)


def test_members_can_learn_together_what_an_outsider_cannot():
    findings = attacked(said("a", 2), said("b", 13), said("ab", 15), said("c", 9))
    by_inside = {finding.inside: finding for finding in findings}

    assert by_inside[0].passes
    assert by_inside[2].passes

    crowded = attacked(said("a", 1), said("b", 14), said("c", 2), said("abc", 17))

    # 13 to 17 together, at least 13 in b: two members in c leave at most two for a.
    assert [f.passes for f in crowded if f.target == "a" and f.inside == 0] == [False]


def test_counts_that_contradict_one_another_are_no_publication():
    with pytest.raises(NothingFits):
        attacked(said("a", 30), said("b", 30), said("ab", 10), said("c", 9))


def test_enough_others_is_three_or_what_five_leaves():
    assert [enough_others(inside) for inside in range(4)] == [3, 3, 3, 2]


def test_a_search_that_is_given_up_is_a_failure_and_never_a_pass():
    statements = [said("a", 0), said("b", 9), said("c", 9)]

    findings = list(attack(statements, PLACES, effort=Effort(tables=1)))

    assert findings
    assert not any(finding.passes for finding in findings)


@st.composite
def growing(draw):
    """Two cells and their total in two publications, as printed; what was added is small."""
    first = draw(st.tuples(small, small))
    added = draw(st.tuples(st.integers(0, 4), st.integers(0, 4)))
    return [dict(zip(("a0", "b0", "a1", "b1"), (*first, *added), strict=True))]


@given(growing())
@settings(max_examples=40, deadline=None)
def test_two_publications_agree_with_trying_every_table(drawn):
    [true] = drawn
    sums = [("a", 0, ["a0"]), ("b", 0, ["b0"]), ("ab", 0, ["a0", "b0"])]
    sums += [("a", 1, ["a0", "a1"]), ("b", 1, ["b0", "b1"]), ("ab", 1, [*true])]
    statements = [
        Statement(f"{cell}{at}", frozenset(of), printed(sum(true[u] for u in of)), cell, at)
        for cell, at, of in sums
    ]
    places = [Place(u, frozenset({u}), u[0], int(u[1])) for u in true]
    tables = [
        table
        for values in product(range(12), repeat=4)
        if fits(table := dict(zip(true, values, strict=True)), statements, [])
    ]

    findings = attack(statements, places)

    for found in findings:
        target = next(s for s in statements if s.name == found.target)
        last = [s for s in statements if s.cell == target.cell and s.printed.is_under][-1]
        enough = enough_others(found.inside)
        all_pass = True
        for size in range(4):
            for members in combinations_with_replacement(true, size):
                if sum(u in last.unknowns for u in members) != found.inside:
                    continue
                others = {
                    sum(t[u] - members.count(u) for u in target.unknowns)
                    for t in tables
                    if all(t[u] >= members.count(u) for u in true)
                }
                if others and not {0, enough - 1} <= others:
                    all_pass = False
        if last is target or all_pass:
            assert found.passes == all_pass
