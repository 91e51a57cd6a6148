"""Pay-out runs, their lines and the slips that are handed over: codes, days and amounts, never a name."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

MONEY, PAYING, ACCOUNTABILITY = Compartment.MONEY, Purpose.ALLOWANCE, Purpose.ACCOUNTABILITY


class PayOutRun(CaseworkBase):
    """One run of a programme: the days that it pays. The next one begins where this one ends."""

    __tablename__ = "pay_out_runs"

    id: Mapped[str] = kept(MONEY, PAYING, String(36), primary_key=True, default=new_id)
    programme: Mapped[str] = kept(MONEY, PAYING, String(64))
    from_on: Mapped[date] = kept(MONEY, PAYING, Date)
    until_on: Mapped[date] = kept(MONEY, PAYING, Date)
    """The first day that it does not pay."""
    recorded_at: Mapped[datetime] = kept(MONEY, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("until_on > from_on", name="days"),
        UniqueConstraint("programme", "from_on"),
    )


class Slip(CaseworkBase):
    """What one case is handed in one run, once: to hand over, handed over, or returned for a reason code."""

    __tablename__ = "slips"

    id: Mapped[str] = kept(MONEY, PAYING, String(36), primary_key=True, default=new_id)
    run_id: Mapped[str] = kept(MONEY, ACCOUNTABILITY, ForeignKey("pay_out_runs.id"))
    case_id: Mapped[str] = kept(MONEY, PAYING, ForeignKey("cases.id"), index=True, part=Part.SLIPS)
    from_on: Mapped[date] = kept(MONEY, PAYING, Date, part=Part.SLIPS)
    until_on: Mapped[date] = kept(MONEY, PAYING, Date, part=Part.SLIPS)
    cents: Mapped[int] = kept(MONEY, PAYING, Integer, part=Part.SLIPS)
    state: Mapped[str] = kept(
        MONEY, PAYING, String(12), default="open", index=True, part=Part.SLIPS
    )
    reason: Mapped[str | None] = kept(MONEY, PAYING, String(16), nullable=True, part=Part.SLIPS)
    settled_at: Mapped[datetime | None] = kept(MONEY, ACCOUNTABILITY, Instant, nullable=True)
    settled_by: Mapped[str | None] = kept(MONEY, ACCOUNTABILITY, String(36), nullable=True)
    settled_change_id: Mapped[str | None] = kept(MONEY, ACCOUNTABILITY, String(36), nullable=True)
    recorded_at: Mapped[datetime] = kept(MONEY, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("cents > 0", name="amount"),
        CheckConstraint("state IN ('open', 'handed_over', 'returned')", name="state"),
        CheckConstraint("state = 'open' OR settled_at IS NOT NULL", name="settled"),
        CheckConstraint("reason IS NULL OR state = 'returned'", name="reason_of_return"),
        UniqueConstraint("run_id", "case_id"),
    )


class PayOutLine(CaseworkBase):
    """What a run booked for some days of one allowance; a correction names the line that it puts right.

    The days of an allowance are paid once: `storage.triggers` refuses a line whose days another one has.
    """

    __tablename__ = "pay_out_lines"

    id: Mapped[str] = kept(MONEY, PAYING, String(36), primary_key=True, default=new_id)
    run_id: Mapped[str] = kept(MONEY, ACCOUNTABILITY, ForeignKey("pay_out_runs.id"), index=True)
    case_id: Mapped[str] = kept(MONEY, PAYING, ForeignKey("cases.id"), index=True)
    allowance_id: Mapped[str] = kept(MONEY, PAYING, ForeignKey("allowances.id"))
    kind: Mapped[str] = kept(MONEY, PAYING, String(12))
    from_on: Mapped[date] = kept(MONEY, PAYING, Date)
    until_on: Mapped[date] = kept(MONEY, PAYING, Date)
    cents: Mapped[int] = kept(MONEY, PAYING, Integer)
    corrects_id: Mapped[str | None] = kept(
        MONEY, ACCOUNTABILITY, ForeignKey("pay_out_lines.id"), nullable=True
    )
    recorded_at: Mapped[datetime] = kept(MONEY, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(MONEY, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("kind IN ('due', 'correction')", name="kind"),
        CheckConstraint("corrects_id IS NULL OR kind = 'correction'", name="corrects_a_line"),
        CheckConstraint("until_on > from_on", name="days"),
        CheckConstraint("kind = 'correction' OR cents > 0", name="due_is_paid"),
        UniqueConstraint("run_id", "corrects_id"),
        Index("ix_pay_out_lines_allowance_id_from_on", "allowance_id", "from_on"),
    )
