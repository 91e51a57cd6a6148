"""Requests of clients about their own data: codes and days in casework, what was said in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

GOVERNANCE, RIGHTS, ACCOUNTABILITY = (
    Compartment.GOVERNANCE,
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
)


class ClientRequest(CaseworkBase):
    """One request: what was asked when and by whom, what was decided, and when the client was told."""

    __tablename__ = "client_requests"

    id: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(64), index=True)
    case_id: Mapped[str | None] = kept(
        GOVERNANCE, RIGHTS, ForeignKey("cases.id"), nullable=True, index=True
    )
    """None for a request in the name of somebody whom nobody looks up: it is answered the same for everybody."""
    kind: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(16))
    about: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(16), nullable=True)
    asked_on: Mapped[date] = kept(GOVERNANCE, RIGHTS, Date)
    asked_by: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(16))
    identity: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(12))
    """How it was checked who asks; never a number or a copy of a paper."""
    language: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(8))
    due_on: Mapped[date] = kept(GOVERNANCE, RIGHTS, Date, index=True)
    extended_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    """When the client was told that it takes longer, within the first month."""
    longer_because: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(12), nullable=True)
    advised_outcome: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(12), nullable=True)
    """What the lead of the team advises where the privacy officer decides."""
    advised_ground: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(16), nullable=True)
    advised_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    outcome: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(12), nullable=True)
    ground: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(16), nullable=True)
    decided_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    decided_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    answered_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    answered_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    lift_told_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    lifted_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    lifted_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(GOVERNANCE, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('refused', 'partly') OR decided_by <> recorded_by",
            name="another_refuses",
        ),
        CheckConstraint("(outcome IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("answered_on IS NULL OR outcome IS NOT NULL", name="decided_first"),
        CheckConstraint(
            "lifted_on IS NULL OR (lift_told_on IS NOT NULL AND lift_told_on <= lifted_on)",
            name="told_before_lifting",
        ),
    )
    __mapper_args__ = {"version_id_col": version}


class ClientRequestWords(Words, VaultBase):
    """What the client asked for, and what they say where it is kept beside what stands in the file."""

    __tablename__ = "client_request_words"
    compartment = Compartment.NOTES

    case_id: Mapped[str] = kept(Compartment.NOTES, ACCOUNTABILITY, String(36), index=True)
    request_id: Mapped[str] = kept(Compartment.NOTES, ACCOUNTABILITY, String(36), index=True)
    kind: Mapped[str] = kept(Compartment.NOTES, ACCOUNTABILITY, String(12))
    """`asked`, or `statement`: what the client says, kept beside a fact that was not changed."""
    words: Mapped[str] = kept(Compartment.NOTES, RIGHTS, Text)
