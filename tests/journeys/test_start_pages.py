"""Where each colleague starts, where they can go from there, and what is not there for a funder."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.builders import hire_everybody, open_site, past_episodes
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

STARTS = [
    (cast.AMINA, "/caseload"),
    (cast.LENA, "/caseload"),
    (cast.TESS, "/caseload"),
    (cast.KOFI, "/beds"),
    (cast.NIGHT, "/beds"),
    (cast.PETRA, "/reviews"),
    (cast.FEMKE, "/statistics/"),
    (cast.ADA, "/accounts"),
]
LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
FOR_A_FUNDER = {
    "/", "/account", "/account/looks", "/account/password", "/account/code", "/healthz",
    "/sign-in",
}  # fmt: skip
"""Besides figures: their own account, and what is public."""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Somebody who sleeps here, in a house with a history."""
    hire_everybody(house)
    [bed, *_] = open_site(house)
    past_episodes(house, "waterstad-lvv")
    made = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, made, bed, days_ago=5)
    return made


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("colleague", "start"), STARTS, ids=[one.id for one, _ in STARTS])
def test_each_role_starts_on_its_own_page_and_every_way_from_there_is_open(
    client_as: ClientAs, case_id: str, colleague: Colleague, start: str, language: str
) -> None:
    client = client_as(colleague)
    post(client, "/language", language=language)
    assert client.get("/").location == start
    ways = set(LINK.findall(client.get(start).text)) - {"/"}
    assert start in ways, "the navigation names the page itself"
    for way in sorted(ways):
        answer = client.get(way.partition("#")[0])
        assert answer.status_code == 200, way
        assert parse_page(answer.text).lang == language


def test_to_a_funder_nothing_is_there_but_publications_and_their_own_account(
    app: Flask, client_as: ClientAs, case_id: str
) -> None:
    femke = client_as(cast.FEMKE)
    met, opened = 0, set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or set(rule.arguments) - {"case_id"}:
            continue
        address = rule.rule.replace("<uuid:case_id>", case_id)
        met += 1
        if femke.get(address).status_code != 404:
            opened.add(address)
    assert met > 40
    figures = {address for address in opened if address.startswith("/statistics/")}
    assert "/statistics/" in figures
    assert opened - figures == FOR_A_FUNDER
