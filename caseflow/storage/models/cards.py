"""Emergency cards: made with the client, each line optional, readable while every vault is sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CardsBase, Instant, kept

CARD = Compartment.EMERGENCY_CARD


class EmergencyCard(CardsBase):
    """What an ambulance crew needs; no legal name, status or number."""

    __tablename__ = "emergency_cards"

    client_code: Mapped[str] = kept(CARD, Purpose.CARE, String(12), primary_key=True)
    call_name: Mapped[str | None] = kept(
        CARD, Purpose.ADDRESS_THE_PERSON, String(80), nullable=True
    )
    language: Mapped[str | None] = kept(CARD, Purpose.CARE, String(40), nullable=True)
    allergies: Mapped[str | None] = kept(CARD, Purpose.CARE, String(400), nullable=True)
    medication: Mapped[str | None] = kept(CARD, Purpose.CARE, String(400), nullable=True)
    conditions: Mapped[str | None] = kept(CARD, Purpose.CARE, String(400), nullable=True)
    doctor: Mapped[str | None] = kept(CARD, Purpose.CARE, String(120), nullable=True)
    pharmacy: Mapped[str | None] = kept(CARD, Purpose.CARE, String(120), nullable=True)
    whom_to_call: Mapped[str | None] = kept(CARD, Purpose.CARE, String(200), nullable=True)
    recorded_at: Mapped[datetime] = kept(CARD, Purpose.ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(CARD, Purpose.ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(CARD, Purpose.OPERATION, Integer, default=1)

    __mapper_args__ = {"version_id_col": version}
