"""Somebody arrives, moves, leaves, or does not come: what becomes of a stay, and why not."""

from __future__ import annotations

from datetime import timedelta

from caseflow.domain.placements import Cancellation, StayEnd
from caseflow.services import gatekeeping, placements, vacancies
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework
from tests.services.placing import (
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


def days_used(case_id: str, night: int = 0) -> int:
    told = gatekeeping.open_case(KOFI, case_id, cast.NOW + timedelta(days=night)).clock
    return told.days_used  # type: ignore[union-attr]


def test_b07_a_move_ends_one_bed_and_begins_the_other_the_same_day(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    old = place(person(), beds[0], YESTERDAY)

    new = placements.move(KOFI, old.placement_id, beds[1], TODAY, None, cast.NOW)

    assert isinstance(new, Placed)
    left = stored(sealed_house, old.placement_id)
    assert (left.status, left.departure_on, left.end_reason) == ("ended", TODAY, "moved")
    assert stored(sealed_house, new.placement_id).arrival_on == TODAY


def test_b07_moving_to_the_bed_one_sleeps_on_is_refused(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed, YESTERDAY)

    answer = placements.move(KOFI, stay.placement_id, bed, TODAY, None, cast.NOW)
    search = vacancies.vacancies(
        KOFI,
        stored(sealed_house, stay.placement_id).case_id,
        TODAY,
        None,
        cast.NOW,
        but=stay.placement_id,
    )

    assert "already sleeps on this bed" in reason(answer)
    assert bed not in {one.bed.id for one in search.free}


def test_b07_a_move_to_a_taken_bed_leaves_the_old_one_as_it_was(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person(), beds[1])
    stay = place(person(), beds[0], YESTERDAY)

    answer = placements.move(KOFI, stay.placement_id, beds[1], TODAY, None, cast.NOW)

    assert "is taken" in reason(answer)
    assert stored(sealed_house, stay.placement_id).status == "begun"


def test_b07_cancelled_and_mistaken_nights_never_count(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person()
    booked, begun = place(case, beds[0], TOMORROW), place(person(), beds[1])
    for stay, why in ((booked, Cancellation.NO_SHOW), (begun, Cancellation.MISTAKE)):
        assert placements.cancel(KOFI, stay.placement_id, why, cast.NOW) is None

    assert place(person(), beds[0]).begun
    assert place(case, beds[1]).begun


def test_a_begun_stay_is_cancelled_as_a_mistake_only(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed)

    answer = placements.cancel(KOFI, stay.placement_id, Cancellation.NO_SHOW, cast.NOW)

    assert "Somebody sleeps here" in reason(answer)


def test_c03_the_clock_does_not_change_by_moving(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person(programme="waterstad-lvv")
    stay = place(case, beds[0], TODAY - timedelta(days=5))
    before, later = days_used(case), days_used(case, 30)

    moved = placements.move(KOFI, stay.placement_id, beds[1], TODAY, None, cast.NOW)

    assert isinstance(moved, Placed)
    assert (days_used(case), days_used(case, 30)) == (before, later)
    assert later - before == 30


def test_moving_on_the_day_of_arrival_keeps_the_first_night(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person()
    stay = place(case, beds[0])
    before = days_used(case, 10)

    assert isinstance(
        placements.move(KOFI, stay.placement_id, beds[1], TODAY, None, cast.NOW), Placed
    )
    assert days_used(case, 10) == before


def test_a_departure_before_the_arrival_or_ahead_is_refused(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed)

    for day, sentence in ((YESTERDAY, "began on"), (TODAY, "cancel"), (TOMORROW, "future")):
        answer = placements.end(KOFI, stay.placement_id, day, StayEnd.OTHER, cast.NOW)
        assert sentence in reason(answer)


def test_a_booked_stay_begins_when_somebody_arrives_and_only_once(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed, TOMORROW)
    arrived = cast.NOW + timedelta(days=1)

    assert "future" in reason(placements.arrive(KOFI, stay.placement_id, TOMORROW, cast.NOW))
    assert placements.arrive(KOFI, stay.placement_id, TOMORROW, arrived) is None
    assert "already" in reason(placements.arrive(KOFI, stay.placement_id, TOMORROW, arrived))


def test_somebody_arrives_only_once_the_former_occupant_left(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    former = place(person(), bed, TODAY, TOMORROW)
    booked = place(person(), bed, TOMORROW)
    arrived = cast.NOW + timedelta(days=1)

    answer = placements.arrive(KOFI, booked.placement_id, TOMORROW, arrived)
    assert "is taken" in reason(answer)
    assert placements.end(KOFI, former.placement_id, TOMORROW, StayEnd.OTHER, arrived) is None
    assert placements.arrive(KOFI, booked.placement_id, TOMORROW, arrived) is None


def test_a_stay_that_a_colleague_changed_meanwhile_is_looked_at_again(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    stay = place(person(), beds[0], YESTERDAY)
    seen = stored(sealed_house, stay.placement_id).version
    with casework(sealed_house) as session:
        session.get_one(Placement, stay.placement_id).planned_departure_on = TOMORROW

    for answer in (
        placements.end(KOFI, stay.placement_id, TODAY, StayEnd.OTHER, cast.NOW, version=seen),
        placements.move(KOFI, stay.placement_id, beds[1], TODAY, None, cast.NOW, version=seen),
    ):
        assert "changed this stay meanwhile" in reason(answer)
