"""Two tables over the same people: what they say together, compared with trying every joint table."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations_with_replacement, product
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
CELLS = tuple(product((0, 1), "ab", "rs"))
"""Everyone was added in one of two quarters, left in one of two ways, and stands in one of two rows."""


def publication(cut_off, by_outcome, by_row):
    everything = frozenset(by_outcome)
    total = sum(by_outcome.values())
    return PublishedCounts(
        scope="x",
        members=frozenset("x"),
        cut_off=cut_off,
        categories=tuple(by_outcome),
        structural_zeros=frozenset(),
        counts=(
            PublishedCount("exits", everything, printed(total)),
            *[PublishedCount(c, frozenset(c), printed(n)) for c, n in by_outcome.items()],
        ),
        tables=(
            PublishedTable(
                "stay",
                Cohort.EXITS,
                tuple(PrintedRow(row, printed(n)) for row, n in by_row.items()),
            ),
        ),
    )


def two_quarters(counts):
    """What two quarters print of the people in these cells."""
    found = []
    for quarter, cut_off in enumerate(CUT_OFFS):
        so_far = {cell: n for cell, n in counts.items() if cell[0] <= quarter}
        outcomes = {c: sum(n for cell, n in so_far.items() if cell[1] == c) for c in "ab"}
        rows = {r: sum(n for cell, n in so_far.items() if cell[2] == r) for r in "rs"}
        found.append(publication(cut_off, outcomes, rows))
    return found


def sums_of(published):
    """Every printed sum as the cells that it adds up and its range."""
    for quarter, one in enumerate(published):
        before = [at for at, cell in enumerate(CELLS) if cell[0] <= quarter]
        for count in one.counts:
            yield [at for at in before if CELLS[at][1] in count.categories], count.printed
        for row in one.tables[0].rows:
            yield [at for at in before if CELLS[at][2] == row.id], row.printed


def every_joint_table(published):
    """All whole tables over quarters, outcomes and rows at once that print so."""
    sums = list(sums_of(published))
    tables = np.zeros((1, 0), dtype=int)
    for at in range(len(CELLS)):
        tops = [said.high for cells, said in sums if at in cells]
        grown = np.repeat(tables, min(tops) + 1, axis=0)
        values = np.tile(np.arange(min(tops) + 1), len(tables))
        tables = np.column_stack([grown, values])
        for cells, said in sums:
            known = [cell for cell in cells if cell <= at]
            total = tables[:, known].sum(axis=1)
            left = total <= said.high
            if len(known) == len(cells):
                left &= total >= said.low
            tables, total = tables[left], None
    return tables


def holds_in_truth(published, target_period):
    """Whether the small cell withstands every coalition, by trying every joint table."""
    tables = every_joint_table(published)
    inside = [at for at, cell in enumerate(CELLS) if cell[1] == "a" and cell[0] <= target_period]
    last = [at for at, cell in enumerate(CELLS) if cell[1] == "a"]
    passes = {}
    for size in range(4):
        for members in combinations_with_replacement(range(len(CELLS)), size):
            held = Counter(members)
            possible = (
                tables[np.all([tables[:, at] >= n for at, n in held.items()], axis=0)]
                if held
                else tables
            )
            if not len(possible):
                continue
            known = sum(at in last for at in members)
            others = set(
                (possible[:, inside].sum(axis=1) - sum(at in inside for at in members)).tolist()
            )
            good = {0, enough_others(known) - 1} <= others
            passes[known] = passes.get(known, True) and good
    return passes


def drawn(seed):
    random = Random(seed)
    first = dict.fromkeys(CELLS, 0)
    for _ in range(random.randrange(18, 23)):
        outcome = "a" if random.random() < 0.06 else "b"
        first[0, outcome, random.choice("rs")] += 1
    for _ in range(random.randrange(6)):
        outcome = "a" if random.random() < 0.2 else "b"
        first[1, outcome, random.choice("rs")] += 1
    return first


def pairs():
    found = []
    for seed in range(200):
        published = two_quarters(drawn(seed))
        small = all(one.counts[1].printed.is_under for one in published)
        if small and all(one.tables[0].may_be_printed for one in published):
            found.append(published)
    return found[:8]


def claimed(findings):
    """For each number of members inside, whether every target withstands them."""
    passes = {}
    for found in findings:
        passes[found.inside] = passes.get(found.inside, True) and found.passes
    return passes


def is_true(published, inside):
    return all(holds_in_truth(published, quarter)[inside] for quarter in range(len(published)))


@pytest.mark.parametrize("published", pairs(), ids=range(8))
def test_no_pass_is_claimed_that_trying_every_joint_table_denies(published):
    for inside, passes in claimed(attack_publications(published)).items():
        assert not passes or is_true(published, inside)


def test_without_the_common_total_the_attack_would_be_fooled():
    """The planted fault: the same attack, but blind to the other table."""

    def is_fooled(published):
        blind = [replace(one, tables=()) for one in published]
        findings = attack(statements(blind), places(blind), silences(blind), alike(blind))
        return any(
            passes and not is_true(published, inside)
            for inside, passes in claimed(findings).items()
        )

    assert any(is_fooled(published) for published in pairs())


def test_tables_that_cannot_have_one_total_contradict_one_another():
    published = publication(CUT_OFFS[0], {"a": 1, "b": 19}, {"r": 30, "s": 20})

    with pytest.raises(NothingFits):
        attack_publications([published])
