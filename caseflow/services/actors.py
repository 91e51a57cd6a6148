"""Who acts: an account with the roles that count now, asked anew on every request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from caseflow.domain.actors import OPENS_A_VAULT, SYSTEM, Actor, Grant, Role
from caseflow.services import houses
from caseflow.storage.models.accounts import RoleGrant, UserAccount

__all__ = ["SYSTEM", "actor_for", "actor_of", "counts", "plain_name", "system"]


def system(access_point: str = "cli") -> Actor:
    """The actor of a command or job: `cli`, `job:<name>`."""
    return Actor(SYSTEM, "", access_point=access_point)


def plain_name(username: str) -> str:
    """A sign-in name as it is stored and compared: small letters, no spaces around it."""
    return username.strip().casefold()[:64]


def actor_for(user_id: str, reference: str) -> Actor | None:
    """An active colleague with the roles that count now; None where the account is not active."""
    with houses.current().stores.reading() as reading:
        account = reading.get(UserAccount, user_id)
        if account is None or account.status != "active":
            return None
        return actor_of(reading, account, reference, None)


def actor_of(
    reading: Work, account: UserAccount, reference: str, stepped_up_at: datetime | None
) -> Actor:
    """The actor that an account is, with `web:<session reference>` as the place they act from."""
    rows = reading.scalars(
        select(RoleGrant).where(RoleGrant.user_id == account.id, RoleGrant.ended_at.is_(None))
    ).all()
    return Actor(
        account.id,
        account.organisation,
        account.team_id,
        frozenset(_grant(account, row) for row in rows if counts(row)),
        stepped_up_at,
        f"web:{reference}",
    )


def present(reading: Work, actor: Actor) -> Actor:
    """The actor with what still counts now: a role may have ended, or an account been closed, since they asked.

    An appointment still counts where a running one covers it: the same role, for the same place or for every place.
    """
    if actor.is_command:
        return actor
    account = reading.get(UserAccount, actor.user_id)
    if account is None or account.status != "active":
        return replace(actor, grants=frozenset())
    rows = reading.scalars(
        select(RoleGrant).where(RoleGrant.user_id == actor.user_id, RoleGrant.ended_at.is_(None))
    ).all()
    running = [row for row in rows if counts(row)]
    held = frozenset(one for one in actor.grants if any(_covers(row, one) for row in running))
    return replace(actor, grants=held, team_id=account.team_id)


def _covers(row: RoleGrant, grant: Grant) -> bool:
    return row.role == grant.role and all(
        place in (None, asked)
        for place, asked in (
            (row.team_id, grant.team_id),
            (row.site_id, grant.site_id),
            (row.programme, grant.programme),
        )
    )


def counts(grant: RoleGrant) -> bool:
    """Whether an appointment counts: one that opens a vault waits for its second person."""
    if grant.ended_at is not None:
        return False
    return Role(grant.role) not in OPENS_A_VAULT or grant.seconded_by is not None


def _grant(account: UserAccount, row: RoleGrant) -> Grant:
    return Grant(Role(row.role), account.organisation, row.team_id, row.site_id, row.programme)
