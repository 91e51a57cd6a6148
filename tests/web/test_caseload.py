"""The caseload as a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def english(client_as: ClientAs, colleague: cast.Colleague):  # type: ignore[no-untyped-def]
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def test_a_list_shows_call_name_and_code_and_no_name_of_the_vault(client_as: ClientAs) -> None:
    world.with_words(world.admitted(days_ago=10))
    for colleague in (cast.AMINA, cast.LENA, cast.TESS):
        text = english(client_as, colleague).get("/caseload").text
        page = parse_page(text)
        assert world.CALL_NAME in text
        assert world.FAMILY_NAME not in text
        assert world.CALL_NAME not in page.title


def test_the_lead_sees_what_waits_and_the_desk_can_register(client_as: ClientAs) -> None:
    world.registered()
    assert "Choose a case team" in english(client_as, cast.LENA).get("/caseload").text
    desk = english(client_as, cast.TESS).get("/caseload").text
    assert 'href="/applications/new"' in desk
    assert "Choose a case team" not in desk
    assert "My team" not in desk


def test_an_empty_list_says_what_to_do(client_as: ClientAs) -> None:
    amina = english(client_as, cast.AMINA)
    assert "Your team lead chooses who works on a case." in amina.get("/caseload").text
    waiting = english(client_as, cast.LENA).get("/caseload?show=waiting").text
    assert "Nothing waits for your decision." in waiting


def test_a_strange_choice_or_page_is_the_usual_list(client_as: ClientAs) -> None:
    world.admitted(days_ago=10)
    amina = english(client_as, cast.AMINA)
    for query in ("show=everything", "page=x", "page=-4", "page=999"):
        assert world.CALL_NAME in amina.get(f"/caseload?{query}").text


@pytest.mark.parametrize("colleague", [cast.KOFI, cast.FEMKE, cast.PETRA, cast.ADA, cast.NIGHT])
def test_a_caseload_is_not_there_for_roles_without_one(
    client_as: ClientAs, colleague: cast.Colleague
) -> None:
    assert client_as(colleague).get("/caseload").status_code == 404
