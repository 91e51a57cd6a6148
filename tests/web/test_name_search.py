"""Searching by name and the hint of a double registration, as pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.with_words(world.assigned())


def test_a_name_is_found_and_shown_to_who_may_see_it(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = client_as(cast.AMINA), client_as(cast.LENA)
    text = post(amina, "/caseload", find="markersohn ayla").text
    assert world.FAMILY_NAME not in parse_page(text).title
    assert "vastgelegd als" in text
    assert world.FAMILY_NAME in text
    hidden = post(lena, "/caseload", find="markersohn ayla").text
    assert case_id not in hidden
    assert world.FAMILY_NAME not in hidden
    house.stores.forget_vaults()
    sealed = post(amina, "/caseload", find="markersohn ayla").text
    parse_page(sealed)
    assert "de kluis is verzegeld; aanspreeknamen en codes wel" in sealed
    assert case_id not in sealed


def test_nearly_the_same_name_is_said_by_code_once_it_is_kept(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    other = world.assigned()
    amina = client_as(cast.AMINA)
    post(
        amina,
        f"/cases/{other}/identity",
        given_names="Aila",
        family_name="Markerson",
        birth_precision="unknown",
    )
    text = amina.get(f"/cases/{other}").text
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    assert f"Bij {code} is bijna dezelfde naam vastgelegd." in text
