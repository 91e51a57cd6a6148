"""Accounts of colleagues: invited, suspended, opened again, reset, closed; one set of rules for every door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Work

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.appointments import Appointment, appointable
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.functions import function_of
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import (
    actors,
    appointments,
    houses,
    invitations,
    left_cases,
    passwords,
    second_factors,
    sessions,
)
from caseflow.services.account_lines import AccountLine, listed, one, places
from caseflow.services.actors import actor_for
from caseflow.services.appointments import manages
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.invitations import Invited
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import Writing, change
from caseflow.storage.models.accounts import Team, UserAccount
from caseflow.storage.models.bases import new_id

__all__ = [
    "AccountLine",
    "Invited",
    "Newcomer",
    "actor_for",
    "close",
    "enlist",
    "first_administrator",
    "invite",
    "listed",
    "one",
    "places",
    "reopen",
    "reset",
    "suspend",
]

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]")


@dataclass(frozen=True)
class Newcomer:
    """A colleague who is to get an account, and what for."""

    username: str
    display_name: str
    organisation: str
    appointments: tuple[Appointment, ...]
    team_id: str | None = None
    work_phone: str | None = None


def invite(actor: Actor, newcomer: Newcomer, now: datetime) -> Invited | Refused:
    """Makes an account and a one-time link, which is shown once. Raises `NotKnown` for whoever manages no accounts."""
    manages(actor)
    with _founding(actor, newcomer, now) as (writing, user_id):
        refusal = _fault(writing.casework, newcomer)
        if refusal is not None:
            return writing.refuse(refusal)
        _add(writing.casework, user_id, newcomer, actor.user_id, None, now)
        return invitations.make_in(writing.casework, user_id, now)


def first_administrator(
    username: str, display_name: str, organisation: str, now: datetime
) -> Invited | Refused:
    """Invites the administrator of a new instance; refused once there is one."""
    with houses.current().stores.reading() as reading:
        if reading.scalar(select(func.count()).select_from(UserAccount)):
            return Refused(N_("There are accounts already. An administrator invites the next one."))
    role = Appointment(Role.ADMINISTRATOR)
    newcomer = Newcomer(username, display_name, organisation, (role,))
    return invite(actors.system(), newcomer, now)


def enlist(
    newcomer: Newcomer, password: str, totp_seed: str, now: datetime, actor: Actor | None = None
) -> str | Refused:
    """Makes an account that is active at once, by the same rules; answers its id. For demo instances and tests."""
    by = actor or actors.system()
    manages(by)
    good = passwords.acceptable(password, (newcomer.username, newcomer.display_name))
    if isinstance(good, Refused):
        return good
    hashed = passwords.hashed(password)
    with _founding(by, newcomer, now) as (writing, user_id):
        refusal = _fault(writing.casework, newcomer)
        if refusal is not None:
            return writing.refuse(refusal)
        account = _add(writing.casework, user_id, newcomer, by.user_id, actors.SYSTEM, now)
        account.status = "active"
        account.password_hash = hashed
        account.totp_seed_sealed = second_factors.sealed(totp_seed, user_id)
    return user_id


def suspend(actor: Actor, user_id: str, now: datetime) -> Decision:
    """Closes the door at once: the account's sessions end, and its next request is refused."""
    with _changing("account_suspended", actor, user_id, now) as (writing, account):
        if account.status == "closed":
            return writing.refuse(_closed())
        if appointments.is_last_administrator(writing.casework, user_id):
            return writing.refuse(appointments.last_administrator())
        account.status = "suspended"
        sessions.end_all_in(writing.casework, user_id, now)
    return Allowed()


def reopen(actor: Actor, user_id: str, now: datetime) -> Decision:
    """Opens a suspended account again; who never set a password needs a new invitation first."""
    with _changing("account_reopened", actor, user_id, now) as (writing, account):
        if account.status != "suspended":
            return writing.refuse(Refused(N_("Only a suspended account can be opened again.")))
        account.status = "active" if account.password_hash else "invited"
    return Allowed()


def close(actor: Actor, user_id: str, now: datetime) -> Decision:
    """Ends an account for good; refused while its colleague works on an open case in their own name."""
    with _changing("account_closed", actor, user_id, now) as (writing, account):
        work = writing.casework
        if account.status == "closed":
            return writing.refuse(_closed())
        if appointments.is_last_administrator(work, user_id):
            return writing.refuse(appointments.last_administrator())
        today = local(now).date()
        held = left_cases.count_in(work, user_id, today)
        if held:
            return writing.refuse(_still_has(held))
        left_cases.end_all_in(work, user_id, today)
        account.status = "closed"
        account.password_hash = None
        account.totp_seed_sealed = None
        sessions.end_all_in(work, user_id, now)
        appointments.end_all_in(work, user_id, now)
    return Allowed()


def reset(actor: Actor, user_id: str, now: datetime) -> Invited | Refused:
    """A new invitation for somebody who lost their password or phone; the old ones stop working at once."""
    with _changing("account_reset", actor, user_id, now) as (writing, account):
        if actor.user_id == user_id:
            return writing.refuse(
                Refused(N_("Nobody resets their own account. Ask another administrator."))
            )
        if account.status not in ("active", "invited"):
            return writing.refuse(Refused(N_("Open the account again first.")))
        account.status = "invited"
        account.password_hash = None
        account.totp_seed_sealed = None
        sessions.end_all_in(writing.casework, user_id, now)
        return invitations.make_in(writing.casework, user_id, now)


@contextmanager
def _founding(actor: Actor, newcomer: Newcomer, now: datetime) -> Iterator[tuple[Writing, str]]:
    """A change that makes an account: its id is known before the log is told."""
    user_id = new_id()
    act = Act(
        "account_invited",
        actor,
        now,
        object_id=user_id,
        details={
            "account": user_id,
            "roles": frozenset(wish.role.value for wish in newcomer.appointments),
        },
        permission=Permission.ACCOUNTS_MANAGE,
    )
    with change(houses.current().stores, act) as writing:
        appointments.still_manages(writing.casework, actor)
        yield writing, user_id


@contextmanager
def _changing(
    event: str, actor: Actor, user_id: str, now: datetime
) -> Iterator[tuple[Writing, UserAccount]]:
    """A change of one account. Raises `NotKnown`, before anything is told, for whoever manages none."""
    manages(actor)
    act = Act(
        event,
        actor,
        now,
        object_id=user_id,
        details={"account": user_id},
        permission=Permission.ACCOUNTS_MANAGE,
    )
    with change(houses.current().stores, act) as writing:
        appointments.still_manages(writing.casework, actor)
        account = writing.casework.get(UserAccount, user_id)
        if account is None:
            raise NotKnown
        yield writing, account


def _fault(work: Work, newcomer: Newcomer) -> Refused | None:
    """What is wrong with a new account, if anything."""
    name = actors.plain_name(newcomer.username)
    if not _NAME.fullmatch(name):
        return Refused(
            N_("Use 3 to 64 small letters, digits, dots or dashes for the sign-in name.")
        )
    if not newcomer.display_name.strip() or len(newcomer.display_name) > 80:
        return Refused(N_("Give the name that colleagues see, in at most 80 characters."))
    if newcomer.organisation not in houses.current().catalogue.organisations:
        return Refused(N_("Choose an organisation of this installation."))
    if not newcomer.appointments:
        return Refused(N_("Choose at least one role."))
    if work.scalar(select(UserAccount.id).where(UserAccount.username == name)):
        return Refused(N_("This sign-in name is taken. Choose another one."))
    for answer in (
        appointable(newcomer.appointments),
        appointments.known_places(work, newcomer.organisation, newcomer.appointments),
        _own_team(work, newcomer),
    ):
        if isinstance(answer, Refused):
            return answer
    return None


def _own_team(work: Work, newcomer: Newcomer) -> Decision:
    if newcomer.team_id is None:
        return Allowed()
    team = work.get(Team, newcomer.team_id)
    if team is None or team.organisation != newcomer.organisation:
        return Refused(N_("Choose a team of this organisation."))
    return Allowed()


def _add(
    work: Work, user_id: str, newcomer: Newcomer, by: str, seconded_by: str | None, now: datetime
) -> UserAccount:
    account = UserAccount(
        id=user_id,
        organisation=newcomer.organisation,
        team_id=newcomer.team_id or _team_named(newcomer),
        username=actors.plain_name(newcomer.username),
        display_name=newcomer.display_name.strip(),
        work_phone=newcomer.work_phone,
        status="invited",
        created_at=now,
    )
    work.add(account)
    work.flush()
    function = function_of(wish.role for wish in newcomer.appointments)
    for wish in newcomer.appointments:
        appointments.add_in(work, user_id, wish, by, seconded_by, now, function)
    return account


def _team_named(newcomer: Newcomer) -> str | None:
    return next((wish.team_id for wish in newcomer.appointments if wish.team_id), None)


def _still_has(count: int) -> Refused:
    return Refused(
        N_(
            "Open cases of this colleague: %(count)s. A team lead hands them over on the page Workload; "
            "after that the account can be closed.",
            count=count,
        )
    )


def _closed() -> Refused:
    return Refused(N_("This account is closed. Make a new one."))
