"""The rules of beds as a mixed-integer program: a number for each kind of person and kind of bed in a room.

Beds of one kind in a room are alike, and so are people whom nothing but their points tells apart: counting them instead
of naming them keeps 500 people and 500 beds small enough for half a minute.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import highspy

from caseflow.domain.bed_assignments import GENDERED, Group, Puzzle
from caseflow.solvers.bed_choices import Choice, Crowd, crowds, ways

NO_LIMIT: Final = math.inf
TOLERANCE: Final = 1e-4


class SolverFailed(Exception):
    """The solver refused its own model; what it was about stays out of the words."""


@dataclass(frozen=True)
class Outcome:
    """What one run answered: room and kind of bed by person (None: nothing found), a bound, whether it is proven."""

    pairs: Mapping[str, tuple[str, str]] | None
    bound: float
    is_best: bool


def _ones(columns: Iterable[int]) -> list[tuple[int, float]]:
    return [(column, 1.0) for column in columns]


@dataclass
class _Rows:
    """Rows of the program as they are written: lower and upper bound, and what stands in each."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(
        self, terms: Sequence[tuple[int, float]], upper: float, lower: float = -NO_LIMIT
    ) -> None:
        self.lower.append(lower)
        self.upper.append(upper)
        self.columns += [column for column, _ in terms]
        self.values += [value for _, value in terms]
        self.starts.append(len(self.columns))


class Model:
    """A puzzle as rows and columns; built once, run for several aims."""

    def __init__(self, puzzle: Puzzle, forced: Mapping[str, str]) -> None:
        self.puzzle = puzzle
        self.rows = _Rows()
        self.upper: list[float] = []
        self.lower: list[float] = []
        self.choices: dict[int, Choice] = {}
        self._of_crowd: dict[Crowd, list[int]] = {}
        self._in_room: dict[str, list[int]] = {}
        self._row_of: dict[Crowd, int] = {}
        self._levels: dict[Crowd, dict[int, int]] = {}
        """The columns that say how many people with so many points of a crowd are placed."""
        self._group: dict[tuple[str, Group], int] = {}
        self._add_choices(crowds(puzzle, frozenset(forced)))
        self._add_people()
        self._add_rooms()
        self._add_sites()
        self._force(forced)

    # columns

    def _column(self, most: float = 1.0) -> int:
        self.upper.append(most)
        self.lower.append(0.0)
        return len(self.upper) - 1

    def _add_choices(self, some: Iterable[Crowd]) -> None:
        for crowd in some:
            for room in self.puzzle.rooms:
                for kinds, most in ways(self.puzzle, crowd, room):
                    column = self._column(float(most))
                    self.choices[column] = Choice(crowd, room, kinds)
                    self._of_crowd.setdefault(crowd, []).append(column)
                    self._in_room.setdefault(room.id, []).append(column)

    # rows

    def _add_people(self) -> None:
        """Each person gets one bed at most; a party is in one room, all of it, or nowhere."""
        for crowd, columns in self._of_crowd.items():
            if crowd.together or len(crowd.people) == 1:
                self._row_of[crowd] = len(self.rows.lower)
                self.rows.add(_ones(columns), 1.0)
                continue
            levels = Counter(person.points for person in crowd.people)
            self._levels[crowd] = {
                points: self._column(float(count)) for points, count in levels.items()
            }
            chosen = [(one, -1.0) for one in self._levels[crowd].values()]
            self.rows.add([*_ones(columns), *chosen], 0.0, 0.0)

    def _add_rooms(self) -> None:
        for room_id, columns in self._in_room.items():
            for kind, count in self.puzzle.kinds_in[room_id].items():
                self.rows.add(self._taking(columns, kind), float(count))
            if self.puzzle.room[room_id].one_party:
                self.rows.add(_ones(columns), 1.0)
            else:
                self._share(room_id, columns)

    def _taking(self, columns: Iterable[int], kind: str) -> list[tuple[int, float]]:
        """How many beds of a kind each column takes."""
        return [
            (column, float(count))
            for column in columns
            if (count := self.choices[column].kinds.count(kind))
        ]

    def _share(self, room_id: str, columns: Sequence[int]) -> None:
        """A room is one party's own, or shared by people of one group; who leaves it unsaid shares with either."""
        kinds = self.puzzle.kinds_in[room_id]
        own = [one for one in columns if self.choices[one].crowd.own_room]
        shared = [one for one in columns if not self.choices[one].crowd.own_room]
        if own:
            self.rows.add(_ones(own), 1.0)
            for kind, count in kinds.items():
                closed = [(one, float(count)) for one in own]
                self.rows.add([*self._taking(shared, kind), *closed], float(count))
        if not {self.choices[one].crowd.group for one in shared}.issuperset(GENDERED):
            return
        says = {group: self._column() for group in GENDERED}
        self.rows.add([*_ones(says.values()), *_ones(own)], 1.0)
        for group, column in says.items():
            self._group[room_id, group] = column
            of_it = [one for one in shared if self.choices[one].crowd.group is group]
            for kind, count in kinds.items():
                self.rows.add([*self._taking(of_it, kind), (column, -float(count))], 0.0)

    def _add_sites(self) -> None:
        at: dict[str, list[tuple[int, float]]] = {}
        at_site: dict[tuple[str, str], list[int]] = {}
        in_room: dict[tuple[str, str], list[int]] = {}
        for column, choice in self.choices.items():
            at.setdefault(choice.room.site, []).append((column, float(len(choice.kinds))))
            for person in choice.crowd.people if choice.crowd.together else ():
                at_site.setdefault((person.id, choice.room.site), []).append(column)
                in_room.setdefault((person.id, choice.room.id), []).append(column)
        for site, most in self.puzzle.people_at_most.items():
            if site in at:
                self.rows.add(at[site], float(most))
        self._keep_apart(self.puzzle.apart, at_site)
        self._keep_apart(self.puzzle.apart_in_rooms, in_room)

    def _keep_apart(
        self,
        pairs: frozenset[frozenset[str]],
        columns: Mapping[tuple[str, str], Sequence[int]],
    ) -> None:
        places = sorted({place for _, place in columns})
        for pair in sorted(sorted(one) for one in pairs):
            for place in places:
                sides = [columns[one, place] for one in pair if (one, place) in columns]
                if len(sides) > 1:
                    self.rows.add(_ones(column for side in sides for column in side), 1.0)

    def _force(self, forced: Mapping[str, str]) -> None:
        """Puts parties on beds beforehand: in that room, of those kinds."""
        wanted = {person: self.puzzle.bed[bed] for person, bed in forced.items()}
        for crowd in {self._crowd_of.get(person) for person in forced}:
            beds = [wanted[one.id] for one in crowd.people] if crowd else []
            found = [
                column
                for column in (self._of_crowd[crowd] if crowd else ())
                if {self.choices[column].room.id} == {bed.room for bed in beds}
                and sorted(self.choices[column].kinds) == sorted(bed.kind for bed in beds)
            ]
            if not found:
                raise ValueError("what was forced cannot be")
            self.lower[found[0]] = 1.0

    @cached_property
    def _crowd_of(self) -> Mapping[str, Crowd]:
        return {person.id: crowd for crowd in self._of_crowd for person in crowd.people}

    # aims

    @cached_property
    def _people(self) -> int:
        return sum(1 for _ in self.puzzle.people)

    def _weight(self, points: int) -> float:
        """Points first, then how many: one more point is worth more than everybody."""
        return float(points * (self._people + 1) + 1)

    @property
    def weights(self) -> dict[int, float]:
        """What each column adds to points and number."""
        found: dict[int, float] = {}
        for crowd, columns in self._of_crowd.items():
            if crowd in self._levels:
                for points, column in self._levels[crowd].items():
                    found[column] = self._weight(points)
            else:
                all_of_it = sum(self._weight(person.points) for person in crowd.people)
                found |= dict.fromkeys(columns, all_of_it)
        return found

    @property
    def misfits(self) -> dict[int, float]:
        """Minus how badly each choice fits."""
        return {
            column: -float(
                sum(
                    self.puzzle.misfits[person.kind, kind]
                    for person, kind in zip(choice.crowd.people, choice.kinds, strict=False)
                )
            )
            for column, choice in self.choices.items()
        }

    def points(self, bound: float) -> int:
        """The points in a bound on the weights."""
        return math.floor(bound + TOLERANCE) // (self._people + 1)

    @property
    def points_with_every_bed(self) -> int:
        """No plan has more: every free bed goes to whoever has most points of those with a choice at all."""
        people = (person for crowd in self._of_crowd for person in crowd.people)
        return sum(sorted((one.points for one in people), reverse=True)[: len(self.puzzle.beds)])

    def worth(self, bed_of: Mapping[str, str]) -> float:
        """What a plan is worth in the weights."""
        return sum(self._weight(self.puzzle.person[one].points) for one in bed_of)

    # running

    def run(
        self,
        aim: Mapping[int, float],
        seconds: float,
        *,
        start: Mapping[str, str] | None = None,
        at_least: tuple[Mapping[int, float], float] | None = None,
        placed: Mapping[str, str] | None = None,
    ) -> Outcome:
        """The most of an aim in the time given.

        `at_least` keeps what another aim reached already; `placed` gives everybody of a plan a bed, and nobody else.
        """
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # has no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("time_limit", float(seconds))
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.5)
        solver.setOptionValue("random_seed", 1)
        if solver.passModel(self._program(aim, at_least, placed)) == highspy.HighsStatus.kError:
            raise SolverFailed("the model was refused")
        if start is not None:
            told = highspy.HighsSolution()
            told.col_value = self._values(start)
            solver.setSolution(told)
        if solver.run() == highspy.HighsStatus.kError:
            raise SolverFailed("the run failed")
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome(None, 0.0, True)
        best = status == highspy.HighsModelStatus.kOptimal
        bound = float(info.mip_dual_bound)
        if not math.isfinite(bound):
            bound = self._no_more_than(aim)
        values = list(solver.getSolution().col_value)
        if not values or not math.isfinite(info.objective_function_value):
            return Outcome(None, bound, False)
        return Outcome(self._named(values), bound, best)

    def _named(self, values: Sequence[float]) -> dict[str, tuple[str, str]]:
        """Numbers as people: of those who are alike, who has most points goes first."""
        found: dict[str, tuple[str, str]] = {}
        for crowd, columns in self._of_crowd.items():
            left = list(reversed(crowd.people))
            for column in columns:
                choice = self.choices[column]
                for _ in range(round(values[column])):
                    for kind in choice.kinds[: len(left)]:
                        found[left.pop().id] = (choice.room.id, kind)
        return found

    def _no_more_than(self, aim: Mapping[int, float]) -> float:
        """What the aim cannot pass whatever the rules say."""
        return sum(max(0.0, value) * self.upper[column] for column, value in aim.items())

    def _program(
        self,
        aim: Mapping[int, float],
        at_least: tuple[Mapping[int, float], float] | None,
        placed: Mapping[str, str] | None,
    ) -> highspy.HighsLp:
        rows = self.rows
        lower, upper = list(rows.lower), list(rows.upper)
        starts, columns, values = list(rows.starts), list(rows.columns), list(rows.values)
        if at_least is not None:
            weights, reached = at_least
            lower.append(reached)
            upper.append(NO_LIMIT)
            columns += weights
            values += weights.values()
            starts.append(len(columns))
        program = highspy.HighsLp()
        count = len(self.upper)
        program.num_col_, program.num_row_ = count, len(lower)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = [aim.get(column, 0.0) for column in range(count)]
        program.col_lower_, program.col_upper_ = self._bounds(placed, lower)
        program.row_lower_, program.row_upper_ = lower, upper
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.num_col_, program.a_matrix_.num_row_ = count, len(lower)
        program.a_matrix_.start_ = starts
        program.a_matrix_.index_ = columns
        program.a_matrix_.value_ = values
        program.integrality_ = [highspy.HighsVarType.kInteger] * count
        return program

    def _bounds(
        self, placed: Mapping[str, str] | None, rows: list[float]
    ) -> tuple[list[float], list[float]]:
        """Least and most of each column; with a plan given, how many of each crowd have a bed is settled."""
        lower, upper = list(self.lower), list(self.upper)
        if placed is None:
            return lower, upper
        values = self._values(placed)
        for crowd, columns in self._of_crowd.items():
            for column in self._levels.get(crowd, {}).values():
                lower[column] = upper[column] = values[column]
            if crowd in self._row_of and crowd.people[0].id in placed:
                rows[self._row_of[crowd]] = 1.0
            elif crowd in self._row_of:
                for column in columns:
                    upper[column] = 0.0
        return lower, upper

    def _values(self, bed_of: Mapping[str, str]) -> list[float]:
        """A plan as values of the columns."""
        values = [0.0] * len(self.upper)
        columns = {
            (choice.crowd, choice.room.id, tuple(sorted(choice.kinds))): column
            for column, choice in self.choices.items()
        }
        for crowd in self._of_crowd:
            placed = [one for one in crowd.people if one.id in bed_of]
            for some in [placed] if crowd.together and placed else [[one] for one in placed]:
                beds = [self.puzzle.bed[bed_of[one.id]] for one in some]
                kinds = tuple(sorted(bed.kind for bed in beds))
                values[columns[crowd, beds[0].room, kinds]] += 1.0
                if crowd in self._levels:
                    values[self._levels[crowd][some[0].points]] += 1.0
                says = self._group.get((beds[0].room, crowd.group))
                if says is not None and not crowd.own_room:
                    values[says] = 1.0
        return values
