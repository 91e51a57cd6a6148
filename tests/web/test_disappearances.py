"""Away unannounced, tried to reach, left for an unknown destination, and back: from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.disappearances import AttemptWay
from caseflow.domain.placements import StayEnd
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, departures, disappearances, gatekeeping, intake, placements
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Somebody with a bed who is away unannounced since twenty nights; nobody tried to reach them yet."""
    builders.hire_everybody(house)
    made = world.admitted(days_ago=100)
    world.sleeps(house, made, builders.open_site(house)[0], days_ago=90)
    since = clock.today() - timedelta(days=20)
    world.done(absences.begin(AMINA, made, AbsenceKind.UNANNOUNCED, since, clock.now()))
    return made


def english(client_as: ClientAs, colleague: cast.Colleague):  # type: ignore[no-untyped-def]
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def tried(case_id: str, *days_ago: int) -> None:
    for days in days_ago:
        on = clock.today() - timedelta(days=days)
        world.done(disappearances.try_to_reach(AMINA, case_id, AttemptWay.PHONE, on, clock.now()))


def test_attempts_are_recorded_and_an_exit_is_offered_and_never_done_by_itself(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    page = amina.get(f"/cases/{case_id}").text
    assert "Away unannounced since" in page
    assert "may be proposed after 14 nights" in page
    assert "Missing: try to reach this person" in page
    for day in ("10-11-2026", "15-11-2026"):
        made = post(amina, f"/cases/{case_id}/attempts/new", way="visit", on=day)
        assert made.status_code == 303
    page = amina.get(f"/cases/{case_id}").text
    assert "A colleague decides, and it can be taken back" in page
    assert "Tried to reach: by going there" in page
    form = amina.get(f"/cases/{case_id}/proposals/exit").text
    assert re.search(r'value="left_destination_unknown"[^>]* checked', form) or re.search(
        r'checked[^>]*value="left_destination_unknown"', form
    )
    assert 'value="02-11-2026"' in form
    assert "in guidance" in amina.get(f"/cases/{case_id}").text, "nothing happens by itself"
    wrong = post(amina, f"/cases/{case_id}/attempts/new", way="letter to the police", on="")
    assert wrong.status_code == 422


def test_an_attempt_counts_as_no_contact(case_id: str, house: House) -> None:
    tried(case_id, 3)
    view = gatekeeping.open_case(AMINA, case_id, clock.now())
    assert "silent" in {one.kind.value for one in view.follows or ()}


def gone(client_as: ClientAs, case_id: str) -> None:
    tried(case_id, 3, 9)
    sent = {"on": "02-11-2026", "outcome": "left_destination_unknown"}
    made = post(english(client_as, cast.AMINA), f"/cases/{case_id}/proposals/exit", **sent)
    assert made.status_code == 303, made.text
    world.decide(case_id, ProposalKind.EXIT)


def test_an_exit_that_was_an_error_is_taken_back_and_stays_visible_as_one(
    client_as: ClientAs, case_id: str
) -> None:
    gone(client_as, case_id)
    lena = english(client_as, cast.LENA)
    assert "This exit was an error" in lena.get(f"/cases/{case_id}").text
    parse_page(lena.get(f"/cases/{case_id}/exit/error").text)
    assert post(lena, f"/cases/{case_id}/exit/error").status_code == 303
    view = gatekeeping.open_case(LENA, case_id, clock.now())
    assert (view.stage, view.exit) == ("guidance", None)
    assert view.clock.state != "ended"  # type: ignore[union-attr]
    [error] = [one for one in view.timeline if one.kind == "exit"]
    assert error.mistaken_on == clock.today()
    assert view.missing is not None, "whoever came back is recorded as back"
    assert not [one for one in view.tasks or () if one.done_on is None], "no papers to give back"
    world.done(absences.end(AMINA, case_id, clock.today(), clock.now()))
    assert gatekeeping.open_case(LENA, case_id, clock.now()).missing is None
    again = post(lena, f"/cases/{case_id}/exit/error")
    assert again.status_code == 409
    assert "nothing to take back" in again.text


def test_who_came_back_by_a_new_case_keeps_the_exit_and_its_nights(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    gone(client_as, case_id)
    back = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), clock.now())
    assert isinstance(back, intake.Registered)
    refused = disappearances.take_exit_back(LENA, case_id, clock.now())
    assert refused is not None
    assert "open already" in str(refused.reason)
    view = gatekeeping.open_case(AMINA, back.case_id, clock.now())
    assert view.stay.nights_used_before > 0  # type: ignore[union-attr]


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.BRAM, cast.TESS, cast.KOFI, cast.NOOR])
def test_only_who_decides_on_exits_takes_one_back(
    client_as: ClientAs, case_id: str, colleague: cast.Colleague
) -> None:
    gone(client_as, case_id)
    with pytest.raises(NotKnown):
        disappearances.take_exit_back(colleague.actor(), case_id, clock.now())


def test_a_coordinator_reads_the_absence_and_not_how_it_is_looked_into(
    client_as: ClientAs, case_id: str
) -> None:
    tried(case_id, 3, 9)
    page = english(client_as, cast.KOFI).get(f"/cases/{case_id}").text
    assert "Away since" in page
    assert "Tried to reach" not in page
    assert 'id="missing"' not in page


def test_a_closed_case_is_not_opened_by_an_error(client_as: ClientAs, case_id: str) -> None:
    gone(client_as, case_id)
    [stay] = gatekeeping.open_case(LENA, case_id, clock.now()).placements or ()
    left, kofi = StayEnd.DESTINATION_UNKNOWN, cast.KOFI.actor()
    world.done(placements.end(kofi, stay.id, clock.today(), left, clock.now()))
    world.done(departures.close(LENA, case_id, clock.now()))
    refused = disappearances.take_exit_back(LENA, case_id, clock.now())
    assert refused is not None
    assert "closed" in str(refused.reason)
