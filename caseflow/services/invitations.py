"""One-time links by which colleagues set their own password and second factor; nobody else ever knows either.

The link's token is shown once and kept as a hash; it ends after 72 hours or with its first use.
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
from caseflow.services import houses, passwords, second_factors
from caseflow.services.sessions import fingerprint
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.models.accounts import Invitation, UserAccount

HOURS: Final = 72


@dataclass(frozen=True)
class Invited:
    """A new invitation: whose it is, the token for the link, shown once, and until when it works."""

    user_id: str
    token: str
    ends_at: datetime

    @property
    def path(self) -> str:
        """Where the link leads, after the address of this installation."""
        return f"/invitations/{self.token}"


@dataclass(frozen=True)
class OpenInvitation:
    """What the invited colleague sees: their sign-in name and the seed for their phone."""

    user_id: str
    username: str
    display_name: str
    seed: str
    ends_at: datetime

    @property
    def seed_in_groups(self) -> str:
        """The seed as people type it, four signs at a time; apps leave the spaces out."""
        return " ".join(self.seed[start : start + 4] for start in range(0, len(self.seed), 4))


def make_in(work: Work, user_id: str, now: datetime) -> Invited:
    """Makes an invitation in a change under way; an earlier one that was not used stops working."""
    work.execute(
        update(Invitation)
        .where(Invitation.user_id == user_id, Invitation.used_at.is_(None))
        .values(used_at=now)
    )
    token = secrets.token_urlsafe(32)
    ends_at = now + timedelta(hours=HOURS)
    work.add(
        Invitation(
            token_hash=fingerprint(token),
            user_id=user_id,
            totp_seed_sealed=second_factors.sealed(second_factors.new_seed(), user_id),
            created_at=now,
            ends_at=ends_at,
        )
    )
    return Invited(user_id, token, ends_at)


def look(token: str, now: datetime) -> OpenInvitation | None:
    """The invitation behind a link, while it works."""
    with houses.current().stores.reading() as reading:
        found = reading.execute(
            select(Invitation, UserAccount)
            .join(UserAccount, UserAccount.id == Invitation.user_id)
            .where(
                Invitation.token_hash == fingerprint(token),
                Invitation.used_at.is_(None),
                Invitation.ends_at > now,
                UserAccount.status == "invited",
            )
        ).first()
        if found is None:
            return None
        invitation, account = found
        if invitation.totp_seed_sealed is None:
            return None
        seed = second_factors.opened(invitation.totp_seed_sealed, account.id)
        return OpenInvitation(
            account.id, account.username, account.display_name, seed, invitation.ends_at
        )


def accept(token: str, password: str, code: str, now: datetime) -> Decision:
    """Sets the password and the second factor, once the phone shows the right code; the link ends."""
    invitation = look(token, now)
    if invitation is None:
        return Refused(
            N_("This link does not work any more. Ask your administrator for a new one.")
        )
    good = passwords.acceptable(password, (invitation.username, invitation.display_name))
    if not good:
        return good
    step = second_factors.step_of(invitation.seed, code, now)
    if step is None:
        return Refused(N_("That code is not right. Type the six digits your phone shows now."))
    hashed = passwords.hashed(password)
    with houses.current().stores.reading() as reading:
        account = reading.get_one(UserAccount, invitation.user_id)
        actor = Actor(account.id, account.organisation, account.team_id, access_point="web")
    details = {"account": actor.user_id}
    act = Act("account_accepted", actor, now, object_id=actor.user_id, details=details)
    with change(houses.current().stores, act) as writing:
        work = writing.casework
        used = work.scalars(
            update(Invitation)
            .where(Invitation.token_hash == fingerprint(token), Invitation.used_at.is_(None))
            .values(used_at=now)
            .returning(Invitation.user_id)
        ).all()
        if not used:
            return writing.refuse(
                Refused(
                    N_("This link does not work any more. Ask your administrator for a new one.")
                )
            )
        own = work.get_one(UserAccount, invitation.user_id)
        own.password_hash = hashed
        own.totp_seed_sealed = second_factors.sealed(invitation.seed, own.id)
        own.totp_last_step = step
        own.status = "active"
    return Allowed()
