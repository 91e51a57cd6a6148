"""Make the audit log, version 1 of its entries.

Why: who looked at or changed what is told here before it happens.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "audit_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "entries",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("event", sa.String(length=48), nullable=False),
        sa.Column("action", sa.String(length=1), nullable=False),
        sa.Column("stands_for", sa.String(length=8), nullable=False),
        sa.Column("intent_id", sa.String(length=36), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("user_roles", sa.String(length=200), nullable=False),
        sa.Column("responsible_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("access_point", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("relations", sa.String(length=120), nullable=False),
        sa.Column("authorised_by", sa.String(length=48), nullable=False),
        sa.Column("control_authorisation", sa.Boolean(), nullable=False),
        sa.Column("control_relation", sa.Boolean(), nullable=False),
        sa.Column("control_consent", sa.Boolean(), nullable=False),
        sa.Column("control_emergency", sa.Boolean(), nullable=False),
        sa.Column("object_kind", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=True),
        sa.Column("sensitivity", sa.String(length=24), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_entries_id")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_intent_id"), ["intent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_user_id"), ["user_id"], unique=False)

    op.create_table(
        "subjects",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"], ["entries.position"], name=op.f("fk_subjects_position")
        ),
        sa.PrimaryKeyConstraint("position", "subject_hash", name=op.f("pk_subjects")),
    )
    with op.batch_alter_table("subjects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subjects_subject_hash"), ["subject_hash"], unique=False
        )
