"""How long a pregnancy is covered, as `config/deferrals.toml` tells it, with the source that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.deferrals import PregnancyTerm
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_

FILE: Final = "deferrals.toml"
WEEKS_AT_MOST: Final = 40


def load_pregnancy_term(path: Path) -> PregnancyTerm:
    """The term of a file. Raises `ConfigurationRefused` with every problem of it."""
    problems: list[ConfigurationProblem] = []
    content, unreadable = read_toml(path)
    if unreadable:
        raise ConfigurationRefused(list(unreadable))
    term = pregnancy_term_from(ConfigurationTable(shown_path(path), content, problems))
    if problems:
        raise ConfigurationRefused(problems)
    return term


def pregnancy_term_from(table: ConfigurationTable) -> PregnancyTerm:
    """The term of a table; what is wrong joins its problems."""
    pregnancy = table.child("pregnancy", required=True)
    table.close()
    if pregnancy is None:
        return PregnancyTerm(1, 1, Label("–", "–"), confirmed=False)  # refused, and never used
    term = PregnancyTerm(
        weeks_before=_weeks(pregnancy, "weeks_before"),
        weeks_after=_weeks(pregnancy, "weeks_after"),
        source=pregnancy.label("source"),
        confirmed=pregnancy.flag("confirmed", default=False),
    )
    pregnancy.close()
    return term


def _weeks(table: ConfigurationTable, key: str) -> int:
    weeks = table.whole(key)
    if weeks is None or not 0 < weeks <= WEEKS_AT_MOST:
        table.refuse(key, N_("needs a number of weeks from 1 to %(most)s", most=WEEKS_AT_MOST))
        return 1
    return weeks
