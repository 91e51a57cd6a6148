"""The three files of the firewall that are configuration: retention, disclosure and the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, recipients_from
from caseflow.domain.registers import ProcessingRules, processing_from
from caseflow.domain.retention import Term, terms_from

RETENTION, DISCLOSURE, REGISTER = "retention.toml", "disclosure.toml", "register.toml"
_READERS: Final[tuple[tuple[str, Callable[[ConfigurationTable], Any]], ...]] = (
    (RETENTION, terms_from),
    (DISCLOSURE, recipients_from),
    (REGISTER, processing_from),
)


@dataclass(frozen=True)
class FirewallRules:
    """What an installation says about how long, to whom and on which ground."""

    terms: tuple[Term, ...]
    recipients: tuple[Recipient, ...]
    processing: ProcessingRules


def load_firewall_rules(folders: Sequence[Path]) -> FirewallRules:
    """The rules of several configuration folders: of each file, the one in the last folder that has it counts.

    Raises ConfigurationRefused with every problem of every file at once.
    """
    problems: list[ConfigurationProblem] = []
    found: list[Any] = []
    for name, read in _READERS:
        path = next((one / name for one in reversed(folders) if (one / name).exists()), None)
        if path is None:
            repair = N_("is missing: put the file back")
            problems.append(ConfigurationProblem(f"config/{name}", "", repair))
            continue
        content, unreadable = read_toml(path)
        problems.extend(unreadable)
        if not unreadable:
            found.append(read(ConfigurationTable(shown_path(path), content, problems)))
    if problems:
        raise ConfigurationRefused(problems)
    return FirewallRules(*found)
