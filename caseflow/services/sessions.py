"""Signed-in browsers: begun, recognised on every request, and ended at once when somebody ends them.

The browser holds a random token of 256 bits; the store holds its hash. Limits come from `[sessions]`
(OWASP ASVS 5.0.0, 7.2 to 7.5).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Work

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import actors, houses
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import Session, UserAccount
from caseflow.storage.models.bases import new_id

SEEN_EVERY: Final = timedelta(minutes=1)
"""How exact `last_seen_at` is; one write a minute, not one a request."""


@dataclass(frozen=True)
class Begun:
    """A new session: the token for the browser, which is nowhere else, and the reference for pages."""

    token: str
    reference: str


@dataclass(frozen=True)
class SignedIn:
    """Who is behind a request, with the roles that count now."""

    reference: str
    display_name: str
    locale: str
    actor: Actor


@dataclass(frozen=True)
class OwnSession:
    """One of a colleague's own sessions, as their account page lists it."""

    reference: str
    device: str | None
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


def fingerprint(token: str) -> str:
    """What the store keeps of a token; from it the token cannot be made again."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_in(work: Work, user_id: str, reference: str, now: datetime, device: str | None) -> Begun:
    """Adds a session to a change under way; the token is new at every sign-in."""
    token = secrets.token_urlsafe(32)
    longest = timedelta(hours=houses.current().settings.sessions.longest_hours)
    work.add(
        Session(
            token_hash=fingerprint(token),
            user_id=user_id,
            reference=reference,
            created_at=now,
            last_seen_at=now,
            ends_at=now + longest,
            stepped_up_at=now,
            device=device,
        )
    )
    return Begun(token, reference)


def begin(user_id: str, now: datetime, device: str | None = None, factor: str = "totp") -> Begun:
    """Begins a session for a colleague whose factors were checked, and tells the log."""
    reference = new_id()
    actor = actors.actor_for(user_id, reference)
    if actor is None:
        raise LookupError("There is no active account with this id.")
    act = Act("signed_in", actor, now, object_id=reference, details={"factor": factor})
    with change(houses.current().stores, act) as writing:
        return begin_in(writing.casework, user_id, reference, now, device)


def recognise(token: str, now: datetime) -> SignedIn | None:
    """Who holds this token, if their session still runs and their account is active."""
    house = houses.current()
    idle = timedelta(minutes=house.settings.sessions.idle_minutes)
    with house.stores.reading() as reading:
        found = reading.execute(
            select(Session, UserAccount)
            .join(UserAccount, UserAccount.id == Session.user_id)
            .where(Session.token_hash == fingerprint(token))
        ).first()
        if found is None:
            return None
        session, account = found
        runs = session.revoked_at is None and now < session.ends_at
        if not runs or now >= session.last_seen_at + idle or account.status != "active":
            return None
        actor = actors.actor_of(reading, account, session.reference, session.stepped_up_at)
        known = SignedIn(session.reference, account.display_name, account.locale, actor)
        is_seen_again = now - session.last_seen_at >= SEEN_EVERY
    if is_seen_again:
        _seen(known.reference, now)
    return known


def _seen(reference: str, now: datetime) -> None:
    with jotting(houses.current().stores) as notes:
        notes.execute(
            update(Session)
            .where(Session.reference == reference, Session.revoked_at.is_(None))
            .values(last_seen_at=now)
        )


def listed(actor: Actor, now: datetime) -> tuple[OwnSession, ...]:
    """A colleague's own running sessions, the latest first."""
    house = houses.current()
    idle = timedelta(minutes=house.settings.sessions.idle_minutes)
    with house.stores.reading() as reading:
        rows = reading.scalars(
            select(Session)
            .where(
                Session.user_id == actor.user_id,
                Session.revoked_at.is_(None),
                Session.ends_at > now,
                Session.last_seen_at > now - idle,
            )
            .order_by(Session.created_at.desc())
        ).all()
        return tuple(
            OwnSession(
                row.reference,
                row.device,
                row.created_at,
                row.last_seen_at,
                actor.access_point == f"web:{row.reference}",
            )
            for row in rows
        )


def end(actor: Actor, reference: str, now: datetime, why: str = "signed-out") -> Decision:
    """Ends one of the actor's own sessions: its next request is refused."""
    act = Act("signed_out", actor, now, object_id=reference, details={"why": why})
    with change(houses.current().stores, act) as writing:
        ended = writing.casework.scalars(
            update(Session)
            .where(
                Session.reference == reference,
                Session.user_id == actor.user_id,
                Session.revoked_at.is_(None),
            )
            .values(revoked_at=now)
            .returning(Session.reference)
        ).all()
        if not ended:
            return writing.refuse(Refused(N_("That session has ended already.")))
    return Allowed()


def end_others(actor: Actor, now: datetime) -> int:
    """Ends every session of the actor but the one they ask from; answers how many."""
    act = Act("signed_out", actor, now, details={"why": "others"})
    with change(houses.current().stores, act) as writing:
        return len(end_all_in(writing.casework, actor.user_id, now, but=own(actor)))


def end_all_in(work: Work, user_id: str, now: datetime, but: str | None = None) -> tuple[str, ...]:
    """Ends a colleague's sessions in a change under way, all of them or all but one."""
    asked = update(Session).where(Session.user_id == user_id, Session.revoked_at.is_(None))
    if but is not None:
        asked = asked.where(Session.reference != but)
    return tuple(work.scalars(asked.values(revoked_at=now).returning(Session.reference)).all())


def own(actor: Actor) -> str:
    """The reference of the session that the actor asks from."""
    return actor.access_point.removeprefix("web:")
