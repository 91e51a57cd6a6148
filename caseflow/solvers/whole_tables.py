"""The exact attack: whole tables of people that fit everything printed, found or ruled out by an integer program.

The quick search of the domain may miss a table where printed sums cross; this one does not. What it finds is
checked by adding up, so that no tolerance of the solver can let a pass through. It runs on one processor and stops
after a fixed number of branches, never after a time, so that everybody comes to the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Final

import highspy

from caseflow.domain.attacks import GaveUp
from caseflow.domain.printed_statements import Disclosed, Range, Table
from caseflow.domain.witnesses import adds_up

BRANCHES: Final = 2_000
"""How many branches one search may take; a table that is not found by then is not found."""
ROOM: Final = 3
"""How many people more each sum should bear, where it can: one table then answers for many coalitions."""
NO_LIMIT: Final = 1_000_000


_FOUND: Final = 2
"""The solver's code for a solution that fits its rows."""


class _Program:
    """Unknowns and sums as columns and rows, written once; ranges and the aim change from run to run."""

    def __init__(self, disclosed: Disclosed) -> None:
        self._disclosed = disclosed
        self._unknowns = len(disclosed.unknowns)

    def _room(self, at: int, more: bool) -> int:
        """The column for the first person more in a sum, or for those after."""
        return self._unknowns + 2 * at + more

    def table(self, ranges: Sequence[Sequence[Range]]) -> Table | None:
        """A table whose sums lie in these ranges, with room for more people in each sum where there can be."""
        if any(not some for some in ranges):
            return None
        # One more in every sum before more in any; and other questions get other tables, so that
        # together they answer for more.
        chance = Random(repr(ranges))
        aim = {
            self._room(at, more): chance.random() if more else 2 + chance.random()
            for at in range(len(ranges))
            for more in (False, True)
        }
        values = self._run(ranges, aim, branches=BRANCHES)
        if values is None:
            return None
        table = values[: self._unknowns]
        if not adds_up(self._disclosed, table, ranges):
            raise GaveUp
        return table

    def extreme(self, ranges: Sequence[Sequence[Range]], target: int, sign: int) -> int | None:
        """The greatest (sign 1) or least (sign -1) sum of a target, or None where nothing fits."""
        aim = dict.fromkeys(self._disclosed.sums[target].unknowns, float(sign))
        values = self._run(ranges, aim, branches=None)
        if values is None:
            return None
        if not adds_up(self._disclosed, values[: self._unknowns], ranges):
            raise GaveUp
        return sum(values[at] for at in self._disclosed.sums[target].unknowns)

    def _run(
        self, ranges: Sequence[Sequence[Range]], aim: Mapping[int, float], branches: int | None
    ) -> Table | None:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("parallel", "off")
        solver.setOptionValue("random_seed", 1)
        solver.setOptionValue("mip_rel_gap", 0.0 if branches is None else 0.03)
        if branches is not None:
            solver.setOptionValue("mip_max_nodes", branches)
        if solver.passModel(self._model(ranges, aim)) == highspy.HighsStatus.kError:
            raise GaveUp
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        values = list(solver.getSolution().col_value)
        if not values or solver.getInfo().primal_solution_status != _FOUND:
            raise GaveUp
        return tuple(round(value) for value in values)

    def _model(
        self, ranges: Sequence[Sequence[Range]], aim: Mapping[int, float]
    ) -> highspy.HighsLp:
        """Unknowns, then the room in each sum, then one choice for each range of a sum that has several."""
        count = self._unknowns + 2 * len(ranges)
        lower = [0.0] * count
        upper = [float(NO_LIMIT)] * self._unknowns + [1.0, float(ROOM - 1)] * len(ranges)
        rows: list[tuple[float, float, list[tuple[int, float]]]] = []
        for at, (one, some) in enumerate(zip(self._disclosed.sums, ranges, strict=True)):
            terms = [(unknown, 1.0) for unknown in one.unknowns]
            low, high = float(some[0][0]), float(some[-1][1])
            room = [(self._room(at, more), 1.0) for more in (False, True)]
            rows.append((low, high, terms))
            rows.append((-float(NO_LIMIT), high, [*terms, *room]))
            if len(some) > 1:
                chosen = [(count + number, some[number]) for number in range(len(some))]
                count += len(some)
                lower += [0.0] * len(some)
                upper += [1.0] * len(some)
                rows.append((1.0, 1.0, [(column, 1.0) for column, _ in chosen]))
                lows = [(column, -float(one_low)) for column, (one_low, _) in chosen]
                highs = [(column, -float(one_high)) for column, (_, one_high) in chosen]
                rows.append((0.0, float(NO_LIMIT), [*terms, *lows]))
                rows.append((-float(NO_LIMIT), 0.0, [*terms, *highs]))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = [aim.get(column, 0.0) for column in range(count)]
        model.col_lower_, model.col_upper_ = lower, upper
        model.row_lower_ = [low for low, _, _ in rows]
        model.row_upper_ = [high for _, high, _ in rows]
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = list(accumulate((len(terms) for _, _, terms in rows), initial=0))
        matrix.index_ = [column for _, _, terms in rows for column, _ in terms]
        matrix.value_ = [value for _, _, terms in rows for _, value in terms]
        return model


def table_within(disclosed: Disclosed, ranges: Sequence[Sequence[Range]]) -> Table | None:
    """A whole table whose sums lie in these ranges, or None where there is none.

    Raises `GaveUp` where the search took more than `BRANCHES`.
    """
    return _Program(disclosed).table(ranges)


def others_possible(
    disclosed: Disclosed, members: Sequence[int], target: int
) -> tuple[int, int] | None:
    """The least and the greatest number of other people in a target, over all whole tables that hold the members.

    `members` are places by position, `target` is a statement by position. None where no table holds them.
    Raises `GaveUp` where the solver comes to no answer.
    """
    counted: Counter[int] = Counter()
    for member in members:
        counted.update(disclosed.counted_in[member])
    program = _Program(disclosed)
    ranges = [
        tuple((max(low - counted[at], 0), high - counted[at]) for low, high in one.ranges)
        for at, one in enumerate(disclosed.sums)
    ]
    ranges = [tuple(one for one in some if one[0] <= one[1]) for some in ranges]
    if any(not some for some in ranges):
        return None
    least, most = (program.extreme(ranges, target, sign) for sign in (-1, 1))
    return None if least is None or most is None else (least, most)
