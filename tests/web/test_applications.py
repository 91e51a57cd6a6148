"""The intake desk registers somebody with a call name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.pages import parse_page
from tests.serving import ClientAs, post

NEW = "/applications/new"
LEAST = {
    "call_name": "Blue",
    "programme": "waterstad-lvv",
    "applied_on": "22-11-2026",
    "team": "haven-west",
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def desk(sealed_house: House, client_as: ClientAs) -> FlaskClient:
    client = client_as(cast.TESS)
    post(client, "/language", language="en")
    return client


def test_a_call_name_is_enough_and_need_not_be_real(desk: FlaskClient) -> None:
    page = parse_page(desk.get(NEW).text)
    assert page.h1 == "Register someone"
    assert "It need not be a real name." in desk.get(NEW).text
    answer = post(desk, NEW, **LEAST)
    assert answer.status_code == 303
    assert "Blue" not in answer.location
    shown = desk.get(answer.location).text
    parse_page(shown)
    assert "Write this code on the card" in shown
    assert "Team haven-west takes the case." in shown
    assert re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", shown)


def test_registering_goes_on_while_the_vault_is_sealed(desk: FlaskClient) -> None:
    form = desk.get(NEW).text
    assert "Registering goes on without it." in form
    assert 'name="asks"' not in form
    refused = post(desk, NEW, **LEAST, asks="A bed for tonight.")
    assert refused.status_code == 409
    assert "Clear them to register" in refused.text
    assert "A bed for tonight." in refused.text
    assert post(desk, NEW, **LEAST).status_code == 303


def test_what_the_person_asks_goes_to_the_vault(house: House, desk: FlaskClient) -> None:
    answer = post(desk, NEW, **LEAST, asks="A bed for tonight.")
    assert "A bed for tonight." in desk.get(answer.location).text


def test_nothing_typed_is_lost_when_the_call_name_is_missing(desk: FlaskClient) -> None:
    fields = {**LEAST, "call_name": "  ", "household_with": "K7QM-4XPD", "language": "ti"}
    answer = post(desk, NEW, **fields)
    assert answer.status_code == 422
    assert "Enter a name to call this person by." in answer.text
    assert 'value="K7QM-4XPD"' in answer.text
    assert 'selected value="ti"' in answer.text
    assert '<details class="cf-panel" open' in answer.text


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"household_with": "K7QM-4XPD"}, 409, "No case of yours has this client code."),
        ({"applied_on": "24-12-2026"}, 409, "lies in the future"),
        ({"applied_on": "24-12"}, 422, "This is not a day."),
        ({"programme": "rotterdam-lvv"}, 422, "Choose one of the options."),
        ({"team": "kompas-one"}, 422, "Choose one of the options."),
        ({"team": ""}, 422, "Choose the team that takes this case."),
        ({"call_name": "x" * 81}, 422, "This is too long."),
    ],
)
def test_a_refusal_says_why(
    desk: FlaskClient, fields: dict[str, str], status: int, sentence: str
) -> None:
    answer = post(desk, NEW, **{**LEAST, **fields})
    assert answer.status_code == status
    assert sentence in answer.text


def test_a_test_case_is_marked_wherever_it_is_shown(desk: FlaskClient) -> None:
    answer = post(desk, NEW, **LEAST, is_test="y")
    assert "test case" in desk.get(answer.location).text
    assert "test case" in desk.get("/caseload").text


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.LENA, cast.KOFI, cast.FEMKE, cast.ADA])
def test_only_an_intake_desk_registers(client_as: ClientAs, colleague: cast.Colleague) -> None:
    client = client_as(colleague)
    assert client.get(NEW).status_code == 404
    assert post(client, NEW, **LEAST).status_code == 404


def test_a_family_member_is_linked_by_code(house: House, desk: FlaskClient) -> None:
    first = desk.get(post(desk, NEW, **LEAST).location).text
    code = re.search(r'cf-code">([^<]+)<', first)[1]  # type: ignore[index]
    second = {**LEAST, "call_name": "Green", "household_with": code.lower()}
    assert "Blue" in desk.get(post(desk, NEW, **second).location).text


def test_somebody_comes_back_through_the_desk_with_a_code(house: House, desk: FlaskClient) -> None:
    page = "/applications/return"
    assert f'href="{page}"' in desk.get(NEW).text
    parse_page(desk.get(page).text)
    fields = {"programme": "waterstad-bbb", "on": "22-11-2026"}
    assert post(desk, page, **fields).status_code == 422
    unknown = post(desk, page, **fields, client_code="K7QM-4XPD")
    assert (unknown.status_code, "Check the code" in unknown.text) == (409, True)
    first = desk.get(post(desk, NEW, **LEAST).location).text
    code = re.search(r'cf-code">([^<]+)<', first)[1]  # type: ignore[index]
    again = post(desk, page, **fields, client_code=code)
    assert again.status_code == 303
    assert code in desk.get(again.location).text
    assert code not in again.location


def test_only_an_intake_desk_finds_the_form_for_who_comes_back(client_as: ClientAs) -> None:
    assert client_as(cast.AMINA).get("/applications/return").status_code == 404
