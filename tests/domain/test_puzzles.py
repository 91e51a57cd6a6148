from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.domain.puzzles import NoTableFits, Puzzle, is_nested

LETTERS = "abcd"
MOST = 4


@st.composite
def nested_sums(draw):
    """Bounds on the letters and on sums that form a tree: ab, cd, abcd in some mix."""
    groups = draw(st.sets(st.sampled_from(["ab", "cd", "abc", "abcd"]), max_size=3))
    if {"abc", "cd"} <= groups:
        groups.remove("cd")
    sums = [*LETTERS, *sorted(groups)]
    said = []
    for name in sums:
        low = draw(st.integers(min_value=0, max_value=MOST * len(name)))
        width = draw(st.integers(min_value=0, max_value=MOST))
        high = min(low + width, MOST) if len(name) == 1 else low + width
        said.append((frozenset(name), min(low, high), high))
    return said


def every_table(said):
    for values in product(range(MOST + 1), repeat=len(LETTERS)):
        table = dict(zip(LETTERS, values, strict=True))
        if all(low <= sum(table[u] for u in sums) <= high for sums, low, high in said):
            yield table


@given(nested_sums())
@settings(max_examples=150, deadline=None)
def test_on_a_tree_the_narrowed_bounds_are_those_of_all_tables(said):
    puzzle = Puzzle(sums for sums, _, _ in said)
    tables = list(every_table(said))
    assert is_nested(sums for sums, _, _ in said)

    try:
        lows, highs = puzzle.bounds(said)
    except NoTableFits:
        assert not tables
        return

    assert tables
    for sums, _, _ in said:
        true = [sum(table[u] for u in sums) for table in tables]
        place = puzzle.place(sums)
        assert (lows[place], highs[place]) == (min(true), max(true))
    found = puzzle.table(lows, highs)
    assert dict(zip(puzzle.unknowns, found, strict=True)) in tables


@given(nested_sums(), st.tuples(st.integers(0, 4), st.integers(0, 6)))
@settings(max_examples=100, deadline=None)
def test_off_a_tree_every_table_found_still_fits(said, crossing):
    low, width = crossing
    said = [*said, (frozenset("bc"), low, low + width)]
    puzzle = Puzzle(sums for sums, _, _ in said)
    tables = list(every_table(said))

    try:
        found = puzzle.table(*puzzle.bounds(said))
    except NoTableFits:
        found = None

    if found is None:
        assert not tables
    else:
        assert dict(zip(puzzle.unknowns, found, strict=True)) in tables


def test_a_sum_that_must_lie_in_one_of_two_ranges_is_found_in_one_of_them():
    said = [(frozenset("a"), 0, 4), (frozenset("b"), 0, 4), (frozenset("ab"), 0, 8)]
    puzzle = Puzzle(sums for sums, _, _ in said)
    lows, highs = puzzle.bounds(said)
    both = puzzle.place(frozenset("ab"))

    found = puzzle.table(lows, highs, ((both, ((9, 12), (7, 8))),))

    assert sum(found) in {7, 8}
    assert puzzle.table(lows, highs, ((both, ((9, 12),)),)) is None


def test_a_search_that_runs_out_of_steps_finds_nothing():
    said = [(frozenset(letter), 0, 4) for letter in LETTERS] + [(frozenset(LETTERS), 3, 3)]
    puzzle = Puzzle(sums for sums, _, _ in said)

    assert puzzle.table(*puzzle.bounds(said), steps=0) is None
    assert puzzle.table(*puzzle.bounds(said)) is not None


def test_sums_that_cross_are_no_tree():
    assert is_nested([frozenset("ab"), frozenset("abc"), frozenset("d")])
    assert not is_nested([frozenset("ab"), frozenset("bc")])
