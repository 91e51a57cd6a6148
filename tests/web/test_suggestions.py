"""The pages of suggested beds and of the forecast: for who places people, and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.jobs import runs
from caseflow.services import placements
from caseflow.services.houses import House
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

LIST, FORECAST = "/suggestions", "/beds/forecast"
BED, OTHER = "havenhuis-room-1-bed-1", "pakhuis-room-1-bed-1"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(sealed_house: House) -> str:
    builders.hire_everybody(sealed_house)
    builders.open_site(sealed_house, beds=1)
    builders.open_site(sealed_house, "pakhuis", beds=1)
    return world.assigned(days_ago=10)


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


@pytest.fixture
def kofi(client_as: ClientAs, case_id: str) -> FlaskClient:
    """The coordinator, after somebody has asked for a place and the button was pressed."""
    amina = english(client_as, cast.AMINA)
    asked = {"wanted": "full_day", "grounds": ["street"], "on": "14-11-2026"}
    assert sent(amina, f"/cases/{case_id}/place/ask", **asked).status_code == 303
    kofi = english(client_as, cast.KOFI)
    assert "Nothing was worked out yet" in kofi.get(LIST).text
    assert sent(kofi, f"{LIST}/ask").status_code == 303
    runs.take_requests()
    return kofi


def suggestion(kofi: FlaskClient) -> str:
    [address] = set(re.findall(rf'"({LIST}/[0-9a-f-]{{36}})"', kofi.get(LIST).text))
    return address


def stays(house: House) -> list[tuple[str, str]]:
    with house.stores.reading() as session:
        return [(row.bed_id, row.status) for row in session.scalars(select(Placement))]


def test_b11_the_button_asks_and_the_last_answer_stays_on_the_page(kofi: FlaskClient) -> None:
    text = kofi.get(LIST).text
    assert parse_page(text).title.startswith("Suggested beds")
    assert "The best there is" in text
    assert "Blue" not in parse_page(text).title
    sent(kofi, f"{LIST}/ask")
    sent(kofi, f"{LIST}/ask")
    assert "asked for already" in kofi.get(LIST).text


def test_b11_a_suggestion_is_offered_with_another_bed_than_suggested(
    kofi: FlaskClient, sealed_house: House
) -> None:
    address = suggestion(kofi)
    text = kofi.get(address).text
    assert "Costs others no points" in text
    options = re.findall(r'name="option"[^>]*value="([0-9a-f-]{36})"', text)
    days = {"arrival": "22-11-2026", "answer_by": "24-11-2026"}

    answer = sent(kofi, address, option=options[1], **days)

    assert answer.status_code == 303
    assert len(stays(sealed_house)) == 1
    assert stays(sealed_house)[0][1] == "held"
    assert "another bed was chosen" in kofi.get(LIST).text
    assert sent(kofi, address, option=options[0], **days).status_code == 409


BAD = {
    "no night": ({"arrival": "", "answer_by": "24-11-2026"}, 422, "Enter the first night"),
    "no such day": ({"arrival": "31-02-2026", "answer_by": "24-11-2026"}, 422, ""),
    "yesterday": ({"arrival": "21-11-2026", "answer_by": "24-11-2026"}, 409, "has passed"),
    "no answer to come": (
        {"arrival": "22-11-2026", "answer_by": "20-11-2026"},
        409,
        "before today",
    ),
    "no option": ({"option": "x", "arrival": "22-11-2026", "answer_by": "24-11-2026"}, 422, ""),
}


def test_b11_bad_input_is_refused_with_its_sentence_and_keeps_nothing(
    kofi: FlaskClient, sealed_house: House
) -> None:
    address = suggestion(kofi)
    for row, (fields, status, sentence) in BAD.items():
        answer = sent(kofi, address, **{"option": address.rsplit("/", 1)[1], **fields})
        assert (answer.status_code, stays(sealed_house)) == (status, []), row
        assert sentence in answer.text, row


def test_b11_a_bed_that_was_taken_meanwhile_is_said_and_cannot_be_offered(
    kofi: FlaskClient, sealed_house: House
) -> None:
    address = suggestion(kofi)
    for bed in (BED, OTHER):
        placements.allocate(
            cast.KOFI.actor(), world.assigned(days_ago=10), bed, clock.today(), None, clock.now()
        )

    text = kofi.get(LIST).text
    assert "out of date" in text
    assert f'"{address}"' not in text
    given = {
        "option": address.rsplit("/", 1)[1],
        "arrival": "22-11-2026",
        "answer_by": "24-11-2026",
    }
    answer = sent(kofi, address, **given)
    assert answer.status_code == 409
    assert "out of date" in answer.text


def test_b11_a_suggestion_is_refused_with_a_reason_and_not_without(kofi: FlaskClient) -> None:
    address = suggestion(kofi) + "/refuse"

    assert sent(kofi, address).status_code == 422
    assert sent(kofi, address, why="because").status_code == 422
    assert sent(kofi, address, why="declined").status_code == 303
    assert "does not want this bed" in kofi.get(LIST).text
    assert sent(kofi, address, why="declined").status_code == 409


def test_nobody_else_reaches_suggestions_or_the_forecast(
    kofi: FlaskClient, client_as: ClientAs
) -> None:
    address = suggestion(kofi)
    for who in (cast.AMINA, cast.NIGHT, cast.ADA, cast.FEMKE):
        client = client_as(who)
        for path in (LIST, FORECAST, address, f"{address}/refuse"):
            assert client.get(path).status_code in (403, 404), (who.id, path)
    other_house = client_as(cast.JORIS)
    assert other_house.get(address).status_code == 404
    assert "Blue" not in other_house.get(LIST).text


def test_b06_the_forecast_counts_beds_and_names_nobody(
    kofi: FlaskClient, case_id: str, sealed_house: House
) -> None:
    placements.allocate(cast.KOFI.actor(), case_id, BED, clock.today(), None, clock.now())

    text = kofi.get(FORECAST).text

    page = parse_page(text)
    assert page.title.startswith("Forecast of beds")
    assert "1 of 2 beds tonight" in text
    assert "Blue" not in text
    assert FORECAST in kofi.get(LIST).text, "found in the navigation"
    post(kofi, "/language", language="nl")
    assert "Voorgestelde bedden" in kofi.get(LIST).text
    assert "Verwachting van bedden" in kofi.get(FORECAST).text
