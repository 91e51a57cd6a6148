"""Invented programmes through four quarters, and people taken out of them: what came of it, counted.

Run: .venv/bin/python -m tests.campaigns [--programmes 200] [--removals 1000] [--workers 1]. Prints what
docs/measurements.md keeps.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context

from caseflow.domain.certificates import check_certificate
from caseflow.domain.decisions import Refused
from caseflow.domain.publication_rules import Level
from tests.campaigns.invented import QUARTERS, Invented, Quarter, invented, last_certificate, year
from tests.campaigns.measured import tell_campaign, tell_removals
from tests.campaigns.oracle import Oracle
from tests.campaigns.truths import printed_figures, truths

ORACLE_ASKED = 40
"""How many coalitions of each programme the oracle is asked about."""
CHECKED = 10
"""Of every so many programmes the certificate is checked from its file alone."""
LARGE = 100
TOLD_EVERY = 10
"""After so many programmes a campaign says how it stands."""
TOO_FEW = "exits would be printed"
READ_AS = 2
"""What a reader takes `<5` for."""


@dataclass
class Findings:
    """What a campaign counted; two of them add up."""

    programmes: int = 0
    cut_offs: int = 0
    published: int = 0
    large: int = 0
    large_with_table: int = 0
    large_refused: list[str] = field(default_factory=list)
    counts: int = 0
    off_by: int = 0
    asked: int = 0
    too_close: list[str] = field(default_factory=list)
    checked: int = 0
    unsound: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def __iadd__(self, other: Findings) -> Findings:
        for name, mine in vars(self).items():
            setattr(self, name, mine + getattr(other, name))
        return self

    @property
    def error(self) -> float:
        """Answers how far a printed count is from the true one, on average."""
        return self.off_by / self.counts

    @property
    def share_with_table(self) -> float:
        """Answers in how many of the cut-offs with 100 exits or more the outcome table was published."""
        return self.large_with_table / self.large


def a_year(number: int) -> Findings:
    """Publishes four quarters of one invented programme, and lets the oracle look at what came out."""
    return of_a_year(invented(number))


def of_a_year(programme: Invented) -> Findings:
    """The same for a programme that is given."""
    found = Findings(programmes=1)
    began = time.process_time()
    quarters = list(year(programme))
    found.seconds.append(time.process_time() - began)
    for quarter in quarters:
        _measure(found, programme, quarter)
    _ask_oracle(found, programme.number, quarters)
    return found


def _measure(found: Findings, programme: Invented, quarter: Quarter) -> None:
    found.cut_offs += 1
    draft = quarter.draft
    found.published += draft is not None
    if quarter.counted.exits >= LARGE:
        found.large += 1
        if draft is not None and draft.level not in {Level.NONE, Level.HEADLINE}:
            found.large_with_table += 1
        else:
            why = (
                str(quarter.outcome.reason) if isinstance(quarter.outcome, Refused) else "headline"
            )
            found.large_refused.append(f"{programme.number} {quarter.as_of}: {why}")
    if draft is None:
        return
    for shown, true in truths(draft, quarter.counted):
        found.counts += 1
        found.off_by += abs((READ_AS if shown.value is None else shown.value) - true)


def _ask_oracle(found: Findings, number: int, quarters: Sequence[Quarter]) -> None:
    certificate = last_certificate(quarters)
    if certificate is None:
        return
    if number % CHECKED == 0:
        found.checked += 1
        found.unsound += [f"{number}: {problem}" for problem in check_certificate(certificate)]
    oracle = Oracle(certificate["publications"])
    if not oracle.fits:
        found.unsound.append(f"{number}: no people fit what was printed")
    drawn = random.Random(f"oracle {number}")
    for target, members, rows in oracle.sampled(drawn, ORACLE_ASKED):
        room = oracle.room(target, members, rows)
        if room is None:
            continue
        found.asked += 1
        if not room.is_enough:
            found.too_close.append(f"{number}: {target} {members} {rows} {room}")


def campaign(numbers: Iterable[int], workers: int) -> Findings:
    """Answers with everything that was counted over these programmes."""
    found = Findings()
    for one in _each(a_year, numbers, workers):
        found += one
        if found.programmes % TOLD_EVERY == 0:
            tell_campaign(found)
    return found


@dataclass
class Removals:
    """What changed when one person had never come."""

    people: int = 0
    changed: int = 0
    on_both_sides: int = 0
    on_neither: int = 0
    by_size: int = 0
    by_the_gate: list[str] = field(default_factory=list)
    seconds: float = 0.0
    unsound: list[str] = field(default_factory=list)

    def __iadd__(self, other: Removals) -> Removals:
        for name, mine in vars(self).items():
            setattr(self, name, mine + getattr(other, name))
        return self


def removed(number: int, people: int) -> Removals:
    """Takes people out of one programme, each alone, and publishes with and without them."""
    found = Removals()
    drawn = random.Random(f"removals {number}")
    programme = invented(number)
    # Every fourth programme through two quarters, the others at one of the four cut-offs.
    cut_offs = QUARTERS[:2] if number % 4 == 0 else (drawn.choice(QUARTERS),)
    here = sorted({e.person for e in programme.episodes if e.entered_on <= cut_offs[-1]}, key=repr)
    began = time.process_time()
    whole = list(year(programme, cut_offs))
    for person in drawn.sample(here, min(people, len(here))):
        less = list(year(programme.without(person), cut_offs))
        found.people += 1
        for one, other in zip(whole, less, strict=True):
            if (one.draft is None) != (other.draft is None):
                if TOO_FEW in _why(one) + _why(other):
                    found.by_size += 1
                else:
                    told = f"{number} {person} {one.as_of}: {_why(one)} / {_why(other)}"
                    found.by_the_gate.append(told)
        both = [quarter.draft is not None for quarter in (*whole, *less)]
        found.on_both_sides += all(both)
        found.on_neither += not any(both)
        found.changed += [printed_figures(q) for q in whole] != [printed_figures(q) for q in less]
        for quarters in (whole, less):
            certificate = last_certificate(quarters)
            if certificate is not None and not certificate["passes"]:
                found.unsound.append(f"{number} {person}")
    found.seconds = time.process_time() - began
    return found


def _why(quarter: Quarter) -> str:
    return str(quarter.outcome.reason) if isinstance(quarter.outcome, Refused) else "published"


def removals(numbers: Sequence[int], people: int, workers: int) -> Removals:
    """Answers with everything that was counted over these programmes."""
    found = Removals()
    for done, one in enumerate(_each(partial(removed, people=people), numbers, workers), start=1):
        found += one
        if done % TOLD_EVERY == 0:
            tell_removals(found)
    return found


def _each(act: object, numbers: Iterable[int], workers: int) -> Iterator[object]:
    if workers == 1:
        yield from map(act, numbers)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(act, numbers)
