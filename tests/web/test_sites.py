"""The pages of a house: opened, marked, taken out of service, closed; without who sleeps there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.pages import in_both_languages, parse_page
from tests.services.placing import TODAY, person, place, staffed
from tests.serving import ClientAs, post, sign_in

BED = "bed:havenhuis-room-1-bed-1"
SITE = "/sites/havenhuis"
OUT = {"place": BED, "reason": "repair", "from_on": "22-11-2026", "expected": "25-11-2026"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def send(client: FlaskClient, address: str, **fields: object) -> tuple[int, str]:
    answer = post(client, address, **fields)
    return answer.status_code, answer.text  # type: ignore[attr-defined]


def test_a_coordinator_takes_a_bed_out_of_service_and_puts_it_back(
    client_as: ClientAs, sealed_house: House
) -> None:
    staffed(sealed_house)
    kofi = english(client_as, cast.KOFI)
    assert 'href="/sites"' in kofi.get("/beds").text
    assert f'href="{SITE}"' in kofi.get("/sites").text
    assert send(kofi, f"{SITE}/outages/new", **OUT, cost_centre="4210")[0] == 303
    house = kofi.get(SITE).text
    parse_page(house)
    assert "4210" in house
    [back, change, mistake] = re.findall(rf'href="({SITE}/outages/[^"/]+/[a-z]+)"', house)
    form = kofi.get(change).text
    parse_page(form)
    [seen] = re.findall(r'name="seen"[^>]*value="([^"]+)"', form)
    changed = {"seen": seen, "reason": "pests", "expected": "30-11-2026", "cost_centre": "77"}
    assert send(kofi, change, **changed)[0] == 303
    status, text = send(kofi, change, **changed)
    assert (status, "a moment earlier" in text) == (409, True)
    [seen] = re.findall(r'name="seen"[^>]*value="([^"]+)"', kofi.get(back).text)
    assert send(kofi, back, seen=seen, on="23-11-2026")[0] == 409
    assert send(kofi, back, seen=seen, on="22-11-2026")[0] == 303
    assert "Nothing is out of service" in kofi.get(SITE).text
    assert kofi.get(mistake).status_code == 200


def test_what_somebody_sleeps_in_stays_open_and_the_board_is_at_hand(
    client_as: ClientAs, sealed_house: House
) -> None:
    bed, *_ = staffed(sealed_house)
    place(person("Blue"), bed)
    status, text = send(english(client_as, cast.KOFI), f"{SITE}/outages/new", **OUT)

    assert (status, "Nights that are taken from" in text) == (409, True)
    assert "/board?site=havenhuis" in text
    assert "Blue" not in text
    status, text = send(
        english(client_as, cast.ADA), f"{SITE}/close", place="site", last_night="30-11-2026"
    )
    assert (status, "without a planned departure" in text, "/board" in text) == (409, True, False)


@pytest.mark.parametrize(
    ("address", "fields", "status", "sentence"),
    [
        ("outages/new", {"place": "", "reason": "repair", "from_on": "22-11-2026"}, 422, "Choose the site"),
        ("outages/new", {**OUT, "expected": "22-11-2026"}, 409, "comes after the first night"),
        ("outages/new", {**OUT, "cost_centre": "of mr X"}, 409, "A cost centre is a code"),
        ("outages/new", {**OUT, "place": "bed:elsewhere"}, 422, "Choose"),
        ("outages/new", {**OUT, "from_on": "31-11-2026"}, 422, "dd-mm-yyyy"),
        ("rooms/new", {"name": "", "beds": "2", "from_on": "22-11-2026", "meant_for": "anyone"}, 422, "name"),
        ("rooms/new", {"name": "A", "beds": "0", "from_on": "22-11-2026", "meant_for": "anyone"}, 409, "between 1"),
        ("limits/new", {"limited": "limited", "from_on": "22-11-2026"}, 409, "Enter how many people"),
        ("shares/new", {"funder": "state", "beds": "9", "from_on": "22-11-2026"}, 409, "The site has 3 beds"),
        ("turnaround", {"nights": "9"}, 409, "between 0 and 7"),
        ("close", {"place": "site", "last_night": "1-1-2020"}, 409, "It opened on"),
        ("marks/new", {"place": BED, "mark": "pets", "holds": "yes", "from_on": "22-11-2026"}, 409, "marks of a room"),
        ("neighbourhood/new", {"on": "22-11-2027", "kind": "letter", "words": "Bicycles"}, 409, "future"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_by_one_sentence_with_all_that_was_typed(
    client_as: ClientAs,
    sealed_house: House,
    address: str,
    fields: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    staffed(sealed_house)
    client = english(client_as, cast.ADA)

    answered, text = send(client, f"{SITE}/{address}", **fields)

    assert answered == status
    assert sentence in text


def test_an_administrator_sets_up_a_house_through_its_pages(
    client_as: ClientAs, sealed_house: House
) -> None:
    staffed(sealed_house)
    ada = english(client_as, cast.ADA)
    sent = {
        "rooms/new": {"name": "Attic", "meant_for": "women", "floor": "3", "beds": "2", "from_on": "22-11-2026"},
        "beds/new": {"room": "havenhuis-room-1", "beds": "1", "from_on": "22-11-2026"},
        "turnaround": {"nights": "1"},
        "limits/new": {"limited": "limited", "most_people": "30", "from_on": "22-11-2026"},
        "shares/new": {"funder": "municipality", "beds": "4", "from_on": "22-11-2026"},
        "marks/new": {"place": BED, "mark": "lower_bunk", "holds": "yes", "from_on": "22-11-2026"},
        "close": {"place": BED, "last_night": "31-12-2026"},
        "neighbourhood/new": {"on": "22-11-2026", "kind": "committee", "words": "De fietsen staan goed."},
    }  # fmt: skip
    for address, fields in sent.items():
        parse_page(ada.get(f"{SITE}/{address}").text)
        assert send(ada, f"{SITE}/{address}", **fields)[0] == 303, address
    text = ada.get(SITE).text
    for words in ("Attic", "lower bunk", "31-12-2026", "Municipality", "De fietsen staan goed"):
        assert words in text, words


def test_a_name_in_the_log_is_asked_about_once_and_can_be_erased(
    client_as: ClientAs, sealed_house: House
) -> None:
    staffed(sealed_house)
    kofi = english(client_as, cast.KOFI)
    line = {"on": "22-11-2026", "kind": "complaint", "words": "Meneer Jansen over the bins"}
    status, text = send(kofi, f"{SITE}/neighbourhood/new", **line)
    assert (status, 'name="anyway"' in text) == (409, True)
    assert send(kofi, f"{SITE}/neighbourhood/new", **line, anyway="1")[0] == 303
    house = kofi.get(SITE).text
    [erase] = re.findall(r'action="([^"]+/words/erase)"', house)
    post(kofi, erase)
    assert "Jansen" not in kofi.get(SITE).text


def test_a_house_of_another_organisation_and_its_acts_do_not_exist(
    client_as: ClientAs, sealed_house: House
) -> None:
    staffed(sealed_house)
    for colleague, addresses in (
        (cast.JORIS, ("", "/outages/new", "/neighbourhood/new", "/marks/new")),
        (cast.KOFI, ("/close", "/rooms/new", "/limits/new", "/shares/new", "/turnaround")),
        (cast.AMINA, ("", "/outages/new")),
        (cast.NIGHT, ("", "/outages/new")),
    ):
        for address in addresses:
            assert client_as(colleague).get(SITE + address).status_code == 404, address


def test_the_pages_of_a_house_are_checked_in_both_languages(
    live_server: str, desk: Page, app: Flask, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], TODAY)
    sign_in(desk, live_server, cast.ADA)
    for address in ("", "/outages/new", "/close", "/marks/new", "/neighbourhood/new"):
        shown, dutch = in_both_languages(desk, live_server + SITE + address, private=["Blue"])
        assert (shown.lang, dutch.lang) == ("en", "nl")
