"""The caseload as a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.services import notes
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


def test_what_was_chosen_stays_over_signing_out(client_as: ClientAs) -> None:
    world.admitted(days_ago=10)
    world.admitted(days_ago=20)
    english(client_as, cast.AMINA).get("/caseload?show=team&order=silence")
    again = english(client_as, cast.AMINA).get("/caseload").text
    assert '<strong aria-current="true">Days without contact</strong>' in again
    other = english(client_as, cast.BRAM).get("/caseload").text
    assert '<strong aria-current="true">Days without contact</strong>' not in other


def test_former_cases_are_no_choice_that_stays(client_as: ClientAs) -> None:
    world.admitted(days_ago=10)
    amina = english(client_as, cast.AMINA)
    amina.get("/caseload?show=former")
    assert world.CALL_NAME in amina.get("/caseload").text


def test_a_row_tells_of_handovers_until_they_are_read(client_as: ClientAs, house: House) -> None:
    case_id = world.assigned("amina", "bram")
    world.wrote(house, case_id, ("handover", "Ask about Thursday."), by="bram")
    amina = english(client_as, cast.AMINA)
    assert "Handovers to read: 1" in amina.get("/caseload").text
    page = amina.get(f"/cases/{case_id}").text
    parse_page(page)
    newest = page.split('name="newest" value="')[1].split('"')[0]
    assert "I have read this" in page
    assert "I have read this" not in english(client_as, cast.LENA).get(f"/cases/{case_id}").text
    address = f"/cases/{case_id}/handovers/read"
    for note in ("", "nothing", case_id):
        assert post(amina, address, newest=note).status_code == 404, note  # type: ignore[attr-defined]
    assert post(amina, address, newest=newest).status_code == 303  # type: ignore[attr-defined]
    assert "Handovers to read" not in amina.get("/caseload").text
    assert "I have read this" not in amina.get(f"/cases/{case_id}").text


def test_a_sealed_vault_says_that_handovers_are_not_counted(
    client_as: ClientAs, house: House
) -> None:
    world.admitted(days_ago=10)
    house.stores.forget_vaults()
    text = english(client_as, cast.AMINA).get("/caseload").text
    assert "Handovers are not counted, as the vault is sealed." in text


def test_a_quick_note_has_three_fields_and_knows_how_the_last_contact_was_spoken(
    client_as: ClientAs,
) -> None:
    case_id, now = world.assigned("amina"), clock.now()
    spoken = notes.Spoken("fa", "TV 4711")
    last = (cast.AMINA.actor(), case_id, "visit", clock.today(), "A visit.", now)
    world.done(notes.write_note(*last, spoken=spoken))
    amina = english(client_as, cast.AMINA)
    address = f"/cases/{case_id}/notes/new?from_list=1"
    assert address in amina.get("/caseload").text
    text = amina.get(address).text
    parse_page(text)
    assert "Persian, interpreter TV 4711" in text
    sent = {
        "kind": "phone",
        "contact_on": "22-11-2026",
        "words": "She called back.",
        "language": "fa",
    }
    empty = post(amina, address, **(sent | {"words": ""}))
    assert (empty.status_code, "Write at least one sentence." in empty.text) == (422, True)  # type: ignore[attr-defined]
    kept = post(amina, address, **sent, interpreter="TV 4711")
    assert kept.location == f"/caseload?page=1#case-{case_id}"  # type: ignore[attr-defined]
    assert f'id="case-{case_id}"' in amina.get("/caseload").text
    assert "She called back." in amina.get(f"/cases/{case_id}").text
