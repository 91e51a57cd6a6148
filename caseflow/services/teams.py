"""Teams of an organisation, made by an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.services.appointments import manages
from caseflow.services.gatekeeping import still
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.models.accounts import Team, UserAccount
from caseflow.storage.models.bases import new_id

LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class TeamView:
    """A team as the list shows it, with how many colleagues have an account there."""

    id: str
    name: str
    organisation: Label | str
    colleagues: int


def listed(actor: Actor) -> tuple[TeamView, ...]:
    """Every team, by organisation and name. Raises `NotKnown` for whoever manages no accounts."""
    manages(actor)
    house = houses.current()
    known = house.catalogue.organisations
    of_the_team = and_(UserAccount.team_id == Team.id, UserAccount.status != "closed")
    with house.stores.reading() as session:
        rows = session.execute(
            select(Team, func.count(UserAccount.id))
            .outerjoin(UserAccount, of_the_team)
            .group_by(Team.id)
            .order_by(Team.organisation, Team.name)
        ).all()
        return tuple(
            TeamView(
                team.id,
                team.name,
                known[team.organisation].name if team.organisation in known else team.organisation,
                colleagues,
            )
            for team, colleagues in rows
        )


def organisations(actor: Actor) -> dict[str, Label]:
    """Names of the organisations that can have a team. Raises `NotKnown` for whoever manages no accounts."""
    manages(actor)
    return {one.id: one.name for one in houses.current().catalogue.organisations.values()}


def make(actor: Actor, organisation: str, name: str, now: datetime) -> str | Refused:
    """Makes a team of an organisation and answers its id. Raises `NotKnown` for others."""
    manages(actor)
    house = houses.current()
    if organisation not in house.catalogue.organisations:
        return Refused(N_("Choose an organisation of this installation."))
    name = name.strip()
    if not name.isprintable() or not name or len(name) > LONGEST_NAME:
        return Refused(
            N_("Give the team a name of at most %(most)s characters.", most=LONGEST_NAME)
        )
    team_id = new_id()
    act = Act(
        "team_made",
        actor,
        now,
        object_id=team_id,
        permission=Permission.ACCOUNTS_MANAGE.value,
        purpose="staff_accounts",
        sensitivity="accounts",
    )
    with change(house.stores, act) as work:
        still(work.casework, actor, Permission.ACCOUNTS_MANAGE)
        taken = work.casework.scalar(
            select(Team.id).where(Team.organisation == organisation, Team.name == name)
        )
        if taken is not None:
            return work.refuse(Refused(N_("This organisation has a team of that name already.")))
        work.casework.add(Team(id=team_id, organisation=organisation, name=name))
    return team_id
