"""Make the casework store: coded facts, beds, accounts, figures and the machine.

Why: everything that the work and the statistics need stays open while vaults are sealed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "casework_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attentions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("from_at", sa.String(length=27), nullable=False),
        sa.Column("until_at", sa.String(length=27), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.String(length=27), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("reviewed_by", sa.String(length=36), nullable=True),
        sa.Column("reviewed_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> user_id",
            name=op.f("ck_attentions_another_reviews"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attentions")),
        sa.UniqueConstraint(
            "user_id", "kind", "from_at", name=op.f("uq_attentions_user_id_kind_from_at")
        ),
    )
    with op.batch_alter_table("attentions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attentions_organisation"), ["organisation"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attentions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "bed_night_statements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.String(length=24), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_bed_night_statements_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_night_statements")),
        sa.UniqueConstraint(
            "organisation",
            "month",
            "number",
            name=op.f("uq_bed_night_statements_organisation_month_number"),
        ),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=48), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("vault", sa.String(length=64), nullable=True),
        sa.Column("once", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint("by", "once", name=op.f("uq_changes_by_once")),
    )
    op.create_table(
        "clients",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("call_name", sa.String(length=80), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("age_band", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_clients")),
    )
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clients_organisation"), ["organisation"], unique=False)

    op.create_table(
        "job_requests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_requests")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("deferred", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint("name", "due_at", name=op.f("uq_job_runs_name_due_at")),
    )
    op.create_table(
        "offices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=48), nullable=False),
        sa.Column("recipient_class", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("telephone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("recipient <> 'enforcement'", name=op.f("ck_offices_never_police")),
        sa.CheckConstraint(
            "recipient_class <> 'enforcement'", name=op.f("ck_offices_never_enforcement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offices_organisation"), ["organisation"], unique=False)
        batch_op.create_index(
            "ix_offices_organisation_name", ["organisation", "name"], unique=False
        )

    op.create_table(
        "operations_sheets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.String(length=24), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("composition", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_operations_sheets_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations_sheets")),
        sa.UniqueConstraint(
            "scope", "month", "number", name=op.f("uq_operations_sheets_scope_month_number")
        ),
    )
    op.create_table(
        "past_episodes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("person_hash", sa.String(length=64), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("outcome_basis", sa.String(length=32), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("age_band", sa.String(length=8), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_episodes")),
        sa.UniqueConstraint(
            "source",
            "programme",
            "person_hash",
            "entered_on",
            name=op.f("uq_past_episodes_source_programme_person_hash_entered_on"),
        ),
    )
    with op.batch_alter_table("past_episodes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_past_episodes_programme_entered_on", ["programme", "entered_on"], unique=False
        )

    op.create_table(
        "pay_out_runs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_pay_out_runs_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_out_runs")),
        sa.UniqueConstraint("programme", "from_on", name=op.f("uq_pay_out_runs_programme_from_on")),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("rule_version", sa.String(length=24), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.String(length=27), nullable=False),
        sa.Column("prepared_by", sa.String(length=36), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=True),
        sa.Column("proposed_by", sa.String(length=36), nullable=True),
        sa.Column("frozen_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(state = 'frozen') = (frozen_at IS NOT NULL)", name=op.f("ck_publications_frozen_at")
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'proposed', 'frozen', 'not_published', 'rejected')",
            name=op.f("ck_publications_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("scope", "cut_off", name=op.f("uq_publications_scope_cut_off")),
    )
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publications_scope"), ["scope"], unique=False)

    op.create_table(
        "sentinel_figures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_none", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_sentinel_figures_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentinel_figures")),
        sa.UniqueConstraint(
            "programme",
            "year",
            "kind",
            "number",
            name=op.f("uq_sentinel_figures_programme_year_kind_number"),
        ),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempts_key_hash_at", ["key_hash", "at"], unique=False)

    op.create_table(
        "sites",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("turnaround_nights", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
    )
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sites_organisation"), ["organisation"], unique=False)

    op.create_table(
        "suggestion_runs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("points_at_most", sa.Integer(), nullable=False),
        sa.Column("first_come_placed", sa.Integer(), nullable=False),
        sa.Column("first_come_points", sa.Integer(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_runs")),
    )
    with op.batch_alter_table("suggestion_runs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_suggestion_runs_organisation_made_at", ["organisation", "made_at"], unique=False
        )

    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teams_organisation"), ["organisation"], unique=False)

    op.create_table(
        "waiting_sweeps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.String(length=27), nullable=True),
        sa.Column("swept", sa.Integer(), nullable=True),
        sa.Column("stranded", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_sweeps")),
        sa.UniqueConstraint(
            "organisation",
            "kind",
            "due_on",
            name=op.f("uq_waiting_sweeps_organisation_kind_due_on"),
        ),
    )
    op.create_table(
        "weekly_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("week_from", sa.Date(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("closed_by", sa.String(length=36), nullable=False),
        sa.Column("closed_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_reviews")),
        sa.UniqueConstraint(
            "organisation", "week_from", name=op.f("uq_weekly_reviews_organisation_week_from")
        ),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_cases_client_code")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_client_code"), ["client_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_organisation"), ["organisation"], unique=False)
        batch_op.create_index("ix_cases_programme_stage", ["programme", "stage"], unique=False)
        batch_op.create_index("ix_cases_team_id_stage", ["team_id", "stage"], unique=False)

    op.create_table(
        "client_merges",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kept_code", sa.String(length=12), nullable=False),
        sa.Column("given_up_code", sa.String(length=12), nullable=False),
        sa.Column("kept_was_restricted", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("undone_at", sa.String(length=27), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.Column("undone_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("kept_code <> given_up_code", name=op.f("ck_client_merges_two_codes")),
        sa.ForeignKeyConstraint(
            ["given_up_code"], ["clients.code"], name=op.f("fk_client_merges_given_up_code")
        ),
        sa.ForeignKeyConstraint(
            ["kept_code"], ["clients.code"], name=op.f("fk_client_merges_kept_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_merges")),
    )
    with op.batch_alter_table("client_merges", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_merges_given_up_code"), ["given_up_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_client_merges_kept_code"), ["kept_code"], unique=False)
        batch_op.create_index(
            "uq_client_merges_standing",
            ["given_up_code"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "evacuation_files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("passphrase", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_evacuation_files_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evacuation_files")),
        sa.UniqueConstraint("name", name=op.f("uq_evacuation_files_name")),
        sa.UniqueConstraint("site_id", name=op.f("uq_evacuation_files_site_id")),
    )
    op.create_table(
        "house_pairs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("other_code", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_house_pairs_days_in_order")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_house_pairs_client_code")
        ),
        sa.ForeignKeyConstraint(
            ["other_code"], ["clients.code"], name=op.f("fk_house_pairs_other_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_pairs")),
    )
    with op.batch_alter_table("house_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_house_pairs_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_house_pairs_other_code"), ["other_code"], unique=False)

    op.create_table(
        "house_warnings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_in", sa.String(length=8), nullable=True),
        sa.Column("not_told", sa.String(length=16), nullable=True),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(told_on IS NULL) <> (not_told IS NULL)",
            name=op.f("ck_house_warnings_told_or_not_yet"),
        ),
        sa.CheckConstraint(
            "(told_on IS NULL) = (told_in IS NULL)",
            name=op.f("ck_house_warnings_told_in_a_language"),
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_house_warnings_days_in_order")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_house_warnings_client_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_warnings")),
    )
    with op.batch_alter_table("house_warnings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_house_warnings_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "household_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household_id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("lives_apart", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on",
            name=op.f("ck_household_members_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_household_members_client_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_members")),
    )
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_members_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_household_members_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            "uq_household_members_running",
            ["client_code"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("part_of_day", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("police", sa.String(length=8), nullable=False),
        sa.Column("emergency_called", sa.Boolean(), nullable=False),
        sa.Column("words_in", sa.String(length=64), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_incidents_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incidents_site_id_happened_on", ["site_id", "happened_on"], unique=False
        )

    op.create_table(
        "neighbourhood_entries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("taken_out_by", sa.String(length=36), nullable=True),
        sa.Column("taken_out_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_neighbourhood_entries_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbourhood_entries")),
    )
    with op.batch_alter_table("neighbourhood_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_neighbourhood_entries_site_id"), ["site_id"], unique=False
        )

    op.create_table(
        "night_counts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("bed_kind", sa.String(length=16), nullable=False),
        sa.Column("there", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("there >= 0", name=op.f("ck_night_counts_people")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_night_counts_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_counts")),
    )
    with op.batch_alter_table("night_counts", schema=None) as batch_op:
        batch_op.create_index("ix_night_counts_site_id_night", ["site_id", "night"], unique=False)

    op.create_table(
        "night_ledger",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("bed_kind", sa.String(length=16), nullable=False),
        sa.Column("there", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("not_there", sa.Integer(), nullable=False),
        sa.Column("unrecorded", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "there >= 0 AND announced >= 0 AND not_there >= 0 AND unrecorded >= 0",
            name=op.f("ck_night_ledger_people"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_night_ledger_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_ledger")),
    )
    with op.batch_alter_table("night_ledger", schema=None) as batch_op:
        batch_op.create_index("ix_night_ledger_one", ["site_id", "night", "bed_kind"], unique=True)

    op.create_table(
        "placement_needs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_placement_needs_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_placement_needs_client_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_needs")),
    )
    with op.batch_alter_table("placement_needs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_needs_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "publication_approvals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("as_role", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_publication_approvals_publication_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_approvals")),
        sa.UniqueConstraint(
            "publication_id",
            "as_role",
            name=op.f("uq_publication_approvals_publication_id_as_role"),
        ),
        sa.UniqueConstraint(
            "publication_id",
            "user_id",
            name=op.f("uq_publication_approvals_publication_id_user_id"),
        ),
    )
    with op.batch_alter_table("publication_approvals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_approvals_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "publication_reports",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_publication_reports_publication_id"),
        ),
        sa.PrimaryKeyConstraint("publication_id", "language", name=op.f("pk_publication_reports")),
    )
    op.create_table(
        "publication_texts",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("words_id", sa.String(length=36), nullable=True),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("judged_by", sa.String(length=36), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("words_nl", sa.Text(), nullable=True),
        sa.Column("words_en", sa.Text(), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(verdict IS 'allowed') = (judged_by IS NOT NULL)",
            name=op.f("ck_publication_texts_judged_by"),
        ),
        sa.CheckConstraint(
            "verdict IN ('clear', 'ask', 'allowed')", name=op.f("ck_publication_texts_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_publication_texts_publication_id"),
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_texts")),
    )
    op.create_table(
        "publication_withdrawals",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_publication_withdrawals_publication_id"),
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_withdrawals")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("meant_for", sa.String(length=8), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_rooms_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_site_id"), ["site_id"], unique=False)

    op.create_table(
        "separations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("other_code", sa.String(length=12), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("client_code <> other_code", name=op.f("ck_separations_two_people")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_separations_client_code")
        ),
        sa.ForeignKeyConstraint(
            ["other_code"], ["clients.code"], name=op.f("fk_separations_other_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separations")),
    )
    with op.batch_alter_table("separations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_separations_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_separations_other_code"), ["other_code"], unique=False)

    op.create_table(
        "service_tallies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("takes_back", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("count <> 0", name=op.f("ck_service_tallies_counts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_service_tallies_site_id")),
        sa.ForeignKeyConstraint(
            ["takes_back"], ["service_tallies.id"], name=op.f("fk_service_tallies_takes_back")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_tallies")),
        sa.UniqueConstraint("takes_back", name=op.f("uq_service_tallies_takes_back")),
    )
    with op.batch_alter_table("service_tallies", schema=None) as batch_op:
        batch_op.create_index("ix_service_tallies_site_id_day", ["site_id", "day"], unique=False)

    op.create_table(
        "site_limits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("most_people", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "most_people IS NULL OR most_people > 0", name=op.f("ck_site_limits_people")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_limits_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_limits")),
    )
    with op.batch_alter_table("site_limits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_limits_site_id"), ["site_id"], unique=False)

    op.create_table(
        "site_shares",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("funder", sa.String(length=16), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("beds >= 0", name=op.f("ck_site_shares_beds")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_shares_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_shares")),
    )
    with op.batch_alter_table("site_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_shares_site_id"), ["site_id"], unique=False)

    op.create_table(
        "user_accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("work_phone", sa.String(length=32), nullable=True),
        sa.Column("mail_address", sa.String(length=254), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_seed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("last_signed_in_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('invited', 'active', 'suspended', 'closed')",
            name=op.f("ck_user_accounts_status"),
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_user_accounts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_user_accounts_username")),
    )
    with op.batch_alter_table("user_accounts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_accounts_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_absences_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_case_id"), ["case_id"], unique=False)

    op.create_table(
        "accountability_statements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rule_version", sa.String(length=24), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("reader_id", sa.String(length=36), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=False),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("issued_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_change_id", sa.String(length=36), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(state = 'issued') = (issued_at IS NOT NULL)",
            name=op.f("ck_accountability_statements_issued_at"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR state = 'issued'",
            name=op.f("ck_accountability_statements_ended_once_issued"),
        ),
        sa.CheckConstraint(
            "kind IN ('cumulative', 'yearly')", name=op.f("ck_accountability_statements_kind")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'issued', 'rejected')",
            name=op.f("ck_accountability_statements_state"),
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user_accounts.id"], name=op.f("fk_accountability_statements_reader_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_statements")),
    )
    with op.batch_alter_table("accountability_statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accountability_statements_programme"), ["programme"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_accountability_statements_reader_id"), ["reader_id"], unique=False
        )

    op.create_table(
        "agreements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=24), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("interpreter", sa.String(length=12), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(kind = 'share') = (organisation IS NOT NULL)",
            name=op.f("ck_agreements_shared_with_one"),
        ),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_at IS NULL)",
            name=op.f("ck_agreements_withdrawn_whole"),
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= agreed_on", name=op.f("ck_agreements_days_in_order")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreements_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_case_id"), ["case_id"], unique=False)

    op.create_table(
        "allowances",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("weekly_cents", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_allowances_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowances")),
    )
    with op.batch_alter_table("allowances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allowances_case_id"), ["case_id"], unique=False)

    op.create_table(
        "auditor_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("auditor_id", sa.String(length=36), nullable=False),
        sa.Column("opened_by", sa.String(length=36), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("same_count", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["auditor_id"], ["user_accounts.id"], name=op.f("fk_auditor_sessions_auditor_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["bed_night_statements.id"],
            name=op.f("fk_auditor_sessions_statement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditor_sessions")),
    )
    with op.batch_alter_table("auditor_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_auditor_sessions_auditor_id"), ["auditor_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_auditor_sessions_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "beds",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("room_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_beds_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beds")),
    )
    with op.batch_alter_table("beds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_beds_room_id"), ["room_id"], unique=False)

    op.create_table(
        "broken_glass",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("from_at", sa.String(length=27), nullable=False),
        sa.Column("until_at", sa.String(length=27), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("reviewed_by", sa.String(length=36), nullable=True),
        sa.Column("reviewed_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (verdict IS NULL)",
            name=op.f("ck_broken_glass_a_review_has_a_verdict"),
        ),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> user_id",
            name=op.f("ck_broken_glass_another_reviews"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_broken_glass_case_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_broken_glass_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broken_glass")),
    )
    with op.batch_alter_table("broken_glass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broken_glass_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_broken_glass_user_id"), ["user_id"], unique=False)

    op.create_table(
        "card_openings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("opened_by", sa.String(length=36), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("until_at", sa.String(length=27), nullable=False),
        sa.Column("seen_by", sa.String(length=36), nullable=True),
        sa.Column("seen_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_card_openings_client_code")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_accounts.id"], name=op.f("fk_card_openings_opened_by")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_card_openings_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_openings")),
    )
    with op.batch_alter_table("card_openings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_card_openings_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_card_openings_opened_at"), ["opened_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_card_openings_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "case_shares",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("compartment", sa.String(length=24), nullable=False),
        sa.Column("client_informed_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_shares_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_shares")),
    )
    with op.batch_alter_table("case_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_shares_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_shares_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "case_team_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("deputy_for", sa.String(length=36), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_team_members_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_case_team_members_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_team_members")),
    )
    with op.batch_alter_table("case_team_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_team_members_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_team_members_user_id"), ["user_id"], unique=False)

    op.create_table(
        "caseload_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("from_at", sa.String(length=27), nullable=False),
        sa.Column("until_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_caseload_reviews_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_reviews")),
    )
    with op.batch_alter_table("caseload_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caseload_reviews_user_id"), ["user_id"], unique=False)

    op.create_table(
        "child_concerns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("whom", sa.String(length=16), nullable=False),
        sa.Column("is_acute", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_child_concerns_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_concerns")),
    )
    with op.batch_alter_table("child_concerns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_concerns_case_id"), ["case_id"], unique=False)

    op.create_table(
        "client_requests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("identity", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("longer_because", sa.String(length=12), nullable=True),
        sa.Column("advised_outcome", sa.String(length=12), nullable=True),
        sa.Column("advised_ground", sa.String(length=16), nullable=True),
        sa.Column("advised_by", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("ground", sa.String(length=16), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("lift_told_on", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('refused', 'partly') OR decided_by <> recorded_by",
            name=op.f("ck_client_requests_another_refuses"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_client_requests_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR outcome IS NOT NULL",
            name=op.f("ck_client_requests_decided_first"),
        ),
        sa.CheckConstraint(
            "lifted_on IS NULL OR (lift_told_on IS NOT NULL AND lift_told_on <= lifted_on)",
            name=op.f("ck_client_requests_told_before_lifting"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_client_requests_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_requests")),
    )
    with op.batch_alter_table("client_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_requests_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_client_requests_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_client_requests_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "complaints",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("client_code", sa.String(length=12), nullable=True),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("about_user_id", sa.String(length=36), nullable=True),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_how", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("has_committee", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("handler_id", sa.String(length=36), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "handler_id IS NULL OR about_user_id IS NULL OR handler_id <> about_user_id",
            name=op.f("ck_complaints_another_handles"),
        ),
        sa.ForeignKeyConstraint(
            ["about_user_id"], ["user_accounts.id"], name=op.f("fk_complaints_about_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["user_accounts.id"], name=op.f("fk_complaints_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_accounts.id"], name=op.f("fk_complaints_recorded_by")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_complaints_site_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_complaints_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaints_organisation"), ["organisation"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaints_received_on"), ["received_on"], unique=False
        )

    op.create_table(
        "conferences",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["chair"], ["user_accounts.id"], name=op.f("fk_conferences_chair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferences")),
    )
    with op.batch_alter_table("conferences", schema=None) as batch_op:
        batch_op.create_index(
            "ix_conferences_organisation_held_on", ["organisation", "held_on"], unique=False
        )

    op.create_table(
        "contact_attempts",
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_contact_attempts_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempts")),
    )
    with op.batch_alter_table("contact_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_attempts_case_id"), ["case_id"], unique=False)

    op.create_table(
        "costs",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payer", sa.String(length=16), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_costs_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_costs_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costs")),
    )
    with op.batch_alter_table("costs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_costs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_costs_spent_on"), ["spent_on"], unique=False)

    op.create_table(
        "court_continuations",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_court_continuations_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_continuations")),
    )
    with op.batch_alter_table("court_continuations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_court_continuations_case_id"), ["case_id"], unique=False
        )

    op.create_table(
        "disclosures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=48), nullable=False),
        sa.Column("recipient_class", sa.String(length=24), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("tier", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.String(length=800), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("medium", sa.String(length=16), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.String(length=27), nullable=True),
        sa.Column("issued_by", sa.String(length=36), nullable=True),
        sa.Column("engine", sa.String(length=200), nullable=True),
        sa.Column("template", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("why", sa.String(length=24), nullable=True),
        sa.Column("sampled_by", sa.String(length=36), nullable=True),
        sa.Column("sampled_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state NOT IN ('refused', 'withdrawn'))",
            name=op.f("ck_disclosures_ended_with_a_day"),
        ),
        sa.CheckConstraint("recipient <> 'enforcement'", name=op.f("ck_disclosures_never_police")),
        sa.CheckConstraint(
            "recipient_class <> 'enforcement'", name=op.f("ck_disclosures_never_enforcement")
        ),
        sa.CheckConstraint(
            "state <> 'issued' OR (issued_at IS NOT NULL AND left_on IS NOT NULL)",
            name=op.f("ck_disclosures_issued_on_a_day"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'issued', 'refused', 'withdrawn')",
            name=op.f("ck_disclosures_state"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (why IS NULL)", name=op.f("ck_disclosures_ended_with_a_reason")
        ),
        sa.CheckConstraint(
            "sampled_by IS NULL OR (sampled_by <> asked_by AND sampled_by <> issued_by)",
            name=op.f("ck_disclosures_another_looks"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disclosures_case_id")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_disclosures_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosures_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosures_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_disclosures_case_id_asked_at", ["case_id", "asked_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_disclosures_issued_at"), ["issued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosures_state"), ["state"], unique=False)

    op.create_table(
        "door_calls",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("who", sa.String(length=24), nullable=True),
        sa.Column("shown", sa.String(length=24), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("told_at", sa.String(length=27), nullable=True),
        sa.Column("seen_by", sa.String(length=36), nullable=True),
        sa.Column("seen_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_accounts.id"], name=op.f("fk_door_calls_recorded_by")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_door_calls_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_calls")),
    )
    with op.batch_alter_table("door_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_calls_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_door_calls_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "earlier_nights_decisions",
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_earlier_nights_decisions_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_nights_decisions")),
    )
    with op.batch_alter_table("earlier_nights_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earlier_nights_decisions_case_id"), ["case_id"], unique=False
        )

    op.create_table(
        "follow_ups",
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_follow_ups_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_case_id"), ["case_id"], unique=False)

    op.create_table(
        "handover_reads",
        sa.Column("note_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_reads_case_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_handover_reads_user_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_handover_reads")),
    )
    with op.batch_alter_table("handover_reads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_reads_case_id"), ["case_id"], unique=False)

    op.create_table(
        "incident_people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=True),
        sa.Column("measure_until", sa.Date(), nullable=True),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("follow_up", sa.String(length=16), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("followed_up_by", sa.String(length=36), nullable=True),
        sa.Column("followed_up_change_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(follow_up IS NULL) = (followed_up_on IS NULL)",
            name=op.f("ck_incident_people_followed_up_on_a_day"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incident_people_case_id")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_incident_people_client_code")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_people_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_people")),
    )
    with op.batch_alter_table("incident_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_people_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incident_people_client_code"), ["client_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incident_people_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "information_given",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("understood", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("interpreter", sa.String(length=12), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_information_given_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_given")),
    )
    with op.batch_alter_table("information_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_given_case_id"), ["case_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("totp_seed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_invitations_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "kept_choices",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("choice", sa.String(length=24), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_kept_choices_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "choice", name=op.f("pk_kept_choices")),
    )
    op.create_table(
        "known_devices",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_known_devices_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_known_devices")),
    )
    with op.batch_alter_table("known_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_devices_user_id"), ["user_id"], unique=False)

    op.create_table(
        "merged_rows",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("merge_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("until_was", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["client_merges.id"], name=op.f("fk_merged_rows_merge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_rows")),
    )
    with op.batch_alter_table("merged_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_rows_merge_id"), ["merge_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_passkeys_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_user_id"), ["user_id"], unique=False)

    op.create_table(
        "procedures",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_by", sa.String(length=36), nullable=True),
        sa.Column("until_recorded_at", sa.String(length=27), nullable=True),
        sa.Column("until_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_procedures_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedures")),
    )
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procedures_case_id"), ["case_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("outcome_basis", sa.String(length=32), nullable=True),
        sa.Column("permanent_stay_assured", sa.Boolean(), nullable=True),
        sa.Column("destination_kind", sa.String(length=24), nullable=True),
        sa.Column("reason_code", sa.String(length=32), nullable=True),
        sa.Column("advice", sa.String(length=12), nullable=True),
        sa.Column("advised_by", sa.String(length=36), nullable=True),
        sa.Column("advised_at", sa.String(length=27), nullable=True),
        sa.Column("granted_until_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'declined', 'withdrawn')",
            name=op.f("ck_proposals_state"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> recorded_by",
            name=op.f("ck_proposals_another_decides"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_proposals_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_state"), ["state"], unique=False)

    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_case_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_referrals_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referrals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referrals_user_id"), ["user_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_reminders_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("user_id", "told_on", name=op.f("uq_reminders_user_id_told_on")),
    )
    op.create_table(
        "restricted_readers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_restricted_readers_client_code")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_restricted_readers_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_readers")),
    )
    with op.batch_alter_table("restricted_readers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_restricted_readers_client_code"), ["client_code"], unique=False
        )

    op.create_table(
        "role_grants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("function", sa.String(length=48), nullable=True),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("programme", sa.String(length=64), nullable=True),
        sa.Column("granted_by", sa.String(length=36), nullable=False),
        sa.Column("seconded_by", sa.String(length=36), nullable=True),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_role_grants_site_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_role_grants_team_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_role_grants_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grants_user_id"), ["user_id"], unique=False)

    op.create_table(
        "roster_shifts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=True),
        sa.Column("starts_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_roster_shifts_team_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_roster_shifts_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_shifts")),
    )
    with op.batch_alter_table("roster_shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_shifts_user_id"), ["user_id"], unique=False)

    op.create_table(
        "scenario_choices",
        sa.Column("scenario", sa.String(length=24), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_scenario_choices_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_choices")),
    )
    with op.batch_alter_table("scenario_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_choices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "screening_answers",
        sa.Column("criterion", sa.String(length=48), nullable=False),
        sa.Column("rule_version", sa.String(length=24), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_screening_answers_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_answers")),
    )
    with op.batch_alter_table("screening_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_answers_case_id"), ["case_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("last_seen_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.Column("stepped_up_at", sa.String(length=27), nullable=True),
        sa.Column("device", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_accounts.id"], name=op.f("fk_sessions_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
        sa.UniqueConstraint("reference", name=op.f("uq_sessions_reference")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "slips",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("settled_at", sa.String(length=27), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_change_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "reason IS NULL OR state = 'returned'", name=op.f("ck_slips_reason_of_return")
        ),
        sa.CheckConstraint(
            "state = 'open' OR settled_at IS NOT NULL", name=op.f("ck_slips_settled")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'handed_over', 'returned')", name=op.f("ck_slips_state")
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_slips_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_slips_case_id")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_out_runs.id"], name=op.f("fk_slips_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
        sa.UniqueConstraint("run_id", "case_id", name=op.f("uq_slips_run_id_case_id")),
    )
    with op.batch_alter_table("slips", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slips_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slips_state"), ["state"], unique=False)

    op.create_table(
        "stage_changes",
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stage_changes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_changes")),
    )
    with op.batch_alter_table("stage_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_changes_case_id"), ["case_id"], unique=False)

    op.create_table(
        "standing_recipients",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_in", sa.String(length=8), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_standing_recipients_who_ended_it"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_standing_recipients_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_standing_recipients_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_recipients")),
    )
    with op.batch_alter_table("standing_recipients", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_recipients_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_standing_recipients_office_id"), ["office_id"], unique=False
        )

    op.create_table(
        "start_dates",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_start_dates_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_dates")),
    )
    with op.batch_alter_table("start_dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_dates_case_id"), ["case_id"], unique=False)

    op.create_table(
        "stay_alerts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_alerts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_alerts")),
        sa.UniqueConstraint(
            "case_id", "kind", "last_day", name=op.f("uq_stay_alerts_case_id_kind_last_day")
        ),
    )
    with op.batch_alter_table("stay_alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_alerts_case_id"), ["case_id"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=True),
        sa.Column("done_at", sa.String(length=27), nullable=True),
        sa.Column("done_by", sa.String(length=36), nullable=True),
        sa.Column("done_change_id", sa.String(length=36), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_tasks_who_did_it")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_case_id"), ["case_id"], unique=False)

    op.create_table(
        "time_outs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=False),
        sa.Column("meanwhile", sa.String(length=16), nullable=False),
        sa.Column("lead_knows", sa.Boolean(), nullable=False),
        sa.Column("told_of_complaint", sa.Boolean(), nullable=False),
        sa.Column("absence_id", sa.String(length=36), nullable=True),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("back_on >= from_on", name=op.f("ck_time_outs_days_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_time_outs_case_id")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_time_outs_client_code")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_time_outs_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_outs")),
    )
    with op.batch_alter_table("time_outs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_outs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_outs_client_code"), ["client_code"], unique=False)

    op.create_table(
        "trafficking_records",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("wish", sa.String(length=16), nullable=False),
        sa.Column("along", sa.String(length=16), nullable=True),
        sa.Column("route", sa.String(length=12), nullable=False),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_trafficking_records_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_records")),
    )
    with op.batch_alter_table("trafficking_records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trafficking_records_case_id"), ["case_id"], unique=False
        )

    op.create_table(
        "waiting_entries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("wanted", sa.String(length=16), nullable=False),
        sa.Column("grounds", sa.String(length=64), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=16), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'removed') = (end_reason IS NOT NULL)",
            name=op.f("ck_waiting_entries_removed_has_why"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_on IS NULL)",
            name=op.f("ck_waiting_entries_over_has_a_day"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'placed', 'removed')", name=op.f("ck_waiting_entries_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_waiting_entries_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entries")),
    )
    with op.batch_alter_table("waiting_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_entries_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_waiting_entries_state_entered_on", ["state", "entered_on"], unique=False
        )
        batch_op.create_index(
            "uq_waiting_entries_running",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "accountability_approvals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("as_role", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["accountability_statements.id"],
            name=op.f("fk_accountability_approvals_statement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_approvals")),
        sa.UniqueConstraint(
            "statement_id", "as_role", name=op.f("uq_accountability_approvals_statement_id_as_role")
        ),
        sa.UniqueConstraint(
            "statement_id", "user_id", name=op.f("uq_accountability_approvals_statement_id_user_id")
        ),
    )
    with op.batch_alter_table("accountability_approvals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accountability_approvals_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "assurance_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("in_order", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=36), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "in_order >= 0 AND in_order <= sampled", name=op.f("ck_assurance_notes_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["auditor_sessions.id"], name=op.f("fk_assurance_notes_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["bed_night_statements.id"],
            name=op.f("fk_assurance_notes_statement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assurance_notes")),
        sa.UniqueConstraint("session_id", name=op.f("uq_assurance_notes_session_id")),
    )
    with op.batch_alter_table("assurance_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assurance_notes_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "cases_under_review",
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_cases_under_review_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["caseload_reviews.id"], name=op.f("fk_cases_under_review_review_id")
        ),
        sa.PrimaryKeyConstraint("review_id", "case_id", name=op.f("pk_cases_under_review")),
    )
    op.create_table(
        "child_concern_steps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("concern_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.String(length=27), nullable=True),
        sa.Column("disclosure_id", sa.String(length=36), nullable=True),
        sa.Column("agreed_by", sa.String(length=36), nullable=True),
        sa.Column("agreed_at", sa.String(length=27), nullable=True),
        sa.Column("agreed_change_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "agreed_by IS NULL OR agreed_by <> recorded_by",
            name=op.f("ck_child_concern_steps_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["child_concerns.id"], name=op.f("fk_child_concern_steps_concern_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_concern_steps")),
    )
    with op.batch_alter_table("child_concern_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_child_concern_steps_concern_id"), ["concern_id"], unique=False
        )

    op.create_table(
        "conference_cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conference_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint(
            "state <> 'approved' OR (decided_by IS NOT NULL AND told_on IS NOT NULL)",
            name=op.f("ck_conference_cases_approved_and_told"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> recorded_by",
            name=op.f("ck_conference_cases_another_decides"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_conference_cases_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conferences.id"], name=op.f("fk_conference_cases_conference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_cases")),
    )
    with op.batch_alter_table("conference_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_cases_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_conference_cases_conference_id_state", ["conference_id", "state"], unique=False
        )

    op.create_table(
        "conference_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conference_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("function", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "kind IN ('care', 'legal', 'municipality')",
            name=op.f("ck_conference_members_who_has_a_seat"),
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conferences.id"], name=op.f("fk_conference_members_conference_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_conference_members_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_members")),
        sa.UniqueConstraint(
            "conference_id", "office_id", name=op.f("uq_conference_members_conference_id_office_id")
        ),
    )
    op.create_table(
        "demands",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("door_id", sa.String(length=36), nullable=True),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("received_by", sa.String(length=36), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.String(length=32), nullable=False),
        sa.Column("authority_class", sa.String(length=16), nullable=False),
        sa.Column("power", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("effect", sa.String(length=16), nullable=True),
        sa.Column("assessed_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("answered_how", sa.String(length=16), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("fg_saw_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_on IS NULL)", name=op.f("ck_demands_ends_on_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_accounts.id"], name=op.f("fk_demands_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["user_accounts.id"], name=op.f("fk_demands_assessed_by")
        ),
        sa.ForeignKeyConstraint(["door_id"], ["door_calls.id"], name=op.f("fk_demands_door_id")),
        sa.ForeignKeyConstraint(
            ["received_by"], ["user_accounts.id"], name=op.f("fk_demands_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demands")),
        sa.UniqueConstraint("door_id", name=op.f("uq_demands_door_id")),
    )
    with op.batch_alter_table("demands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demands_organisation"), ["organisation"], unique=False)
        batch_op.create_index(batch_op.f("ix_demands_received_at"), ["received_at"], unique=False)

    op.create_table(
        "disclosure_approvals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("disclosure_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("approved_as", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("approved_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", sa.String(length=27), nullable=True),
        sa.Column("confirmed_change_id", sa.String(length=36), nullable=True),
        sa.Column("denied_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint(
            "by = 'telephone' OR confirmed_at IS NOT NULL",
            name=op.f("ck_disclosure_approvals_confirmed_at_once"),
        ),
        sa.CheckConstraint(
            "by IN ('screen', 'telephone')", name=op.f("ck_disclosure_approvals_how")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosures.id"],
            name=op.f("fk_disclosure_approvals_disclosure_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_approvals")),
    )
    with op.batch_alter_table("disclosure_approvals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_approvals_disclosure_id"), ["disclosure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disclosure_approvals_user_id"), ["user_id"], unique=False
        )
        batch_op.create_index(
            "uq_disclosure_approvals_role",
            ["disclosure_id", "approved_as"],
            unique=True,
            sqlite_where=sa.text("denied_at IS NULL"),
        )

    op.create_table(
        "disclosure_notices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("disclosure_id", sa.String(length=36), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("letter_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(length=16), nullable=True),
        sa.Column("told_by", sa.String(length=36), nullable=True),
        sa.Column("told_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(told_on IS NULL) = (told_by IS NULL)", name=op.f("ck_disclosure_notices_who_told")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosures.id"], name=op.f("fk_disclosure_notices_disclosure_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["disclosures.id"], name=op.f("fk_disclosure_notices_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_notices")),
    )
    with op.batch_alter_table("disclosure_notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_notices_disclosure_id"), ["disclosure_id"], unique=False
        )

    op.create_table(
        "exits",
        sa.Column("exited_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("outcome_basis", sa.String(length=32), nullable=True),
        sa.Column("permanent_stay_assured", sa.Boolean(), nullable=True),
        sa.Column("destination_kind", sa.String(length=24), nullable=True),
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exits_case_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_exits_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exits")),
    )
    with op.batch_alter_table("exits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exits_case_id"), ["case_id"], unique=False)

    op.create_table(
        "extensions",
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_extensions_case_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_extensions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "formal_decisions",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("criterion", sa.String(length=48), nullable=True),
        sa.Column("rule_version", sa.String(length=24), nullable=True),
        sa.Column("proposal_id", sa.String(length=36), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(state = 'prepared') = (decided_by IS NULL)",
            name=op.f("ck_formal_decisions_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'decided', 'not_taken')", name=op.f("ck_formal_decisions_state")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> recorded_by",
            name=op.f("ck_formal_decisions_another_decides"),
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= effective_on",
            name=op.f("ck_formal_decisions_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_formal_decisions_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_formal_decisions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_decisions")),
    )
    with op.batch_alter_table("formal_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_formal_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_formal_decisions_state"), ["state"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("procedure_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("due_kind", sa.String(length=16), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", sa.String(length=8), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_milestones_case_id")),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedures.id"], name=op.f("fk_milestones_procedure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_case_id"), ["case_id"], unique=False)

    op.create_table(
        "out_of_service",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outage_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("room_id", sa.String(length=36), nullable=True),
        sa.Column("bed_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("cost_centre", sa.String(length=20), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("expected_until_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("mistaken", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("replaced_at", sa.String(length=27), nullable=True),
        sa.Column("replaced_change_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "bed_id IS NULL OR room_id IS NULL", name=op.f("ck_out_of_service_one_place")
        ),
        sa.CheckConstraint(
            "expected_until_on IS NULL OR expected_until_on > from_on",
            name=op.f("ck_out_of_service_expected_nights"),
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_out_of_service_nights")
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_out_of_service_bed_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_out_of_service_room_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_out_of_service_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_out_of_service")),
    )
    with op.batch_alter_table("out_of_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_out_of_service_outage_id"), ["outage_id"], unique=False
        )
        batch_op.create_index(
            "ix_out_of_service_site_id_replaced_at", ["site_id", "replaced_at"], unique=False
        )

    op.create_table(
        "pay_out_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("allowance_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "corrects_id IS NULL OR kind = 'correction'",
            name=op.f("ck_pay_out_lines_corrects_a_line"),
        ),
        sa.CheckConstraint(
            "kind = 'correction' OR cents > 0", name=op.f("ck_pay_out_lines_due_is_paid")
        ),
        sa.CheckConstraint("kind IN ('due', 'correction')", name=op.f("ck_pay_out_lines_kind")),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_pay_out_lines_days")),
        sa.ForeignKeyConstraint(
            ["allowance_id"], ["allowances.id"], name=op.f("fk_pay_out_lines_allowance_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pay_out_lines_case_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["pay_out_lines.id"], name=op.f("fk_pay_out_lines_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["pay_out_runs.id"], name=op.f("fk_pay_out_lines_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_out_lines")),
        sa.UniqueConstraint(
            "run_id", "corrects_id", name=op.f("uq_pay_out_lines_run_id_corrects_id")
        ),
    )
    with op.batch_alter_table("pay_out_lines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pay_out_lines_allowance_id_from_on", ["allowance_id", "from_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pay_out_lines_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_out_lines_run_id"), ["run_id"], unique=False)

    op.create_table(
        "place_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("room_id", sa.String(length=36), nullable=True),
        sa.Column("bed_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(room_id IS NULL) <> (bed_id IS NULL)", name=op.f("ck_place_marks_one_place")
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_place_marks_bed_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_place_marks_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_marks")),
    )
    with op.batch_alter_table("place_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_marks_bed_id"), ["bed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_marks_room_id"), ["room_id"], unique=False)

    op.create_table(
        "placements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("bed_id", sa.String(length=36), nullable=False),
        sa.Column("client_code", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("arrival_on", sa.Date(), nullable=False),
        sa.Column("planned_departure_on", sa.Date(), nullable=True),
        sa.Column("departure_on", sa.Date(), nullable=True),
        sa.Column("hold_ends_at", sa.String(length=27), nullable=True),
        sa.Column("end_reason", sa.String(length=24), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'ended') = (departure_on IS NOT NULL)",
            name=op.f("ck_placements_ended_has_departure"),
        ),
        sa.CheckConstraint(
            "status IN ('held', 'booked', 'begun', 'ended', 'cancelled', 'lapsed', 'mistaken')",
            name=op.f("ck_placements_status"),
        ),
        sa.CheckConstraint(
            "departure_on IS NULL OR departure_on >= arrival_on", name=op.f("ck_placements_nights")
        ),
        sa.CheckConstraint(
            "planned_departure_on IS NULL OR planned_departure_on > arrival_on",
            name=op.f("ck_placements_planned_nights"),
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_placements_bed_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_placements_case_id")),
        sa.ForeignKeyConstraint(
            ["client_code"], ["clients.code"], name=op.f("fk_placements_client_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
    )
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.create_index("ix_placements_bed_id_status", ["bed_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_placements_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_placements_client_code_status", ["client_code", "status"], unique=False
        )

    op.create_table(
        "sampled_nights",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=False),
        sa.Column("finding", sa.String(length=24), nullable=True),
        sa.Column("found_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["auditor_sessions.id"], name=op.f("fk_sampled_nights_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_nights")),
        sa.UniqueConstraint(
            "session_id", "number", name=op.f("uq_sampled_nights_session_id_number")
        ),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("bed_id", sa.String(length=36), nullable=True),
        sa.Column("together", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("cost_is_exact", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=True),
        sa.Column("refusal", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accepted', 'changed', 'refused')", name=op.f("ck_suggestions_decision")
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_suggestions_decided_has_a_day"),
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_suggestions_bed_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_suggestions_case_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["suggestion_runs.id"], name=op.f("fk_suggestions_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_run_id"), ["run_id"], unique=False)

    op.create_table(
        "tellings",
        sa.Column("disclosure_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.String(length=27), nullable=False),
        sa.Column("called", sa.String(length=16), nullable=True),
        sa.Column("against", sa.String(length=80), nullable=True),
        sa.Column("about_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("seen_by", sa.String(length=36), nullable=True),
        sa.Column("seen_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint(
            "(seen_by IS NULL) = (seen_at IS NULL)", name=op.f("ck_tellings_who_looked_and_when")
        ),
        sa.CheckConstraint(
            "seen_by IS NULL OR seen_by <> recorded_by", name=op.f("ck_tellings_another_looks")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tellings_case_id")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosures.id"], name=op.f("fk_tellings_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("disclosure_id", name=op.f("pk_tellings")),
    )
    with op.batch_alter_table("tellings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tellings_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tellings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_tellings_organisation_recorded_at", ["organisation", "recorded_at"], unique=False
        )

    op.create_table(
        "trafficking_signals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["trafficking_records.id"], name=op.f("fk_trafficking_signals_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_signals")),
    )
    with op.batch_alter_table("trafficking_signals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trafficking_signals_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "conference_results",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conference_case_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_conference_results_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_case_id"],
            ["conference_cases.id"],
            name=op.f("fk_conference_results_conference_case_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_results")),
    )
    with op.batch_alter_table("conference_results", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conference_results_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_conference_results_conference_case_id"),
            ["conference_case_id"],
            unique=False,
        )

    op.create_table(
        "conference_sheets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conference_case_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("disclosure_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_conference_sheets_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_case_id"],
            ["conference_cases.id"],
            name=op.f("fk_conference_sheets_conference_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosures.id"], name=op.f("fk_conference_sheets_disclosure_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["conference_members.id"], name=op.f("fk_conference_sheets_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_sheets")),
    )
    with op.batch_alter_table("conference_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_sheets_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_conference_sheets_conference_case_id"),
            ["conference_case_id"],
            unique=False,
        )

    op.create_table(
        "decision_steps",
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("mistaken_at", sa.String(length=27), nullable=True),
        sa.Column("mistaken_by", sa.String(length=36), nullable=True),
        sa.Column("mistaken_change_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decision_steps_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["formal_decisions.id"], name=op.f("fk_decision_steps_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_steps")),
    )
    with op.batch_alter_table("decision_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_steps_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decision_steps_decision_id"), ["decision_id"], unique=False
        )

    op.create_table(
        "demand_decisions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("decider", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "decider <> 'lawyer' OR reference IS NOT NULL",
            name=op.f("ck_demand_decisions_lawyer_wrote"),
        ),
        sa.CheckConstraint(
            "decider IN ('director', 'privacy_officer', 'lawyer')",
            name=op.f("ck_demand_decisions_one_of_three"),
        ),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_decisions_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_accounts.id"], name=op.f("fk_demand_decisions_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_decisions")),
        sa.UniqueConstraint(
            "demand_id", "decider", name=op.f("uq_demand_decisions_demand_id_decider")
        ),
    )
    with op.batch_alter_table("demand_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_demand_decisions_demand_id"), ["demand_id"], unique=False
        )

    op.create_table(
        "demand_fields",
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_fields_demand_id")
        ),
        sa.PrimaryKeyConstraint("demand_id", "field", name=op.f("pk_demand_fields")),
    )
    op.create_table(
        "demand_handovers",
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("prepared_by", sa.String(length=36), nullable=False),
        sa.Column("prepared_at", sa.String(length=27), nullable=False),
        sa.Column("released_by", sa.String(length=36), nullable=True),
        sa.Column("released_at", sa.String(length=27), nullable=True),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(released_by IS NULL) = (released_at IS NULL)",
            name=op.f("ck_demand_handovers_released_by_one"),
        ),
        sa.CheckConstraint(
            "released_by IS NULL OR released_by <> prepared_by",
            name=op.f("ck_demand_handovers_second_look"),
        ),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_handovers_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["user_accounts.id"], name=op.f("fk_demand_handovers_prepared_by")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["user_accounts.id"], name=op.f("fk_demand_handovers_released_by")
        ),
        sa.PrimaryKeyConstraint("demand_id", name=op.f("pk_demand_handovers")),
    )
    op.create_table(
        "demand_silences",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "is_over = (review_on IS NULL)", name=op.f("ck_demand_silences_asked_again")
        ),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_silences_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_accounts.id"], name=op.f("fk_demand_silences_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_silences")),
    )
    with op.batch_alter_table("demand_silences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_demand_silences_demand_id"), ["demand_id"], unique=False
        )

    op.create_table(
        "demand_takings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demands.id"], name=op.f("fk_demand_takings_demand_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_accounts.id"], name=op.f("fk_demand_takings_recorded_by")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_demand_takings_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_takings")),
    )
    with op.batch_alter_table("demand_takings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_demand_takings_demand_id"), ["demand_id"], unique=False
        )

    op.create_table(
        "presences",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("bed_kind", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(kind IS NOT NULL) = (state = 'announced')", name=op.f("ck_presences_kind")
        ),
        sa.CheckConstraint(
            "state IN ('there', 'not_there', 'announced')", name=op.f("ck_presences_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_presences_case_id")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_presences_placement_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_presences_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
    )
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presences_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_presences_site_id_night", ["site_id", "night"], unique=False)

    op.create_table(
        "waiting_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.String(length=16), nullable=True),
        sa.Column("grounds", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("placement_id", sa.String(length=36), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_waiting_events_case_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_entries.id"], name=op.f("fk_waiting_events_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_waiting_events_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_events")),
    )
    with op.batch_alter_table("waiting_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_events_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_events_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index("ix_waiting_events_kind_event_on", ["kind", "event_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_waiting_events_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "demand_grants",
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["demand_decisions.id"], name=op.f("fk_demand_grants_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["demand_id", "field"],
            ["demand_fields.demand_id", "demand_fields.field"],
            name=op.f("fk_demand_grants_demand_id"),
        ),
        sa.PrimaryKeyConstraint("decision_id", "field", name=op.f("pk_demand_grants")),
    )
    op.create_table(
        "demand_handover_fields",
        sa.Column("demand_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"],
            ["demand_handovers.demand_id"],
            name=op.f("fk_demand_handover_fields_demand_id"),
        ),
        sa.PrimaryKeyConstraint("demand_id", "field", name=op.f("pk_demand_handover_fields")),
    )
