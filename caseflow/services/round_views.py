"""What the pages of the night round receive: values already redacted for their reader, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caseflow.domain.beds import BedKind
from caseflow.domain.daily_services import Month
from caseflow.domain.messages import Message
from caseflow.domain.night_ledgers import NightLine
from caseflow.domain.redaction import Hidden
from caseflow.domain.registers import NightRegister
from caseflow.domain.rounds import AS_BEFORE, CODES, PresenceState, Said
from caseflow.services.house_marks import NO_MARKS, Marks
from caseflow.services.vacancies import Occupant


@dataclass(frozen=True)
class RoundSite:
    """A site to choose."""

    id: str
    name: str
    organisation: str


@dataclass(frozen=True)
class StatementView:
    """What a colleague said about somebody this night."""

    said: Said
    by: str
    at: datetime


@dataclass(frozen=True)
class RoundRow:
    """A bed that somebody takes this night, and what holds for them unless somebody says otherwise."""

    placement_id: str
    room: str
    bed: str
    who: Occupant | Hidden
    code: str
    """What the form begins with."""
    knows_reasons: bool
    """Whether this reader sees why somebody is away."""
    opens: bool
    nights_away: int | Hidden
    statements: tuple[StatementView, ...] = ()
    differ: bool = False
    marks: Marks = NO_MARKS
    """Warnings of the house and a time-out, for a reader who sees warnings."""

    @property
    def state(self) -> str:
        """There, not there or away: which of the three is pressed."""
        if self.code == AS_BEFORE:
            return PresenceState.ANNOUNCED.value
        return CODES[self.code].state.value


@dataclass(frozen=True)
class CountRow:
    """One kind of bed, counted without names."""

    kind: BedKind
    stays: int
    there: int | None


@dataclass(frozen=True)
class Round:
    """The round of one site and night."""

    site: RoundSite
    sites: tuple[RoundSite, ...]
    night: date
    current: date
    rows: tuple[RoundRow, ...]
    counts: tuple[CountRow, ...]
    keeps_names: bool
    refusal: Message | None
    """Why no round of this night can be sent any more."""
    may_look_back: bool
    register: NightRegister | None
    is_first: bool
    """Whether no round was ever sent of this site: then the page first says what is owed to whom."""
    sent_at: datetime | None
    sent_by: str | None
    kept_days: int

    @property
    def morning(self) -> date:
        """The day on which the night ends."""
        return self.night + timedelta(days=1)

    @property
    def earlier(self) -> date:
        """The night before."""
        return self.night - timedelta(days=1)

    @property
    def rooms(self) -> tuple[tuple[str, tuple[RoundRow, ...]], ...]:
        """The rows room by room."""
        found: dict[str, list[RoundRow]] = {}
        for row in self.rows:
            found.setdefault(row.room, []).append(row)
        return tuple((room, tuple(rows)) for room, rows in found.items())

    @property
    def differing(self) -> tuple[RoundRow, ...]:
        """Those of whom two colleagues said different things."""
        return tuple(row for row in self.rows if row.differ)

    @property
    def asked(self) -> int:
        """Of how many people this reader is asked."""
        return sum(not isinstance(row.who, Hidden) for row in self.rows)

    @property
    def spoken_of(self) -> int:
        """Of how many of them somebody said something this night."""
        return sum(bool(row.statements) for row in self.rows)


@dataclass(frozen=True)
class Sent:
    """What became of a round that was sent."""

    people: int
    added: int
    gone: int
    """Answers about people who are not, or no longer, in this house or not for this worker."""


@dataclass(frozen=True)
class LedgerNight:
    """One frozen night of a site."""

    night: date
    lines: tuple[tuple[BedKind, NightLine], ...]
    agrees: bool | None
    """Whether a recount gives the same; None once there is nothing left to count."""


@dataclass(frozen=True)
class Ledger:
    """The frozen nights of a month of one site."""

    site: RoundSite
    sites: tuple[RoundSite, ...]
    month: Month
    nights: tuple[LedgerNight, ...]
