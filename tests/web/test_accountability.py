"""Accountability statements on their pages: proposed, approved, read by one official, printed with a reader line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services import accountability_gate, accountability_steps, sign_ins
from caseflow.services.houses import House
from tests import builders, cast
from tests.cast import FEMKE, MO, NOW, PETRA, Colleague
from tests.pages import in_both_languages, parse_page
from tests.services.test_accountability_statements import (
    FAR,
    FREEK,
    PIA,
    certified,
    issued,
    proposed,
    published,
)
from tests.serving import ClientAs, post, sign_in

NEW = "/statistics/statements/new?programme=waterstad-lvv"
CHOSEN = {"kind": "cumulative", "cut_off": "2026-09-30", "official": "femke", "until": "31-12-2026"}


@pytest.fixture(autouse=True)
def staff(sealed_house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(accountability_gate, "certify", certified)
    monkeypatch.setattr(sign_ins, "is_fresh", lambda actor, now: True)
    builders.hire(sealed_house, *cast.EVERYBODY, FREEK, FAR, PIA)
    builders.past_episodes(sealed_house, "waterstad-lvv")
    with clock.fixed(NOW):
        published(sealed_house)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def test_a_statement_goes_from_proposal_to_one_official(client_as: ClientAs) -> None:
    pia = english(client_as, PIA)
    assert 'href="/statistics/statements"' in pia.get("/figures").text
    parse_page(pia.get(NEW).text)
    made = post(pia, NEW, **CHOSEN)
    assert made.status_code == 303
    address = made.location
    for one in (PETRA, MO):
        client = english(client_as, one)
        assert "Two people approve" in client.get(address).text
        assert post(client, f"{address}/approve").status_code == 303
    femke = english(client_as, FEMKE)
    assert address in femke.get("/statistics/statements").text
    text = femke.get(address).text
    parse_page(text)
    assert text.count("For Femke, ") == 2
    assert "Not to be passed on or published." in text
    assert ">425<" in text
    for address_of_another in (address, f"{address}/approve"):
        assert english(client_as, FREEK).get(address_of_another).status_code in (404, 405)
    assert "There is no statement." in english(client_as, FREEK).get("/statistics/statements").text
    assert post(femke, f"{address}/end").status_code == 404
    assert post(pia, f"{address}/end").status_code == 303
    assert femke.get(address).status_code == 404


BAD = [
    ({"until": ""}, 422, "Enter the last day on which it can be read"),
    ({"until": "20-11-2026"}, 409, "This day has passed"),
    ({"until": "01-01-2029"}, 409, "A grant ends within a year"),
    ({"official": "fay"}, 422, "Choose one of the options"),
    ({"cut_off": "2026-06-30"}, 422, "Choose one of the options"),
    ({"kind": ""}, 422, "Choose what it counts"),
    ({"kind": "yearly"}, 409, "Nothing was published a year before"),
]


@pytest.mark.parametrize(("bad", "status", "sentence"), BAD)
def test_a_proposal_that_cannot_be_comes_back_with_a_sentence(
    client_as: ClientAs, bad: dict[str, str], status: int, sentence: str
) -> None:
    answer = post(english(client_as, PIA), NEW, **(CHOSEN | bad))
    parse_page(answer.text)
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_approval_by_the_proposer_is_refused_on_the_page(client_as: ClientAs) -> None:
    lena = english(client_as, cast.LENA)
    address = post(lena, NEW, **CHOSEN).location
    text = lena.get(address).text
    parse_page(text)
    assert "You proposed this yourself" in text
    post(lena, f"{address}/approve")
    assert "You proposed this yourself" in lena.get(address).text


def test_a_programme_of_others_is_not_there(client_as: ClientAs) -> None:
    pia = client_as(PIA)
    for programme in ("waterstad-bbb", "no-such-programme"):
        assert pia.get(f"/statistics/statements/new?programme={programme}").status_code == 404
    assert client_as(FEMKE).get(NEW).status_code == 404


def test_a_grant_that_is_over_is_gone_for_the_official(client_as: ClientAs) -> None:
    address = f"/statistics/statements/{issued()}"
    femke = client_as(FEMKE)
    assert femke.get(address).status_code == 200
    with clock.fixed(NOW + timedelta(days=60)):
        assert client_as(FEMKE).get(address).status_code == 404


def test_the_pages_hold_in_a_browser(desk: Page, live_server: str) -> None:
    statement = proposed()
    sign_in(desk, live_server, PIA)
    for path in ("", f"/{statement}", "/new?programme=waterstad-lvv"):
        in_both_languages(desk, f"{live_server}/statistics/statements{path}")
    for one in (PETRA, MO):
        assert accountability_steps.approve(one.actor(), statement, NOW) is None
    sign_in(desk, live_server, FEMKE)
    _, dutch = in_both_languages(desk, f"{live_server}/statistics/statements/{statement}")
    assert dutch.title.startswith("Verantwoordingsstaat")
