"""Case conferences, and what was told in words: days, codes, offices and functions; no name and no words."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, kept, new_id

GOVERNANCE = Compartment.GOVERNANCE
GUIDANCE, ACCOUNTABILITY, RIGHTS = Purpose.GUIDANCE, Purpose.ACCOUNTABILITY, Purpose.RIGHTS


class Telling(CaseworkBase):
    """What stands beside a disclosure that was spoken: when it was told, against which rule, and who looked at it."""

    __tablename__ = "tellings"

    disclosure_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("disclosures.id"), primary_key=True
    )
    case_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("cases.id"), index=True)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64))
    """The organisation that holds the case, whose privacy officer looks at it."""
    told_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, part=Part.LEFT)
    called: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, String(16), nullable=True, part=Part.LEFT
    )
    """Who was called in danger; None for what was told otherwise."""
    against: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, String(80), nullable=True, part=Part.LEFT
    )
    """Codes of the rules it was against, by comma; None where it was in order."""
    about_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True, index=True
    )
    """The incident or the opening of a card that it is the record of."""
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    seen_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    seen_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)

    __table_args__ = (
        Index("ix_tellings_organisation_recorded_at", "organisation", "recorded_at"),
        CheckConstraint("seen_by IS NULL OR seen_by <> recorded_by", name="another_looks"),
        CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name="who_looked_and_when"),
    )


class Conference(CaseworkBase):
    """A case conference of one organisation on a day, and who chairs it."""

    __tablename__ = "conferences"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(64))
    held_on: Mapped[date] = kept(GOVERNANCE, GUIDANCE, Date)
    chair: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("user_accounts.id"))
    state: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(12), default="planned")
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (Index("ix_conferences_organisation_held_on", "organisation", "held_on"),)


class ConferenceMember(CaseworkBase):
    """An office at the table, and in which function somebody represents it; never who."""

    __tablename__ = "conference_members"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    conference_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("conferences.id"))
    office_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("offices.id"))
    kind: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(24))
    """The class of the office; the store knows care, legal aid and the municipality, and no other."""
    function: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(16))
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("conference_id", "office_id"),
        CheckConstraint("kind IN ('care', 'legal', 'municipality')", name="who_has_a_seat"),
    )


class ConferenceCase(CaseworkBase):
    """A case on the agenda of a conference: asked by its team, approved by somebody else, the client told first."""

    __tablename__ = "conference_cases"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    conference_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("conferences.id"))
    case_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("cases.id"), index=True)
    told_on: Mapped[date | None] = kept(GOVERNANCE, RIGHTS, Date, nullable=True)
    answer: Mapped[str] = kept(GOVERNANCE, RIGHTS, String(12))
    state: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(12))
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    decided_by: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    decided_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)

    __table_args__ = (
        Index("ix_conference_cases_conference_id_state", "conference_id", "state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> recorded_by", name="another_decides"),
        CheckConstraint(
            "state <> 'approved' OR (decided_by IS NOT NULL AND told_on IS NOT NULL)",
            name="approved_and_told",
        ),
    )


class ConferenceSheet(CaseworkBase):
    """Which member gets the sheet of which case, and the disclosure that it is."""

    __tablename__ = "conference_sheets"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    conference_case_id: Mapped[str] = kept(
        GOVERNANCE, GUIDANCE, ForeignKey("conference_cases.id"), index=True
    )
    case_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("cases.id"), index=True)
    member_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("conference_members.id"))
    disclosure_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("disclosures.id"), nullable=True
    )


class ConferenceResult(CaseworkBase):
    """What a conference decided about one case, and the task of the case team that follows from it."""

    __tablename__ = "conference_results"

    id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(36), primary_key=True, default=new_id)
    conference_case_id: Mapped[str] = kept(
        GOVERNANCE, GUIDANCE, ForeignKey("conference_cases.id"), index=True
    )
    case_id: Mapped[str] = kept(GOVERNANCE, GUIDANCE, ForeignKey("cases.id"), index=True)
    decision: Mapped[str] = kept(GOVERNANCE, GUIDANCE, String(20))
    task_id: Mapped[str | None] = kept(GOVERNANCE, GUIDANCE, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
