"""The accountability statement: exact outcome counts of one programme, for one named official and until a day.

Which rows stand together follows from the configuration and from what a publication printed, never from the exact
counts: so the rows themselves tell nothing that was not printed. What its reader knows from then on is told to the gate
as exact counts beside the publications. Source: the figures page, *accountability statement*.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.rounding import BASE, exactly

FILE: Final = "accountability.toml"
RULE_VERSION: Final = "accountability-1"
MOST_ROWS: Final = 10
GRANT_DAYS_AT_MOST: Final = 366
"""A grant ends within a year; who needs it longer asks again."""
MONTHS_OF_A_YEAR: Final = 12


class StatementKind(StrEnum):
    """What a statement counts: everything up to its cut-off, or the year before it."""

    CUMULATIVE = "cumulative"
    YEARLY = "yearly"


STATEMENT_KINDS: Final[Mapping[StatementKind, Message]] = MappingProxyType(
    {
        StatementKind.CUMULATIVE: N_("everybody who left up to the cut-off"),
        StatementKind.YEARLY: N_("who left in the year up to the cut-off"),
    }
)


@dataclass(frozen=True)
class BaseRow:
    """A row as configured, before rows are joined, and the categories of the outcome table in it."""

    id: str
    categories: frozenset[str]
    label: Label


@dataclass(frozen=True)
class StatementRules:
    """The rows, in the order in which they are joined, and how many larger categories stand beside a small one."""

    rows: tuple[BaseRow, ...]
    larger_beside_small: int


def load_statement_rules(
    path: Path, categories: Iterable[str], shown_as: str = f"config/{FILE}"
) -> StatementRules:
    """The rows of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    least = table.whole("larger_beside_small") or 0
    rows: list[BaseRow] = []
    for one in table.children("row"):
        rows.append(BaseRow(one.text("id"), frozenset(one.texts("categories")), one.label("label")))
        one.close()
    told = sorted(category for row in rows for category in row.categories)
    if not 0 < len(rows) <= MOST_ROWS:
        table.refuse("row", N_("must list one to %(most)s rows", most=MOST_ROWS))
    elif told != sorted(categories):
        table.refuse("row", N_("must hold each row of the outcome table exactly once"))
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return StatementRules(tuple(rows), least)


def years_before(cut_off: date) -> date:
    """Answers with the cut-off a year before this one."""
    return months_after(cut_off, -MONTHS_OF_A_YEAR)


def joined(
    rules: StatementRules, published: Sequence[PublishedCounts]
) -> tuple[tuple[BaseRow, ...], ...] | Refused:
    """Answers which rows stand together, from what was printed at each cut-off that the statement speaks of.

    Rows are joined with the next until what was printed says that each count is five or more, and until enough larger
    categories stand beside a small one; what is left at the end joins the row before it.
    """
    cells = [_cells(one) for one in published]
    groups: list[tuple[BaseRow, ...]] = []
    group: tuple[BaseRow, ...] = ()
    for row in rules.rows:
        group = (*group, row)
        if _is_enough(group, cells, rules):
            groups.append(group)
            group = ()
    if group and groups:
        groups[-1] += group
        group = ()
    while len(groups) > 1 and not _is_enough(groups[-1], cells, rules):
        groups[-2:] = [groups[-2] + groups[-1]]
    if group or not groups or not _is_enough(groups[-1], cells, rules):
        return Refused(
            N_(
                "What was published is too small for a statement: not even all outcomes together are sure to be "
                "five or more."
            )
        )
    return tuple(groups)


Cells = Mapping[str, PublishedCount]


def _cells(published: PublishedCounts) -> Cells:
    """Every category that was printed by itself."""
    return {
        next(iter(one.categories)): one
        for one in published.counts
        if len(one.categories) == 1 and not one.with_still_in
    }


def _is_enough(group: Sequence[BaseRow], cells: Sequence[Cells], rules: StatementRules) -> bool:
    categories = frozenset().union(*(row.categories for row in group))
    bounds = []
    for at in cells:
        mine = [at[category].printed for category in categories if category in at]
        small = sum(one.is_under for one in mine)
        if small and len(mine) - small < rules.larger_beside_small:
            return False
        bounds.append((sum(one.low for one in mine), sum(one.high for one in mine)))
    if any(low < BASE for low, _ in bounds):
        return False
    return len(bounds) < 2 or bounds[-1][0] - bounds[0][1] >= BASE


@dataclass(frozen=True)
class StatementRow:
    """One row: the rows that stand together in it, and the exact count, five or more."""

    labels: tuple[Label, ...]
    count: int


@dataclass(frozen=True)
class Told:
    """What the reader of a statement knows of a publication: the exact count of some categories at its cut-off."""

    cut_off: date
    categories: frozenset[str]
    count: int


@dataclass(frozen=True)
class StatementDraft:
    """What a statement says, and what its reader knows from then on.

    A yearly one is the difference of two exact counts. Its reader is taken to know both: that is more than they are
    told, so what withstands them withstands who knows less.
    """

    kind: StatementKind
    cut_off: date
    rows: tuple[StatementRow, ...]
    told: tuple[Told, ...]

    @property
    def total(self) -> int:
        """Answers with all exits that the statement counts; its rows add up to it."""
        return sum(row.count for row in self.rows)


def draft(
    kind: StatementKind,
    rules: StatementRules,
    published: Sequence[PublishedCounts],
    counted: Sequence[Mapping[str, int]],
) -> StatementDraft | Refused:
    """Answers with the statement at a published cut-off, or why there can be none.

    `published` and `counted` are what was printed, and the exact cells, at its cut-off; for a yearly one those of a
    year before come first.
    """
    groups = joined(rules, published)
    if isinstance(groups, Refused):
        return groups
    rows, told = [], []
    for group in groups:
        among = frozenset().union(*(row.categories for row in group))
        exact = [sum(cells.get(category, 0) for category in among) for cells in counted]
        count = exact[-1] if kind is StatementKind.CUMULATIVE else exact[-1] - exact[0]
        if min(count, *exact) < BASE:
            return CONTRADICTED
        rows.append(StatementRow(tuple(row.label for row in group), count))
        told += [
            Told(one.cut_off, among, number)
            for one, number in zip(published, exact, strict=True)
        ]  # fmt: skip
    return StatementDraft(kind, published[-1].cut_off, tuple(rows), tuple(told))


CONTRADICTED: Final = Refused(
    N_(
        "The counts do not fit with what was published, because records were corrected since. Make the statement "
        "at the next cut-off."
    )
)


def beside(published: Iterable[PublishedCounts], told: Iterable[Told]) -> list[PublishedCounts]:
    """Answers with publications as somebody reads them who was told exact counts at their cut-offs."""
    some = list(told)
    return [
        replace(
            one,
            counts=(
                *one.counts,
                *(
                    PublishedCount(
                        "told: " + " ".join(sorted(mine.categories)),
                        mine.categories,
                        exactly(mine.count),
                    )
                    for mine in some
                    if mine.cut_off == one.cut_off
                ),
            ),
        )
        for one in published
    ]


def may_grant(until: date, today: date) -> Decision:
    """Answers whether a grant can end on this day: not before today, and within a year."""
    if until < today:
        return Refused(N_("This day has passed. Choose the last day on which it can be read."))
    if until > today + timedelta(days=GRANT_DAYS_AT_MOST):
        return Refused(N_("A grant ends within a year. Choose an earlier day."))
    return Allowed()


def written(one: StatementDraft) -> str:
    """The rows as canonical JSON: what is issued, byte for byte."""
    rows = [
        {"labels": [[label.nl, label.en] for label in row.labels], "count": row.count}
        for row in one.rows
    ]
    return _json({"rule_version": RULE_VERSION, "rows": rows})


def read_rows(content: str) -> tuple[StatementRow, ...]:
    """The rows of a stored statement. Raises ValueError or KeyError for anything else."""
    plain: Mapping[str, Any] = json.loads(content)
    return tuple(
        StatementRow(tuple(Label(nl, en) for nl, en in row["labels"]), row["count"])
        for row in plain["rows"]
    )


def written_told(told: Iterable[Told]) -> str:
    """What a reader knows, as canonical JSON."""
    return _json([[one.cut_off.isoformat(), sorted(one.categories), one.count] for one in told])


def read_told(text: str) -> tuple[Told, ...]:
    """What a reader knows, read back. Raises ValueError or KeyError for anything else."""
    return tuple(
        Told(date.fromisoformat(day), frozenset(categories), count)
        for day, categories, count in json.loads(text)
    )


def _json(content: Any) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
