"""Guards of demands inside the database: nothing leaves that three did not decide on (the firewall, §6)."""

from __future__ import annotations

from typing import Final

DEMAND_UNDECIDED: Final = "caseflow: demand undecided"

# The privacy officer's account stands under two of the three; the director's is another one.
_DECIDED = """(
    SELECT count(DISTINCT said.decider) FROM demand_decisions AS said
    JOIN demands AS asked ON asked.id = said.demand_id
    WHERE said.demand_id = NEW.demand_id AND asked.effect = 'order' AND asked.outcome IS NULL
      AND said.verdict IN ('partly', 'comply')) = 3
  AND (
    SELECT count(DISTINCT said.recorded_by) FROM demand_decisions AS said
    WHERE said.demand_id = NEW.demand_id AND said.decider IN ('director', 'privacy_officer')) = 2"""
_GRANTED = """(
    SELECT count(*) FROM demand_grants AS given
    JOIN demand_decisions AS said ON said.id = given.decision_id AND said.demand_id = given.demand_id
    WHERE given.demand_id = NEW.demand_id AND given.field = NEW.field) = 3"""
_SOMEBODY_DECIDED = (
    "EXISTS (SELECT 1 FROM demand_decisions AS said WHERE said.demand_id = {row}.{key})"
)


def _guard(name: str, when: str, condition: str, message: str = "caseflow: append only") -> str:
    return f"""
CREATE TRIGGER {name} BEFORE {when}
WHEN {condition}
BEGIN
  SELECT RAISE(ABORT, '{message}');
END"""


def _stays(table: str, key: str) -> dict[str, str]:
    """What stands as it was written: no update, no delete, and no replacing by a second insert."""
    same = " AND ".join(f"old.{column} = NEW.{column}" for column in key.split())
    found = {
        f"{table}_stay_{moment.lower()}": _guard(
            f"{table}_stay_{moment.lower()}", f"{moment} ON {table}", "1"
        )
        for moment in ("UPDATE", "DELETE")
    }
    name = f"{table}_are_not_replaced"
    exists = f"EXISTS (SELECT 1 FROM {table} AS old WHERE {same})"  # noqa: S608 -- constants of this file
    return found | {name: _guard(name, f"INSERT ON {table}", exists)}


DEMAND_TRIGGERS: Final[dict[str, str]] = {
    **_stays("demand_decisions", "id"),
    **_stays("demand_grants", "decision_id field"),
    **_stays("demand_handover_fields", "demand_id field"),
    **_stays("demand_silences", "id"),
    **_stays("demand_takings", "id"),
    **{
        f"{table}_wait_for_three": _guard(
            f"{table}_wait_for_three",
            f"INSERT ON {table}",
            f"NOT ({condition})",
            DEMAND_UNDECIDED,
        )
        for table, condition in (
            ("demand_handovers", _DECIDED),
            ("demand_handover_fields", _GRANTED),
        )
    },
    # what was assessed stands once somebody decided on it
    **{
        f"demand_fields_stay_{moment.lower()}": _guard(
            f"demand_fields_stay_{moment.lower()}",
            f"{moment} ON demand_fields",
            _SOMEBODY_DECIDED.format(row=row, key="demand_id"),
        )
        for moment, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    },
    "demands_stay_as_assessed": _guard(
        "demands_stay_as_assessed",
        "UPDATE OF effect, power, organisation ON demands",
        f"OLD.effect IS NOT NEW.effect AND {_SOMEBODY_DECIDED.format(row='OLD', key='id')}",
    ),
    "demands_are_kept": _guard("demands_are_kept", "DELETE ON demands", "1"),
    "demand_handovers_stay_as_prepared": _guard(
        "demand_handovers_stay_as_prepared",
        "UPDATE ON demand_handovers",
        "OLD.released_at IS NOT NULL OR NEW.demand_id <> OLD.demand_id OR NEW.prepared_by <> OLD.prepared_by",
    ),
    "demand_handovers_are_kept": _guard(
        "demand_handovers_are_kept", "DELETE ON demand_handovers", "1"
    ),
    "demand_handovers_are_not_replaced": _guard(
        "demand_handovers_are_not_replaced",
        "INSERT ON demand_handovers",
        "EXISTS (SELECT 1 FROM demand_handovers AS old WHERE old.demand_id = NEW.demand_id)",
    ),
}
