"""The pages for peace in a house: warnings, pairs and time-outs on the page of one person, and incidents."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from caseflow.web import house_words
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import in_both_languages, parse_page, visit
from tests.serving import ClientAs, post, sign_in

ROSA = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
WARD = Colleague("ward", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Blue, who sleeps at Havenhuis, with Amina on the case team; Amber sleeps in the next bed."""
    builders.hire_everybody(house)
    [first, second] = builders.open_site(house, beds=2)
    builders.open_site(house, "kade", beds=1)
    builders.hire(house, ROSA, WARD)
    made = world.admitted(days_ago=20)
    world.sleeps(house, made, first, days_ago=5)
    other = world.registered(days_ago=10)
    with builders.casework(house) as session:
        session.get_one(Client, session.get_one(Case, other).client_code).call_name = "Amber"
    world.sleeps(house, other, second, days_ago=3)
    return made


def codes(house: House) -> dict[str, str]:
    with house.stores.reading() as session:
        return {one.call_name: one.code for one in session.query(Client)}


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def section(client: FlaskClient, case_id: str) -> str:
    """The part of the page of the case about the house, as plain text."""
    page = client.get(f"/cases/{case_id}").text
    parse_page(page)
    found = re.search(r'id="house-peace".*?</details>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def link(client: FlaskClient, address: str, ending: str) -> str:
    [found] = set(re.findall(rf'href="([^"]+{ending})"', client.get(address).text))
    return str(found)


def test_a_warning_goes_from_the_first_day_to_its_end_through_the_pages(
    client_as: ClientAs, case_id: str
) -> None:
    rosa, page = english(client_as(ROSA)), f"/cases/{case_id}"
    new = f"{page}/house/warnings"
    assert new in rosa.get(page).text
    parse_page(rosa.get(new).text)
    assert post(rosa, new).status_code == 422
    said = {"kind": "not_alone", "until_on": "22-12-2026"}
    silent = post(rosa, new, **said)
    assert (silent.status_code, "or why not yet" in silent.text) == (409, True)
    assert post(rosa, new, **said, not_yet="no_interpreter").status_code == 303
    shown = section(rosa, case_id)
    assert "Do not go in alone" in shown
    assert "the person does not know yet" in shown
    told = link(rosa, page, "/told")
    parse_page(rosa.get(told).text)
    assert post(rosa, told, told_on="22-11-2026", language="ti").status_code == 303
    assert "Told on 22-11-2026 in Tigrinya" in section(rosa, case_id)
    confirm = link(rosa, page, "/confirmation")
    assert post(rosa, confirm, until_on="1-1-2030").status_code == 409
    assert post(rosa, confirm, until_on="10-1-2027").status_code == 303
    assert "last day 10-01-2027" in section(rosa, case_id)
    end = link(rosa, page, "warnings/[0-9a-f-]+/end")
    parse_page(rosa.get(end).text)
    assert post(rosa, end).status_code == 303
    assert "No warning is recorded" in section(rosa, case_id)
    assert rosa.get(end).status_code == 404


def test_the_night_reads_the_warning_on_the_beds_of_tonight(
    client_as: ClientAs, case_id: str
) -> None:
    rosa, ward = client_as(ROSA), english(client_as(WARD))
    new = f"/cases/{case_id}/house/warnings"
    post(rosa, new, kind="call_first", until_on="22-12-2026", not_yet="not_met")
    assert "Call before you go in" in section(ward, case_id)
    assert "does not know yet" not in section(ward, case_id)
    assert "Call before you go in" in ward.get("/beds").text
    assert ward.get(new).status_code == 404


def test_two_people_are_not_placed_together_and_again(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    kofi, page = english(client_as(cast.KOFI)), f"/cases/{case_id}"
    new, amber = f"{page}/house/pairs", codes(house)["Amber"]
    parse_page(kofi.get(new).text)
    said = {"scope": "room", "reason": "quarrel", "until_on": "22-12-2026"}
    unknown = post(kofi, new, other="K7QM-4XPD", **said)
    assert (unknown.status_code, "You know no other client" in unknown.text) == (409, True)
    assert post(kofi, new, other=amber.lower(), **said).status_code == 303
    assert f"{amber} : not in one room" in section(kofi, case_id)
    end = link(kofi, page, "pairs/[0-9a-f-]+/end")
    assert post(kofi, end).status_code == 303
    assert amber not in section(kofi, case_id)


def test_a_time_out_says_where_somebody_sleeps_and_that_they_may_complain(
    client_as: ClientAs, case_id: str
) -> None:
    kofi, page = english(client_as(cast.KOFI)), f"/cases/{case_id}"
    new = f"{page}/house/time-outs"
    parse_page(kofi.get(new).text)
    said = {"site": "havenhuis", "from_on": "22-11-2026", "back_on": "24-11-2026"}
    assert "in silence" in post(kofi, new, **said, meanwhile="no_place", told_of_complaint="y").text
    assert "may complain" in post(kofi, new, **said, meanwhile="own_network").text
    assert (
        post(kofi, new, **said, meanwhile="own_network", told_of_complaint="y").status_code == 303
    )
    shown = section(kofi, case_id)
    assert "Time-out until 24 November 2026" in shown
    assert "Does not come to Havenhuis" in shown
    ward = section(english(client_as(WARD)), case_id)
    assert "Time-out until 24 November 2026" in ward
    assert "Sleeps meanwhile" not in ward
    back = link(kofi, page, "time-outs/[0-9a-f-]+/end")
    parse_page(kofi.get(back).text)
    assert post(kofi, back, back_on="22-11-2026").status_code == 303
    assert "Time-out until" not in section(kofi, case_id)
    assert kofi.get(back).status_code == 404


def test_an_incident_is_written_down_read_and_followed_up(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    ward, blue = english(client_as(WARD)), codes(house)["Blue"]
    assert "/incidents/new" in ward.get("/incidents").text
    parse_page(ward.get("/incidents/new").text)
    said = {"site": "havenhuis", "on": "22-11-2026", "part_of_day": "night", "kind": "damage",
            "police": "not", "people-0-who": blue}  # fmt: skip
    half = post(ward, "/incidents/new", **said)
    assert (half.status_code, "how each person was concerned" in half.text) == (422, True)
    assert post(ward, "/incidents/new", **{**said, "people-0-who": "K7QM-4XPD"}).status_code == 422
    done = post(
        ward, "/incidents/new", **said, **{"people-0-role": "involved", "words": "A chair broke."}
    )
    assert done.status_code == 303
    assert "Damage" not in ward.get("/incidents").text

    lena = english(client_as(cast.LENA))
    found = link(lena, "/incidents", "[0-9a-f-]{36}")
    page = lena.get(found).text
    parse_page(page)
    assert "A chair broke." in page
    assert ward.get(found).status_code == 404
    assert "Damage" in section(lena, case_id)
    follow = link(lena, found, "/follow-up")
    parse_page(lena.get(follow).text)
    assert post(lena, follow, what="talked", on="1-1-2026").status_code == 409
    assert post(lena, follow, what="talked", on="22-11-2026").status_code == 303
    assert "Talked it over" in lena.get(found).text
    assert "Talked it over" in section(english(client_as(cast.AMINA)), case_id)


def test_a_sealed_vault_keeps_codes_and_says_what_to_do_with_words(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    ward = english(client_as(WARD))
    house.stores.forget_vaults()
    said = {"site": "havenhuis", "on": "22-11-2026", "part_of_day": "night", "kind": "damage",
            "police": "not"}  # fmt: skip
    kept = post(ward, "/incidents/new", **said, words="A chair broke.")
    assert (kept.status_code, "Send it without words" in kept.text) == (409, True)
    assert "A chair broke." in kept.text
    assert post(ward, "/incidents/new", **said).status_code == 303


def test_the_list_of_a_month_that_nobody_can_read_is_that_of_today(
    client_as: ClientAs, case_id: str
) -> None:
    kofi = english(client_as(cast.KOFI))
    for month in ("2026-13", "x", "9999-99", ""):
        assert kofi.get(f"/incidents?month={month}").status_code == 200
    assert kofi.get("/incidents?site=nowhere").status_code == 404
    assert client_as(cast.PETRA).get("/incidents").status_code == 404


def test_the_pages_in_a_browser_and_in_both_languages(
    house: House, live_server: str, desk: Page, case_id: str
) -> None:
    sign_in(desk, live_server, cast.KOFI)
    for path in ("house/warnings", "house/pairs", "house/time-outs"):
        visit(desk, f"{live_server}/cases/{case_id}/{path}", private=["Blue", "Amber"])
    for path in ("/incidents", "/incidents/new?site=havenhuis"):
        in_both_languages(desk, f"{live_server}{path}")


def test_board_and_round_mark_who_is_warned_of_for_who_may_know(
    client_as: ClientAs, case_id: str
) -> None:
    rosa, ward, kofi = (english(client_as(one)) for one in (ROSA, WARD, cast.KOFI))
    quiet = [
        client.get(page).text
        for client, page in ((kofi, "/board"), (ward, "/night-round?read=yes"))
    ]
    assert not any("warnings of the house" in text or "Call before" in text for text in quiet)
    new = f"/cases/{case_id}/house/warnings"
    post(rosa, new, kind="call_first", until_on="22-12-2026", not_yet="not_met")
    assert kofi.get("/board").text.count("see the warnings of the house") >= 1
    assert "Call before you go in" in ward.get("/night-round?read=yes").text


def test_the_copy_for_the_client_tells_of_it_and_of_nobody_else(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}"
    post(
        amina, f"{page}/house/warnings", kind="call_first", until_on="22-12-2026", not_yet="not_met"
    )
    post(
        amina, f"{page}/house/warnings", kind="not_alone", until_on="22-12-2026", not_yet="not_safe"
    )
    case = gatekeeping.open_case(cast.AMINA.actor(), case_id, cast.NOW)
    with amina.application.test_request_context("/"):
        told = list(house_words.lines(case))
    assert len(told) == 1
    assert "Bel voordat" in told[0] or "Call before" in told[0]
