"""What bed-nights cost: who pays for how many places of a site, at which price, and how nights fall to each funder.

A bed has no funder; a share of the places of a site has one. So funded nights are counted from the shares, and where a
funder pays for what was available or used, the nights of a kind are divided in proportion to the places, to the last
night: the parts always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.bed_nights import NightCount
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.validities import Validity


class PaidFor(StrEnum):
    """Which nights a funder pays for."""

    FUNDED = "funded"
    AVAILABLE = "available"
    USED = "used"


PAID_FOR_NAMES: Final[Mapping[PaidFor, Message]] = MappingProxyType(
    {
        PaidFor.FUNDED: N_("each place that was agreed, taken or not"),
        PaidFor.AVAILABLE: N_("each night that was available"),
        PaidFor.USED: N_("each night that was occupied or held"),
    }
)


@dataclass(frozen=True)
class FundedPlaces:
    """So many places of a site that one funder pays, on some nights."""

    site_id: str
    kind: str
    funder: str
    places: int
    nights: Nights


@dataclass(frozen=True)
class NightPrice:
    """What one night costs one funder at one kind of site of an organisation, and which nights are paid."""

    organisation: str
    kind: str
    funder: str
    paid_for: PaidFor
    cents: int
    validity: Validity
    source: Label


@dataclass(frozen=True)
class FunderPart:
    """What falls to one funder: the nights that were agreed, those to be paid, and the money.

    `unpriced` are nights for which no price is agreed; they are in no amount.
    """

    funder: str
    funded: int = 0
    paid: int = 0
    cents: int = 0
    unpriced: int = 0

    def __add__(self, other: FunderPart) -> FunderPart:
        return FunderPart(
            self.funder,
            self.funded + other.funded,
            self.paid + other.paid,
            self.cents + other.cents,
            self.unpriced + other.unpriced,
        )


def divided(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Answers with a whole number divided in proportion, by largest remainder; the parts add up to it.

    Equal remainders go to the first. Raises ValueError where there is nothing to divide by.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nights are divided over places, and there are none")
    parts = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_rest[: total - sum(parts)]:
        parts[n] += 1
    return tuple(parts)


def parts_of(
    kind: str,
    nights: Mapping[date, NightCount],
    shares: Iterable[FundedPlaces],
    prices: Iterable[NightPrice],
) -> tuple[FunderPart, ...]:
    """Answers with what falls to each funder of a kind, in the order of their codes.

    Nights are divided over stretches on which places and prices stay the same, so that rounding to whole nights happens
    once for each. Nobody pays for more nights than were agreed.
    """
    own_shares = tuple(one for one in shares if one.kind == kind)
    own_prices = tuple(one for one in prices if one.kind == kind)
    parts: dict[str, FunderPart] = {}
    for agreed, stretch in _stretches(sorted(nights), own_shares, own_prices):
        for part in _of_stretch(agreed, [nights[night] for night in stretch]):
            parts[part.funder] = parts.get(part.funder, FunderPart(part.funder)) + part
    return tuple(parts[funder] for funder in sorted(parts))


Agreed = tuple[tuple[str, int, NightPrice | None], ...]
"""Each funder on a night, its places of this kind, and its price."""


def _stretches(
    nights: Sequence[date], shares: Sequence[FundedPlaces], prices: Sequence[NightPrice]
) -> list[tuple[Agreed, list[date]]]:
    """The nights gathered by what was agreed for them, whether or not they lie side by side."""
    found: dict[Agreed, list[date]] = {}
    for night in nights:
        places: dict[str, int] = {}
        for share in shares:
            if share.nights.covers(night):
                places[share.funder] = places.get(share.funder, 0) + share.places
        agreed = tuple(
            (funder, number, _price(prices, funder, night))
            for funder, number in sorted(places.items())
            if number > 0
        )
        if agreed:
            found.setdefault(agreed, []).append(night)
    return list(found.items())


def _price(prices: Iterable[NightPrice], funder: str, night: date) -> NightPrice | None:
    return next(
        (one for one in prices if one.funder == funder and one.validity.covers(night)), None
    )


_BASES: Final[Mapping[PaidFor, Callable[[NightCount], int]]] = MappingProxyType(
    {
        PaidFor.AVAILABLE: lambda count: count.available,
        PaidFor.USED: lambda count: count.used,
    }
)


def _of_stretch(agreed: Agreed, counts: Sequence[NightCount]) -> Iterable[FunderPart]:
    weights = [places for _, places, _ in agreed]
    most = sum(weights) * len(counts)
    shared = {
        basis: divided(min(most, sum(of(one) for one in counts)), weights)
        for basis, of in _BASES.items()
    }
    for n, (funder, places, price) in enumerate(agreed):
        funded = places * len(counts)
        if price is None:
            yield FunderPart(funder, funded, unpriced=funded)
            continue
        paid = funded if price.paid_for is PaidFor.FUNDED else shared[price.paid_for][n]
        yield FunderPart(funder, funded, paid, paid * price.cents)
