"""What a reader gets of the client file: plan, people around, legal papers; frozen and already redacted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from caseflow.domain.contact_persons import Agreement, PersonRole
from caseflow.domain.legal_papers import Direction
from caseflow.domain.plans import DoneBy, LineKind, LineState
from caseflow.domain.redaction import HIDDEN, Hidden


@dataclass(frozen=True)
class LineVersion:
    """An earlier version of a line of the plan."""

    kind: LineKind
    words: str
    done_by: DoneBy
    state: LineState
    by: str
    at: datetime


@dataclass(frozen=True)
class PlanLineView:
    """A goal or an agreement as it stands now, with its trail."""

    id: str
    version: str
    kind: LineKind
    words: str
    done_by: DoneBy
    state: LineState
    review_on: date | None
    review_is_late: bool
    by: str
    at: datetime
    earlier: tuple[LineVersion, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is LineState.OPEN


@dataclass(frozen=True)
class PersonAroundView:
    """Somebody around the client, and what the client agreed to."""

    id: str
    version: str
    role: PersonRole
    name: str
    phone: str | None
    agreed: Agreement
    agreed_until: date | None
    in_force: Agreement
    is_over: bool
    recorded_on: date
    earlier: int
    """How many earlier versions are kept."""


@dataclass(frozen=True)
class LegalNoteView:
    """A confidential note of the counsellor."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ConclusionView:
    """What the counsellor released, and by which day something is due."""

    words: str
    due_on: date | None
    by: str
    at: datetime


@dataclass(frozen=True)
class LetterView:
    """A letter of or to the lawyer: its dates, and for the counsellor what it says."""

    direction: Direction
    dated_on: date
    due_on: date | None
    words: str | Hidden


@dataclass(frozen=True)
class ClientFileView:
    """The parts of the file that lie in the vault beside identity, contact and notes."""

    plan: tuple[PlanLineView, ...] | Hidden = HIDDEN
    persons: tuple[PersonAroundView, ...] | Hidden = HIDDEN
    legal_notes: tuple[LegalNoteView, ...] | Hidden = HIDDEN
    conclusions: tuple[ConclusionView, ...] | Hidden = HIDDEN
    letters: tuple[LetterView, ...] | Hidden = HIDDEN
    is_sealed: bool = False
    """Whether the vault is sealed: what is not hidden could be read once it is open."""
    newest: Mapping[str, str] = field(default_factory=dict)
    """Ids of the versions that count now, for the forms that would save over them."""

    @property
    def open_lines(self) -> tuple[PlanLineView, ...]:
        return tuple(one for one in self.plan or () if one.is_open)
