"""Beside every printed count the true one, counted from the tally by other lines than those that print it."""

from __future__ import annotations

from collections.abc import Iterator

from caseflow.domain.publications import EXITS, PARTICIPANTS, PublicationDraft, Table
from caseflow.domain.published_tables import Cohort
from caseflow.domain.rounding import PrintedCount
from caseflow.domain.tallies import Tally
from tests.campaigns.invented import INDICATORS, RULES, Quarter


def truths(draft: PublicationDraft, counted: Tally) -> Iterator[tuple[PrintedCount, int]]:
    """Every count of people that a publication prints, with what is true."""
    for row in draft.rows:
        if row.printed is not None:
            yield row.printed, _true(row.id, counted)
    for table in draft.tables:
        if table.cohort is Cohort.STAYS:
            yield from _stays(table, counted)
            continue
        codes = _codes(table)
        for row in table.rows:
            assert row.printed is not None
            yield row.printed, _people(table, counted, codes[row.id])


def _stays(table: Table, counted: Tally) -> Iterator[tuple[PrintedCount, int]]:
    """Every row of time to solution, counted by what its name says: how stays ended, and between which months."""
    solved = RULES.categories_in(INDICATORS["wodc_durable_or_semi_rate"])
    ends = {
        "up_to_3": 3,
        "up_to_6": 6,
        "up_to_12": 12,
        "up_to_18": 18,
        "up_to_24": 24,
        "longer": 999,
    }
    bands = [row.id.removeprefix("solved_") for row in table.rows if row.id.startswith("solved_")]
    until = [999 if band == "later" else int(band.removeprefix("to_")) for band in bands]
    found = dict.fromkeys((row.id for row in table.rows), 0)
    for (key, stay), count in counted.stays_by_band.items():
        band = next(name for name, end in zip(bands, until, strict=True) if ends[stay] <= end)
        state = "otherwise"
        if key[0] in {"still_in", "municipal_transfer"}:
            state = "still_in"
        elif any(key in c.outcomes for c in RULES.categories if c.id in solved):
            state = "solved"
        found[f"{state}_{band}"] += count
    for row in table.rows:
        assert row.printed is not None
        yield row.printed, found[row.id]


def _codes(table: Table) -> dict[str, frozenset[str]]:
    """Which codes each row gathers, as the catalogue says."""
    names = [row.id for row in table.rows]
    rules = [rule for rule in RULES.tables if rule.id == table.id]
    rule = next(rule for rule in rules if [row.id for row in rule.rows] == names)
    return {row.id: row.codes for row in rule.rows}


def _people(table: Table, counted: Tally, codes: frozenset[str]) -> int:
    """How many of those that the table counts have one of these codes."""
    name = {"extension": "limit"}.get(table.id, table.id)
    cells = counted.exits_by if table.cohort is Cohort.EXITS else counted.participants_by
    return sum(n for cell, n in cells.cells.items() if str(getattr(cell, name)) in codes)


def _true(row: str, counted: Tally) -> int:
    if row == EXITS:
        return counted.exits
    if row == PARTICIPANTS:
        return counted.participants
    category = next((one for one in RULES.categories if one.id == row), None)
    if category is not None:
        return sum(
            count for key, count in counted.exits_by_outcome.items() if key in category.outcomes
        )
    among = RULES.categories_in(INDICATORS[row])
    return sum(_true(one, counted) for one in among)


def printed_figures(quarter: Quarter) -> object:
    """Everything that a reader sees of one cut-off; None where nothing is published."""
    draft = quarter.draft
    if draft is None:
        return None
    rows = [(row.id, row.printed and row.printed.text) for row in draft.rows]
    rates = [(rate.indicator, str(rate.printed.text)) for rate in draft.rates]
    tables = [
        (table.id, [(row.id, row.printed and row.printed.text) for row in table.rows])
        for table in draft.tables
    ]
    return draft.level, rows, rates, tables
