"""Money on an operations sheet: costs by kind, and allowances so that no head count can be worked out from them.

Costs and pay-outs count in the month in which they were booked, so a month that is over never changes: what was
recorded in error is taken off in the month in which that was found out. A kind for fewer than five people stands with
others, since one bill for medicine is about somebody. A total of allowances divided by the rate is a head count: under
20 recipients it is not shown, and otherwise it is rounded to the nearest five allowances. Source: the figures page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from caseflow.domain.costs import CostKind
from caseflow.domain.pay_outs import DAYS_OF_A_WEEK, Period

FEWEST_PEOPLE: Final = 5
"""A kind of cost for fewer people than this stands with others."""
FEWEST_RECIPIENTS: Final = 20
"""Under so many recipients the total of allowances is not shown."""
ALLOWANCES: Final = 5
"""The total of allowances is rounded to so many."""


@dataclass(frozen=True)
class BookedCost:
    """A cost that was booked in the month for one client; below nought where one was recorded in error before."""

    kind: CostKind
    client: str
    cents: int


@dataclass(frozen=True)
class CostLine:
    """What one kind came to; `OTHER` holds every kind that stands with others."""

    kind: CostKind
    cents: int


@dataclass(frozen=True)
class SheetMoney:
    """The money of a month as printed: costs by kind, and the allowances in whole cents.

    `costs` is None where fewer than five people had any. `allowances` is None where fewer than 20 received one;
    `step` is what five of them come to.
    """

    costs: tuple[CostLine, ...] | None
    allowances: int | None = None
    step: int = 0


NOTHING: Final = SheetMoney(None)


def printed_costs(booked: Iterable[BookedCost]) -> tuple[CostLine, ...] | None:
    """Answers with the total of each kind; small kinds stand together, and None stands for fewer than five people.

    Kinds join from the last of their order, so that which ones stand together says no more than that one is small.
    """
    people: dict[CostKind, set[str]] = {}
    cents: dict[CostKind, int] = {}
    for one in booked:
        people.setdefault(one.kind, set()).add(one.client)
        cents[one.kind] = cents.get(one.kind, 0) + one.cents
    alone = [
        kind
        for kind in CostKind
        if kind is not CostKind.OTHER and len(people.get(kind, ())) >= FEWEST_PEOPLE
    ]
    together = [kind for kind in people if kind not in alone]
    while together and len(set[str]().union(*(people[kind] for kind in together))) < FEWEST_PEOPLE:
        if not alone:
            return None
        together.append(alone.pop())
    lines = [CostLine(kind, cents[kind]) for kind in alone]
    if together:
        lines.append(CostLine(CostKind.OTHER, sum(cents[kind] for kind in together)))
    return tuple(lines) or None


@dataclass(frozen=True)
class PaidAllowance:
    """What one recipient was handed in the month, and the weekly amount they are entitled to."""

    client: str
    cents: int
    weekly_cents: int


def printed_allowances(
    paid: Iterable[PaidAllowance], runs: Iterable[Period]
) -> tuple[int | None, int]:
    """Answers with the total to the nearest five allowances, and what five of them come to; None under 20 recipients.

    One allowance is what the most common weekly amount comes to over the days that the runs of the month paid.
    """
    some = list(paid)
    days = sum((one.until_on - one.from_on) // timedelta(days=1) for one in runs)
    if len({one.client for one in some}) < FEWEST_RECIPIENTS or not days:
        return None, 0
    weekly = [one.weekly_cents for one in some]
    usual = max(set(weekly), key=lambda amount: (weekly.count(amount), amount))
    step = ALLOWANCES * max(1, (usual * days + DAYS_OF_A_WEEK // 2) // DAYS_OF_A_WEEK)
    total = sum(one.cents for one in some)
    return (2 * total + step) // (2 * step) * step, step


def together(members: Iterable[SheetMoney]) -> SheetMoney:
    """Answers with the money of a group: what its members print, added up, and nothing that they do not print."""
    some = tuple(members)
    cents: dict[CostKind, int] = {}
    for line in (line for one in some for line in one.costs or ()):
        cents[line.kind] = cents.get(line.kind, 0) + line.cents
    shown = [one for one in some if one.allowances is not None]
    return SheetMoney(
        tuple(CostLine(kind, cents[kind]) for kind in CostKind if kind in cents) or None,
        sum(one.allowances or 0 for one in shown) if shown else None,
        sum(one.step for one in shown),
    )
