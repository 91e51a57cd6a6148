"""What somebody needs of a bed, as codes; the words lie in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

HEALTH, SHELTER, NEEDS = Compartment.HEALTH, Purpose.SHELTER, Part.PLACEMENT_NEEDS
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class PlacementNeed(CaseworkBase):
    """One need of a bed over some days, `[from, until)`; ended, it stays as it was."""

    __tablename__ = "placement_needs"

    id: Mapped[str] = kept(
        HEALTH, SHELTER, String(36), primary_key=True, default=new_id, part=NEEDS
    )
    client_code: Mapped[str] = kept(
        HEALTH, SHELTER, ForeignKey("clients.code"), index=True, part=NEEDS
    )
    kind: Mapped[str] = kept(HEALTH, SHELTER, String(16), part=NEEDS)
    from_on: Mapped[date] = kept(HEALTH, SHELTER, Date, part=NEEDS)
    until_on: Mapped[date | None] = kept(HEALTH, SHELTER, Date, nullable=True, part=NEEDS)
    recorded_at: Mapped[datetime] = kept(HEALTH, ACCOUNTABILITY, Instant, part=NEEDS)
    recorded_by: Mapped[str] = kept(HEALTH, ACCOUNTABILITY, String(36), part=NEEDS)
    change_id: Mapped[str] = kept(HEALTH, ACCOUNTABILITY, String(36), part=NEEDS)
    until_recorded_by: Mapped[str | None] = kept(
        HEALTH, ACCOUNTABILITY, String(36), nullable=True, part=NEEDS
    )
    until_recorded_at: Mapped[datetime | None] = kept(
        HEALTH, ACCOUNTABILITY, Instant, nullable=True, part=NEEDS
    )
    until_change_id: Mapped[str | None] = kept(
        HEALTH, ACCOUNTABILITY, String(36), nullable=True, part=NEEDS
    )

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),
    )
