"""Suggestions against first come, first served: points and people placed, how sure, and how long it took.

Run: .venv/bin/python -m benchmarks.suggestions [--json] [--seconds 30]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from dataclasses import asdict, dataclass
from typing import Final

from benchmarks.bed_puzzles import Town, puzzle
from caseflow.domain.bed_assignments import broken
from caseflow.solvers.bed_assignments import SECONDS_AT_MOST, solve

TOWNS: Final = {
    "40 people, 40 beds": Town(40, 40, 5),
    "200 people, 60 beds": Town(200, 60, 15),
    "500 people, 500 beds": Town(500, 500, 40),
    "500 people, 500 beds, plain": Town(500, 500, plain=True),
}
SEEDS: Final = (1951, 1967, 2018)


@dataclass(frozen=True)
class Measured:
    """What one town gave."""

    town: str
    seed: int
    points: int
    of_first_come: float
    """Points placed, for each that first come, first served would place."""
    placed: int
    first_come_placed: int
    gap: float
    is_best: bool
    seconds: float
    processor_seconds: float
    broken: int


def measure(name: str, town: Town, seed: int, seconds: float) -> Measured:
    """Solves one town and looks at what came of it."""
    puzzled = puzzle(town, seed)
    begun = time.process_time()
    solved = solve(puzzled, seconds)
    score, first = solved.plan.score, solved.first_come.score
    return Measured(
        name,
        seed,
        score.points,
        score.points / max(1, first.points),
        score.placed,
        first.placed,
        solved.gap,
        solved.is_best,
        solved.seconds,
        time.process_time() - begun,
        len(broken(puzzled, solved.plan.pairs)),
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=SECONDS_AT_MOST)
    asked.add_argument("--town", default="")
    given = asked.parse_args()
    found = [
        measure(name, town, seed, given.seconds)
        for name, town in TOWNS.items()
        if given.town in name
        for seed in SEEDS
    ]
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=1))
        return
    print(f"Python {platform.python_version()}, at most {given.seconds:g} s each")
    print(
        f"{'town':30}{'points':>8}{'/ first':>9}{'placed':>8}{'first':>7}{'gap':>9}{'best':>6}{'s':>7}"
    )
    for one in found:
        print(
            f"{one.town:30}{one.points:>8}{one.of_first_come:>9.3f}{one.placed:>8}{one.first_come_placed:>7}"
            f"{one.gap:>9.4%}{'yes' if one.is_best else 'no':>6}{one.seconds:>7.1f}"
            + ("   RULE BROKEN" if one.broken else "")
        )


if __name__ == "__main__":
    main()
