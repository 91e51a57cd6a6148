"""Words of the client file: the plan, contact persons, what the counsellor keeps and releases, and drafts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

C, P = Compartment, Part
GUIDANCE, ACCOUNTABILITY, LEGAL_HELP = Purpose.GUIDANCE, Purpose.ACCOUNTABILITY, Purpose.LEGAL_HELP


class PlanLine(Words, VaultBase):
    """One version of a goal or an agreement; the newest row of a line counts, the older ones are its trail."""

    __tablename__ = "plan_lines"
    compartment = C.NOTES

    case_id: Mapped[str] = kept(C.NOTES, GUIDANCE, String(36), index=True)
    line_id: Mapped[str] = kept(C.NOTES, ACCOUNTABILITY, String(36), index=True)
    """The same for all versions of one line. A task of casework that reviews the line names it."""
    kind: Mapped[str] = kept(C.NOTES, GUIDANCE, String(16))
    done_by: Mapped[str] = kept(C.NOTES, GUIDANCE, String(16))
    state: Mapped[str] = kept(C.NOTES, GUIDANCE, String(16))
    words: Mapped[str] = kept(C.NOTES, GUIDANCE, Text)


class ContactPerson(Words, VaultBase):
    """One version of somebody around the person, and what the person agreed to; the newest row counts."""

    __tablename__ = "contact_persons"
    compartment = C.CONTACT

    line_id: Mapped[str] = kept(C.CONTACT, ACCOUNTABILITY, String(36), index=True)
    role: Mapped[str] = kept(C.CONTACT, Purpose.REACH_THE_PERSON, String(16))
    name: Mapped[str] = kept(C.CONTACT, Purpose.REACH_THE_PERSON, String(200))
    phone: Mapped[str | None] = kept(C.CONTACT, Purpose.REACH_THE_PERSON, String(60), nullable=True)
    agreed: Mapped[str] = kept(C.CONTACT, Purpose.RIGHTS, String(16))
    agreed_until: Mapped[date | None] = kept(C.CONTACT, Purpose.RIGHTS, Date, nullable=True)
    is_over: Mapped[bool] = kept(C.CONTACT, Purpose.REACH_THE_PERSON, Boolean, default=False)


class LegalNote(Words, VaultBase):
    """A confidential note of the legal counsellor, which nobody else reads."""

    __tablename__ = "legal_notes"
    compartment = C.LEGAL_NOTES

    case_id: Mapped[str] = kept(C.LEGAL_NOTES, LEGAL_HELP, String(36), index=True)
    words: Mapped[str] = kept(C.LEGAL_NOTES, LEGAL_HELP, Text)


class LegalConclusion(Words, VaultBase):
    """What the counsellor releases to case team and team lead: a conclusion, and the day that goes with it."""

    __tablename__ = "legal_conclusions"
    compartment = C.LEGAL_NOTES

    case_id: Mapped[str] = kept(C.LEGAL_NOTES, LEGAL_HELP, String(36), index=True, part=P.RELEASED)
    words: Mapped[str] = kept(C.LEGAL_NOTES, LEGAL_HELP, Text, part=P.RELEASED)
    due_on: Mapped[date | None] = kept(
        C.LEGAL_NOTES, LEGAL_HELP, Date, nullable=True, part=P.RELEASED
    )


class LawyerLetter(Words, VaultBase):
    """A letter of or to the lawyer, marked and apart, so that privilege can be claimed unopened; others see dates."""

    __tablename__ = "lawyer_letters"
    compartment = C.LAWYER_CORRESPONDENCE

    case_id: Mapped[str] = kept(
        C.LAWYER_CORRESPONDENCE, LEGAL_HELP, String(36), index=True, part=P.DATES
    )
    direction: Mapped[str] = kept(C.LAWYER_CORRESPONDENCE, LEGAL_HELP, String(8), part=P.DATES)
    dated_on: Mapped[date] = kept(C.LAWYER_CORRESPONDENCE, LEGAL_HELP, Date, part=P.DATES)
    due_on: Mapped[date | None] = kept(
        C.LAWYER_CORRESPONDENCE, LEGAL_HELP, Date, nullable=True, part=P.DATES
    )
    words: Mapped[str] = kept(C.LAWYER_CORRESPONDENCE, LEGAL_HELP, Text)


class Draft(VaultBase):
    """What a colleague typed and has not kept yet: the newest row of a form counts, its author alone reads it.

    It belongs to no change: nothing was done. Rows go once the form was kept, was thrown away, or after the term.
    """

    __tablename__ = "drafts"

    id: Mapped[str] = kept(
        C.NOTES, ACCOUNTABILITY, String(36), primary_key=True, default=new_id, part=P.OWN
    )
    form_id: Mapped[str] = kept(C.NOTES, ACCOUNTABILITY, String(36), index=True, part=P.OWN)
    """The random id of the form; it is the same for every row of one draft."""
    client_code: Mapped[str] = kept(C.NOTES, ACCOUNTABILITY, String(12), index=True, part=P.OWN)
    case_id: Mapped[str] = kept(C.NOTES, GUIDANCE, String(36), index=True, part=P.OWN)
    form: Mapped[str] = kept(C.NOTES, ACCOUNTABILITY, String(24), part=P.OWN)
    about_id: Mapped[str | None] = kept(
        C.NOTES, ACCOUNTABILITY, String(36), nullable=True, part=P.OWN
    )
    words: Mapped[str] = kept(C.NOTES, GUIDANCE, Text, part=P.OWN)
    """What stood in the fields of the form, as one text."""
    recorded_at: Mapped[datetime] = kept(C.NOTES, ACCOUNTABILITY, Instant, part=P.OWN)
    recorded_by: Mapped[str] = kept(C.NOTES, ACCOUNTABILITY, String(36), index=True, part=P.OWN)
