"""Our own formal decisions about a person, what became of each, and the letters that were made of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept
from caseflow.storage.models.facts import _Fact
from caseflow.storage.models.vault import Words

CASEWORK, IMMIGRATION, NOTES = Compartment.CASEWORK, Compartment.IMMIGRATION, Compartment.NOTES
GUIDANCE, RIGHTS, ACCOUNTABILITY = Purpose.GUIDANCE, Purpose.RIGHTS, Purpose.ACCOUNTABILITY


class FormalDecision(_Fact, CaseworkBase):
    """A refusal, an end or an exclusion: prepared by the case team, decided by somebody else."""

    __tablename__ = "formal_decisions"

    kind: Mapped[str] = kept(CASEWORK, RIGHTS, String(12))
    ground: Mapped[str] = kept(CASEWORK, RIGHTS, String(16))
    state: Mapped[str] = kept(CASEWORK, RIGHTS, String(12), default="prepared", index=True)
    effective_on: Mapped[date] = kept(CASEWORK, RIGHTS, Date)
    """The first day on which it holds."""
    until_on: Mapped[date | None] = kept(CASEWORK, RIGHTS, Date, nullable=True)
    """The last day of an exclusion for a while, inclusive; None where it holds without one."""
    criterion: Mapped[str | None] = kept(
        IMMIGRATION, Purpose.ADMISSION, String(48), nullable=True, part=Part.SCREENING_ANSWERS
    )
    rule_version: Mapped[str | None] = kept(
        IMMIGRATION, Purpose.ADMISSION, String(24), nullable=True, part=Part.SCREENING_ANSWERS
    )
    proposal_id: Mapped[str | None] = kept(
        CASEWORK, ACCOUNTABILITY, ForeignKey("proposals.id"), nullable=True
    )
    """The declined admission or approved exit that it follows."""
    decided_by: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    decided_at: Mapped[datetime | None] = kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)
    version: Mapped[int] = kept(CASEWORK, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> recorded_by", name="another_decides"),
        CheckConstraint("state IN ('prepared', 'decided', 'not_taken')", name="state"),
        CheckConstraint("(state = 'prepared') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("until_on IS NULL OR until_on >= effective_on", name="days_in_order"),
    )
    __mapper_args__ = {"version_id_col": version}


class DecisionStep(_Fact, CaseworkBase):
    """What became of a formal decision: made known, objected to, heard, answered, brought before a court."""

    __tablename__ = "decision_steps"

    decision_id: Mapped[str] = kept(
        CASEWORK, ACCOUNTABILITY, ForeignKey("formal_decisions.id"), index=True
    )
    kind: Mapped[str] = kept(CASEWORK, RIGHTS, String(20))
    event_on: Mapped[date] = kept(CASEWORK, RIGHTS, Date)
    """The day it happened; of a hearing, the day for which it is planned."""
    result: Mapped[str | None] = kept(CASEWORK, RIGHTS, String(16), nullable=True)
    due_on: Mapped[date | None] = kept(CASEWORK, RIGHTS, Date, nullable=True)
    """The last day of the term that it began, as the rules were on that day."""


class FormalLetter(Words, VaultBase):
    """A letter about a formal decision, word for word as it was made; it is printed from these words alone."""

    __tablename__ = "formal_letters"
    compartment = NOTES

    case_id: Mapped[str] = kept(NOTES, RIGHTS, String(36), index=True)
    decision_id: Mapped[str] = kept(NOTES, ACCOUNTABILITY, String(36), index=True)
    language: Mapped[str] = kept(NOTES, RIGHTS, String(8))
    dated_on: Mapped[date] = kept(NOTES, RIGHTS, Date)
    words: Mapped[str] = kept(NOTES, RIGHTS, Text)
