"""Restricted clients: their cases are there for named readers only, and on nobody else's list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import colleagues, decision_sheets, gatekeeping, houses
from caseflow.services.colleagues import Colleague
from caseflow.services.gatekeeping import CaseChange, NotKnown
from caseflow.storage import dossiers
from caseflow.storage.models.cases import Case, RestrictedReader

CAN_READ: Final = (
    Role.CASEWORKER, Role.TEAM_LEAD, Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER,
    Role.INTAKE_DESK, Role.LEGAL_COUNSELLOR, Role.HEALTH_WORKER,
)  # fmt: skip
"""Roles that can stand in some relation to a case; a named reader reads as the role would otherwise."""


def readers(actor: Actor, case_id: str, now: datetime) -> tuple[str, ...]:
    """Ids of the named readers of a restricted client; of the case team where nothing is restricted yet.

    Raises `NotKnown`.
    """
    today = local(now).date()
    with houses.current().stores.reading() as session:
        standing = gatekeeping.known(session, actor, Permission.CASE_RESTRICT, case_id, now)
        if standing.restricted:
            code = session.scalars(select(Case.client_code).where(Case.id == case_id)).one()
            rows = session.scalars(
                select(RestrictedReader).where(RestrictedReader.client_code == code)
            ).all()
            found = {one.user_id for one in rows if one.until_on is None or one.until_on >= today}
        else:
            team = dossiers.case_team_of(session, [case_id]).get(case_id, [])
            found = {
                one.user_id
                for one in team
                if one.from_on <= today <= (one.until_on or today) and one.deputy_for is None
            }
        return tuple(sorted(found))


def can_be_named(actor: Actor, case_id: str) -> tuple[Colleague, ...]:
    """Colleagues who can be named as readers; where the city decides by sheets, also those who decide for it.

    They read no file by it, but the decision sheet of this client by code, which is there for nobody else.
    """
    house = houses.current()
    with house.stores.reading() as session:
        case = session.get(Case, case_id)
        if case is None:
            raise NotKnown()
        return (
            *colleagues.of_organisation(session, actor.organisation, *CAN_READ),
            *decision_sheets.decision_makers(session, house.programme(case.programme)),
        )


def restrict(actor: Actor, case_id: str, named: tuple[str, ...], now: datetime) -> Refused | None:
    """Restricts a client to named readers, or names them anew; whoever does it stays a reader.

    It counts from the next request, for every case of the client; household gives no access. Raises `NotKnown`.
    """
    wanted = frozenset(named) | {actor.user_id}
    with gatekeeping.changing(
        actor,
        Permission.CASE_RESTRICT,
        case_id,
        "client_restricted",
        now,
        details={"readers": wanted},
    ) as change:
        session, client = change.work.casework, change.dossier.client
        own = {
            one.id
            for one in colleagues.of_organisation(
                session, change.dossier.case.organisation, *CAN_READ
            )
        }
        city = {one.id for one in decision_sheets.decision_makers(session, change.programme)}
        if not wanted <= own | city:
            return change.refuse(
                Refused(N_("Choose active colleagues of your organisation as readers."))
            )
        if not own & set(named):
            return change.refuse(
                Refused(N_("Choose at least one reader who works on the case, beside yourself."))
            )
        if _goes_on_elsewhere(change):
            return change.refuse(
                Refused(N_("This person has an open case. Restrict that one instead."))
            )
        present = _present(change)
        for row in present:
            if row.user_id not in wanted:
                row.until_on = ended_before(change.today)
        for user_id in sorted(wanted - {row.user_id for row in present}):
            session.add(
                RestrictedReader(client_code=client.code, user_id=user_id, from_on=change.today)
            )
        client.restricted = True
        return None


def lift(actor: Actor, case_id: str, now: datetime) -> Refused | None:
    """Lifts the restriction: roles and relations count again. Raises `NotKnown`."""
    with gatekeeping.changing(
        actor, Permission.CASE_RESTRICT, case_id, "restriction_lifted", now
    ) as change:
        if not change.dossier.client.restricted:
            return change.refuse(Refused(N_("This person is not restricted.")))
        for row in _present(change):
            row.until_on = ended_before(change.today)
        change.dossier.client.restricted = False
        return None


def _present(change: CaseChange) -> list[RestrictedReader]:
    rows = change.work.casework.scalars(
        select(RestrictedReader).where(
            RestrictedReader.client_code == change.dossier.case.client_code
        )
    )
    return [one for one in rows if one.until_on is None or one.until_on >= change.today]


def _goes_on_elsewhere(change: CaseChange) -> bool:
    """Whether this case has ended while another of the same client is open: those who work there decide."""
    if not change.facts.has_ended:
        return False
    others = change.work.casework.scalars(
        select(Case.stage).where(Case.client_code == change.dossier.case.client_code)
    )
    return any(stage not in ENDED_STAGES for stage in others)
