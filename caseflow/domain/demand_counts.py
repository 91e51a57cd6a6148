"""The yearly table of demands: how many of which class of authority, on which power, and how they ended.

A demand is an act of an authority, but a count of them may tell that somebody is here: *handed over: 1* says that
somebody was. So the table follows the rule of published figures: below five, zero included, prints `<5`, and every
other number is its own true value to the nearest five (decision 0184).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from caseflow.domain.demand_codes import AuthorityClass, DemandOutcome
from caseflow.domain.rounding import PrintedCount, printed


@dataclass(frozen=True)
class Counted:
    """One demand, as far as it is counted."""

    authority_class: AuthorityClass
    power: str | None
    outcome: DemandOutcome | None


@dataclass(frozen=True)
class CountedRow:
    """One class of authority, or one power: how many ended in which way, and all of them."""

    key: str
    cells: tuple[PrintedCount, ...]
    all_of_them: PrintedCount


OUTCOMES: tuple[DemandOutcome | None, ...] = (*DemandOutcome, None)
"""The columns, in order; None for what is not settled yet."""


@dataclass(frozen=True)
class YearTable:
    """Both tables of a year: every class and every power has a row, so that no missing row tells anything."""

    classes: tuple[CountedRow, ...]
    powers: tuple[CountedRow, ...]
    all_of_them: PrintedCount


def counted(demands: Iterable[Counted], powers: Iterable[str]) -> YearTable:
    """The tables of a year over these demands; `powers` are those of the configuration, in order.

    A demand without a power is counted under `""`.
    """
    told = list(demands)
    classes = Counter((one.authority_class.value, one.outcome) for one in told)
    rests = Counter((one.power or "", one.outcome) for one in told)
    return YearTable(
        tuple(_row(one.value, classes) for one in AuthorityClass),
        tuple(_row(one, rests) for one in (*powers, "")),
        printed(len(told)),
    )


def _row(key: str, counts: Counter[tuple[str, DemandOutcome | None]]) -> CountedRow:
    cells = [counts[key, one] for one in OUTCOMES]
    return CountedRow(key, tuple(printed(one) for one in cells), printed(sum(cells)))
