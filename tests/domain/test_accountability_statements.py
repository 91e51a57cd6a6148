"""Accountability statements: which rows stand together says nothing, and an exact total gives no small count away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from caseflow.domain.accountability_statements import (
    CONTRADICTED,
    BaseRow,
    StatementDraft,
    StatementKind,
    StatementRules,
    Told,
    beside,
    draft,
    joined,
    load_statement_rules,
    may_grant,
    read_rows,
    read_told,
    written,
    written_told,
)
from caseflow.domain.certificates import certify
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.rounding import printed
from caseflow.settings import SHIPPED_CONFIG

ALL, YEAR = StatementKind.CUMULATIVE, StatementKind.YEARLY
CUT_OFF, BEFORE = date(2026, 9, 30), date(2025, 9, 30)


def published(cells: Mapping[str, int], cut_off: date = CUT_OFF) -> PublishedCounts:
    everything = frozenset(cells)
    counts = [
        PublishedCount("exits", everything, printed(sum(cells.values()))),
        *(PublishedCount(name, frozenset({name}), printed(n)) for name, n in cells.items()),
    ]
    return PublishedCounts(
        "lvv", frozenset({"lvv"}), cut_off, tuple(cells), frozenset(), tuple(counts)
    )


def rules(*names: str, larger: int = 0) -> StatementRules:
    rows = [BaseRow(name, frozenset(name.split("+")), Label(name, name)) for name in names]
    return StatementRules(tuple(rows), larger)


def groups(found: tuple[tuple[BaseRow, ...], ...] | Refused) -> list[str]:
    assert not isinstance(found, Refused), found
    return [" ".join(row.id for row in group) for group in found]


JOINED: list[tuple[str, dict[str, int], int, list[str]]] = [
    ("large rows stand alone", {"a": 20, "b": 7, "c": 30}, 0, ["a", "b", "c"]),
    ("a small one joins the next", {"a": 20, "b": 3, "c": 30}, 0, ["a", "b c"]),
    ("the last one joins the one before", {"a": 20, "b": 9, "c": 4}, 0, ["a", "b c"]),
    ("nought is as small as four", {"a": 20, "b": 0, "c": 30}, 0, ["a", "b c"]),
    ("larger ones stand beside it", {"a": 20, "b": 3, "c": 30, "d": 9}, 2, ["a", "b c d"]),
    ("and are taken from before where none is left", {"a": 20, "b": 9, "c": 3}, 2, ["a b c"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "larger", "wanted"), JOINED, ids=[r[0] for r in JOINED])
def test_rows_are_joined_in_their_order(
    what: str, cells: dict[str, int], larger: int, wanted: list[str]
) -> None:
    assert groups(joined(rules(*cells, larger=larger), [published(cells)])) == wanted, what


def test_which_rows_stand_together_says_nothing_that_was_not_printed() -> None:
    """Every table that prints alike joins alike: trying all of them, none is told from another."""
    seen: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for numbers in product(range(11), repeat=3):
        cells = dict(zip("abc", numbers, strict=True))
        found = joined(rules("a", "b", "c", larger=1), [published(cells)])
        how = ("none",) if isinstance(found, Refused) else tuple(groups(found))
        seen.setdefault(tuple(printed(n).text for n in numbers), set()).add(how)
    assert len(seen) > 20
    assert all(len(ways) == 1 for ways in seen.values())


def test_too_small_a_publication_has_no_statement() -> None:
    for cells in ({"a": 4, "b": 4}, {"a": 0, "b": 0, "c": 0}):
        assert isinstance(draft(ALL, rules(*cells), [published(cells)], [cells]), Refused)


def made(kind: StatementKind, *tables: dict[str, int], larger: int = 0) -> StatementDraft:
    days = [CUT_OFF] if len(tables) == 1 else [BEFORE, CUT_OFF]
    told = [published(cells, day) for cells, day in zip(tables, days, strict=True)]
    found = draft(kind, rules(*tables[0], larger=larger), told, tables)
    assert isinstance(found, StatementDraft), found
    return found


def test_every_count_is_exact_and_five_or_more() -> None:
    one = made(ALL, {"a": 21, "b": 3, "c": 31})
    assert [row.count for row in one.rows] == [21, 34]
    assert one.total == 55
    assert [(told.cut_off, told.count) for told in one.told] == [(CUT_OFF, 21), (CUT_OFF, 34)]


def test_a_year_is_the_difference_and_its_reader_is_taken_to_know_both_ends() -> None:
    one = made(YEAR, {"a": 12, "b": 8, "c": 30}, {"a": 33, "b": 9, "c": 60})
    assert [row.count for row in one.rows] == [21, 31]
    assert {(told.cut_off, told.count) for told in one.told} == {
        (BEFORE, 12), (CUT_OFF, 33), (BEFORE, 38), (CUT_OFF, 69),
    }  # fmt: skip


def test_a_year_in_which_few_left_has_no_statement() -> None:
    few = [{"a": 12, "b": 30}, {"a": 13, "b": 31}]
    told = [published(few[0], BEFORE), published(few[1])]
    assert isinstance(draft(YEAR, rules("a", "b"), told, few), Refused)


def test_corrected_records_contradict_what_was_printed() -> None:
    cells = {"a": 20, "b": 30}
    assert draft(ALL, rules("a", "b"), [published(cells)], [{"a": 2, "b": 3}]) == CONTRADICTED


def possible(cells: dict[str, int], told: tuple[Told, ...]) -> dict[str, set[int]]:
    """By trying every table: what each small category can be for who reads the publication and the statement."""
    ranges = [range(printed(n).low, printed(n).high + 1) for n in cells.values()]
    whole = printed(sum(cells.values()))
    found: dict[str, set[int]] = {name: set() for name, n in cells.items() if n < 5}
    for numbers in product(*ranges):
        table = dict(zip(cells, numbers, strict=True))
        if not whole.low <= sum(numbers) <= whole.high:
            continue
        if all(sum(table[c] for c in one.categories) == one.count for one in told):
            for name in found:
                found[name].add(table[name])
    return found


ATTACKED: list[tuple[str, dict[str, int], bool]] = [
    ("a total in the middle leaves room", {"a": 20, "b": 3, "c": 29, "d": 30}, True),
    ("a total at its top proves people", {"a": 18, "b": 4, "c": 31, "d": 31}, False),
    ("nobody in it, but the total could hold some", {"a": 20, "b": 0, "c": 30, "d": 30}, True),
    ("a total at its bottom proves that nobody is in it", {"a": 22, "b": 0, "c": 28, "d": 28}, False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "safe"), ATTACKED, ids=[row[0] for row in ATTACKED])
def test_the_gate_finds_what_trying_every_table_finds(
    what: str, cells: dict[str, int], safe: bool
) -> None:
    one = made(ALL, cells, larger=2)
    for values in possible(cells, one.told).values():
        assert (min(values) == 0 and len(values) >= 3) is safe, what
    publication = published(cells)
    assert certify([publication])["passes"]
    found = certify(beside([publication], one.told))
    assert (found["fits"], found["passes"]) == (True, safe), what


def test_a_statement_is_read_back_as_it_was_written() -> None:
    one = made(YEAR, {"a": 12, "b": 8, "c": 30}, {"a": 33, "b": 9, "c": 60})
    assert read_rows(written(one)) == one.rows
    assert read_told(written_told(one.told)) == one.told


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_grant_ends_within_a_year(days: int, may: bool) -> None:
    assert bool(may_grant(TODAY + timedelta(days=days), TODAY)) is may


def test_what_is_shipped_holds_every_row_of_the_outcome_table() -> None:
    """Read with the rules of publications, as a house does when it starts."""
    text = (SHIPPED_CONFIG / "publication.toml").read_text(encoding="utf-8")
    table = [line.split('"')[1] for line in text.splitlines() if line.startswith("id = ")]
    shipped = load_statement_rules(SHIPPED_CONFIG / "accountability.toml", _outcomes(table))
    assert 0 < len(shipped.rows) <= 10
    assert shipped.larger_beside_small == 3


def _outcomes(table: list[str]) -> list[str]:
    return table[table.index("residence_permit") : table.index("unknown") + 1]


BAD = [
    ("larger_beside_small = 1", "must list one to 10 rows"),
    ('larger_beside_small = 1\n[[row]]\nid = "a"\ncategories = ["x"]\nlabel = { nl = "a", en = "a" }',
     "must hold each row of the outcome table exactly once"),
    ("this is not TOML", "TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_a_bad_file_is_refused_with_its_repair(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "accountability.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationRefused) as refused:
        load_statement_rules(path, ["x", "y"])
    assert sentence in str(refused.value)
