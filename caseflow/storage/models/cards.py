"""Emergency cards: made with the client, each line optional, readable while every vault is sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CardsBase, Instant, kept, new_id

CARD = Compartment.EMERGENCY_CARD


class EmergencyCard(CardsBase):
    """What an ambulance crew needs; no legal name, status or number.

    A changed card is a new row: the one before stays until the change stands (`storage.emergency_cards`).
    """

    __tablename__ = "emergency_cards"

    id: Mapped[str] = kept(CARD, Purpose.CARE, String(36), primary_key=True, default=new_id)
    client_code: Mapped[str] = kept(CARD, Purpose.CARE, String(12), index=True)
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
    change_id: Mapped[str] = kept(CARD, Purpose.ACCOUNTABILITY, String(36))
