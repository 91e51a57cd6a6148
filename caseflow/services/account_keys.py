"""Keys for accounts, each derived for one use from the accounts key of the operations slot."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseflow.storage.keyring import KEY_BYTES, OperationsKeys


def derived(keys: OperationsKeys, use: str) -> bytes:
    """A key of 32 bytes for one use; knowing one tells nothing about another (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"caseflow {use}".encode())
    return kdf.derive(keys["accounts"])
