"""The board and what is done from it: on a desk, on a phone, by keyboard, without JavaScript, and by two at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.board import lie_down
from caseflow import clock
from caseflow.services import holds
from caseflow.services.houses import House
from caseflow.storage.models.cases import Client
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.browser import PHONE
from tests.builders import casework, open_site
from tests.caseload_worlds import lay_down
from tests.cast import Colleague
from tests.pages import in_both_languages, parse_page, visit
from tests.services.placing import (
    KOFI,
    TODAY,
    TOMORROW,
    YESTERDAY,
    person,
    place,
    staffed,
    stored,
)
from tests.serving import ClientAs, post, sign_in

CHANGED = "A colleague changed this stay meanwhile"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def english(client_as: ClientAs, colleague: Colleague = cast.KOFI) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def on(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def held(case: str, bed: str, arrival: date = TODAY) -> str:
    ends = cast.NOW + timedelta(hours=5)
    made = holds.hold(KOFI, case, bed, arrival, None, ends, cast.NOW)
    assert isinstance(made, holds.Placed), made
    return made.placement_id


def rows(house: House) -> list[tuple[str, str]]:
    with Session(house.stores.casework) as session:
        found = session.scalars(select(Placement).order_by(Placement.recorded_at))
        return sorted((one.bed_id[-1], one.status) for one in found)


def test_from_the_board_somebody_gets_a_bed(client_as: ClientAs, sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person("Blue")
    client = english(client_as)

    board = client.get("/board").text
    parse_page(board)
    cell = f"/board/beds/{beds[1]}/{TOMORROW.isoformat()}"
    assert cell in board
    offer = client.get(cell).text
    parse_page(offer)
    address = f"/cases/{case}/placements/new?bed={beds[1]}&amp;night={TOMORROW.isoformat()}"
    assert address in offer
    form = client.get(address.replace("&amp;", "&")).text
    assert on(TOMORROW) in form
    assert re.search(rf'<input[^>]*checked[^>]*value="{beds[1]}"', form)
    placed = post(client, f"/cases/{case}/placements/new", arrival=on(TOMORROW), bed=beds[1])
    assert placed.status_code == 303
    assert "booked" in client.get("/board").text
    assert rows(sealed_house) == [("2", "booked")]


def test_from_the_board_a_bed_is_held_booked_and_let_go(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    case, other = person("Blue"), person("Red")
    client = english(client_as)
    asked = {"arrival": on(TODAY), "until_on": on(TOMORROW), "until_hour": "12", "bed": beds[0]}

    form = client.get(f"/cases/{case}/holds/new?bed={beds[0]}&night={TODAY.isoformat()}").text
    parse_page(form)
    assert post(client, f"/cases/{case}/holds/new", **asked).status_code == 303
    taken = post(client, f"/cases/{other}/holds/new", **asked)
    assert (taken.status_code, "Bed 1.1 is taken" in taken.text) == (409, True)
    assert f"until {on(TOMORROW)} 12:00" in client.get("/board").text
    assert f"{on(TOMORROW)} 12:00" in client.get("/beds").text
    [stay] = re.findall(r"/placements/([0-9a-f-]{36})\"", client.get("/board").text)[:1]
    page = client.get(f"/placements/{stay}").text
    parse_page(page)
    for act in ("book", "hold", "cancel", "arrive", "departure"):
        assert f"/placements/{stay}/{act}" in page
    longer = {"until_on": on(TOMORROW), "until_hour": "20", "version": "1"}
    assert post(client, f"/placements/{stay}/hold", **longer).status_code == 303
    stale = post(client, f"/placements/{stay}/book", version="1")
    assert (stale.status_code, CHANGED in stale.text) == (409, True)
    assert post(client, f"/placements/{stay}/book", version="2").status_code == 303
    assert rows(sealed_house) == [("1", "booked")]
    assert post(client, f"/placements/{stay}/cancel", why="not_needed").status_code == 303
    assert rows(sealed_house) == [("1", "cancelled")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"until_on": on(YESTERDAY), "until_hour": "12"}, "The hold would be over already"),
        ({"until_on": on(TODAY + timedelta(days=30)), "until_hour": "1"}, "at most 14 days"),
        ({"arrival": on(YESTERDAY)}, "held for a night to come"),
        ({"departure": on(YESTERDAY)}, "The departure comes after the arrival"),
        ({"until_on": "31-02-2026"}, "This is not a day"),
        ({"until_hour": "99"}, "Choose one of the options"),
        ({"bed": "nowhere"}, "Choose one of the options"),
        ({"bed": ""}, "Choose a bed"),
    ],
)
def test_a_hold_that_cannot_be_is_refused_with_its_sentence(
    client_as: ClientAs, sealed_house: House, fields: dict[str, str], sentence: str
) -> None:
    beds = staffed(sealed_house)
    case = person("Blue")
    asked = {"arrival": on(TODAY), "until_on": on(TOMORROW), "until_hour": "12", "bed": beds[0]}

    answer = post(english(client_as), f"/cases/{case}/holds/new", **{**asked, **fields})

    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert rows(sealed_house) == []


def test_from_the_board_two_people_swap_and_a_stale_page_moves_nobody(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    blue = place(person("Blue"), beds[0], YESTERDAY).placement_id
    red = place(person("Red"), beds[1], YESTERDAY).placement_id
    client = english(client_as)

    parse_page(client.get(f"/placements/{blue}").text)
    choose = client.get(f"/placements/{blue}/swap").text
    parse_page(choose)
    confirm = f"/placements/{blue}/swap/{red}"
    assert confirm in choose
    both = client.get(confirm).text
    parse_page(both)
    assert "Blue" in both
    assert "Red" in both
    oneself = client.get(f"/placements/{blue}/swap/{blue}").text
    assert "A bed is swapped with somebody else" in oneself
    stale = post(client, confirm, on=on(TODAY), version="1", other_version="0")
    assert (stale.status_code, CHANGED in stale.text) == (409, True)
    assert rows(sealed_house) == [("1", "begun"), ("2", "begun")]
    assert post(client, confirm, on=on(TODAY), version="1", other_version="1").status_code == 303
    assert rows(sealed_house) == [("1", "begun"), ("1", "ended"), ("2", "begun"), ("2", "ended")]
    again = post(client, confirm, on=on(TODAY), version="1", other_version="1")
    assert again.status_code == 409


def test_from_the_board_a_departure_is_planned(client_as: ClientAs, sealed_house: House) -> None:
    beds = staffed(sealed_house)
    stay = place(person("Blue"), beds[0], YESTERDAY).placement_id
    client, address = english(client_as), f"/placements/{stay}/departure"

    parse_page(client.get(address).text)
    wrong = post(client, address, departure=on(TODAY), version="1")
    assert (wrong.status_code, "lies after today" in wrong.text) == (409, True)
    assert post(client, address, departure=on(TOMORROW), version="1").status_code == 303
    stale = post(client, address, departure="", version="1")
    assert (stale.status_code, CHANGED in stale.text) == (409, True)
    assert stored(sealed_house, stay).planned_departure_on == TOMORROW


def test_b14_a_team_lead_records_nights_far_back_and_nobody_else(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    case = person("Blue")
    stay = place(case, beds[0], YESTERDAY).placement_id
    address, early = f"/placements/{stay}/earlier", TODAY - timedelta(days=18)
    lena = english(client_as, cast.LENA)

    assert client_as(cast.KOFI).get(address).status_code == 404
    assert address in lena.get(f"/cases/{case}").text
    parse_page(lena.get(address).text)
    assert post(lena, address, arrival=on(early), version="1").status_code == 303
    assert rows(sealed_house) == [("1", "begun"), ("1", "mistaken")]


def test_a_move_says_why_on_the_page_of_the_case(client_as: ClientAs, sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person("Blue")
    stay = place(case, beds[0], YESTERDAY).placement_id
    client, address = english(client_as), f"/placements/{stay}/move"
    asked = {"arrival": on(TODAY), "bed": beds[1], "version": "1"}

    assert 'name="why"' in client.get(address).text
    odd = post(client, address, **asked, why="moved_for_fun")
    assert (odd.status_code, "Choose one of the options" in odd.text) == (422, True)
    assert post(client, address, **asked, why="moved_emergency").status_code == 303
    assert "has left: an emergency" in client.get(f"/cases/{case}").text
    assert stored(sealed_house, stay).end_reason == "moved_emergency"


def test_addresses_that_are_no_board_are_absent(client_as: ClientAs, sealed_house: House) -> None:
    beds = staffed(sealed_house)
    client = client_as(cast.KOFI)

    for address in (
        "/board?site=nowhere",
        f"/board/beds/{beds[0]}/soon",
        f"/board/beds/{beds[0]}/{YESTERDAY.isoformat()}",
        f"/board/beds/nowhere/{TODAY.isoformat()}",
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        "/board?from=soon",
        "/board?nights=1e9",
        "/board?from=9999-12-31",
        "/board?nights=",
    ):
        assert client.get(address).status_code == 200, address
    for colleague in (cast.NIGHT, cast.AMINA, cast.ADA, cast.PETRA):
        assert client_as(colleague).get("/board").status_code == 404


def test_b08_nobody_unseen_is_named_anywhere_on_the_board(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    stay = place(person("Blue"), beds[0], YESTERDAY).placement_id
    with casework(sealed_house) as session:
        session.scalars(select(Client)).one().restricted = True
    client = english(client_as)

    board = client.get("/board").text

    assert "Blue" not in board
    assert stay not in board
    assert "taken" in board
    assert client.get(f"/placements/{stay}").status_code == 404
    assert client.get(f"/placements/{stay}/swap").status_code == 404


def lived_in(house: House) -> None:
    """A house in which every kind of cell stands somewhere."""
    beds = staffed(house, beds=6)
    open_site(house, "zeezicht", beds=2)
    place(person("Blue"), beds[0], YESTERDAY, TODAY + timedelta(days=3))
    place(person("Red"), beds[1], TOMORROW)
    held(person("Green"), beds[2])
    overdue = place(person("White"), beds[3], TODAY - timedelta(days=4)).placement_id
    with casework(house) as session:
        session.get_one(Placement, overdue).planned_departure_on = YESTERDAY


def test_the_board_is_checked_in_both_languages_and_by_keyboard(
    live_server: str, desk: Page, sealed_house: House
) -> None:
    lived_in(sealed_house)
    sign_in(desk, live_server, cast.KOFI)

    in_both_languages(desk, live_server + "/board", private=["Blue", "Red", "Green", "White"])
    board = desk.locator("[data-board]")
    assert board.locator("a[tabindex='0']").count() == 1
    board.locator("a[tabindex='0']").focus()
    assert desk.evaluate("document.activeElement.textContent") == "Blue"
    desk.keyboard.press("ArrowRight")
    assert desk.evaluate("document.activeElement.textContent") == "vrij"
    desk.keyboard.press("Home")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate(
        "document.activeElement.closest('tr').querySelector('th').textContent"
    ).endswith("1.2")
    desk.keyboard.press("End")
    assert desk.evaluate("document.activeElement.textContent") == "Red"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/placements/*")


def test_the_board_on_a_phone_shows_one_site_as_a_list(
    live_server: str, desk: Page, sealed_house: House
) -> None:
    lived_in(sealed_house)
    sign_in(desk, live_server, cast.KOFI)
    desk.set_viewport_size(PHONE)

    visit(desk, live_server + "/board", private=["Blue", "Red", "Green", "White"])
    assert not desk.locator("[data-board]").is_visible()
    desk.locator(".cf-board-sites a").first.click()
    visit(desk, desk.url, private=["Blue", "Red", "Green", "White"])
    assert desk.locator(".cf-board-beds").get_by_text("Blue").is_visible()


@pytest.mark.full
def test_the_board_of_500_beds_is_checked_and_goes_by_keyboard(
    live_server: str, desk: Page, sealed_house: House, client_as: ClientAs
) -> None:
    client = client_as(cast.KOFI)
    beds = [
        bed for n in range(10) for bed in open_site(sealed_house, f"site-{n}", beds=5, rooms=10)
    ]
    lay_down(sealed_house, 600, plain=True, member=None)
    lie_down(sealed_house, beds)
    assert client.get("/board").text.count("<tr") > 500
    sign_in(desk, live_server, cast.KOFI)

    visit(desk, live_server + "/board", private=["Guest"])
    desk.locator("[data-board] a[tabindex='0']").focus()
    for _ in range(40):
        desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.closest('table') !== null")
    assert desk.locator("[data-board] a[tabindex='0']").count() == 1
