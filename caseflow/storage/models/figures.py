"""Past episodes that were imported, and publications: figures frozen once they passed the gate."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, PUBLICATION = Compartment.CASEWORK, Compartment.PUBLICATION
FIGURES, ACCOUNTABILITY = Purpose.FIGURES, Purpose.ACCOUNTABILITY


class PastEpisode(CaseworkBase):
    """An episode of an earlier registration: history that counts in figures and nowhere else."""

    __tablename__ = "past_episodes"

    id: Mapped[int] = kept(CASEWORK, FIGURES, Integer, primary_key=True)
    source: Mapped[str] = kept(CASEWORK, FIGURES, String(64))
    programme: Mapped[str] = kept(CASEWORK, FIGURES, String(64))
    person_hash: Mapped[str] = kept(CASEWORK, FIGURES, String(64))
    entered_on: Mapped[date] = kept(CASEWORK, FIGURES, Date)
    exited_on: Mapped[date | None] = kept(CASEWORK, FIGURES, Date, nullable=True)
    outcome: Mapped[str | None] = kept(CASEWORK, FIGURES, String(32), nullable=True)
    outcome_basis: Mapped[str | None] = kept(CASEWORK, FIGURES, String(32), nullable=True)
    gender: Mapped[str] = kept(CASEWORK, FIGURES, String(8))
    age_band: Mapped[str] = kept(CASEWORK, FIGURES, String(8))
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("source", "programme", "person_hash", "entered_on"),
        Index("ix_past_episodes_programme_entered_on", "programme", "entered_on"),
    )


class Publication(CaseworkBase):
    """A disclosure-controlled publication; once frozen no column of it changes, a withdrawal is a row of its own."""

    __tablename__ = "publications"

    id: Mapped[str] = kept(PUBLICATION, FIGURES, String(36), primary_key=True, default=new_id)
    scope: Mapped[str] = kept(PUBLICATION, FIGURES, String(64), index=True)
    cut_off: Mapped[date] = kept(PUBLICATION, FIGURES, Date)
    state: Mapped[str] = kept(PUBLICATION, FIGURES, String(16))
    rule_version: Mapped[str] = kept(PUBLICATION, FIGURES, String(24))
    input_digest: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(64))
    content: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    """Printed tables, headline rates and definitions as canonical JSON; no true count is in it."""
    certificate: Mapped[str] = kept(PUBLICATION, FIGURES, Text)
    prepared_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    prepared_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    proposed_at: Mapped[datetime | None] = kept(PUBLICATION, ACCOUNTABILITY, Instant, nullable=True)
    proposed_by: Mapped[str | None] = kept(PUBLICATION, ACCOUNTABILITY, String(36), nullable=True)
    frozen_at: Mapped[datetime | None] = kept(PUBLICATION, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("scope", "cut_off"),
        CheckConstraint(
            "state IN ('prepared', 'proposed', 'frozen', 'not_published', 'rejected')", name="state"
        ),
        CheckConstraint("(state = 'frozen') = (frozen_at IS NOT NULL)", name="frozen_at"),
    )


class PublicationApproval(CaseworkBase):
    """One of the two approvals a publication needs."""

    __tablename__ = "publication_approvals"

    id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, String(36), primary_key=True, default=new_id
    )
    publication_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("publications.id"), index=True
    )
    user_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    as_role: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(32))
    approved_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("publication_id", "user_id"),
        UniqueConstraint("publication_id", "as_role"),
    )


class PublicationWithdrawal(CaseworkBase):
    """The note that a frozen publication no longer counts; the publication itself stays as it is."""

    __tablename__ = "publication_withdrawals"

    publication_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("publications.id"), primary_key=True
    )
    reason: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(32))
    withdrawn_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    withdrawn_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
