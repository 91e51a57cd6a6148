"""What a reader gets of a formal decision: frozen values, already redacted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseflow.domain.decision_letters import LANGUAGES, Block
from caseflow.domain.decisions import Decision
from caseflow.domain.formal_decision_turns import Awaited, Turn
from caseflow.domain.formal_decision_words import (
    STATE_NAMES,
    DecisionKind,
    DecisionState,
    StepKind,
)
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.services.case_views import Sealed


@dataclass(frozen=True)
class CriterionView:
    """Which criterion of the rules is not met: by number, and in words for who sees the screening."""

    number: int
    label: Label
    rule_version: str


@dataclass(frozen=True)
class StepView:
    """One step, in the order in which they were written down."""

    id: str
    kind: StepKind
    name: Message
    on: date
    result: Message | None
    due_on: date | None


@dataclass(frozen=True)
class LetterView:
    """A letter as it was made; `number` counts the letters of one decision from 1, oldest first."""

    number: int
    language: str
    dated_on: date
    title: str
    blocks: tuple[Block, ...]

    @property
    def language_name(self) -> str:
        """The language by its own name; a code that is not offered any more stays readable."""
        return LANGUAGES.get(self.language, self.language)


@dataclass(frozen=True)
class FormalDecisionView:
    """One formal decision as one reader may see it.

    Who sees the screening and not the decision (a referred counsellor) gets the criterion alone.
    """

    id: str
    criterion: CriterionView | Hidden | None
    kind: DecisionKind | Hidden = HIDDEN
    name: Message | Hidden = HIDDEN
    ground: Message | Hidden = HIDDEN
    state: DecisionState | Hidden = HIDDEN
    effective_on: date | Hidden = HIDDEN
    until_on: date | Hidden | None = HIDDEN
    prepared_by: str | Hidden = HIDDEN
    decided_by: str | Hidden | None = HIDDEN
    decided_on: date | Hidden | None = HIDDEN
    words: str | Hidden | Sealed | None = HIDDEN
    """What explains it, and stands in its letter."""
    stands: bool = False
    steps: tuple[StepView, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    objection_until: date | None = None
    source: Label | None = None
    """Which source gives the term for objection."""
    to_confirm: bool = False
    """Whether a jurist still has to confirm that source."""
    is_late: bool = False
    turn: Turn | None = None
    next_steps: Mapping[StepKind, Decision] = field(default_factory=dict)
    """Whether each step can come next, and why not."""
    letters: tuple[LetterView, ...] | Hidden | Sealed = HIDDEN
    may_decide: Decision | None = None
    may_write: Decision | None = None
    """Whether its letter can be made."""
    version: int = 1

    @property
    def state_name(self) -> Message | Hidden:
        """How far it is, in words."""
        return self.state if isinstance(self.state, Hidden) else STATE_NAMES[self.state]

    @property
    def letter_says_another_day(self) -> bool:
        """Whether every letter was dated on another day than it was made known, so that their last days differ."""
        known = next((one.on for one in self.steps if one.kind is StepKind.MADE_KNOWN), None)
        if known is None or not isinstance(self.letters, tuple) or not self.letters:
            return False
        return all(one.dated_on != known for one in self.letters)

    @property
    def is_prepared(self) -> bool:
        return self.state is DecisionState.PREPARED

    @property
    def draws_the_eye(self) -> bool:
        """Whether it waits for somebody, or may mean something for the stay."""
        return bool(self.awaited) or self.turn is not None
