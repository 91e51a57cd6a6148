"""What pages show of requests of clients: for a case with the words, in the queue by code alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.client_request_words import (
    About,
    AskedBy,
    IdentityCheck,
    LongerBecause,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.decisions import Decision
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed

Words = str | Hidden | Sealed | None


@dataclass(frozen=True)
class ClientRequestLine:
    """The codes and days of one request."""

    id: str
    kind: RequestKind
    about: About | None
    asked_on: date
    asked_by: AskedBy
    identity: IdentityCheck
    language: str
    due_on: date
    first_due_on: date
    is_open: bool
    is_late: bool
    extended_on: date | None
    longer_because: LongerBecause | None
    advised_outcome: RequestOutcome | None
    advised_ground: RequestGround | None
    outcome: RequestOutcome | None
    ground: RequestGround | None
    decided_on: date | None
    answered_on: date | None
    freezes: bool
    lift_told_on: date | None
    lifted_on: date | None
    erase_by: date | None
    version: int

    @property
    def waits_for_review(self) -> bool:
        """Whether the lead has advised and the privacy officer has not decided."""
        return self.outcome is None and self.advised_outcome is not None


@dataclass(frozen=True)
class ClientRequestView:
    """One request on the page of a case: with what the client said, and what can be done next."""

    line: ClientRequestLine
    recorded_by: str
    decided_by: str
    asked: Words
    statement: Words
    """What the client says, kept beside what stands in the file."""
    letter_id: str | None
    """The answer as it left: a disclosure of its own."""
    may_check: Decision
    may_extend: Decision
    may_decide: Decision
    may_answer: Decision
    may_lift: Decision


@dataclass(frozen=True)
class ClientRequests:
    """The requests of a case, newest first, and whether anything may leave."""

    requests: tuple[ClientRequestView, ...]
    is_frozen: bool
    """Whether nothing of the person leaves, by a request in this case or another one of theirs."""

    @property
    def waiting(self) -> int:
        """How many wait for an answer."""
        return sum(one.line.is_open for one in self.requests)

    @property
    def draws_the_eye(self) -> bool:
        """Whether somebody has to do something."""
        return self.waiting > 0 or self.is_frozen


@dataclass(frozen=True)
class QueueLine:
    """One request in the queue: by client code, and by case for whoever opens that."""

    line: ClientRequestLine
    client_code: str | None
    """None for a request in the name of somebody whom nobody looks up."""
    case_id: str | None
    """Where it is dealt with, for a reader of the case; None for who reads by code."""


@dataclass(frozen=True)
class RequestQueue:
    """A page of requests, what is due first, and how the open ones stand."""

    lines: tuple[QueueLine, ...]
    open_count: int
    late_count: int
    page: int
    pages: int
    counts: dict[tuple[RequestKind, RequestOutcome | None], int]
    """Of the last twelve months, by kind and outcome, for who reads by code; None where nothing is decided yet."""
    may_record: bool


@dataclass(frozen=True)
class QueuedRequest:
    """One request as who reads by code sees it."""

    line: ClientRequestLine
    client_code: str | None
    recorded_by: str
    words: Words
    """Of a request in somebody's name: what was written, for who wrote it down."""
    may_decide: Decision
    may_answer: Decision
