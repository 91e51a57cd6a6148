"""The keyring: random 256-bit keys, each wrapped in slots that a passphrase opens.

An *operations* slot opens the casework, audit and cards stores and signs checkpoints. *Holder* slots, one per
named person, open one organisation's vault each. Nothing in the file is of use without a passphrase.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import uuid
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
FORMAT: Final = "caseflow-keyring"
VERSION: Final = 1
OPERATIONS: Final = "operations"
OPERATIONS_KEYS: Final = ("casework", "audit", "cards", "accounts", "person-hash")
"""What the operations slot holds: three stores, the key under which second-factor seeds lie, and the key of hashes."""

_derivations = threading.BoundedSemaphore(
    2
)  # two at a time: 64 MiB each must not exhaust a small server


class KeyringRefused(Exception):
    """The keyring cannot be opened or changed; the message says why and never holds a key."""


class WrongPassphrase(KeyringRefused):
    """No slot opens with this passphrase."""


@dataclass(frozen=True)
class Derivation:
    """Argon2id cost: RFC 9106's low-memory choice made a little dearer; tests use the least that is allowed."""

    memory_kib: int = 65536
    passes: int = 4
    lanes: int = 2

    def key(self, passphrase: str, salt: bytes) -> bytes:
        with _derivations:
            return hash_secret_raw(
                passphrase.encode(),
                salt,
                time_cost=self.passes,
                memory_cost=self.memory_kib,
                parallelism=self.lanes,
                hash_len=KEY_BYTES,
                type=Type.ID,
            )


def checked_key(key: bytes) -> bytes:
    """The key itself, if it is exactly 32 bytes.

    A shorter one would be taken by SQLCipher for a passphrase without a word.
    """
    if len(key) != KEY_BYTES:
        raise KeyringRefused(
            f"A store key must be exactly {KEY_BYTES} bytes; this one has {len(key)}."
        )
    return key


def _wrap(payload: bytes, passphrase: str, label: str, cost: Derivation) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(cost.key(passphrase, salt)).encrypt(nonce, payload, label.encode())
    return {
        "kdf": "argon2id",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": b64encode(salt).decode(),
        "nonce": b64encode(nonce).decode(),
        "sealed": b64encode(sealed).decode(),
    }


def _unwrap(slot: Mapping[str, Any], passphrase: str, label: str) -> bytes:
    cost = Derivation(slot["memory_kib"], slot["passes"], slot["lanes"])
    key = cost.key(passphrase, b64decode(slot["salt"]))
    try:
        return AESGCM(key).decrypt(
            b64decode(slot["nonce"]), b64decode(slot["sealed"]), label.encode()
        )
    except InvalidTag:
        raise WrongPassphrase("The passphrase does not open this slot.") from None


@dataclass(frozen=True)
class OperationsKeys:
    """The opened operations slot. Its `repr` tells nothing."""

    keys: Mapping[str, bytes] = field(repr=False)

    def __getitem__(self, name: str) -> bytes:
        return checked_key(self.keys[name])


class Keyring:
    """The file `keyring.json` of one instance."""

    def __init__(self, path: Path, content: dict[str, Any], cost: Derivation | None = None) -> None:
        self.path = path
        self._content = content
        self._cost = cost or Derivation()

    @classmethod
    def create(cls, path: Path, passphrase: str, cost: Derivation | None = None) -> Keyring:
        """A new keyring with fresh keys under an operations passphrase; refuses to replace one."""
        if path.exists():
            raise KeyringRefused(
                f"{path.name} exists already; a new one would make every store unreadable."
            )
        keys = {
            name: b64encode(secrets.token_bytes(KEY_BYTES)).decode() for name in OPERATIONS_KEYS
        }
        cost = cost or Derivation()
        slot = _wrap(json.dumps(keys).encode(), passphrase, OPERATIONS, cost)
        keyring = cls(
            path,
            {
                "format": FORMAT,
                "version": VERSION,
                "instance": str(uuid.uuid4()),
                "operations": slot,
                "organisations": {},
            },
            cost,
        )
        keyring._write()
        return keyring

    @classmethod
    def read(cls, path: Path, cost: Derivation | None = None) -> Keyring:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise KeyringRefused(
                f"{path.name} is missing in the instance folder. Make an instance with: run.py init"
            ) from None
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise KeyringRefused(
                f"{path.name} is damaged. Put back the copy from your backup."
            ) from None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise KeyringRefused(
                f"{path.name} is not a caseflow keyring. Check the instance folder."
            )
        if content.get("version") != VERSION:
            raise KeyringRefused(
                f"{path.name} was written by another version. Use that version of caseflow."
            )
        return cls(path, content, cost)

    @property
    def instance(self) -> str:
        """The random id of this instance: the source named in every audit entry."""
        return str(self._content["instance"])

    def open_operations(self, passphrase: str) -> OperationsKeys:
        """The keys of the operations slot. Raises `WrongPassphrase`."""
        held = json.loads(_unwrap(self._content["operations"], passphrase, OPERATIONS))
        return OperationsKeys({name: b64decode(value) for name, value in held.items()})

    def holders(self, organisation: str) -> tuple[str, ...]:
        """Names of those who can open this organisation's vault."""
        return tuple(sorted(self._slots(organisation)))

    def organisations(self) -> tuple[str, ...]:
        return tuple(sorted(self._content["organisations"]))

    def add_first_holder(self, organisation: str, name: str, passphrase: str) -> bytes:
        """Makes an organisation's vault key under its first holder's passphrase; answers the key."""
        if self._slots(organisation):
            raise KeyringRefused(
                f"{organisation} has holders already; one of them must be present."
            )
        key = secrets.token_bytes(KEY_BYTES)
        self._add(organisation, name, passphrase, key)
        return key

    def add_holder(
        self, organisation: str, name: str, passphrase: str, present: str, present_passphrase: str
    ) -> None:
        """Adds a holder beside one who is present. Raises `WrongPassphrase` for the one present."""
        key = self.open_vault(organisation, present, present_passphrase)
        self._add(organisation, name, passphrase, key)

    def remove_holder(self, organisation: str, name: str) -> None:
        slots = self._slots(organisation)
        if name not in slots:
            raise KeyringRefused(f"{organisation} has no holder of that name.")
        if len(slots) == 1:
            raise KeyringRefused(
                "The last holder stays: without one the vault could never be opened again."
            )
        del slots[name]
        self._write()

    def open_vault(self, organisation: str, name: str, passphrase: str) -> bytes:
        """The vault key, for one named holder. Raises `WrongPassphrase`, also for an unknown name."""
        slot = self._slots(organisation).get(name)
        if slot is None:
            # The same work for a name nobody has: timing must not tell who the holders are.
            self._cost.key(passphrase, secrets.token_bytes(16))
            raise WrongPassphrase("The passphrase does not open this slot.")
        return checked_key(_unwrap(slot, passphrase, f"{organisation}/{name}"))

    def _slots(self, organisation: str) -> dict[str, Any]:
        slots: dict[str, Any] = self._content["organisations"].setdefault(organisation, {})
        return slots

    def _add(self, organisation: str, name: str, passphrase: str, key: bytes) -> None:
        slots = self._slots(organisation)
        if name in slots:
            raise KeyringRefused(f"{organisation} has a holder of that name already.")
        slots[name] = _wrap(checked_key(key), passphrase, f"{organisation}/{name}", self._cost)
        self._write()

    def _write(self) -> None:
        """Replaces the file in one step, so that a crash leaves the old or the new keyring whole."""
        beside = self.path.with_name(self.path.name + ".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self._content, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
