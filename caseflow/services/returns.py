"""Whoever comes back to the intake desk with a client code: a new case of the same person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import pathways
from caseflow.domain.access import Permission, Relation, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.services import coming_of_age, houses, intake, readings
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.intake import Registered
from caseflow.storage import audit_log, changes, dossiers, merges
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client

UNKNOWN: Final = Refused(
    N_("Nobody can come back with this client code. Check the code, or register this person anew.")
)
"""The one answer for a code that nobody has, that another organisation has, and that is restricted."""


def come_back(
    actor: Actor, code: str, programme_id: str, on: date, now: datetime
) -> Registered | Refused:
    """Opens a new case, at the team of the newest former one, for a client of the desk's organisation.

    The former cases stay closed to the desk. Raises `NotKnown` for somebody who is not at an intake desk.
    """
    if not may_at_all(Permission.APPLICATION_CREATE, actor.roles):
        raise NotKnown()
    house, code = houses.current(), code.strip().upper()
    with house.stores.reading() as reading:
        code = merges.present(reading, code)
        former = _former(reading, actor, code)
        former_id = former.id if former is not None else None
    if former_id is None:
        denied = Act(
            "access_denied",
            actor,
            now,
            details={"asked": Permission.REENTRY_CREATE.value},
            permission=Permission.REENTRY_CREATE.value,
        )
        audit_log.tell(house.stores, denied, result="refused")
        return UNKNOWN
    programme = house.catalogue.programmes.get(programme_id)
    if programme is None or actor.organisation not in programme.organisations:
        return Refused(N_("Choose a programme of your own organisation."))
    today, case_id = local(now).date(), new_id()
    act = Act(
        "client_reentered",
        actor,
        now,
        subjects=(code,),
        object_id=case_id,
        details={"programme": programme.id, "former": former_id},
        permission=Permission.APPLICATION_CREATE.value,
        purpose=Relation.INTAKE_DESK.value,
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.APPLICATION_CREATE)
        former = _former(work.casework, actor, code)
        if former is None:
            return work.refuse(UNKNOWN)
        ids = work.casework.scalars(select(Case.id).where(Case.client_code == code)).all()
        earlier = [
            readings.case_facts(one, house.programme(one.case.programme))
            for one in dossiers.of_cases(work.casework, ids).values()
        ]
        client = work.casework.get_one(Client, code)
        allowed = pathways.may_reenter(earlier, programme, on) and pathways.may_register(
            programme, client.call_name, on, today
        )
        if not allowed:
            return work.refuse(allowed)
        case = Case(
            id=case_id,
            client_code=code,
            programme=programme.id,
            organisation=former.organisation,
            team_id=former.team_id,
            stage=Stage.APPLICATION.value,
            opened_at=now,
            change_id=work.id,
        )
        intake.begin(work, case, on, actor)
        coming_of_age.carry_over(work, ids, case_id)
    return Registered(case_id, code)


def _former(session: Session, actor: Actor, code: str) -> Case | None:
    """The newest case of a client who may come back to this desk; None where there is none."""
    return session.scalar(
        select(Case)
        .join(Client, Client.code == Case.client_code)
        .where(
            Client.code == code,
            Client.organisation == actor.organisation,
            Case.organisation == actor.organisation,
            Client.restricted.is_(False),
        )
        .order_by(Case.opened_at.desc(), Case.id)
        .limit(1)
    )
