"""The audit log, walked and signed: whether nothing was changed in it, and a head to keep elsewhere.

The chain shows what was changed or taken out of the middle. Only a checkpoint that was kept elsewhere shows that the
end was cut off, that an older copy was put back or went on by itself, or that the whole log was written anew by
somebody who holds the operations passphrase.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DatabaseError

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act, Fault, Verdict
from caseflow.storage.models.audit import Checkpoint, Entry
from caseflow.storage.stores import Stores

FORMAT: Final = "caseflow-checkpoint-1"
SHOWN: Final = 14
"""How many checkpoints are shown: two weeks of a daily job."""

__all__ = [
    "Comparison",
    "Fault",
    "KeptCheckpoint",
    "ShownCheckpoint",
    "Verdict",
    "checkpoint",
    "compared",
    "holds",
    "kept",
    "listed",
    "verify",
]


class Comparison(StrEnum):
    """What a kept checkpoint says about the log."""

    HOLDS = "holds"
    OTHER_INSTANCE = "other_instance"
    ALTERED = "altered"
    """The line itself was changed, or was signed elsewhere."""
    GONE = "gone"
    """The log is shorter than it was: its end was cut off, or an older copy was put back."""
    DIFFERENT = "different"
    """Another entry stands in its place: an older copy went on by itself, or the log was written anew."""


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


@dataclass(frozen=True)
class ShownCheckpoint:
    """A checkpoint as its page shows it: when it was made, and the line to copy."""

    at: datetime
    position: int
    line: str


def verify(actor: Actor, now: datetime) -> Verdict:
    """Walks the whole log, and tells the log that it was walked.

    A log that is broken may no longer take an entry; what was found is answered all the same.
    """
    stores = houses.current().stores
    verdict = audit_log.verify(stores)
    details = {"entries": verdict.entries, "sound": verdict.sound}
    try:
        audit_log.tell(stores, Act("audit_verified", actor, now, details=details))
    except DatabaseError:
        if verdict.sound:
            raise
    return verdict


def checkpoint(actor: Actor, now: datetime) -> KeptCheckpoint | Refused:
    """Signs the head of the log (Ed25519, a key derived from the audit key) after walking it.

    A log that is broken is not signed. The making itself is told first, and is the entry that is signed; entry and
    checkpoint stand or fall together, so that one without the other is a sign of tampering.
    """
    stores = houses.current().stores
    verdict = audit_log.verify(stores)
    if not verdict.sound:
        return Refused(
            N_(
                "The log is broken at entry %(position)s, so it is not signed.",
                position=_near(verdict),
            )
        )
    made: list[KeptCheckpoint] = []

    def sign(log: Connection, position: int, head: str) -> None:
        one = _signed(stores, position, head, now)
        log.execute(
            insert(Checkpoint).values(position=position, hash=head, at=now, signature=one.signature)
        )
        made.append(one)

    act = Act("checkpoint_made", actor, now, details={"position": verdict.entries + 1})
    audit_log.tell(stores, act, beside=sign)
    return made[0]


def kept(line: str) -> KeptCheckpoint | None:
    """A checkpoint read back from the line that was kept; None where it is no such line."""
    words = line.split()
    if len(words) != 6 or words[0] != FORMAT or not (words[2].isascii() and words[2].isdecimal()):
        return None
    if len(words[2]) > 15:  # more entries than any log has, and more than the store can count
        return None
    return KeptCheckpoint(words[1], int(words[2]), words[3], words[4], words[5])


def holds(one: KeptCheckpoint) -> bool:
    """Whether the log still has the entry that this checkpoint signed, and the signature is ours."""
    return compared(one) is Comparison.HOLDS


def compared(one: KeptCheckpoint) -> Comparison:
    """What a kept checkpoint says about the log as it is now; the walk itself is `verify`."""
    stores = houses.current().stores
    if one.instance != stores.source:
        return Comparison.OTHER_INSTANCE
    try:
        signature = b64decode(one.signature, validate=True)
        _signing_key(stores).public_key().verify(signature, one.signed.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return Comparison.ALTERED
    try:
        with stores.audit.connect() as log:
            found = log.scalar(select(Entry.hash).where(Entry.position == one.position))
    except DatabaseError:
        return Comparison.GONE
    if found is None:
        return Comparison.GONE
    return Comparison.HOLDS if found == one.hash else Comparison.DIFFERENT


def listed(actor: Actor, now: datetime) -> tuple[ShownCheckpoint, ...]:
    """The newest checkpoints, to be copied elsewhere, the look recorded first.

    Raises `NotKnown` for whoever may not see the log.
    """
    if not may_at_all(Permission.AUDIT_VIEW, actor.roles):
        raise NotKnown()
    stores = houses.current().stores
    with stores.audit.connect() as log:
        rows = log.execute(
            select(*Checkpoint.__table__.columns).order_by(Checkpoint.position.desc()).limit(SHOWN)
        ).all()
    act = Act(
        "checkpoints_listed",
        actor,
        now,
        details={"count": len(rows)},
        permission=Permission.AUDIT_VIEW.value,
        sensitivity="audit",
    )
    audit_log.tell(stores, act, result="shown")
    return tuple(
        ShownCheckpoint(
            row.at,
            row.position,
            KeptCheckpoint(
                stores.source, row.position, row.hash, _moment(row.at), row.signature
            ).line,
        )
        for row in rows
    )


def _near(verdict: Verdict) -> int:
    return verdict.broken_at or verdict.entries


def _signed(stores: Stores, position: int, head: str, now: datetime) -> KeptCheckpoint:
    unsigned = KeptCheckpoint(stores.source, position, head, _moment(now), "")
    signature = b64encode(_signing_key(stores).sign(unsigned.signed.encode())).decode()
    return KeptCheckpoint(unsigned.instance, position, head, unsigned.at, signature)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _signing_key(stores: Stores) -> Ed25519PrivateKey:
    """A key of its own for signatures, derived from the audit key (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"caseflow checkpoint")
    return Ed25519PrivateKey.from_private_bytes(kdf.derive(stores.keys["audit"]))
