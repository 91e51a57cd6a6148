"""The keyring: random 256-bit keys, each wrapped in slots that a passphrase opens.

An *operations* slot opens the casework, audit and cards stores and signs checkpoints. *Holder* slots,
one per named person, open one organisation's vault each. Nothing in the file is of use without a
passphrase.
"""

from __future__ import annotations

import binascii
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

from caseflow.domain.messages import N_

KEY_BYTES: Final = 32
FORMAT: Final = "caseflow-keyring"
VERSION: Final = 1
OPERATIONS: Final = "operations"
OPERATIONS_KEYS: Final = ("casework", "audit", "cards", "accounts", "person-hash")
"""Three stores, the key under which second-factor seeds lie, and the key of hashes."""
_MOST_MEMORY_KIB: Final = 4 * 1024 * 1024

_two_at_a_time = threading.BoundedSemaphore(2)  # 64 MiB each must not exhaust a small server


class KeyringRefused(Exception):
    """The keyring cannot be opened or changed; the message says why and never holds a key."""


class WrongPassphrase(KeyringRefused):
    """No slot opens with this passphrase."""


@dataclass(frozen=True)
class Derivation:
    """Argon2id cost: RFC 9106's low-memory choice made a little dearer; tests use the least allowed."""

    memory_kib: int = 65536
    passes: int = 4
    lanes: int = 2

    def key(self, passphrase: str, salt: bytes) -> bytes:
        with _two_at_a_time:
            return hash_secret_raw(
                passphrase.encode(),
                salt,
                time_cost=self.passes,
                memory_cost=self.memory_kib,
                parallelism=self.lanes,
                hash_len=KEY_BYTES,
                type=Type.ID,
            )


class Key(bytes):
    """A store key that no traceback, log or debugger prints."""

    def __repr__(self) -> str:
        return "<key>"

    __str__ = __repr__


def checked_key(key: bytes) -> Key:
    """The key itself, if it is exactly 32 bytes.

    A shorter one would be taken by SQLCipher for a passphrase without a word.
    """
    if len(key) != KEY_BYTES:
        raise KeyringRefused(
            N_(
                "A store key must be exactly %(needed)s bytes; this one has %(found)s.",
                needed=KEY_BYTES,
                found=len(key),
            )
        )
    return Key(key)


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
        raise WrongPassphrase(N_("The passphrase does not open this slot.")) from None


@dataclass(frozen=True)
class OperationsKeys:
    """The opened operations slot. Its `repr` tells nothing."""

    keys: Mapping[str, bytes] = field(repr=False)

    def __getitem__(self, name: str) -> Key:
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
                N_(
                    "%(file)s exists already; a new one would make every store unreadable.",
                    file=path.name,
                )
            )
        keys = {
            name: b64encode(secrets.token_bytes(KEY_BYTES)).decode() for name in OPERATIONS_KEYS
        }
        cost = cost or Derivation()
        keyring = cls(path, {}, cost)
        keyring._write(
            {
                "format": FORMAT,
                "version": VERSION,
                "instance": str(uuid.uuid4()),
                "operations": _wrap(json.dumps(keys).encode(), passphrase, OPERATIONS, cost),
                "organisations": {},
            }
        )
        return keyring

    @classmethod
    def read(cls, path: Path, cost: Derivation | None = None) -> Keyring:
        """The keyring in a file. Raises `KeyringRefused` if it is missing, damaged or not ours."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise KeyringRefused(
                N_(
                    "%(file)s is missing in the instance folder. Make an instance with: run.py init",
                    file=path.name,
                )
            ) from None
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise _damaged(path) from None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise KeyringRefused(
                N_("%(file)s is not a caseflow keyring. Check the instance folder.", file=path.name)
            )
        if content.get("version") != VERSION:
            raise KeyringRefused(
                N_(
                    "%(file)s was written by another version. Use that version of caseflow.",
                    file=path.name,
                )
            )
        if not _is_whole(content):
            raise _damaged(path)
        return cls(path, content, cost)

    def again(self) -> Keyring:
        """The keyring as its file is now: a command may have added a holder since this one was read."""
        return Keyring.read(self.path, self._cost)

    @property
    def cost(self) -> Derivation:
        """What a slot made from now on costs to open; each slot carries its own."""
        return self._cost

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

    def add_first_holder(self, organisation: str, name: str, passphrase: str) -> Key:
        """Makes an organisation's vault key under its first holder's passphrase; answers the key."""
        if self._slots(organisation):
            raise KeyringRefused(
                N_(
                    "%(organisation)s has holders already; one of them must be present.",
                    organisation=organisation,
                )
            )
        key = checked_key(secrets.token_bytes(KEY_BYTES))
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
            raise KeyringRefused(
                N_("%(organisation)s has no holder of that name.", organisation=organisation)
            )
        if len(slots) == 1:
            raise KeyringRefused(
                N_("The last holder stays: without one the vault could never be opened again.")
            )
        self._write_slots(organisation, {n: slot for n, slot in slots.items() if n != name})

    def open_vault(self, organisation: str, name: str, passphrase: str) -> Key:
        """The vault key, for one named holder. Raises `WrongPassphrase`, also for an unknown name."""
        slot = self._slots(organisation).get(name)
        if slot is None:
            # The same work for a name nobody has: timing must not tell who the holders are.
            self._cost.key(passphrase, secrets.token_bytes(16))
            raise WrongPassphrase(N_("The passphrase does not open this slot."))
        return checked_key(_unwrap(slot, passphrase, _label(organisation, name)))

    def _slots(self, organisation: str) -> Mapping[str, Any]:
        slots: Mapping[str, Any] = self._content["organisations"].get(organisation, {})
        return slots

    def _add(self, organisation: str, name: str, passphrase: str, key: bytes) -> None:
        slots = self._slots(organisation)
        if name in slots:
            raise KeyringRefused(
                N_("%(organisation)s has a holder of that name already.", organisation=organisation)
            )
        slot = _wrap(checked_key(key), passphrase, _label(organisation, name), self._cost)
        self._write_slots(organisation, {**slots, name: slot})

    def _write_slots(self, organisation: str, slots: Mapping[str, Any]) -> None:
        if self.again()._content != self._content:
            raise KeyringRefused(
                N_("%(file)s was changed meanwhile. Run the command again.", file=self.path.name)
            )
        everybody = {**self._content["organisations"], organisation: slots}
        self._write({**self._content, "organisations": everybody})

    def _write(self, content: dict[str, Any]) -> None:
        """Replaces the file in one step, so that a crash leaves the old or the new keyring whole."""
        beside = self.path.with_name(self.path.name + ".new")
        beside.unlink(missing_ok=True)  # left by a crash, perhaps with another mode
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._content = content


def _damaged(path: Path) -> KeyringRefused:
    return KeyringRefused(
        N_("%(file)s is damaged. Put back the copy from your backup.", file=path.name)
    )


def _label(organisation: str, name: str) -> str:
    """What a slot is bound to: it opens nothing when copied to another name or organisation."""
    return f"{organisation}\x1f{name}"


def _is_whole(content: Mapping[str, Any]) -> bool:
    organisations = content.get("organisations")
    return (
        isinstance(content.get("instance"), str)
        and isinstance(organisations, dict)
        and all(isinstance(slots, dict) for slots in organisations.values())
        and _is_slot(content.get("operations"))
        and all(_is_slot(slot) for slots in organisations.values() for slot in slots.values())
    )


def _is_slot(slot: object) -> bool:
    if not isinstance(slot, dict) or slot.get("kdf") != "argon2id":
        return False
    costs = [slot.get(name) for name in ("memory_kib", "passes", "lanes")]
    if not all(isinstance(cost, int) and 0 < cost <= _MOST_MEMORY_KIB for cost in costs):
        return False
    try:
        salt, nonce, sealed = (
            b64decode(slot[name], validate=True) for name in ("salt", "nonce", "sealed")
        )
    except (KeyError, TypeError, binascii.Error):
        return False
    return len(salt) == 16 and len(nonce) == 12 and len(sealed) > KEY_BYTES
