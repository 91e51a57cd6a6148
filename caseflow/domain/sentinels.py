"""Sentinel figures: what must not happen, told of a programme and year as *none*, or as a word to the director.

A declared exception to the rules of publications. One death in a year names a person, so a number is never printed,
and in every outcome table deaths stand with other outcomes; but that nobody died, or that no minor was left without a
bed, is worth saying aloud. Source: the figures page, *sentinel figures*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

YEARS_BACK: Final = 5
"""So many years are looked at again each year; what was recorded late is put right then."""
RECHECKED_IN: Final = 1
"""The month in which figures that stand are looked at again: at any other time a change would tell when it was."""


class SentinelKind(StrEnum):
    """What must not happen."""

    DEATH = "death"
    MINOR_WITHOUT_BED = "minor_without_bed"


SENTINEL_NAMES: Final[Mapping[SentinelKind, Message]] = MappingProxyType(
    {
        SentinelKind.DEATH: N_("Deaths"),
        SentinelKind.MINOR_WITHOUT_BED: N_("Minors left without a bed"),
    }
)
SENTINEL_DEFINITIONS: Final[Mapping[SentinelKind, Message]] = MappingProxyType(
    {
        SentinelKind.DEATH: N_("Episodes that ended in the year because the person died."),
        SentinelKind.MINOR_WITHOUT_BED: N_(
            "Episodes of people under 18 that ended in the year with no roof, or that the programme ended "
            "without a next place being known."
        ),
    }
)
NONE: Final = N_("0")
SEE_DIRECTOR: Final = N_("see director")


@dataclass(frozen=True)
class Sentinel:
    """One sentinel figure as it is printed."""

    kind: SentinelKind
    is_none: bool

    @property
    def printed(self) -> Message:
        """Answers with the words of the cell; a number other than nought has none."""
        return NONE if self.is_none else SEE_DIRECTOR


def may_print(year: int, today: date) -> Decision:
    """Answers whether the figures of a year can be printed: once it is over, never while it runs.

    A figure that changed on a day would say on which day it happened.
    """
    if year >= today.year:
        return Refused(N_("This year is not over. Its figures are fixed in January."))
    return Allowed()


def years_to_print(today: date) -> tuple[int, ...]:
    """Answers with the years whose figures are looked at, the oldest first."""
    return tuple(range(today.year - YEARS_BACK, today.year))


def is_rechecked(today: date) -> bool:
    """Answers whether figures that stand are looked at again now."""
    return today.month == RECHECKED_IN
