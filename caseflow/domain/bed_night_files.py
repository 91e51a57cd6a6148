"""What a night costs, read from `config/bed_nights.toml`: by organisation, kind of site and funder, each with dates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from caseflow.domain.bed_night_prices import NightPrice, PaidFor
from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.messages import N_
from caseflow.domain.sites import Funder, SiteKind

FILE: Final = "bed_nights.toml"


def load_night_prices(
    path: Path, shown_as: str = f"config/{FILE}"
) -> tuple[NightPrice, ...]:  # fmt: skip
    """The prices of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    found: list[NightPrice] = []
    for one in table.children("price"):
        before = len(problems)
        price = _price(one)
        if len(problems) == before and _overlaps(found, price):
            one.refuse(
                "valid_from", N_("overlaps with an earlier entry: end that one the day before")
            )
        found.append(price)
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return tuple(found)


def _price(table: ConfigurationTable) -> NightPrice:
    if "cents" not in table:
        table.refuse("cents", N_("is missing: add it"))
    price = NightPrice(
        organisation=table.text("organisation"),
        kind=table.choice("kind", SiteKind),
        funder=table.choice("funder", Funder),
        paid_for=table.choice("paid_for", PaidFor),
        cents=table.whole("cents") or 1,
        validity=table.validity(),
        source=table.label("source"),
    )
    table.close()
    return price


def _overlaps(earlier: Sequence[NightPrice], price: NightPrice) -> bool:
    place = (price.organisation, price.kind, price.funder)
    return any(
        (one.organisation, one.kind, one.funder) == place and one.validity.overlaps(price.validity)
        for one in earlier
    )
