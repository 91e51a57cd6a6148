"""Which ways of leaving each rate counts: why the same exits give one number here and another there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseflow.domain.labels import Label
from caseflow.services import houses
from caseflow.services.publication_views import PublicationView

COMPARED: Final = ("wodc_durable_rate", "wodc_semi_durable_rate", "utrecht_solution_rate")
"""The definitions that people set against each other."""


@dataclass(frozen=True)
class CountedWays:
    """One way of leaving, and for each rate that is compared whether it counts."""

    label: Label
    counts: tuple[bool, ...]


@dataclass(frozen=True)
class Comparison:
    """Rates over the same exits, and what each counts."""

    rates: tuple[Label, ...]
    ways: tuple[CountedWays, ...]


def comparison(publication: PublicationView) -> Comparison | None:
    """What each of the compared rates of a publication counts; None where that can no longer be said.

    It is read from the catalogue of today, and only where that still describes the frozen rates word for word.
    """
    house = houses.current()
    rates = [rate for rate in publication.rates if rate.indicator in COMPARED]
    if len(rates) < 2 or any(
        rate.indicator not in house.indicators
        or house.indicators[rate.indicator].definition != rate.definition
        for rate in rates
    ):
        return None
    among = [house.rules.categories_in(house.indicators[rate.indicator]) for rate in rates]
    counted = frozenset().union(*among)
    ways = [
        CountedWays(category.label, tuple(category.id in one for one in among))
        for category in house.rules.categories
        if category.id in counted
    ]
    return Comparison(tuple(rate.label for rate in rates), tuple(ways))
