"""What the board receives: values already redacted for their reader, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.access import Permission
from caseflow.domain.beds import BedFacts
from caseflow.domain.boards import CellKind
from caseflow.domain.nights import Nights
from caseflow.domain.outages import OutageReason
from caseflow.domain.redaction import Hidden
from caseflow.services.vacancies import Occupant


@dataclass(frozen=True)
class BoardPerson:
    """Somebody on the board, as this reader may see them in a list."""

    who: Occupant
    may: frozenset[Permission]
    is_marked: bool = False
    """Whether the house warns of something, or a time-out lasts; for a reader who sees warnings."""


@dataclass(frozen=True)
class BoardCell:
    """Nights on which a bed is one thing; `person` is hidden where this reader may not see that case."""

    kind: CellKind
    nights: Nights
    count: int
    """How many nights of the board."""
    placement_id: str | None = None
    person: BoardPerson | Hidden | None = None
    departure: date | None = None
    """When the stay is planned to end, or when the bed is usable again; None is open."""
    held_until: datetime | None = None
    reason: OutageReason | None = None
    also: bool = False
    """Whether a second stay takes these nights as well: one of the two has to be moved."""
    can_be_given: bool = False
    """Whether this reader may give the bed to somebody from this night on."""


@dataclass(frozen=True)
class BoardRow:
    """A bed and its nights; `tonight` is what it is on the night of today, where the board shows that."""

    bed: BedFacts
    cells: tuple[BoardCell, ...]
    tonight: BoardCell | None

    @property
    def stretches(self) -> tuple[BoardCell, ...]:
        """The cells with only the first of free nights that follow each other, for a list that is read downwards."""
        free = CellKind.FREE
        return tuple(
            cell
            for before, cell in zip((None, *self.cells), self.cells, strict=False)
            if before is None or not before.kind is cell.kind is free
        )


@dataclass(frozen=True)
class BoardRoom:
    """The beds of one room."""

    name: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True)
class BoardSite:
    """The rooms of one site."""

    id: str
    name: str
    rooms: tuple[BoardRoom, ...]
    free: int | None
    """How many beds of the capacity are free tonight; None where the board does not show tonight."""
    beds: int
    overflow_free: int | None = None
    overflow: int = 0
    """Beds beside the capacity, free tonight and in all: apart in every count."""


@dataclass(frozen=True)
class Board:
    """The whole board. `site_id` is the one site that was asked for."""

    today: date
    nights: tuple[date, ...]
    sites: tuple[BoardSite, ...]
    every_site: tuple[tuple[str, str], ...]
    site_id: str | None
    places: bool
    """Whether this reader gives out beds."""
    too_many: bool = False
    """Whether there are more beds than one page shows, so that a site has to be chosen."""

    @property
    def length(self) -> int:
        """How many nights it shows."""
        return len(self.nights)


@dataclass(frozen=True)
class FreeBed:
    """A bed that is free on a night, and until when it stays so."""

    bed: BedFacts
    night: date
    until: date | None
    """The first night on which it is not free any more; None where nothing is known to come."""
