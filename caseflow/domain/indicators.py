"""What the figures of a programme are, each with the definition that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.breakdowns import Dimension
from caseflow.domain.episodes import UNKNOWN, Episode, LimitStatus, Milestone, OutcomeKey
from caseflow.domain.labels import Label
from caseflow.domain.tallies import FollowUpCount, Tally, tally
from caseflow.domain.transfers import TransferWindow


class Measure(StrEnum):
    """Whether a figure counts events over time or people at one moment; the two never add up."""

    FLOW = "flow"
    STOCK = "stock"


class Count(StrEnum):
    """The counts that a numerator or denominator may name."""

    PARTICIPANTS = "participants"
    EXITS = "exits"
    ENTRIES = "entries"
    OCCUPANCY = "occupancy"
    TRANSFERS_OUT = "transfers_out"
    REPEAT_ASYLUM_GRANTED = "repeat_asylum_granted"
    REPEAT_ASYLUM_DECIDED = "repeat_asylum_decided"
    FOLLOW_UP_CONFIRMED = "follow_up_confirmed"
    FOLLOW_UP_DUE = "follow_up_due"
    PARTICIPANTS_WITH_LIMIT = "participants_with_limit"
    WAITING = "waiting"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class ExitsAmong:
    """The exits by these outcomes; `(outcome, None)` means on any ground."""

    outcomes: frozenset[OutcomeKey]


@dataclass(frozen=True)
class ExitsExcept:
    """All exits but those by these outcomes."""

    outcomes: frozenset[OutcomeKey]


@dataclass(frozen=True)
class ExitsBy:
    """The exits with one of these codes in a dimension, such as a band of the length of stay."""

    dimension: Dimension
    codes: frozenset[str]


@dataclass(frozen=True)
class ParticipantsBy:
    """The participants with one of these codes in a dimension."""

    dimension: Dimension
    codes: frozenset[str]


@dataclass(frozen=True)
class FollowUpsAfter:
    """The follow-ups so many months after an exit by these outcomes."""

    months: int
    outcomes: frozenset[OutcomeKey]


Numerator = Count | ExitsAmong | ExitsExcept | ExitsBy | ParticipantsBy


@dataclass(frozen=True)
class Indicator:
    """A figure that people quote, with everything that makes it a number: what, over what, whom."""

    id: str
    measure: Measure
    numerator: Numerator
    denominator: Count | None
    label: Label
    definition: Label
    cohort: Label
    source: str
    follow_up: FollowUpsAfter | None = None


@dataclass(frozen=True)
class Indicators(Mapping[str, Indicator]):
    """All indicators in the order of their file, and how transfers inside a group are found.

    `ways` are the rates whose exits are told apart in time to solution; no outcome is in two of them.
    """

    by_id: Mapping[str, Indicator]
    transfers: TransferWindow
    ways: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Indicator:
        return self.by_id[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    @classmethod
    def of(
        cls,
        indicators: Iterable[Indicator],
        transfers: TransferWindow,
        ways: Sequence[str] = (),
    ) -> Indicators:
        """Answers with the indicators by id, in order."""
        by_id = MappingProxyType({found.id: found for found in indicators})
        return cls(by_id, transfers, tuple(ways))

    @property
    def follow_up_months(self) -> frozenset[int]:
        """Answers after how many months solutions are asked after."""
        return frozenset(i.follow_up.months for i in self.values() if i.follow_up is not None)


@dataclass(frozen=True)
class Figure:
    """One exact figure: internal, never for print outside. `percent` is whole, half up, or None."""

    indicator: str
    numerator: int
    denominator: int | None
    percent: int | None
    as_of: date
    definition: Label
    unknown: int | None = None


def measure(
    indicators: Indicators,
    episodes: Iterable[Episode],
    scope: str | Collection[str],
    as_of: date,
    known_on: date | None = None,
    *,
    milestones: Iterable[Milestone] = (),
) -> list[Figure]:
    """Answers with every figure of a programme, or of a group given as its members, at a cut-off.

    One pass over the episodes. `known_on` answers as it was known on that day. The figures are
    exact and for those who may see them; what leaves the house is a publication.
    """
    counted = tally(
        episodes,
        (scope,) if isinstance(scope, str) else scope,
        as_of,
        transfers=indicators.transfers,
        known_on=known_on,
        milestones=milestones,
        follow_up_months=indicators.follow_up_months,
    )
    return figures(indicators, counted)


def figures(indicators: Indicators, counted: Tally) -> list[Figure]:
    """Answers with every figure that one tally yields, in the order of the file.

    The capacity is left out where no number is known: nought would be another answer.
    """
    found = (_figure(indicator, counted) for indicator in indicators.values())
    return [figure for figure in found if figure is not None]


def _figure(indicator: Indicator, counted: Tally) -> Figure | None:
    numerator = _numerator(indicator, counted)
    if numerator is None:
        return None
    denominator = (
        None if indicator.denominator is None else _count(indicator, indicator.denominator, counted)
    )
    return Figure(
        indicator=indicator.id,
        numerator=numerator,
        denominator=denominator,
        percent=whole_percent(numerator, denominator),
        as_of=counted.as_of,
        definition=indicator.definition,
        unknown=_unknown(indicator, counted),
    )


def _numerator(indicator: Indicator, counted: Tally) -> int | None:
    match indicator.numerator:
        case ExitsAmong(outcomes):
            return counted.exits_among(outcomes)
        case ExitsExcept(outcomes):
            return counted.exits - counted.exits_among(outcomes)
        case ExitsBy(dimension, codes):
            return counted.exits_by.among(dimension, codes)
        case ParticipantsBy(dimension, codes):
            return counted.participants_by.among(dimension, codes)
        case named:
            return _count(indicator, named, counted)


def _unknown(indicator: Indicator, counted: Tally) -> int | None:
    """Answers of how many it is not known whether they belong to the numerator; None where that cannot be."""
    if indicator.follow_up is not None:
        return _followed_up(indicator.follow_up, counted).unknown
    match indicator.numerator:
        case ParticipantsBy(dimension, _):
            return counted.participants_by.among(dimension, frozenset({UNKNOWN}))
        case ExitsBy(dimension, _) if dimension is not Dimension.STAY:
            return counted.exits_by.among(dimension, frozenset({UNKNOWN}))
        case _:
            return None


def _count(indicator: Indicator, named: Count, counted: Tally) -> int | None:
    if named in {Count.FOLLOW_UP_CONFIRMED, Count.FOLLOW_UP_DUE}:
        if indicator.follow_up is None:
            raise ValueError(f"the indicator {indicator.id} names no follow-up")
        found = _followed_up(indicator.follow_up, counted)
        return found.due if named is Count.FOLLOW_UP_DUE else found.confirmed
    return _PLAIN_COUNTS[named](counted)


def _followed_up(asked: FollowUpsAfter, counted: Tally) -> FollowUpCount:
    return counted.follow_ups(asked.months, asked.outcomes)


def _with_limit(counted: Tally) -> int:
    without = counted.participants_by.among(Dimension.LIMIT, frozenset({LimitStatus.NO_LIMIT}))
    return counted.participants - without


_PLAIN_COUNTS: Mapping[Count, Callable[[Tally], int | None]] = {
    Count.PARTICIPANTS: lambda counted: counted.participants,
    Count.EXITS: lambda counted: counted.exits,
    Count.ENTRIES: lambda counted: counted.entries,
    Count.OCCUPANCY: lambda counted: counted.occupancy,
    Count.TRANSFERS_OUT: lambda counted: counted.transfers_out,
    Count.REPEAT_ASYLUM_GRANTED: lambda counted: counted.repeat_asylum_granted,
    Count.REPEAT_ASYLUM_DECIDED: lambda counted: counted.repeat_asylum_decided,
    Count.PARTICIPANTS_WITH_LIMIT: _with_limit,
    Count.WAITING: lambda counted: counted.stocks.waiting,
    Count.CAPACITY: lambda counted: counted.stocks.capacity,
}


def whole_percent(numerator: int, denominator: int | None) -> int | None:
    """Answers with the whole percentage, half up; None where there is no denominator."""
    if not denominator:
        return None
    return (200 * numerator + denominator) // (2 * denominator)


def outcome_key(code: str) -> OutcomeKey:
    """Answers which outcome and ground `outcome` or `outcome:ground` names."""
    outcome, _, basis = code.partition(":")
    return outcome, basis or None


def outcome_keys(codes: Sequence[str]) -> frozenset[OutcomeKey]:
    """Answers which outcomes and grounds a list of codes names."""
    return frozenset(outcome_key(code) for code in codes)
