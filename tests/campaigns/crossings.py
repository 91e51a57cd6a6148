"""Two dimensions crossed and printed by our own rule, put before the gate's attack."""

from __future__ import annotations

from caseflow.domain.attacks import Finding, attack
from caseflow.domain.printed_statements import Place, Statement
from caseflow.domain.rounding import printed
from tests.campaigns.naive import Table


def said(table: Table) -> list[Statement]:
    """Every cell, every row, every column and the whole, each printed to the nearest five."""
    cells = {(r, c): count for r, row in enumerate(table) for c, count in enumerate(row)}
    sums = {f"cell {r} {c}": frozenset({(r, c)}) for r, c in cells}
    sums |= {f"row {r}": frozenset(cell for cell in cells if cell[0] == r) for r, _ in cells}
    sums |= {f"column {c}": frozenset(cell for cell in cells if cell[1] == c) for _, c in cells}
    sums["whole"] = frozenset(cells)
    return [
        Statement(name, inside, printed(sum(cells[cell] for cell in inside)), name)
        for name, inside in sums.items()
    ]


def places(table: Table) -> list[Place]:
    """Somebody knows in which row and which column they stand."""
    return [
        Place(f"cell {r} {c}", frozenset({(r, c)}), f"cell {r} {c}")
        for r, row in enumerate(table)
        for c, _ in enumerate(row)
    ]


def attacked(table: Table) -> list[Finding]:
    """What the gate's attack answers for a crossing."""
    return list(attack(said(table), places(table)))
