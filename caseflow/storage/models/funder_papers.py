"""What funders get beside publications, as it was fixed: sheets, sentinel figures and accountability statements."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

PUBLICATION = Compartment.PUBLICATION
FIGURES, ACCOUNTABILITY = Purpose.FIGURES, Purpose.ACCOUNTABILITY


class OperationsSheet(CaseworkBase):
    """The operations sheet of a programme or group in a month: about nobody, and never changed.

    What was not known is put right by a following sheet of the same month, which has the next number.
    """

    __tablename__ = "operations_sheets"

    id: Mapped[str] = kept(PUBLICATION, FIGURES, String(36), primary_key=True, default=new_id)
    scope: Mapped[str] = kept(PUBLICATION, FIGURES, String(64))
    month: Mapped[date] = kept(PUBLICATION, FIGURES, Date)
    """The first day of the month."""
    number: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    rule_version: Mapped[str] = kept(PUBLICATION, FIGURES, String(24))
    content: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    """The printed rows as canonical JSON; no head count is in it."""
    composition: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, Text)
    """Which sites stood together, so that a correction parts none of them; shown to nobody."""
    recorded_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("scope", "month", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class SentinelFigure(CaseworkBase):
    """Whether something that must not happen did not happen in a programme in a year; never how often it did.

    What becomes known later is a further row with the next number.
    """

    __tablename__ = "sentinel_figures"

    id: Mapped[str] = kept(PUBLICATION, FIGURES, String(36), primary_key=True, default=new_id)
    programme: Mapped[str] = kept(PUBLICATION, FIGURES, String(64))
    year: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    kind: Mapped[str] = kept(PUBLICATION, FIGURES, String(24))
    number: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    is_none: Mapped[bool] = kept(PUBLICATION, FIGURES, Boolean)
    recorded_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("programme", "year", "kind", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class AccountabilityStatement(CaseworkBase):
    """Exact outcome counts of five and more of one programme, for one official and until a day.

    Once issued only that the grant ended is written into its row.
    """

    __tablename__ = "accountability_statements"

    id: Mapped[str] = kept(PUBLICATION, FIGURES, String(36), primary_key=True, default=new_id)
    programme: Mapped[str] = kept(PUBLICATION, FIGURES, String(64), index=True)
    kind: Mapped[str] = kept(PUBLICATION, FIGURES, String(12))
    cut_off: Mapped[date] = kept(PUBLICATION, FIGURES, Date)
    state: Mapped[str] = kept(PUBLICATION, FIGURES, String(12))
    rule_version: Mapped[str] = kept(PUBLICATION, FIGURES, String(24))
    content: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    """The rows with their exact counts, each five or more, as canonical JSON."""
    known: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, Text)
    """What its reader knows of the outcome table from it, as the gate reads it."""
    input_digest: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(64))
    reader_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("user_accounts.id"), index=True
    )
    """The account of the official whom it is for."""
    until_on: Mapped[date] = kept(PUBLICATION, ACCOUNTABILITY, Date)
    """The last day on which it can be read."""
    proposed_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    proposed_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    issued_at: Mapped[datetime | None] = kept(PUBLICATION, ACCOUNTABILITY, Instant, nullable=True)
    ended_at: Mapped[datetime | None] = kept(PUBLICATION, ACCOUNTABILITY, Instant, nullable=True)
    ended_by: Mapped[str | None] = kept(PUBLICATION, ACCOUNTABILITY, String(36), nullable=True)
    ended_change_id: Mapped[str | None] = kept(
        PUBLICATION, ACCOUNTABILITY, String(36), nullable=True
    )
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("kind IN ('cumulative', 'yearly')", name="kind"),
        CheckConstraint("state IN ('proposed', 'issued', 'rejected')", name="state"),
        CheckConstraint("(state = 'issued') = (issued_at IS NOT NULL)", name="issued_at"),
        CheckConstraint("ended_at IS NULL OR state = 'issued'", name="ended_once_issued"),
    )


class AccountabilityApproval(CaseworkBase):
    """One of the two approvals that an accountability statement needs."""

    __tablename__ = "accountability_approvals"

    id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, String(36), primary_key=True, default=new_id
    )
    statement_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("accountability_statements.id"), index=True
    )
    user_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    as_role: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(32))
    approved_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("statement_id", "user_id"),
        UniqueConstraint("statement_id", "as_role"),
    )
