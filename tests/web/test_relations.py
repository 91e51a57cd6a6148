"""The pages on which a team lead or a case team changes who reads a case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

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


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def ends(client: FlaskClient, page: str) -> str:
    """The address behind the button that ends what the page lists."""
    [address] = re.findall(r'action="([^"]+/end)"', client.get(page).text)
    return str(address)


def test_a_deputy_comes_and_goes_through_the_page(client_as: ClientAs, case_id: str) -> None:
    lena, sara = english(client_as, cast.LENA), english(client_as, cast.SARA)
    page, case = f"/cases/{case_id}/deputies", f"/cases/{case_id}"
    assert page in lena.get(case).text
    parse_page(lena.get(page).text)
    fields = {"deputy": "sara", "deputy_for": "amina", "from_on": "22-11-2026"}
    assert post(lena, page, **fields).status_code == 422  # type: ignore[attr-defined]
    refused = post(lena, page, **fields, until_on="21-11-2026")
    assert (refused.status_code, "Choose a later last day" in refused.text) == (409, True)  # type: ignore[attr-defined]
    assert sara.get(case).status_code == 404
    assert post(lena, page, **fields, until_on="29-11-2026").status_code == 303  # type: ignore[attr-defined]
    assert sara.get(case).status_code == 200
    parse_page(lena.get(page).text)
    post(lena, ends(lena, page))
    assert sara.get(case).status_code == 404


def test_a_person_is_restricted_and_found_again_through_the_page(
    client_as: ClientAs, case_id: str
) -> None:
    lena, bram = english(client_as, cast.LENA), english(client_as, cast.BRAM)
    page, case = f"/cases/{case_id}/restriction", f"/cases/{case_id}"
    form = lena.get(page).text
    parse_page(form)
    assert re.search(r'<input[^>]*checked[^>]*value="amina"', form)
    assert post(lena, page).status_code == 422  # type: ignore[attr-defined]
    assert post(lena, page, readers="amina").status_code == 303  # type: ignore[attr-defined]
    assert bram.get(case).status_code == 404
    assert world.CALL_NAME not in bram.get("/caseload?show=team").text
    assert "restricted: named readers only" in lena.get(case).text
    post(lena, ends(lena, page))
    assert bram.get(case).status_code == 200


def test_a_case_team_reads_whom_it_can_ask(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/referrals"
    assert page in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(page).text)
    assert post(amina, page, colleague="").status_code == 422  # type: ignore[attr-defined]
    assert client_as(cast.LENA).get(page).status_code == 404


def test_a_shift_comes_and_goes_through_the_roster(client_as: ClientAs, case_id: str) -> None:
    lena, sara = english(client_as, cast.LENA), english(client_as, cast.SARA)
    assert 'href="/roster"' in lena.get("/caseload").text
    assert 'href="/roster"' not in sara.get("/caseload").text
    parse_page(lena.get("/roster").text)
    fields = {
        "colleague": "sara", "team": "haven-east", "from_on": "22-11-2026", "from_hour": "8",
        "until_hour": "17",
    }  # fmt: skip
    long = post(lena, "/roster", **fields, until_on="1-12-2026")
    assert (long.status_code, "at most 7 days" in long.text) == (409, True)  # type: ignore[attr-defined]
    assert post(lena, "/roster", **fields, until_on="22-11-2026").status_code == 303  # type: ignore[attr-defined]
    parse_page(lena.get("/roster").text)
    assert sara.get(f"/cases/{case_id}").status_code == 200
    post(lena, ends(lena, "/roster"))
    assert sara.get(f"/cases/{case_id}").status_code == 404
