"""Signing in: a name, a password and a code, asked together and refused together.

An unknown name, a wrong password, a wrong code and a suspended account get the same answer for the same work.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Work

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import actors, houses, passwords, second_factors, sessions, throttling
from caseflow.services.sessions import Begun, fingerprint
from caseflow.services.throttling import Wait
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.models.accounts import KnownDevice, Session, UserAccount
from caseflow.storage.models.bases import new_id

NOBODY: Final = Actor("nobody", "", access_point="web")
"""Who tried to sign in and did not: the log names no account that was only tried."""
WRONG: Final = N_("The name, the password or the code is not right. Check all three and try again.")
DEVICE_DAYS: Final = 180


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and where from."""

    username: str
    password: str
    code: str
    address: str
    device_token: str | None = None
    """The cookie of a browser that signed in before."""
    device: str | None = None
    """What kind of browser it is, in a few words."""


@dataclass(frozen=True)
class Welcome:
    """A session for the browser, and the token by which the browser is known next time."""

    session: Begun
    device_token: str


@dataclass(frozen=True)
class _Account:
    id: str
    is_active: bool
    password_hash: str | None
    seed: str | None


def sign_in(attempt: Attempt, now: datetime) -> Welcome | Refused:
    """Begins a session, or says in one sentence what to do. Every factor is checked every time."""
    name = actors.plain_name(attempt.username)
    admitted = throttling.admit(name, attempt.address, _known_device(name, attempt), now)
    if isinstance(admitted, Wait):
        if admitted.is_news:
            _tell_refusal(name, "throttled", now)
        return throttling.refusal(admitted)
    account = _account(name)
    has_password = passwords.is_right(account.password_hash if account else None, attempt.password)
    seed = account.seed if account and account.seed else second_factors.NOBODYS_SEED
    step = second_factors.step_of(seed, attempt.code, now)
    if (
        account is None
        or not account.seed
        or not account.is_active
        or not has_password
        or step is None
    ):
        _tell_refusal(name, "wrong", now)
        return Refused(WRONG)
    welcome = _welcomed(account, attempt, step, now)
    if not isinstance(welcome, Welcome):
        _tell_refusal(name, "code-used", now)
        return welcome
    throttling.forgive(admitted)
    return welcome


def step_up(actor: Actor, code: str, now: datetime) -> Decision:
    """Takes a fresh code for a weighty act; it counts for `[sessions] step_up_minutes`."""
    admitted = throttling.admit(f"step-up {actor.user_id}", "", actor.user_id, now)
    if isinstance(admitted, Wait):
        return throttling.refusal(admitted)
    step = own_step(actor, code, now)
    reference = sessions.own(actor)
    act = Act("stepped_up", actor, now, object_id=reference, details={"factor": "totp"})
    with change(houses.current().stores, act) as writing:
        if step is None or not take(writing.casework, actor.user_id, step):
            return writing.refuse(Refused(N_("That code is not right. Wait for the next one.")))
        writing.casework.execute(
            update(Session).where(Session.reference == reference).values(stepped_up_at=now)
        )
    throttling.forgive(admitted)
    return Allowed()


def is_fresh(actor: Actor, now: datetime) -> bool:
    """Whether the actor gave a code so shortly ago that a weighty act needs no new one."""
    minutes = houses.current().settings.sessions.step_up_minutes
    given = actor.stepped_up_at
    return given is not None and now - given < timedelta(minutes=minutes)


def own_step(actor: Actor, code: str, now: datetime) -> int | None:
    """The time step of a code that the actor's own phone shows; None for a wrong one."""
    with houses.current().stores.reading() as reading:
        stored = reading.scalar(
            select(UserAccount.totp_seed_sealed).where(UserAccount.id == actor.user_id)
        )
    if stored is None:
        return None
    return second_factors.step_of(second_factors.opened(stored, actor.user_id), code, now)


def take(work: Work, user_id: str, step: int) -> bool:
    """Takes a code in a change under way; false for one that was taken before, by whichever request."""
    taken = work.scalars(
        update(UserAccount.__table__)  # type: ignore[arg-type]
        .where(UserAccount.id == user_id, UserAccount.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(UserAccount.id)
    ).all()
    return bool(taken)


def _account(name: str) -> _Account | None:
    with houses.current().stores.reading() as reading:
        found = reading.scalar(select(UserAccount).where(UserAccount.username == name))
        if found is None:
            return None
        stored = found.totp_seed_sealed
        seed = second_factors.opened(stored, found.id) if stored is not None else None
        return _Account(found.id, found.status == "active", found.password_hash, seed)


def _known_device(name: str, attempt: Attempt) -> str | None:
    if not attempt.device_token:
        return None
    with houses.current().stores.reading() as reading:
        return reading.scalar(
            select(KnownDevice.token_hash)
            .join(UserAccount, UserAccount.id == KnownDevice.user_id)
            .where(
                UserAccount.username == name,
                KnownDevice.token_hash == fingerprint(attempt.device_token),
            )
        )


def _welcomed(account: _Account, attempt: Attempt, step: int, now: datetime) -> Welcome | Refused:
    reference = new_id()
    actor = actors.actor_for(account.id, reference)
    if actor is None:
        return Refused(WRONG)  # suspended between the check and here
    act = Act("signed_in", actor, now, object_id=reference, details={"factor": "totp"})
    outdated = account.password_hash is not None and passwords.is_outdated(account.password_hash)
    new_hash = passwords.hashed(attempt.password) if outdated else None
    with change(houses.current().stores, act) as writing:
        if not take(writing.casework, account.id, step):
            return writing.refuse(Refused(WRONG))
        seen = {"last_signed_in_at": now} | ({"password_hash": new_hash} if new_hash else {})
        writing.casework.execute(
            update(UserAccount).where(UserAccount.id == account.id).values(**seen)
        )
        begun = sessions.begin_in(writing.casework, account.id, reference, now, attempt.device)
        return Welcome(begun, _remembered(writing.casework, account.id, attempt, now))


def _remembered(work: Work, user_id: str, attempt: Attempt, now: datetime) -> str:
    """The device token for the next time: the same for the same account, else a new one."""
    token = attempt.device_token
    if token:
        device = work.get(KnownDevice, fingerprint(token))
        if device is not None and device.user_id == user_id:
            device.last_used_on = now.date()
            return token
    token = secrets.token_urlsafe(32)
    work.add(KnownDevice(token_hash=fingerprint(token), user_id=user_id, last_used_on=now.date()))
    return token


def _tell_refusal(name: str, why: str, now: datetime) -> None:
    """Tells the log; the tried name stands there as a keyed hash that only this instance can make."""
    stores = houses.current().stores
    act = Act(
        "sign_in_refused",
        NOBODY,
        now,
        object_id=stores.hashed("sign-in name", name)[:36],
        details={"why": why},
    )
    audit_log.tell(stores, act, result="refused")
