"""The clock in the house: months, standings, houses and teams, for who may see these people (rules C1 to C6)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.limits_ahead import Standing
from caseflow.services import limits_ahead
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.limits_ahead import ROWS_A_PAGE, Clocks, Wanted
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import CourtContinuation, Extension, Proposal
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import JORIS, KOFI, TODAY, YESTERDAY, person, place, staffed

AMINA, LENA, SARA = (one.actor() for one in (cast.AMINA, cast.LENA, cast.SARA))


def sleeps_since(house: House, call_name: str, bed: str, arrival: date, **more: str) -> str:
    """Somebody who sleeps there since a day, however long ago."""
    case = person(call_name, **more)
    placed = place(case, bed, TODAY).placement_id
    with casework(house) as session:
        session.get_one(Placement, placed).arrival_on = arrival
        session.get_one(Case, case).stage = "guidance"
    return case


def recorded(house: House, case: str, model: type, **values: object) -> None:
    told = {"recorded_at": cast.NOW, "recorded_by": "amina", "change_id": "invented"}
    with casework(house) as session:
        session.add(model(case_id=case, **told, **values))


EVERYBODY = Wanted()


def seen(actor: Actor, wanted: Wanted = EVERYBODY, page: int = 1) -> Clocks:
    return limits_ahead.clocks(actor, wanted, page, cast.NOW)


def names(shown: Clocks) -> list[str]:
    return [row.call_name for row in shown.rows]


@pytest.fixture
def world(sealed_house: House) -> dict[str, str]:
    """Four stays in a programme of eighteen months: one ahead, one undecided, one agreed, one continued."""
    beds = staffed(sealed_house, beds=4)
    long_ago = date(2025, 4, 10)
    made = {
        "Blue": sleeps_since(sealed_house, "Blue", beds[0], date(2025, 8, 31)),
        "Red": sleeps_since(sealed_house, "Red", beds[1], long_ago),
        "Green": sleeps_since(sealed_house, "Green", beds[2], long_ago),
        "Grey": sleeps_since(sealed_house, "Grey", beds[3], long_ago, team="haven-west"),
    }
    granted = {"event_on": YESTERDAY, "until_on": date(2027, 1, 31)}
    agreed = {"id": "agreed", "kind": "extension", "state": "approved", **granted}
    recorded(sealed_house, made["Green"], Proposal, **agreed)
    recorded(sealed_house, made["Green"], Extension, proposal_id="agreed", **granted)
    recorded(sealed_house, made["Grey"], CourtContinuation, from_on=date(2026, 9, 1))
    return made


def test_c04_each_stay_is_counted_once_by_how_it_stands(world: dict[str, str]) -> None:
    shown = seen(KOFI)

    assert shown.by_standing == {
        Standing.AHEAD: 1,
        Standing.UNDECIDED: 1,
        Standing.AGREED: 1,
        Standing.CONTINUED: 1,
    }
    assert {month for month, count in shown.by_month.items() if count} == {
        date(2027, 1, 1),
        date(2027, 2, 1),
    }
    assert names(seen(KOFI, Wanted(month=date(2027, 2, 1)))) == ["Blue"]
    assert seen(KOFI, Wanted(month=date(2027, 2, 1))).rows[0].clock.last_day == date(2027, 2, 28)
    assert names(seen(KOFI, Wanted(month=date(2027, 1, 1)))) == ["Green"]
    assert names(seen(KOFI, Wanted(standing=Standing.UNDECIDED))) == ["Red"]
    assert names(seen(KOFI, Wanted(standing=Standing.CONTINUED))) == ["Grey"]


def test_houses_and_teams_narrow_it_down(sealed_house: House, world: dict[str, str]) -> None:
    [bed, *_] = open_site(sealed_house, "zeezicht")
    sleeps_since(sealed_house, "White", bed, date(2026, 1, 1))

    assert names(seen(KOFI, Wanted(place="zeezicht"))) == ["White"]
    assert sum(seen(KOFI, Wanted(place="zeezicht")).by_standing.values()) == 1
    assert names(seen(KOFI, Wanted(place="haven-west"))) == ["Grey"]
    assert set(seen(KOFI).sites) == {"havenhuis", "zeezicht"}
    assert names(seen(KOFI, Wanted(place="nowhere"))) == []


def test_a_row_and_a_count_are_for_who_sees_this_clock(
    sealed_house: House, world: dict[str, str]
) -> None:
    assert set(names(seen(LENA))) == {"Blue", "Red", "Green"}
    assert names(seen(SARA)) == ["Grey"]
    assert names(seen(JORIS)) == []
    with pytest.raises(NotKnown):
        seen(cast.NIGHT.actor(site_id="havenhuis"))

    with casework(sealed_house) as session:
        code = session.get_one(Case, world["Red"]).client_code
        session.get_one(Client, code).restricted = True
    assert seen(KOFI).by_standing[Standing.UNDECIDED] == 0, "a number would tell of them"
    assert "Red" not in names(seen(KOFI))


def test_who_has_left_and_who_has_no_limit_have_no_row(
    sealed_house: House, world: dict[str, str]
) -> None:
    with casework(sealed_house) as session:
        session.get_one(Case, world["Red"]).stage = "exited"
        session.get_one(Case, world["Blue"]).programme = "waterstad-bbb"

    assert set(names(seen(KOFI))) == {"Green", "Grey"}


def test_only_the_rows_of_the_page_are_looked_at(
    sealed_house: House, world: dict[str, str]
) -> None:
    told = {"organisation": "de-haven", "change_id": "invented"}
    with casework(sealed_house) as session:
        for number in range(ROWS_A_PAGE):
            session.add(
                Client(code=f"C{number}", call_name=f"N{number}", registered_at=cast.NOW, **told)
            )
        session.flush()
        for number in range(ROWS_A_PAGE):
            session.add(
                Case(
                    id=f"case-{number}",
                    client_code=f"C{number}",
                    programme="waterstad-lvv",
                    stage="guidance",
                    opened_at=cast.NOW,
                    **told,
                )
            )
        session.flush()
    beds = open_site(sealed_house, "groot", beds=ROWS_A_PAGE)
    with casework(sealed_house) as session:
        for number, bed in enumerate(beds):
            session.add(
                Placement(
                    bed_id=bed,
                    client_code=f"C{number}",
                    case_id=f"case-{number}",
                    status="begun",
                    arrival_on=TODAY - timedelta(days=30),
                    recorded_by="kofi",
                    recorded_at=cast.NOW,
                    changed_at=cast.NOW,
                    change_id="invented",
                )
            )

    first, second = seen(KOFI), seen(KOFI, page=2)

    assert (first.found, len(first.rows), len(second.rows), first.pages) == (54, 50, 4, 2)
    assert seen(KOFI, page=99).page == 2
    with Session(sealed_house.stores.audit) as log:
        asked = select(Entry.details).where(Entry.event == "clocks_listed")
        told_of = [json.loads(one) for one in log.scalars(asked.order_by(Entry.position))]
    assert told_of[:2] == [{"count": 50, "page": 1}, {"count": 4, "page": 2}]
