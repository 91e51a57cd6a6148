"""A log, a checkpoint that was kept of it, and an intruder with the machine and its key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from caseflow import settings as all_settings
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.indicators import Indicators
from caseflow.domain.publication_rules import PublicationRules
from caseflow.services import audits, houses
from caseflow.services.actors import system
from caseflow.services.audits import KeptCheckpoint
from caseflow.services.houses import House
from caseflow.storage import audit_log, engines, triggers
from caseflow.storage.audit_log import Act
from caseflow.storage.keyring import Keyring
from caseflow.storage.stores import Stores, path_of
from tests import cast
from tests.conftest import CHEAP, Template

ENTRIES = 24


@dataclass(frozen=True)
class Attacked:
    """A log with a checkpoint that was kept elsewhere, and copies of its file."""

    house: House
    kept: KeptCheckpoint
    older: bytes
    """The file as it was while the log was half as long."""
    whole: bytes

    @property
    def file(self) -> Path:
        return path_of(self.house.stores.instance, "audit")

    def put_back(self, content: bytes) -> None:
        """This content is the whole log, nothing lies beside it, and nobody has it open."""
        self.house.stores.audit.dispose()
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        self.file.write_bytes(content)

    def is_found(self) -> bool:
        """Whether the walk or the kept checkpoint shows that something was done."""
        try:
            sound = audit_log.verify(self.house.stores).sound
            return not (sound and audits.holds(self.kept))
        except engines.StoreRefused:
            return True


def look(number: int) -> Act:
    """Looks at lists and cases by turns, of several colleagues: nothing two entries have in common is a habit."""
    colleague = (cast.AMINA, cast.LENA, cast.NIGHT)[number % 3]
    return Act(
        "caseload_listed",
        colleague.actor(),
        cast.NOW + timedelta(seconds=number),
        subjects=(f"CODE-{number % 5}", "CODE-ALL") if number % 4 else (),
        object_id=f"list-{number}" if number % 2 else None,
        details={"count": number, "page": 1},
        emergency=number % 6 == 0,
    )


def go_on(stores: Stores, first: int, count: int) -> None:
    for number in range(first, first + count):
        audit_log.tell(stores, look(number))


def settled(stores: Stores) -> bytes:
    """The file, once the write-ahead log was written into it, so that it alone is the whole log."""
    stores.audit.dispose()
    with closing(raw(stores)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path_of(stores.instance, "audit").read_bytes()


def raw(stores: Stores) -> Any:
    return engines.connect(
        path_of(stores.instance, "audit"), stores.keys["audit"], administration=True
    )


@contextmanager
def intruding(stores: Stores) -> Iterator[Any]:
    """The key, no authorizer, no guards; the guards are put back, so that the file opens as before."""
    with closing(raw(stores)) as connection:
        for name in triggers.TRIGGERS["audit"]:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        triggers.remake(connection, "audit")


@pytest.fixture(scope="module")
def made(
    template: Template,
    tmp_path_factory: pytest.TempPathFactory,
    catalogue: Catalogue,
    figures_rules: tuple[Indicators, PublicationRules],
) -> Iterator[Attacked]:
    """The log, written once for all tests of this file."""
    folder = tmp_path_factory.mktemp("attacked")
    instance = folder / "instance"
    shutil.copytree(template.folder, instance)
    keyring = Keyring.read(instance / "keyring.json", CHEAP)
    stores = Stores.open(instance, keyring, keyring.open_operations(cast.OPERATIONS_PASSPHRASE))
    house = House(all_settings.load(instance), stores, catalogue, *figures_rules)
    with houses.inside(house):
        go_on(stores, 0, ENTRIES // 2)
        signed(0)
        older = settled(stores)
        go_on(stores, ENTRIES // 2, ENTRIES // 2)
        kept = signed(1)
        go_on(stores, ENTRIES, 3)
        yield Attacked(house, kept, older, settled(stores))
    stores.close()


@pytest.fixture
def attacked(made: Attacked) -> Iterator[Attacked]:
    """The log as it was written, whatever was done to it before."""
    with houses.inside(made.house):
        made.put_back(made.whole)
        yield made


def signed(minute: int) -> KeptCheckpoint:
    kept = audits.checkpoint(system(), cast.NOW + timedelta(minutes=minute))
    assert isinstance(kept, KeptCheckpoint)
    return kept
