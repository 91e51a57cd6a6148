"""The machine's own memory: changes, job runs, sweeps that wait, the weekly list, mail that was sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

OPERATIONS, CASEWORK = Compartment.OPERATIONS, Compartment.CASEWORK
OPERATION, ACCOUNTABILITY, STAY = Purpose.OPERATION, Purpose.ACCOUNTABILITY, Purpose.STAY_LIMIT


class Change(CaseworkBase):
    """One committed change; a vault row is shown only once its change id stands here."""

    __tablename__ = "changes"

    id: Mapped[str] = kept(OPERATIONS, ACCOUNTABILITY, String(36), primary_key=True)
    event: Mapped[str] = kept(OPERATIONS, ACCOUNTABILITY, String(48))
    at: Mapped[datetime] = kept(OPERATIONS, ACCOUNTABILITY, Instant)
    by: Mapped[str] = kept(OPERATIONS, ACCOUNTABILITY, String(36))
    vault: Mapped[str | None] = kept(OPERATIONS, OPERATION, String(64), nullable=True)
    once: Mapped[str | None] = kept(OPERATIONS, OPERATION, String(32), nullable=True)
    """The random id of the form that was sent; a form that is sent twice changes nothing a second time."""

    __table_args__ = (UniqueConstraint("by", "once"),)


class JobRun(CaseworkBase):
    """One run of one job for one due time; a second start for the same slot finds this row and does nothing."""

    __tablename__ = "job_runs"

    id: Mapped[str] = kept(OPERATIONS, OPERATION, String(36), primary_key=True, default=new_id)
    name: Mapped[str] = kept(OPERATIONS, OPERATION, String(48))
    due_at: Mapped[datetime] = kept(OPERATIONS, OPERATION, Instant)
    started_at: Mapped[datetime] = kept(OPERATIONS, OPERATION, Instant)
    ended_at: Mapped[datetime | None] = kept(OPERATIONS, OPERATION, Instant, nullable=True)
    attempts: Mapped[int] = kept(OPERATIONS, OPERATION, Integer, default=1)
    result: Mapped[str] = kept(OPERATIONS, OPERATION, String(12), default="running")
    done: Mapped[int] = kept(OPERATIONS, OPERATION, Integer, default=0)
    deferred: Mapped[int] = kept(OPERATIONS, OPERATION, Integer, default=0)
    note: Mapped[str | None] = kept(OPERATIONS, OPERATION, Text, nullable=True)

    __table_args__ = (UniqueConstraint("name", "due_at"),)


class JobRequest(CaseworkBase):
    """A job asked for from a page or command; the scheduler picks it up."""

    __tablename__ = "job_requests"

    id: Mapped[str] = kept(OPERATIONS, OPERATION, String(36), primary_key=True, default=new_id)
    name: Mapped[str] = kept(OPERATIONS, OPERATION, String(48))
    asked_at: Mapped[datetime] = kept(OPERATIONS, OPERATION, Instant)
    asked_by: Mapped[str] = kept(OPERATIONS, OPERATION, String(36))
    taken_at: Mapped[datetime | None] = kept(OPERATIONS, OPERATION, Instant, nullable=True)


class StayAlert(CaseworkBase):
    """One alert of the stay clock for one term; the weekly list is made of these."""

    __tablename__ = "stay_alerts"

    id: Mapped[str] = kept(CASEWORK, STAY, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(CASEWORK, STAY, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(CASEWORK, STAY, String(16), part=Part.DUE_DATES)
    last_day: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)
    due_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.DUE_DATES)
    listed_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.DUE_DATES)
    seen_at: Mapped[datetime | None] = kept(CASEWORK, STAY, Instant, nullable=True)

    __table_args__ = (UniqueConstraint("case_id", "kind", "last_day"),)


class Reminder(CaseworkBase):
    """That somebody was told on a day how many things are due; one row for a person and a day, so nobody is told twice.

    What was counted stands here as keyed hashes: they answer whether something is new, and nothing about what it was.
    """

    __tablename__ = "reminders"

    id: Mapped[str] = kept(OPERATIONS, OPERATION, String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = kept(OPERATIONS, OPERATION, ForeignKey("user_accounts.id"))
    told_on: Mapped[date] = kept(OPERATIONS, OPERATION, Date)
    kind: Mapped[str] = kept(OPERATIONS, OPERATION, String(8))
    number: Mapped[int] = kept(OPERATIONS, OPERATION, Integer)
    counted: Mapped[str] = kept(OPERATIONS, OPERATION, Text)
    sent_at: Mapped[datetime | None] = kept(OPERATIONS, OPERATION, Instant, nullable=True)
    """None where the mail did not leave, or nobody knows whether it did."""

    __table_args__ = (UniqueConstraint("user_id", "told_on"),)


class WaitingSweep(CaseworkBase):
    """A sweep of one vault that is due; the web process runs it once that vault is unsealed."""

    __tablename__ = "waiting_sweeps"

    id: Mapped[str] = kept(OPERATIONS, OPERATION, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(OPERATIONS, OPERATION, String(64))
    kind: Mapped[str] = kept(OPERATIONS, OPERATION, String(24))
    due_on: Mapped[date] = kept(OPERATIONS, OPERATION, Date)
    done_at: Mapped[datetime | None] = kept(OPERATIONS, OPERATION, Instant, nullable=True)
    swept: Mapped[int | None] = kept(OPERATIONS, OPERATION, Integer, nullable=True)
    stranded: Mapped[int | None] = kept(OPERATIONS, OPERATION, Integer, nullable=True)
    """Rows of changes that this store does not know although they were done: it is older than the vault."""

    __table_args__ = (UniqueConstraint("organisation", "kind", "due_on"),)
