"""Words about people, in the vault of the organisation that holds the case.

Rows are appended, never changed. Each carries the id of its change and is shown only once the casework
store holds that id, so that a crash between two commits leaves at worst a row nobody sees.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, declared_attr

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import Instant, VaultBase, kept, new_id

ACCOUNTABILITY = Purpose.ACCOUNTABILITY


class Words:
    """What every row of words carries; its compartment is that of the row."""

    compartment = Compartment.NOTES

    @declared_attr
    def id(cls) -> Mapped[str]:
        return kept(cls.compartment, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)

    @declared_attr
    def client_code(cls) -> Mapped[str]:
        return kept(cls.compartment, ACCOUNTABILITY, String(12), index=True)

    @declared_attr
    def recorded_at(cls) -> Mapped[datetime]:
        return kept(cls.compartment, ACCOUNTABILITY, Instant)

    @declared_attr
    def recorded_by(cls) -> Mapped[str]:
        return kept(cls.compartment, ACCOUNTABILITY, String(36))

    @declared_attr
    def change_id(cls) -> Mapped[str]:
        return kept(cls.compartment, ACCOUNTABILITY, String(36), index=True)


class Identity(Words, VaultBase):
    """Names and birth date as the person gives them; the newest row counts, the older ones are history."""

    __tablename__ = "identities"
    compartment = Compartment.IDENTITY

    given_names: Mapped[str | None] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(200), nullable=True
    )
    family_name: Mapped[str | None] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(200), nullable=True
    )
    birth_date: Mapped[date | None] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, Date, nullable=True
    )
    birth_year: Mapped[int | None] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, Integer, nullable=True
    )
    birth_precision: Mapped[str] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(12), default="unknown"
    )


class OtherName(Words, VaultBase):
    """A further name of somebody, as it was typed: an alias, another spelling, the name in papers, a former name."""

    __tablename__ = "other_names"
    compartment = Compartment.IDENTITY

    kind: Mapped[str] = kept(Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(12))
    name: Mapped[str] = kept(Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(200))


class PaperSeen(Words, VaultBase):
    """That whoever recorded it saw a paper: its kind and the day; no number, and no picture."""

    __tablename__ = "papers_seen"
    compartment = Compartment.IDENTITY

    kind: Mapped[str] = kept(Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(20))
    seen_on: Mapped[date] = kept(Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, Date)
    agrees: Mapped[str] = kept(Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(16))


class IdentityMistake(Words, VaultBase):
    """That a row about who somebody is was recorded in error; the row stays, and counts no more."""

    __tablename__ = "identity_mistakes"
    compartment = Compartment.IDENTITY

    about_id: Mapped[str] = kept(
        Compartment.IDENTITY, Purpose.KNOW_THE_PERSON, String(36), index=True
    )


class ContactLine(Words, VaultBase):
    """How to reach someone safely, and whom not to contact."""

    __tablename__ = "contact_lines"
    compartment = Compartment.CONTACT

    phone: Mapped[str | None] = kept(
        Compartment.CONTACT, Purpose.REACH_THE_PERSON, String(40), nullable=True
    )
    how_to_reach: Mapped[str | None] = kept(
        Compartment.CONTACT,
        Purpose.REACH_THE_PERSON,
        String(400),
        nullable=True,
        part=Part.HOW_TO_REACH,
    )
    do_not_contact: Mapped[str | None] = kept(
        Compartment.CONTACT, Purpose.SAFETY, String(400), nullable=True, part=Part.HOW_TO_REACH
    )


class Note(Words, VaultBase):
    """A contact or note about a case, with the day of the contact apart from the day of entry."""

    __tablename__ = "notes"
    compartment = Compartment.NOTES

    case_id: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, String(36), index=True)
    kind: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, String(16))
    contact_on: Mapped[date] = kept(Compartment.NOTES, Purpose.GUIDANCE, Date)
    words: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, Text)
    about_third_person: Mapped[bool] = kept(
        Compartment.NOTES, Purpose.RIGHTS, Boolean, default=False
    )
    corrects_id: Mapped[str | None] = kept(
        Compartment.NOTES, ACCOUNTABILITY, String(36), nullable=True
    )
    language: Mapped[str | None] = kept(
        Compartment.NOTES, Purpose.GUIDANCE, String(8), nullable=True
    )
    interpreter: Mapped[str | None] = kept(
        Compartment.NOTES, Purpose.GUIDANCE, String(12), nullable=True
    )
    """The number of the interpreter at the agency, never a name."""


class Wish(Words, VaultBase):
    """The person's own wish, beside the scenario and any legal view."""

    __tablename__ = "wishes"
    compartment = Compartment.NOTES

    case_id: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, String(36), index=True)
    words: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, Text)


class ProcedureWords(Words, VaultBase):
    """Who the lawyer in a procedure is, and under which reference; the newest row counts."""

    __tablename__ = "procedure_words"
    compartment = Compartment.IMMIGRATION

    case_id: Mapped[str] = kept(Compartment.IMMIGRATION, Purpose.GUIDANCE, String(36), index=True)
    procedure_id: Mapped[str] = kept(
        Compartment.IMMIGRATION, Purpose.GUIDANCE, String(36), index=True
    )
    lawyer: Mapped[str | None] = kept(
        Compartment.IMMIGRATION, Purpose.GUIDANCE, String(200), nullable=True
    )
    reference: Mapped[str | None] = kept(
        Compartment.IMMIGRATION, Purpose.GUIDANCE, String(200), nullable=True
    )


class VNumber(Words, VaultBase):
    """The number under which the authorities know a person: inside an open procedure alone, erased at its end."""

    __tablename__ = "v_numbers"
    compartment = Compartment.IMMIGRATION

    case_id: Mapped[str] = kept(Compartment.IMMIGRATION, Purpose.GUIDANCE, String(36), index=True)
    procedure_id: Mapped[str] = kept(
        Compartment.IMMIGRATION, Purpose.GUIDANCE, String(36), index=True
    )
    number: Mapped[str | None] = kept(
        Compartment.IMMIGRATION, Purpose.GUIDANCE, String(10), nullable=True
    )
    """None where an earlier number was taken back: the newest row counts, older ones are erased."""


class Reason(Words, VaultBase):
    """The words behind a proposal or a decision; its codes lie in the casework store."""

    __tablename__ = "reasons"
    compartment = Compartment.NOTES

    case_id: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, String(36), index=True)
    about_id: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, String(36), index=True)
    words: Mapped[str] = kept(Compartment.NOTES, Purpose.GUIDANCE, Text)


class GovernanceWords(Words, VaultBase):
    """Why glass was broken, and what a review of looks found; codes and ids of it lie in the casework store."""

    __tablename__ = "governance_words"
    compartment = Compartment.GOVERNANCE

    client_code: Mapped[str | None] = kept(  # type: ignore[assignment]
        Compartment.GOVERNANCE, ACCOUNTABILITY, String(12), nullable=True, index=True
    )
    """None where a review is about a colleague's looks, not about one client."""
    about_id: Mapped[str] = kept(Compartment.GOVERNANCE, ACCOUNTABILITY, String(36), index=True)
    words: Mapped[str] = kept(Compartment.GOVERNANCE, ACCOUNTABILITY, Text)


class ComplaintWords(Words, VaultBase):
    """What somebody complained of, and what was answered and changed; codes and days lie in the casework store."""

    __tablename__ = "complaint_words"
    compartment = Compartment.GOVERNANCE

    client_code: Mapped[str | None] = kept(  # type: ignore[assignment]
        Compartment.GOVERNANCE, ACCOUNTABILITY, String(12), nullable=True, index=True
    )
    """Always None: the register holds the code, where one was told, and a file of words has no use for it."""
    complaint_id: Mapped[str] = kept(Compartment.GOVERNANCE, ACCOUNTABILITY, String(36), index=True)
    kind: Mapped[str] = kept(Compartment.GOVERNANCE, ACCOUNTABILITY, String(12))
    """`complaint`, or `answer`: what was answered and changed."""
    words: Mapped[str] = kept(Compartment.GOVERNANCE, Purpose.RIGHTS, Text)
