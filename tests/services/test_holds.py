"""A bed held for somebody: nobody else gets it meanwhile, and nothing stands in the way once the moment has passed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseflow.domain.placements import Cancellation
from caseflow.domain.waiting import WaitingStep, WantedPlace
from caseflow.services import (
    gatekeeping,
    holds,
    intake,
    lapsed_holds,
    offers,
    placements,
    waiting_places,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from tests import cast
from tests.services.placing import (
    JORIS,
    KOFI,
    TODAY,
    TOMORROW,
    person,
    place,
    reason,
    staffed,
    stored,
)

NOW = cast.NOW
TONIGHT = NOW + timedelta(hours=6)


def held(case: str, bed: str, **more: object) -> Placed:
    asked = {"arrival": TODAY, "ends_at": TONIGHT, "now": NOW, **more}
    made = holds.hold(
        KOFI, case, bed, asked["arrival"], None, asked["ends_at"], asked["now"]  # type: ignore[arg-type]
    )  # fmt: skip
    assert isinstance(made, Placed), made
    return made


def test_b05_a_held_bed_is_nobody_elses_until_the_moment_has_passed(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed)
    other = person("Red")

    refused = placements.allocate(KOFI, other, bed, TODAY, None, NOW)
    later = placements.allocate(KOFI, other, bed, TODAY, None, TONIGHT)

    assert "is taken from" in reason(refused)
    assert isinstance(later, Placed)
    assert stored(sealed_house, made.placement_id).status == "held", "no job has run"


def test_b05_the_job_writes_down_that_a_hold_ran_out(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed)

    assert lapsed_holds.let_go(KOFI, NOW).done == 0
    assert lapsed_holds.let_go(KOFI, TONIGHT).done == 1
    assert stored(sealed_house, made.placement_id).status == "lapsed"


def test_b05_a_booking_nobody_came_for_lapses_by_rule_and_a_begun_stay_never(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    booked = place(person("Blue"), beds[0], TOMORROW).placement_id
    begun = place(person("Red"), beds[1], TODAY, TOMORROW).placement_id
    week = NOW + timedelta(days=7)

    assert lapsed_holds.let_go(KOFI, week).done == 0
    assert lapsed_holds.let_go(KOFI, week + timedelta(days=1)).done == 1
    assert lapsed_holds.let_go(KOFI, week + timedelta(days=900)).done == 0
    assert stored(sealed_house, booked).status == "lapsed"
    assert stored(sealed_house, begun).status == "begun"


def test_a_hold_becomes_a_booking_that_does_not_run_out(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed).placement_id

    assert holds.book(KOFI, made, NOW) is None
    row = stored(sealed_house, made)
    assert (row.status, row.hold_ends_at) == ("booked", None)
    refused = placements.allocate(KOFI, person("Red"), bed, TODAY, None, TONIGHT)
    assert "is taken from" in reason(refused)


def test_a_hold_that_ran_out_is_not_booked_behind_the_back_of_who_got_the_bed(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed).placement_id
    placements.allocate(KOFI, person("Red"), bed, TODAY, None, TONIGHT)

    assert "This hold has run out" in reason(holds.book(KOFI, made, TONIGHT))
    assert "This hold has run out" in reason(
        holds.hold_until(KOFI, made, TONIGHT + timedelta(days=1), TONIGHT)
    )
    assert "is taken" in reason(placements.arrive(KOFI, made, TODAY, TONIGHT))


def test_a_hold_ends_at_another_moment_and_can_be_let_go(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed).placement_id
    later = NOW + timedelta(days=2)

    assert holds.hold_until(KOFI, made, later, NOW) is None
    assert stored(sealed_house, made).hold_ends_at == later
    assert "at most 14 days" in reason(holds.hold_until(KOFI, made, NOW + timedelta(days=15), NOW))
    assert placements.cancel(KOFI, made, Cancellation.NOT_NEEDED, NOW) is None
    assert place(person("Red"), bed).begun


@pytest.mark.parametrize("act", ["book", "longer"])
def test_two_coordinators_at_one_hold_the_second_reads_that_it_changed(
    sealed_house: House, act: str
) -> None:
    bed = staffed(sealed_house)[0]
    made = held(person("Blue"), bed).placement_id
    seen = stored(sealed_house, made).version
    assert holds.hold_until(KOFI, made, NOW + timedelta(days=2), NOW) is None

    answer = (
        holds.book(KOFI, made, NOW, version=seen)
        if act == "book"
        else holds.hold_until(KOFI, made, TONIGHT, NOW, version=seen)
    )

    assert "A colleague changed this stay meanwhile" in reason(answer)
    assert stored(sealed_house, made).hold_ends_at == NOW + timedelta(days=2)


def test_another_organisation_holds_nothing_here(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    case = person("Blue")
    made = held(person("Red"), bed).placement_id

    with pytest.raises(NotKnown):
        holds.hold(JORIS, case, bed, TODAY, None, TONIGHT, NOW)
    with pytest.raises(NotKnown):
        holds.book(JORIS, made, NOW)
    with pytest.raises(NotKnown):
        holds.hold_until(JORIS, made, TONIGHT, NOW)


def test_one_bed_for_one_person_also_where_it_is_held(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person("Blue")
    held(case, beds[0])

    answer = placements.allocate(KOFI, case, beds[1], TODAY, None, NOW)

    assert "This person already has a bed" in reason(answer)


def test_booking_the_hold_of_an_offer_writes_down_the_yes(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    case, amina = person("Blue"), cast.AMINA.actor()
    assert intake.assign(cast.LENA.actor(), case, ("amina",), NOW) is None
    assert waiting_places.ask(amina, case, WantedPlace.FULL_DAY, (), TODAY, NOW) is None
    made = offers.offer(KOFI, case, bed, TOMORROW, None, TOMORROW, NOW)
    assert isinstance(made, Placed), made

    assert holds.book(KOFI, made.placement_id, NOW) is None

    view = gatekeeping.open_case(KOFI, case, NOW).waiting
    assert view.steps[0].kind is WaitingStep.ACCEPTED
