"""The opened stores of one instance: three at once, a vault only once somebody unsealed it."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from caseflow.storage import engines, migrations
from caseflow.storage.keyring import Keyring, OperationsKeys

OPERATIONS_STORES: Final = ("casework", "audit", "cards")


class VaultSealed(Exception):
    """The vault of this organisation is sealed: the words wait until a holder unseals it."""

    def __init__(self, organisation: str) -> None:
        super().__init__(f"The vault of {organisation} is sealed.")
        self.organisation = organisation


def path_of(instance: Path, kind: str) -> Path:
    return instance / f"{kind}.db"


def vault_path(instance: Path, organisation: str) -> Path:
    return instance / "vaults" / f"{organisation}.db"


def binds(instance: Path, keys: OperationsKeys) -> dict[str, dict[str, Any]]:
    """The binds of an application: named stores only, no default, so that stray SQL raises.

    Each engine made of them still goes through `engines.hooked`; `Stores.open` needs no binds.
    """
    return {
        kind: engines.options(path_of(instance, kind), keys[kind], append_only=kind == "audit")
        for kind in OPERATIONS_STORES
    }


class Stores:
    """One instance, opened with its operations slot."""

    def __init__(
        self, instance: Path, keyring: Keyring, keys: OperationsKeys, opened: Mapping[str, Engine]
    ) -> None:
        self.instance = instance
        self.keyring = keyring
        self.keys = keys
        self.casework = opened["casework"]
        self.audit = opened["audit"]
        self.cards = opened["cards"]
        self._vaults: dict[str, Engine] = {}
        self._maintenance: dict[str, Callable[[], Engine]] = {}
        self._uses = threading.local()

    @classmethod
    def open(cls, instance: Path, keyring: Keyring, keys: OperationsKeys) -> Stores:
        """Opens the operations stores without an application around them.

        Raises `StoreRefused` for a store that is missing, not ours or older than its migrations.
        """
        check(instance, keys)
        opened = {
            kind: engines.engine(path_of(instance, kind), keys[kind], append_only=kind == "audit")
            for kind in OPERATIONS_STORES
        }
        return cls(instance, keyring, keys, opened)

    @property
    def source(self) -> str:
        return self.keyring.instance

    def unseal(self, organisation: str, holder: str, passphrase: str) -> None:
        """Opens one vault for this process. Raises `WrongPassphrase` and `StoreRefused`."""
        self.open_vault(
            organisation, self.keyring.again().open_vault(organisation, holder, passphrase)
        )

    def open_vault(self, organisation: str, key: bytes) -> None:
        path = vault_path(self.instance, organisation)
        migrations.check("vault", path, key)
        if organisation not in self._vaults:
            self._vaults[organisation] = engines.engine(path, key, append_only=True)
            self._maintenance[organisation] = lambda: engines.maintenance(path, key)

    def is_unsealed(self, organisation: str) -> bool:
        return organisation in self._vaults

    @property
    def vault_uses(self) -> int:
        """How often this thread took an open vault: whoever compares knows whether words were asked for."""
        return getattr(self._uses, "count", 0)

    def unsealed(self) -> tuple[str, ...]:
        return tuple(sorted(self._vaults))

    def forget_vaults(self) -> None:
        """Opens no vault any more; what this process read stays in its memory until the process ends."""
        forgotten, self._vaults, self._maintenance = self._vaults, {}, {}
        for store in forgotten.values():
            store.dispose()

    def vault(self, organisation: str) -> Engine:
        """The engine of an unsealed vault. Raises `VaultSealed`."""
        try:
            found = self._vaults[organisation]
        except KeyError:
            raise VaultSealed(organisation) from None
        self._uses.count = self.vault_uses + 1
        return found

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads the casework store; anything it would write is rolled back."""
        with Session(self.casework) as session:
            yield session
            session.rollback()

    @contextmanager
    def reading_vault(self, organisation: str) -> Iterator[Session]:
        with Session(self.vault(organisation)) as session:
            yield session
            session.rollback()

    @contextmanager
    def maintaining(self, organisation: str) -> Iterator[Engine]:
        """A vault for sweeps and erasure: rows may be deleted; ends by emptying its write-ahead log.

        Raises `VaultSealed`, and `StoreRefused` if a reader keeps the log from being emptied.
        """
        self.vault(organisation)  # raises while it is sealed
        store = self._maintenance[organisation]()
        try:
            yield store
            engines.empty_log(store)
        finally:
            store.dispose()

    def hashed(self, label: str, value: str) -> str:
        """A keyed hash that cannot be made elsewhere: `label` keeps one use apart from another."""
        return hmac.new(
            self.keys["person-hash"], f"{label}\x1f{value}".encode(), hashlib.sha256
        ).hexdigest()

    def close(self) -> None:
        for store in (self.casework, self.audit, self.cards, *self._vaults.values()):
            store.dispose()


def check(instance: Path, keys: OperationsKeys) -> None:
    """Raises `StoreRefused` unless every operations store is ours and at its newest revision."""
    for kind in OPERATIONS_STORES:
        migrations.check(kind, path_of(instance, kind), keys[kind])
