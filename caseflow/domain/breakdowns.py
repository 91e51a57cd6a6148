"""By what people and exits are counted besides the outcome; codes only, the same for cases and for imported history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Generic, NamedTuple, TypeVar

from caseflow.domain.caseload_files import AGE_BANDS, GENDERS
from caseflow.domain.episodes import Episode, LimitStatus, OutcomeKey
from caseflow.domain.lengths_of_stay import StayBand


class Dimension(StrEnum):
    """By what exits, or the people among them, can be told apart in a table."""

    OUTCOME = "outcome"
    GENDER = "gender"
    AGE_BAND = "age_band"
    STAY = "stay"
    LIMIT = "limit"


class ExitCell(NamedTuple):
    """Everything by which exits are counted: how many ended just so is one number of the tally."""

    outcome: OutcomeKey
    gender: str
    age_band: str
    stay: StayBand
    limit: LimitStatus


class PersonCell(NamedTuple):
    """Everything by which participants are counted."""

    gender: str
    age_band: str
    limit: LimitStatus


CODES: Final[Mapping[Dimension, tuple[str, ...]]] = MappingProxyType(
    {
        Dimension.GENDER: GENDERS,
        Dimension.AGE_BAND: AGE_BANDS,
        Dimension.STAY: tuple(StayBand),
        Dimension.LIMIT: tuple(LimitStatus),
    }
)
"""The codes of each dimension but the outcome, whose codes have grounds."""

Key = tuple[object, ...]
Cell = TypeVar("Cell", bound=Key)
_OF_EXITS: Final = tuple(Dimension(name) for name in ExitCell._fields)
_OF_PEOPLE: Final = tuple(Dimension(name) for name in PersonCell._fields)
OF_PARTICIPANTS: Final = frozenset(_OF_PEOPLE)
"""The dimensions by which participants can be counted."""


@dataclass(frozen=True)
class Breakdown(Generic[Cell]):
    """Counts by everything at once; any table of one or more dimensions is added up from them."""

    dimensions: tuple[Dimension, ...]
    cells: Counter[Cell]

    def by(self, *wanted: Dimension) -> Counter[Key]:
        """Answers with the counts by these dimensions together, each key in the order asked.

        Raises ValueError for a dimension that is not counted here.
        """
        places = [self.dimensions.index(one) for one in wanted]
        found: Counter[Key] = Counter()
        for cell, count in self.cells.items():
            found[tuple(cell[place] for place in places)] += count
        return found

    def among(self, dimension: Dimension, codes: frozenset[str]) -> int:
        """Answers how many are counted under one of these codes of a dimension."""
        return sum(count for (code,), count in self.by(dimension).items() if code in codes)


def of_exits(cells: Counter[ExitCell]) -> Breakdown[ExitCell]:
    """Answers with the exits, to be told apart by any of their dimensions."""
    return Breakdown(_OF_EXITS, cells)


def of_participants(cells: Counter[PersonCell]) -> Breakdown[PersonCell]:
    """Answers with the participants, to be told apart by any of their dimensions."""
    return Breakdown(_OF_PEOPLE, cells)


FirstSeen = tuple[date, PersonCell]
"""How somebody counts, and the day of the entry that says so."""


def first_seen(episode: Episode) -> FirstSeen:
    """Answers how somebody counts by one episode."""
    return episode.entered_on, PersonCell(episode.gender, episode.age_band, episode.limit)


def same_person(one: FirstSeen, other: FirstSeen) -> FirstSeen:
    """Answers how somebody with several episodes counts, in whatever order these are read.

    Gender and age are those of the first entry, so that nobody moves to another row by coming back; of the limits, what
    went furthest counts.
    """
    entered_on, first = min(one, other)
    limit = max(one[1].limit, other[1].limit, key=_LIMITS.__getitem__)
    return entered_on, first._replace(limit=limit)


_LIMITS: Final[Mapping[LimitStatus, int]] = MappingProxyType(
    {status: place for place, status in enumerate(LimitStatus)}
)
