"""Coded facts of a case: appended with the date they happened and the instant they were recorded, never overwritten."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, declared_attr

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

CASEWORK, MONEY, IMMIGRATION = Compartment.CASEWORK, Compartment.MONEY, Compartment.IMMIGRATION
GUIDANCE, ACCOUNTABILITY, STAY = Purpose.GUIDANCE, Purpose.ACCOUNTABILITY, Purpose.STAY_LIMIT


class _Fact:
    """What every fact of a case carries."""

    @declared_attr
    def id(cls) -> Mapped[str]:
        return kept(CASEWORK, GUIDANCE, String(36), primary_key=True, default=new_id)

    @declared_attr
    def case_id(cls) -> Mapped[str]:
        return kept(CASEWORK, GUIDANCE, ForeignKey("cases.id"), index=True)

    @declared_attr
    def recorded_at(cls) -> Mapped[datetime]:
        return kept(CASEWORK, ACCOUNTABILITY, Instant)

    @declared_attr
    def recorded_by(cls) -> Mapped[str]:
        return kept(CASEWORK, ACCOUNTABILITY, String(36))

    @declared_attr
    def change_id(cls) -> Mapped[str]:
        return kept(CASEWORK, ACCOUNTABILITY, String(36))

    @declared_attr
    def mistaken_at(cls) -> Mapped[datetime | None]:
        """When the fact was found to be recorded in error; the row stays, and no longer counts."""
        return kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)

    @declared_attr
    def mistaken_by(cls) -> Mapped[str | None]:
        """Who found that out."""
        return kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)

    @declared_attr
    def mistaken_change_id(cls) -> Mapped[str | None]:
        return kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)


class _Ending:
    """Who recorded, when, and in which change, that something which ran has ended."""

    @declared_attr
    def until_recorded_by(cls) -> Mapped[str | None]:
        return kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)

    @declared_attr
    def until_recorded_at(cls) -> Mapped[datetime | None]:
        return kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)

    @declared_attr
    def until_change_id(cls) -> Mapped[str | None]:
        return kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)


class StageChange(_Fact, CaseworkBase):
    """The stage a case went into."""

    __tablename__ = "stage_changes"

    stage: Mapped[str] = kept(CASEWORK, GUIDANCE, String(24), part=Part.STAGE)
    event_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date, part=Part.STAGE)


class StartDate(_Fact, CaseworkBase):
    """One of the four dates from which a term may start: application, shelter, admission, pathway start."""

    __tablename__ = "start_dates"

    kind: Mapped[str] = kept(CASEWORK, STAY, String(16), part=Part.CLOCK)
    event_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)


class ScreeningAnswer(_Fact, CaseworkBase):
    """Whether one admission criterion of one version of the rules is met; never why not."""

    __tablename__ = "screening_answers"

    criterion: Mapped[str] = kept(
        IMMIGRATION, Purpose.ADMISSION, String(48), part=Part.SCREENING_ANSWERS
    )
    rule_version: Mapped[str] = kept(
        IMMIGRATION, Purpose.ADMISSION, String(24), part=Part.SCREENING_ANSWERS
    )
    answer: Mapped[str] = kept(
        IMMIGRATION, Purpose.ADMISSION, String(8), part=Part.SCREENING_ANSWERS
    )
    event_on: Mapped[date] = kept(IMMIGRATION, Purpose.ADMISSION, Date, part=Part.SCREENING_ANSWERS)


class ScenarioChoice(_Fact, CaseworkBase):
    """The guidance scenario: a perspective that is worked towards, not an outcome."""

    __tablename__ = "scenario_choices"

    scenario: Mapped[str] = kept(CASEWORK, GUIDANCE, String(24))
    event_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date)


class Proposal(_Fact, CaseworkBase):
    """A proposal for admission, extension or exit, decided by somebody else."""

    __tablename__ = "proposals"

    kind: Mapped[str] = kept(CASEWORK, GUIDANCE, String(12))
    state: Mapped[str] = kept(CASEWORK, GUIDANCE, String(12), default="open", index=True)
    event_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date)
    until_on: Mapped[date | None] = kept(CASEWORK, STAY, Date, nullable=True)
    outcome: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(32), nullable=True)
    outcome_basis: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(32), nullable=True)
    permanent_stay_assured: Mapped[bool | None] = kept(
        CASEWORK, Purpose.FIGURES, Boolean, nullable=True
    )
    destination_kind: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(24), nullable=True)
    reason_code: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(32), nullable=True)
    advice: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(12), nullable=True)
    """What the team advises a decision-maker of the city, as a code; None while nobody advised."""
    advised_by: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    advised_at: Mapped[datetime | None] = kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)
    granted_until_on: Mapped[date | None] = kept(CASEWORK, STAY, Date, nullable=True)
    """The last day that was granted, where it is another than the one that was proposed."""
    decided_by: Mapped[str | None] = kept(CASEWORK, ACCOUNTABILITY, String(36), nullable=True)
    decided_at: Mapped[datetime | None] = kept(CASEWORK, ACCOUNTABILITY, Instant, nullable=True)
    version: Mapped[int] = kept(CASEWORK, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> recorded_by", name="another_decides"),
        CheckConstraint("state IN ('open', 'approved', 'declined', 'withdrawn')", name="state"),
    )
    __mapper_args__ = {"version_id_col": version}


class Extension(_Fact, CaseworkBase):
    """An agreed stay beyond the term, until a day inclusive."""

    __tablename__ = "extensions"

    until_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)
    event_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)
    proposal_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, ForeignKey("proposals.id"))


class CourtContinuation(_Fact, _Ending, CaseworkBase):
    """A stay that goes on while a court or an objection is pending."""

    __tablename__ = "court_continuations"

    from_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)
    until_on: Mapped[date | None] = kept(CASEWORK, STAY, Date, nullable=True, part=Part.CLOCK)


class EarlierNightsDecision(_Fact, CaseworkBase):
    """Whether the nights of earlier episodes count for somebody who came back; the newest decision holds."""

    __tablename__ = "earlier_nights_decisions"

    counts: Mapped[bool] = kept(CASEWORK, STAY, Boolean, part=Part.CLOCK)
    event_on: Mapped[date] = kept(CASEWORK, STAY, Date, part=Part.CLOCK)


class Allowance(_Fact, _Ending, CaseworkBase):
    """Living allowance, with or without a bed, with or without admission."""

    __tablename__ = "allowances"

    from_on: Mapped[date] = kept(MONEY, Purpose.ALLOWANCE, Date)
    until_on: Mapped[date | None] = kept(MONEY, Purpose.ALLOWANCE, Date, nullable=True)
    weekly_cents: Mapped[int] = kept(MONEY, Purpose.ALLOWANCE, Integer)


class Cost(_Fact, CaseworkBase):
    """Something that was paid for somebody: kind, amount, payer and day, and no word more."""

    __tablename__ = "costs"

    kind: Mapped[str] = kept(MONEY, Purpose.ALLOWANCE, String(16))
    payer: Mapped[str] = kept(MONEY, Purpose.ALLOWANCE, String(16))
    cents: Mapped[int] = kept(MONEY, Purpose.ALLOWANCE, Integer)
    spent_on: Mapped[date] = kept(MONEY, Purpose.ALLOWANCE, Date, index=True)

    __table_args__ = (CheckConstraint("cents > 0", name="amount"),)


class Procedure(_Fact, _Ending, CaseworkBase):
    """One procedure of a person; several run at once. Its steps are milestones, its words lie in the vault."""

    __tablename__ = "procedures"

    kind: Mapped[str] = kept(IMMIGRATION, GUIDANCE, String(24), part=Part.DEADLINES)
    from_on: Mapped[date] = kept(IMMIGRATION, GUIDANCE, Date)
    until_on: Mapped[date | None] = kept(
        IMMIGRATION, GUIDANCE, Date, nullable=True, part=Part.DEADLINES
    )
    """The day it ended; its deadlines count no more."""


class Milestone(_Fact, CaseworkBase):
    """A coded step of a procedure: kind, date, result, and what must happen next by when; words lie in the vault."""

    __tablename__ = "milestones"

    procedure_id: Mapped[str | None] = kept(
        IMMIGRATION, GUIDANCE, ForeignKey("procedures.id"), nullable=True, part=Part.DEADLINES
    )
    kind: Mapped[str] = kept(IMMIGRATION, GUIDANCE, String(40), part=Part.DEADLINES)
    event_on: Mapped[date] = kept(IMMIGRATION, GUIDANCE, Date, part=Part.DEADLINES)
    result: Mapped[str | None] = kept(IMMIGRATION, GUIDANCE, String(16), nullable=True)
    due_kind: Mapped[str | None] = kept(
        IMMIGRATION, GUIDANCE, String(16), nullable=True, part=Part.DEADLINES
    )
    due_on: Mapped[date | None] = kept(
        IMMIGRATION, GUIDANCE, Date, nullable=True, part=Part.DEADLINES
    )
    due_basis: Mapped[str | None] = kept(
        IMMIGRATION, GUIDANCE, String(8), nullable=True, part=Part.DEADLINES
    )
    """Whether a term of law or somebody's hand set the day."""


class Exit(_Fact, CaseworkBase):
    """The end of an episode: outcome and its basis."""

    __tablename__ = "exits"

    exited_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date, part=Part.STAGE)
    outcome: Mapped[str] = kept(CASEWORK, GUIDANCE, String(32))
    outcome_basis: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(32), nullable=True)
    permanent_stay_assured: Mapped[bool | None] = kept(
        CASEWORK, Purpose.FIGURES, Boolean, nullable=True
    )
    destination_kind: Mapped[str | None] = kept(CASEWORK, GUIDANCE, String(24), nullable=True)
    proposal_id: Mapped[str] = kept(CASEWORK, ACCOUNTABILITY, ForeignKey("proposals.id"))


class ContactAttempt(_Fact, CaseworkBase):
    """That somebody who is away was tried to be reached, and how; nothing of what was said, and no number."""

    __tablename__ = "contact_attempts"

    way: Mapped[str] = kept(CASEWORK, GUIDANCE, String(16))
    event_on: Mapped[date] = kept(CASEWORK, GUIDANCE, Date)


class FollowUp(_Fact, CaseworkBase):
    """What was found 6 or 12 months after an exit: the solution still holds, no longer holds, or is unknown."""

    __tablename__ = "follow_ups"

    months: Mapped[int] = kept(CASEWORK, Purpose.FIGURES, Integer)
    state: Mapped[str] = kept(CASEWORK, Purpose.FIGURES, String(16))
    event_on: Mapped[date] = kept(CASEWORK, Purpose.FIGURES, Date)
