"""Least and greatest numbers of others by SCIP, from the values that the attack itself is given.

The attack looks for whole tables with a search of its own; here the same sums become a program for a solver that
nothing else in caseflow uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyscipopt import Model, quicksum

from caseflow.domain.printed_statements import Place, Silence, Statement, Unknown


@dataclass(frozen=True)
class Reach:
    """The fewest and the most other people in a target."""

    fewest: int
    most: int

    def leaves(self, needed: int) -> bool:
        """Whether nobody may be there, and so many numbers are possible."""
        return self.fewest == 0 and self.most + 1 >= needed


class SecondSolver:
    """Everything that was said, once as a program; asked again for each target and coalition."""

    def __init__(self, said: Sequence[Statement], silences: Sequence[Silence] = ()) -> None:
        self._program = Model()
        self._program.hideOutput()
        self._program.setParam("limits/gap", 0.0)
        spoken_of = [one.unknowns for one in said] + [one.unknowns for one in silences]
        self._people: dict[Unknown, Any] = {
            unknown: self._program.addVar(vtype="I", lb=0, ub=100_000)
            for unknown in sorted({u for some in spoken_of for u in some}, key=repr)
        }
        for one in said:
            self._program.addCons(self._sum(one) >= one.printed.low)
            self._program.addCons(self._sum(one) <= one.printed.high)
        for kept in silences:
            chosen = [(self._program.addVar(vtype="B"), value) for value in kept.one_of]
            self._program.addCons(quicksum(one for one, _ in chosen) == 1)
            low = quicksum(one * value.low for one, value in chosen)
            high = quicksum(one * value.high for one, value in chosen)
            self._program.addCons(self._sum(kept) >= low)
            self._program.addCons(self._sum(kept) <= high)

    def _sum(self, one: Statement | Silence) -> Any:
        return quicksum(self._people[unknown] for unknown in sorted(one.unknowns, key=repr))

    def reach(self, target: Statement, members: Sequence[Place]) -> Reach | None:
        """Answers for one coalition, or None where it cannot exist."""
        counted = Counter(unknown for member in members for unknown in member.unknowns)
        inside = sum(counted[unknown] for unknown in target.unknowns)
        self._program.freeTransform()
        for unknown, people in self._people.items():
            self._program.chgVarLb(people, counted[unknown])
        found = []
        for sense in ("minimize", "maximize"):
            self._program.freeTransform()
            self._program.setObjective(self._sum(target), sense)
            self._program.optimize()
            if self._program.getStatus() == "infeasible":
                return None
            assert self._program.getStatus() == "optimal", self._program.getStatus()
            found.append(round(self._program.getObjVal()) - inside)
        return Reach(*found)
