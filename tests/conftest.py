"""Real encrypted stores for every test: migrated once, copied for each."""

from __future__ import annotations

import gc
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from caseflow import settings as all_settings
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.doors import DoorScript, load_door_script
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.indicators import Indicators
from caseflow.domain.publication_rules import PublicationRules, load_publication_rules
from caseflow.services import houses
from caseflow.services.houses import House
from caseflow.storage import engines, migrations
from caseflow.storage.keyring import Derivation, Keyring
from caseflow.storage.stores import OPERATIONS_STORES, Stores, path_of, vault_path
from tests import cast

# Once for the whole run: a second copy of the fixture would start a second Playwright, which refuses.
from tests.browser import browser, chromium_or_skip, desk  # noqa: F401

CHEAP = Derivation(memory_kib=8, passes=1, lanes=1)
"""The least Argon2id allows: tests open keyrings thousands of times; its cost is measured elsewhere."""


engines.PRAGMAS.update(engines.HASTE)
"""Stores of tests in this process lock no memory and wait for no disk, a third of their time. The recipe itself
is asked of a process of its own (`tests/storage/test_engines.py`), and commands and servers of tests run in such."""


def _compiling_once(hooked: Callable[[Engine], Engine]) -> Callable[[Engine], Engine]:
    """Engines that share what SQLAlchemy compiles: each test opens its own, and the statements are always the same."""
    shared: list[Engine] = []

    def opened(store: Engine) -> Engine:
        if not shared:
            store._compiled_cache = LRUCache(5000)
            shared.append(store)
        [first] = shared
        store.dialect = store.pool._dialect = first.dialect
        store._compiled_cache = first._compiled_cache
        return hooked(store)

    return opened


engines.hooked = _compiling_once(engines.hooked)


def _read_once(loads: Callable[[str], dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    """Configuration parsed once for all houses of this process: reading sixty files is a third of opening one."""
    known: dict[str, dict[str, Any]] = {}

    def loaded(text: str) -> dict[str, Any]:
        if text not in known:
            known[text] = loads(text)
        return deepcopy(known[text])

    return loaded


tomllib.loads = _read_once(tomllib.loads)

IN_MEMORY: Final = Path("/dev/shm")
ROOM_WANTED: Final = 2 * 1024**3


def pytest_configure() -> None:
    """Instances of tests live in memory where there is room for them: deleting one from a disk takes 20 ms."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM_WANTED:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: walking over all of it again and again is a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@dataclass(frozen=True)
class Template:
    """An instance that was migrated once, with its vault keys."""

    folder: Path
    vault_keys: dict[str, bytes]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template")
    keyring = Keyring.create(folder / "keyring.json", cast.OPERATIONS_PASSPHRASE, CHEAP)
    keys = keyring.open_operations(cast.OPERATIONS_PASSPHRASE)
    for kind in OPERATIONS_STORES:
        migrations.make(kind, path_of(folder, kind), keys[kind])
    vault_keys = {}
    for organisation, (holder, passphrase) in cast.HOLDERS.items():
        vault_keys[organisation] = keyring.add_first_holder(organisation, holder, passphrase)
        migrations.make("vault", vault_path(folder, organisation), vault_keys[organisation])
    shutil.copytree(all_settings.SHIPPED_CONFIG / "demo", folder / "config", dirs_exist_ok=True)
    return Template(folder, vault_keys)


@pytest.fixture
def instance(template: Template, tmp_path: Path) -> Path:
    """A fresh instance of the invented city, every vault sealed."""
    folder = tmp_path / "instance"
    shutil.copytree(template.folder, folder)
    return folder


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(all_settings.SHIPPED_CONFIG, all_settings.SHIPPED_CONFIG / "demo")


@pytest.fixture(scope="session")
def figures_rules() -> tuple[Indicators, PublicationRules, DoorScript]:
    """What is configured beside the catalogue, in the order in which a house takes it."""
    indicators = load_indicators(all_settings.SHIPPED_CONFIG / "indicators.toml")
    path = all_settings.SHIPPED_CONFIG / "publication.toml"
    door = load_door_script(all_settings.SHIPPED_CONFIG / "door.toml")
    return indicators, load_publication_rules(path, indicators), door


@pytest.fixture
def sealed_house(
    instance: Path,
    catalogue: Catalogue,
    figures_rules: tuple[Indicators, PublicationRules, DoorScript],
) -> Iterator[House]:
    """A house whose vaults are all sealed; it is the current house while the test runs."""
    keyring = Keyring.read(instance / "keyring.json", CHEAP)
    stores = Stores.open(instance, keyring, keyring.open_operations(cast.OPERATIONS_PASSPHRASE))
    house = House(all_settings.load(instance), stores, catalogue, *figures_rules)
    with houses.inside(house):
        yield house
    stores.close()


@pytest.fixture
def house(sealed_house: House, template: Template) -> House:
    """A house whose vaults are open."""
    for organisation, key in template.vault_keys.items():
        sealed_house.stores.open_vault(organisation, key)
    return sealed_house
