"""What pages receive about what left: frozen values, already redacted for their reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.decisions import Decision
from caseflow.domain.disclosure_guards import ApprovedAs
from caseflow.domain.disclosures import Field, Medium, Purpose, State, Why
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed
from caseflow.services.standing_recipients import StandingView


@dataclass(frozen=True)
class DisclosureLine:
    """One thing that left, waits, or was refused; codes, days and whom it went to."""

    id: str
    kind: str
    name: Message
    recipient: Label | str
    recipient_class: RecipientClass
    office: str | None
    """The name of the office; None where it went to the client or to no office of the registry."""
    tier: Tier
    purpose: Purpose
    fields: tuple[Field, ...]
    medium: Medium
    language: str
    state: State
    asked_on: date
    left_on: date | None
    ended_on: date | None
    why: Why | None
    has_document: bool
    untold: int = 0
    """How many recipients have yet to hear that it was taken back."""


@dataclass(frozen=True)
class ApprovalView:
    """Who agreed, as what, and whether they said so on their own screen."""

    name: str
    approved_as: ApprovedAs
    at: datetime
    by_telephone: bool
    is_confirmed: bool


@dataclass(frozen=True)
class NoticeView:
    """That a recipient has to hear something, and when they did."""

    id: str
    why: Why
    told_on: date | None
    told_how: Medium | None
    letter_id: str | None


@dataclass(frozen=True)
class DisclosureView:
    """One disclosure with everything that its reader may see of it."""

    case_id: str
    client_code: str
    call_name: str
    line: DisclosureLine
    basis: Label | str
    basis_until: date | None
    asked_by: str
    issued_by: str | None
    agreed_on: date | None
    warned_on: date | None
    values: Mapping[Field, str | Hidden | Sealed]
    approvals: tuple[ApprovalView, ...]
    missing: tuple[ApprovedAs, ...]
    notices: tuple[NoticeView, ...]
    engine: str | None
    template: str | None
    digest: str | None
    same_engine: bool
    """Whether a document made again would come out in the same bytes."""
    may_approve: Decision | None = None
    """None where it is not for this reader to approve."""
    may_withdraw: Decision | None = None
    may_print: Decision | None = None
    may_confirm: bool = False
    may_tell: bool = False


@dataclass(frozen=True)
class LeftView:
    """A page of what left of a case, newest first, and to whom everyday letters go."""

    lines: tuple[DisclosureLine, ...]
    page: int
    pages: int
    standing: tuple[StandingView, ...]
    is_restricted: bool
    may_ask: bool
    may_withdraw: bool


@dataclass(frozen=True)
class WaitingLine:
    """Something that waits for this colleague: an approval, or their word that they approved by telephone."""

    case_id: str
    client_code: str
    call_name: str
    disclosure_id: str
    name: Message
    recipient: Label | str
    office: str | None
    tier: Tier
    asked_by: str
    asked_at: datetime
    is_by_telephone: bool


@dataclass(frozen=True)
class SampleLine:
    """One disclosure of a week, by code."""

    disclosure_id: str
    client_code: str
    name: Message
    recipient: Label | str
    tier: Tier
    purpose: Purpose
    fields: tuple[Field, ...]
    left_on: date
    state: State
    is_seen: bool
    was_denied: bool
    """Whether a colleague said that they had not approved it by telephone."""
    may_check: bool


@dataclass(frozen=True)
class SampleView:
    """A sample of what left in one week, and how many left in all."""

    week: date
    """Its Monday."""
    earlier: date
    later: date | None
    lines: tuple[SampleLine, ...]
    left: int


@dataclass(frozen=True)
class Printed:
    """A document made again from its record: the bytes and a name that tells nothing."""

    content: bytes
    file_name: str
    is_as_it_left: bool
    """Whether the bytes are those that left; another engine may set the same words otherwise."""
