"""The page at the door, and the register of calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.pages import parse_page
from tests.services.placing import person, place, staffed
from tests.serving import ClientAs, post
from tests.web.test_tonight import night_shift


@pytest.fixture(autouse=True)
def on_the_day(sealed_house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        bed = staffed(sealed_house)[0]
        night_shift(sealed_house)
        place(person("Blue"), bed)
        yield


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def called(client: FlaskClient) -> str:
    """Presses the button; answers where it leads."""
    answer = post(client, "/door")
    assert answer.status_code == 303  # type: ignore[attr-defined]
    return str(answer.location)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "colleague", [cast.NIGHT, cast.KOFI, cast.TESS, cast.AMINA, cast.LENA], ids=lambda one: one.id
)
def test_every_role_at_a_site_has_the_button_on_every_page(
    client_as: ClientAs, colleague: cast.Colleague
) -> None:
    client = client_as(colleague)
    assert 'action="/door"' in client.get("/account").text
    page = client.get(called(client))
    assert page.status_code == 200
    assert parse_page(page.text).lang == "nl"


@pytest.mark.parametrize("colleague", [cast.PETRA, cast.FEMKE, cast.ADA], ids=lambda one: one.id)
def test_nobody_else_has_it(client_as: ClientAs, colleague: cast.Colleague) -> None:
    client = client_as(colleague)
    assert 'action="/door"' not in client.get("/account").text
    assert post(client, "/door").status_code == 404  # type: ignore[attr-defined]


def test_the_page_speaks_both_languages_and_names_nobody(client_as: ClientAs) -> None:
    night = english(client_as, cast.NIGHT)
    text = night.get(called(night)).text
    assert "geef ik niemand informatie" in text
    assert "I give nobody information" in text
    assert 'href="tel:0105550110"' in text
    assert "still to be confirmed by a jurist" in text
    assert "Blue" not in text
    assert "<textarea" not in text
    assert 'type="text"' not in text


def test_an_entry_is_told_by_buttons_and_later(client_as: ClientAs) -> None:
    night, petra = english(client_as, cast.NIGHT), english(client_as, cast.PETRA)
    address = called(night)
    assert "Not told yet" in petra.get("/doors").text
    assert post(night, address).status_code == 409  # type: ignore[attr-defined]
    assert post(night, address, who="somebody").status_code == 422  # type: ignore[attr-defined]
    assert post(night, address, who="avim").status_code == 303  # type: ignore[attr-defined]
    assert address in night.get("/door").text
    assert post(night, address, shown="none", outcome="left").status_code == 303  # type: ignore[attr-defined]
    assert address not in night.get("/door").text
    assert "This entry is complete" in night.get(address).text
    register = petra.get("/doors").text
    parse_page(register)
    assert "Immigration police (AVIM)" in register
    [mark] = re.findall(r'action="(/doors/[^"]+/seen)"', register)
    assert post(petra, mark).status_code == 303  # type: ignore[attr-defined]
    assert "/seen" not in petra.get("/doors").text


def test_an_extra_field_is_kept_nowhere(client_as: ClientAs) -> None:
    night, petra = english(client_as, cast.NIGHT), english(client_as, cast.PETRA)
    address = called(night)
    post(night, address, who="press", name="Markerson", site="somewhere")
    for page in (night.get(address).text, night.get("/door").text, petra.get("/doors").text):
        assert "Markerson" not in page
    assert client_as(cast.KOFI).get(address).status_code == 404
