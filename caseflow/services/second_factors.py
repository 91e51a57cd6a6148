"""The code from a colleague's phone: its seed, sealed at rest, and each code taken once (RFC 6238)."""

from __future__ import annotations

import hmac
import io
import secrets
from datetime import datetime
from typing import Final

import pyotp
import segno
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseflow.services import account_keys, houses

SECONDS: Final = 30
WINDOW: Final = 1
"""Steps before and after the present one that are taken too, for clocks that differ a little."""
_FORM: Final = b"\x01"
_NONCE_BYTES: Final = 12
NOBODYS_SEED: Final = pyotp.random_base32()
"""For names without an account: their code costs the same work and is never right."""


def new_seed() -> str:
    """A random seed of 160 bits, as an authenticator app takes it."""
    return pyotp.random_base32()


def sealed(seed: str, user_id: str) -> bytes:
    """The seed as it is stored; it opens for this account alone."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORM + nonce + _box().encrypt(nonce, seed.encode(), _bound_to(user_id))


def opened(stored: bytes, user_id: str) -> str:
    """The seed of an account. Raises `InvalidTag` for one that was copied from another account."""
    if stored[:1] != _FORM:
        raise ValueError("This second factor was written by another version of caseflow.")
    nonce, box = stored[1 : 1 + _NONCE_BYTES], stored[1 + _NONCE_BYTES :]
    return _box().decrypt(nonce, box, _bound_to(user_id)).decode()


def step_of(seed: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, the present one or a neighbour; None for a wrong code.

    Every candidate is compared, so that the time taken tells nothing. The caller takes a step once.
    """
    totp = pyotp.TOTP(seed, interval=SECONDS)
    present = int(now.timestamp()) // SECONDS
    given = "".join(sign for sign in code if not sign.isspace()).encode()
    matched = None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), given):
            matched = step
    return matched


def address(seed: str, username: str) -> str:
    """What an authenticator app reads: the seed, the account's name and the name of this program."""
    return pyotp.TOTP(seed, interval=SECONDS).provisioning_uri(
        name=username, issuer_name="caseflow"
    )


def picture(seed: str, username: str) -> bytes:
    """The same as a QR code in SVG, without any style or script in it."""
    drawn = io.BytesIO()
    code = segno.make(address(seed, username), error="m", micro=False)
    code.save(drawn, kind="svg", scale=5, border=4, light="#fff", svgclass=None, lineclass=None)
    return drawn.getvalue()


def _box() -> AESGCM:
    return AESGCM(account_keys.derived(houses.current().stores.keys, "second factors"))


def _bound_to(user_id: str) -> bytes:
    return f"totp\x1f{user_id}".encode()
