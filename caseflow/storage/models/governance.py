"""What the house keeps about itself: cards opened in an emergency, doors, looks that were reviewed. Codes and ids only.

Reasons in words lie in the vault of the organisation (`models.vault.GovernanceWords`).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

GOVERNANCE, ACCOUNTABILITY = Compartment.GOVERNANCE, Purpose.ACCOUNTABILITY


class CardOpening(CaseworkBase):
    """An emergency card that was opened by one tap at a site, for a quarter of an hour."""

    __tablename__ = "card_openings"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("clients.code"), index=True
    )
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), index=True)
    """The organisation that holds the case, whose privacy officer sees the opening."""
    site_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("sites.id"), nullable=True
    )
    opened_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    opened_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, index=True)
    until_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    seen_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    seen_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class DoorCall(CaseworkBase):
    """Somebody who stood at the door and asked; never whom they asked for."""

    __tablename__ = "door_calls"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), index=True)
    site_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("sites.id"), nullable=True
    )
    at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, index=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    who: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(24), nullable=True)
    """A code of `domain.doors`: which kind of visitor; None until it was told."""
    shown: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(24), nullable=True)
    """A code: what paper they showed."""
    outcome: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(24), nullable=True)
    """A code: left, waits for the on-call colleague, came in by force."""
    told_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    seen_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    seen_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class Attention(CaseworkBase):
    """Looks without relation by one colleague that stood out, to be reviewed by somebody else."""

    __tablename__ = "attentions"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), index=True)
    user_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), index=True)
    kind: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(24))
    from_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    until_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    looks: Mapped[int] = kept(GOVERNANCE, ACCOUNTABILITY, Integer)
    raised_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    verdict: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(24), nullable=True)
    reviewed_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    reviewed_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("user_id", "kind", "from_at"),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> user_id", name="another_reviews"),
    )


class WeeklyReview(CaseworkBase):
    """The privacy officer's review of a week of looks; it cannot be closed while something waits in its queue."""

    __tablename__ = "weekly_reviews"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64))
    week_from: Mapped[date] = kept(GOVERNANCE, ACCOUNTABILITY, Date)
    sampled: Mapped[int] = kept(GOVERNANCE, ACCOUNTABILITY, Integer)
    verdict: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(24))
    closed_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    closed_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (UniqueConstraint("organisation", "week_from"),)


class CaseloadReview(CaseworkBase):
    """A fixed list of cases that somebody goes through under one purpose, until an hour."""

    __tablename__ = "caseload_reviews"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), index=True
    )
    purpose: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(24))
    from_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    until_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class CaseUnderReview(CaseworkBase):
    """One case of a caseload review, in the order of its list."""

    __tablename__ = "cases_under_review"

    review_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("caseload_reviews.id"), primary_key=True
    )
    case_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("cases.id"), primary_key=True
    )
    position: Mapped[int] = kept(GOVERNANCE, ACCOUNTABILITY, Integer)
    looked_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
