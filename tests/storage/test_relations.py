"""Who stands in which relation to a case because of a bed or a roster."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseflow.domain.access import Relation
from caseflow.domain.actors import Actor
from caseflow.services.houses import House
from caseflow.storage import relations
from caseflow.storage.models.accounts import RosterShift
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Placement
from tests import builders, cast

TODAY = cast.NOW.date()
CASE = "case-of-somebody"


@pytest.fixture
def beds(house: House) -> list[str]:
    """A site of De Haven, and a client of Het Kompas with a case of its one team."""
    builders.hire_everybody(house)
    beds = builders.open_site(house)
    with builders.casework(house) as session:
        common = {"change_id": "x", "organisation": "het-kompas"}
        session.add(Client(code="CODE-0001", call_name="Blue", registered_at=cast.NOW, **common))
        session.flush()
        session.add(
            Case(
                id=CASE,
                client_code="CODE-0001",
                programme="waterstad-lvv",
                team_id="kompas-one",
                stage="guidance",
                opened_at=cast.NOW,
                **common,
            )
        )
    return beds


def sleeps(house: House, bed: str, status: str, arrival: date, **more: object) -> None:
    with builders.casework(house) as session:
        session.add(
            Placement(
                bed_id=bed,
                client_code="CODE-0001",
                case_id=CASE,
                status=status,
                arrival_on=arrival,
                recorded_by="x",
                recorded_at=cast.NOW,
                changed_at=cast.NOW,
                change_id="x",
                **more,
            )
        )


def stands(house: House, actor: Actor) -> set[Relation]:
    with house.stores.reading() as session:
        return relations.footings(session, actor, [CASE], cast.NOW, TODAY)[CASE].relations


ROWS = [
    ("a stay that began", "begun", -40, {"own_site", "own_site_tonight"}),
    ("an arrival tonight", "booked", 0, {"own_site", "own_site_tonight"}),
    ("an arrival later this week", "booked", 5, {"own_site"}),
    ("an arrival next month", "booked", 30, set()),
    ("somebody who never came", "booked", -20, set()),
]


@pytest.mark.parametrize(("said", "status", "days", "gives"), ROWS, ids=[row[0] for row in ROWS])
def test_a_bed_relates_those_who_work_there_these_days(
    house: House, beds: list[str], said: str, status: str, days: int, gives: set[str]
) -> None:
    sleeps(house, beds[0], status, TODAY + timedelta(days=days))
    worker = cast.Colleague("rosa", "de-haven", None, cast.NIGHT.roles, "havenhuis")
    night = stands(house, worker.actor(site_id="havenhuis"))
    roles = (cast.Role.RESIDENTIAL_WORKER,)
    day = stands(house, cast.Colleague("rosa", "de-haven", None, roles).actor(site_id="havenhuis"))

    assert {one.value for one in night | day} == gives, said


def test_a_hold_that_ran_out_relates_nobody(house: House, beds: list[str]) -> None:
    sleeps(house, beds[0], "held", TODAY, hold_ends_at=cast.NOW - timedelta(minutes=1))

    assert stands(house, cast.KOFI.actor()) == set()


def test_a_bed_for_another_organisations_client_shares_shelter_and_no_more(
    house: House, beds: list[str]
) -> None:
    sleeps(house, beds[0], "begun", TODAY)

    assert stands(house, cast.KOFI.actor()) == {
        Relation.SHELTERS,
        Relation.HOUSES,
        Relation.OWN_SITE_TONIGHT,
    }
    assert stands(house, cast.JORIS.actor()) == {Relation.PLACES}


@pytest.mark.parametrize(
    ("team", "reached"), [(None, True), ("kompas-one", True), ("other", False)]
)
def test_who_is_on_duty_reaches_the_cases_of_the_roster(
    house: House, beds: list[str], team: str | None, reached: bool
) -> None:
    standing_in = cast.Colleague("yusuf", "het-kompas", None, (cast.Role.CASEWORKER,)).actor()
    hour = timedelta(hours=1)
    with builders.casework(house) as session:
        if team == "other":
            session.add(builders.Team(id="other", organisation="het-kompas", name="Other"))
            session.flush()
        session.add(
            RosterShift(
                user_id="yusuf",
                organisation="het-kompas",
                team_id=team,
                starts_at=cast.NOW - hour,
                ends_at=cast.NOW + hour,
                entered_by="noor",
            )
        )
    with house.stores.reading() as session:
        now = relations.within_reach(session, standing_in, cast.NOW, TODAY)
        later = relations.within_reach(session, standing_in, cast.NOW + 2 * hour, TODAY)

    assert (CASE in now) is reached
    assert CASE not in later
