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
        "client_request_words",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_request_words")),
    )
    with op.batch_alter_table("client_request_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_request_words_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_request_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_request_words_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_request_words_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "complaint_words",
        sa.Column("client_code", sa.String(length=12), nullable=True),
        sa.Column("complaint_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_words")),
    )
    with op.batch_alter_table("complaint_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_words_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_words_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "consent_words",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_words")),
    )
    with op.batch_alter_table("consent_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_words_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consent_words_client_code"), ["client_code"], unique=False
        )

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
        "contact_persons",
        sa.Column("line_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("agreed", sa.String(length=16), nullable=False),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_persons")),
    )
    with op.batch_alter_table("contact_persons", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_persons_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_persons_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_persons_line_id"), ["line_id"], unique=False)

    op.create_table(
        "deferrals",
        sa.Column("deferral_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferrals")),
    )
    with op.batch_alter_table("deferrals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deferrals_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deferrals_client_code"), ["client_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_deferrals_deferral_id"), ["deferral_id"], unique=False)

    op.create_table(
        "demand_links",
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("disclosure_id", sa.String(length=36), nullable=True),
        sa.Column("is_taken_back", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_links")),
    )
    with op.batch_alter_table("demand_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_links_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_demand_links_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_demand_links_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "demand_words",
        sa.Column("client_code", sa.String(length=12), nullable=True),
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_words")),
    )
    with op.batch_alter_table("demand_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_words_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_words_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "disclosed_values",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("disclosure_id", sa.String(length=36), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosed_values")),
    )
    with op.batch_alter_table("disclosed_values", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosed_values_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_disclosed_values_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosed_values_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosed_values_disclosure_id"), ["disclosure_id"], unique=False
        )

    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("form_id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.String(length=24), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_client_code"), ["client_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_form_id"), ["form_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drafts_recorded_by"), ["recorded_by"], unique=False)

    op.create_table(
        "formal_letters",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_letters")),
    )
    with op.batch_alter_table("formal_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_formal_letters_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_formal_letters_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_formal_letters_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_formal_letters_decision_id"), ["decision_id"], unique=False
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
        "health_needs",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_needs")),
    )
    with op.batch_alter_table("health_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_health_needs_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_health_needs_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "identities",
        sa.Column("given_names", sa.String(length=200), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
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
        "identity_mistakes",
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_mistakes")),
    )
    with op.batch_alter_table("identity_mistakes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_mistakes_about_id"), ["about_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_identity_mistakes_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_identity_mistakes_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "incident_words",
        sa.Column("client_code", sa.String(length=12), nullable=True),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_words")),
    )
    with op.batch_alter_table("incident_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incident_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incident_words_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incident_words_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "lawyer_letters",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawyer_letters")),
    )
    with op.batch_alter_table("lawyer_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lawyer_letters_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lawyer_letters_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lawyer_letters_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "legal_conclusions",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_conclusions")),
    )
    with op.batch_alter_table("legal_conclusions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_conclusions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_legal_conclusions_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_legal_conclusions_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "legal_notes",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_notes")),
    )
    with op.batch_alter_table("legal_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_notes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legal_notes_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_legal_notes_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "notes",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("contact_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about_third_person", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("interpreter", sa.String(length=12), nullable=True),
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
        "other_names",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_names")),
    )
    with op.batch_alter_table("other_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_names_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_other_names_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "papers_seen",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("agrees", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers_seen")),
    )
    with op.batch_alter_table("papers_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_papers_seen_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_papers_seen_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "plan_lines",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("line_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("done_by", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_lines")),
    )
    with op.batch_alter_table("plan_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_lines_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_lines_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_lines_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plan_lines_line_id"), ["line_id"], unique=False)

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
        "protection_words",
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_words")),
    )
    with op.batch_alter_table("protection_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_protection_words_about_id"), ["about_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protection_words_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protection_words_client_code"), ["client_code"], unique=False
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
        "safe_reports",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("report_id", sa.String(length=36), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("wish", sa.String(length=16), nullable=False),
        sa.Column("along", sa.String(length=16), nullable=True),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("meets_at", sa.String(length=5), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_in", sa.String(length=8), nullable=True),
        sa.Column("interpreter_number", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("victim_support", sa.String(length=12), nullable=True),
        sa.Column("damages_fund", sa.String(length=12), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_reports")),
    )
    with op.batch_alter_table("safe_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_reports_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safe_reports_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_safe_reports_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_safe_reports_report_id"), ["report_id"], unique=False)

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
