"""Time to solution for those who run a programme: the curve, drawn, and the months at which a table reads it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.incidences import TimeToSolution
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.publishing.incidence_charts import (
    MOST_AREAS,
    Area,
    IncidenceWords,
    incidence_chart,
)
from caseflow.services import figures

READ_OFF_AT: Final = (3, 6, 12, 18, 24, 36)
WIDTHS: Final = (560, 350)
Say = Callable[[Message | Label | str], str]


@dataclass(frozen=True)
class CurveRow:
    """One month: how many stays were observed for so long, and the whole percentage of each way."""

    month: int
    at_risk: int
    percents: tuple[int, ...]


@dataclass(frozen=True)
class Curve:
    """The drawing, wide and narrow, what it says in words, and the table that says the same."""

    ways: tuple[Label | Message, ...]
    rows: tuple[CurveRow, ...]
    words: str
    wide: str | None
    narrow: str | None


def curve(
    actor: Actor,
    scope: str,
    as_of: date,
    now: datetime,
    say: Say,
    known_on: date | None = None,
) -> Curve | Refused:
    """How soon people leave and how, in one reader's language. Raises `NotKnown` for whom it does not concern.

    Without a drawing where nobody was observed for a month, or where the indicators tell more ways apart than eyes do.
    """
    found = figures.over_time(actor, scope, as_of, now, known_on)
    if isinstance(found, Refused):
        return found
    rows = tuple(
        CurveRow(month, at_risk, tuple(_whole(share) for share in shares))
        for month, at_risk, shares in found.at(READ_OFF_AT)
    )
    words = say(
        N_(
            "Shares of everybody who entered, by months since they entered. The table says the same."
        )
    )
    wide, narrow = (_drawn(found, say, words, width) for width in WIDTHS)
    return Curve(tuple(way.label for way in found.ways), rows, words, wide, narrow)


def _drawn(found: TimeToSolution, say: Say, words: str, width: int) -> str | None:
    if len(found.months) < 2 or len(found.ways) > MOST_AREAS:
        return None
    areas = [Area(say(way.label), way.shares) for way in found.ways]
    axis = say(N_("months since they entered"))
    return incidence_chart(found.months, areas, IncidenceWords(words, axis), width)


def _whole(share: float) -> int:
    """Half up, as every whole percentage."""
    return int(share * 100 + 0.5)
