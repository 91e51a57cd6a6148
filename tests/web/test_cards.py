"""The pages of emergency cards: making one, opening one with one tap, looking at openings afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.cards import CardLines
from caseflow.services import cards
from caseflow.services.houses import House
from caseflow.storage.models.cases import CaseTeamMember
from tests import cast
from tests.builders import casework
from tests.pages import parse_page
from tests.services.placing import TODAY, person, place, staffed
from tests.serving import ClientAs, post
from tests.web.test_tonight import night_shift

LINES = CardLines(allergies="Penicillin", whom_to_call="Sister, 06 1234 5678")


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(sealed_house: House) -> str:
    """Blue sleeps at the site of the night worker; Amina is on the case team; every vault is sealed."""
    bed = staffed(sealed_house)[0]
    night_shift(sealed_house)
    made = person("Blue")
    place(made, bed)
    with casework(sealed_house) as session:
        session.add(CaseTeamMember(case_id=made, user_id="amina", from_on=TODAY, change_id="c"))
    return made


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def opened(client: FlaskClient, case_id: str) -> str:
    """Taps the bed; answers the address of the card."""
    answer = post(client, f"/ambulance/{case_id}")
    assert answer.status_code == 303  # type: ignore[attr-defined]
    return str(answer.location)  # type: ignore[attr-defined]


def reachable(text: str) -> set[str]:
    """Every address that a page leads to, by a link or by a form."""
    return set(re.findall(r'<(?:a|form) [^>]*(?:href|action)="([^"]+)"', text))


def test_a_card_is_made_on_its_page_and_read_in_the_file(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/card"
    assert page in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(page).text)
    refused = post(amina, page, whom_to_call="Ask for 111222333", allergies="Nuts")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "looks like a BSN" in refused.text  # type: ignore[attr-defined]
    assert "Nuts" in refused.text, "what was typed stays"  # type: ignore[attr-defined]
    assert post(amina, page, allergies="Nuts").status_code == 303  # type: ignore[attr-defined]
    file = amina.get(f"/cases/{case_id}").text
    assert "Nuts" in file
    assert "Made with the person on" in file
    assert "Nuts" in amina.get(page).text, "the form begins with the card"


def test_a_card_of_a_colleague_in_between_is_shown_and_can_be_replaced_knowingly(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/card"
    cards.record(cast.AMINA.actor(), case_id, LINES, None, cast.NOW)
    late = post(amina, page, allergies="Nuts", over="")
    assert late.status_code == 409  # type: ignore[attr-defined]
    text = late.text  # type: ignore[attr-defined]
    assert "A colleague changed this card" in text
    assert "Nuts" in text
    assert "Penicillin" in text
    [over] = re.findall(r'name="over"[^>]*value="([^"]+)"', text)
    assert post(amina, page, allergies="Nuts", over=over).status_code == 303  # type: ignore[attr-defined]


def test_the_night_worker_is_two_taps_from_a_card_and_reaches_nothing_from_it(
    client_as: ClientAs, case_id: str
) -> None:
    cards.record(cast.AMINA.actor(), case_id, LINES, None, cast.NOW)
    night = english(client_as, cast.NIGHT)
    assert 'href="/ambulance"' in night.get("/beds").text
    listed = night.get("/ambulance").text
    assert f'action="/ambulance/{case_id}"' in listed
    assert "Blue" in listed
    assert "Penicillin" not in listed
    sheet = night.get(opened(night, case_id))
    assert "Penicillin" in sheet.text
    parse_page(sheet.text)
    assert reachable(sheet.text) == {"/", "#main"}
    assert reachable(listed) > reachable(sheet.text), "other pages lead on, and that is seen"
    assert case_id not in sheet.text
    assert sheet.headers["Refresh"] == "901; url=/"
    assert sheet.headers["Cache-Control"] == "no-store"


def test_a_card_is_gone_like_a_page_that_never_was(client_as: ClientAs, case_id: str) -> None:
    night, kofi = client_as(cast.NIGHT), client_as(cast.KOFI)
    address = opened(night, case_id)
    never = "/ambulance/cards/00000000-0000-4000-8000-000000000000"
    assert night.get(address).status_code == 200
    assert kofi.get(address).status_code == 404
    with clock.fixed(cast.NOW + timedelta(minutes=15)):
        gone, absent = night.get(address), night.get(never)
    assert gone.status_code == absent.status_code == 404
    assert re.sub(r'content="[^"]*"|value="[^"]*"', "", gone.text) == re.sub(
        r'content="[^"]*"|value="[^"]*"', "", absent.text
    )


@pytest.mark.parametrize("colleague", [cast.BRAM, cast.PETRA, cast.ADA, cast.FEMKE, cast.YUSUF])
def test_who_may_not_open_a_card_finds_no_such_address(
    client_as: ClientAs, case_id: str, colleague: cast.Colleague
) -> None:
    client = client_as(colleague)
    assert client.get("/ambulance").status_code == 404
    assert post(client, f"/ambulance/{case_id}").status_code == 404  # type: ignore[attr-defined]
    assert 'href="/ambulance"' not in client.get("/account").text


def test_the_lead_opens_it_from_the_file(client_as: ClientAs, case_id: str) -> None:
    lena = english(client_as, cast.LENA)
    assert f'action="/ambulance/{case_id}"' in lena.get(f"/cases/{case_id}").text
    assert "No emergency card was made with this person" in lena.get(opened(lena, case_id)).text


def test_the_privacy_officer_sees_codes_and_marks_them(client_as: ClientAs, case_id: str) -> None:
    night, petra = client_as(cast.NIGHT), english(client_as, cast.PETRA)
    assert "No card was opened" in petra.get("/emergencies").text
    opened(night, case_id)
    assert "Emergencies (1)" in petra.get("/account").text, "one waits"
    listed = petra.get("/emergencies").text
    parse_page(listed)
    assert "Havenhuis" in listed
    assert "Blue" not in listed
    assert "23-11-2026" in listed, "opened on a Sunday, looked at on Monday"
    [mark] = re.findall(r'action="(/emergencies/[^"]+/seen)"', listed)
    assert post(petra, mark).status_code == 303  # type: ignore[attr-defined]
    assert "Marked as seen" in petra.get("/emergencies").text
    assert post(night, mark).status_code == 404  # type: ignore[attr-defined]
