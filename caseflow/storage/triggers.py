"""Guards inside the database, in one list.

Batch migrations drop triggers silently, so they are made again from here after every migration.
"""

from __future__ import annotations

from typing import Any, Final

from caseflow.storage.demand_triggers import DEMAND_TRIGGERS
from caseflow.storage.disclosure_triggers import DISCLOSURE_TRIGGERS

# A stay that has begun blocks its bed until somebody ends it, whatever was planned; a booking blocks
# until its planned end, or for ever without one. Holds that ran out count as free when read. A stay
# that ended later than planned is a fact: it is written down even where a booking had counted on it.
_END = """coalesce(
        {p}.departure_on,
        CASE WHEN {p}.status = 'begun' AND {q}.status = 'begun' THEN NULL
             ELSE {p}.planned_departure_on END,
        '9999-12-31')"""
_ACTIVE = "('held', 'booked', 'begun', 'ended')"


def _overlap(column: str, moment: str, name: str, message: str) -> str:
    old_end = _END.format(p="other", q="NEW")
    new_end = _END.format(p="NEW", q="other")
    return f"""
CREATE TRIGGER {name} {moment} ON placements
WHEN NEW.status IN {_ACTIVE}
BEGIN
  SELECT RAISE(ABORT, '{message}')
  WHERE EXISTS (
    SELECT 1 FROM placements AS other
    WHERE other.{column} = NEW.{column} AND other.id <> NEW.id
      AND other.status IN {_ACTIVE}
      AND NOT (other.status = 'held' AND coalesce(other.hold_ends_at, '9999') <= NEW.changed_at)
      AND NOT (NEW.status = 'ended' AND other.status IN ('held', 'booked'))
      AND other.arrival_on < {new_end}
      AND NEW.arrival_on < {old_end}
  );
END"""  # noqa: S608 -- made of the constants of this file


BED_TAKEN: Final = "caseflow: bed taken"
PERSON_PLACED: Final = "caseflow: person placed"

_CASEWORK = {
    name: _overlap(column, moment, name, message)
    for name, column, moment, message in (
        ("placements_one_per_bed_insert", "bed_id", "BEFORE INSERT", BED_TAKEN),
        ("placements_one_per_bed_update", "bed_id", "BEFORE UPDATE", BED_TAKEN),
        ("placements_one_per_person_insert", "client_code", "BEFORE INSERT", PERSON_PLACED),
        ("placements_one_per_person_update", "client_code", "BEFORE UPDATE", PERSON_PLACED),
    )
} | {
    name: f"""
CREATE TRIGGER {name} BEFORE {moment} ON publications
WHEN {when}
BEGIN
  SELECT RAISE(ABORT, 'caseflow: publication frozen');
END"""
    for name, moment, when in (
        ("publications_frozen_stay", "UPDATE", "OLD.state = 'frozen'"),
        ("publications_are_kept", "DELETE", "OLD.state = 'frozen'"),
        (
            "publications_are_not_replaced",
            "INSERT",
            "EXISTS (SELECT 1 FROM publications WHERE id = NEW.id AND state = 'frozen')",
        ),
    )
}


def _never_replaced(table: str, key: str) -> dict[str, str]:
    """INSERT OR REPLACE takes a row away without asking the trigger that guards deleting."""
    name = f"{table}_are_not_replaced"
    same = " OR ".join(f"{column} = NEW.{column}" for column in key.split())
    return {
        name: f"""
CREATE TRIGGER {name} BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END"""  # noqa: S608 -- made of the constants of this file
    }


def _append_only(table: str) -> dict[str, str]:
    return {
        f"{table}_stay_{moment.lower()}": f"""
CREATE TRIGGER {table}_stay_{moment.lower()} BEFORE {moment} ON {table}
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END"""
        for moment in ("UPDATE", "DELETE")
    }


def _never_rewritten(table: str) -> dict[str, str]:
    """Words and counts are appended and corrected by a further row; only erasure and sweeps delete them."""
    return {
        f"{table}_stay_as_written": f"""
CREATE TRIGGER {table}_stay_as_written BEFORE UPDATE ON {table}
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END"""
    }


# What a programme says of its figures is frozen with them; until then it changes.
_CASEWORK |= {
    **_append_only("publication_reports"),
    "publication_reports_are_not_replaced": """
CREATE TRIGGER publication_reports_are_not_replaced BEFORE INSERT ON publication_reports
WHEN EXISTS (
  SELECT 1 FROM publication_reports AS kept
  WHERE kept.publication_id = NEW.publication_id AND kept.language = NEW.language)
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    **{
        f"publication_texts_stay_{moment.lower()}": f"""
CREATE TRIGGER publication_texts_stay_{moment.lower()} BEFORE {moment} ON publication_texts
WHEN EXISTS (
  SELECT 1 FROM publications AS frozen
  WHERE frozen.id = {row}.publication_id AND frozen.state = 'frozen')
BEGIN
  SELECT RAISE(ABORT, 'caseflow: publication frozen');
END"""  # noqa: S608 -- made of the constants of this file
        for moment, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    },
}

_CASEWORK |= {
    **_append_only("publication_withdrawals"),
    **_never_replaced("publication_withdrawals", "publication_id"),
}

_CASEWORK |= {
    **_never_rewritten("service_tallies"),
    **_never_replaced("service_tallies", "id"),
}

# What was said of a night stands as it was said; the ledger stands, and nothing is added to a night that is in it.
_CASEWORK |= {
    **_never_rewritten("presences"),
    **_never_replaced("presences", "id"),
    **_never_rewritten("night_counts"),
    **_never_replaced("night_counts", "id"),
    **_append_only("night_ledger"),
    **_never_replaced("night_ledger", "id"),
    **{
        f"{table}_of_a_frozen_night": f"""
CREATE TRIGGER {table}_of_a_frozen_night BEFORE INSERT ON {table}
WHEN EXISTS (
  SELECT 1 FROM night_ledger AS frozen
  WHERE frozen.site_id = NEW.site_id AND frozen.night = NEW.night)
BEGIN
  SELECT RAISE(ABORT, 'caseflow: night frozen');
END"""  # noqa: S608 -- made of the constants of this file
        for table in ("presences", "night_counts")
    },
}

# What was said about a house stays, so that last year's occupancy does: a further row says it anew (rules B4 and B5).
# Of an outage only that it was replaced is written into its row.
_CASEWORK |= {
    name: sql
    for table in ("place_marks", "site_limits", "site_shares")
    for name, sql in {**_append_only(table), **_never_replaced(table, "id")}.items()
} | {
    **_never_replaced("out_of_service", "id"),
    "out_of_service_stays_as_said": """
CREATE TRIGGER out_of_service_stays_as_said
BEFORE UPDATE OF id, outage_id, site_id, room_id, bed_id, reason, cost_centre, from_on, expected_until_on, until_on,
  mistaken, recorded_by, recorded_at, change_id ON out_of_service
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    "out_of_service_stays": """
CREATE TRIGGER out_of_service_stays BEFORE DELETE ON out_of_service
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
}

# A statement of bed-nights stands as it was fixed, and so does what an accountant signed; until then a sample keeps its
# nights, and only what was found of them is written beside them.
_CASEWORK |= {
    **_append_only("bed_night_statements"),
    **_never_replaced("bed_night_statements", "id"),
    **_append_only("assurance_notes"),
    **_never_replaced("assurance_notes", "id session_id"),
    **_never_replaced("sampled_nights", "id"),
    "sampled_nights_are_kept": """
CREATE TRIGGER sampled_nights_are_kept BEFORE DELETE ON sampled_nights
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    "sampled_nights_stay_as_drawn": """
CREATE TRIGGER sampled_nights_stay_as_drawn BEFORE UPDATE ON sampled_nights
WHEN NEW.session_id <> OLD.session_id OR NEW.number <> OLD.number OR NEW.night <> OLD.night
  OR NEW.kind <> OLD.kind OR NEW.state <> OLD.state OR NEW.placement_id <> OLD.placement_id
  OR EXISTS (SELECT 1 FROM assurance_notes AS note WHERE note.session_id = OLD.session_id)
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    "auditor_sessions_stay_as_opened": """
CREATE TRIGGER auditor_sessions_stay_as_opened BEFORE UPDATE ON auditor_sessions
WHEN NEW.statement_id <> OLD.statement_id OR NEW.auditor_id <> OLD.auditor_id OR NEW.seed <> OLD.seed
  OR NEW.opened_at <> OLD.opened_at OR NEW.ends_at > OLD.ends_at OR OLD.closed_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
}

# What funders were given stands as they got it: of an accountability statement only that its grant ended is written
# beside it, once it was issued.
_CASEWORK |= {
    name: sql
    for table in ("operations_sheets", "sentinel_figures")
    for name, sql in {**_append_only(table), **_never_replaced(table, "id")}.items()
} | {
    **_never_replaced("accountability_statements", "id"),
    "accountability_statements_stay_as_issued": """
CREATE TRIGGER accountability_statements_stay_as_issued BEFORE UPDATE ON accountability_statements
WHEN OLD.state = 'issued' AND (OLD.ended_at IS NOT NULL
  OR NEW.id <> OLD.id OR NEW.programme <> OLD.programme OR NEW.kind <> OLD.kind OR NEW.cut_off <> OLD.cut_off
  OR NEW.state <> OLD.state OR NEW.content <> OLD.content OR NEW.known <> OLD.known
  OR NEW.reader_id <> OLD.reader_id OR NEW.until_on <> OLD.until_on OR NEW.issued_at <> OLD.issued_at)
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    "accountability_statements_are_kept": """
CREATE TRIGGER accountability_statements_are_kept BEFORE DELETE ON accountability_statements
WHEN OLD.state = 'issued'
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
}

# Nothing is paid twice, whoever asks at once and however: days of an allowance, days of a programme.
_CASEWORK |= {
    "pay_out_lines_pay_a_day_once": """
CREATE TRIGGER pay_out_lines_pay_a_day_once BEFORE INSERT ON pay_out_lines
WHEN NEW.kind = 'due'
BEGIN
  SELECT RAISE(ABORT, 'caseflow: days paid already')
  WHERE EXISTS (
    SELECT 1 FROM pay_out_lines AS other
    WHERE other.allowance_id = NEW.allowance_id AND other.kind = 'due'
      AND other.from_on < NEW.until_on AND NEW.from_on < other.until_on
  );
END""",
    "pay_out_runs_follow_each_other": """
CREATE TRIGGER pay_out_runs_follow_each_other BEFORE INSERT ON pay_out_runs
BEGIN
  SELECT RAISE(ABORT, 'caseflow: days paid already')
  WHERE EXISTS (
    SELECT 1 FROM pay_out_runs AS other
    WHERE other.programme = NEW.programme
      AND other.from_on < NEW.until_on AND NEW.from_on < other.until_on
  );
END""",
}

_CASEWORK |= DEMAND_TRIGGERS

_WORDS = (
    "identities",
    "other_names",
    "papers_seen",
    "identity_mistakes",
    "contact_lines",
    "notes",
    "wishes",
    "reasons",
    "procedure_words",
    "formal_letters",
    "v_numbers",
    "plan_lines",
    "contact_persons",
    "legal_notes",
    "legal_conclusions",
    "lawyer_letters",
    "drafts",
    "demand_words",
    "demand_links",
)

_CASEWORK |= DISCLOSURE_TRIGGERS

TRIGGERS: Final[dict[str, dict[str, str]]] = {
    "casework": _CASEWORK,
    "cards": {},
    "audit": {
        **_append_only("entries"),
        **_append_only("subjects"),
        **_append_only("checkpoints"),
        **_never_replaced("entries", "position id"),
        **_never_replaced("checkpoints", "position"),
    },
    "vault": {
        name: sql
        for table in _WORDS
        for name, sql in {**_never_rewritten(table), **_never_replaced(table, "id")}.items()
    },
}


def remake(connection: Any, kind: str) -> None:
    """Drops every trigger of a store on a DB-API connection and makes those of its kind."""
    for name in _found(connection):
        connection.execute(f'DROP TRIGGER "{name}"')
    for sql in TRIGGERS[kind].values():
        connection.execute(sql.strip())


def are_whole(connection: Any, kind: str) -> bool:
    """Whether a store has exactly the triggers of its kind."""
    return _found(connection) == {name: sql.strip() for name, sql in TRIGGERS[kind].items()}


def _found(connection: Any) -> dict[str, str]:
    return dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    )
