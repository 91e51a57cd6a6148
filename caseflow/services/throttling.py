"""How often somebody may try to sign in: for one account, from one address, and all together.

Attempts are counted in the store, so a restart forgets none. Names and addresses are kept as keyed hashes for an
hour. A browser that signed in before has an allowance of its own: a stranger who tries a colleague's name cannot
keep that colleague out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import SignInAttempt

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
ADDRESS_PER_MINUTE: Final = 20  # a whole office may share one address
ADDRESS_PER_HOUR: Final = 100
EVERYBODY_PER_MINUTE: Final = 60
EVERYBODY_PER_HOUR: Final = 600


@dataclass(frozen=True)
class Admitted:
    """An attempt that may go on; it counts as failed until it is forgiven."""

    attempts: tuple[int, ...]


@dataclass(frozen=True)
class Wait:
    """Too many attempts: from when on the next one is looked at, and whether this is news for the log."""

    until: datetime
    is_news: bool


@dataclass(frozen=True)
class TooMany(Refused):
    """Refused because of how often it was tried, whatever was tried."""


@dataclass(frozen=True)
class _Limit:
    key: str
    per_minute: int
    per_hour: int


def admit(name: str, address: str, known_device: str | None, now: datetime) -> Admitted | Wait:
    """Counts an attempt before anything is checked, or answers how long to wait.

    `known_device` is the fingerprint of a browser that this very account signed in from before.
    """
    limits = _limits(name, address, known_device)
    with jotting(houses.current().stores) as notes:
        notes.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - HOUR))
        until = max((_free_at(notes, limit, now) for limit in limits), default=now)
        if until > now:
            return Wait(until, _is_news(notes, name, now))
        return Admitted(
            tuple(
                notes.scalars(
                    insert(SignInAttempt)
                    .values([{"key_hash": limit.key, "at": now} for limit in limits])
                    .returning(SignInAttempt.id)
                ).all()
            )
        )


def forgive(admitted: Admitted) -> None:
    """Takes back an attempt that turned out right."""
    with jotting(houses.current().stores) as notes:
        notes.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(admitted.attempts)))


def refusal(wait: Wait) -> TooMany:
    """When to try again, to the whole minute: nobody reads seconds."""
    until = wait.until.replace(second=0, microsecond=0) + MINUTE
    return TooMany(N_("Too many attempts. Try again after %(moment)s.", moment=until))


def _limits(name: str, address: str, known_device: str | None) -> tuple[_Limit, ...]:
    signin = houses.current().settings.signin
    per_minute, per_hour = signin.attempts_per_minute, signin.attempts_per_hour
    if known_device is not None:
        return (_Limit(_key("device", known_device), per_minute, per_hour),)
    return (
        _Limit(_key("account", name), per_minute, per_hour),
        _Limit(_key("address", address), ADDRESS_PER_MINUTE, ADDRESS_PER_HOUR),
        _Limit(_key("everybody", ""), EVERYBODY_PER_MINUTE, EVERYBODY_PER_HOUR),
    )


def _key(kind: str, value: str) -> str:
    return houses.current().stores.hashed(f"sign-in {kind}", value)


def _free_at(notes: Session, limit: _Limit, now: datetime) -> datetime:
    """From when on one more attempt stays within both limits."""
    latest = notes.scalars(
        select(SignInAttempt.at)
        .where(SignInAttempt.key_hash == limit.key)
        .order_by(SignInAttempt.at.desc())
        .limit(max(limit.per_minute, limit.per_hour))
    ).all()
    free = now
    for count, window in ((limit.per_minute, MINUTE), (limit.per_hour, HOUR)):
        if len(latest) >= count:
            free = max(free, latest[count - 1] + window)
    return free


def _is_news(notes: Session, name: str, now: datetime) -> bool:
    """Whether the log was not yet told within this minute that this name waits."""
    key = _key("waiting", name)
    told = notes.scalar(
        select(SignInAttempt.id)
        .where(SignInAttempt.key_hash == key, SignInAttempt.at > now - MINUTE)
        .limit(1)
    )
    if told is None:
        notes.execute(insert(SignInAttempt).values(key_hash=key, at=now))
    return told is None
