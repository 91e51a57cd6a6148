"""What is done with an incident: written down by who was there, followed up by the team lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import incidents as rules
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.incidents import Concerned, FollowUp, Happened, Measure
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.domain.tasks import TaskKind
from caseflow.services import actors, gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown, changing, still
from caseflow.services.incidents import FOLLOW_UP, RECORD, sites_of
from caseflow.services.vacancies import Occupant, tell_listed
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.house_peace import Incident, IncidentPerson, IncidentWords
from caseflow.storage.models.shelter import Bed, Placement, Room, Site
from caseflow.storage.models.tasks import Task


@dataclass(frozen=True)
class Choices:
    """What the form offers: own sites, and who sleeps at the chosen one as far as this colleague may see them."""

    sites: tuple[tuple[str, str], ...]
    site_id: str | None
    people: tuple[Occupant, ...]


@dataclass(frozen=True)
class _Held:
    """The case of somebody concerned, and who holds it."""

    id: str
    organisation: str
    stage: str


def choices(actor: Actor, site_id: str | None, now: datetime) -> Choices:
    """The sites to choose from, and the people of one, the look recorded. Raises `NotKnown`."""
    if not may_at_all(RECORD, actor.roles):
        raise NotKnown()
    with houses.current().stores.reading() as session:
        sites = sites_of(session, actor)
        chosen = site_id or (sites[0][0] if len(sites) == 1 else None)
        if chosen is not None and chosen not in dict(sites):
            raise NotKnown()
        people = _who_sleeps_at(session, actor, chosen, now) if chosen else {}
    if chosen is not None:
        tell_listed(actor, now, people.values(), {chosen})
    return Choices(sites, chosen, tuple(sorted(people.values(), key=_by_name)))


def record(actor: Actor, told: Happened, now: datetime) -> str | Refused:
    """Writes an incident down, its words in the vault of whom it concerned; answers its id.

    Without words it can be done while the vault is sealed. Raises `NotKnown`, and `VaultSealed` with nothing told.
    """
    house, today, incident_id = houses.current(), local(now).date(), new_id()
    allowed = rules.may_record(told, today)
    if isinstance(allowed, Refused):
        return allowed
    with house.stores.reading() as session:
        cases = _cases(session, actor, told, now)
    if isinstance(cases, Refused):
        return cases
    holders = {one.organisation for one in cases.values()} or {actor.organisation}
    together = rules.one_vault(holders) if told.words else allowed
    if isinstance(together, Refused):
        return together
    vault = next(iter(holders)) if told.words else None
    act = Act(
        "incident_recorded",
        actor,
        now,
        subjects=tuple(sorted(cases)),
        object_id=incident_id,
        details={
            "kind": told.kind.value,
            "site": told.site_id,
            "on": told.on,
            "people": len(cases),
        },
        permission=RECORD.value,
        purpose="shelter",
        sensitivity="vault" if vault else "casework",
    )
    with changes.change(house.stores, act, vault=vault) as work:
        still(work.casework, actor, RECORD)
        present = actors.present(work.casework, actor)
        again = _cases(work.casework, present, told, now)
        if isinstance(again, Refused):
            return work.refuse(again)
        _write(work, incident_id, told, again, vault)
    return incident_id


def follow_up(
    actor: Actor, case_id: str, person_id: str, what: FollowUp, on: date, now: datetime
) -> Refused | None:
    """Says how the team lead followed an incident up with one person it concerned. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        known = session.get(IncidentPerson, person_id)
        incident_id = known.incident_id if known is not None else ""
    details = {"incident": incident_id, "outcome": what.value, "on": on}
    with changing(
        actor, FOLLOW_UP, case_id, "incident_followed_up", now, details=details
    ) as change:
        row = change.work.casework.get(IncidentPerson, person_id)
        if row is None or row.case_id != change.dossier.case.id:
            raise NotKnown()
        incident = change.work.casework.get_one(Incident, row.incident_id)
        allowed = rules.may_follow_up(row.followed_up_on, on, incident.happened_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.follow_up, row.followed_up_on = what.value, on
        row.followed_up_by, row.followed_up_change_id = change.work.by, change.work.id
        return None


def _cases(
    session: Session, actor: Actor, told: Happened, now: datetime
) -> Mapping[str, _Held] | Refused:
    """The cases of whom it concerned, by client code. Raises `NotKnown` for another site."""
    if told.site_id not in dict(sites_of(session, actor)):
        raise NotKnown()
    if not told.people:
        return {}
    there = _who_sleeps_at(session, actor, told.site_id, now)
    if not {one.client_code for one in told.people} <= set(there):
        return Refused(N_("Choose people who sleep at this site. Leave out anybody else."))
    ids = {there[one.client_code].case_id for one in told.people}
    rows = session.execute(
        select(Case.client_code, Case.id, Case.organisation, Case.stage).where(Case.id.in_(ids))
    )
    return {code: _Held(*rest) for code, *rest in rows}


def _who_sleeps_at(
    session: Session, actor: Actor, site_id: str, now: datetime
) -> dict[str, Occupant]:
    """Who sleeps at a site now, by client code, of whom this colleague may write an incident down."""
    rows = session.execute(
        select(Placement.case_id, Client.code, Client.call_name)
        .join(Client, Client.code == Placement.client_code)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .where(Room.site_id == site_id, Placement.status == "begun")
    ).all()
    standings = gatekeeping.standings(session, actor, {row.case_id for row in rows}, now)
    return {
        code: Occupant(case_id, code, name)
        for case_id, code, name in rows
        if case_id in standings and may(Permission.INCIDENT_RECORD, standings[case_id])
    }


def _by_name(one: Occupant) -> tuple[str, str]:
    return one.call_name.casefold(), one.client_code


def _write(
    work: Writing, incident_id: str, told: Happened, cases: Mapping[str, _Held], vault: str | None
) -> None:
    recorded = {"recorded_by": work.by, "recorded_at": work.at, "change_id": work.id}
    session = work.casework
    organisation = session.get_one(Site, told.site_id).organisation
    session.add(
        Incident(
            id=incident_id,
            organisation=organisation,
            site_id=told.site_id,
            happened_on=told.on,
            part_of_day=told.part_of_day.value,
            kind=told.kind.value,
            police=told.police.value,
            emergency_called=told.emergency_called,
            words_in=vault,
            **recorded,
        )
    )
    session.flush()
    for one in told.people:
        case = cases[one.client_code]
        session.add(
            IncidentPerson(
                incident_id=incident_id,
                client_code=one.client_code,
                case_id=case.id,
                role=one.role.value,
                measure=one.measure.value if one.measure else None,
                measure_until=one.until_on,
                task_id=_task(session, case, one, recorded),
                **recorded,
            )
        )
    if vault is not None:
        work.vault.add(IncidentWords(incident_id=incident_id, words=told.words, **recorded))


def _task(session: Session, case: _Held, one: Concerned, recorded: Mapping[str, Any]) -> str | None:
    """A task on the day on which a measure ends, in a case that still runs."""
    if one.until_on is None or one.measure in (None, Measure.TIME_OUT):
        return None
    if Stage(case.stage) in ENDED_STAGES:
        return None
    task_id = new_id()
    session.add(
        Task(
            id=task_id, kind=TaskKind.HOUSE.value, due_on=one.until_on, case_id=case.id, **recorded
        )
    )
    return task_id
