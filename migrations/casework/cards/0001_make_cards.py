"""Make the store of emergency cards.

Why: an ambulance does not wait for a vault to be unsealed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "cards_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emergency_cards",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("call_name", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("allergies", sa.String(length=400), nullable=True),
        sa.Column("medication", sa.String(length=400), nullable=True),
        sa.Column("conditions", sa.String(length=400), nullable=True),
        sa.Column("doctor", sa.String(length=120), nullable=True),
        sa.Column("pharmacy", sa.String(length=120), nullable=True),
        sa.Column("whom_to_call", sa.String(length=200), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_cards")),
    )
    with op.batch_alter_table("emergency_cards", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_emergency_cards_client_code"), ["client_code"], unique=False
        )
