"""The fixed catalogue of publications, read from `config/publication.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from caseflow.domain.episodes import OutcomeKey
from caseflow.domain.indicator_files import ReadingToml
from caseflow.domain.indicators import (
    Count,
    ExitsAmong,
    ExitsExcept,
    Indicator,
    Indicators,
    outcome_keys,
)
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import BASES_OF, Outcome, OutcomeBasis
from caseflow.domain.publication_table_files import table_rules
from caseflow.domain.publication_tables import TableRule
from caseflow.domain.tallies import Tally
from caseflow.domain.time_table_files import time_rules
from caseflow.domain.time_tables import TIME, TimeRule


class Level(StrEnum):
    """How much a publication prints, from nothing to the table with its sums."""

    NONE = "none"
    HEADLINE = "headline"
    ONE_DIMENSIONAL = "one_dimensional"
    ONE_DIMENSIONAL_WITH_SUMS = "one_dimensional_with_sums"


@dataclass(frozen=True)
class Category:
    """A row of the outcome table and the outcomes that it gathers."""

    id: str
    outcomes: frozenset[OutcomeKey]
    label: Label


@dataclass(frozen=True)
class PublicationRules:
    """What publications print, and from which printed number of exits on."""

    levels: tuple[tuple[int, Level], ...]
    months_apart: int
    headline: tuple[str, ...]
    sums: tuple[str, ...]
    coarse: tuple[str, ...]
    risk: Fraction
    structural_zeros: Mapping[str, frozenset[str]]
    categories: tuple[Category, ...]
    tables: tuple[TableRule, ...] = ()
    time: tuple[TimeRule, ...] = ()

    @property
    def all_tables(self) -> tuple[TableRule | TimeRule, ...]:
        """Answers with every further table of the catalogue."""
        return (*self.tables, *self.time)

    def level_for(self, printed_exits: int | None) -> Level:
        """Answers how much a programme of this printed size may publish; None means `<5`."""
        size = printed_exits or 0
        return max(
            ((least, level) for least, level in self.levels if size >= least),
            default=(0, Level.NONE),
        )[1]

    def category_of(self, key: OutcomeKey) -> str:
        """Answers in which row an outcome counts. A missing ground counts as another ground."""
        outcome, _ = key
        wanted = [key, (outcome, None), (outcome, OutcomeBasis.OTHER.value)]
        return next(c.id for want in wanted for c in self.categories if want in c.outcomes)

    def cells(self, counted: Tally) -> dict[str, int]:
        """Answers with the true number of exits in every row, in the order of the table."""
        cells = {category.id: 0 for category in self.categories}
        for key, count in counted.exits_by_outcome.items():
            cells[self.category_of(key)] += count
        return cells

    def categories_in(self, indicator: Indicator) -> frozenset[str]:
        """Answers which rows a numerator adds up. Raises ValueError where it splits a row."""
        match indicator.numerator:
            case ExitsAmong(outcomes):
                return self._rows_of(outcomes, indicator.id)
            case ExitsExcept(outcomes):
                left_out = self._rows_of(outcomes, indicator.id)
                return frozenset(category.id for category in self.categories) - left_out
            case _:
                raise ValueError(f"{indicator.id} does not count exits by outcome")

    def _rows_of(self, outcomes: frozenset[OutcomeKey], name: str) -> frozenset[str]:
        rows = set()
        for category in self.categories:
            counted = {key in outcomes or (key[0], None) in outcomes for key in category.outcomes}
            if len(counted) > 1:
                raise ValueError(f"{name} counts only a part of the row {category.id}")
            if counted == {True}:
                rows.add(category.id)
        return frozenset(rows)


def load_publication_rules(
    path: Path, indicators: Indicators, shown_as: str = "config/publication.toml"
) -> PublicationRules:
    """Answers with the catalogue of a file. Raises ConfigurationRefused with every problem."""
    reading = ReadingToml(path, shown_as)
    reading.finish()
    known = {"levels", "cut_offs", "rates", "structural_zeros", "category", "table", TIME}
    for key in sorted(set(reading.table) - known):
        reading.refuse(key, N_("is not known here; take it out"))
    categories = _categories(reading)
    levels = _table(reading, "levels")
    steps = (
        ("headline_from", Level.HEADLINE),
        ("one_dimensional_from", Level.ONE_DIMENSIONAL),
        ("sums_from", Level.ONE_DIMENSIONAL_WITH_SUMS),
    )
    found_levels = tuple(
        (reading.whole(levels, key, f"levels.{key}", least=5), level) for key, level in steps
    )
    sizes = [size for size, _ in found_levels]
    if sizes != sorted(set(sizes)):
        reading.refuse("levels", N_("must grow: headline, one-dimensional, sums"))
    rules = PublicationRules(
        levels=found_levels,
        months_apart=reading.whole(
            _table(reading, "cut_offs"), "months_apart", "cut_offs.months_apart", least=3
        ),
        headline=_rates(reading, "headline", indicators),
        sums=_rates(reading, "sums", indicators),
        coarse=_rates(reading, "coarse", indicators),
        risk=Fraction(
            reading.whole(_table(reading, "rates"), "risk_per_thousand", "rates.risk_per_thousand"),
            1000,
        ),
        structural_zeros=_structural_zeros(reading, {category.id for category in categories}),
        categories=categories,
        tables=table_rules(reading),
    )
    reading.finish()
    for name in rules.headline + rules.sums + rules.coarse:
        try:
            rules.categories_in(indicators[name])
        except ValueError:
            reading.refuse(
                f"rates.{name}", N_("splits a row of the outcome table; change one of the two")
            )
    time = time_rules(reading, indicators, rules.categories_in)
    reading.finish()
    return replace(rules, time=time)


def _table(reading: ReadingToml, key: str) -> Mapping[str, Any]:
    found = reading.table.get(key)
    if isinstance(found, dict):
        return found
    reading.refuse(key, N_("is missing; add the table"))
    return {}


def _rates(reading: ReadingToml, key: str, indicators: Indicators) -> tuple[str, ...]:
    names = _table(reading, "rates").get(key)
    if not isinstance(names, list) or not names:
        reading.refuse(f"rates.{key}", N_("must list indicators"))
        return ()
    for name in names:
        indicator = indicators.get(name) if isinstance(name, str) else None
        if indicator is None or isinstance(indicator.numerator, Count):
            reading.refuse(f"rates.{key}", N_("%(name)s is no rate over outcomes", name=name))
    return tuple(map(str, names))


def _structural_zeros(reading: ReadingToml, categories: set[str]) -> Mapping[str, frozenset[str]]:
    zeros: dict[str, frozenset[str]] = {}
    for programme, names in _table(reading, "structural_zeros").items():
        if not isinstance(names, list) or not set(map(str, names)) <= categories:
            reading.refuse(f"structural_zeros.{programme}", N_("must list rows of the table"))
            continue
        zeros[programme] = frozenset(map(str, names))
    return zeros


def _categories(reading: ReadingToml) -> tuple[Category, ...]:
    rows = reading.table.get("category")
    if not isinstance(rows, list) or not rows:
        reading.refuse("category", N_("must list at least one [[category]]"))
        return ()
    found: list[Category] = []
    for number, row in enumerate(rows, start=1):
        name, codes = row.get("id"), row.get("outcomes")
        if not isinstance(name, str) or name in {category.id for category in found}:
            reading.refuse(f"category.{number}.id", N_("must be a name of its own"))
            continue
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            reading.refuse(f"category.{name}.outcomes", N_("must list outcomes"))
            continue
        label = reading.label(row, "label", f"category.{name}.label")
        found.append(Category(name, outcome_keys(codes), label))
    _require_each_outcome_once(reading, found)
    return tuple(found)


def _require_each_outcome_once(reading: ReadingToml, categories: list[Category]) -> None:
    for outcome in Outcome:
        if outcome is Outcome.MUNICIPAL_TRANSFER:
            continue
        rows = [key for category in categories for key in category.outcomes if key[0] == outcome]
        whole: list[OutcomeKey] = [(outcome.value, None)]
        split: list[OutcomeKey] = [
            (outcome.value, basis.value) for basis in BASES_OF.get(outcome, ())
        ]
        if not rows or sorted(rows, key=repr) not in (whole, sorted(split, key=repr)):
            reading.refuse(
                "category",
                N_("%(outcome)s must be in one row, or each ground in one", outcome=outcome.value),
            )
    alone = [c for c in categories if c.outcomes == {(Outcome.DECEASED.value, None)}]
    if alone:
        reading.refuse(
            f"category.{alone[0].id}", N_("deaths never have a row of their own; merge them")
        )
    known = {(o.value, None) for o in Outcome if o is not Outcome.MUNICIPAL_TRANSFER} | {
        (outcome.value, basis.value) for outcome, bases in BASES_OF.items() for basis in bases
    }
    for category in categories:
        for outcome_code, basis_code in sorted(category.outcomes - known, key=repr):
            code = outcome_code if basis_code is None else f"{outcome_code}:{basis_code}"
            reading.refuse(
                f"category.{category.id}.outcomes",
                N_("%(code)s is no outcome that can be counted", code=code),
            )
