"""Staff: teams, accounts, what they are appointed to, their sessions and their rosters."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

ACCOUNTS, STAFF, SECURITY = Compartment.ACCOUNTS, Purpose.STAFF_ACCOUNTS, Purpose.SECURITY


class Team(CaseworkBase):
    """Colleagues of one organisation who share a caseload."""

    __tablename__ = "teams"

    id: Mapped[str] = kept(ACCOUNTS, STAFF, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(ACCOUNTS, STAFF, String(64), index=True)
    name: Mapped[str] = kept(ACCOUNTS, STAFF, String(80))


class UserAccount(CaseworkBase):
    """A colleague who signs in. Home addresses and private numbers are not collected."""

    __tablename__ = "user_accounts"

    id: Mapped[str] = kept(ACCOUNTS, STAFF, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(ACCOUNTS, STAFF, String(64), index=True)
    team_id: Mapped[str | None] = kept(ACCOUNTS, STAFF, ForeignKey("teams.id"), nullable=True)
    username: Mapped[str] = kept(ACCOUNTS, STAFF, String(64), unique=True)
    display_name: Mapped[str] = kept(ACCOUNTS, STAFF, String(80))
    work_phone: Mapped[str | None] = kept(ACCOUNTS, STAFF, String(32), nullable=True)
    mail_address: Mapped[str | None] = kept(ACCOUNTS, STAFF, String(254), nullable=True)
    """The work address to which a count of what is due is mailed, by the colleague's own choice; None: no mail."""
    locale: Mapped[str] = kept(ACCOUNTS, STAFF, String(5), default="nl")
    status: Mapped[str] = kept(ACCOUNTS, STAFF, String(12), default="invited")
    password_hash: Mapped[str | None] = kept(ACCOUNTS, SECURITY, String(200), nullable=True)
    totp_seed_sealed: Mapped[bytes | None] = kept(ACCOUNTS, SECURITY, LargeBinary, nullable=True)
    totp_last_step: Mapped[int] = kept(ACCOUNTS, SECURITY, Integer, default=0)
    created_at: Mapped[datetime] = kept(ACCOUNTS, STAFF, Instant)
    last_signed_in_at: Mapped[datetime | None] = kept(ACCOUNTS, SECURITY, Instant, nullable=True)
    version: Mapped[int] = kept(ACCOUNTS, STAFF, Integer, default=1)

    __table_args__ = (
        CheckConstraint("status IN ('invited', 'active', 'suspended', 'closed')", name="status"),
    )
    __mapper_args__ = {"version_id_col": version}


class KeptChoice(CaseworkBase):
    """What a colleague chose to see on a list, as a code of the program; it stays for the next day."""

    __tablename__ = "kept_choices"

    user_id: Mapped[str] = kept(ACCOUNTS, STAFF, ForeignKey("user_accounts.id"), primary_key=True)
    choice: Mapped[str] = kept(ACCOUNTS, STAFF, String(24), primary_key=True)
    code: Mapped[str] = kept(ACCOUNTS, STAFF, String(24))


class RoleGrant(CaseworkBase):
    """An appointment: which role, where it counts, who granted it and, for a vault, who was the second."""

    __tablename__ = "role_grants"

    id: Mapped[str] = kept(ACCOUNTS, STAFF, String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = kept(ACCOUNTS, STAFF, ForeignKey("user_accounts.id"), index=True)
    role: Mapped[str] = kept(ACCOUNTS, STAFF, String(32))
    function: Mapped[str | None] = kept(ACCOUNTS, STAFF, String(48), nullable=True)
    """The reviewed union of roles that this appointment is part of; None for a role of its own."""
    team_id: Mapped[str | None] = kept(ACCOUNTS, STAFF, ForeignKey("teams.id"), nullable=True)
    site_id: Mapped[str | None] = kept(ACCOUNTS, STAFF, ForeignKey("sites.id"), nullable=True)
    programme: Mapped[str | None] = kept(ACCOUNTS, STAFF, String(64), nullable=True)
    granted_by: Mapped[str] = kept(ACCOUNTS, Purpose.ACCOUNTABILITY, String(36))
    seconded_by: Mapped[str | None] = kept(
        ACCOUNTS, Purpose.ACCOUNTABILITY, String(36), nullable=True
    )
    granted_at: Mapped[datetime] = kept(ACCOUNTS, Purpose.ACCOUNTABILITY, Instant)
    ended_at: Mapped[datetime | None] = kept(ACCOUNTS, STAFF, Instant, nullable=True)


class RosterShift(CaseworkBase):
    """On duty for a team, or for the whole organisation where no team is named; at most seven days."""

    __tablename__ = "roster_shifts"

    id: Mapped[str] = kept(ACCOUNTS, STAFF, String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = kept(ACCOUNTS, STAFF, ForeignKey("user_accounts.id"), index=True)
    organisation: Mapped[str] = kept(ACCOUNTS, STAFF, String(64))
    team_id: Mapped[str | None] = kept(ACCOUNTS, STAFF, ForeignKey("teams.id"), nullable=True)
    starts_at: Mapped[datetime] = kept(ACCOUNTS, STAFF, Instant)
    ends_at: Mapped[datetime] = kept(ACCOUNTS, STAFF, Instant)
    entered_by: Mapped[str] = kept(ACCOUNTS, Purpose.ACCOUNTABILITY, String(36))


class Session(CaseworkBase):
    """A signed-in browser, known by the hash of its token only."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = kept(ACCOUNTS, SECURITY, String(64), primary_key=True)
    user_id: Mapped[str] = kept(ACCOUNTS, SECURITY, ForeignKey("user_accounts.id"), index=True)
    reference: Mapped[str] = kept(ACCOUNTS, SECURITY, String(36), default=new_id, unique=True)
    created_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)
    last_seen_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)
    ends_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)
    revoked_at: Mapped[datetime | None] = kept(ACCOUNTS, SECURITY, Instant, nullable=True)
    stepped_up_at: Mapped[datetime | None] = kept(ACCOUNTS, SECURITY, Instant, nullable=True)
    device: Mapped[str | None] = kept(ACCOUNTS, SECURITY, String(40), nullable=True)


class Invitation(CaseworkBase):
    """A link to set one's own password and second factor, once, within its days."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = kept(ACCOUNTS, SECURITY, String(64), primary_key=True)
    user_id: Mapped[str] = kept(ACCOUNTS, SECURITY, ForeignKey("user_accounts.id"), index=True)
    totp_seed_sealed: Mapped[bytes | None] = kept(ACCOUNTS, SECURITY, LargeBinary, nullable=True)
    created_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)
    ends_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)
    used_at: Mapped[datetime | None] = kept(ACCOUNTS, SECURITY, Instant, nullable=True)


class Passkey(CaseworkBase):
    """A WebAuthn credential; sign-in with it comes with a later issue, its place is here."""

    __tablename__ = "passkeys"

    id: Mapped[str] = kept(ACCOUNTS, SECURITY, String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = kept(ACCOUNTS, SECURITY, ForeignKey("user_accounts.id"), index=True)
    credential_id: Mapped[bytes] = kept(ACCOUNTS, SECURITY, LargeBinary, unique=True)
    public_key: Mapped[bytes] = kept(ACCOUNTS, SECURITY, LargeBinary)
    sign_count: Mapped[int] = kept(ACCOUNTS, SECURITY, Integer, default=0)
    created_at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)


class SignInAttempt(CaseworkBase):
    """A failed sign-in, by a keyed hash of whom or where it was tried; counted, then swept."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = kept(ACCOUNTS, SECURITY, Integer, primary_key=True)
    key_hash: Mapped[str] = kept(ACCOUNTS, SECURITY, String(64))
    at: Mapped[datetime] = kept(ACCOUNTS, SECURITY, Instant)

    __table_args__ = (Index("ix_sign_in_attempts_key_hash_at", "key_hash", "at"),)


class KnownDevice(CaseworkBase):
    """A browser that signed in before, by the hash of its cookie: it keeps its own allowance of attempts."""

    __tablename__ = "known_devices"

    token_hash: Mapped[str] = kept(ACCOUNTS, SECURITY, String(64), primary_key=True)
    user_id: Mapped[str] = kept(ACCOUNTS, SECURITY, ForeignKey("user_accounts.id"), index=True)
    last_used_on: Mapped[date] = kept(ACCOUNTS, SECURITY, Date)
