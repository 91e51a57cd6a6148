"""Make the vault of one organisation: words about people.

Why: losing, sealing or handing over one vault opens no other.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "vault_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_lines",
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("how_to_reach", sa.String(length=400), nullable=True),
        sa.Column("do_not_contact", sa.String(length=400), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_lines")),
    )
    with op.batch_alter_table("contact_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_lines_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contact_lines_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "governance_words",
        sa.Column("client_code", sa.String(length=12), nullable=True),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_words")),
    )
    with op.batch_alter_table("governance_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_governance_words_about_id"), ["about_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_governance_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_governance_words_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "identities",
        sa.Column("given_names", sa.String(length=200), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("also_known_as", sa.String(length=400), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("birth_precision", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_identities_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "notes",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("contact_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about_third_person", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notes_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notes_client_code"), ["client_code"], unique=False)

    op.create_table(
        "procedure_words",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("procedure_id", sa.String(length=36), nullable=False),
        sa.Column("lawyer", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_words")),
    )
    with op.batch_alter_table("procedure_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procedure_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_procedure_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_procedure_words_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_procedure_words_procedure_id"), ["procedure_id"], unique=False
        )

    op.create_table(
        "reasons",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
    )
    with op.batch_alter_table("reasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reasons_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reasons_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reasons_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reasons_client_code"), ["client_code"], unique=False)

    op.create_table(
        "v_numbers",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("procedure_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_v_numbers")),
    )
    with op.batch_alter_table("v_numbers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_v_numbers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_v_numbers_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_v_numbers_client_code"), ["client_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_v_numbers_procedure_id"), ["procedure_id"], unique=False
        )

    op.create_table(
        "wishes",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
    )
    with op.batch_alter_table("wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wishes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wishes_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wishes_client_code"), ["client_code"], unique=False)
