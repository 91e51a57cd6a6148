"""Two client codes that turned out to be one person: which was given up into which, and what moved with it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, GOVERNANCE = Compartment.CASEWORK, Compartment.GOVERNANCE
GUIDANCE, ACCOUNTABILITY = Purpose.GUIDANCE, Purpose.ACCOUNTABILITY


class ClientMerge(CaseworkBase):
    """One code was given up into another, which has every case from then on; taken apart, the row stays."""

    __tablename__ = "client_merges"

    id: Mapped[str] = kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)
    kept_code: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("clients.code"), index=True)
    given_up_code: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("clients.code"), index=True)
    kept_was_restricted: Mapped[bool] = kept(GOVERNANCE, ACCOUNTABILITY, Boolean)
    """Whether the mark *restricted* is the kept client's own, or came with the merge."""
    recorded_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    undone_at: Mapped[datetime | None] = kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)
    undone_by: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    undone_change_id: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (
        CheckConstraint("kept_code <> given_up_code", name="two_codes"),
        Index(
            "uq_client_merges_standing",
            "given_up_code",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
        ),
    )


class MergedRow(CaseworkBase):
    """A row that went to the kept code, so that undoing brings that row back and no other."""

    __tablename__ = "merged_rows"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    merge_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("client_merges.id"), index=True
    )
    kind: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(32))
    """Which table, and with `.` which column of it."""
    row_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    until_was: Mapped[date | None] = kept(GOVERNANCE, ACCOUNTABILITY, Date, nullable=True)
    """The last day of a named reader, as it stood before."""
