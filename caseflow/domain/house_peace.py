"""How long measures for peace in a house may last: configuration with its source (config/house_peace.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_

FILE: Final = "house_peace.toml"


@dataclass(frozen=True)
class PeaceTerms:
    """Days and nights that a warning, a pair that is not placed together, and a time-out last at most."""

    warning_days: int
    pair_days: int
    time_out_nights: int
    source: Label
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the organisation confirmed the terms."""
        return self.confirmed_by is not None and self.confirmed_on is not None


def load_peace_terms(path: Path, shown_as: str = "config/house_peace.toml") -> PeaceTerms:
    """The terms of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    terms = PeaceTerms(
        warning_days=_positive(table, "warning_days_at_most"),
        pair_days=_positive(table, "pair_days_at_most"),
        time_out_nights=_positive(table, "time_out_nights_at_most"),
        source=table.label("source"),
        confirmed_by=table.optional_text("confirmed_by"),
        confirmed_on=table.day("confirmed_on"),
    )
    if (terms.confirmed_by is None) != (terms.confirmed_on is None):
        table.refuse("confirmed_by", N_("goes with confirmed_on: give both or neither"))
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return terms


def _positive(table: ConfigurationTable, key: str) -> int:
    if key not in table:
        table.refuse(key, N_("is missing: add it"))
    return table.whole(key) or 1
