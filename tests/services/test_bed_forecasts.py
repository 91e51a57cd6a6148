"""The forecast from real nights: by kind of house, moves as one stay, nothing of whom few may know, nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseflow.services import bed_forecasts, placements
from caseflow.services.bed_forecasts import KindForecast
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Site
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, YESTERDAY, person, place, staffed

IN_TEN_DAYS = TODAY + timedelta(days=10)


def kinds() -> dict[str, KindForecast]:
    return {one.kind.value: one for one in bed_forecasts.shown(KOFI, cast.NOW).kinds}


def restrict(house: House, case_id: str) -> None:
    with casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).restricted = True


def test_b06_beds_and_departures_are_counted_by_kind_of_house(sealed_house: House) -> None:
    [first, second, _] = staffed(sealed_house, beds=3)
    open_site(sealed_house, "nachthuis", beds=2)
    with casework(sealed_house) as session:
        session.get_one(Site, "nachthuis").kind = "night"
    place(person("Goes"), first, planned=IN_TEN_DAYS)
    place(person("Stays"), second)

    told = kinds()

    assert (told["full_day"].tonight, told["full_day"].beds_tonight) == (2, 3)
    assert [week.known for week in told["full_day"].weeks[:2]] == [2, 1]
    assert [week.leaving for week in told["full_day"].weeks[:2]] == [0, 1]
    assert (told["night"].tonight, told["night"].beds_tonight) == (0, 2)


def test_b06_a_site_that_closes_takes_its_beds_along(sealed_house: House) -> None:
    staffed(sealed_house, beds=3)
    with casework(sealed_house) as session:
        session.get_one(Site, "havenhuis").valid_until = TODAY + timedelta(days=20)

    assert [week.beds for week in kinds()["full_day"].weeks[:4]] == [3, 3, 0, 0]


def test_a_move_is_one_stay_and_no_arrival(sealed_house: House) -> None:
    [first, second, _] = staffed(sealed_house, beds=3)
    placed = place(person(), first, YESTERDAY)
    before = kinds()["full_day"].arrivals_a_week
    moved = placements.move(KOFI, placed.placement_id, second, TODAY, None, cast.NOW)
    assert not hasattr(moved, "reason"), moved

    after = kinds()["full_day"]
    assert (after.arrivals_a_week, after.unplanned_a_week, after.tonight) == (before, 0, 1)


def test_the_day_on_which_a_restricted_client_leaves_changes_no_number(sealed_house: House) -> None:
    [first, *_] = staffed(sealed_house)
    case_id = person()
    place(case_id, first, planned=IN_TEN_DAYS)
    assert kinds()["full_day"].weeks[1].leaving == 1

    restrict(sealed_house, case_id)

    assert [week.leaving for week in kinds()["full_day"].weeks] == [0] * 8
    assert {week.known for week in kinds()["full_day"].weeks} == {1}


def test_another_house_has_its_own_forecast_and_other_roles_have_none(sealed_house: House) -> None:
    [first, *_] = staffed(sealed_house)
    place(person(), first, TOMORROW)

    assert bed_forecasts.shown(JORIS, cast.NOW).kinds == ()
    for who in (cast.AMINA, cast.NIGHT, cast.ADA, cast.FEMKE):
        with pytest.raises(NotKnown):
            bed_forecasts.shown(who.actor(), cast.NOW)
