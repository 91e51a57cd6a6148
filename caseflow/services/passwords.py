"""Passwords: what is refused when one is chosen, and how one is checked.

Argon2id at the installation's cost, a few derivations at a time. Length 15 to 128, no rule about kinds of
signs, no forced change; what is easy to guess is refused (OWASP ASVS 5.0.0, 6.2).
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.settings import PassphraseCost

SHORTEST: Final = 15
LONGEST: Final = 128
LEAST_SCORE: Final = 3
"""Of zxcvbn's 0 to 4: under 3, fewer than 10^8 guesses suffice (common lists, rows of keys, repetition)."""


def acceptable(password: str, about: tuple[str, ...] = ()) -> Decision:
    """Whether somebody may choose this password; `about` are words an attacker tries first, as their name."""
    chosen = _normal(password)
    if len(chosen) < SHORTEST:
        return Refused(
            N_("Use at least %(count)s characters. A short sentence works well.", count=SHORTEST)
        )
    if len(chosen) > LONGEST:
        return Refused(N_("Use at most %(count)s characters.", count=LONGEST))
    guessed = zxcvbn(chosen, user_inputs=["caseflow", *about], max_length=LONGEST)
    if guessed["score"] < LEAST_SCORE:
        return Refused(
            N_(
                "This password is easy to guess. Choose four or more words that do not belong together."
            )
        )
    return Allowed()


def hashed(password: str) -> str:
    """The password as it is stored, with its cost and salt."""
    cost = houses.current().settings.passphrases
    with _turns(cost.at_once):
        return _hasher(cost).hash(_normal(password))


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; the same work where there is none to compare with."""
    cost = houses.current().settings.passphrases
    compared = _nobodys(cost)
    given = _normal(password[: 4 * LONGEST])
    with _turns(cost.at_once):
        try:
            _hasher(cost).verify(stored or compared, given)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None and len(given) <= LONGEST


def is_outdated(stored: str) -> bool:
    """Whether a stored password was hashed at another cost than the present one."""
    return _hasher(houses.current().settings.passphrases).check_needs_rehash(stored)


def _normal(password: str) -> str:
    # The same letters typed on another keyboard are the same password.
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher(cost: PassphraseCost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.rounds,
        memory_cost=cost.memory_mib * 1024,
        parallelism=cost.lanes,
        type=Type.ID,
    )


@cache
def _nobodys(cost: PassphraseCost) -> str:
    """A password that nobody knows, so that a name without an account costs the same time."""
    return _hasher(cost).hash(secrets.token_urlsafe(32))


@cache
def _turns(at_once: int) -> BoundedSemaphore:
    return BoundedSemaphore(at_once)
