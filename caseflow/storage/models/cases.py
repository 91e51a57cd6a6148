"""Clients and their cases (one case is one episode in one programme), and who stands in which relation to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, GOVERNANCE = Compartment.CASEWORK, Compartment.GOVERNANCE
SAFETY = Compartment.SAFETY
GUIDANCE, ACCOUNTABILITY = Purpose.GUIDANCE, Purpose.ACCOUNTABILITY


class Client(CaseworkBase):
    """A person known by a call name (which need not be real) and a random code; nothing else is needed."""

    __tablename__ = "clients"

    code: Mapped[str] = kept(CASEWORK, GUIDANCE, String(12), primary_key=True, part=Part.CALL)
    organisation: Mapped[str] = kept(CASEWORK, GUIDANCE, String(64), index=True)
    call_name: Mapped[str] = kept(CASEWORK, Purpose.ADDRESS_THE_PERSON, String(80), part=Part.CALL)
    gender: Mapped[str] = kept(CASEWORK, Purpose.SHELTER, String(8), default="unknown")
    age_band: Mapped[str] = kept(CASEWORK, Purpose.FIGURES, String(8), default="unknown")
    language: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(8), nullable=True)
    interpreter: Mapped[bool | None] = kept(CASEWORK, GUIDANCE, Boolean, nullable=True)
    restricted: Mapped[bool] = kept(GOVERNANCE, Purpose.SAFETY, Boolean, default=False)
    is_test: Mapped[bool] = kept(CASEWORK, Purpose.FIGURES, Boolean, default=False, part=Part.CALL)
    """Invented, and marked so wherever the call name stands: nobody may take it for a person."""
    registered_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(CASEWORK, Purpose.OPERATION, Integer, default=1)

    __mapper_args__ = {"version_id_col": version}


class Case(CaseworkBase):
    """One episode of a client in a programme; re-entry is a new case of the same client."""

    __tablename__ = "cases"

    id: Mapped[str] = kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(
        CASEWORK, GUIDANCE, ForeignKey("clients.code"), index=True, part=Part.CALL
    )
    programme: Mapped[str] = kept(CASEWORK, GUIDANCE, String(64), part=Part.STAGE)
    organisation: Mapped[str] = kept(CASEWORK, GUIDANCE, String(64), index=True)
    team_id: Mapped[str | None] = kept(CASEWORK, GUIDANCE, ForeignKey("teams.id"), nullable=True)
    stage: Mapped[str] = kept(CASEWORK, GUIDANCE, String(24), part=Part.STAGE)
    opened_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    assigned_on: Mapped[date | None] = kept(CASEWORK, GUIDANCE, Date, nullable=True)
    last_contact_on: Mapped[date | None] = kept(
        CASEWORK, GUIDANCE, Date, nullable=True, part=Part.DUE_DATES
    )
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(CASEWORK, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        Index("ix_cases_team_id_stage", "team_id", "stage"),
        Index("ix_cases_programme_stage", "programme", "stage"),
    )
    __mapper_args__ = {"version_id_col": version}


class CaseTeamMember(CaseworkBase):
    """A colleague on the case team of one case, from a date, perhaps as a deputy until a date."""

    __tablename__ = "case_team_members"

    id: Mapped[str] = kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("cases.id"), index=True)
    user_id: Mapped[str] = kept(
        CASEWORK, GUIDANCE, ForeignKey("user_accounts.id"), index=True, part=Part.CASE_TEAM_CONTACT
    )
    deputy_for: Mapped[str | None] = kept(
        CASEWORK, GUIDANCE, String(36), nullable=True, part=Part.CASE_TEAM_CONTACT
    )
    from_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date)
    until_on: Mapped[date | None] = kept(
        CASEWORK, GUIDANCE, Date, nullable=True, part=Part.CASE_TEAM_CONTACT
    )
    """The last day on the team, inclusive; None while it goes on."""
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))


class RestrictedReader(CaseworkBase):
    """A colleague named as reader of a restricted client's cases."""

    __tablename__ = "restricted_readers"

    id: Mapped[str] = kept(GOVERNANCE, Purpose.SAFETY, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(
        GOVERNANCE, Purpose.SAFETY, ForeignKey("clients.code"), index=True
    )
    user_id: Mapped[str] = kept(GOVERNANCE, Purpose.SAFETY, ForeignKey("user_accounts.id"))
    from_on: Mapped[date] = kept(GOVERNANCE, Purpose.SAFETY, Date)
    until_on: Mapped[date | None] = kept(GOVERNANCE, Purpose.SAFETY, Date, nullable=True)


class CaseShare(CaseworkBase):
    """One compartment of a case shared with a second organisation; ended in one click."""

    __tablename__ = "case_shares"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("cases.id"), index=True)
    organisation: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(64), index=True)
    compartment: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(24))
    client_informed_on: Mapped[date] = kept(GOVERNANCE, Purpose.RIGHTS, Date)
    from_on: Mapped[date] = kept(GOVERNANCE, GUIDANCE, Date)
    until_on: Mapped[date | None] = kept(GOVERNANCE, GUIDANCE, Date, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class Referral(CaseworkBase):
    """A counsellor or health worker to whom a case was referred."""

    __tablename__ = "referrals"

    id: Mapped[str] = kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("cases.id"), index=True)
    user_id: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("user_accounts.id"), index=True)
    kind: Mapped[str] = kept(CASEWORK, GUIDANCE, String(16))
    from_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date)
    until_on: Mapped[date | None] = kept(CASEWORK, GUIDANCE, Date, nullable=True)
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))


class HandoverRead(CaseworkBase):
    """That a colleague said of a handover note that they read it; the note itself lies in the vault."""

    __tablename__ = "handover_reads"

    note_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36), primary_key=True)
    user_id: Mapped[str] = kept(
        CASEWORK, ACCOUNTABILITY, ForeignKey("user_accounts.id"), primary_key=True
    )
    case_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, ForeignKey("cases.id"), index=True)
    read_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))


class BrokenGlass(CaseworkBase):
    """A case opened outside one's relations, for hours; the written reason lies in the vault."""

    __tablename__ = "broken_glass"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("cases.id"), index=True)
    user_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), index=True
    )
    purpose: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(24))
    """A code of the buttons: client_is_here, phone, deadline, handover, other."""
    from_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    until_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    verdict: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(24), nullable=True)
    reviewed_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    reviewed_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> user_id", name="another_reviews"),
        CheckConstraint("(reviewed_by IS NULL) = (verdict IS NULL)", name="a_review_has_a_verdict"),
    )


class Separation(CaseworkBase):
    """Two people who are kept apart for safety: neither side's site, contact or presence shows on the other's pages."""

    __tablename__ = "separations"

    id: Mapped[str] = kept(SAFETY, Purpose.SAFETY, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(SAFETY, Purpose.SAFETY, ForeignKey("clients.code"), index=True)
    other_code: Mapped[str] = kept(SAFETY, Purpose.SAFETY, ForeignKey("clients.code"), index=True)
    from_on: Mapped[date] = kept(SAFETY, Purpose.SAFETY, Date)
    until_on: Mapped[date | None] = kept(SAFETY, Purpose.SAFETY, Date, nullable=True)
    """The last day, inclusive; None while it goes on."""
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    until_recorded_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    until_recorded_at: Mapped[datetime | None] = kept(
        SAFETY, ACCOUNTABILITY, Instant, nullable=True
    )
    until_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (CheckConstraint("client_code <> other_code", name="two_people"),)
