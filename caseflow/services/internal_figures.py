"""Exact figures for those who run a programme: on one day with their tables, and over the quarters of the last year.

Nothing here leaves the house: what a page shows of it says so, and leads to publications. Everything is counted by the
same tally as every other figure (decision 0020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.breakdowns import OF_PARTICIPANTS, Dimension, Key
from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Refused
from caseflow.domain.indicators import Figure, Indicator, Measure, figures, whole_percent
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.local_days import local
from caseflow.domain.outcomes import Outcome
from caseflow.domain.tallies import Tally
from caseflow.services import figures as counting
from caseflow.services import houses

QUARTERS: Final = 4
"""Ends of quarters that are shown beside today: with them, a year can be overlooked."""


@dataclass(frozen=True)
class Part:
    """One row of a table: what is counted, as a code, how many, and the whole percentage of all of them."""

    code: str
    count: int
    percent: int | None


@dataclass(frozen=True)
class Split:
    """Exits, people who entered, or people who are in, told apart by one dimension."""

    dimension: Dimension
    whom: str
    """`exits`, `participants` or `inside`."""
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Internal:
    """Every figure at one cut-off with its meaning, and what tells exits and people apart."""

    as_of: date
    known_on: date | None
    figures: Mapping[Measure, tuple[tuple[Figure, Indicator], ...]]
    splits: tuple[Split, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody entered by then; places may be there all the same."""
        return not any(figure.numerator for figure, _ in self.figures.get(Measure.FLOW, ()))


@dataclass(frozen=True)
class QuarterLine:
    """One indicator at each cut-off, oldest first."""

    meaning: Indicator
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Quarters:
    """The same figures at the ends of the last quarters and today."""

    cut_offs: tuple[date, ...]
    lines: Mapping[Measure, tuple[QuarterLine, ...]]

    @property
    def is_empty(self) -> bool:
        """Whether nobody had entered by any of these days."""
        flows = self.lines.get(Measure.FLOW, ())
        return not any(one.numerator for line in flows for one in line.figures)


def on_a_day(
    actor: Actor, scope: str, as_of: date, now: datetime, known_on: date | None = None
) -> Internal | Refused:
    """The exact figures of a programme or group at a cut-off, as they are known now or were on a day.

    Raises `NotKnown` for whom they do not concern.
    """
    found = counting.tallied(actor, scope, as_of, now, known_on)
    if isinstance(found, Refused):
        return found
    indicators = houses.current().indicators
    shown: dict[Measure, tuple[tuple[Figure, Indicator], ...]] = {}
    for figure in figures(indicators, found):
        meaning = indicators[figure.indicator]
        shown[meaning.measure] = (*shown.get(meaning.measure, ()), (figure, meaning))
    return Internal(as_of, known_on, shown, tuple(_splits(found)))


def over_quarters(actor: Actor, scope: str, now: datetime) -> Quarters | Refused:
    """The figures at the end of each of the last four quarters and today: counted anew, as known now.

    Raises `NotKnown` for whom they do not concern.
    """
    today = local(now).date()
    days = (*quarter_ends(today, QUARTERS), today)
    told = counting.tallied_on(actor, scope, days, now)
    if isinstance(told, Refused):
        return told
    house = houses.current()
    found = [figures(house.indicators, one) for one in told]
    lines: dict[Measure, tuple[QuarterLine, ...]] = {}
    for line in zip(*found, strict=True):
        meaning = house.indicators[line[0].indicator]
        made = QuarterLine(meaning, tuple(line))
        lines[meaning.measure] = (*lines.get(meaning.measure, ()), made)
    return Quarters(days, lines)


def quarter_ends(today: date, count: int) -> tuple[date, ...]:
    """Answers the last days of so many quarters that are over, oldest first."""
    begins = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return tuple(
        months_after(begins, -3 * back) - timedelta(days=1) for back in range(count - 1, -1, -1)
    )


def _splits(counted: Tally) -> list[Split]:
    """One table for each dimension that tells somebody apart; one that tells nothing is left out."""
    found = [_split(dimension, "exits", counted.exits_by.by(dimension)) for dimension in Dimension]
    found += [
        _split(dimension, "participants", counted.participants_by.by(dimension))
        for dimension in Dimension
        if dimension in OF_PARTICIPANTS
    ]
    inside: Counter[Key] = Counter({(band,): n for band, n in counted.inside_by_stay.items()})
    found.append(_split(Dimension.STAY, "inside", inside))
    return [one for one in found if one.total]


def _split(dimension: Dimension, whom: str, counts: Mapping[Key, int]) -> Split:
    total = sum(counts.values())
    codes = {_code(key): count for key, count in counts.items()}
    return Split(
        dimension,
        whom,
        tuple(
            Part(code, codes[code], whole_percent(codes[code], total))
            for code in _ordered(dimension, codes)
        ),
    )


def _code(key: Key) -> str:
    """A cell as one word; an outcome with its ground as the caseload file spells it."""
    [value] = key
    if isinstance(value, tuple):
        outcome, basis = value
        return f"{outcome}:{basis}" if basis else str(outcome)
    return str(value)


def _ordered(dimension: Dimension, codes: Collection[str]) -> list[str]:
    """Outcomes and bands in the order of their list, everything else by its code; unknown last."""
    known: list[str] = []
    if dimension is Dimension.OUTCOME:
        known = [one.value for one in Outcome]
    elif dimension is Dimension.STAY:
        known = [one.value for one in StayBand]

    def place(code: str) -> tuple[bool, int, str]:
        plain = code.partition(":")[0]
        return code == "unknown", known.index(plain) if plain in known else len(known), code

    return sorted(codes, key=place)
