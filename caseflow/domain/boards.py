"""The board: what each bed is on each night, as one row of cells that a coordinator reads from left to right.

A cell is a stretch of nights on which nothing changes; free nights stay single, so that each can be chosen. Whoever
takes a night is asked of `Stay.taken`, as everywhere (rule B6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final

from caseflow.domain.beds import BedFacts
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.outages import Void, VoidKind
from caseflow.domain.placements import Stay, StayStatus

NIGHTS_SHOWN: Final = 14
NIGHTS_TO_CHOOSE: Final = (7, 14, 28)
DAYS_EITHER_WAY: Final = 366
"""How far the board goes back and ahead of today."""


class CellKind(StrEnum):
    """What a bed is on a night."""

    FREE = "free"
    TAKEN = "taken"
    BOOKED = "booked"
    HELD = "held"
    AWAY = "away"
    OVERDUE = "overdue"
    OUT_OF_SERVICE = "out_of_service"
    TURNAROUND = "turnaround"
    CLOSED = "closed"


CELL_NAMES: Final[Mapping[CellKind, Message]] = MappingProxyType(
    {
        CellKind.FREE: N_("free"),
        CellKind.TAKEN: N_("taken"),
        CellKind.BOOKED: N_("booked"),
        CellKind.HELD: N_("held"),
        CellKind.AWAY: N_("away"),
        CellKind.OVERDUE: N_("to end"),
        CellKind.OUT_OF_SERVICE: N_("out of service"),
        CellKind.TURNAROUND: N_("cleaning"),
        CellKind.CLOSED: N_("not open"),
    }
)
CELL_MEANINGS: Final[Mapping[CellKind, Message]] = MappingProxyType(
    {
        CellKind.FREE: N_("Nobody has this bed: choose the night to give it to somebody."),
        CellKind.TAKEN: N_("Somebody sleeps or slept here."),
        CellKind.BOOKED: N_("Somebody is to come; the stay has not begun."),
        CellKind.HELD: N_("Kept for somebody until a moment; then it is free again by itself."),
        CellKind.AWAY: N_("Somebody has this bed and is away on these nights."),
        CellKind.OVERDUE: N_("The planned departure is past, and nobody ended the stay."),
        CellKind.OUT_OF_SERVICE: N_("Nobody can sleep here now."),
        CellKind.TURNAROUND: N_("Kept empty for cleaning between two stays."),
        CellKind.CLOSED: N_("The bed, the room or the site is not open on these nights."),
    }
)
_OF_A_VOID: Final = {
    VoidKind.OUT_OF_SERVICE: CellKind.OUT_OF_SERVICE,
    VoidKind.TURNAROUND: CellKind.TURNAROUND,
    VoidKind.CLOSED: CellKind.CLOSED,
}
_OF_A_STATUS: Final = {StayStatus.HELD: CellKind.HELD, StayStatus.BOOKED: CellKind.BOOKED}


@dataclass(frozen=True)
class Cell:
    """Nights on which a bed is one thing; `also` says that a second stay takes them as well."""

    kind: CellKind
    nights: Nights
    stay: Stay | None = None
    void: Void | None = None
    also: bool = False


def window(first: date | None, length: int, today: date) -> Nights:
    """Answers which nights the board shows; a day too far off, or a strange length, becomes the nearest that can be."""
    chosen = length if length in NIGHTS_TO_CHOOSE else NIGHTS_SHOWN
    far = timedelta(days=DAYS_EITHER_WAY)
    begins = min(max(first or today, today - far), today + far)
    return Nights(begins, begins + timedelta(days=chosen))


def nights_of(stretch: Nights) -> tuple[date, ...]:
    """Answers with each night of a closed stretch."""
    return tuple(stretch.arrival + timedelta(days=n) for n in range(stretch.count))


def row(
    bed: BedFacts,
    stays: Iterable[Stay],
    away: Mapping[str, Iterable[Nights]],
    shown: Nights,
    now: datetime,
    today: date,
) -> tuple[Cell, ...]:
    """Answers with the cells of one bed, in order; `away` are the nights away by case, as far as they are known."""
    taken = [(stay, nights) for stay in stays if (nights := stay.taken(now, today)) is not None]
    single = [_cell(bed, taken, away, night, today) for night in nights_of(shown)]
    return tuple(_joined(single))


def _cell(
    bed: BedFacts,
    taken: list[tuple[Stay, Nights]],
    away: Mapping[str, Iterable[Nights]],
    night: date,
    today: date,
) -> Cell:
    here = [stay for stay, nights in taken if nights.covers(night)]
    nights = Nights(night, next_night(night))
    if here:
        stay = min(here, key=lambda one: one.status in _OF_A_STATUS)
        is_away = any(one.covers(night) for one in away.get(stay.case_id, ()))
        return Cell(_kind(stay, night, is_away, today), nights, stay, also=len(here) > 1)
    if not _stands(bed, night):
        return Cell(CellKind.CLOSED, nights)
    void = bed.void_on(night)
    if void is not None:
        return Cell(_OF_A_VOID[void.kind], nights, void=void)
    return Cell(CellKind.FREE, nights)


def _kind(stay: Stay, night: date, is_away: bool, today: date) -> CellKind:
    if stay.is_overdue(today) and night >= today:
        return CellKind.OVERDUE
    if is_away and stay.status not in _OF_A_STATUS:
        return CellKind.AWAY
    return _OF_A_STATUS.get(stay.status, CellKind.TAKEN)


def _stands(bed: BedFacts, night: date) -> bool:
    return bed.open_from <= night and (bed.open_until is None or night <= bed.open_until)


def _joined(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The same cells with what does not change in one stretch."""
    for key, alike in groupby(cells, key=lambda one: (one.kind, one.stay, one.void, one.also)):
        run = list(alike)
        if key[0] is CellKind.FREE:
            yield from run
            continue
        nights = Nights(run[0].nights.arrival, run[-1].nights.departure)
        yield Cell(run[0].kind, nights, run[0].stay, run[0].void, run[0].also)
