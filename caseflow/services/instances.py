"""Instances: the folder with a keyring, encrypted stores and the settings of one city."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.organisations import OrganisationOffer
from caseflow.services import accounts, houses
from caseflow.services.accounts import Invited
from caseflow.services.houses import Configured, House
from caseflow.settings import Settings
from caseflow.storage import audit_log, engines, migrations
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import StoreRefused
from caseflow.storage.keyring import Derivation, Keyring, KeyringRefused, OperationsKeys
from caseflow.storage.stores import OPERATIONS_STORES, Stores, path_of

KEYRING: Final = "keyring.json"


class InstanceRefused(Exception):
    """An instance cannot be made or used as asked; the message names the repair."""


REFUSALS: Final = (InstanceRefused, KeyringRefused, StoreRefused)
"""What bad keys, stores and instance folders are refused with: bad input, said in one line."""


@dataclass(frozen=True)
class Made:
    """A new instance, and the invitation of its first administrator, which is told once."""

    instance: str
    administrator: str
    organisation: str
    invitation: Invited


def derivation(settings: Settings) -> Derivation:
    """The cost of the slots that this installation makes; those that exist carry their own."""
    cost = settings.passphrases
    return Derivation(cost.memory_mib * 1024, cost.rounds, cost.lanes)


def require(settings: Settings) -> None:
    """Raises InstanceRefused where the folder holds no instance."""
    if not (settings.instance / KEYRING).is_file():
        raise InstanceRefused(
            N_(
                "There is no instance in the folder %(folder)s. Make one with: run.py init",
                folder=settings.instance.name,
            )
        )


def open_keys(settings: Settings, passphrase: str) -> tuple[Keyring, OperationsKeys]:
    """The keyring and its operations slot. Raises KeyringRefused (WrongPassphrase)."""
    keyring = Keyring.read(settings.instance / KEYRING, derivation(settings))
    return keyring, keyring.open_operations(passphrase)


def open_house(settings: Settings, passphrase: str) -> House:
    """An instance opened with its operations slot alone, every vault sealed.

    Raises ConfigurationRefused, KeyringRefused (WrongPassphrase) and StoreRefused; opens nothing then.
    """
    configured = houses.configured(settings)
    keyring, keys = open_keys(settings, passphrase)
    return House(settings, Stores.open(settings.instance, keyring, keys), *configured)


def migrate(actor: Actor, settings: Settings, passphrase: str, now: datetime) -> None:
    """Brings every operations store to the newest revision; a vault is brought there when it is unsealed.

    Raises StoreRefused for a store that is newer or not ours; the others are as they were, or newest.
    """
    configured = houses.configured(settings)
    keyring, keys = open_keys(settings, passphrase)
    for kind in OPERATIONS_STORES:
        migrations.migrate(kind, path_of(settings.instance, kind), keys[kind])
    house = House(settings, Stores.open(settings.instance, keyring, keys), *configured)
    try:
        act = Act("stores_migrated", actor, now, details={"stores": list(OPERATIONS_STORES)})
        audit_log.tell(house.stores, act)
    finally:
        house.stores.close()


def make(
    actor: Actor,
    settings: Settings,
    passphrase: str,
    administrator: str,
    organisation: str | None,
    now: datetime,
) -> Made | Refused:
    """Makes a new instance with its keyring, stores and first administrator, or nothing at all.

    It is furnished beside its folder and moved there whole; settings and programmes that stand in the folder
    already are kept. Without `organisation` the administrator belongs to the one that leads, else to the first
    by name. Raises InstanceRefused where the folder holds anything else, and ConfigurationRefused.
    """
    instance = settings.instance
    must_be_free(instance)
    configured = houses.configured(settings)
    catalogue = configured[0]
    home = organisation or _lead(catalogue)
    if home not in catalogue.organisations:
        known = ", ".join(sorted(catalogue.organisations))
        return Refused(
            N_("There is no organisation of that name. Known are: %(known)s.", known=known)
        )
    with _workshop(instance) as folder:
        if (instance / "config").is_dir():
            shutil.copytree(instance / "config", folder / "config")
        house = found(replace(settings, instance=folder), passphrase, configured)
        try:
            with houses.inside(house):
                audit_log.tell(house.stores, Act("instance_made", actor, now))
                invited = accounts.first_administrator(administrator, administrator, home, now)
        finally:
            house.stores.close()  # the last connection empties the write-ahead logs
        if isinstance(invited, Refused):
            return invited
        _move_in(folder, instance)
    return Made(house.stores.source, administrator, home, invited)


in_haste = engines.in_haste
"""For making a demo: an instance that is thrown away if making it fails need not wait for the disk."""


def found(settings: Settings, passphrase: str, configured: Configured) -> House:
    """A keyring and empty operations stores in the settings' folder, opened. Raises KeyringRefused and StoreRefused."""
    folder = settings.instance
    keyring = Keyring.create(folder / KEYRING, passphrase, derivation(settings))
    keys = keyring.open_operations(passphrase)
    for kind in OPERATIONS_STORES:
        migrations.make(kind, path_of(folder, kind), keys[kind])
    return House(settings, Stores.open(folder, keyring, keys), *configured)


def _lead(catalogue: Catalogue) -> str:
    """The organisation that leads; else the first by name."""
    ids = sorted(catalogue.organisations)
    leading = (one for one in ids if OrganisationOffer.LEAD in catalogue.organisations[one].offers)
    return next(leading, ids[0] if ids else "")


def must_be_free(instance: Path) -> None:
    """Raises InstanceRefused unless the folder is new, empty, or holds nothing but `config/`."""
    there = {one.name for one in instance.iterdir()} if instance.is_dir() else set()
    if KEYRING in there:
        raise InstanceRefused(
            N_(
                "The folder %(folder)s holds an instance already. Choose another with --instance.",
                folder=instance.name,
            )
        )
    if there - {"config"} or (instance.exists() and not instance.is_dir()):
        raise InstanceRefused(
            N_(
                "The folder %(folder)s holds other files. Choose a new or empty one with --instance.",
                folder=instance.name,
            )
        )


@contextmanager
def _workshop(instance: Path) -> Iterator[Path]:
    """A folder beside the instance to furnish it in; it is gone afterwards, unless it became the instance.

    What an earlier start that was killed left there is cleared away. Raises InstanceRefused while another one works.
    """
    folder = instance.with_name(f".{instance.name}.making")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstanceRefused(
                N_("Another start of run.py init is making this instance. Wait for it.")
            ) from None
        _clear(folder)
        try:
            yield folder
        finally:
            if folder.exists() and os.path.samestat(folder.stat(), os.fstat(lock)):
                shutil.rmtree(folder)
    finally:
        os.close(lock)


def _clear(folder: Path) -> None:
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()


def _move_in(folder: Path, instance: Path) -> None:
    """Makes the furnished folder the instance, in one step; it holds a copy of `config/` already."""
    (folder / "vaults").mkdir(mode=0o700)
    before = instance.with_name(f".{instance.name}.before")
    had_configuration = (instance / "config").is_dir()
    if had_configuration:
        instance.replace(before)
    try:
        folder.replace(instance)
    except OSError:
        if had_configuration:
            before.replace(instance)
        raise
    if had_configuration:
        shutil.rmtree(before)
