"""The audit log, walked and signed: whether nothing was changed in it, and a head to keep elsewhere.

The chain shows what was changed or taken out of the middle. Only a checkpoint that was kept elsewhere shows that the
end was cut off, or that the whole log was written anew by somebody who holds the operations passphrase.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import insert, select

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act, Verdict
from caseflow.storage.engines import writing
from caseflow.storage.models.audit import Checkpoint, Entry
from caseflow.storage.stores import Stores

FORMAT: Final = "caseflow-checkpoint-1"

__all__ = ["KeptCheckpoint", "Verdict", "checkpoint", "holds", "kept", "verify"]


@dataclass(frozen=True)
class KeptCheckpoint:
    """A head of the log, signed; `line` is what is kept elsewhere."""

    instance: str
    position: int
    hash: str
    at: str
    signature: str

    @property
    def signed(self) -> str:
        return f"{FORMAT} {self.instance} {self.position} {self.hash} {self.at}"

    @property
    def line(self) -> str:
        return f"{self.signed} {self.signature}"


def verify(actor: Actor, now: datetime) -> Verdict:
    """Walks the whole log, and tells the log that it was walked."""
    stores = houses.current().stores
    verdict = audit_log.verify(stores)
    details = {"entries": verdict.entries, "sound": verdict.sound}
    audit_log.tell(stores, Act("audit_verified", actor, now, details=details))
    return verdict


def checkpoint(actor: Actor, now: datetime) -> KeptCheckpoint | Refused:
    """Signs the head of the log (Ed25519, a key derived from the audit key) after walking it.

    A log that is broken is not signed. The making itself is told first, and is the entry that is signed.
    """
    stores = houses.current().stores
    verdict = audit_log.verify(stores)
    if not verdict.sound:
        return Refused(
            N_(
                "The log is broken at entry %(position)s, so it is not signed.",
                position=verdict.broken_at,
            )
        )
    act = Act("checkpoint_made", actor, now, details={"position": verdict.entries + 1})
    told = audit_log.tell(stores, act)
    with stores.audit.connect() as log:
        head = log.execute(select(Entry.position, Entry.hash).where(Entry.id == told)).one()
    unsigned = KeptCheckpoint(
        stores.source, head.position, head.hash, now.strftime("%Y-%m-%dT%H:%M:%SZ"), ""
    )
    signature = b64encode(_signing_key(stores).sign(unsigned.signed.encode())).decode()
    with writing(stores.audit).begin() as log:
        log.execute(
            insert(Checkpoint).values(
                position=head.position, hash=head.hash, at=now, signature=signature
            )
        )
    return KeptCheckpoint(unsigned.instance, head.position, head.hash, unsigned.at, signature)


def kept(line: str) -> KeptCheckpoint | None:
    """A checkpoint read back from the line that was kept; None where it is no such line."""
    words = line.split()
    if len(words) != 6 or words[0] != FORMAT or not words[2].isdecimal():
        return None
    return KeptCheckpoint(words[1], int(words[2]), words[3], words[4], words[5])


def holds(one: KeptCheckpoint) -> bool:
    """Whether the log still has the entry that this checkpoint signed, and the signature is ours."""
    stores = houses.current().stores
    if one.instance != stores.source:
        return False
    try:
        signature = b64decode(one.signature, validate=True)
        _signing_key(stores).public_key().verify(signature, one.signed.encode())
    except (InvalidSignature, binascii.Error):
        return False
    with stores.audit.connect() as log:
        found = log.scalar(select(Entry.hash).where(Entry.position == one.position))
    return found == one.hash


def _signing_key(stores: Stores) -> Ed25519PrivateKey:
    """A key of its own for signatures, derived from the audit key (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"caseflow checkpoint")
    return Ed25519PrivateKey.from_private_bytes(kdf.derive(stores.keys["audit"]))
