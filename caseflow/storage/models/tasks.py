"""What is still to be done about a case: a kind and a day. Words that explain it lie in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, GUIDANCE, ACCOUNTABILITY = (
    Compartment.CASEWORK,
    Purpose.GUIDANCE,
    Purpose.ACCOUNTABILITY,
)


class Task(CaseworkBase):
    """A task of the case team; done or open, never deleted. Ticked off by mistake, it is opened again."""

    __tablename__ = "tasks"

    id: Mapped[str] = kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CASEWORK, GUIDANCE, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(CASEWORK, GUIDANCE, String(16), part=Part.DUE_DATES)
    due_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date, part=Part.DUE_DATES)
    recorded_at: Mapped[datetime] = kept(CASEWORK, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, String(36))
    about_id: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(36), nullable=True, index=True)
    """The line of the plan that it reviews, where it reviews one; the line itself lies in the vault."""
    done_at: Mapped[datetime | None] = kept(CASEWORK, GUIDANCE, Instant, nullable=True)
    done_by: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    done_change_id: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    superseded: Mapped[bool] = kept(CASEWORK, GUIDANCE, Boolean, default=False)
    """Whether it ended because another day took its place, or none was needed any more: nobody did it."""

    __table_args__ = (CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="who_did_it"),)
