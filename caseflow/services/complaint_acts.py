"""What is done with a complaint: written down, given to a handler, acknowledged, answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import complaints as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.complaints import ComplaintOutcome, HowReceived, Subject
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import actors, colleagues, houses
from caseflow.services.colleagues import Colleague
from caseflow.services.complaints import ANSWERED, TOLD, facts, guard, known, oversees
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.complaints import Complaint
from caseflow.storage.models.shelter import Site
from caseflow.storage.models.vault import ComplaintWords

HANDLERS: Final = (Role.TEAM_LEAD, Role.COORDINATOR, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
CHANGED: Final = Refused(
    N_("A colleague changed this complaint meanwhile. Look again before you go on.")
)
ONE_OF_OURS: Final = Refused(N_("Choose a team, a site and a colleague of your own organisation."))


@dataclass(frozen=True)
class Heard:
    """A complaint as somebody writes it down."""

    subject: Subject
    received_on: date
    how: HowReceived
    words: str
    client_code: str | None = None
    team_id: str | None = None
    about: str | None = None
    site_id: str | None = None


@dataclass(frozen=True)
class Choices:
    """What a form offers, all of it of the own organisation: ids and names."""

    teams: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, str], ...]
    colleagues: tuple[Colleague, ...]


def choices(actor: Actor) -> Choices:
    """Teams, sites and colleagues among whom one chooses. Raises `NotKnown` for who writes no complaint down."""
    guard(actor, Permission.COMPLAINT_RECORD)
    with houses.current().stores.reading() as session:
        return _choices(session, actor.organisation)


def handlers(actor: Actor, complaint_id: str, now: datetime) -> tuple[Colleague, ...]:
    """Who could handle a complaint: never whom it is about. Raises `NotKnown`."""
    guard(actor, Permission.COMPLAINT_ASSIGN)
    with houses.current().stores.reading() as session:
        row = known(session, actor, complaint_id, now)
        able = colleagues.of_organisation(session, row.organisation, *HANDLERS)
        return tuple(one for one in able if one.id != row.about_user_id)


def record(actor: Actor, heard: Heard, now: datetime) -> Refused | None:
    """Writes a complaint down, its words in the vault. Raises `NotKnown`, and `VaultSealed` before anything is told."""
    guard(actor, Permission.COMPLAINT_RECORD)
    house, complaint_id = houses.current(), new_id()
    allowed = rules.may_record(heard.received_on, heard.client_code, local(now).date())
    if not allowed:
        return allowed
    act = Act(
        "complaint_recorded",
        actor,
        now,
        subjects=(heard.client_code,) if heard.client_code else (),
        object_id=complaint_id,
        details={"subject": heard.subject.value, "how": heard.how.value},
        permission=Permission.COMPLAINT_RECORD.value,
        purpose="complaint",
        sensitivity="vault",
    )
    with changes.change(house.stores, act, vault=actor.organisation) as work:
        still(work.casework, actor, Permission.COMPLAINT_RECORD)
        if not _are_ours(_choices(work.casework, actor.organisation), heard):
            return work.refuse(ONE_OF_OURS)
        work.casework.add(
            Complaint(
                id=complaint_id,
                organisation=actor.organisation,
                team_id=heard.team_id,
                client_code=heard.client_code,
                subject=heard.subject.value,
                about_user_id=heard.about,
                site_id=heard.site_id,
                received_on=heard.received_on,
                received_how=heard.how.value,
                due_on=house.complaints.answer_by(heard.received_on, has_committee=False),
                recorded_by=work.by,
                recorded_at=work.at,
                change_id=work.id,
            )
        )
        _write(work, complaint_id, TOLD, heard.words)
    return None


def give(
    actor: Actor, complaint_id: str, handler: str, now: datetime,
    *, has_committee: bool = False, version: int | None = None,
) -> Refused | None:  # fmt: skip
    """Says who handles a complaint, and whether a committee advises, which moves its term. Raises `NotKnown`."""
    details = {"handler": handler, "committee": has_committee}
    with _changing(
        actor, Permission.COMPLAINT_ASSIGN, "complaint_given", complaint_id, now, details
    ) as (work, row):
        if not oversees(actors.present(work.casework, actor), row):
            raise NotKnown()
        if version is not None and row.version != version:
            return work.refuse(CHANGED)
        able = colleagues.of_organisation(work.casework, row.organisation, *HANDLERS)
        allowed = rules.may_give(facts(row), handler)
        if not allowed:
            return work.refuse(allowed)
        if handler not in {one.id for one in able}:
            return work.refuse(ONE_OF_OURS)
        row.handler_id, row.has_committee = handler, has_committee
        terms = houses.current().complaints
        row.due_on = terms.answer_by(row.received_on, has_committee=has_committee)
    return None


def acknowledge(actor: Actor, complaint_id: str, on: date, now: datetime) -> Refused | None:
    """Keeps on which day the client was told that the complaint came in. Raises `NotKnown`."""
    gives = may_at_all(Permission.COMPLAINT_ASSIGN, actor.roles)
    permission = Permission.COMPLAINT_ASSIGN if gives else Permission.COMPLAINT_HANDLE
    with _changing(actor, permission, "complaint_acknowledged", complaint_id, now, {"on": on}) as (
        work,
        row,
    ):
        present = actors.present(work.casework, actor)
        if row.handler_id != actor.user_id and not (gives and oversees(present, row)):
            raise NotKnown()
        allowed = rules.may_acknowledge(facts(row), on, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        row.acknowledged_on = on
    return None


def answer(
    actor: Actor, complaint_id: str, outcome: ComplaintOutcome, on: date, words: str, now: datetime
) -> Refused | None:
    """Keeps what came of a complaint; what was answered and changed goes into the vault.

    Raises `NotKnown`, and `VaultSealed` before anything is told.
    """
    details = {"on": on, "outcome": outcome.value}
    with _changing(
        actor, Permission.COMPLAINT_HANDLE, "complaint_answered", complaint_id, now, details,
        words=True,
    ) as (work, row):  # fmt: skip
        allowed = rules.may_answer(facts(row), actor.user_id, on, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        row.answered_on, row.outcome, row.answered_by = on, outcome.value, work.by
        _write(work, complaint_id, ANSWERED, words)
    return None


@contextmanager
def _changing(
    actor: Actor, permission: Permission, event: str, complaint_id: str, now: datetime,
    details: dict[str, Any], *, words: bool = False,
) -> Iterator[tuple[changes.Writing, Complaint]]:  # fmt: skip
    """One recorded change to a complaint that the actor sees, asked once more inside the change. Raises `NotKnown`."""
    guard(actor, permission)
    house = houses.current()
    with house.stores.reading() as session:
        code = known(session, actor, complaint_id, now).client_code
    act = Act(
        event,
        actor,
        now,
        subjects=(code,) if code else (),
        object_id=complaint_id,
        details=details,
        permission=permission.value,
        purpose="complaint",
        sensitivity="vault" if words else "governance",
    )
    with changes.change(house.stores, act, vault=actor.organisation if words else None) as work:
        still(work.casework, actor, permission)
        yield work, known(work.casework, actors.present(work.casework, actor), complaint_id, now)


def _choices(session: Session, organisation: str) -> Choices:
    teams = select(Team.id, Team.name).where(Team.organisation == organisation)
    sites = select(Site.id, Site.name).where(Site.organisation == organisation)
    return Choices(
        tuple((one, name) for one, name in session.execute(teams.order_by(Team.name, Team.id))),
        tuple((one, name) for one, name in session.execute(sites.order_by(Site.name, Site.id))),
        colleagues.of_organisation(session, organisation, *Role),
    )


def _are_ours(offered: Choices, heard: Heard) -> bool:
    return (
        heard.team_id in {None, *(one for one, _ in offered.teams)}
        and heard.site_id in {None, *(one for one, _ in offered.sites)}
        and heard.about in {None, *(one.id for one in offered.colleagues)}
    )


def _write(work: changes.Writing, complaint_id: str, kind: str, words: str) -> None:
    work.vault.add(
        ComplaintWords(
            complaint_id=complaint_id,
            kind=kind,
            words=words.strip(),
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )
