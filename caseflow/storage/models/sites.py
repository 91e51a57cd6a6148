"""What is known about a house over time: marks, limits, shares, what is out of service, and what neighbours said.

Rows about a house are added and never rewritten. Of limits, shares and marks the newest word for a day counts, so that
last year's stays as it was while a new one begins.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SHELTER, FOR_SHELTER = Compartment.SHELTER, Purpose.SHELTER
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class PlaceMark(CaseworkBase):
    """From a day on, a bed or a whole room has a mark, or has it no longer."""

    __tablename__ = "place_marks"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    room_id: Mapped[str | None] = kept(
        SHELTER, FOR_SHELTER, ForeignKey("rooms.id"), nullable=True, index=True
    )
    bed_id: Mapped[str | None] = kept(
        SHELTER, FOR_SHELTER, ForeignKey("beds.id"), nullable=True, index=True
    )
    kind: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    holds: Mapped[bool] = kept(SHELTER, FOR_SHELTER, Boolean)
    from_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (CheckConstraint("(room_id IS NULL) <> (bed_id IS NULL)", name="one_place"),)


class SiteLimit(CaseworkBase):
    """From a night on, at most so many people sleep at a site; None: no limit any more."""

    __tablename__ = "site_limits"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"), index=True)
    most_people: Mapped[int | None] = kept(SHELTER, FOR_SHELTER, Integer, nullable=True)
    from_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (CheckConstraint("most_people IS NULL OR most_people > 0", name="people"),)


class SiteShare(CaseworkBase):
    """From a night on, one funder pays so many beds of a site; nought ends it."""

    __tablename__ = "site_shares"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"), index=True)
    funder: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    beds: Mapped[int] = kept(SHELTER, FOR_SHELTER, Integer)
    from_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (CheckConstraint("beds >= 0", name="beds"),)


class OutOfService(CaseworkBase):
    """Nights `[from, until)` on which nobody can sleep on a bed, in a room, or at a whole site (no room, no bed).

    Each row is one revision of an outage; the one that counts has not been replaced. None is ever deleted.
    """

    __tablename__ = "out_of_service"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    outage_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), index=True)
    """What the revisions of one outage share."""
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"))
    room_id: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, ForeignKey("rooms.id"), nullable=True)
    bed_id: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, ForeignKey("beds.id"), nullable=True)
    reason: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(24))
    cost_centre: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(20), nullable=True)
    from_on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    expected_until_on: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    """The first night on which it should be usable again."""
    until_on: Mapped[date | None] = kept(SHELTER, FOR_SHELTER, Date, nullable=True)
    """The first night on which it was usable again; None until somebody says so."""
    mistaken: Mapped[bool] = kept(SHELTER, FOR_SHELTER, Boolean, default=False)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    replaced_at: Mapped[datetime | None] = kept(SHELTER, ACCOUNTABILITY, Instant, nullable=True)
    replaced_change_id: Mapped[str | None] = kept(
        SHELTER, ACCOUNTABILITY, String(36), nullable=True
    )

    __table_args__ = (
        CheckConstraint("bed_id IS NULL OR room_id IS NULL", name="one_place"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="nights"),
        CheckConstraint(
            "expected_until_on IS NULL OR expected_until_on > from_on", name="expected_nights"
        ),
        Index("ix_out_of_service_site_id_replaced_at", "site_id", "replaced_at"),
    )


class NeighbourhoodEntry(CaseworkBase):
    """What passed between a house and its surroundings on a day; never who said it.

    The words can be taken out, where a name slipped in after all; that something was written stays.
    """

    __tablename__ = "neighbourhood_entries"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"), index=True)
    on: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date)
    kind: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(16))
    words: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(1000), nullable=True)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    taken_out_by: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(36), nullable=True)
    taken_out_at: Mapped[datetime | None] = kept(SHELTER, ACCOUNTABILITY, Instant, nullable=True)
