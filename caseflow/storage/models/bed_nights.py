"""Bed-night statements as they were fixed, and the sessions in which an accountant looked behind some nights."""

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

PUBLICATION, GOVERNANCE, SHELTER = (
    Compartment.PUBLICATION,
    Compartment.GOVERNANCE,
    Compartment.SHELTER,
)
FIGURES, ACCOUNTABILITY = Purpose.FIGURES, Purpose.ACCOUNTABILITY


class BedNightStatement(CaseworkBase):
    """The bed-nights of one organisation in one month, for payment: about nobody, and never changed.

    What was not known is put right by a following statement of the same month, which has the next number.
    """

    __tablename__ = "bed_night_statements"

    id: Mapped[str] = kept(PUBLICATION, FIGURES, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(PUBLICATION, FIGURES, String(64))
    month: Mapped[date] = kept(PUBLICATION, FIGURES, Date)
    """The first day of the month."""
    number: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    rule_version: Mapped[str] = kept(PUBLICATION, FIGURES, String(24))
    input_digest: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(64))
    """A keyed digest of every bed-night that was counted, so that a later count can be compared."""
    content: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    recorded_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("organisation", "month", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class AuditorSession(CaseworkBase):
    """Some hours in which one named accountant looks behind a sample of a statement, beside the privacy officer."""

    __tablename__ = "auditor_sessions"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    statement_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("bed_night_statements.id"), index=True
    )
    auditor_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), index=True
    )
    opened_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    opened_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    ends_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    closed_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    seed: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64))
    """From which the sample follows, so that anybody may draw it again."""
    same_count: Mapped[bool] = kept(GOVERNANCE, ACCOUNTABILITY, Boolean)
    """Whether the nights, counted again at the opening, were still those of the statement."""
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class SampledNight(CaseworkBase):
    """One night of a sample: which stay on which bed, what the count said, and what the accountant found."""

    __tablename__ = "sampled_nights"

    id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    session_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, ForeignKey("auditor_sessions.id"))
    number: Mapped[int] = kept(SHELTER, ACCOUNTABILITY, Integer)
    kind: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(16))
    night: Mapped[date] = kept(SHELTER, ACCOUNTABILITY, Date)
    state: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(12))
    placement_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    """No link: a file that is erased takes its stay away, and the sample keeps only that there was one."""
    finding: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(24), nullable=True)
    found_at: Mapped[datetime | None] = kept(SHELTER, ACCOUNTABILITY, Instant, nullable=True)

    __table_args__ = (UniqueConstraint("session_id", "number"),)


class AssuranceNote(CaseworkBase):
    """What the accountant signed with a fresh code: how many of how many in order, differences as codes."""

    __tablename__ = "assurance_notes"

    id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, String(36), primary_key=True, default=new_id
    )
    session_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("auditor_sessions.id"), unique=True
    )
    statement_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("bed_night_statements.id"), index=True
    )
    sampled: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    in_order: Mapped[int] = kept(PUBLICATION, FIGURES, Integer)
    findings: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    """How often each code of a difference was found, as canonical JSON; no night, bed or code of a client."""
    signed_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    signed_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (CheckConstraint("in_order >= 0 AND in_order <= sampled", name="in_order"),)
