"""Who belongs to which household, since when and until when: rows are appended and ended, never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, SHELTER = Compartment.CASEWORK, Purpose.SHELTER
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class HouseholdMember(CaseworkBase):
    """A client in a household over some days, `[from, until)`; nobody is in two at once."""

    __tablename__ = "household_members"

    id: Mapped[str] = kept(CASEWORK, SHELTER, String(36), primary_key=True, default=new_id)
    household_id: Mapped[str] = kept(CASEWORK, SHELTER, String(36), index=True)
    client_code: Mapped[str] = kept(CASEWORK, SHELTER, ForeignKey("clients.code"), index=True)
    role: Mapped[str] = kept(CASEWORK, SHELTER, String(8))
    lives_apart: Mapped[bool] = kept(CASEWORK, SHELTER, Boolean, default=False)
    """Whether they have a bed or site of their own: that they do, and never where."""
    from_on: Mapped[date] = kept(CASEWORK, SHELTER, Date)
    until_on: Mapped[date | None] = kept(CASEWORK, SHELTER, Date, nullable=True)
    recorded_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    until_recorded_by: Mapped[str | None] = kept(
        CASEWORK, ACCOUNTABILITY, String(36), nullable=True
    )
    until_recorded_at: Mapped[datetime | None] = kept(
        CASEWORK, ACCOUNTABILITY, Instant, nullable=True
    )
    until_change_id: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),
        Index(
            "uq_household_members_running",
            "client_code",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
        ),
    )
