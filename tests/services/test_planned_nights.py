"""Another departure, or an arrival that was earlier than was known: what is refused, and what is kept of before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.separations import NOT_FOR_THIS_PERSON
from caseflow.services import continuations, placements, planned_nights, separations
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Placement
from tests import case_worlds as world
from tests import cast
from tests.services.placing import (
    JORIS,
    KOFI,
    TODAY,
    TOMORROW,
    YESTERDAY,
    person,
    place,
    reason,
    staffed,
    stored,
)

NOW = cast.NOW
LENA = cast.LENA.actor()
SOON = TODAY + timedelta(days=4)


def test_b02_a_departure_is_planned_moved_and_left_open(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person("Blue"), bed, YESTERDAY).placement_id

    assert planned_nights.plan_departure(KOFI, stay, SOON, NOW) is None
    assert stored(sealed_house, stay).planned_departure_on == SOON
    place(person("Red"), bed, SOON, SOON + timedelta(days=2))
    assert planned_nights.plan_departure(KOFI, stay, TOMORROW, NOW) is None
    refused = planned_nights.plan_departure(KOFI, stay, SOON + timedelta(days=1), NOW)
    assert "Bed 1.1 is taken from 2026-11-26 to 2026-11-28" in reason(refused)
    assert "Bed 1.1 is taken" in reason(planned_nights.plan_departure(KOFI, stay, None, NOW))
    assert stored(sealed_house, stay).planned_departure_on == TOMORROW


def test_fewer_nights_are_always_possible_also_where_more_would_not_be(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    blue, red = person("Blue"), person("Red")
    stay = place(blue, beds[0], YESTERDAY, SOON).placement_id
    place(red, beds[1], YESTERDAY)
    with sealed_house.stores.reading() as session:
        other = session.get_one(Case, red).client_code
    assert separations.keep_apart(LENA, blue, other, TODAY, NOW) is None

    more = planned_nights.plan_departure(KOFI, stay, SOON + timedelta(days=1), NOW)
    fewer = planned_nights.plan_departure(KOFI, stay, TOMORROW, NOW)

    assert reason(more) == str(NOT_FOR_THIS_PERSON.reason)
    assert fewer is None


def test_an_overdue_stay_gets_another_departure(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person("Blue"), bed, TODAY, TOMORROW).placement_id
    later = NOW + timedelta(days=3)

    assert planned_nights.plan_departure(KOFI, stay, TODAY + timedelta(days=9), later) is None
    assert stored(sealed_house, stay).planned_departure_on == TODAY + timedelta(days=9)


def test_c04_no_departure_is_planned_while_a_court_continues_the_stay(house: House) -> None:
    with clock.fixed(NOW):
        bed = staffed(house)[0]
        case = world.admitted(days_ago=20)
        stay = place(case, bed, YESTERDAY, SOON).placement_id
        world.done(continuations.begin(cast.AMINA.actor(), case, YESTERDAY, NOW))

        refused = planned_nights.plan_departure(KOFI, stay, TOMORROW, NOW)

        assert "No end can be planned" in reason(refused)
        assert planned_nights.plan_departure(KOFI, stay, None, NOW) is None


def test_two_coordinators_plan_a_departure_and_the_second_reads_of_the_first(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person("Blue"), bed, YESTERDAY).placement_id
    seen = stored(sealed_house, stay).version
    assert planned_nights.plan_departure(KOFI, stay, SOON, NOW, version=seen) is None

    refused = planned_nights.plan_departure(KOFI, stay, TOMORROW, NOW, version=seen)

    assert "A colleague changed this stay meanwhile" in reason(refused)
    assert stored(sealed_house, stay).planned_departure_on == SOON


def test_b14_further_back_than_a_week_is_for_the_team_lead_and_keeps_what_was_known(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    case = person("Blue")
    early = TODAY - timedelta(days=15)
    refused = placements.allocate(KOFI, case, bed, early, None, NOW)
    assert "ask the team lead for the nights before" in reason(refused)
    stay = place(case, bed, TODAY - timedelta(days=7), SOON).placement_id
    with pytest.raises(NotKnown):
        planned_nights.begin_earlier(KOFI, stay, early, NOW)

    made = planned_nights.begin_earlier(LENA, stay, early, NOW)

    assert isinstance(made, Placed)
    with sealed_house.stores.reading() as session:
        rows = session.scalars(select(Placement).order_by(Placement.arrival_on)).all()
        kept = [(one.status, one.arrival_on, one.recorded_by) for one in rows]
    assert kept == [
        ("begun", early, "lena"),
        ("mistaken", TODAY - timedelta(days=7), "kofi"),
    ]
    assert stored(sealed_house, made.placement_id).planned_departure_on == SOON


def test_b14_nobody_is_found_to_have_slept_on_a_bed_that_was_somebody_elses(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    other = place(person("Red"), beds[0], TODAY - timedelta(days=6)).placement_id
    placements.end(KOFI, other, TODAY - timedelta(days=4), placements.StayEnd.OTHER, NOW)
    stay = place(person("Blue"), beds[0], TODAY - timedelta(days=2)).placement_id

    refused = planned_nights.begin_earlier(LENA, stay, TODAY - timedelta(days=5), NOW)

    assert "Bed 1.1 is taken from" in reason(refused)
    assert "The stay began on" in reason(planned_nights.begin_earlier(LENA, stay, TODAY, NOW))
    before = TODAY - timedelta(days=30)
    assert "the day this case began" in reason(
        planned_nights.begin_earlier(LENA, stay, before, NOW)
    )
    assert stored(sealed_house, stay).status == "begun"


def test_another_organisation_plans_nothing_here(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person("Blue"), bed).placement_id

    with pytest.raises(NotKnown):
        planned_nights.plan_departure(JORIS, stay, SOON, NOW)
    with pytest.raises(NotKnown):
        planned_nights.begin_earlier(JORIS, stay, YESTERDAY, NOW)
