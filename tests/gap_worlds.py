"""Cases in which nothing is missing, and ways to take something out: put into the stores directly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from caseflow.services.houses import House
from caseflow.storage.models.agreements import InformationGiven
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, CaseTeamMember, Client, RestrictedReader
from caseflow.storage.models.facts import (
    Exit,
    Extension,
    FollowUp,
    Proposal,
    ScenarioChoice,
    StageChange,
    StartDate,
)
from caseflow.storage.models.operations import StayAlert
from tests import cast
from tests.builders import casework

TODAY: Final = date(2026, 11, 22)
APPLIED: Final = date(2026, 5, 1)
LVV: Final = "waterstad-lvv"


def fact(at: date | datetime = cast.NOW) -> dict[str, Any]:
    """What every fact carries, recorded on a day."""
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, 9, tzinfo=UTC)
    return {"recorded_at": moment, "recorded_by": "amina", "change_id": "laid-down"}


def complete(
    house: House,
    code: str,
    *,
    team: str | None = "haven-east",
    member: str | None = "amina",
    stage: str = "guidance",
    organisation: str = "de-haven",
    programme: str = LVV,
    applied: date = APPLIED,
    **client: Any,
) -> str:
    """A case in which nothing is missing, with its client; answers its id."""
    told = {"gender": "woman", "age_band": "28-37", "restricted": False, "is_test": False} | client
    case_id = new_id()
    with casework(house) as session:
        session.add(
            Client(
                code=code,
                organisation=organisation,
                call_name=f"Guest {code}",
                registered_at=cast.NOW,
                change_id="laid-down",
                **told,
            )
        )
        session.flush()
        session.add(
            Case(
                id=case_id,
                client_code=code,
                programme=programme,
                organisation=organisation,
                team_id=team,
                stage=stage,
                opened_at=cast.NOW,
                assigned_on=applied,
                last_contact_on=TODAY,
                change_id="laid-down",
            )
        )
        session.flush()
        of = {"case_id": case_id, **fact(applied)}
        session.add(StartDate(kind="application", event_on=applied, **of))
        session.add(StartDate(kind="admission", event_on=applied, **of))
        session.add(StageChange(stage="guidance", event_on=applied, **of))
        session.add(ScenarioChoice(scenario="legalisation", event_on=applied, **of))
        for text in ("rights", "purposes"):
            heard = {"language": "en", "way": "read_out", "given_on": applied, "text_version": 1}
            session.add(InformationGiven(kind=text, **heard, **of))
        if member is not None:
            session.add(
                CaseTeamMember(
                    case_id=case_id, user_id=member, from_on=applied, change_id="laid-down"
                )
            )
    return case_id


def recorded(
    house: House, case_id: str, model: type[Any], at: Any = cast.NOW, **values: Any
) -> str:
    """One fact more; answers its id."""
    row_id = new_id()
    with casework(house) as session:
        session.add(model(id=row_id, case_id=case_id, **fact(at), **values))
    return row_id


def left(
    house: House,
    case_id: str,
    outcome: str = "residence_permit",
    on: date = TODAY,
    *,
    basis: str | None = None,
    at: date | None = None,
    **more: Any,
) -> None:
    """An exit on a day, recorded that day unless said."""
    told = {"kind": "exit", "state": "approved", "event_on": on, "outcome": outcome}
    proposal = recorded(house, case_id, Proposal, at or on, **told)
    recorded(
        house,
        case_id,
        Exit,
        at or on,
        exited_on=on,
        outcome=outcome,
        outcome_basis=basis,
        proposal_id=proposal,
        **more,
    )
    changed(house, case_id, stage="exited")


def followed_up(house: House, case_id: str, months: int, state: str, on: date) -> None:
    """What was found some months after the exit."""
    recorded(house, case_id, FollowUp, on, months=months, state=state, event_on=on)


def extended(house: House, case_id: str, until: date) -> None:
    """An agreed stay beyond the term."""
    told = {"kind": "extension", "state": "approved", "event_on": TODAY, "until_on": until}
    proposal = recorded(house, case_id, Proposal, **told)
    recorded(house, case_id, Extension, until_on=until, event_on=TODAY, proposal_id=proposal)


def warned(house: House, case_id: str, last_day: date) -> None:
    """The alert that the last day passed and nobody decided."""
    with casework(house) as session:
        session.add(
            StayAlert(
                case_id=case_id,
                kind="beyond_undecided",
                last_day=last_day,
                due_on=last_day + timedelta(days=1),
                listed_on=TODAY,
            )
        )


def changed(house: House, case_id: str, **values: Any) -> None:
    """Columns of the case, as they are from now on."""
    with casework(house) as session:
        case = session.get_one(Case, case_id)
        for name, value in values.items():
            setattr(case, name, value)


def names_reader(house: House, code: str, user_id: str) -> None:
    """A named reader of a restricted client."""
    with casework(house) as session:
        session.add(RestrictedReader(client_code=code, user_id=user_id, from_on=APPLIED))
