"""Roles of colleagues: granted by one person, agreed to by a second where they open a vault, and ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Work

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import OPENS_A_VAULT, Actor, Role
from caseflow.domain.appointments import Appointment, appointable
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.functions import FUNCTIONS, Function, function_of, may_combine
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme
from caseflow.services import actors, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.models.accounts import RoleGrant, Team, UserAccount
from caseflow.storage.models.shelter import Site


@dataclass(frozen=True)
class HeldRole:
    """One appointment as the pages show it."""

    id: str
    role: Role
    team: str | None
    site: str | None
    programme: Programme | None
    function: Function | None
    """The reviewed union of roles that it is part of."""
    counts: bool
    """Whether it counts yet; one that opens a vault waits for a second person."""

    @property
    def where(self) -> Label | str | None:
        """What it counts for: a programme, a team or a site; None for the whole organisation."""
        return self.programme.name if self.programme else self.team or self.site


@dataclass(frozen=True)
class WaitingRole:
    """An appointment that waits for its second person."""

    held: HeldRole
    display_name: str
    organisation: str
    granted_at: datetime


def may_manage(actor: Actor) -> bool:
    """Whether somebody manages accounts: an administrator, or a command with the operations passphrase."""
    if actor.user_id == actors.SYSTEM:
        return actor.access_point == "cli"
    return may_at_all(Permission.ACCOUNTS_MANAGE, actor.roles)


def manages(actor: Actor) -> None:
    """Raises `NotKnown` for whoever does not manage accounts."""
    if not may_manage(actor):
        raise NotKnown


def still_manages(work: Work, actor: Actor) -> None:
    """Asked once more inside a change: raises `NotKnown` for whoever manages no accounts any more."""
    manages(actors.present(work, actor))


def known_places(work: Work, organisation: str, wished: Sequence[Appointment]) -> Decision:
    """Whether teams, sites and programmes exist and belong to the organisation."""
    carried = {one.id for one in programmes_of(organisation)}
    for wish in wished:
        team = work.get(Team, wish.team_id) if wish.team_id else None
        if wish.team_id and (team is None or team.organisation != organisation):
            return Refused(N_("Choose a team of this organisation."))
        site = work.get(Site, wish.site_id) if wish.site_id else None
        if wish.site_id and (site is None or site.organisation != organisation):
            return Refused(N_("Choose a site of this organisation."))
        if not set(wish.programmes) <= carried:
            return Refused(N_("Choose a programme of this organisation."))
    return Allowed()


def programmes_of(organisation: str) -> tuple[Programme, ...]:
    """Programmes in which an organisation works, or whose history it keeps, by id."""
    return tuple(
        one
        for _, one in sorted(houses.current().catalogue.programmes.items())
        if organisation == one.keeper or organisation in one.organisations
    )


def add_in(
    work: Work,
    user_id: str,
    wished: Appointment,
    by: str,
    seconded_by: str | None,
    now: datetime,
    function: Function | None = None,
) -> None:
    """Adds an appointment to a change under way, a row for each programme; `function` is what it is part of."""
    for programme in wished.programmes or (None,):
        work.add(
            RoleGrant(
                user_id=user_id,
                role=wished.role.value,
                team_id=wished.team_id,
                site_id=wished.site_id,
                programme=programme,
                function=function.id if function else None,
                granted_by=by,
                seconded_by=seconded_by,
                granted_at=now,
            )
        )


def grant(actor: Actor, user_id: str, wished: Sequence[Appointment], now: datetime) -> Decision:
    """Appoints a colleague to one more role, or to the roles of a function.

    Raises `NotKnown` for whoever manages no accounts.
    """
    manages(actor)
    if actor.user_id == user_id:
        return Refused(N_("Nobody gives a role to themselves. Ask another administrator."))
    names = tuple(wish.role.value for wish in wished)
    act = Act(
        "role_granted",
        actor,
        now,
        object_id=user_id,
        details={"account": user_id, "role": names[0] if len(names) == 1 else names},
        permission=Permission.ACCOUNTS_MANAGE,
    )
    with change(houses.current().stores, act) as writing:
        work = writing.casework
        still_manages(work, actor)
        account = work.get(UserAccount, user_id)
        if account is None or account.status == "closed":
            raise NotKnown
        held = _running(work, user_id)
        roles = _roles(held)
        for answer in (
            known_places(work, account.organisation, wished),
            appointable(wished, roles),
        ):
            if isinstance(answer, Refused):
                return writing.refuse(answer)
        new = [wish for wish in wished if not any(_is_same(row, wish) for row in held)]
        if not new:
            return writing.refuse(Refused(N_("This colleague has that role already.")))
        function = function_of(roles | {wish.role for wish in wished})
        for row in held:
            row.function = function.id if function else None
        for wish in new:
            add_in(work, user_id, wish, actor.user_id, None, now, function)
    return Allowed()


def second(actor: Actor, grant_id: str, now: datetime) -> Decision:
    """Agrees, as the second person, that an appointment which opens a vault counts.

    Raises `NotKnown` for an appointment that is not the actor's to second: of another organisation,
    unless an administrator asks.
    """
    found = _account_of(grant_id)
    act = Act(
        "role_seconded",
        actor,
        now,
        object_id=found.user_id,
        details={"account": found.user_id, "role": found.role},
        permission=Permission.ROLE_SECOND,
    )
    with change(houses.current().stores, act) as writing:
        row = writing.casework.get_one(RoleGrant, grant_id)
        account = writing.casework.get_one(UserAccount, row.user_id)
        present = actors.present(writing.casework, actor)
        if not _may_second(present, account.organisation):
            raise NotKnown
        if row.ended_at is not None or row.seconded_by is not None:
            return writing.refuse(Refused(N_("This role was decided already.")))
        if actor.user_id in (row.granted_by, row.user_id):
            return writing.refuse(
                Refused(
                    N_(
                        "A second person agrees: not the one who gave the role, and not the one who gets it."
                    )
                )
            )
        together = may_combine(_roles(_running(writing.casework, row.user_id)))
        if isinstance(together, Refused):
            return writing.refuse(together)
        row.seconded_by = actor.user_id
    return Allowed()


def end(actor: Actor, grant_id: str, now: datetime) -> Decision:
    """Ends an appointment; the next request of the colleague is without it."""
    manages(actor)
    found = _account_of(grant_id)
    act = Act(
        "role_ended",
        actor,
        now,
        object_id=found.user_id,
        details={"account": found.user_id, "role": found.role},
        permission=Permission.ACCOUNTS_MANAGE,
    )
    with change(houses.current().stores, act) as writing:
        still_manages(writing.casework, actor)
        row = writing.casework.get_one(RoleGrant, grant_id)
        if row.ended_at is not None:
            return writing.refuse(Refused(N_("This role was ended already.")))
        if row.role == Role.ADMINISTRATOR and is_last_administrator(writing.casework, row.user_id):
            return writing.refuse(last_administrator())
        row.ended_at = now
        writing.casework.flush()
        left = _running(writing.casework, row.user_id)
        function = function_of(_roles(left))
        for one in left:
            one.function = function.id if function else None
    return Allowed()


def end_all_in(work: Work, user_id: str, now: datetime) -> None:
    """Ends every appointment of a colleague in a change under way."""
    for row in _running(work, user_id):
        row.ended_at = now


def waiting(actor: Actor) -> tuple[WaitingRole, ...]:
    """Appointments that this colleague could second now, the longest waiting first."""
    with houses.current().stores.reading() as reading:
        rows = reading.execute(
            select(RoleGrant, UserAccount)
            .join(UserAccount, UserAccount.id == RoleGrant.user_id)
            .where(
                RoleGrant.ended_at.is_(None),
                RoleGrant.seconded_by.is_(None),
                RoleGrant.role.in_([role.value for role in OPENS_A_VAULT]),
                RoleGrant.granted_by != actor.user_id,
                RoleGrant.user_id != actor.user_id,
                UserAccount.status != "closed",
            )
            .order_by(RoleGrant.granted_at)
        ).all()
        return tuple(
            WaitingRole(
                held_role(reading, row), account.display_name, account.organisation, row.granted_at
            )
            for row, account in rows
            if _may_second(actor, account.organisation)
        )


def held_roles(reading: Work, user_id: str) -> tuple[HeldRole, ...]:
    """The running appointments of one colleague."""
    return tuple(held_role(reading, row) for row in _running(reading, user_id))


def held_role(reading: Work, row: RoleGrant) -> HeldRole:
    """One appointment with the names of its places."""
    team = reading.get(Team, row.team_id) if row.team_id else None
    site = reading.get(Site, row.site_id) if row.site_id else None
    return HeldRole(
        row.id,
        Role(row.role),
        team.name if team else None,
        site.name if site else None,
        houses.current().catalogue.programmes.get(row.programme or ""),
        FUNCTIONS.get(row.function or ""),
        actors.counts(row),
    )


def is_last_administrator(work: Work, user_id: str) -> bool:
    """Whether nobody else could manage accounts if this colleague could not."""
    administrators = set(
        work.scalars(
            select(RoleGrant.user_id)
            .join(UserAccount, UserAccount.id == RoleGrant.user_id)
            .where(
                RoleGrant.role == Role.ADMINISTRATOR.value,
                RoleGrant.ended_at.is_(None),
                UserAccount.status == "active",
            )
        ).all()
    )
    return administrators == {user_id}


def last_administrator() -> Refused:
    return Refused(N_("This is the last administrator. Make another administrator first."))


def _running(work: Work, user_id: str) -> tuple[RoleGrant, ...]:
    return tuple(
        work.scalars(
            select(RoleGrant)
            .where(RoleGrant.user_id == user_id, RoleGrant.ended_at.is_(None))
            .order_by(RoleGrant.role, RoleGrant.programme)
        ).all()
    )


def _roles(rows: Iterable[RoleGrant]) -> frozenset[Role]:
    return frozenset(Role(row.role) for row in rows)


def _is_same(row: RoleGrant, wished: Appointment) -> bool:
    return (row.role, row.team_id, row.site_id) == (
        wished.role.value,
        wished.team_id,
        wished.site_id,
    ) and row.programme in (wished.programmes or (None,))


def _account_of(grant_id: str) -> RoleGrant:
    with houses.current().stores.reading() as reading:
        row = reading.get(RoleGrant, grant_id)
        if row is None:
            raise NotKnown
        reading.expunge(row)
        return row


def _may_second(actor: Actor, organisation: str) -> bool:
    if Role.ADMINISTRATOR in actor.roles:
        return True
    seconds = may_at_all(Permission.ROLE_SECOND, actor.roles)
    return seconds and actor.organisation == organisation
