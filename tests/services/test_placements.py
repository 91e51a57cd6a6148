"""Somebody gets a bed, arrives, moves, leaves or does not come: what is refused, and why."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.decisions import Allowed
from caseflow.domain.placements import StayEnd
from caseflow.services import placements, vacancies
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Placement, Room, Site
from tests import cast
from tests.builders import casework, open_site
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


def test_an_arrival_today_begins_at_once_and_one_ahead_is_booked(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    begun, booked = place(person(), beds[0]), place(person(), beds[1], TOMORROW)

    assert begun.begun
    assert not booked.begun
    assert stored(sealed_house, begun.placement_id).status == "begun"
    assert stored(sealed_house, booked.placement_id).status == "booked"


def test_b01_a_bed_is_free_again_on_the_day_someone_leaves(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    first = place(person(), bed, YESTERDAY)
    assert placements.end(KOFI, first.placement_id, TODAY, StayEnd.OTHER, cast.NOW) is None

    assert place(person(), bed, TODAY).begun


def test_b02_an_open_stay_takes_every_later_night(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    place(person(), bed)

    answer = placements.allocate(KOFI, person(), bed, date(2029, 1, 1), None, cast.NOW)

    assert "without a planned departure" in reason(answer)


def test_b02_a_stay_past_its_planned_departure_takes_the_bed_until_it_is_ended(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    place(person(), bed, TODAY, TOMORROW)
    later = cast.NOW + timedelta(days=3)

    answer = placements.allocate(KOFI, person(), bed, TODAY + timedelta(days=9), None, later)

    assert "nobody ended the stay" in reason(answer)


def test_b03_a_taken_bed_is_refused_with_its_nights(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    place(person(), bed, TODAY, TODAY + timedelta(days=5))

    answer = placements.allocate(KOFI, person(), bed, TOMORROW, None, cast.NOW)

    assert reason(answer) == (
        "Bed 1.1 is taken from 2026-11-22 to 2026-11-27. Choose another bed or other nights."
    )


def test_b03_one_person_never_has_two_beds(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person()
    place(case, beds[0])

    answer = placements.allocate(KOFI, case, beds[1], TOMORROW, None, cast.NOW)

    assert "already has a bed" in reason(answer)


@pytest.mark.parametrize("same_person", [False, True])
def test_b03_two_coordinators_at_once_have_one_winner_and_one_sentence(
    sealed_house: House, same_person: bool
) -> None:
    beds = staffed(sealed_house)
    one = person()
    tries = [(one, beds[0]), (one, beds[1]) if same_person else (person(), beds[0])]
    answers: list[object] = []
    ready = threading.Barrier(len(tries))

    def allocate(case_id: str, bed: str) -> None:
        ready.wait()
        answers.append(placements.allocate(KOFI, case_id, bed, TODAY, None, cast.NOW))

    threads = [threading.Thread(target=allocate, args=attempt) for attempt in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (won,) = [one for one in answers if isinstance(one, Placed)]
    (lost,) = [one for one in answers if not isinstance(one, Placed)]
    assert won.begun
    assert ("already has a bed" if same_person else "is taken from") in reason(lost)


@pytest.mark.parametrize(
    ("blind", "sentence"),
    [
        ("may_be_slept_on", "The bed has just been taken by somebody else"),
        ("may_get_a_bed", "This person has just been given a bed"),
    ],
)
def test_b03_the_store_refuses_what_the_rule_overlooked(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch, blind: str, sentence: str
) -> None:
    beds = staffed(sealed_house)
    case = person()
    place(case, beds[0])
    overlooked = placements.beds if blind == "may_be_slept_on" else placements.placements
    monkeypatch.setattr(overlooked, blind, lambda *a, **k: Allowed())
    other, bed = (person(), beds[0]) if blind == "may_be_slept_on" else (case, beds[1])

    answer = placements.allocate(KOFI, other, bed, TODAY, None, cast.NOW)

    assert sentence in reason(answer)


def test_b04_a_closed_site_takes_nobody_and_a_closing_one_asks_for_a_departure(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    with casework(sealed_house) as session:
        session.get_one(Site, "havenhuis").valid_until = YESTERDAY
    assert "is closed since" in reason(
        placements.allocate(KOFI, person(), bed, TODAY, None, cast.NOW)
    )
    with casework(sealed_house) as session:
        session.get_one(Site, "havenhuis").valid_until = TOMORROW
    assert "closes on" in reason(placements.allocate(KOFI, person(), bed, TODAY, None, cast.NOW))
    assert place(person(), bed, TODAY, TOMORROW + timedelta(days=1)).begun


def test_b05_a_hold_that_ran_out_is_free(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    held = place(person(), bed, TOMORROW)
    with casework(sealed_house) as session:
        row = session.get_one(Placement, held.placement_id)
        row.status, row.hold_ends_at = "held", cast.NOW + timedelta(hours=2)
    taken = placements.allocate(KOFI, person(), bed, TOMORROW, None, cast.NOW)
    assert "is taken" in reason(taken)

    assert place(person(), bed, TOMORROW, now=cast.NOW + timedelta(hours=2)).bed.id == bed


def test_b08_the_conflict_names_the_occupant_only_to_who_may_see_that_case(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    open_site(sealed_house, "kompashuis", "het-kompas")
    place(person("Red"), beds[0])

    mine = vacancies.vacancies(KOFI, person("Blue"), TODAY, None, cast.NOW)
    (taken,) = [one for one in mine.vacancies if one.taken_by is not None]
    assert taken.taken_by.call_name == "Red"  # type: ignore[union-attr]
    assert "Red" not in reason(taken.decision)
    assert {one.bed.id for one in mine.vacancies} == set(beds)


def test_b08_a_restricted_neighbour_is_hidden_and_the_bed_still_taken(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    quiet = person("Red")
    place(quiet, beds[0])
    with casework(sealed_house) as session:
        code = session.get_one(Case, quiet).client_code
        session.get_one(Client, code).restricted = True

    search = vacancies.vacancies(KOFI, person("Blue"), TODAY, None, cast.NOW)

    (taken,) = [one for one in search.vacancies if not one.decision]
    assert repr(taken.taken_by) == "HIDDEN"


def test_a_woman_is_not_placed_in_a_room_for_men_and_unknown_is_allowed_with_a_notice(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    with casework(sealed_house) as session:
        session.get_one(Room, "havenhuis-room-1").meant_for = "men"

    answer = placements.allocate(KOFI, person(gender="woman"), bed, TODAY, None, cast.NOW)
    assert "is meant for men" in reason(answer)
    search = vacancies.vacancies(KOFI, person(), TODAY, None, cast.NOW)
    assert (
        str(search.free[0].notices[0]) == "Ask the person first whether a room for men suits them."
    )


@pytest.mark.parametrize(
    ("arrival", "planned", "sentence"),
    [
        (TOMORROW, TOMORROW, "comes after the arrival"),
        (TOMORROW, TODAY, "comes after the arrival"),
        (YESTERDAY, TODAY, "lies after today"),
        (TODAY - timedelta(days=8), None, "up to 7 days back"),
        (TODAY - timedelta(days=30), None, "before"),
    ],
)
def test_nights_that_cannot_be_are_refused(
    sealed_house: House, arrival: date, planned: date | None, sentence: str
) -> None:
    bed = staffed(sealed_house)[0]

    answer = placements.allocate(KOFI, person(), bed, arrival, planned, cast.NOW)

    assert sentence in reason(answer)


def test_an_arrival_seven_days_back_is_recorded(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    assert place(person(), bed, TODAY - timedelta(days=7)).begun


def test_another_organisations_coordinator_knows_no_such_case_bed_or_stay(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    theirs = open_site(sealed_house, "kompashuis", "het-kompas")
    case = person()
    stay = place(case, beds[0], YESTERDAY)

    for act in (
        lambda: placements.allocate(JORIS, case, theirs[0], TODAY, None, cast.NOW),
        lambda: placements.allocate(KOFI, person(), theirs[0], TODAY, None, cast.NOW),
        lambda: placements.end(JORIS, stay.placement_id, TODAY, StayEnd.OTHER, cast.NOW),
        lambda: placements.end(JORIS, "no-such-stay", TODAY, StayEnd.OTHER, cast.NOW),
        lambda: placements.allocate(KOFI, person(), "no-such-bed", TODAY, None, cast.NOW),
        lambda: vacancies.vacancies(JORIS, case, TODAY, None, cast.NOW),
    ):
        with pytest.raises(NotKnown):
            act()


def test_a_caseworker_gives_no_beds(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    with pytest.raises(NotKnown):
        placements.allocate(cast.AMINA.actor(), person(), bed, TODAY, None, cast.NOW)


def test_every_placement_is_told_to_the_log_with_bed_and_nights(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    place(person(), bed, TODAY, TOMORROW)
    with Session(sealed_house.stores.audit) as session:
        told = session.scalars(select(Entry).where(Entry.event == "bed_allocated")).all()

    assert [entry.result for entry in told] == [None, "done"]
    assert bed in told[0].details
    assert "2026-11-23" in told[0].details
