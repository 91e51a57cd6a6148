"""What keeps the peace in a house: warnings, pairs not placed together, time-outs, incidents; codes and days only."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

SAFETY, FOR_SAFETY, ACCOUNTABILITY = (
    Compartment.SAFETY,
    Purpose.SAFETY,
    Purpose.ACCOUNTABILITY,
)
WARNINGS = Part.WARNINGS


class HouseWarning(CaseworkBase):
    """What a colleague does differently with one person, from a day through a last day; and whether they know of it."""

    __tablename__ = "house_warnings"

    id: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id, part=WARNINGS
    )
    client_code: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, ForeignKey("clients.code"), index=True, part=WARNINGS
    )
    kind: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(16), part=WARNINGS)
    from_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date, part=WARNINGS)
    until_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date, part=WARNINGS)
    """The last day, inclusive; a warning that is confirmed is a row of its own."""
    told_on: Mapped[date | None] = kept(SAFETY, Purpose.RIGHTS, Date, nullable=True)
    told_in: Mapped[str | None] = kept(SAFETY, Purpose.RIGHTS, String(8), nullable=True)
    not_told: Mapped[str | None] = kept(SAFETY, Purpose.RIGHTS, String(16), nullable=True)
    task_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    ended_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    ended_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    ended_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="days_in_order"),
        CheckConstraint("(told_on IS NULL) <> (not_told IS NULL)", name="told_or_not_yet"),
        CheckConstraint("(told_on IS NULL) = (told_in IS NULL)", name="told_in_a_language"),
    )


class HousePair(CaseworkBase):
    """Two people who are not placed in one room, or at one site, from a day through a last day."""

    __tablename__ = "house_pairs"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("clients.code"), index=True)
    other_code: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("clients.code"), index=True)
    scope: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(8))
    reason: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(16))
    from_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date)
    until_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    ended_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    ended_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    ended_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (CheckConstraint("until_on >= from_on", name="days_in_order"),)


class TimeOut(CaseworkBase):
    """Nights `[from, back)` during which somebody does not come to a site, and where they sleep meanwhile."""

    __tablename__ = "time_outs"

    id: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id, part=WARNINGS
    )
    client_code: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, ForeignKey("clients.code"), index=True, part=WARNINGS
    )
    case_id: Mapped[str] = kept(
        SAFETY, FOR_SAFETY, ForeignKey("cases.id"), index=True, part=WARNINGS
    )
    site_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("sites.id"))
    from_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date, part=WARNINGS)
    back_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date, part=WARNINGS)
    """The day on which somebody may come back; earlier where it was ended earlier."""
    meanwhile: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(16))
    lead_knows: Mapped[bool] = kept(SAFETY, ACCOUNTABILITY, Boolean, default=False)
    told_of_complaint: Mapped[bool] = kept(SAFETY, ACCOUNTABILITY, Boolean, default=False)
    absence_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    task_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    ended_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    ended_at: Mapped[datetime | None] = kept(SAFETY, ACCOUNTABILITY, Instant, nullable=True)
    ended_change_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)

    __table_args__ = (CheckConstraint("back_on >= from_on", name="days_in_order"),)


class Incident(CaseworkBase):
    """What happened at a site on a day; whom it concerned stands in `IncidentPerson`, words lie in a vault."""

    __tablename__ = "incidents"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(64))
    """Whose site it is."""
    site_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("sites.id"))
    happened_on: Mapped[date] = kept(SAFETY, FOR_SAFETY, Date)
    part_of_day: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(12))
    kind: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(12))
    police: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(8), default="not")
    emergency_called: Mapped[bool] = kept(SAFETY, FOR_SAFETY, Boolean, default=False)
    words_in: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(64), nullable=True)
    """The organisation in whose vault the words lie: the one that holds the cases of whom it concerned."""
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))

    __table_args__ = (Index("ix_incidents_site_id_happened_on", "site_id", "happened_on"),)


class IncidentPerson(CaseworkBase):
    """Whom an incident concerned, how, what was done about it, and how the team lead followed it up."""

    __tablename__ = "incident_people"

    id: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(36), primary_key=True, default=new_id)
    incident_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("incidents.id"), index=True)
    client_code: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("clients.code"), index=True)
    case_id: Mapped[str] = kept(SAFETY, FOR_SAFETY, ForeignKey("cases.id"), index=True)
    role: Mapped[str] = kept(SAFETY, FOR_SAFETY, String(12))
    measure: Mapped[str | None] = kept(SAFETY, FOR_SAFETY, String(16), nullable=True)
    measure_until: Mapped[date | None] = kept(SAFETY, FOR_SAFETY, Date, nullable=True)
    task_id: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    follow_up: Mapped[str | None] = kept(SAFETY, FOR_SAFETY, String(16), nullable=True)
    followed_up_on: Mapped[date | None] = kept(SAFETY, FOR_SAFETY, Date, nullable=True)
    followed_up_by: Mapped[str | None] = kept(SAFETY, ACCOUNTABILITY, String(36), nullable=True)
    followed_up_change_id: Mapped[str | None] = kept(
        SAFETY, ACCOUNTABILITY, String(36), nullable=True
    )
    recorded_by: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))
    recorded_at: Mapped[datetime] = kept(SAFETY, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint(
            "(follow_up IS NULL) = (followed_up_on IS NULL)", name="followed_up_on_a_day"
        ),
    )


class IncidentWords(Words, VaultBase):
    """What happened, in words, in the vault of the organisation that holds the cases of whom it concerned."""

    __tablename__ = "incident_words"
    compartment = SAFETY

    client_code: Mapped[str | None] = kept(  # type: ignore[assignment]
        SAFETY, ACCOUNTABILITY, String(12), nullable=True, index=True
    )
    """Always None: the rows of casework say whom it concerned, and one text may concern several."""
    incident_id: Mapped[str] = kept(SAFETY, ACCOUNTABILITY, String(36), index=True)
    words: Mapped[str] = kept(SAFETY, FOR_SAFETY, Text)
