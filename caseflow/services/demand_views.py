"""What a page shows of a demand: codes, days, and words as far as this reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.demand_codes import (
    Decider,
    DemandOutcome,
    Effect,
    HowAnswered,
    HowDemanded,
    Scope,
    Taken,
    Verdict,
)
from caseflow.domain.demand_files import Authority, Power
from caseflow.domain.disclosures import Field
from caseflow.domain.labels import Label
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed


@dataclass(frozen=True)
class DemandLine:
    """One demand in the register: nothing in it tells whether somebody is known."""

    id: str
    received_at: datetime
    authority: Label
    power: Label | None
    scope: Scope | None
    how: HowDemanded
    answer_by: date | None
    answered_at: datetime | None
    outcome: DemandOutcome | None
    is_late: bool
    review_is_due: bool
    """Whether silence towards the client has to be asked again."""
    is_unseen: bool
    """Whether the FG has not looked at it yet."""


@dataclass(frozen=True)
class RegisterView:
    """A page of the register, what waits first; for who sees only their own, those alone."""

    lines: tuple[DemandLine, ...]
    page: int
    pages: int
    sees_all: bool
    may_record: bool


@dataclass(frozen=True)
class DecisionView:
    """What one of the three decided."""

    decider: Decider
    verdict: Verdict
    decided_on: date
    recorded_by: str
    reference: str | None
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class SilenceView:
    """An order of silence, or the review that ended it."""

    ground: Label
    ordered_on: date
    review_on: date | None
    recorded_by: str


@dataclass(frozen=True)
class TakingView:
    """Something that was taken in a search."""

    kind: Taken
    how_many: int
    site: str | None
    digest: str | None
    taken_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class HandoverView:
    """What is handed over: made ready by one, let go by another."""

    fields: tuple[Field, ...]
    prepared_by: str
    prepared_at: datetime
    released_by: str | None
    released_at: datetime | None


@dataclass(frozen=True)
class WordsView:
    """Words about a demand, as they lie in the vault."""

    kind: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Behind:
    """What only director, privacy officer and FG see of a demand."""

    assessed_by: str | None
    named: tuple[Field, ...]
    decisions: tuple[DecisionView, ...]
    verdict: Verdict | None
    granted: tuple[Field, ...]
    handover: HandoverView | None
    silences: tuple[SilenceView, ...]
    is_silent: bool
    link_count: int | Sealed
    """To how many client codes it was linked; to which stands on no page, and is typed again to take it back."""
    words: tuple[WordsView, ...] | Hidden | Sealed
    documents: int
    """How many papers were handed over, for the privacy officer alone."""


@dataclass(frozen=True)
class DemandView:
    """One demand, as far as this reader sees it."""

    line: DemandLine
    authority: Authority | None
    power: Power | None
    effect: Effect | None
    reference: str | None
    received_by: str
    has_door: bool
    answered_how: HowAnswered | None
    answered_by: str | None
    settled_on: date | None
    fg_saw_at: datetime | None
    takings: tuple[TakingView, ...]
    sites: tuple[tuple[str, str], ...]
    search: tuple[Label, ...]
    search_source: Label
    on_call: str | None
    behind: Behind | None
    may: Mapping[str, bool]
    """Which acts are this reader's now, by name."""
    version: int
