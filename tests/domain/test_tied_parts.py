"""Tables over a part of the outcomes: what they say together, compared with trying every joint table."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations_with_replacement
from random import Random

import numpy as np
import pytest

from caseflow.domain.attacks import NothingFits, attack, enough_others
from caseflow.domain.published_counts import (
    PublishedCount,
    PublishedCounts,
    alike,
    places,
    silences,
    statements,
)
from caseflow.domain.published_sums import attack_publications
from caseflow.domain.published_tables import Cohort, PrintedRow, PublishedTable
from caseflow.domain.rounding import printed

CUT_OFFS = (date(2025, 1, 1), date(2025, 4, 1))
SOLVED, OTHERWISE = frozenset("ab"), frozenset("c")
CELLS = (
    *((0, category, band) for category in "abc" for band in "rs"),
    *((1, c, "") for c in "abc"),
)
"""Everyone left in one of three ways: in the first quarter after a short or a long stay, in the second after any."""


def publications(counts):
    """What the first quarter prints with its table, and the second without one."""
    found = []
    for quarter, cut_off in enumerate(CUT_OFFS):
        so_far = {
            c: sum(n for cell, n in counts.items() if cell[:2] <= (quarter, c) and cell[1] == c)
            for c in "abc"
        }
        rows = tuple(
            PrintedRow(
                f"{'solved' if among is SOLVED else 'otherwise'}_{band}", printed(count), among
            )
            for among in (SOLVED, OTHERWISE)
            for band in "rs"
            for count in (sum(counts[0, c, band] for c in among),)
        )
        found.append(
            PublishedCounts(
                scope="x",
                members=frozenset("x"),
                cut_off=cut_off,
                categories=tuple("abc"),
                structural_zeros=frozenset(),
                counts=(
                    PublishedCount("exits", frozenset("abc"), printed(sum(so_far.values()))),
                    *[PublishedCount(c, frozenset(c), printed(n)) for c, n in so_far.items()],
                ),
                tables=() if quarter else (PublishedTable("time", Cohort.STAYS, rows),),
            )
        )
    return found


def sums_of(published):
    """Every printed sum as the cells that it adds up and its range."""
    for quarter, one in enumerate(published):
        before = [at for at, cell in enumerate(CELLS) if cell[0] <= quarter]
        for count in one.counts:
            yield [at for at in before if CELLS[at][1] in count.categories], count.printed
        for table in one.tables:
            for row in table.rows:
                inside = [at for at in before if CELLS[at][1] in row.among]
                yield [at for at in inside if CELLS[at][2] == row.id[-1]], row.printed


def every_joint_table(published):
    """All whole tables over quarters, outcomes and bands at once that print so."""
    sums = list(sums_of(published))
    tables = np.zeros((1, 0), dtype=np.int16)
    for at in range(len(CELLS)):
        top = min(said.high for cells, said in sums if at in cells)
        grown = np.repeat(tables, top + 1, axis=0)
        tables = np.column_stack([grown, np.tile(np.arange(top + 1, dtype=np.int16), len(tables))])
        for cells, said in sums:
            total = tables[:, [cell for cell in cells if cell <= at]].sum(axis=1)
            rest = [cell for cell in cells if cell > at]
            keep = total <= said.high
            if not rest:
                keep &= total >= said.low
            tables = tables[keep]
    return tables


def holds_in_truth(published):
    """For each number of members in the small cell, whether it withstands them in both quarters."""
    tables = every_joint_table(published)
    last = [at for at, cell in enumerate(CELLS) if cell[1] == "a"]
    passes = {}
    for size in range(4):
        for members in combinations_with_replacement(range(len(CELLS)), size):
            possible = tables
            for at, n in Counter(members).items():
                possible = possible[possible[:, at] >= n]
            if not len(possible):
                continue
            known = sum(at in last for at in members)
            for quarter in (0, 1):
                inside = [at for at in last if CELLS[at][0] <= quarter]
                mine = sum(at in inside for at in members)
                others = set(np.unique(possible[:, inside].sum(axis=1) - mine).tolist())
                good = {0, enough_others(known) - 1} <= others
                passes[known] = passes.get(known, True) and good
    return passes


def drawn(seed):
    random = Random(seed)
    counts = dict.fromkeys(CELLS, 0)
    for _ in range(random.randrange(17, 26)):
        counts[0, "a" if random.random() < 0.08 else "b", random.choice("rs")] += 1
    for _ in range(random.randrange(17, 26)):
        counts[0, "c", random.choice("rs")] += 1
    for _ in range(random.randrange(4)):
        counts[1, random.choice("abbcc"), ""] += 1
    return counts


def pairs():
    """Six by chance, and four in which the rows leave the solved hardly more than their greater cell prints."""
    found, tight = [], []
    for seed in range(3_000):
        published = publications(drawn(seed))
        small = [one.counts[1].printed.is_under for one in published]
        if not all(small) or not published[0].tables[0].may_be_printed:
            continue
        solved = published[0].tables[0].part(SOLVED)
        room = sum(row.printed.high for row in solved.rows) - published[0].counts[2].printed.low
        (tight if room < 4 else found).append(published)
    return [*found[:6], *tight[:4]]


def claimed(findings):
    """For each number of members inside, whether every target withstands them."""
    passes = {}
    for found in findings:
        passes[found.inside] = passes.get(found.inside, True) and found.passes
    return passes


TRUTHS = {}


def truth(number):
    if number not in TRUTHS:
        TRUTHS[number] = holds_in_truth(PAIRS[number])
    return TRUTHS[number]


PAIRS = pairs()


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_no_pass_is_claimed_that_trying_every_joint_table_denies(number):
    for inside, passes in claimed(attack_publications(PAIRS[number])).items():
        assert not passes or truth(number)[inside]


def test_some_of_them_pass():
    """Otherwise the attack would be right by refusing everything."""
    assert any(all(claimed(attack_publications(one)).values()) for one in PAIRS)


def test_without_the_sums_of_its_parts_the_attack_would_be_fooled():
    """The planted fault: the same attack, told nothing of the table."""

    def is_fooled(number):
        blind = [replace(one, tables=()) for one in PAIRS[number]]
        findings = attack(statements(blind), places(blind), silences(blind), alike(blind))
        return any(
            passes and not truth(number)[inside] for inside, passes in claimed(findings).items()
        )

    assert any(is_fooled(number) for number in range(len(PAIRS)))


def test_parts_that_are_more_than_their_outcomes_contradict_them():
    [first, _] = publications(dict.fromkeys(CELLS, 12))
    rows = tuple(replace(row, printed=printed(50)) for row in first.tables[0].rows)

    with pytest.raises(NothingFits):
        attack_publications([replace(first, tables=(replace(first.tables[0], rows=rows),))])


def test_leaving_it_out_is_possible_beside_every_table_of_outcomes_and_bands_of_stay():
    """Whoever left how often, and however long people stayed: some row of its coarsest form can be small."""
    random = Random(178)
    for _ in range(500):
        stayed = [random.randrange(10, 120) for _ in range(6)]
        solved = random.randrange(sum(stayed) + 1)
        bands = [sum(stayed[:2]), stayed[2], sum(stayed[3:])]
        filled, left = [], solved
        for people in bands:
            filled.append(min(left, people))
            left -= filled[-1]
        cells = [*filled, *(people - some for people, some in zip(bands, filled, strict=True))]

        assert sum(filled) == solved
        assert min(cells) == 0, "with three members of a coalition on top it still prints below ten"
