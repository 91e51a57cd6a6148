"""What the pages of accountability statements show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.accountability_statements import StatementKind, StatementRow
from caseflow.domain.labels import Label


@dataclass(frozen=True)
class OfficialName:
    """The account that a statement is for: whose it is, and of which organisation."""

    id: str
    name: str
    organisation: Label | str


@dataclass(frozen=True)
class StatementView:
    """A statement: what it says, whom it is for and until when, and how far it is."""

    id: str
    programme: str
    name: Label
    kind: StatementKind
    cut_off: date
    since: date | None
    """The first day that a yearly one counts."""
    state: str
    rows: tuple[StatementRow, ...]
    official: OfficialName
    until_on: date
    proposed_at: datetime
    proposed_by: str
    issued_at: datetime | None
    ended_at: datetime | None
    approved_as: tuple[str, ...]
    approved_by: tuple[str, ...]
    is_over: bool
    """Whether it cannot be read any more by the official: its day has passed, or somebody ended it."""

    @property
    def total(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def prepared_by(self) -> str:
        """Whoever proposes a statement also prepared it."""
        return self.proposed_by


@dataclass(frozen=True)
class StatementsView:
    """A page of the list, and whether the reader proposes any."""

    lines: tuple[StatementView, ...]
    page: int
    pages: int
    proposes: bool


@dataclass(frozen=True)
class Offered:
    """What there is to choose for a proposal: programmes that published, their cut-offs, and who may be told."""

    programmes: tuple[tuple[str, Label], ...]
    cut_offs: tuple[date, ...]
    officials: tuple[OfficialName, ...]
