"""Help to report a crime, signals of trafficking, and the steps of the child-protection code (Meldcode).

A safe report lies whole in the vault, in a compartment of its own, and no column of it says anything about status.
Trafficking and child protection are safety: codes and days in casework, words in the vault.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

REPORTING, SAFETY = Compartment.SAFE_REPORTING, Compartment.SAFETY
FOR_SAFETY, ACCOUNTABILITY = Purpose.SAFETY, Purpose.ACCOUNTABILITY


class SafeReport(Words, VaultBase):
    """Help to a victim or witness who wants to report; of each report the newest row counts."""

    __tablename__ = "safe_reports"
    compartment = REPORTING

    case_id: Mapped[str] = kept(REPORTING, FOR_SAFETY, String(36), index=True)
    report_id: Mapped[str] = kept(REPORTING, ACCOUNTABILITY, String(36), index=True)
    """The id of its first row."""
    standing: Mapped[str] = kept(REPORTING, FOR_SAFETY, String(12))
    wish: Mapped[str] = kept(REPORTING, FOR_SAFETY, String(16))
    along: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, String(16), nullable=True)
    meets_on: Mapped[date | None] = kept(REPORTING, FOR_SAFETY, Date, nullable=True)
    meets_at: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, String(5), nullable=True)
    place: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, String(200), nullable=True)
    told_on: Mapped[date | None] = kept(REPORTING, Purpose.RIGHTS, Date, nullable=True)
    told_in: Mapped[str | None] = kept(REPORTING, Purpose.RIGHTS, String(8), nullable=True)
    interpreter_number: Mapped[str | None] = kept(
        REPORTING, ACCOUNTABILITY, String(40), nullable=True
    )
    outcome: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, String(12), nullable=True)
    outcome_on: Mapped[date | None] = kept(REPORTING, FOR_SAFETY, Date, nullable=True)
    reference: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, String(40), nullable=True)
    """The number of the report at the police; it stands nowhere else."""
    victim_support: Mapped[str | None] = kept(REPORTING, Purpose.CARE, String(12), nullable=True)
    damages_fund: Mapped[str | None] = kept(REPORTING, Purpose.CARE, String(12), nullable=True)
    words: Mapped[str | None] = kept(REPORTING, FOR_SAFETY, Text, nullable=True)
    task_id: Mapped[str | None] = kept(REPORTING, ACCOUNTABILITY, String(36), nullable=True)
    """The neutral task to go along; its kind says nothing about a report."""
    taken_back: Mapped[bool] = kept(REPORTING, ACCOUNTABILITY, Boolean, default=False)
    """Whether it was recorded in error: it stands on no page any more."""


class ProtectionWords(Words, VaultBase):
    """Words beside one record of trafficking signals, or one step of child protection."""

    __tablename__ = "protection_words"
    compartment = SAFETY

    about_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), index=True)
    words: Mapped[str] = kept(SAFETY, FOR_SAFETY, Text)


class TraffickingRecord(CaseworkBase):
    """Signals of trafficking as they were seen on a day, what the client wants, and by which way help is asked."""

    __tablename__ = "trafficking_records"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("cases.id"), index=True)
    seen_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date)
    wish: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(16))
    along: Mapped[str | None] = kept(SAFETY, FOR_SAFETY, String(16), nullable=True)
    route: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(12))
    with_name: Mapped[bool] = kept(SAFETY, FOR_SAFETY, Boolean, default=False)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    mistaken_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    mistaken_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    mistaken_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)


class TraffickingSignal(CaseworkBase):
    """One signal of a record, as a code of the list in configuration."""

    __tablename__ = "trafficking_signals"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    record_id: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, ForeignKey("trafficking_records.id"), index=True
    )
    code: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(40))


class ChildConcern(CaseworkBase):
    """A worry about a child's safety, of which the steps of the code are taken; closed once it was decided on."""

    __tablename__ = "child_concerns"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("cases.id"), index=True)
    whom: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(16))
    is_acute: Mapped[bool] = kept(SAFETY, FOR_SAFETY, Boolean, default=False)
    task_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    mistaken_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    mistaken_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    mistaken_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)


class ChildConcernStep(CaseworkBase):
    """One step that was taken: which, on which day, what came of it, and who agreed where two are needed."""

    __tablename__ = "child_concern_steps"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    concern_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("child_concerns.id"), index=True)
    step: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(12))
    done_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date)
    result: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(20))
    """What came of it: the codes of its step."""
    told_at: Mapped[datetime | None] = kept(SAFETY, FOR_SAFETY, Instant, nullable=True)
    """Of a report: when Veilig Thuis or 112 was told."""
    disclosure_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    """Of a report: the record of what left."""
    agreed_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    """The second professional; never the first."""
    agreed_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    agreed_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("agreed_by IS NULL OR agreed_by <> recorded_by", name="two_people"),
    )
