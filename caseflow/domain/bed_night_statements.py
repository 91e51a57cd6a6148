"""The monthly bed-night statement: exact numbers for payment, by kind of site and funder, and of no small site alone.

A site under 20 beds never makes a row by itself, since its nights would be those of a few people: it stands with the
other sites of its kind, and the only small site of a kind stands with another kind. Source: the figures page,
*bed-night statement*; the firewall's rule that a count of one is a secret too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from caseflow.domain.bed_night_prices import FundedPlaces, FunderPart, NightPrice, parts_of
from caseflow.domain.bed_nights import MonthCount, NightCount
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights, merged, next_night

SMALL_SITE: Final = 20
"""A site with fewer beds than this stands in no row alone."""
RULE_VERSION: Final = "bed-nights-1"
CORRECTED_MONTHS: Final = 24
"""So many months back a statement is still made or corrected; older books are closed."""


@dataclass(frozen=True)
class StatementRow:
    """One row: the kinds of site in it, how many sites, the bed-nights, and what falls to each funder."""

    kinds: tuple[str, ...]
    sites: int
    count: NightCount
    parts: tuple[FunderPart, ...] = ()

    @property
    def funded(self) -> int:
        return sum(part.funded for part in self.parts)

    @property
    def cents(self) -> int:
        return sum(part.cents for part in self.parts)

    @property
    def unpriced(self) -> int:
        return sum(part.unpriced for part in self.parts)


@dataclass(frozen=True)
class Statement:
    """The rows of a month, and the nights of which no night round is known."""

    month: Month
    rows: tuple[StatementRow, ...]
    without_round: tuple[date, ...] = ()

    @property
    def together(self) -> StatementRow:
        """Answers with the sum of all rows, each funder once."""
        parts: dict[str, FunderPart] = {}
        for part in (part for row in self.rows for part in row.parts):
            parts[part.funder] = parts.get(part.funder, FunderPart(part.funder)) + part
        return StatementRow(
            tuple(kind for row in self.rows for kind in row.kinds),
            sum(row.sites for row in self.rows),
            sum((row.count for row in self.rows), NightCount()),
            tuple(parts[funder] for funder in sorted(parts)),
        )

    @property
    def stretches_without_round(self) -> tuple[tuple[date, date], ...]:
        """Answers with the same nights in stretches, each by its first and last night."""
        stretches = merged(Nights(night, next_night(night)) for night in self.without_round)
        return tuple(
            (one.arrival, one.departure - timedelta(days=1))
            for one in stretches
            if one.departure is not None
        )


def may_state(month: Month, today: date) -> Decision:
    """Answers whether a statement of this month can be made: once it is over, and its books not closed."""
    if month.next.first > today:
        return Refused(
            N_(
                "This month is not over. Its statement can be made from %(day)s on.",
                day=month.next.first,
            )
        )
    oldest = Month(today.replace(day=1))
    for _ in range(CORRECTED_MONTHS):
        oldest = oldest.previous
    if month < oldest:
        return Refused(
            N_(
                "This is too long ago. A statement can be made of the last %(most)s months.",
                most=CORRECTED_MONTHS,
            )
        )
    return Allowed()


def stated(
    month: Month,
    found: MonthCount,
    shares: Iterable[FundedPlaces],
    prices: Iterable[NightPrice],
    without_round: Iterable[date] = (),
) -> Statement | Refused:
    """Answers with the statement of a month, or why there can be none."""
    if not found.kinds:
        return Refused(N_("No bed of this organisation was open in this month."))
    groups = kinds_together(found)
    if any(_is_one_small_site(found, kinds) for kinds in groups):
        return Refused(
            N_(
                "This would be the statement of one site with fewer than %(least)s beds, and so of a few "
                "people. None is made.",
                least=SMALL_SITE,
            )
        )
    all_shares, all_prices = tuple(shares), tuple(prices)
    rows = tuple(_row(found, kinds, all_shares, all_prices) for kinds in groups)
    return Statement(month, rows, tuple(sorted(set(without_round))))


def _row(
    found: MonthCount,
    kinds: tuple[str, ...],
    shares: Sequence[FundedPlaces],
    prices: Sequence[NightPrice],
) -> StatementRow:
    parts: dict[str, FunderPart] = {}
    for kind in kinds:
        for part in parts_of(kind, found.by_night[kind], shares, prices):
            parts[part.funder] = parts.get(part.funder, FunderPart(part.funder)) + part
    return StatementRow(
        kinds,
        sum(len(found.sites[kind]) for kind in kinds),
        sum((found.of_kind(kind) for kind in kinds), NightCount()),
        tuple(parts[funder] for funder in sorted(parts)),
    )


def kinds_together(found: MonthCount) -> tuple[tuple[str, ...], ...]:
    """Answers which kinds make a row together: each alone, but for the only small site of a kind."""
    groups: list[tuple[str, ...]] = [(kind,) for kind in found.kinds]
    while len(groups) > 1:
        lone = next((one for one in groups if _is_one_small_site(found, one)), None)
        if lone is None:
            break
        others = [one for one in groups if one != lone]
        other = min(others, key=lambda one: (_beds(found, one), one))
        groups = [one for one in others if one != other]
        groups.append(tuple(sorted(lone + other)))
        groups.sort()
    return tuple(groups)


def _beds(found: MonthCount, kinds: Iterable[str]) -> int:
    return sum(beds for kind in kinds for beds in found.sites[kind].values())


def _is_one_small_site(found: MonthCount, kinds: Iterable[str]) -> bool:
    sites = [beds for kind in kinds for beds in found.sites[kind].values()]
    return len(sites) == 1 and sites[0] < SMALL_SITE


@dataclass(frozen=True)
class Difference:
    """What a following statement puts right for one funder, over all rows: nights to pay and money."""

    funder: str
    paid: int
    cents: int


def differences(before: Statement, after: Statement) -> tuple[Difference, ...]:
    """Answers with what changed for each funder, in the order of their codes; nothing where nothing did."""
    old = {part.funder: part for part in before.together.parts}
    new = {part.funder: part for part in after.together.parts}
    found = (
        Difference(
            funder,
            new.get(funder, FunderPart(funder)).paid - old.get(funder, FunderPart(funder)).paid,
            new.get(funder, FunderPart(funder)).cents - old.get(funder, FunderPart(funder)).cents,
        )
        for funder in sorted(old | new)
    )
    return tuple(one for one in found if one.paid or one.cents)


def changed(before: Statement, after: Statement) -> NightCount:
    """Answers with what changed in the bed-nights of all rows together."""
    old, new = before.together.count, after.together.count
    return NightCount(
        new.occupied - old.occupied,
        new.held - old.held,
        new.void - old.void,
        new.free - old.free,
        new.overflow - old.overflow,
    )


def written(statement: Statement) -> str:
    """The statement as canonical JSON: what is frozen, byte for byte."""
    told = {
        "rule_version": RULE_VERSION,
        "month": statement.month.code,
        "rows": [_plain(row) for row in statement.rows],
        "without_round": [night.isoformat() for night in statement.without_round],
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _plain(row: StatementRow) -> dict[str, object]:
    count = row.count
    return {
        "kinds": list(row.kinds),
        "sites": row.sites,
        "occupied": count.occupied,
        "held": count.held,
        "void": count.void,
        "free": count.free,
        "overflow": count.overflow,
        "parts": [
            [part.funder, part.funded, part.paid, part.cents, part.unpriced] for part in row.parts
        ],
    }


def read(content: str) -> Statement:
    """A frozen statement read back. Raises ValueError or KeyError for anything else."""
    told: Mapping[str, Any] = json.loads(content)
    year, month = (int(part) for part in told["month"].split("-"))
    rows = tuple(
        StatementRow(
            tuple(row["kinds"]),
            row["sites"],
            NightCount(row["occupied"], row["held"], row["void"], row["free"], row["overflow"]),
            tuple(FunderPart(*part) for part in row["parts"]),
        )
        for row in told["rows"]
    )
    nights = tuple(date.fromisoformat(night) for night in told["without_round"])
    return Statement(Month(date(year, month, 1)), rows, nights)


def fingerprint(statement: Statement) -> str:
    """What a preview showed, as a short code: a statement is fixed as it was seen, or seen again."""
    return hashlib.sha256(written(statement).encode()).hexdigest()
