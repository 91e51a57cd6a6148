"""Sites, rooms, beds with their dates, and who sleeps where."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SHELTER, FOR_SHELTER, STAY = Compartment.SHELTER, Purpose.SHELTER, Purpose.STAY_LIMIT
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class Site(CaseworkBase):
    """A house with beds, of one organisation, open between two dates."""

    __tablename__ = "sites"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(64), index=True)
    name: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(80), part=Part.SITE_NAME)
    kind: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    valid_from: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    valid_until: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    """The last night, inclusive; None while it stays open."""
    turnaround_nights: Mapped[int] = kept(SHELTER, FOR_SHELTER, Integer, default=0)
    """Nights that a bed stays empty between two stays, for cleaning (rule B1)."""


class Room(CaseworkBase):
    """A room of a site, and for whom it is meant."""

    __tablename__ = "rooms"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"), index=True)
    name: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(40))
    meant_for: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(8), default="anyone")
    floor: Mapped[int | None] = kept(SHELTER, FOR_SHELTER, Integer, nullable=True)
    valid_from: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    valid_until: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)


class Bed(CaseworkBase):
    """A bed of a room."""

    __tablename__ = "beds"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    room_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("rooms.id"), index=True)
    name: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(40), part=Part.BED)
    kind: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16), default="full_day")
    valid_from: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    valid_until: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)


class Placement(CaseworkBase):
    """Somebody's nights on a bed, `[arrival, departure)`; a begun stay ends only when somebody ends it.

    The triggers of `storage.triggers` keep one active placement per bed and per person.
    """

    __tablename__ = "placements"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    bed_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("beds.id"), part=Part.BED)
    client_code: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("clients.code"), part=Part.BED)
    case_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("cases.id"), index=True)
    status: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(12))
    arrival_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    planned_departure_on: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    departure_on: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    hold_ends_at: Mapped[datetime | None] = kept(SHELTER, FOR_SHELTER, Instant, nullable=True)
    end_reason: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(24), nullable=True)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    changed_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(SHELTER, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint(
            "status IN ('held', 'booked', 'begun', 'ended', 'cancelled', 'lapsed', 'mistaken')",
            name="status",
        ),
        CheckConstraint("departure_on IS NULL OR departure_on >= arrival_on", name="nights"),
        CheckConstraint(
            "planned_departure_on IS NULL OR planned_departure_on > arrival_on",
            name="planned_nights",
        ),
        CheckConstraint(
            "(status = 'ended') = (departure_on IS NOT NULL)", name="ended_has_departure"
        ),
        Index("ix_placements_bed_id_status", "bed_id", "status"),
        Index("ix_placements_client_code_status", "client_code", "status"),
    )
    __mapper_args__ = {"version_id_col": version}


class Absence(CaseworkBase):
    """Nights away, `[from, until)`, by kind; the programme says whether the kind pauses the clock."""

    __tablename__ = "absences"

    id: Mapped[str] = kept(SHELTER, STAY, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(SHELTER, STAY, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = kept(SHELTER, STAY, String(16))
    from_on: Mapped[date] = kept(SHELTER, STAY, Date)
    until_on: Mapped[date | None] = kept(SHELTER, STAY, Date, nullable=True)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    until_recorded_by: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(36), nullable=True)
    until_recorded_at: Mapped[datetime | None] = kept(
        SHELTER, ACCOUNTABILITY, Instant, nullable=True
    )
    until_change_id: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(36), nullable=True)
