"""What the pages of bed-night statements show: frozen values, no code of anybody and no site by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.audit_samples import Finding
from caseflow.domain.bed_night_statements import Difference, Statement
from caseflow.domain.bed_nights import NightCount
from caseflow.domain.daily_services import Month
from caseflow.domain.labels import Label


@dataclass(frozen=True)
class OrganisationName:
    """An organisation by its id and name."""

    id: str
    name: Label | str


@dataclass(frozen=True)
class StatementLine:
    """One statement in the list; `number` is 1 for the first of a month, and more for what put it right."""

    id: str
    organisation: OrganisationName
    month: Month
    number: int
    is_newest: bool
    fixed_on: date
    cents: int
    is_assured: bool


@dataclass(frozen=True)
class StatementsView:
    """The list, and for which organisations the reader may work one out."""

    lines: tuple[StatementLine, ...]
    makes: tuple[OrganisationName, ...]


@dataclass(frozen=True)
class Change:
    """What a following statement changes, against the one before it."""

    before_id: str
    number: int
    count: NightCount
    money: tuple[Difference, ...]

    @property
    def cents(self) -> int:
        return sum(one.cents for one in self.money)


@dataclass(frozen=True)
class NoteView:
    """What an accountant signed of a statement."""

    by: str
    signed_at: datetime
    sampled: int
    in_order: int
    differences: tuple[tuple[Finding, int], ...]


@dataclass(frozen=True)
class StatementView:
    """A statement as it was fixed, or as it would be: then without id."""

    organisation: OrganisationName
    month: Month
    number: int
    statement: Statement
    change: Change | None = None
    id: str | None = None
    fixed_at: datetime | None = None
    following_id: str | None = None
    """The next statement of the month, where one put this right."""
    notes: tuple[NoteView, ...] = ()
    fingerprint: str = ""
    may_fix: bool = False
    is_same: bool = False
    """Whether a preview says what the last statement of the month says already."""
