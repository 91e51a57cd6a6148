"""The intake desk: someone is registered with a call name, and a team takes the case."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import pathways
from caseflow.domain.access import Permission, Relation, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme, Stage
from caseflow.domain.stay_limits import StartEvent
from caseflow.services import coming_of_age, gatekeeping, household_changes, houses, readings
from caseflow.services.gatekeeping import CaseChange, NotKnown
from caseflow.storage import changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import Team, UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.facts import StageChange, StartDate
from caseflow.storage.models.vault import Note

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0 and O, no 1 and I: codes are read out over the phone."""


@dataclass(frozen=True)
class Registration:
    """What the intake desk writes down; only the call name is needed, and it need not be real."""

    programme: str
    call_name: str
    applied_on: date
    team_id: str | None = None
    gender: str = "unknown"
    age_band: str = "unknown"
    language: str | None = None
    interpreter: bool | None = None
    household_with: str | None = None
    """The client code of a member of the same family."""
    words: str | None = None
    """What the person asks, in their words; goes to the vault, or stays out while it is sealed."""
    is_test: bool = False


@dataclass(frozen=True)
class Registered:
    """A new case and the code its client will be known by."""

    case_id: str
    client_code: str


@dataclass(frozen=True)
class TeamChoice:
    """A team that can take a case, and its colleagues who carry a caseload."""

    id: str
    name: str
    members: tuple[tuple[str, str], ...] = ()


def new_code(session: Session) -> str:
    """A client code nobody has: eight random characters, which say nothing about anyone."""
    while True:
        letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
        code = f"{letters[:4]}-{letters[4:]}"
        if session.get(Client, code) is None:
            return code


def open_programmes(actor: Actor, today: date) -> tuple[Programme, ...]:
    """Programmes of the actor's organisation in which somebody can be registered today."""
    return tuple(
        programme
        for programme in houses.current().catalogue.programmes.values()
        if actor.organisation in programme.organisations and programme.open_on(today)
    )


def takes_words(actor: Actor) -> bool:
    """Whether words about somebody can be kept now: the vault of the actor's organisation is open."""
    return houses.current().stores.is_unsealed(actor.organisation)


def teams(actor: Actor) -> tuple[TeamChoice, ...]:
    """Teams of the actor's organisation, by name."""
    house = houses.current()
    with house.stores.reading() as session:
        found = session.scalars(
            select(Team).where(Team.organisation == actor.organisation).order_by(Team.name)
        ).all()
        members = session.execute(
            select(UserAccount.team_id, UserAccount.id, UserAccount.display_name)
            .where(
                UserAccount.organisation == actor.organisation,
                UserAccount.status == "active",
                UserAccount.team_id.is_not(None),
            )
            .order_by(UserAccount.display_name)
        ).all()
        return tuple(
            TeamChoice(
                team.id,
                team.name,
                tuple((m.id, m.display_name) for m in members if m.team_id == team.id),
            )
            for team in found
        )


def register(actor: Actor, asked: Registration, now: datetime) -> Registered | Refused:
    """Registers a new client with a new case. A sealed vault does not stand in the way without words.

    Raises `NotKnown` for somebody who is not at an intake desk, and `VaultSealed` where words were
    given while the vault is sealed.
    """
    if not may_at_all(Permission.APPLICATION_CREATE, actor.roles):
        raise NotKnown()
    house = houses.current()
    programme = house.catalogue.programmes.get(asked.programme)
    if programme is None or actor.organisation not in programme.organisations:
        return Refused(N_("Choose a programme of your own organisation."))
    today = local(now).date()
    allowed = pathways.may_register(programme, asked.call_name, asked.applied_on, today)
    if not allowed:
        return allowed
    with house.stores.reading() as reading:
        code, case_id = new_code(reading), new_id()
    act = Act(
        "application_registered",
        actor,
        now,
        subjects=(code,),
        object_id=case_id,
        details={"programme": programme.id, "test": asked.is_test},
        permission=Permission.APPLICATION_CREATE.value,
        purpose=Relation.INTAKE_DESK.value,
    )
    vault = actor.organisation if asked.words else None
    with changes.change(house.stores, act, vault=vault) as work:
        gatekeeping.still(work.casework, actor, Permission.APPLICATION_CREATE)
        member = _family_member(work.casework, actor, asked, now)
        if isinstance(member, Refused):
            return work.refuse(member)
        team_id = _team(work.casework, actor, asked.team_id)
        if isinstance(team_id, Refused):
            return work.refuse(team_id)
        client = Client(
            code=code,
            organisation=actor.organisation,
            call_name=asked.call_name.strip(),
            gender=asked.gender,
            age_band=asked.age_band,
            language=asked.language,
            interpreter=asked.interpreter,
            is_test=asked.is_test,
            registered_at=now,
            change_id=work.id,
        )
        case = Case(
            id=case_id,
            client_code=client.code,
            programme=programme.id,
            organisation=actor.organisation,
            team_id=team_id,
            stage=Stage.APPLICATION.value,
            opened_at=now,
            change_id=work.id,
        )
        work.casework.add(client)
        work.casework.flush()
        if member is not None:
            household_changes.joins_at_the_desk(work, member, client, asked.applied_on)
        begin(work, case, asked.applied_on, actor)
        if asked.words:
            work.vault.add(
                Note(
                    client_code=client.code,
                    case_id=case.id,
                    kind="intake",
                    contact_on=asked.applied_on,
                    words=asked.words,
                    about_third_person=False,
                    recorded_at=now,
                    recorded_by=actor.user_id,
                    change_id=work.id,
                )
            )
        return Registered(case.id, client.code)


def reenter(
    actor: Actor, case_id: str, programme_id: str, on: date, now: datetime
) -> Registered | Refused:
    """Opens a new case for a client who comes back: a new episode of the same person.

    It stays with the organisation and the team that hold the former case, whoever of them opens it: the words
    about a client lie in the vault of one organisation. Raises `NotKnown` for anybody else.
    """
    with gatekeeping.changing(
        actor,
        Permission.REENTRY_CREATE,
        case_id,
        "client_reentered",
        now,
        details={"programme": programme_id, "former": case_id},
    ) as change:
        house = houses.current()
        programme = house.catalogue.programmes.get(programme_id)
        holder = change.dossier.case.organisation
        if programme is None or holder not in programme.organisations:
            return change.refuse(Refused(N_("Choose a programme of your own organisation.")))
        session = change.work.casework
        former = session.scalars(
            select(Case.id).where(Case.client_code == change.dossier.case.client_code)
        ).all()
        earlier = [
            readings.case_facts(one, house.programme(one.case.programme))
            for one in dossiers.of_cases(session, former).values()
        ]
        allowed = pathways.may_reenter(earlier, programme, on) and pathways.may_register(
            programme, change.dossier.client.call_name, on, change.today
        )
        if not allowed:
            return change.refuse(allowed)
        case = Case(
            id=new_id(),
            client_code=change.dossier.case.client_code,
            programme=programme.id,
            organisation=holder,
            team_id=change.dossier.case.team_id,
            stage=Stage.APPLICATION.value,
            opened_at=now,
            assigned_on=change.today,
            change_id=change.work.id,
        )
        begin(change.work, case, on, actor)
        session.add(
            CaseTeamMember(
                case_id=case.id,
                user_id=actor.user_id,
                from_on=min(on, change.today),
                change_id=change.work.id,
            )
        )
        coming_of_age.carry_over(change.work, former, case.id)
        return Registered(case.id, case.client_code)


def assign(actor: Actor, case_id: str, members: tuple[str, ...], now: datetime) -> Refused | None:
    """Puts colleagues of the team on the case team; who is no longer named leaves it, from the next request.

    Deputies are named elsewhere (`services.deputies`); who goes takes their deputies along.
    """
    with gatekeeping.changing(
        actor,
        Permission.CASE_ASSIGN,
        case_id,
        "case_assigned",
        now,
        details={"members": tuple(members)},
    ) as change:
        return choose(change, set(members))


def choose(change: CaseChange, members: Collection[str]) -> Refused | None:
    """Puts exactly these colleagues on the case team, inside a change under way."""
    session = change.work.casework
    case = change.dossier.case
    rows = [
        row
        for row in dossiers.case_team_of(session, [case.id]).get(case.id, [])
        if row.until_on is None or row.until_on >= change.today
    ]
    present = {row.user_id for row in rows if row.deputy_for is None}
    known = set(
        session.scalars(
            select(UserAccount.id).where(
                UserAccount.id.in_(members),
                UserAccount.organisation == case.organisation,
                UserAccount.status == "active",
            )
        )
    )
    if not known or not set(members) <= known | present:
        return change.refuse(
            Refused(N_("Choose at least one active colleague of your organisation."))
        )
    # who is suspended for a while and was on it already stays
    known |= present & set(members)
    for row in rows:
        # a deputy stays as long as the colleague stays for whom they stand in
        if (row.deputy_for or row.user_id) not in known:
            row.until_on = ended_before(change.today)
    for user_id in sorted(known - present):
        session.add(
            CaseTeamMember(
                case_id=case.id, user_id=user_id, from_on=change.today, change_id=change.work.id
            )
        )
    if case.assigned_on is None:
        case.assigned_on = change.today
    return None


def begin(work: changes.Writing, case: Case, applied_on: date, actor: Actor) -> None:
    """Puts a case that begins with an application into a change under way, with the facts it begins with."""
    fact = {
        "case_id": case.id,
        "recorded_at": work.at,
        "recorded_by": actor.user_id,
        "change_id": work.id,
        "event_on": applied_on,
    }
    work.casework.add(case)
    work.casework.flush()
    work.casework.add(StageChange(stage=Stage.APPLICATION.value, **fact))
    work.casework.add(StartDate(kind=StartEvent.APPLICATION.value, **fact))


def _team(session: Session, actor: Actor, team_id: str | None) -> str | Refused | None:
    mine = session.scalars(
        select(Team.id).where(Team.organisation == actor.organisation).order_by(Team.name)
    ).all()
    if team_id is None and len(mine) < 2:
        return mine[0] if mine else None
    if team_id is None:
        return Refused(N_("Choose the team that takes this case."))
    return team_id if team_id in mine else Refused(N_("Choose a team of your own organisation."))


def _family_member(
    session: Session, actor: Actor, asked: Registration, now: datetime
) -> Client | Refused | None:
    """The family member named by code, where one is: somebody whose case the desk may open."""
    if not asked.household_with:
        return None
    code = household_changes.as_code(asked.household_with)
    member = session.get(Client, code) if code else None
    if member is None or not household_changes.may_be_opened(session, actor, member.code, now):
        return Refused(
            N_("No case of yours has this client code. Check the code, or leave it empty.")
        )
    return member
