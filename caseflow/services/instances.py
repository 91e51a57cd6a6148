"""Instances: the folder with a keyring, encrypted stores and the settings of one city."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caseflow.domain.catalogues import Catalogue
from caseflow.services.houses import House
from caseflow.settings import Settings
from caseflow.storage.engines import StoreRefused
from caseflow.storage.keyring import Derivation, Keyring, KeyringRefused
from caseflow.storage.stores import Stores


class InstanceRefused(Exception):
    """An instance cannot be made or used as asked; the message names the repair."""


REFUSALS: Final = (InstanceRefused, KeyringRefused, StoreRefused)
"""What bad keys, stores and instance folders are refused with: bad input, said in one line."""


def derivation(settings: Settings) -> Derivation:
    """The cost of the slots that this installation makes; those that exist carry their own."""
    cost = settings.passphrases
    return Derivation(cost.memory_mib * 1024, cost.rounds, cost.lanes)


def open_house(settings: Settings, passphrase: str) -> House:
    """An instance opened with its operations slot alone, every vault sealed.

    Raises ConfigurationRefused, KeyringRefused (WrongPassphrase) and StoreRefused; opens nothing then.
    """
    catalogue = Catalogue.load(*_folders(settings))
    keyring = Keyring.read(settings.instance / "keyring.json", derivation(settings))
    keys = keyring.open_operations(passphrase)
    return House(settings, Stores.open(settings.instance, keyring, keys), catalogue)


def _folders(settings: Settings) -> list[Path]:
    """The folders that describe this instance; its own one is optional."""
    shipped, own = settings.config_folders
    return [shipped, own] if own.is_dir() else [shipped]
