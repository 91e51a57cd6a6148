"""The gate's question asked once more, from a certificate's printed counts alone, by another solver.

Nothing of the gate is used here: not its statements, places, crowds or puzzles, and not the solver of the
program. What a count prints is turned into bounds by a table of its own; people are whole numbers in a program
for SCIP, cell by cell and quarter by quarter.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import Any

from pyscipopt import Model, quicksum

Place = tuple[str, int]
"""A category and the number of the publication by which someone stands in it; `STILL_IN` for who never left."""

MOVING = {"extension"}
"""Tables in which people change rows: who was not extended yet can be later."""
STILL_IN: Place = ("still in", -1)
MOST = 3


def bounds(shown: int | str | Mapping[str, int]) -> tuple[int, int]:
    """Between which counts a print lies: below five; 5 to 7; two to either side of any other multiple of five.

    What one official was told exactly is just that.
    """
    if shown == "<5":
        return 0, 4
    if isinstance(shown, Mapping):
        return shown["exactly"], shown["exactly"]
    assert isinstance(shown, int)
    assert shown % 5 == 0
    return (5, 7) if shown == 5 else (shown - 2, shown + 2)


def asked_for(known: int) -> int:
    """How many numbers of others must stay possible where so many members know of themselves."""
    return {0: 3, 1: 3, 2: 3, 3: 2}[known]


@dataclass(frozen=True)
class Target:
    """A count that prints below five: in which publication, over which categories, and until when it does."""

    name: str
    at: int
    categories: frozenset[str]
    until: int


@dataclass(frozen=True)
class Series:
    """A further table through all publications: everyone of its cohort stands in one of its rows.

    In a table of stays, rows that count the same outcomes; `among` is None elsewhere and empty for who had not left.
    """

    name: str
    of_exits: bool
    rows: tuple[str, ...]
    among: frozenset[str] | None = None

    @property
    def of_who_is_still_to_leave(self) -> bool:
        return self.among == frozenset()


@dataclass(frozen=True)
class Room:
    """The fewest and the most other people that can be in a target. None where no such coalition can exist."""

    fewest: int
    most: int
    known: int

    @property
    def is_enough(self) -> bool:
        return self.fewest == 0 and self.most - self.fewest + 1 >= asked_for(self.known)


class Oracle:
    """Everything printed in the publications of one certificate, as whole numbers of people."""

    def __init__(self, publications: Sequence[Mapping[str, Any]]) -> None:
        self.publications = sorted(publications, key=lambda one: one["cut_off"])
        self._model = Model()
        self._model.hideOutput()
        self._model.setParam("limits/gap", 0.0)
        self._came: dict[Place, Any] = {}
        self._inside: dict[int, Any] = {}
        self._people: dict[int, Any] = {}
        for number, publication in enumerate(self.publications):
            self._write(number, publication)
        self.series: list[Series] = []
        self._in_row: dict[tuple[int, str, int], Any] = {}
        for publication in self.publications:
            for table in publication.get("tables", ()):
                for one in _series(table):
                    if one not in self.series:
                        self.series.append(one)
                        self._write_series(len(self.series) - 1, one)

    def _write_series(self, at: int, one: Series) -> None:
        """Nobody leaves a row, and in every quarter the rows add up to the same people as the outcomes do."""
        for number, publication in enumerate(self.publications):
            for row in one.rows:
                self._in_row[at, row, number] = self._whole()
            so_far = {row: self._row_total(at, row, number) for row in one.rows}
            if one.of_who_is_still_to_leave:
                # Whoever entered left or is still to; some left more than once.
                if number in self._people:
                    left = self._total(publication["categories"], number)
                    everybody = quicksum([left, *so_far.values()])
                    self._model.addCons(everybody >= self._people[number])
            elif one.of_exits:
                whole = self._total(sorted(one.among or publication["categories"]), number)
                self._model.addCons(quicksum(so_far.values()) == whole)
            elif number in self._people:
                self._model.addCons(quicksum(so_far.values()) == self._people[number])
            for table in publication.get("tables", ()):
                if one in _series(table):
                    for row in table["rows"]:
                        if row["id"] in so_far:
                            low, high = bounds(row["printed"])
                            self._model.addCons(so_far[row["id"]] >= low)
                            self._model.addCons(so_far[row["id"]] <= high)

    def _row_total(self, at: int, row: str, number: int) -> Any:
        if self.series[at].name in MOVING or self.series[at].of_who_is_still_to_leave:
            return self._in_row[at, row, number]
        return quicksum(self._in_row[at, row, quarter] for quarter in range(number + 1))

    def _write(self, number: int, publication: Mapping[str, Any]) -> None:
        # Who stands where a rule leaves nobody, now or later, cannot have come there in this quarter.
        ruled_out = {c for p in self.publications[number:] for c in p["structural_zeros"]}
        for category in publication["categories"]:
            if category not in ruled_out:
                self._came[category, number] = self._whole()
        for count in publication["counts"]:
            low, high = bounds(count["printed"])
            total = self._total(count["categories"], number)
            if not count["with_still_in"]:
                self._model.addCons(total >= low)
                self._model.addCons(total <= high)
            else:
                self._people[number] = self._whole()
                self._model.addCons(self._people[number] >= low)
                self._model.addCons(self._people[number] <= high)
                if self._compares(publication):
                    self._inside[number] = self._whole()
                    self._model.addCons(total + self._inside[number] == self._people[number])
        for kept in publication["kept_back"]:
            total = self._total(kept["categories"], number)
            choices = [(self._model.addVar(vtype="B"), *bounds(one)) for one in kept["one_of"]]
            self._model.addCons(quicksum(chosen for chosen, _, _ in choices) == 1)
            self._model.addCons(total >= quicksum(c * low for c, low, _ in choices))
            self._model.addCons(total <= quicksum(c * high for c, _, high in choices))

    def _whole(self) -> Any:
        return self._model.addVar(vtype="I", lb=0, ub=100_000)

    def _total(self, categories: Sequence[str], number: int) -> Any:
        return quicksum(
            self._came[category, quarter]
            for category in categories
            for quarter in range(number + 1)
            if (category, quarter) in self._came
        )

    @staticmethod
    def _compares(publication: Mapping[str, Any]) -> bool:
        """People who come back are several exits; where more exits than people can be, nothing follows."""
        exits = [
            bounds(count["printed"])[1]
            for count in publication["counts"]
            if not count["with_still_in"]
            and set(count["categories"]) == set(publication["categories"])
        ]
        people = [
            bounds(count["printed"])[1] for count in publication["counts"] if count["with_still_in"]
        ]
        return bool(exits and people) and people[0] >= exits[0]

    @cached_property
    def targets(self) -> list[Target]:
        """Every count that prints below five, and until which publication it still does."""
        found = []
        for number, publication in enumerate(self.publications):
            for count in publication["counts"]:
                if count["printed"] == "<5":
                    until = max(
                        later
                        for later, other in enumerate(self.publications)
                        if any(
                            c["name"] == count["name"] and c["printed"] == "<5"
                            for c in other["counts"]
                        )
                    )
                    categories = frozenset(count["categories"])
                    found.append(Target(count["name"], number, categories, until))
        return found

    @property
    def places(self) -> list[Place]:
        """Everywhere that someone can stand."""
        return [*self._came, *([STILL_IN] if self._inside else [])]

    def coalitions(self) -> Iterator[tuple[Place, ...]]:
        """Nobody, and every one, two and three people."""
        for size in range(MOST + 1):
            yield from combinations_with_replacement(self.places, size)

    def sampled(
        self, drawn: random.Random, count: int
    ) -> Iterator[tuple[Target, tuple[Place, ...], tuple[tuple[str, ...], ...]]]:
        """Targets with coalitions, half of them with members in the target, and a row in each table for everyone."""
        for _ in range(count if self.targets else 0):
            target = drawn.choice(self.targets)
            near = [place for place in self.places if place[0] in target.categories]
            members = tuple(
                drawn.choice(near if near and drawn.random() < 0.5 else self.places)
                for _ in range(drawn.randint(0, MOST))
            )
            rows = tuple(tuple(drawn.choice(one.rows) for one in self.series) for _ in members)
            yield target, members, rows

    @cached_property
    def fits(self) -> bool:
        """Answers whether any table of people fits everything printed."""
        self._model.freeTransform()
        self._stand((), ())
        self._model.setObjective(quicksum([]), "minimize")
        self._model.optimize()
        return self._model.getStatus() == "optimal"

    def room(
        self,
        target: Target,
        members: Sequence[Place],
        rows: Sequence[Sequence[str]] = (),
    ) -> Room | None:
        """The least and greatest number of others in a target, or None where no table holds these members.

        `rows` says for each member in which row of every further table they stand; without it, it does not matter.
        """
        self._model.freeTransform()
        self._stand(members, rows)
        inside_now = sum(c in target.categories and 0 <= q <= target.at for c, q in members)
        known = sum(c in target.categories and 0 <= q <= target.until for c, q in members)
        found = []
        for sense in ("minimize", "maximize"):
            self._model.freeTransform()
            self._model.setObjective(self._total(sorted(target.categories), target.at), sense)
            self._model.optimize()
            if self._model.getStatus() == "infeasible":
                return None
            assert self._model.getStatus() == "optimal", self._model.getStatus()
            found.append(round(self._model.getObjVal()) - inside_now)
        return Room(found[0], found[1], known)

    def _stand(self, members: Sequence[Place], rows: Sequence[Sequence[str]]) -> None:
        """Puts members in their places; they are taken to have come before the first cut-off, which leaves others
        least room."""
        for place, came in self._came.items():
            self._model.chgVarLb(came, sum(member == place for member in members))
        for number, inside in self._inside.items():
            later = [member for member in members if member == STILL_IN or member[1] > number]
            self._model.chgVarLb(inside, len(later))
        counted: Counter[tuple[int, str, int]] = Counter()
        for member, mine in zip(members, rows, strict=False):
            for at, row in enumerate(mine):
                if self.series[at].name in MOVING:
                    continue
                one = self.series[at]
                if one.of_who_is_still_to_leave:
                    for number in range(len(self.publications)):
                        if member == STILL_IN or member[1] > number:
                            counted[at, row, number] += 1
                elif not one.of_exits:
                    counted[at, row, 0] += 1
                elif member != STILL_IN and (one.among is None or member[0] in one.among):
                    counted[at, row, member[1]] += 1
        for key, people in self._in_row.items():
            self._model.chgVarLb(people, counted[key])


def _series(table: Mapping[str, Any]) -> list[Series]:
    """A table as one series, one of stays as a series for each set of outcomes that its rows count."""
    if table["cohort"] != "stays":
        rows = tuple(row["id"] for row in table["rows"])
        return [Series(table["id"], table["cohort"] == "exits", rows)]
    parts: dict[frozenset[str], list[str]] = {}
    for row in table["rows"]:
        parts.setdefault(frozenset(row["among"]), []).append(row["id"])
    return [Series(table["id"], True, tuple(rows), among) for among, rows in parts.items()]
