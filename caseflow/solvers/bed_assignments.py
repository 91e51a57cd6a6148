"""The best plan for all waiting people and free beds at once: a mixed-integer program, solved by HiGHS.

First the points of everybody placed count, then how many are placed, then how well they fit. It starts from the better
of two rules of thumb and answers nothing worse, whatever the clock says. How far the optimum can be at most stands
beside the answer (`Solved.gap`). Decision 0164.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.bed_assignments import Pair, Plan, Puzzle, broken, scored
from caseflow.domain.first_come import first_come_first_served, most_points_first
from caseflow.solvers.bed_models import Model, Outcome

SECONDS_AT_MOST: Final = 25.0
"""For one puzzle; the points get most of it, how well people fit gets what is left."""
SHARE_FOR_POINTS: Final = 0.7
CHOICES_OF_A_SMALL_PUZZLE: Final = 6_000
"""Above this, only those who have a bed in the best plan change beds for a better fit; others with as many points are
not tried in their place, because that search does not end in time."""
LESS_THAN_ONE: Final = 0.5
"""All that counts first is whole: half is room for the solver's tolerance, and for no worse plan."""


@dataclass(frozen=True)
class Solved:
    """The best plan found, what first come, first served would have given, and how sure this is."""

    plan: Plan
    first_come: Plan
    points_at_most: int
    """No plan under the rules places people with more points than these."""
    is_best: bool
    """Whether it is proven that no plan has more points, and none with as many places more people or fits better."""
    seconds: float

    @property
    def gap(self) -> float:
        """How many of the possible points may have been missed, as a share; 0 where the points are proven."""
        if self.points_at_most == self.plan.score.points:
            return 0.0
        return (self.points_at_most - self.plan.score.points) / self.points_at_most


def solve(
    puzzle: Puzzle, seconds: float = SECONDS_AT_MOST, *, forced: Mapping[str, str] | None = None
) -> Solved:
    """Answers with the best plan that is found in time. `forced` puts people on beds of a kind in a room beforehand.

    Raises ValueError where what is forced cannot be.
    """
    begun = time.monotonic()
    first = first_come_first_served(puzzle)
    start = max(first, most_points_first(puzzle), key=lambda plan: plan.score)
    model = Model(puzzle, forced or {})
    if not model.choices:
        return Solved(start, first, 0, True, time.monotonic() - begun)
    weights = model.weights
    by_points = model.run(
        weights,
        seconds * SHARE_FOR_POINTS,
        start=None if forced else start.bed_of,
    )
    best = _plan(puzzle, by_points, None if forced else start)
    at_most = min(model.points(by_points.bound), model.points_with_every_bed)
    points_proven = by_points.is_best
    is_small = len(model.choices) <= CHOICES_OF_A_SMALL_PUZZLE
    fits = model.run(
        model.misfits,
        max(1.0, seconds - (time.monotonic() - begun)),
        start=best.bed_of,
        at_least=(weights, model.worth(best.bed_of) - LESS_THAN_ONE) if is_small else None,
        placed=None if is_small else best.bed_of,
    )
    better = _plan(puzzle, fits, best)
    return Solved(
        better,
        first,
        max(at_most, better.score.points),
        points_proven and fits.is_best and is_small,
        time.monotonic() - begun,
    )


def _plan(puzzle: Puzzle, found: Outcome, otherwise: Plan | None) -> Plan:
    """What was found as a plan, unless what was there before is as good, or a rule is broken after all."""
    if found.pairs is not None:
        pairs = _on_beds(puzzle, found.pairs)
        if not broken(puzzle, pairs):
            plan = scored(puzzle, pairs)
            if otherwise is None or plan.score > otherwise.score:
                return plan
    if otherwise is None:
        raise ValueError("what was forced cannot be")
    return otherwise


def _on_beds(puzzle: Puzzle, found: Mapping[str, tuple[str, str]]) -> tuple[Pair, ...]:
    """Beds for people of whom room and kind of bed are known; beds of one kind in a room are alike.

    More people than beds get a bed twice, so that the rules notice.
    """
    free: dict[tuple[str, str], list[str]] = {}
    for bed in reversed(puzzle.beds):
        free.setdefault((bed.room, bed.kind), []).append(bed.id)
    pairs = []
    for person in puzzle.people:
        if person.id in found:
            beds = free[found[person.id]]
            pairs.append(Pair(person.id, beds.pop() if len(beds) > 1 else beds[0]))
    return tuple(pairs)
