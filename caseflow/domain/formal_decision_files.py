"""The terms for objection and answer, as `config/formal_decisions.toml` tells them, each with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import (
    UNREAD,
    ConfigurationTable,
    read_toml,
    shown_path,
)
from caseflow.domain.formal_decisions import ObjectionRules
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_

FILE: Final = "formal_decisions.toml"
WEEKS_AT_MOST: Final = 26


def load_objection_rules(path: Path) -> ObjectionRules:
    """The terms of an installation. Raises `ConfigurationRefused` with every problem of the file."""
    problems: list[ConfigurationProblem] = []
    content, unreadable = read_toml(path)
    if unreadable:
        raise ConfigurationRefused(list(unreadable))
    rules = objection_rules_from(ConfigurationTable(shown_path(path), content, problems))
    if problems:
        raise ConfigurationRefused(problems)
    return rules


def objection_rules_from(table: ConfigurationTable) -> ObjectionRules:
    """The rules of a file; what is wrong joins its problems."""
    weeks, source, sure = _term(table, "objection")
    answer_weeks, answer_source, answer_sure = _term(table, "answer")
    rules = ObjectionRules(
        weeks, source, answer_weeks, answer_source, table.label("help"), sure and answer_sure
    )
    table.close()
    return rules


def _term(table: ConfigurationTable, key: str) -> tuple[int, Label, bool]:
    term = table.child(key, required=True)
    if term is None:
        return 0, UNREAD, False
    weeks = term.whole("weeks") or 0
    if not 1 <= weeks <= WEEKS_AT_MOST:
        term.refuse(
            "weeks",
            N_("must be a whole number of weeks from 1 to %(most)s", most=WEEKS_AT_MOST),
        )
    found = weeks, term.label("source"), term.flag("confirmed", default=False)
    term.close()
    return found
