"""What somebody was told, agreed to and took back: codes and days in casework, their own words in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

CONSENT, RIGHTS, ACCOUNTABILITY = Compartment.CONSENT, Purpose.RIGHTS, Purpose.ACCOUNTABILITY


class InformationGiven(CaseworkBase):
    """That somebody was told one text, under its number, in a language, on a day."""

    __tablename__ = "information_given"

    id: Mapped[str] = kept(CONSENT, RIGHTS, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CONSENT, RIGHTS, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(CONSENT, RIGHTS, String(12))
    text_version: Mapped[int] = kept(CONSENT, RIGHTS, Integer)
    language: Mapped[str] = kept(CONSENT, RIGHTS, String(8))
    understood: Mapped[bool] = kept(CONSENT, RIGHTS, Boolean, default=True)
    """Whether it is a language that the person understands; in another one they still have to be told."""
    way: Mapped[str] = kept(CONSENT, RIGHTS, String(12))
    interpreter: Mapped[str | None] = kept(CONSENT, RIGHTS, String(12), nullable=True)
    """The number of the interpreter at the agency, never a name."""
    given_on: Mapped[date] = kept(CONSENT, RIGHTS, Date)
    recorded_at: Mapped[datetime] = kept(CONSENT, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CONSENT, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(CONSENT, ACCOUNTABILITY, String(36))
    mistaken_at: Mapped[datetime | None] = kept(CONSENT, ACCOUNTABILITY, Instant, nullable=True)
    mistaken_by: Mapped[str | None] = kept(CONSENT, ACCOUNTABILITY, String(36), nullable=True)
    mistaken_change_id: Mapped[str | None] = kept(
        CONSENT, ACCOUNTABILITY, String(36), nullable=True
    )


class Agreement(CaseworkBase):
    """One thing somebody agreed to, through a last day where one was named, until it is taken back."""

    __tablename__ = "agreements"

    id: Mapped[str] = kept(CONSENT, RIGHTS, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CONSENT, RIGHTS, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(CONSENT, RIGHTS, String(12))
    about: Mapped[str] = kept(CONSENT, RIGHTS, String(24))
    organisation: Mapped[str | None] = kept(CONSENT, RIGHTS, String(64), nullable=True)
    """With whom something is shared; None for anything else."""
    language: Mapped[str] = kept(CONSENT, RIGHTS, String(8))
    interpreter: Mapped[str | None] = kept(CONSENT, RIGHTS, String(12), nullable=True)
    agreed_on: Mapped[date] = kept(CONSENT, RIGHTS, Date)
    until_on: Mapped[date | None] = kept(CONSENT, RIGHTS, Date, nullable=True)
    """The last day, inclusive; None while it has no end."""
    recorded_at: Mapped[datetime] = kept(CONSENT, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CONSENT, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(CONSENT, ACCOUNTABILITY, String(36))
    withdrawn_on: Mapped[date | None] = kept(CONSENT, RIGHTS, Date, nullable=True)
    withdrawn_at: Mapped[datetime | None] = kept(CONSENT, ACCOUNTABILITY, Instant, nullable=True)
    withdrawn_by: Mapped[str | None] = kept(CONSENT, ACCOUNTABILITY, String(36), nullable=True)
    withdrawn_change_id: Mapped[str | None] = kept(
        CONSENT, ACCOUNTABILITY, String(36), nullable=True
    )

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= agreed_on", name="days_in_order"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_at IS NULL)", name="withdrawn_whole"),
        CheckConstraint("(kind = 'share') = (organisation IS NOT NULL)", name="shared_with_one"),
    )


class ConsentWords(Words, VaultBase):
    """What somebody said to it in their own words, where they wished it to be written down."""

    __tablename__ = "consent_words"
    compartment = CONSENT

    case_id: Mapped[str] = kept(CONSENT, RIGHTS, String(36), index=True)
    words: Mapped[str] = kept(CONSENT, RIGHTS, Text)
