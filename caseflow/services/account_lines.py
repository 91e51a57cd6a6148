"""Accounts as administrators see them: who there is, with which roles; nothing about clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.labels import Label
from caseflow.domain.programmes import Programme
from caseflow.services import houses
from caseflow.services.appointments import HeldRole, held_roles, manages, programmes_of
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import Team, UserAccount
from caseflow.storage.models.shelter import Site


@dataclass(frozen=True)
class AccountLine:
    """One account as administrators see it; nothing about clients."""

    id: str
    username: str
    display_name: str
    organisation: str
    organisation_name: Label | str
    team: str | None
    status: str
    last_signed_in_at: datetime | None
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True)
class Places:
    """Teams and sites that a role can count for, as (id, name, organisation), and programmes."""

    teams: tuple[tuple[str, str, str], ...]
    sites: tuple[tuple[str, str, str], ...]
    programmes: tuple[Programme, ...]

    def of(self, organisation: str) -> Places:
        """Those of one organisation alone."""
        return Places(
            tuple(one for one in self.teams if one[2] == organisation),
            tuple(one for one in self.sites if one[2] == organisation),
            programmes_of(organisation),
        )


def listed(actor: Actor, now: datetime) -> tuple[AccountLine, ...]:
    """Every account, by organisation and name. The look is told to the log."""
    manages(actor)
    stores = houses.current().stores
    with stores.reading() as reading:
        rows = reading.scalars(
            select(UserAccount).order_by(UserAccount.organisation, UserAccount.display_name)
        ).all()
        lines = tuple(_line(reading, row) for row in rows)
    details = {"count": len(lines)}
    permission = Permission.ACCOUNTS_MANAGE
    audit_log.tell(
        stores, Act("accounts_listed", actor, now, details=details, permission=permission)
    )
    return lines


def one(actor: Actor, user_id: str, now: datetime) -> AccountLine:
    """One account. Raises `NotKnown`."""
    manages(actor)
    stores = houses.current().stores
    with stores.reading() as reading:
        row = reading.get(UserAccount, user_id)
        if row is None:
            raise NotKnown
        line = _line(reading, row)
    permission = Permission.ACCOUNTS_MANAGE
    audit_log.tell(
        stores,
        Act("accounts_listed", actor, now, object_id=user_id, details={"count": 1},
            permission=permission),
    )  # fmt: skip
    return line


def places(actor: Actor) -> Places:
    """The teams, sites and programmes that an appointment can name."""
    manages(actor)
    with houses.current().stores.reading() as reading:
        teams = reading.scalars(select(Team).order_by(Team.organisation, Team.name)).all()
        sites = reading.scalars(select(Site).order_by(Site.organisation, Site.name)).all()
        return Places(
            tuple((team.id, team.name, team.organisation) for team in teams),
            tuple((site.id, site.name, site.organisation) for site in sites),
            tuple(houses.current().catalogue.programmes.values()),
        )


def organisation_name(organisation: str) -> Label | str:
    """What an organisation is called; its id where it is configured no longer."""
    known = houses.current().catalogue.organisations.get(organisation)
    return known.name if known else organisation


def _line(reading: Work, row: UserAccount) -> AccountLine:
    team = reading.get(Team, row.team_id) if row.team_id else None
    return AccountLine(
        row.id,
        row.username,
        row.display_name,
        row.organisation,
        organisation_name(row.organisation),
        team.name if team else None,
        row.status,
        row.last_signed_in_at,
        held_roles(reading, row.id),
    )
