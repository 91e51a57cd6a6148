"""The register of demands of authorities: codes, days and who decided; never whom they look for.

The text of a demand, the reasons of a decision and the link to a client code lie in the vault of the organisation.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, VaultBase, kept, new_id
from caseflow.storage.models.vault import Words

GOVERNANCE, ACCOUNTABILITY = Compartment.GOVERNANCE, Purpose.ACCOUNTABILITY


class Demand(CaseworkBase):
    """One demand: from which office, on which power, what is asked in codes, and how it ended."""

    __tablename__ = "demands"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    organisation: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), index=True)
    door_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("door_calls.id"), nullable=True, unique=True
    )
    """The call at the door from which it came, where it came so."""
    received_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, index=True)
    received_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    how: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    authority: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(32))
    """An office of `config/demands.toml`, as it was chosen."""
    authority_class: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    power: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(32), nullable=True)
    """None where whoever received it could not say."""
    scope: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(16), nullable=True)
    reference: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(40), nullable=True)
    """The number under which they know it; its shape holds no name."""
    answer_by: Mapped[date | None] = kept(GOVERNANCE, ACCOUNTABILITY, Date, nullable=True)
    effect: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(16), nullable=True)
    """What its power comes to, as it was assessed; None until then."""
    assessed_by: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), nullable=True
    )
    answered_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    answered_how: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(16), nullable=True)
    answered_by: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), nullable=True
    )
    outcome: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(16), nullable=True)
    settled_on: Mapped[date | None] = kept(GOVERNANCE, ACCOUNTABILITY, Date, nullable=True)
    fg_saw_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    version: Mapped[int] = kept(GOVERNANCE, Purpose.OPERATION, Integer, default=1)

    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name="ends_on_a_day"),
    )
    __mapper_args__ = {"version_id_col": version}


class DemandField(CaseworkBase):
    """One thing that a demand names, as the privacy officer read it."""

    __tablename__ = "demand_fields"

    demand_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("demands.id"), primary_key=True
    )
    field: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(48), primary_key=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class DemandDecision(CaseworkBase):
    """What one of the three decided; the lawyer's stands under who recorded it, with its date and reference."""

    __tablename__ = "demand_decisions"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("demands.id"), index=True)
    decider: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    verdict: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    decided_on: Mapped[date] = kept(GOVERNANCE, ACCOUNTABILITY, Date)
    reference: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(40), nullable=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        UniqueConstraint("demand_id", "decider"),
        CheckConstraint("decider <> 'lawyer' OR reference IS NOT NULL", name="lawyer_wrote"),
        CheckConstraint(
            "decider IN ('director', 'privacy_officer', 'lawyer')", name="one_of_three"
        ),
    )


class DemandGrant(CaseworkBase):
    """One thing that one of the three lets go: only what the demand names."""

    __tablename__ = "demand_grants"

    decision_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("demand_decisions.id"), primary_key=True
    )
    field: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(48), primary_key=True)
    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        ForeignKeyConstraint(
            ["demand_id", "field"], ["demand_fields.demand_id", "demand_fields.field"]
        ),
    )


class DemandHandover(CaseworkBase):
    """What is handed over: made ready by one, looked at and let go by another."""

    __tablename__ = "demand_handovers"

    demand_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("demands.id"), primary_key=True
    )
    prepared_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    prepared_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    released_by: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"), nullable=True
    )
    released_at: Mapped[datetime | None] = kept(GOVERNANCE, ACCOUNTABILITY, Instant, nullable=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("released_by IS NULL OR released_by <> prepared_by", name="second_look"),
        CheckConstraint("(released_by IS NULL) = (released_at IS NULL)", name="released_by_one"),
    )


class DemandHandoverField(CaseworkBase):
    """One thing that is handed over; a trigger asks that each of the three granted it."""

    __tablename__ = "demand_handover_fields"

    demand_id: Mapped[str] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("demand_handovers.demand_id"), primary_key=True
    )
    field: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(48), primary_key=True)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class DemandSilence(CaseworkBase):
    """An order to say nothing to the client until a review, or the review that ends it; the newest row counts."""

    __tablename__ = "demand_silences"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("demands.id"), index=True)
    ground: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(32))
    is_over: Mapped[bool] = kept(GOVERNANCE, ACCOUNTABILITY, Boolean, default=False)
    review_on: Mapped[date | None] = kept(GOVERNANCE, ACCOUNTABILITY, Date, nullable=True)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    recorded_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))

    __table_args__ = (CheckConstraint("is_over = (review_on IS NULL)", name="asked_again"),)


class DemandTaking(CaseworkBase):
    """Something that was taken in a search: what kind, how many, from which site, and the digest of its files."""

    __tablename__ = "demand_takings"

    id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), primary_key=True, default=new_id)
    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("demands.id"), index=True)
    kind: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    how_many: Mapped[int] = kept(GOVERNANCE, ACCOUNTABILITY, Integer)
    site_id: Mapped[str | None] = kept(
        GOVERNANCE, ACCOUNTABILITY, ForeignKey("sites.id"), nullable=True
    )
    digest: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(64), nullable=True)
    taken_at: Mapped[datetime] = kept(GOVERNANCE, ACCOUNTABILITY, Instant)
    recorded_by: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, ForeignKey("user_accounts.id"))
    change_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36))


class DemandWords(Words, VaultBase):
    """The text of a demand, why somebody decided, where things were taken; codes of it lie in the casework store."""

    __tablename__ = "demand_words"
    compartment = GOVERNANCE

    client_code: Mapped[str | None] = kept(  # type: ignore[assignment]
        GOVERNANCE, ACCOUNTABILITY, String(12), nullable=True
    )
    """Always None: whom a demand is about stands in its link alone."""
    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), index=True)
    kind: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(16))
    """`text`, `reason` or `taken`."""
    words: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, Text)


class DemandLink(Words, VaultBase):
    """Whom a demand turned out to be about: a client code, and nowhere but here."""

    __tablename__ = "demand_links"
    compartment = GOVERNANCE

    demand_id: Mapped[str] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), index=True)
    disclosure_id: Mapped[str | None] = kept(GOVERNANCE, ACCOUNTABILITY, String(36), nullable=True)
    """What was handed over of it, once it was."""
    is_taken_back: Mapped[bool] = kept(GOVERNANCE, ACCOUNTABILITY, Boolean, default=False)
    """A slip: the newest row of a code counts."""


# What was decided stands on what the demand names, and what is handed over on what was granted: rows are written, and
# copied, in this order, which the triggers of the store ask for.
for _later, _earlier in (
    (DemandDecision, DemandField),
    (DemandHandover, DemandGrant),
    (DemandHandoverField, DemandGrant),
):
    _later.__table__.add_is_dependent_on(_earlier.__table__)  # type: ignore[attr-defined]
