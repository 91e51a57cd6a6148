"""What the page of beds tonight receives: values already redacted for their reader, frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from caseflow.domain.access import Permission
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.house_warnings import WarningKind
from caseflow.domain.outages import Void
from caseflow.domain.placements import Stay
from caseflow.domain.programmes import Programme, Stage
from caseflow.domain.redaction import Hidden
from caseflow.domain.stay import StayClock
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services.vacancies import Occupant


@dataclass(frozen=True)
class Person:
    """Somebody on the page, as this reader may see them in a list."""

    who: Occupant
    clock: StayClock | Hidden
    stage: Stage | Hidden
    left_programme_on: date | Hidden | None
    away: AbsenceKind | Hidden | None
    apart: bool | Hidden
    """Whether they are kept apart from somebody for safety; never from whom."""
    may: frozenset[Permission]
    warnings: tuple[WarningKind, ...] | Hidden = ()
    """What colleagues do differently with them; no reason."""
    back_on: date | Hidden | None = None
    """The day on which a time-out ends, where one lasts."""
    away_since: date | Hidden | None = None
    bed_kept_until: date | Hidden | None = None
    """The first night on which the bed is not kept by rule any more; None: kept until somebody decides."""


@dataclass(frozen=True)
class BedTonight:
    """A bed and whoever takes it tonight. `open` says whether it is in use at all."""

    bed: BedFacts
    open: bool
    stay: Stay | None
    person: Person | Hidden | None
    since: date | Hidden | None
    planned_departure_on: date | Hidden | None
    is_due: bool
    is_overdue: bool

    @property
    def is_free(self) -> bool:
        """Whether nobody takes it tonight."""
        return self.open and self.stay is None

    @property
    def is_overflow(self) -> bool:
        """Whether it stands beside the capacity, and so apart in every count."""
        return not self.bed.counts_in_capacity


@dataclass(frozen=True)
class SiteTonight:
    """The beds of one site."""

    id: str
    name: str
    rows: tuple[BedTonight, ...]
    brings_together: bool = False
    """Whether two people sleep or are expected here who are kept apart, both of whom this reader may see."""

    def free(self, kind: BedKind | None = None) -> int:
        """How many beds of the capacity are free tonight, of one kind or of all."""
        return sum(
            row.is_free and not row.is_overflow for row in self.rows if kind in (None, row.bed.kind)
        )

    @property
    def taken(self) -> tuple[BedTonight, ...]:
        """The beds that somebody takes tonight."""
        return tuple(row for row in self.rows if row.stay is not None)

    @property
    def free_by_room(self) -> tuple[tuple[BedFacts, ...], ...]:
        """The beds that are free tonight, room by room."""
        rooms: dict[str, list[BedFacts]] = {}
        for row in self.rows:
            if row.is_free:
                rooms.setdefault(row.bed.room, []).append(row.bed)
        return tuple(tuple(beds) for beds in rooms.values())

    @property
    def kinds(self) -> tuple[BedKind, ...]:
        """The kinds of beds it has."""
        return tuple(kind for kind in BedKind if any(row.bed.kind is kind for row in self.rows))

    @property
    def open_beds(self) -> int:
        """How many beds of the capacity are in use tonight."""
        return sum(row.open and not row.is_overflow for row in self.rows)

    @property
    def overflow(self) -> tuple[BedTonight, ...]:
        """The beds in use beside the capacity."""
        return tuple(row for row in self.rows if row.open and row.is_overflow)

    @property
    def overflow_free(self) -> int:
        """How many beds beside the capacity are free tonight."""
        return sum(row.is_free for row in self.overflow)


@dataclass(frozen=True)
class Arrival:
    """Somebody who is expected."""

    bed: BedFacts
    stay: Stay
    person: Person | Hidden
    is_no_show: bool = False
    """Whether the grace is over."""


@dataclass(frozen=True)
class Away:
    """Somebody who has a bed and is away, since how many nights, and whether it is time to ask."""

    row: BedTonight
    kind: AbsenceKind
    since: date
    nights: int
    asks: bool
    kept_until: date | None = None
    is_kept: bool = True


@dataclass(frozen=True)
class VoidTonight:
    """Beds of one room that nobody can sleep on tonight for one reason, and when they are expected back."""

    site: str
    room: str
    beds: tuple[str, ...]
    void: Void


@dataclass(frozen=True)
class Step:
    """Somebody who sleeps elsewhere than last night: on `to` tonight, on `left` last night; None is nowhere here."""

    person: Person | Hidden
    left: BedFacts | None
    to: BedFacts | None


@dataclass(frozen=True)
class Difference:
    """What is other than last night at these sites."""

    came: tuple[Step, ...] = ()
    left: tuple[Step, ...] = ()
    moved: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of it: who came, who moved, who left."""
        return self.came + self.moved + self.left


@dataclass(frozen=True)
class Waiting:
    """Somebody without a bed whose programme offers shelter."""

    person: Person
    programme: Programme
    application_on: date | Hidden


@dataclass(frozen=True)
class Tonight:
    """The whole page."""

    today: date
    sites: tuple[SiteTonight, ...]
    arrivals: tuple[Arrival, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    places: bool
    """Whether this reader gives out beds, and sees clocks; others only see the beds."""
    shows_dates: bool
    """Whether this reader sees since when and until when somebody sleeps here."""
    holds: tuple[Arrival, ...] = ()
    """Beds held for somebody, whenever the first night is, by the moment at which they are free again."""
    away: tuple[Away, ...] = ()
    voids: tuple[VoidTonight, ...] = ()
    difference: Difference = Difference()

    @property
    def free(self) -> int:
        """How many beds of the capacity are free tonight at these sites."""
        return sum(site.free() for site in self.sites)

    @property
    def free_by_kind(self) -> tuple[tuple[BedKind, MeantFor, int], ...]:
        """How many beds of the capacity are free tonight of each kind and for whom, those that are there."""
        rows = [
            row.bed
            for site in self.sites
            for row in site.rows
            if row.is_free and not row.is_overflow
        ]
        found = Counter((bed.kind, bed.meant_for) for bed in rows)
        return tuple(
            (kind, meant_for, found[kind, meant_for])
            for kind in BedKind
            for meant_for in MeantFor
            if found[kind, meant_for]
        )

    @property
    def no_shows(self) -> tuple[Arrival, ...]:
        """Those who have not come although the grace is over."""
        return tuple(one for one in self.arrivals if one.is_no_show)

    @property
    def due_today(self) -> tuple[Arrival, ...]:
        """Those who were expected today or before and have not come yet."""
        return tuple(one for one in self.arrivals if one.stay.arrival_on <= self.today)

    @property
    def leaving(self) -> tuple[BedTonight, ...]:
        """Stays whose departure is due or past, or whose person has left the programme."""
        return tuple(
            row
            for site in self.sites
            for row in site.rows
            if row.is_due
            or row.is_overdue
            or (isinstance(row.person, Person) and row.person.left_programme_on)
        )
