"""Bath and bread: what a site gave out on a day, counted; there is no column for a person, and none for words."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SERVICES, COUNTING, ACCOUNTABILITY = (
    Compartment.SERVICES,
    Purpose.FIGURES,
    Purpose.ACCOUNTABILITY,
)


class ServiceTally(CaseworkBase):
    """So many of one service at one site on one day; the tally of a day is the sum of its rows.

    A row is never changed: a correction is a further row, below nought where something was counted too often.
    """

    __tablename__ = "service_tallies"

    id: Mapped[str] = kept(SERVICES, COUNTING, String(36), primary_key=True, default=new_id)
    site_id: Mapped[str] = kept(SERVICES, COUNTING, ForeignKey("sites.id"))
    day: Mapped[date] = kept(SERVICES, COUNTING, Date)
    kind: Mapped[str] = kept(SERVICES, COUNTING, String(16))
    count: Mapped[int] = kept(SERVICES, COUNTING, Integer)
    takes_back: Mapped[str | None] = kept(
        SERVICES, ACCOUNTABILITY, ForeignKey("service_tallies.id"), nullable=True, unique=True
    )
    """The row that this one takes back, where it is not a tally of its own; none is taken back twice."""
    recorded_by: Mapped[str] = kept(SERVICES, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SERVICES, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SERVICES, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("count <> 0", name="counts"),
        Index("ix_service_tallies_site_id_day", "site_id", "day"),
    )
