"""The pages of the waiting list: asked by a case team, offered and answered by a coordinator, seen by nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.waiting import Ground, WantedPlace
from caseflow.services import intake, offers, waiting_places
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import in_both_languages, parse_page
from tests.serving import ClientAs, post, sign_in


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(sealed_house: House) -> str:
    builders.hire_everybody(sealed_house)
    builders.open_site(sealed_house, beds=2)
    return world.assigned(days_ago=10)


LIST = "/waiting-list"
BED = "havenhuis-room-1-bed-1"


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def asked(client: FlaskClient, case_id: str, **fields: object) -> None:
    given = {"wanted": "full_day", "grounds": ["street"], "on": "14-11-2026", **fields}
    assert sent(client, f"/cases/{case_id}/place/ask", **given).status_code == 303


def hidden(text: str, name: str) -> str:
    """The value of a hidden field of the form on a page."""
    [tag] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', text)
    return str(re.findall(r'value="([^"]*)"', tag)[0])


def test_a_place_is_asked_offered_and_accepted_through_the_pages_while_sealed(
    client_as: ClientAs, case_id: str
) -> None:
    amina, kofi = english(client_as, cast.AMINA), english(client_as, cast.KOFI)
    case = f"/cases/{case_id}"
    assert f"{case}/place/ask" in amina.get(case).text
    parse_page(amina.get(f"{case}/place/ask").text)
    asked(amina, case_id)

    listed = kofi.get(LIST).text
    parse_page(listed)
    assert re.search(
        r"41</strong>\s*= 40 sleeps outside now \+ 1 waits since a while \(8 days\)", listed
    )
    assert f"{case}/place/offer" in listed

    form = kofi.get(f"{case}/place/offer").text
    parse_page(form)
    assert 'value="24-11-2026"' in form
    offer = {"arrival": "23-11-2026", "answer_by": "24-11-2026", "bed": BED}
    assert sent(kofi, f"{case}/place/offer", **offer).status_code == 303
    assert "offered until" in kofi.get(LIST).text
    assert "A bed is offered" in amina.get(case).text

    answer = f"{case}/place/answer"
    parse_page(kofi.get(answer).text)
    seen = hidden(kofi.get(answer).text, "seen")
    assert sent(kofi, answer, answer="yes", seen=seen).status_code == 303
    assert "A bed is booked" in amina.get(case).text
    assert sent(kofi, answer, answer="yes", seen=seen).status_code == 409


def test_what_is_asked_is_changed_confirmed_and_taken_off(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    case = f"/cases/{case_id}"
    asked(amina, case_id)
    form = amina.get(f"{case}/place/change").text
    parse_page(form)
    assert re.search(r'<input[^>]*checked[^>]*value="street"', form)
    change = {"wanted": "night", "seen": hidden(form, "seen")}
    assert sent(amina, f"{case}/place/change", **change).status_code == 303
    assert "changed this meanwhile" in sent(amina, f"{case}/place/change", **change).text
    parse_page(amina.get(f"{case}/place/confirm").text)
    assert "today already" in sent(amina, f"{case}/place/confirm").text
    parse_page(amina.get(f"{case}/place/remove").text)
    assert "Choose why" in sent(amina, f"{case}/place/remove").text
    assert sent(amina, f"{case}/place/remove", why="elsewhere").status_code == 303
    page = amina.get(case).text
    parse_page(page)
    assert "No place is asked now" in page
    assert "Found a place elsewhere" in page


def test_bad_input_comes_back_with_its_sentence_and_what_was_typed(
    client_as: ClientAs, case_id: str
) -> None:
    amina, kofi = english(client_as, cast.AMINA), english(client_as, cast.KOFI)
    case = f"/cases/{case_id}"
    empty = sent(amina, f"{case}/place/ask", on="31-02-2026")
    assert (empty.status_code, "This is not a day" in empty.text) == (422, True)
    assert "Choose what kind of place is asked" in empty.text
    ahead = sent(amina, f"{case}/place/ask", wanted="night", on="23-11-2026")
    assert (ahead.status_code, "lies in the future" in ahead.text) == (409, True)
    assert 'value="23-11-2026"' in ahead.text
    asked(amina, case_id)
    offer = {"arrival": "23-11-2026", "answer_by": "24-11-2026", "bed": BED}
    for more, said in (
        ({"departure": "22-11-2026"}, "comes after the arrival"),
        ({"arrival": "21-11-2026"}, "has passed"),
        ({"answer_by": "30-11-2026"}, "held 7 days at most"),
        ({"answer_by": "21-11-2026"}, "cannot come before today"),
    ):
        refused = sent(kofi, f"{case}/place/offer", **{**offer, **more})
        assert (refused.status_code, said in refused.text) == (409, True), said
    elsewhere = sent(kofi, f"{case}/place/offer", **{**offer, "bed": "somewhere"})
    assert (elsewhere.status_code, "Choose one of the options" in elsewhere.text) == (422, True)
    nothing = sent(kofi, f"{case}/place/nothing", what="no_bed")
    assert "2 beds are free tonight" in nothing.text
    assert kofi.get(f"{LIST}?kind=palace&page=-3").status_code == 200


def test_a_form_that_would_be_refused_says_why_instead(client_as: ClientAs, case_id: str) -> None:
    amina, kofi = english(client_as, cast.AMINA), english(client_as, cast.KOFI)
    for client, act in ((amina, "change"), (amina, "confirm"), (amina, "remove"), (kofi, "offer")):
        page = client.get(f"/cases/{case_id}/place/{act}").text
        parse_page(page)
        assert "No place is asked for this person" in page
    asked(amina, case_id)
    assert "No offer waits" in kofi.get(f"/cases/{case_id}/place/answer").text


def test_it_is_found_by_who_may_act_and_not_there_for_anybody_else(
    client_as: ClientAs, case_id: str, sealed_house: House
) -> None:
    amina, kofi, bram = (client_as(one) for one in (cast.AMINA, cast.KOFI, cast.BRAM))
    asked(amina, case_id)
    assert LIST in kofi.get("/beds").text
    assert LIST not in amina.get("/caseload").text
    assert amina.get(LIST).status_code == client_as(cast.NIGHT).get(LIST).status_code == 404
    assert "place-asked" not in bram.get(f"/cases/{case_id}").text
    for act in ("ask", "change", "confirm", "remove", "offer", "answer", "nothing"):
        assert bram.get(f"/cases/{case_id}/place/{act}").status_code == 404
        assert client_as(cast.JORIS).get(f"/cases/{case_id}/place/{act}").status_code == 404
    assert "/place/offer" not in amina.get(f"/cases/{case_id}").text
    assert "/place/confirm" not in kofi.get(f"/cases/{case_id}").text


def test_a_case_team_reads_a_band_and_nobody_else_of_the_list(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    other = world.registered(days_ago=10)
    done = intake.assign(cast.LENA.actor(), other, ("bram",), clock.now())
    assert done is None
    asked(amina, case_id, grounds=[])
    amina.get(f"/cases/{case_id}")  # the flash of a moment ago
    before = amina.get(f"/cases/{case_id}").text
    asked(english(client_as, cast.BRAM), other)

    after = amina.get(f"/cases/{case_id}").text

    assert "among the first ten" in after
    assert _bare(before) == _bare(after)


def _bare(page: str) -> str:
    return re.sub(r'name="(csrf[-_]token|once)"[^>]*>', "", page)


def test_wait_times_are_there_for_who_may_see_exact_figures(
    client_as: ClientAs, case_id: str
) -> None:
    asked(client_as(cast.AMINA), case_id)
    lena = english(client_as, cast.LENA)
    page = lena.get("/waiting-list/figures?scope=waterstad-lvv")
    parse_page(page.text)
    assert (page.status_code, "Who waits today" in page.text) == (200, True)
    assert "/waiting-list/figures" in lena.get("/figures").text
    assert lena.get("/waiting-list/figures?scope=elsewhere").status_code == 422
    assert client_as(cast.KOFI).get("/waiting-list/figures").status_code == 404
    assert "/waiting-list/figures" not in client_as(cast.KOFI).get(LIST).text


@pytest.mark.full
def test_the_pages_hold_in_a_browser_in_both_languages(
    live_server: str, sealed_house: House, desk: Page
) -> None:
    builders.hire_everybody(sealed_house)
    builders.open_site(sealed_house, beds=2)
    case_id = world.assigned(days_ago=90)
    amina, kofi, today = cast.AMINA.actor(), cast.KOFI.actor(), clock.today()
    since = today - timedelta(days=40)
    grounds = (Ground.STREET, Ground.CHILD)
    wanted = WantedPlace.FULL_DAY
    world.done(waiting_places.ask(amina, case_id, wanted, grounds, since, clock.now()))
    sign_in(desk, live_server, cast.KOFI)
    for place in (LIST, f"/cases/{case_id}/place/offer", f"/cases/{case_id}/place/nothing"):
        in_both_languages(desk, f"{live_server}{place}")
    by = today + timedelta(days=1)
    made = offers.offer(kofi, case_id, BED, by, None, by, clock.now())
    assert isinstance(made, Placed)
    for place in (LIST, f"/cases/{case_id}/place/answer", f"/cases/{case_id}"):
        in_both_languages(desk, f"{live_server}{place}")
    sign_in(desk, live_server, cast.LENA)
    in_both_languages(desk, f"{live_server}/waiting-list/figures")
