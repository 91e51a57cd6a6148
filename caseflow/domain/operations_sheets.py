"""The monthly operations sheet: places, nights, services and money of a programme, exact because not about people.

What is about people in it is rounded: occupancy is a percentage to the nearest five, allowances are to the nearest
five allowances. A sheet is fixed once and never rewritten; what becomes known later is a correction of its own.
Source: the figures page, *monthly operations sheet*.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from caseflow.domain.costs import CostKind
from caseflow.domain.daily_services import DAYS_BACK, Month, ServiceKind
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.sheet_blocks import Block, BlockNumbers
from caseflow.domain.sheet_money import CostLine, SheetMoney

RULE_VERSION: Final = "operations-1"
CORRECTED_MONTHS: Final = 3
"""So many months back a sheet is still made, or corrected."""
NEAREST: Final = 5
"""Occupancy is printed to the nearest five points."""


def ready_from(month: Month) -> date:
    """The first day on which the sheet of a month can be made: until then meals are still counted."""
    return month.next.first + timedelta(days=DAYS_BACK)


def may_make(month: Month, today: date) -> Decision:
    """Answers whether the sheet of a month can be made: once it is over and its counts are in."""
    if month.next.first > today:
        return Refused(
            N_("This month is not over. Its sheet is made on %(day)s.", day=ready_from(month))
        )
    if ready_from(month) > today:
        return Refused(
            N_(
                "Meals and showers of this month can still be counted. Its sheet is made on %(day)s.",
                day=ready_from(month),
            )
        )
    return Allowed()


def occupancy(occupied: int, available: int) -> int | None:
    """Answers with the share of available nights that somebody slept, to the nearest five points; None where none was.

    Raises ValueError for more nights than were available.
    """
    if occupied > available:
        raise ValueError("more nights were slept than were available")
    if not available:
        return None
    return (200 * occupied + NEAREST * available) // (2 * NEAREST * available) * NEAREST


@dataclass(frozen=True)
class SheetRow:
    """One row: kinds of site that stand together, and what their beds came to. No head count is in it."""

    kinds: tuple[str, ...]
    sites: int
    funded_places: int
    funded: int
    available: int
    void: int
    occupancy: int | None


@dataclass(frozen=True)
class Sheet:
    """The sheet of a programme or group in a month, as it is printed.

    `rows` is empty where the sites have too few beds together to be shown.
    """

    month: Month
    rows: tuple[SheetRow, ...]
    together: SheetRow | None
    services: Mapping[ServiceKind, int]
    money: SheetMoney


def sheet(
    month: Month, found: Iterable[BlockNumbers], members: Collection[str], money: SheetMoney
) -> Sheet:
    """Answers with the sheet of some programmes: every block of theirs once, blocks of the same kinds in one row."""
    asked = frozenset(members)
    by_kinds: dict[tuple[str, ...], BlockNumbers] = {}
    for one in found:
        if one.block.programmes & asked:
            kinds = one.block.kinds
            by_kinds[kinds] = by_kinds[kinds] + one if kinds in by_kinds else one
    mine = [by_kinds[kinds] for kinds in sorted(by_kinds)]
    if not mine:
        return Sheet(month, (), None, {}, money)
    whole = mine[0]
    for one in mine[1:]:
        whole = whole + one
    services = {kind: whole.services[kind] for kind in ServiceKind if whole.services.get(kind)}
    return Sheet(month, tuple(_row(one) for one in mine), _row(whole), services, money)


def _row(one: BlockNumbers) -> SheetRow:
    return SheetRow(
        one.block.kinds,
        len(one.block.sites),
        one.funded_places,
        one.funded,
        one.nights.available,
        one.nights.void,
        occupancy(one.nights.occupied, one.nights.available),
    )


@dataclass(frozen=True)
class RowChange:
    """What changed in one row: nights more or fewer, and the occupancy before and after."""

    kinds: tuple[str, ...]
    funded: int
    available: int
    void: int
    occupancy_from: int | None
    occupancy_to: int | None


@dataclass(frozen=True)
class Correction:
    """What a later sheet of the same month puts right."""

    rows: tuple[RowChange, ...]
    services: Mapping[ServiceKind, int]


def correction(before: Sheet, after: Sheet) -> Correction | None:
    """Answers with what changed between two sheets of one month; None where nothing did that is printed.

    Money is never part of it: what was booked in a month stays booked in it.
    """
    old, new = ({row.kinds: row for row in one.rows} for one in (before, after))
    nothing = SheetRow((), 0, 0, 0, 0, 0, None)
    rows = []
    for kinds in sorted(old | new):
        was, now = old.get(kinds, nothing), new.get(kinds, nothing)
        change = RowChange(
            kinds,
            now.funded - was.funded,
            now.available - was.available,
            now.void - was.void,
            was.occupancy,
            now.occupancy,
        )
        if change.funded or change.available or change.void or was.occupancy != now.occupancy:
            rows.append(change)
    services = {
        kind: number
        for kind in ServiceKind
        if (number := after.services.get(kind, 0) - before.services.get(kind, 0))
    }
    return Correction(tuple(rows), services) if rows or services else None


def corrected(first: Sheet, again: Sheet) -> Sheet:
    """Answers with a sheet worked out again, with the money that was fixed first."""
    return replace(again, money=first.money)


def written(one: Sheet) -> str:
    """The sheet as canonical JSON: what is frozen, byte for byte."""
    told = {
        "rule_version": RULE_VERSION,
        "month": one.month.code,
        "rows": [_plain(row) for row in one.rows],
        "together": None if one.together is None else _plain(one.together),
        "services": {kind.value: number for kind, number in one.services.items()},
        "costs": None
        if one.money.costs is None
        else [[line.kind.value, line.cents] for line in one.money.costs],
        "allowances": one.money.allowances,
        "step": one.money.step,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _plain(row: SheetRow) -> dict[str, object]:
    return {
        "kinds": list(row.kinds),
        "sites": row.sites,
        "funded_places": row.funded_places,
        "funded": row.funded,
        "available": row.available,
        "void": row.void,
        "occupancy": row.occupancy,
    }


def read(content: str) -> Sheet:
    """A frozen sheet read back. Raises ValueError or KeyError for anything else."""
    told: Mapping[str, Any] = json.loads(content)
    year, month = (int(part) for part in told["month"].split("-"))
    costs = told["costs"]
    return Sheet(
        Month(date(year, month, 1)),
        tuple(_read_row(row) for row in told["rows"]),
        None if told["together"] is None else _read_row(told["together"]),
        {kind: told["services"][kind] for kind in ServiceKind if kind.value in told["services"]},
        SheetMoney(
            None
            if costs is None
            else tuple(CostLine(CostKind(kind), cents) for kind, cents in costs),
            told["allowances"],
            told["step"],
        ),
    )


def _read_row(plain: Mapping[str, Any]) -> SheetRow:
    return SheetRow(tuple(plain["kinds"]), *(plain[name] for name in _NUMBERS))


_NUMBERS: Final = ("sites", "funded_places", "funded", "available", "void", "occupancy")


def composition(found: Iterable[Block]) -> str:
    """Which sites stood together in a month, as canonical JSON: a correction parts no block that was told before."""
    told = [
        [sorted(one.programmes), list(one.kinds), list(one.sites), one.beds]
        for one in sorted(found, key=lambda one: one.sites)
    ]
    return json.dumps(told, separators=(",", ":"))


def composed(texts: Iterable[str]) -> tuple[Block, ...]:
    """Every block of some compositions, once. Raises ValueError for anything else."""
    found = {
        tuple(sites): Block(frozenset(programmes), tuple(kinds), tuple(sites), beds)
        for text in texts
        for programmes, kinds, sites, beds in json.loads(text)
    }
    return tuple(found[key] for key in sorted(found))
