"""Who was there at night, for as long as presence by name is kept; and the count of each night, which stays.

A statement about one person and one night is added and never rewritten: where two workers said different things, both
stand. It is deleted once its night is in the ledger, where nothing can be told back to anybody: there is no code, no
name, and a digest over random ids that are gone with the rows.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SHELTER, FOR_SHELTER = Compartment.SHELTER, Purpose.SHELTER
FIGURES, ACCOUNTABILITY = Purpose.FIGURES, Purpose.ACCOUNTABILITY


class Presence(CaseworkBase):
    """What somebody said about one person and one night: there, not there, or away and announced, and why."""

    __tablename__ = "presences"

    id: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("sites.id"))
    night: Mapped[date] = kept(SHELTER, FOR_SHELTER, Date, part=Part.BEDS_TONIGHT)
    """The day on which the night begins."""
    placement_id: Mapped[str] = kept(
        SHELTER, FOR_SHELTER, ForeignKey("placements.id"), part=Part.BED
    )
    case_id: Mapped[str] = kept(SHELTER, FOR_SHELTER, ForeignKey("cases.id"), index=True)
    state: Mapped[str] = kept(SHELTER, FOR_SHELTER, String(12), part=Part.BEDS_TONIGHT)
    kind: Mapped[str | None] = kept(SHELTER, FOR_SHELTER, String(16), nullable=True)
    """Why somebody was away, where that was announced."""
    bed_kind: Mapped[str] = kept(SHELTER, FIGURES, String(16))
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("state IN ('there', 'not_there', 'announced')", name="state"),
        CheckConstraint("(kind IS NOT NULL) = (state = 'announced')", name="kind"),
        Index("ix_presences_site_id_night", "site_id", "night"),
    )


class NightCount(CaseworkBase):
    """How many there were on one kind of bed, counted without names: all that is kept once names may not be."""

    __tablename__ = "night_counts"

    id: Mapped[str] = kept(SHELTER, FIGURES, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FIGURES, ForeignKey("sites.id"))
    night: Mapped[date] = kept(SHELTER, FIGURES, Date)
    bed_kind: Mapped[str] = kept(SHELTER, FIGURES, String(16))
    there: Mapped[int] = kept(SHELTER, FIGURES, Integer)
    recorded_by: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("there >= 0", name="people"),
        Index("ix_night_counts_site_id_night", "site_id", "night"),
    )


class NightLedger(CaseworkBase):
    """One night of one site and one kind of bed, frozen: how many, and a digest of the rows that said so."""

    __tablename__ = "night_ledger"

    id: Mapped[str] = kept(SHELTER, FIGURES, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SHELTER, FIGURES, ForeignKey("sites.id"))
    night: Mapped[date] = kept(SHELTER, FIGURES, Date)
    bed_kind: Mapped[str] = kept(SHELTER, FIGURES, String(16))
    there: Mapped[int] = kept(SHELTER, FIGURES, Integer)
    announced: Mapped[int] = kept(SHELTER, FIGURES, Integer)
    not_there: Mapped[int] = kept(SHELTER, FIGURES, Integer)
    unrecorded: Mapped[int] = kept(SHELTER, FIGURES, Integer)
    """Stays of that night of which no round said anything."""
    digest: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(64))
    frozen_at: Mapped[datetime] = kept(SHELTER, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SHELTER, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint(
            "there >= 0 AND announced >= 0 AND not_there >= 0 AND unrecorded >= 0", name="people"
        ),
        Index("ix_night_ledger_one", "site_id", "night", "bed_kind", unique=True),
    )
