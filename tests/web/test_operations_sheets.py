"""Operations sheets on their pages, as files, on a phone and on paper, for funders and programme managers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services import operations_sheets
from caseflow.services.houses import House
from tests import builders, cast
from tests.cast import FEMKE, Colleague
from tests.pages import in_both_languages, parse_page
from tests.services import bed_night_worlds as world
from tests.services.test_operations_sheets import JOB, LATER, OTHER, PIA, paid, tallied
from tests.serving import ClientAs, post, sign_in

SHEET = "/statistics/operations/waterstad-lvv/2026-10"


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        builders.hire(sealed_house, *world.STAFF, PIA, OTHER)
        beds = world.opened(sealed_house)
        for number in range(1, 24):
            world.client(sealed_house, number)
        world.slept(sealed_house, beds[1], 1, date(2026, 9, 20), None)
        tallied(sealed_house, "havenhuis", 812)
        paid(sealed_house, 23)
        operations_sheets.make_all(JOB, cast.NOW)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def corrected(house: House) -> None:
    world.out_of_service(
        house, "havenhuis", date(2026, 10, 1), date(2026, 10, 11), bed_id="havenhuis-room-1-bed-5"
    )
    operations_sheets.make_all(JOB, LATER)


def test_a_funder_finds_the_months_in_the_navigation_and_reads_one(client_as: ClientAs) -> None:
    femke = english(client_as, FEMKE)
    assert 'href="/statistics/operations"' in femke.get("/statistics/").text
    listed = femke.get("/statistics/operations?scope=waterstad-lvv").text
    parse_page(listed)
    assert f'href="{SHEET}"' in listed
    text = femke.get(SHEET).text
    parse_page(text)
    for part in (
        "October 2026",
        "775",
        "day and night",
        "812",
        "€1,500.00",
        "to the nearest 5 allowances",
    ):
        assert part in text, part
    for secret in ("WXYZ", "Somebody", "avenhuis", "case-1", "1,380"):
        assert secret not in text + listed


def test_a_programme_manager_reads_the_same(client_as: ClientAs) -> None:
    assert "775" in english(client_as, PIA).get(SHEET).text


@pytest.mark.parametrize("who", [OTHER, cast.LENA, cast.AMINA, cast.ADA])
def test_for_everybody_else_there_is_no_sheet(client_as: ClientAs, who: Colleague) -> None:
    client = client_as(who)
    for address in (SHEET, f"{SHEET}/plain.csv", f"{SHEET}/excel.csv"):
        assert client.get(address).status_code == 404


BAD = [
    ("waterstad-lvv/2026-11", 409, "This month is not over"),
    ("waterstad-lvv/2019-01", 409, "There is no sheet of this month"),
    ("waterstad-lvv/2026-13", 404, ""),
    ("waterstad-lvv/october", 404, ""),
    ("no-such-programme/2026-10", 404, ""),
    ("utrecht-lvv/2026-10", 404, ""),
]


@pytest.mark.parametrize(("asked", "status", "sentence"), BAD)
def test_a_sheet_that_is_not_there_says_so(
    client_as: ClientAs, asked: str, status: int, sentence: str
) -> None:
    answer = english(client_as, FEMKE).get(f"/statistics/operations/{asked}")
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_what_was_put_right_stands_below_what_was_fixed(
    client_as: ClientAs, sealed_house: House
) -> None:
    corrected(sealed_house)
    text = english(client_as, FEMKE).get(SHEET).text
    parse_page(text)
    assert "Put right since" in text
    assert "775" in text
    assert "-10" in text


def test_a_sheet_is_a_file_for_excel_and_for_programs(
    client_as: ClientAs, sealed_house: House
) -> None:
    corrected(sealed_house)
    femke = english(client_as, FEMKE)
    excel = femke.get(f"{SHEET}/excel.csv")
    named = 'attachment; filename="operations-waterstad-lvv-2026-10.csv"'
    assert excel.headers["Content-Disposition"] == named
    lines = excel.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "Programme;Month;Part;Row;What;Value;Unit;Status;Put right on"
    plain = femke.get(f"{SHEET}/plain.csv").text.splitlines()
    name = "Shelter and perspective Waterstad,2026-10"
    assert f"{name},places,day and night,Available nights,775,nights,exact," in plain
    assert f"{name},places,Together,Occupancy,5,%,rounded," in plain
    assert f"{name},services,Together,Meal,812,number,exact," in plain
    assert f"{name},correction,day and night,Void nights,10,nights,exact,2026-12-12" in plain
    assert any("1500.00,euros,rounded" in line for line in plain)


def test_the_pages_hold_in_a_browser_in_both_languages(
    desk: Page, live_server: str, sealed_house: House
) -> None:
    corrected(sealed_house)
    sign_in(desk, live_server, FEMKE)
    for path in ("", "/waterstad-lvv/2026-10", "/waterstad-lvv/2026-11"):
        _, dutch = in_both_languages(desk, f"{live_server}/statistics/operations{path}")
        assert dutch.title.startswith("Bedrijfsvoering")
