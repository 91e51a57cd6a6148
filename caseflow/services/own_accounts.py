"""What a colleague keeps for themselves: the language of the pages, and their password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import houses, passwords, sessions, sign_ins, throttling
from caseflow.services.appointments import HeldRole, held_roles
from caseflow.services.throttling import Wait
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import Team, UserAccount


@dataclass(frozen=True)
class OwnAccount:
    """What a colleague sees of their own account."""

    username: str
    display_name: str
    organisation: str
    team: str | None
    roles: tuple[HeldRole, ...]


def own(actor: Actor) -> OwnAccount:
    """The actor's own account, with roles that count and roles that wait."""
    with houses.current().stores.reading() as reading:
        row = reading.get_one(UserAccount, actor.user_id)
        team = reading.get(Team, row.team_id) if row.team_id else None
        return OwnAccount(
            row.username,
            row.display_name,
            row.organisation,
            team.name if team else None,
            held_roles(reading, row.id),
        )


def choose_language(actor: Actor, language: str) -> None:
    """Keeps the language in which a colleague reads the pages."""
    with jotting(houses.current().stores) as notes:
        notes.execute(
            update(UserAccount).where(UserAccount.id == actor.user_id).values(locale=language)
        )


def change_password(actor: Actor, present: str, code: str, chosen: str, now: datetime) -> Decision:
    """Changes the actor's own password, given the present one and a code; their other sessions end."""
    admitted = throttling.admit(f"password {actor.user_id}", "", actor.user_id, now)
    if isinstance(admitted, Wait):
        return throttling.refusal(admitted)
    with houses.current().stores.reading() as reading:
        account = reading.get_one(UserAccount, actor.user_id)
        stored, about = account.password_hash, (account.username, account.display_name)
    is_right = passwords.is_right(stored, present)
    step = sign_ins.own_step(actor, code, now)
    good = passwords.acceptable(chosen, about)
    hashed = passwords.hashed(chosen) if good else ""
    act = Act(
        "password_changed",
        actor,
        now,
        object_id=actor.user_id,
        details={"account": actor.user_id},
    )
    with change(houses.current().stores, act) as writing:
        work = writing.casework
        if not is_right or step is None or not sign_ins.take(work, actor.user_id, step):
            wrong = N_("The present password or the code is not right. Wait for a new code.")
            return writing.refuse(Refused(wrong))
        if isinstance(good, Refused):
            return writing.refuse(good)
        work.execute(
            update(UserAccount).where(UserAccount.id == actor.user_id).values(password_hash=hashed)
        )
        sessions.end_all_in(work, actor.user_id, now, but=sessions.own(actor))
    throttling.forgive(admitted)
    return Allowed()
