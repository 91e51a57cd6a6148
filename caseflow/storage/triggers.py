"""Guards inside the database, in one list: batch migrations drop triggers silently, so they are re-made from here."""

from __future__ import annotations

from typing import Any, Final

# A stay that has begun blocks its bed until somebody ends it, whatever was planned; a booking blocks
# until its planned end, or for ever without one. Holds that ran out count as free when read.
_END = "coalesce({p}.departure_on, CASE WHEN {p}.status = 'begun' AND {q}.status = 'begun' THEN NULL ELSE {p}.planned_departure_on END, '9999-12-31')"
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
      AND NOT (other.status = 'held' AND other.hold_ends_at <= NEW.changed_at)
      AND other.arrival_on < {new_end}
      AND NEW.arrival_on < {old_end}
  );
END"""


BED_TAKEN: Final = "caseflow: bed taken"
PERSON_PLACED: Final = "caseflow: person placed"

_CASEWORK = {
    "placements_one_per_bed_insert": _overlap(
        "bed_id", "BEFORE INSERT", "placements_one_per_bed_insert", BED_TAKEN
    ),
    "placements_one_per_bed_update": _overlap(
        "bed_id", "BEFORE UPDATE", "placements_one_per_bed_update", BED_TAKEN
    ),
    "placements_one_per_person_insert": _overlap(
        "client_code", "BEFORE INSERT", "placements_one_per_person_insert", PERSON_PLACED
    ),
    "placements_one_per_person_update": _overlap(
        "client_code", "BEFORE UPDATE", "placements_one_per_person_update", PERSON_PLACED
    ),
    "publications_frozen_stay": """
CREATE TRIGGER publications_frozen_stay BEFORE UPDATE ON publications
WHEN OLD.state = 'frozen'
BEGIN
  SELECT RAISE(ABORT, 'caseflow: publication frozen');
END""",
    "publications_are_kept": """
CREATE TRIGGER publications_are_kept BEFORE DELETE ON publications
WHEN OLD.state = 'frozen'
BEGIN
  SELECT RAISE(ABORT, 'caseflow: publication frozen');
END""",
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
    """Words are appended, corrected by a further row, and deleted by erasure or a sweep alone."""
    return {
        f"{table}_stay_as_written": f"""
CREATE TRIGGER {table}_stay_as_written BEFORE UPDATE ON {table}
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END"""
    }


TRIGGERS: Final[dict[str, dict[str, str]]] = {
    "casework": _CASEWORK,
    "cards": {},
    "audit": {**_append_only("entries"), **_append_only("subjects"), **_append_only("checkpoints")},
    "vault": {
        **_never_rewritten("identities"),
        **_never_rewritten("contact_lines"),
        **_never_rewritten("notes"),
        **_never_rewritten("wishes"),
        **_never_rewritten("reasons"),
    },
}


def remake(connection: Any, kind: str) -> None:
    """Drops and makes every trigger of one kind of store on a DB-API connection."""
    for name, sql in TRIGGERS[kind].items():
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(sql.strip())
