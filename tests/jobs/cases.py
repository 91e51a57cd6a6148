"""People whose term runs towards its last day, for tests of the clockwork."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from caseflow.domain.programmes import Stage
from caseflow.domain.stay_alerts import AlertCode
from caseflow.domain.stay_limits import StartEvent
from caseflow.services import intake
from caseflow.services.houses import House
from caseflow.services.intake import Registered, Registration
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import StartDate
from caseflow.storage.models.operations import StayAlert
from caseflow.storage.models.shelter import Bed, Placement
from tests import cast
from tests.builders import casework

AT = {"change_id": "change", "recorded_at": cast.NOW, "recorded_by": "tess"}


def morning(day: date) -> datetime:
    """A working morning of a day."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def person(
    house: House, started: date, *, call_name: str = "Blue", programme: str = "waterstad-lvv"
) -> str:
    """Somebody whose term started on a day; answers the case."""
    made = intake.register(
        cast.TESS.actor(),
        Registration(programme, call_name, started, team_id="haven-east"),
        cast.NOW,
    )
    assert isinstance(made, Registered), made
    with casework(house) as session:
        case = session.get_one(Case, made.case_id)
        case.stage = Stage.GUIDANCE
        for kind in (StartEvent.ADMISSION, StartEvent.PATHWAY_START):
            session.add(StartDate(case_id=case.id, kind=kind, event_on=started, **AT))
        bed_id = session.scalars(
            select(Bed.id).where(Bed.id.not_in(select(Placement.bed_id))).limit(1)
        ).one()
        session.add(
            Placement(
                bed_id=bed_id,
                client_code=case.client_code,
                case_id=case.id,
                status="begun",
                arrival_on=started,
                changed_at=cast.NOW,
                **AT,
            )
        )
    return made.case_id


def raised(house: House, case_id: str | None = None) -> list[tuple[AlertCode, date, date]]:
    """The alerts in the store: which one, for which last day, listed on which day."""
    with house.stores.reading() as session:
        rows = session.scalars(
            select(StayAlert)
            .where(True if case_id is None else StayAlert.case_id == case_id)
            .order_by(StayAlert.due_on, StayAlert.kind)
        )
        return [(AlertCode(row.kind), row.last_day, row.listed_on) for row in rows]


def days(count: int) -> timedelta:
    return timedelta(days=count)
