"""What left, to whom, on which basis and with whose agreement: codes and days. The exact values lie in the vault.

Nothing of immigration enforcement can be written here: the tables refuse it, whatever a service asks (rule FW3).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, MappedColumn

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

GOVERNANCE, RIGHTS, ACCOUNTABILITY = (
    Compartment.GOVERNANCE,
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
)


def _left(*column: Any, purpose: Purpose = ACCOUNTABILITY, **options: Any) -> MappedColumn[Any]:
    """A column about what left of one case."""
    return kept(GOVERNANCE, purpose, *column, part=Part.LEFT, **options)


class Office(CaseworkBase):
    """An office that can receive: a lawyer's, a practice, a school, another organisation; never enforcement."""

    __tablename__ = "offices"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), index=True)
    """Whose registry it stands in."""
    recipient: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(48))
    """The kind of recipient, by its id in `config/disclosure.toml`."""
    recipient_class: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(24))
    name: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(120))
    address: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(300), nullable=True)
    telephone: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(40), nullable=True)
    email: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(120), nullable=True)
    standing: Mapped[bool] = kept(GOVERNANCE, ACCOUNTABILITY, Boolean, default=False)
    """Whether a client can have it as a standing recipient."""
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    closed_on: Mapped[date | None] = kept(GOVERNANCE, ACCOUNTABILITY, Date, nullable=True)
    version: Mapped[int] = kept(GOVERNANCE, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("recipient_class <> 'enforcement'", name="never_enforcement"),
        CheckConstraint("recipient <> 'enforcement'", name="never_police"),
        Index("ix_offices_organisation_name", "organisation", "name"),
    )
    __mapper_args__ = {"version_id_col": version}


class StandingRecipient(CaseworkBase):
    """An office to which the client agreed once that everyday letters go, until they take that back."""

    __tablename__ = "standing_recipients"

    id: Mapped[str] = _left(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = _left(ForeignKey("cases.id"), index=True)
    office_id: Mapped[str] = _left(ForeignKey("offices.id"), index=True)
    agreed_on: Mapped[date] = _left(Date, purpose=RIGHTS)
    agreed_in: Mapped[str] = _left(String(8), purpose=RIGHTS)
    """In which language it was asked and agreed to."""
    recorded_by: Mapped[str] = _left(String(36))
    recorded_at: Mapped[datetime] = _left(Instant)
    change_id: Mapped[str] = _left(String(36))
    withdrawn_on: Mapped[date | None] = _left(Date, nullable=True, purpose=RIGHTS)
    withdrawn_by: Mapped[str | None] = _left(String(36), nullable=True)
    withdrawn_change_id: Mapped[str | None] = _left(String(36), nullable=True)

    __table_args__ = (
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name="who_ended_it"),
    )


class Disclosure(CaseworkBase):
    """Something that left, waits for approval, or was refused: to whom, in which tier, what, on which basis."""

    __tablename__ = "disclosures"

    id: Mapped[str] = _left(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = _left(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = _left(String(32))
    recipient: Mapped[str] = _left(String(48))
    recipient_class: Mapped[str] = _left(String(24))
    office_id: Mapped[str | None] = _left(ForeignKey("offices.id"), nullable=True)
    """None where it went to the client, or to a kind of recipient without an office in the registry."""
    tier: Mapped[str] = _left(String(8))
    purpose: Mapped[str] = _left(String(24))
    basis: Mapped[str] = _left(String(32))
    fields: Mapped[str] = _left(String(800))
    """The exact fields, as codes in order with a space between them; their values lie in the vault."""
    language: Mapped[str] = _left(String(8))
    medium: Mapped[str] = _left(String(16))
    about_id: Mapped[str | None] = _left(String(36), nullable=True, index=True)
    """What it answers or takes back: a request, a demand, a meeting, an earlier disclosure."""
    state: Mapped[str] = _left(String(12), index=True)
    asked_by: Mapped[str] = _left(String(36))
    asked_at: Mapped[datetime] = _left(Instant)
    change_id: Mapped[str] = _left(String(36))
    agreed_on: Mapped[date | None] = _left(Date, nullable=True, purpose=RIGHTS)
    """When the client agreed to it, or wished it themself where an authority receives."""
    warned_on: Mapped[date | None] = _left(Date, nullable=True, purpose=RIGHTS)
    """When the client was told that IND and DT&V will learn of them."""
    left_on: Mapped[date | None] = _left(Date, nullable=True)
    issued_at: Mapped[datetime | None] = _left(Instant, nullable=True, index=True)
    issued_by: Mapped[str | None] = _left(String(36), nullable=True)
    engine: Mapped[str | None] = _left(String(200), nullable=True)
    """With which engine, fonts and template the document was made; None where nothing was printed."""
    template: Mapped[str | None] = _left(String(64), nullable=True)
    digest: Mapped[str | None] = _left(String(64), nullable=True)
    ended_by: Mapped[str | None] = _left(String(36), nullable=True)
    """Who refused it or took it back."""
    ended_at: Mapped[datetime | None] = _left(Instant, nullable=True)
    why: Mapped[str | None] = _left(String(24), nullable=True)
    sampled_by: Mapped[str | None] = _left(String(36), nullable=True)
    """Which privacy officer looked at it afterwards."""
    sampled_at: Mapped[datetime | None] = _left(Instant, nullable=True)
    version: Mapped[int] = _left(Integer, default=1, purpose=Purpose.OPERATION)

    __table_args__ = (
        CheckConstraint("recipient_class <> 'enforcement'", name="never_enforcement"),
        CheckConstraint("recipient <> 'enforcement'", name="never_police"),
        CheckConstraint(
            "state IN ('asked', 'approved', 'issued', 'refused', 'withdrawn')", name="state"
        ),
        CheckConstraint(
            "state <> 'issued' OR (issued_at IS NOT NULL AND left_on IS NOT NULL)",
            name="issued_on_a_day",
        ),
        CheckConstraint(
            "(ended_at IS NULL) = (state NOT IN ('refused', 'withdrawn'))", name="ended_with_a_day"
        ),
        CheckConstraint("(ended_at IS NULL) = (why IS NULL)", name="ended_with_a_reason"),
        CheckConstraint(
            "sampled_by IS NULL OR (sampled_by <> asked_by AND sampled_by <> issued_by)",
            name="another_looks",
        ),
        Index("ix_disclosures_case_id_asked_at", "case_id", "asked_at"),
    )
    __mapper_args__ = {"version_id_col": version}


class DisclosureApproval(CaseworkBase):
    """That somebody agreed to a disclosure: on their own screen, or by telephone and confirmed afterwards."""

    __tablename__ = "disclosure_approvals"

    id: Mapped[str] = _left(String(36), primary_key=True, default=new_id)
    disclosure_id: Mapped[str] = _left(ForeignKey("disclosures.id"), index=True)
    user_id: Mapped[str] = _left(String(36), index=True)
    """Who agreed; of an outside lawyer, who recorded it for them."""
    approved_as: Mapped[str] = _left(String(20))
    by: Mapped[str] = _left(String(12))
    recorded_by: Mapped[str] = _left(String(36))
    approved_at: Mapped[datetime] = _left(Instant)
    change_id: Mapped[str] = _left(String(36))
    confirmed_at: Mapped[datetime | None] = _left(Instant, nullable=True)
    """When whoever agreed by telephone said so in a session of their own; at once where it was on their screen."""
    confirmed_change_id: Mapped[str | None] = _left(String(36), nullable=True)
    denied_at: Mapped[datetime | None] = _left(Instant, nullable=True)
    """When they said that they did not."""

    __table_args__ = (
        CheckConstraint("by IN ('screen', 'telephone')", name="how"),
        CheckConstraint("by = 'telephone' OR confirmed_at IS NOT NULL", name="confirmed_at_once"),
        Index(
            "uq_disclosure_approvals_role",
            "disclosure_id",
            "approved_as",
            unique=True,
            sqlite_where=text("denied_at IS NULL"),
        ),
    )


class DisclosureNotice(CaseworkBase):
    """That a recipient has to hear that something was taken back or put right, and when they did (GDPR art. 19)."""

    __tablename__ = "disclosure_notices"

    id: Mapped[str] = _left(String(36), primary_key=True, default=new_id)
    disclosure_id: Mapped[str] = _left(ForeignKey("disclosures.id"), index=True, purpose=RIGHTS)
    why: Mapped[str] = _left(String(24), purpose=RIGHTS)
    task_id: Mapped[str | None] = _left(String(36), nullable=True)
    """The task of the case team to tell the recipient."""
    letter_id: Mapped[str | None] = _left(ForeignKey("disclosures.id"), nullable=True)
    """The notice that left: a disclosure of its own."""
    recorded_by: Mapped[str] = _left(String(36))
    recorded_at: Mapped[datetime] = _left(Instant)
    change_id: Mapped[str] = _left(String(36))
    told_on: Mapped[date | None] = _left(Date, nullable=True, purpose=RIGHTS)
    told_how: Mapped[str | None] = _left(String(16), nullable=True, purpose=RIGHTS)
    told_by: Mapped[str | None] = _left(String(36), nullable=True)
    told_change_id: Mapped[str | None] = _left(String(36), nullable=True)

    __table_args__ = (CheckConstraint("(told_on IS NULL) = (told_by IS NULL)", name="who_told"),)


class DisclosedValues(Words, VaultBase):
    """The exact values of one disclosure, field by field, and the letter they stand in, as they left."""

    __tablename__ = "disclosed_values"
    compartment = GOVERNANCE

    case_id: Mapped[str] = _left(String(36), index=True)
    disclosure_id: Mapped[str] = _left(String(36), index=True)
    fields: Mapped[str] = _left(Text, purpose=RIGHTS)
    """Canonical JSON: field code to the words that leave, in the language of the document."""
    letter: Mapped[str | None] = _left(Text, nullable=True, purpose=RIGHTS)
    """Canonical JSON of the letter: sender, addressee, day and these values; None where nothing was printed."""
    dated_on: Mapped[date] = _left(Date)
