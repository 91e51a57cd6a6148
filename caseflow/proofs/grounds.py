"""The ground a proof stands on: a real instance with its own keys, in a folder that is thrown away."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from caseflow import clock, create_app
from caseflow import settings as all_settings
from caseflow.proofs.plants import Row
from caseflow.services import houses, sealing
from caseflow.services.houses import House
from caseflow.storage import engines, migrations
from caseflow.storage.engines import writing
from caseflow.storage.keyring import Derivation, Keyring
from caseflow.storage.stores import OPERATIONS_STORES, path_of, vault_path
from caseflow.web.cookies import Cookies
from caseflow.web.visits import Visits

NOW: Final = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday morning: the clock stands still, so that two answers differ by what they tell alone."""
ORGANISATIONS: Final = ("de-haven", "het-kompas", "gemeente-waterstad")
CHEAP: Final = Derivation(memory_kib=8, passes=1, lanes=1)
"""The keys guard invented words for minutes; what a slot costs is measured elsewhere."""
OWN_SETTINGS: Final = """
[serving]
https = false

[passphrases]
memory_mib = 19
rounds = 2
lanes = 1
"""


@dataclass
class Ground:
    """An instance, the application over it, and the state to which it is put back."""

    folder: Path
    app: Flask
    house: House
    passphrase: str
    vault_keys: dict[str, bytes]
    is_sealed: bool = False
    _kept: dict[Path, Path] = field(default_factory=dict)

    def insert(self, rows: list[Row]) -> None:
        """Writes rows as they are, each into its own store, parents first."""
        stores = self.house.stores
        opened = {"casework": stores.casework, "cards": stores.cards}
        opened |= {f"vault:{one}": stores.vault(one) for one in self.vault_keys}
        for name, store in opened.items():
            mine = [row for row in rows if row.store == name]
            order = (
                {table: n for n, table in enumerate(mine[0].table.metadata.sorted_tables)}
                if mine
                else {}
            )
            with Session(writing(store), info={"writes": True}) as session:
                for row in sorted(mine, key=lambda one: order[one.table]):
                    session.execute(insert(row.table).values(**row.values))
                session.commit()

    def keep(self) -> None:
        """Remembers the stores as they stand now."""
        self._close()
        away = self.folder.parent / "kept"
        away.mkdir(exist_ok=True)
        for file in [*self.folder.glob("*.db"), *(self.folder / "vaults").glob("*.db")]:
            self._kept[file] = away / file.name.replace(".db", f"-{file.parent.name}.kept")
            shutil.copyfile(file, self._kept[file])
        self._open()

    def put_back(self) -> None:
        """Makes the stores what they were, with every vault open and nothing said to anybody."""
        self._close()
        for file, kept in self._kept.items():
            for beside in (f"{file}-wal", f"{file}-shm"):
                Path(beside).unlink(missing_ok=True)
            shutil.copyfile(kept, file)
        self._open()

    def _close(self) -> None:
        stores = self.house.stores
        stores.forget_vaults()
        for store in (stores.casework, stores.audit, stores.cards):
            store.dispose()

    def _open(self) -> None:
        sealing.when_sealed(lambda: None)
        for organisation, key in self.vault_keys.items():
            if not self.is_sealed:
                self.house.stores.open_vault(organisation, key)
        self.app.session_interface = Visits(Cookies(False))

    @contextmanager
    def sealed(self) -> Iterator[None]:
        """The same ground with every vault sealed."""
        self.house.stores.forget_vaults()
        self.is_sealed = True
        try:
            yield
        finally:
            self.is_sealed = False
            self._open()


def _let_the_city_decide(programme: Path) -> None:
    """Admission is decided on sheets by client code here, so that there are sheets to look at."""
    text = programme.read_text("utf-8")
    asked = text.replace('admission = "team_lead"', 'admission = "municipal_decision_maker"')
    programme.write_text(asked, "utf-8")


@contextmanager
def laid() -> Iterator[Ground]:
    """A new instance, migrated, its vaults open and the clock standing still; nothing of it stays."""
    with (
        engines.in_haste(),
        clock.fixed(NOW),
        houses.left_as_it_was(),
        tempfile.TemporaryDirectory(prefix="caseflow-proof-") as above,
    ):
        folder = Path(above) / "instance"
        folder.mkdir(mode=0o700)
        passphrase = secrets.token_urlsafe(24)
        keyring = Keyring.create(folder / "keyring.json", passphrase, CHEAP)
        keys = keyring.open_operations(passphrase)
        for kind in OPERATIONS_STORES:
            migrations.make(kind, path_of(folder, kind), keys[kind])
        vault_keys: dict[str, bytes] = {}
        for organisation in ORGANISATIONS:
            key = keyring.add_first_holder(organisation, "proof", secrets.token_urlsafe(24))
            migrations.make("vault", vault_path(folder, organisation), key)
            vault_keys[organisation] = key
        shutil.copytree(all_settings.SHIPPED_CONFIG / "demo", folder / "config")
        _let_the_city_decide(folder / "config" / "programmes" / "waterstad-lvv.toml")
        (folder / "config" / "settings.toml").write_text(OWN_SETTINGS, encoding="utf-8")
        app = create_app(all_settings.load(folder, environ={}), keyring, keys)
        house: House = app.extensions["caseflow"]
        ground = Ground(folder, app, house, passphrase, vault_keys)
        ground._open()
        try:
            yield ground
        finally:
            house.stores.close()
