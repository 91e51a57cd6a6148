"""Reading the further tables of `config/publication.toml`; a catalogue that could not pass is refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from caseflow.domain.breakdowns import OF_PARTICIPANTS, Dimension
from caseflow.domain.episodes import UNKNOWN, LimitStatus
from caseflow.domain.indicator_files import ReadingToml
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.messages import N_
from caseflow.domain.publication_tables import TableRow, TableRule
from caseflow.domain.published_tables import Cohort

LEAST_ROWS: Final = 2
LEAST_ROWS_OF_EXITS: Final = 5
"""Fewer rows would say more of the number of exits than its own print, and give away who left how."""
LEAST_EXITS: Final = 100
CODES: Final[Mapping[Dimension, frozenset[str]]] = MappingProxyType(
    {
        Dimension.GENDER: frozenset({"man", "woman", "other", UNKNOWN}),
        Dimension.AGE_BAND: frozenset({"0-17", "18-27", "28-37", "38-47", "48-57", "58+", UNKNOWN}),
        Dimension.STAY: frozenset(map(str, StayBand)),
        Dimension.LIMIT: frozenset(map(str, LimitStatus)),
    }
)
_KEYS: Final = {"id", "cohort", "dimension", "from_exits", "label", "definition", "rows"}


def table_rules(reading: ReadingToml) -> tuple[TableRule, ...]:
    """Answers with the tables of a file, in their order, noting every problem on the way."""
    plain = reading.table.get("table", [])
    if not isinstance(plain, list) or not all(isinstance(one, dict) for one in plain):
        reading.refuse("table", N_("must be written as [[table]]"))
        return ()
    found = [rule for one in plain if (rule := _rule(reading, one)) is not None]
    _require_sense(reading, found)
    return tuple(found)


def _rule(reading: ReadingToml, plain: Mapping[str, Any]) -> TableRule | None:
    name = plain.get("id")
    if not isinstance(name, str) or not name:
        reading.refuse("table.id", N_("must be the name of the table"))
        return None
    place, before = f"table.{name}", len(reading.problems)
    for key in sorted(set(plain) - _KEYS):
        reading.refuse(f"{place}.{key}", N_("is not known here; take it out"))
    crossed = plain.get("dimension")
    dimension = None
    if isinstance(crossed, str) and crossed in set(CODES):
        dimension = Dimension(crossed)
    if isinstance(crossed, list):
        reading.refuse(
            f"{place}.dimension",
            N_(
                "must be one dimension: two of them are crossed in time to solution alone, and one of "
                "two categories never"
            ),
        )
    elif dimension is None:
        reading.refuse(
            f"{place}.dimension",
            N_("must be one of: %(choices)s", choices=", ".join(sorted(CODES))),
        )
    if plain.get("cohort") not in list(Cohort):
        reading.refuse(f"{place}.cohort", N_("must be exits or participants"))
    size = reading.whole(plain, "from_exits", f"{place}.from_exits", least=LEAST_EXITS)
    label = reading.label(plain, "label", f"{place}.label")
    definition = reading.label(plain, "definition", f"{place}.definition")
    rows = _rows(reading, plain.get("rows"), place, dimension)
    if len(reading.problems) > before or dimension is None:
        return None
    cohort = Cohort(plain["cohort"])
    return TableRule(name, cohort, dimension, size, label, definition, rows)


def _rows(
    reading: ReadingToml, plain: object, place: str, dimension: Dimension | None
) -> tuple[TableRow, ...]:
    if not isinstance(plain, list) or not all(isinstance(one, dict) for one in plain):
        reading.refuse(f"{place}.rows", N_("must list rows, each with id, codes and label"))
        return ()
    rows: list[TableRow] = []
    for one in plain:
        name, codes = str(one.get("id", "")), one.get("codes")
        if not name or name in {row.id for row in rows}:
            reading.refuse(f"{place}.rows", N_("each row needs a name of its own"))
        listed = frozenset(map(str, codes)) if isinstance(codes, list) else frozenset()
        label = reading.label(one, "label", f"{place}.rows.{name}.label")
        rows.append(TableRow(name, listed, label))
    said = [code for row in rows for code in row.codes]
    if dimension is not None and sorted(said) != sorted(CODES[dimension]):
        reading.refuse(
            f"{place}.rows",
            N_(
                "must hold each of these once: %(codes)s", codes=", ".join(sorted(CODES[dimension]))
            ),
        )
    return tuple(rows)


def _require_sense(reading: ReadingToml, rules: list[TableRule]) -> None:
    cohorts: dict[Dimension, Cohort] = {}
    exits: set[str] = set()
    for rule in rules:
        place = f"table.{rule.id}"
        of_exits = rule.cohort is Cohort.EXITS
        least = LEAST_ROWS_OF_EXITS if of_exits else LEAST_ROWS
        if len(rule.rows) < least:
            reading.refuse(f"{place}.rows", N_("must be %(least)s or more", least=least))
        if not of_exits and rule.dimension not in OF_PARTICIPANTS:
            reading.refuse(f"{place}.dimension", N_("does not count participants"))
        # The same people by the same thing among exits and among participants: the two would tell
        # who is still in, row by row.
        if cohorts.setdefault(rule.dimension, rule.cohort) is not rule.cohort:
            reading.refuse(f"{place}.cohort", N_("counts the same dimension for another cohort"))
        if of_exits and exits:
            reading.refuse(place, N_("only one further table may count exits"))
        if of_exits:
            exits.add(rule.id)
