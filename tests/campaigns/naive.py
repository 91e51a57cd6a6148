"""What the gate is there to prevent: small counts hidden, totals exact, and a program that finds them again.

`sparse_tables` is the generator of the issue; its seed is part of it. `recovered` is the attacker: the least and
the greatest value of every hidden count over all whole-number tables that fit.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy

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
    """Hides every count from 1 to 4, prints the rest and all totals exactly, and looks for what was hidden."""
    hidden = [
        (row, column)
        for row in range(len(table))
        for column in range(len(table[0]))
        if table[row][column] in SMALL
    ]
    if not hidden:
        return Recovery(0, 0)
    program = _program(table, hidden)
    exactly = 0
    for at, (row, column) in enumerate(hidden):
        least, most = (_reached(program, at, sense) for sense in _SENSES)
        assert least <= table[row][column] <= most
        exactly += least == most
    return Recovery(len(hidden), exactly)


_SENSES = (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)


def _program(table: Table, hidden: Sequence[tuple[int, int]]) -> highspy.Highs:
    program = highspy.Highs()
    program.silent()
    for _ in hidden:
        program.addVar(SMALL[0], SMALL[-1])
    for at in range(len(hidden)):
        program.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    for line in (0, 1):
        for number in {cell[line] for cell in hidden}:
            inside = [at for at, cell in enumerate(hidden) if cell[line] == number]
            total = sum(table[hidden[at][0]][hidden[at][1]] for at in inside)
            program.addRow(total, total, len(inside), inside, [1.0] * len(inside))
    return program


def _reached(program: highspy.Highs, at: int, sense: highspy.ObjSense) -> int:
    program.changeObjectiveSense(sense)
    program.changeColCost(at, 1.0)
    program.run()
    assert program.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = round(program.getInfo().objective_function_value)
    program.changeColCost(at, 0.0)
    return value
