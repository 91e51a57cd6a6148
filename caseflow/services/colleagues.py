"""Colleagues of an organisation whose roles count now: who can be asked to stand in, to read, to be on duty."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor, Role
from caseflow.services import actors, houses
from caseflow.storage.models.accounts import RoleGrant, Team, UserAccount


@dataclass(frozen=True)
class Colleague:
    """An active colleague: work name, team, and the roles that count."""

    id: str
    name: str
    team: str | None
    roles: frozenset[Role]


def of_organisation(session: Session, organisation: str, *roles: Role) -> tuple[Colleague, ...]:
    """Active colleagues of an organisation in one of these roles, by name."""
    grants: dict[str, set[Role]] = {}
    for grant in session.scalars(
        select(RoleGrant)
        .join(UserAccount, UserAccount.id == RoleGrant.user_id)
        .where(UserAccount.organisation == organisation, RoleGrant.ended_at.is_(None))
    ):
        if actors.counts(grant):
            grants.setdefault(grant.user_id, set()).add(Role(grant.role))
    rows = session.execute(
        select(UserAccount.id, UserAccount.display_name, Team.name)
        .outerjoin(Team, Team.id == UserAccount.team_id)
        .where(UserAccount.organisation == organisation, UserAccount.status == "active")
        .order_by(UserAccount.display_name, UserAccount.id)
    )
    return tuple(
        Colleague(user_id, name, team, frozenset(grants[user_id]))
        for user_id, name, team in rows
        if grants.get(user_id, set()) & set(roles)
    )


def offered(actor: Actor, *roles: Role) -> tuple[Colleague, ...]:
    """Colleagues of the actor's own organisation in one of these roles, for the lists of a form."""
    with houses.current().stores.reading() as session:
        return of_organisation(session, actor.organisation, *roles)
