"""Bath and bread on its pages: taps, numbers, a month and its file; nothing twice, and no person anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.shelter import Site
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import check, parse_page, visit
from tests.services.test_daily_services import FINANCE, HAVENHUIS, KOMPASHUIS, PAKHUIS, RIA
from tests.serving import ClientAs, post, sign_in

PAGE, MONTH = "/bath-and-bread", "/bath-and-bread/month"


@pytest.fixture(autouse=True)
def sites(sealed_house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        builders.open_site(sealed_house, HAVENHUIS)
        builders.open_site(sealed_house, PAKHUIS)
        builders.open_site(sealed_house, KOMPASHUIS, "het-kompas")
        builders.hire(sealed_house, *cast.EVERYBODY, RIA, FINANCE)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def tapped(client: FlaskClient, kind: str, site: str = HAVENHUIS, **more: str) -> TestResponse:
    return sent(client, PAGE, site=site, kind=kind, **more)


def counts(client: FlaskClient, site: str = HAVENHUIS) -> dict[str, str]:
    """The number on each button."""
    text = client.get(f"{PAGE}?site={site}").text
    parse_page(text)
    found = re.findall(r'value="(\w+)"><span class="cf-tap__label">.*?__count">([^<]*)<', text)
    return dict(found)


def test_one_tap_counts_one_and_comes_back_to_the_same_site(client_as: ClientAs) -> None:
    ria = english(client_as, RIA)
    assert PAGE in ria.get("/beds").text
    assert counts(ria) == dict.fromkeys(
        ("meal", "shower", "laundry", "clothing", "travel_ticket", "day_room"), "0"
    )
    for _ in range(2):
        answer = tapped(ria, "meal")
        assert (answer.status_code, answer.location) == (303, f"{PAGE}?site={HAVENHUIS}")
    tapped(ria, "shower")
    assert (counts(ria)["meal"], counts(ria)["shower"]) == ("2", "1")
    assert "Counted: " not in ria.get(PAGE).text  # it is said once


def test_a_tap_that_is_sent_twice_counts_once_and_says_so(client_as: ClientAs) -> None:
    ria = english(client_as, RIA)
    once = re.findall(r'name="once" type="hidden" value="([0-9a-f]{32})"', ria.get(PAGE).text)[0]
    assert tapped(ria, "meal", once=once).status_code == 303
    assert tapped(ria, "meal", once=once).status_code == 303
    assert "Nothing was kept twice" in ria.get(PAGE).text
    assert counts(ria)["meal"] == "1"


def test_ones_own_last_tap_is_taken_back(client_as: ClientAs) -> None:
    ria, kofi = english(client_as, RIA), english(client_as, cast.KOFI)
    tapped(ria, "laundry")
    [tally] = re.findall(r'name="tally" value="([^"]+)"', ria.get(PAGE).text)
    assert 'name="tally"' not in kofi.get(f"{PAGE}?site={HAVENHUIS}").text
    assert sent(kofi, f"{PAGE}/undo", site=HAVENHUIS, tally=tally).status_code == 303
    assert "nothing of yours" in kofi.get(f"{PAGE}?site={HAVENHUIS}").text
    sent(ria, f"{PAGE}/undo", site=HAVENHUIS, tally=tally)
    assert "Taken back: Laundry" in ria.get(PAGE).text
    assert counts(ria)["laundry"] == "0"


def test_a_number_is_added_for_a_forgotten_day_and_taken_off(client_as: ClientAs) -> None:
    ria = english(client_as, RIA)
    asked = {"site": HAVENHUIS, "kind": "meal", "way": "add"}
    assert sent(ria, f"{PAGE}/number", **asked, on="21-11-2026", number="23").status_code == 303
    asked["way"] = "take_off"
    assert sent(ria, f"{PAGE}/number", **asked, on="21-11-2026", number="3").status_code == 303
    page = ria.get(MONTH).text
    parse_page(page)
    assert re.search(r'>21-11-2026<.*?data-label="Meal">20<', page, re.S)


WRONG = [
    ({"number": "", "on": "22-11-2026"}, 422, "Enter how many."),
    ({"number": "many", "on": "22-11-2026"}, 422, "This is not a whole number"),
    ({"number": "3", "on": "31-2-2026"}, 422, "This is not a day"),
    ({"number": "3", "on": "23-11-2026"}, 409, "has not come yet"),
    ({"number": "3", "on": "1-11-2026"}, 409, "too long ago"),
    ({"number": "0", "on": "22-11-2026"}, 409, "from 1 to 500"),
    ({"number": "-5", "on": "22-11-2026"}, 409, "Only 0 were counted"),
    ({"number": "99999999999999999999", "on": "22-11-2026"}, 409, "from 1 to 500"),
    ({"number": "3", "on": "22-11-2026", "way": "take_off"}, 409, "Only 0 were counted"),
    ({"number": "3", "on": "22-11-2026", "kind": "bed"}, 422, "Choose one of the options"),
    ({"number": "3", "on": "22-11-2026", "way": ""}, 422, "whether to add or to take off"),
]
"""What is typed, with which status it comes back, and the sentence that says why."""


def test_a_wrong_number_is_refused_in_one_sentence_and_stays_on_the_page(
    client_as: ClientAs,
) -> None:
    ria = english(client_as, RIA)
    for fields, status, sentence in WRONG:
        asked = {"site": HAVENHUIS, "kind": "meal", "way": "add", **fields}
        answer = sent(ria, f"{PAGE}/number", **asked)
        assert (answer.status_code, sentence in answer.text) == (status, True), fields
        parse_page(answer.text)
        assert f'value="{fields["number"]}"' in answer.text
    assert counts(ria)["meal"] == "0"


def test_a_tap_on_no_button_counts_nothing(client_as: ClientAs) -> None:
    ria = client_as(RIA)
    for kind in ("bed", "", "meal' OR 1=1"):
        assert tapped(ria, kind).status_code == 400
    assert sent(ria, PAGE).status_code == sent(ria, PAGE, site=HAVENHUIS).status_code == 400
    assert sent(ria, PAGE, kind="meal").status_code == 404
    whole = {"kind": "meal", "way": "add", "on": "22-11-2026", "number": "2"}
    assert sent(ria, f"{PAGE}/number").status_code == 404
    assert sent(ria, f"{PAGE}/number", **whole).status_code == 404
    del whole["kind"]
    assert sent(ria, f"{PAGE}/number", site=HAVENHUIS, **whole).status_code == 422
    assert set(counts(ria).values()) == {"0"}


def test_another_site_and_none_at_all_are_refused_alike(client_as: ClientAs) -> None:
    ria = client_as(RIA)

    def answer(address: str, asked: str) -> str:
        page = ria.get(f"{address}?site={asked}")
        assert page.status_code == 404
        assert asked not in page.text
        return re.sub(r'(?<=content=")[^"]+', "", re.sub(r'(?<=value=")[^"]+', "", page.text))

    for address in (PAGE, MONTH, f"{MONTH}.csv"):
        nothing = answer(address, "nowhere")
        assert answer(address, PAKHUIS) == answer(address, KOMPASHUIS) == nothing
    assert {tapped(ria, "meal", one).status_code for one in (PAKHUIS, KOMPASHUIS, "no")} == {404}


def test_for_others_the_pages_are_not_there(client_as: ClientAs) -> None:
    for who in (cast.AMINA, cast.NIGHT, cast.PETRA, cast.FEMKE, cast.ADA):
        client = client_as(who)
        assert {client.get(one).status_code for one in (PAGE, MONTH, f"{MONTH}.csv")} == {404}
        assert PAGE not in client.get("/account").text


def test_finance_reads_the_month_and_counts_nothing(client_as: ClientAs) -> None:
    tapped(client_as(RIA), "meal")
    finance = english(client_as, FINANCE)
    assert finance.get("/").location.endswith("/money")
    page = finance.get(f"{MONTH}?site={HAVENHUIS}").text
    parse_page(page)
    assert "Together" in page
    assert tapped(finance, "meal").status_code == 404
    assert f'href="{PAGE}"' not in page


def test_a_month_that_is_none_shows_this_one_and_an_empty_one_says_so(
    client_as: ClientAs,
) -> None:
    lena = english(client_as, cast.LENA)
    tapped(client_as(RIA), "meal")
    assert "from 1 November 2026" in lena.get(f"{MONTH}?month=2026-99").text
    assert "Nothing was counted in this month." in lena.get(f"{MONTH}?month=2026-10").text
    assert "Month after" in lena.get(f"{MONTH}?month=2026-10").text
    assert "Month after" not in lena.get(MONTH).text


def test_the_file_holds_days_and_numbers_and_no_formula(
    client_as: ClientAs, sealed_house: House
) -> None:
    with builders.casework(sealed_house) as session:
        session.get(Site, HAVENHUIS).name = "=1+2"  # type: ignore[union-attr]
    tapped(client_as(RIA), "shower")
    answer = client_as(cast.LENA).get(f"{MONTH}.csv?site={HAVENHUIS}&month=2026-11")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="bath-and-bread-2026-11.csv"'
    )
    assert answer.get_data().decode("utf-8-sig").split("\r\n") == [
        "Locatie;Dag;Maaltijd;Douche;Was;Kleding;Reiskaartje;Dagopvang",
        "'=1+2;22-11-2026;0;1;0;0;0;0",
        "",
    ]


def test_no_page_asks_for_or_shows_a_person(client_as: ClientAs) -> None:
    world.registered()
    kofi = client_as(cast.KOFI)
    for address in (PAGE, MONTH):
        assert world.CALL_NAME not in kofi.get(address).text
    text = kofi.get(PAGE).text.split("<main")[1]
    names = set(re.findall(r'name="(\w+)"', text.split("</main>")[0]))
    assert names <= {"csrf_token", "once", "site", "kind", "number", "on", "way", "tally"}


def test_a_thumb_counts_in_the_browser_and_every_page_is_in_order(
    live_server: str, desk: Page
) -> None:
    sign_in(desk, live_server, RIA)
    visit(desk, f"{live_server}{PAGE}")
    shower = desk.get_by_role("button", name="Douche")
    size = shower.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 100
    shower.click()
    counted = desk.get_by_role("button", name="Douche 1")
    counted.wait_for()  # the page that comes back after the tap
    check(desk)
    assert "1" in counted.inner_text()
    visit(desk, f"{live_server}{MONTH}")
