"""People registered and beds opened for tests of placements."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caseflow.domain.decisions import Refused
from caseflow.domain.messages import Message
from caseflow.services import intake, placements
from caseflow.services.houses import House
from caseflow.services.intake import Registered, Registration
from caseflow.services.placements import Placed
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import hire_everybody, open_site
from tests.cast import Colleague

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
KOFI = cast.KOFI.actor()
JORIS = cast.JORIS.actor()


def staffed(house: House, beds: int = 3) -> list[str]:
    """The cast at work, and one open site; answers its beds."""
    hire_everybody(house)
    return open_site(house, beds=beds)


def person(
    call_name: str = "Blue",
    *,
    desk: Colleague = cast.TESS,
    programme: str = "waterstad-lvv",
    gender: str = "unknown",
    team: str = "haven-east",
) -> str:
    """Registers somebody who applied three weeks ago; answers the case."""
    made = intake.register(
        desk.actor(),
        Registration(programme, call_name, TODAY - timedelta(days=21), team_id=team, gender=gender),
        cast.NOW,
    )
    assert isinstance(made, Registered), made
    return made.case_id


def place(
    case_id: str,
    bed: str,
    arrival: date = TODAY,
    planned: date | None = None,
    now: datetime = cast.NOW,
) -> Placed:
    """Gives somebody a bed; fails where that is refused."""
    made = placements.allocate(KOFI, case_id, bed, arrival, planned, now)
    assert isinstance(made, Placed), made
    return made


def reason(answer: object) -> str:
    """The sentence of a refusal."""
    assert isinstance(answer, Refused), answer
    assert isinstance(answer.reason, Message)
    return str(answer.reason)


def stored(house: House, placement_id: str) -> Placement:
    """A stay as it is stored."""
    with house.stores.reading() as session:
        row = session.get(Placement, placement_id)
        assert row is not None
        session.expunge(row)
        return row
