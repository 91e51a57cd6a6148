"""Audit entries, version 1: every field of NEN 7513:2018 chapter 7 from the first day, ids only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import AuditBase, Instant, kept

AUDIT, WHY = Compartment.AUDIT, Purpose.ACCOUNTABILITY


class Entry(AuditBase):
    """One thing that was about to happen (*intent*), or how it ended (*outcome*); chained by hash."""

    __tablename__ = "entries"

    position: Mapped[int] = kept(AUDIT, WHY, Integer, primary_key=True)
    id: Mapped[str] = kept(AUDIT, WHY, String(36), unique=True)
    form: Mapped[int] = kept(AUDIT, WHY, Integer)
    """The version of the hashed form; it stands inside the hash."""
    at: Mapped[datetime] = kept(AUDIT, WHY, Instant, index=True)
    event: Mapped[str] = kept(AUDIT, WHY, String(48), index=True)
    action: Mapped[str] = kept(AUDIT, WHY, String(1))
    """C create, R read, U update, D delete, E execute."""
    stands_for: Mapped[str] = kept(AUDIT, WHY, String(8))
    """`intent`, or `outcome` of the entry named by `intent_id`."""
    intent_id: Mapped[str | None] = kept(AUDIT, WHY, String(36), nullable=True, index=True)
    result: Mapped[str | None] = kept(AUDIT, WHY, String(12), nullable=True)
    user_id: Mapped[str] = kept(AUDIT, WHY, String(36), index=True)
    user_roles: Mapped[str] = kept(AUDIT, WHY, String(200))
    responsible_id: Mapped[str] = kept(AUDIT, WHY, String(36))
    """On whose behalf the user acted: themselves, or whom they deputise for."""
    organisation: Mapped[str] = kept(AUDIT, WHY, String(64))
    access_point: Mapped[str] = kept(AUDIT, WHY, String(64))
    """`web` with the session's reference, `cli`, `job` with its name."""
    purpose: Mapped[str] = kept(AUDIT, WHY, String(32))
    relations: Mapped[str] = kept(AUDIT, WHY, String(120))
    authorised_by: Mapped[str] = kept(AUDIT, WHY, String(48))
    """The permission asked, which is the authorisation protocol."""
    control_authorisation: Mapped[bool] = kept(AUDIT, WHY, Boolean)
    control_relation: Mapped[bool] = kept(AUDIT, WHY, Boolean)
    control_consent: Mapped[bool] = kept(AUDIT, WHY, Boolean)
    control_emergency: Mapped[bool] = kept(AUDIT, WHY, Boolean)
    object_kind: Mapped[str] = kept(AUDIT, WHY, String(32))
    object_id: Mapped[str | None] = kept(AUDIT, WHY, String(64), nullable=True)
    sensitivity: Mapped[str] = kept(AUDIT, WHY, String(24))
    details: Mapped[str] = kept(AUDIT, WHY, Text)
    """Canonical JSON of exactly the keys that `domain.events` lists for the event."""
    source: Mapped[str] = kept(AUDIT, WHY, String(36))
    """The instance that wrote it."""
    previous_hash: Mapped[str] = kept(AUDIT, WHY, String(64))
    hash: Mapped[str] = kept(AUDIT, WHY, String(64))


class Subject(AuditBase):
    """A client an entry is about, as a keyed hash; a look at a list is one entry with many subjects."""

    __tablename__ = "subjects"

    position: Mapped[int] = kept(AUDIT, WHY, ForeignKey("entries.position"), primary_key=True)
    subject_hash: Mapped[str] = kept(AUDIT, WHY, String(64), primary_key=True, index=True)


class Checkpoint(AuditBase):
    """A signed head of the chain, to be kept elsewhere."""

    __tablename__ = "checkpoints"

    position: Mapped[int] = kept(AUDIT, WHY, Integer, primary_key=True)
    hash: Mapped[str] = kept(AUDIT, WHY, String(64))
    at: Mapped[datetime] = kept(AUDIT, WHY, Instant)
    signature: Mapped[str] = kept(AUDIT, WHY, String(200))
