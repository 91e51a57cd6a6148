"""The register of complaints of clients about us: codes and days; their words lie in the vault of the organisation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

GOVERNANCE, RIGHTS, ACCOUNTABILITY = (
    Compartment.GOVERNANCE,
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
)


class Complaint(CaseworkBase):
    """One complaint: what about, when and how it came, who handles it until when, and what came of it."""

    __tablename__ = "complaints"

    id: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(64), index=True)
    team_id: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, ForeignKey("teams.id"), nullable=True)
    """Whose lead sees to it; None where it goes to the privacy officer alone."""
    client_code: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(12), nullable=True)
    """As it was typed, never looked up: whether somebody is known here is not answered by a register."""
    subject: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(24))
    about_user_id: Mapped[str | None] = kept(
        GOVERNANCE, RIGHTS, ForeignKey("user_accounts.id"), nullable=True
    )
    """The colleague it is about, who neither sees nor handles it."""
    site_id: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, ForeignKey("sites.id"), nullable=True)
    received_on: Mapped[date] = kept(GOVERNANCE, RIGHTS, Date, index=True)
    received_how: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(16))
    due_on: Mapped[date] = kept(GOVERNANCE, RIGHTS, Date)
    """The last day for the answer, by the term that held when it came in."""
    has_committee: Mapped[bool] = kept(GOVERNANCE, RIGHTS, Boolean, default=False)
    acknowledged_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    handler_id: Mapped[str | None] = kept(
        GOVERNANCE, RIGHTS, ForeignKey("user_accounts.id"), nullable=True
    )
    answered_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    outcome: Mapped[str | None] = kept(GOVERNANCE, RIGHTS, String(24), nullable=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    answered_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    version: Mapped[int] = kept(GOVERNANCE, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint(
            "handler_id IS NULL OR about_user_id IS NULL OR handler_id <> about_user_id",
            name="another_handles",
        ),
    )
    __mapper_args__ = {"version_id_col": version}
