"""What the gate is there to prevent: small counts hidden, totals exact, and a program that finds them again.

`sparse_tables` is the generator; its seed is part of it. `recovered` puts the tables before the gate's own exact
attack: the least and the greatest value of every hidden count over all whole-number tables that fit.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseflow.domain.printed_statements import Disclosed, Statement
from caseflow.domain.rounding import printed
from caseflow.solvers.whole_tables import others_possible

ROWS, COLUMNS = 5, 6
SEED = 20260701
SMALL = range(1, 5)
Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Recovery:
    """Of one or more tables: how many counts were hidden, and how many of them were found exactly."""

    hidden: int
    exactly: int

    def __add__(self, other: Recovery) -> Recovery:
        return Recovery(self.hidden + other.hidden, self.exactly + other.exactly)

    @property
    def share(self) -> float:
        return self.exactly / self.hidden if self.hidden else 0.0


def sparse_tables(
    count: int,
    people: Sequence[int] = (30, 60, 100, 150),
    seed: int = SEED,
    shape: tuple[int, int] = (ROWS, COLUMNS),
) -> Iterator[Table]:
    """Tables in which few rows and few columns hold most people, as outcomes and groups do."""
    drawn = random.Random(seed)
    rows, columns = shape
    for number in range(count):
        down = [drawn.paretovariate(1) for _ in range(rows)]
        across = [drawn.paretovariate(1) for _ in range(columns)]
        cells = [(row, column) for row in range(rows) for column in range(columns)]
        weights = [down[row] * across[column] for row, column in cells]
        found = [[0] * columns for _ in range(rows)]
        for row, column in drawn.choices(cells, weights, k=people[number % len(people)]):
            found[row][column] += 1
        yield tuple(map(tuple, found))


def recovered(table: Table) -> Recovery:
    """Hides every count from 1 to 4, prints the rest and all totals exactly, and lets the exact attack find them."""
    hidden = [
        (row, column)
        for row in range(len(table))
        for column in range(len(table[0]))
        if table[row][column] in SMALL
    ]
    disclosed = Disclosed(_said(table, hidden), ())
    exactly = 0
    for at, (row, column) in enumerate(hidden):
        found = others_possible(disclosed, (), at)
        assert found is not None
        assert found[0] <= table[row][column] <= found[1]
        exactly += found[0] == found[1]
    return Recovery(len(hidden), exactly)


def _said(table: Table, hidden: Sequence[tuple[int, int]]) -> list[Statement]:
    """Each hidden count is 1 to 4; what the others leave of a total is known exactly."""
    said = [
        Statement(f"{cell}", frozenset({cell}), printed(0), within=(SMALL[0], SMALL[-1]))
        for cell in hidden
    ]
    for line in (0, 1):
        for number in sorted({cell[line] for cell in hidden}):
            inside = [cell for cell in hidden if cell[line] == number]
            left = sum(table[row][column] for row, column in inside)
            said.append(
                Statement(
                    f"line {line} {number}", frozenset(inside), printed(left), within=(left, left)
                )
            )
    return said
