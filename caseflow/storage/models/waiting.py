"""Who waits for a place, and what became of it: the entry as it stands, and every step of it as it happened."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SHELTER, FOR_SHELTER = Compartment.SHELTER, Purpose.SHELTER
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class WaitingEntry(CaseworkBase):
    """A place that was asked for somebody; one that runs for each case, and those that are over."""

    __tablename__ = "waiting_entries"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("cases.id"), index=True)
    wanted: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    grounds: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(64), default="")
    """Codes with a space between them, in the order of `domain.waiting.Ground`."""
    entered_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    confirmed_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    """The last day on which somebody said that the place is still wanted."""
    state: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(8), default="waiting")
    ended_on: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    end_reason: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(16), nullable=True)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(SHELTER, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'placed', 'removed')", name="state"),
        CheckConstraint("(state = 'waiting') = (ended_on IS NULL)", name="over_has_a_day"),
        CheckConstraint("(state = 'removed') = (end_reason IS NOT NULL)", name="removed_has_why"),
        Index(
            "uq_waiting_entries_running",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
        ),
        Index("ix_waiting_entries_state_entered_on", "state", "entered_on"),
    )
    __mapper_args__ = {"version_id_col": version}


class WaitingEvent(CaseworkBase):
    """A step in the history of an entry: appended, never changed."""

    __tablename__ = "waiting_events"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    entry_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("waiting_entries.id"), index=True)
    case_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    wanted: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(16), nullable=True)
    grounds: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(64), nullable=True)
    """What was asked from this step on, where the step says so."""
    reason: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(16), nullable=True)
    placement_id: Mapped[str | None] = kept(
        SHELTER, FOR_SHELTER, ForeignKey("placements.id"), nullable=True, index=True
    )
    """The nights that were offered; the offer runs as long as they are held."""
    event_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (Index("ix_waiting_events_kind_event_on", "kind", "event_on"),)
