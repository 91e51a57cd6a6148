"""Which bed was worked out for whom, by code: what the machine proposed last, until it works it out again.

The counts of each run stay; the rows about people go with the next one. What a coordinator refused is remembered a
while longer, so that it is not proposed again the next day.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

SHELTER, OPERATION = Compartment.SHELTER, Purpose.OPERATION
ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class SuggestionRun(CaseworkBase):
    """One working out for the beds of one organisation: counts and how sure it is; nobody stands in it."""

    __tablename__ = "suggestion_runs"

    id: Mapped[str] = kept(SHELTER, OPERATION, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(SHELTER, OPERATION, String(64))
    made_at: Mapped[datetime] = kept(SHELTER, OPERATION, Instant)
    first_night: Mapped[date] = kept(SHELTER, OPERATION, Date)
    milliseconds: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    people: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    beds: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    placed: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    points: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    points_at_most: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    """No plan under the rules could place people with more points."""
    first_come_placed: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    first_come_points: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    is_best: Mapped[bool] = kept(SHELTER, OPERATION, Boolean)

    __table_args__ = (Index("ix_suggestion_runs_organisation_made_at", "organisation", "made_at"),)


class Suggestion(CaseworkBase):
    """A bed for somebody (rank 0), another that would do (rank 1 and more) with what it costs, or why there is none."""

    __tablename__ = "suggestions"

    id: Mapped[str] = kept(SHELTER, OPERATION, String(36), primary_key=True, default=new_id)
    run_id: Mapped[str] = kept(SHELTER, OPERATION, ForeignKey("suggestion_runs.id"), index=True)
    case_id: Mapped[str] = kept(SHELTER, OPERATION, ForeignKey("cases.id"), index=True)
    bed_id: Mapped[str | None] = kept(SHELTER, OPERATION, ForeignKey("beds.id"), nullable=True)
    together: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    """A number within the run that people share who stay together."""
    rank: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    points: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    cost: Mapped[int] = kept(SHELTER, OPERATION, Integer)
    """Points of others who would go without, compared with the best plan."""
    cost_is_exact: Mapped[bool] = kept(SHELTER, OPERATION, Boolean)
    reasons: Mapped[str] = kept(SHELTER, OPERATION, String(200))
    """Codes with a space between them, in the order of `domain.suggestions.Why`."""
    decision: Mapped[str | None] = kept(SHELTER, OPERATION, String(8), nullable=True)
    refusal: Mapped[str | None] = kept(SHELTER, OPERATION, String(16), nullable=True)
    decided_at: Mapped[datetime | None] = kept(SHELTER, ACCOUNTABILITY, Instant, nullable=True)
    decided_by: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(36), nullable=True)
    change_id: Mapped[str | None] = kept(SHELTER, ACCOUNTABILITY, String(36), nullable=True)
    version: Mapped[int] = kept(SHELTER, OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("decision IN ('accepted', 'changed', 'refused')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_has_a_day"),
    )
    __mapper_args__ = {"version_id_col": version}
