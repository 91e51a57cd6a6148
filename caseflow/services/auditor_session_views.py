"""What the pages of an accountant's session show: codes and days of a few nights, and never a name or a site's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.actors import Role
from caseflow.domain.audit_samples import Finding
from caseflow.domain.bed_nights import NightState
from caseflow.domain.messages import Message
from caseflow.services.bed_night_views import NoteView, StatementView


@dataclass(frozen=True)
class Accountant:
    """Somebody who may be let in, by their work name."""

    id: str
    name: str


@dataclass(frozen=True)
class SessionLine:
    """One session in a list."""

    id: str
    statement_id: str
    accountant: str
    opened_at: datetime
    ends_at: datetime
    runs: bool
    is_signed: bool


@dataclass(frozen=True)
class SampleLine:
    """One night of the sample: which kind of site, which night, what the statement counted, and what was found."""

    number: int
    kind: str
    night: date
    state: NightState
    finding: Finding | None


@dataclass(frozen=True)
class SessionView:
    """A session: its statement and sample while it runs, for the accountant alone; afterwards what came of it."""

    line: SessionLine
    statement: StatementView
    seed: str
    same_count: bool
    nights: tuple[SampleLine, ...] = ()
    note: NoteView | None = None

    @property
    def left(self) -> int:
        """How many nights were not looked behind yet."""
        return sum(one.finding is None for one in self.nights)

    @property
    def next_number(self) -> int | None:
        """The first night that was not looked behind yet."""
        return next((one.number for one in self.nights if one.finding is None), None)


@dataclass(frozen=True)
class RecordedAct:
    """That something about a stay was recorded: what, when, and in which roles."""

    what: Message
    at: datetime
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class PresenceLine:
    """What a night round said of this night, while presence by name is kept: a code and when it was recorded."""

    state: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """What lies behind one night: the stay by its code, its days, and by which roles they were recorded."""

    client_code: str
    bed: str
    arrival_on: date
    departure_on: date | None
    was_away: bool
    acts: tuple[RecordedAct, ...]
    presences: tuple[PresenceLine, ...]


@dataclass(frozen=True)
class NightView:
    """One night as the accountant sees it; without evidence where it is not kept, or may not be shown any more."""

    session: SessionLine
    line: SampleLine
    last_number: int
    evidence: Evidence | None
