"""All that is configured: programmes, groups and organisations, read together and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.messages import N_
from caseflow.domain.organisations import Organisation, organisation_from
from caseflow.domain.programme_files import programme_or_group
from caseflow.domain.programmes import Group, Programme

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True)
class Catalogue:
    """The programmes, groups and organisations of an instance, by id."""

    programmes: Mapping[str, Programme]
    groups: Mapping[str, Group]
    organisations: Mapping[str, Organisation]

    @classmethod
    def load(cls, *folders: Path) -> Catalogue:
        """Answers with what several configuration folders describe; later ones add to earlier ones.

        Reads `programmes/*.toml` and `organisations/*.toml` of each. Raises ConfigurationRefused
        with every problem of every file at once.
        """
        problems: list[ConfigurationProblem] = []
        for folder in folders:
            if not folder.is_dir():
                repair = N_("is not a folder: make it, or name another configuration folder")
                problems.append(ConfigurationProblem(shown_path(folder), "", repair))
        described, places = _read(folders, "programmes", programme_or_group, problems)
        organisations, theirs = _read(folders, "organisations", organisation_from, problems)
        programmes = {key: one for key, one in described.items() if isinstance(one, Programme)}
        groups = {key: one for key, one in described.items() if isinstance(one, Group)}
        catalogue = cls(
            MappingProxyType(programmes), MappingProxyType(groups), MappingProxyType(organisations)
        )
        if not problems:
            problems.extend(catalogue._loose_ends(places, theirs))
        if not problems and not programmes:
            repair = N_("describes no programme: add programmes/<id>.toml")
            problems.append(ConfigurationProblem(_shown(folders), "", repair))
        if problems:
            raise ConfigurationRefused(problems)
        return catalogue

    def members(self, scope: str) -> tuple[str, ...]:
        """Answers which programmes a programme or group id stands for.

        Raises KeyError for an id that is neither.
        """
        if scope in self.groups:
            return self.groups[scope].members
        return (self.programmes[scope].id,)

    def _loose_ends(
        self, places: Mapping[str, str], theirs: Mapping[str, str]
    ) -> list[ConfigurationProblem]:
        """Answers where one file names something that no other file describes."""
        found: list[ConfigurationProblem] = []

        def check(file: str, key: str, organisation: str) -> None:
            if organisation not in self.organisations:
                repair = N_(
                    "“%(id)s” is no organisation: add organisations/%(id)s.toml or correct it",
                    id=organisation,
                )
                found.append(ConfigurationProblem(file, key, repair))

        for programme in self.programmes.values():
            check(places[programme.id], "keeper", programme.keeper)
            for organisation in programme.organisations:
                check(places[programme.id], "organisations", organisation)
        for group in self.groups.values():
            check(places[group.id], "owner", group.owner)
            for member in group.members:
                if member not in self.programmes:
                    repair = N_(
                        "“%(id)s” is no programme: add programmes/%(id)s.toml or correct it",
                        id=member,
                    )
                    found.append(ConfigurationProblem(places[group.id], "members", repair))
        for processor in self.organisations.values():
            if processor.processes_for is not None:
                check(theirs[processor.id], "processes_for", processor.processes_for)
        return found


def _shown(folders: tuple[Path, ...]) -> str:
    return ", ".join(shown_path(folder) for folder in folders)


def _read(
    folders: tuple[Path, ...],
    kind: str,
    read: Callable[[ConfigurationTable], N],
    problems: list[ConfigurationProblem],
) -> tuple[dict[str, N], dict[str, str]]:
    """Reads one kind of file from several folders, with the place that each came from."""
    found: dict[str, N] = {}
    places: dict[str, str] = {}
    for path in (path for folder in folders for path in sorted((folder / kind).glob("*.toml"))):
        content, unreadable = read_toml(path)
        problems.extend(unreadable)
        if unreadable:
            continue
        mine: list[ConfigurationProblem] = []
        table = ConfigurationTable(shown_path(path), content, mine)
        one = read(table)
        if one.id and not _ID.fullmatch(path.stem):
            table.refuse("id", N_("must be small letters, digits and single hyphens"))
        elif one.id and one.id != path.stem:
            table.refuse("id", N_("must be “%(stem)s”, as the file is called", stem=path.stem))
        elif one.id in found:
            table.refuse(
                "id", N_("is already used by %(file)s: choose another", file=places[one.id])
            )
        problems.extend(mine)
        if not mine:
            found[one.id] = one
            places[one.id] = table.file
    return found, places
