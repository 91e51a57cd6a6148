"""How well names are found: 1,000 people, 1,000 other spellings of their names, and people who are not there.

Run: .venv/bin/python -m benchmarks.name_search [--json] [--missed]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.name_variants import FAMILY, GIVEN, STRANGERS
from caseflow.domain import name_matching
from caseflow.domain.name_matching import Name
from caseflow.services.name_search import NEAR_AT_MOST

PEOPLE: Final = 1_000
SEARCHES: Final = 1_000
SEED: Final = 1951
HITS: Final = 10

Pair = tuple[int, int]


@dataclass
class Measured:
    """What one run found."""

    recall: dict[str, float]
    """Share of the searches whose person stands among the first ten, for each kind and for all."""
    others: float
    """Other people among the first ten of a search, on average."""
    alone: float
    """Share of the searches that answer the person and nobody else."""
    strangers: float
    """Share of the searches for somebody who is not there that answer anybody."""
    milliseconds: float
    """Processor time of one search through everybody, median."""
    missed: list[tuple[str, str, str]] = field(default_factory=list)


def _slip(chance: random.Random, word: str) -> str:
    """One slip of the finger: two letters exchanged, one left out, one doubled, one replaced; never the first."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeionrst") + word[at + 1 :],
        )
    )


def _latin(spellings: Sequence[str]) -> list[str]:
    return [one for one in spellings if one.isascii()]


def _spelled(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> str:
    return f"{chance.choice(given)} {chance.choice(family)}"


def _swapped(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> str:
    return f"{chance.choice(family)} {chance.choice(given)}"


def _slipped(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> str:
    words = [chance.choice(_latin(given)), chance.choice(_latin(family))]
    at = chance.randrange(2)
    words[at] = _slip(chance, words[at])
    return " ".join(words)


def _own_script(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> str:
    """Each in its own script, or with the accents of its own spelling, where it has such."""
    return f"{given[-1]} {family[-1]}" if chance.random() < 0.5 else f"{family[-1]} {given[-1]}"


KINDS: Final[dict[str, Callable[[random.Random, Sequence[str], Sequence[str]], str]]] = {
    "another spelling": _spelled,
    "swapped order": _swapped,
    "a slip": _slipped,
    "own script or accents": _own_script,
}


def people(chance: random.Random, among: int = PEOPLE) -> dict[Pair, str]:
    """So many names, each of another pair, in one of their spellings."""
    pairs = [(g, f) for g in range(len(GIVEN)) for f in range(len(FAMILY))]
    return {(g, f): _spelled(chance, GIVEN[g], FAMILY[f]) for g, f in chance.sample(pairs, among)}


def measure(searches: int = SEARCHES, among: int = PEOPLE) -> Measured:
    """Searches for people by other spellings of their names, and for strangers."""
    chance = random.Random(SEED)
    recorded = people(chance, among)
    names: dict[str, Name] = {
        f"{g}-{f}": name_matching.name(one) for (g, f), one in recorded.items()
    }
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    others, alone, times, missed = 0, 0, [], []
    for place in range(searches):
        kind = list(KINDS)[place % len(KINDS)]
        g, f = chance.choice(list(recorded))
        typed = KINDS[kind](chance, GIVEN[g], FAMILY[f])
        began = time.process_time()
        answer = name_matching.nearest(typed, names, at_most=NEAR_AT_MOST)
        times.append((time.process_time() - began) * 1_000)
        first = [key for key, _near in answer[:HITS]]
        asked[kind] += 1
        is_found = f"{g}-{f}" in first
        found[kind] += is_found
        others += len(first) - is_found
        alone += is_found and len(answer) == 1
        if not is_found:
            missed.append((kind, typed, recorded[g, f]))
    answered = sum(bool(name_matching.nearest(one, names, at_most=HITS)) for one in STRANGERS)
    recall = {kind: found[kind] / asked[kind] for kind in asked}
    return Measured(
        recall | {"all": sum(found.values()) / searches},
        others / searches,
        alone / searches,
        answered / len(STRANGERS),
        statistics.median(times),
        missed,
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--missed", action="store_true", help="also the searches that missed")
    asked = parser.parse_args()
    told = measure()
    figures = {
        **{f"recall at {HITS}, {kind}": round(share, 4) for kind, share in told.recall.items()},
        "other people among the first ten, mean": round(told.others, 2),
        "the person and nobody else": round(told.alone, 4),
        "strangers who found somebody": round(told.strangers, 4),
        "milliseconds of one search": round(told.milliseconds, 1),
    }
    if asked.json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:45} {figure}")
    if asked.missed:
        for kind, typed, recorded in told.missed:
            print(f"{kind}: {typed} | {recorded}")


if __name__ == "__main__":
    main()
