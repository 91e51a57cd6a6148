"""How a command gets into an instance, and as whom it acts there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from caseflow.commands import passphrases
from caseflow.domain.actors import Actor, Grant, Role
from caseflow.services import houses, instances
from caseflow.services.actors import SYSTEM
from caseflow.services.houses import House
from caseflow.settings import Settings, instance_folder, load


def settings_of(given: argparse.Namespace) -> Settings:
    """The settings of the instance that the command line names. Raises SettingsRefused."""
    return load(instance_folder(given.instance))


@contextmanager
def opened(given: argparse.Namespace) -> Iterator[House]:
    """The instance, opened with its operations slot alone; every vault stays sealed.

    Raises what `instances.open_house` and `passphrases.operations` raise.
    """
    settings = settings_of(given)
    instances.require(settings)
    house = instances.open_house(settings, passphrases.operations())
    try:
        with houses.inside(house):
            yield house
    finally:
        house.stores.close()


def operator(organisation: str = "") -> Actor:
    """Whoever has this machine and the operations passphrase: acts as an administrator."""
    grants = frozenset({Grant(Role.ADMINISTRATOR, organisation)})
    return Actor(SYSTEM, organisation, None, grants, None, "cli")
