"""What a reader gets of a procedure: frozen values, already redacted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.procedures import Consequence
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed


@dataclass(frozen=True)
class DueView:
    """What must happen by which day."""

    what: Message
    on: date
    has_passed: bool
    to_check: bool
    """Whether somebody's hand set the day, so that it is checked with the lawyer."""
    source: Label | None
    """Which source gives the term, where a term of law set the day."""


@dataclass(frozen=True)
class StepView:
    """One step of a procedure, in the order in which they happened."""

    id: str
    what: Message
    on: date
    result: str | Hidden | None
    due: DueView | None


@dataclass(frozen=True)
class LawyerView:
    """Who the lawyer is, under which reference, and the V-number while the procedure runs."""

    lawyer: str | None
    reference: str | None
    v_number: str | None
    version: str = field(default="", compare=False)
    """The id of the version that counts now."""


@dataclass(frozen=True)
class ProcedureView:
    """One procedure as one reader may see it."""

    id: str
    kind: ProcedureKind
    name: Message
    from_on: date | Hidden
    until_on: date | None
    steps: tuple[StepView, ...]
    waiting: tuple[DueView, ...]
    """What still must happen, soonest first."""
    lacks_a_day: bool
    """Whether the newest step asks for a day that no source gives and nobody wrote down."""
    consequence: Consequence | None
    lawyer: LawyerView | Hidden | Sealed | None

    @property
    def is_open(self) -> bool:
        return self.until_on is None
