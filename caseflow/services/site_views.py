"""What the pages of a house receive: places, dates, marks and money by code, never who sleeps there. Frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.beds import BedKind, MeantFor
from caseflow.domain.labels import Label
from caseflow.domain.outages import Outage, OutageReason
from caseflow.domain.sites import Funder, Mark, NeighbourhoodKind, SiteKind


@dataclass(frozen=True)
class SiteView:
    """A site as the list shows it: rooms and beds that are there today, and how many beds are out of service."""

    id: str
    organisation: Label | str
    name: str
    kind: SiteKind
    rooms: int
    beds: int
    open_from: date
    open_until: date | None


@dataclass(frozen=True)
class BedView:
    """A bed with its dates and the marks it has today."""

    id: str
    name: str
    kind: BedKind
    marks: tuple[Mark, ...]
    open_from: date
    open_until: date | None

    def is_there(self, today: date) -> bool:
        """Says whether it is there, or still to come."""
        return self.open_until is None or self.open_until >= today


@dataclass(frozen=True)
class RoomView:
    """A room with its beds."""

    id: str
    name: str
    meant_for: MeantFor
    floor: int | None
    marks: tuple[Mark, ...]
    open_from: date
    open_until: date | None
    beds: tuple[BedView, ...]


@dataclass(frozen=True)
class LimitView:
    """How many people at most, from which night on; None is no limit."""

    from_on: date
    most_people: int | None
    holds_today: bool


@dataclass(frozen=True)
class ShareView:
    """How many beds a funder pays, from which night on."""

    funder: Funder
    from_on: date
    beds: int
    holds_today: bool


@dataclass(frozen=True)
class Revision:
    """One revision of an outage: what was said, when, and by whom."""

    reason: OutageReason
    cost_centre: str | None
    from_on: date
    expected_until_on: date | None
    until_on: date | None
    mistaken: bool
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class OutageView:
    """An outage as it counts now, in words, with all its revisions, the newest first."""

    outage: Outage
    revision_id: str
    """The revision that counts: a form says which one it saw."""
    place: str
    """The room or bed; empty for the whole site."""
    cost_centre: str | None
    mistaken: bool
    is_overdue: bool
    runs: bool
    """Whether it takes tonight or a later night."""
    revisions: tuple[Revision, ...]


@dataclass(frozen=True)
class EntryView:
    """A line of the neighbourhood log; no words where they were taken out."""

    id: str
    on: date
    kind: NeighbourhoodKind
    words: str | None
    recorded_by: str
    taken_out_at: datetime | None


@dataclass(frozen=True)
class SitePage:
    """Everything about one house."""

    id: str
    organisation: Label | str
    name: str
    kind: SiteKind
    open_from: date
    open_until: date | None
    turnaround_nights: int
    rooms: tuple[RoomView, ...]
    limits: tuple[LimitView, ...]
    shares: tuple[ShareView, ...]
    outages: tuple[OutageView, ...]
    entries: tuple[EntryView, ...]
    today: date
    manages: bool
    """Whether this reader opens and closes, and sets limits and shares."""
    sees_board: bool

    @property
    def beds(self) -> tuple[BedView, ...]:
        """Every bed that is there today."""
        return tuple(
            bed
            for room in self.rooms
            for bed in room.beds
            if bed.is_there(self.today) and bed.open_from <= self.today
        )

    @property
    def capacity(self) -> int:
        """Beds of the capacity today: without overflow beds."""
        return sum(Mark.OVERFLOW not in bed.marks for bed in self.beds)

    @property
    def limit(self) -> int | None:
        """How many people may sleep here tonight; None is no limit."""
        return next((one.most_people for one in self.limits if one.holds_today), None)

    @property
    def running(self) -> tuple[OutageView, ...]:
        """Outages that take tonight or a later night."""
        return tuple(one for one in self.outages if one.runs)

    @property
    def past(self) -> tuple[OutageView, ...]:
        """Outages that are over or were entered by mistake."""
        return tuple(one for one in self.outages if not one.runs)

    def places(self) -> Iterable[tuple[str, str]]:
        """Ids and names of what can be closed or marked: rooms, each with its beds, that are there or to come."""
        for room in self.rooms:
            if room.open_until is None or room.open_until >= self.today:
                yield f"room:{room.id}", room.name
                for bed in room.beds:
                    if bed.is_there(self.today):
                        yield f"bed:{bed.id}", f"{room.name}, {bed.name}"
