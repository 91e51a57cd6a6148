"""To which offices a client agreed that everyday letters go, and the end of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Why
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.recipients import RecipientClass
from caseflow.services import offices
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.storage import client_requests, disclosures
from caseflow.storage.models.disclosures import Office, StandingRecipient

AT_MOST = 100


@dataclass(frozen=True)
class StandingView:
    """An office that stands on a case."""

    id: str
    office_id: str
    name: str
    kind: Label | str
    recipient_class: RecipientClass
    agreed_on: date
    agreed_in: str
    ended_on: date | None


def of_case(session: Session, case_id: str) -> tuple[StandingView, ...]:
    """Every office that a client agreed to, those that still stand first."""
    rows = session.execute(
        select(StandingRecipient, Office)
        .join(Office, Office.id == StandingRecipient.office_id)
        .where(StandingRecipient.case_id == case_id)
        .order_by(
            StandingRecipient.withdrawn_on.is_not(None),
            StandingRecipient.withdrawn_on.desc(),
            Office.name,
            StandingRecipient.id,
        )
        .limit(AT_MOST)
    )
    return tuple(_view(standing, office) for standing, office in rows)


def agree(
    actor: Actor, case_id: str, office_id: str, agreed_on: date, language: str, now: datetime
) -> Refused | None:
    """Records that the client agreed to an office of the registry. Raises `NotKnown`."""
    details = {"office": office_id, "on": agreed_on}
    with changing(
        actor, Permission.DISCLOSURE_ASK, case_id, "recipient_agreed", now, details=details
    ) as change:
        work = change.work
        office = work.casework.get(Office, office_id)
        if office is None or office.organisation != change.dossier.case.organisation:
            return change.refuse(Refused(N_("Choose an office from the list.")))
        if office.closed_on is not None or not office.standing:
            return change.refuse(Refused(N_("Choose an office from the list.")))
        if agreed_on > change.today:
            return change.refuse(
                Refused(N_("The day on which the client agreed lies ahead: check the day."))
            )
        if client_requests.restricted(work.casework, case_id, change.today):
            return change.refuse(
                Refused(
                    N_(
                        "The client asked that the file is not used now. Nothing leaves until that is lifted."
                    )
                )
            )
        stands = disclosures.standing(work.casework, case_id, office_id, change.today)
        if stands is not None and stands.withdrawn_on is None:
            return change.refuse(Refused(N_("The client agreed to this office already.")))
        work.casework.add(
            StandingRecipient(
                case_id=case_id,
                office_id=office_id,
                agreed_on=agreed_on,
                agreed_in=language,
                recorded_by=work.by,
                recorded_at=work.at,
                change_id=work.id,
            )
        )
    return None


def end(
    actor: Actor, case_id: str, standing_id: str, taken_back: bool, now: datetime
) -> Refused | None:
    """Ends that an office stands on the case; where the client took it back, the office hears so. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.DISCLOSURE_WITHDRAW,
        case_id,
        "recipient_ended",
        now,
        details={"office": standing_id, "taken_back": taken_back},
    ) as change:
        work = change.work
        row = work.casework.get(StandingRecipient, standing_id)
        if row is None or row.case_id != case_id:
            raise NotKnown()
        if row.withdrawn_on is not None:
            return change.refuse(Refused(N_("This has ended already. Look again.")))
        if taken_back:
            disclosures.stop(
                work,
                case_id,
                Why.AGREEMENT_WITHDRAWN,
                change.today,
                office_ids=[row.office_id],
            )
        else:
            row.withdrawn_on = change.today
            row.withdrawn_by, row.withdrawn_change_id = work.by, work.id
    return None


def _view(row: StandingRecipient, office: Office) -> StandingView:
    seen = offices.view_of(office)
    return StandingView(
        row.id,
        row.office_id,
        office.name,
        seen.kind,
        RecipientClass(office.recipient_class),
        row.agreed_on,
        row.agreed_in,
        row.withdrawn_on,
    )
