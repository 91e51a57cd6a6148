"""The kept list of a house: under which name, opened with what, and how old it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

OPERATIONS, OPERATION = Compartment.OPERATIONS, Purpose.OPERATION
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class EvacuationFile(CaseworkBase):
    """The file that a site's list is kept in; without a row none is kept (decision 0165)."""

    __tablename__ = "evacuation_files"

    id: Mapped[str] = kept(OPERATIONS, OPERATION, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(OPERATIONS, OPERATION, ForeignKey("sites.id"), unique=True)
    name: Mapped[str] = kept(OPERATIONS, OPERATION, String(16), unique=True)
    """What the file is called: random, so that a folder tells nothing about houses."""
    passphrase: Mapped[str] = kept(OPERATIONS, Purpose.SECURITY, String(40))
    """In this store alone, which is encrypted: whoever can open it reads the list itself."""
    written_at: Mapped[datetime | None] = kept(OPERATIONS, OPERATION, Instant, nullable=True)
    content_hash: Mapped[str | None] = kept(OPERATIONS, OPERATION, String(64), nullable=True)
    """A keyed hash of what was written last, so that the log is told of a list that differs."""
    set_by: Mapped[str] = kept(OPERATIONS, ACCOUNTABILITY, String(36))
    set_at: Mapped[datetime] = kept(OPERATIONS, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(OPERATIONS, ACCOUNTABILITY, String(36))
