"""Words and dates about health, in the vault of the organisation that holds the case. Never a diagnosis or a letter."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import VaultBase, kept
from caseflow.storage.models.vault import Words

HEALTH, CARE = Compartment.HEALTH, Purpose.CARE
ACCOUNTABILITY, DATES = Purpose.ACCOUNTABILITY, Part.DEFERRAL_DATES


class HealthNeeds(Words, VaultBase):
    """What somebody needs, in words; the newest row counts, older ones are history."""

    __tablename__ = "health_needs"
    compartment = HEALTH

    words: Mapped[str] = kept(HEALTH, CARE, Text, part=Part.NEEDS)


class Deferral(Words, VaultBase):
    """Days on which somebody need not leave for their health; of each deferral the newest row counts."""

    __tablename__ = "deferrals"
    compartment = HEALTH

    deferral_id: Mapped[str] = kept(HEALTH, ACCOUNTABILITY, String(36), index=True)
    """The id of its first row."""
    kind: Mapped[str] = kept(HEALTH, CARE, String(12), part=DATES)
    expected_on: Mapped[date | None] = kept(HEALTH, CARE, Date, nullable=True, part=DATES)
    delivered_on: Mapped[date | None] = kept(HEALTH, CARE, Date, nullable=True, part=DATES)
    from_on: Mapped[date | None] = kept(HEALTH, CARE, Date, nullable=True, part=DATES)
    until_on: Mapped[date | None] = kept(HEALTH, CARE, Date, nullable=True, part=DATES)
    """The last day, inclusive, as it was decided; of a pregnancy both days follow from the delivery."""
    taken_back: Mapped[bool] = kept(HEALTH, CARE, Boolean, default=False, part=DATES)
    """Whether it was recorded in error: it stands on no page any more."""
    task_id: Mapped[str | None] = kept(HEALTH, ACCOUNTABILITY, String(36), nullable=True)
    """The task to go through the plan again before the end; its kind says nothing about health."""
