"""The pages of the evacuation list: from tonight with one tap, on A4, and the passphrase that is shown once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services import evacuation_papers
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.placement_needs import PlacementNeed
from tests import cast
from tests.builders import casework
from tests.pages import check, in_both_languages, screenshot, visit
from tests.services.placing import YESTERDAY, person, place, staffed
from tests.services.test_evacuations import code_of
from tests.serving import ClientAs, sign_in

LIST, FILE = "/beds/havenhuis/evacuation", "/beds/havenhuis/evacuation/file"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def blue(sealed_house: House) -> str:
    """Blue sleeps in the house, and needs help on the stairs; the night worker is at work there."""
    bed = staffed(sealed_house)[0]
    case = person("Blue")
    place(case, bed, YESTERDAY)
    code = code_of(sealed_house, case)
    told = {"recorded_by": "amina", "recorded_at": cast.NOW, "change_id": "invented"}
    with casework(sealed_house) as session:
        session.query(RoleGrant).filter_by(user_id=cast.NIGHT.id).one().site_id = "havenhuis"
        session.add(PlacementNeed(client_code=code, kind="mobility_aid", from_on=YESTERDAY, **told))
    return case


def token(page: str) -> dict[str, str]:
    once = re.search(r'name="once" type="hidden" value="([^"]+)"', page)
    assert once is not None
    return {"csrf_token": _csrf(page), "once": once[1]}


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_b12_the_list_is_one_tap_from_tonight_and_leads_nowhere(
    client_as: ClientAs, blue: str
) -> None:
    client = client_as(cast.NIGHT)

    assert f'href="{LIST}"' in client.get("/beds").text
    page = client.get(LIST).text

    for there in ("Blue", "1.1", "heeft hulp nodig", "Binnen: 1. Hulp nodig: 1."):
        assert there in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "href=" not in main, "nothing is reachable from the paper"
    assert blue not in page, "no id of a case"
    assert "Blue" not in page[: page.index("<body")]


@pytest.mark.parametrize("address", [LIST, FILE, "/beds/nowhere/evacuation"])
def test_another_house_and_no_house_are_the_same_page_that_is_not_there(
    client_as: ClientAs, blue: str, address: str
) -> None:
    answers = {
        client_as(who).get(address).status_code for who in (cast.JORIS, cast.AMINA, cast.ADA)
    }

    assert answers == {404}


def test_a_night_worker_cannot_make_a_passphrase(client_as: ClientAs, blue: str) -> None:
    client = client_as(cast.NIGHT)
    page = client.get(FILE).text
    given = token(client_as(cast.KOFI).get(FILE).text)

    assert "Vraag het de coördinator" in page
    assert "Wachtzin maken" not in page
    given["csrf_token"] = _csrf(page)
    assert client.post(FILE, data=given).status_code == 404


def test_the_passphrase_is_shown_once_and_opens_the_file(
    client_as: ClientAs, blue: str, sealed_house: House
) -> None:
    client = client_as(cast.KOFI)
    given = token(client.get(FILE).text)

    made = client.post(FILE, data=given)
    again = client.post(FILE, data=given)
    later = client.get(FILE).text

    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    [passphrase] = set(re.findall(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){4}", made.text))
    [path] = sealed_house.settings.evacuation_folder.iterdir()
    kept = evacuation_papers.opened(path.read_bytes(), passphrase)
    assert [one["call_name"] for one in kept["sleepers"]] == ["Blue"]
    assert (again.status_code, again.location) == (303, FILE), "Back makes no second passphrase"
    assert passphrase not in again.text + later
    assert path.name in later
    assert evacuation_papers.opened(path.read_bytes(), passphrase)["inside"] == 1


def test_an_old_code_is_asked_for_first(client_as: ClientAs, blue: str) -> None:
    client = client_as(cast.KOFI)
    given = token(client.get(FILE).text)

    with clock.fixed(cast.NOW + timedelta(minutes=20)):
        answer = client.post(FILE, data=given)

    assert (answer.status_code, answer.location) == (303, f"/account/code?next={FILE}")


def test_an_old_file_is_said_on_the_page_of_tonight(client_as: ClientAs, blue: str) -> None:
    client = client_as(cast.KOFI)
    assert "Er wordt geen bestand bewaard" in client.get("/beds").text
    client.post(FILE, data=token(client.get(FILE).text))

    assert "bestand is oud" not in client.get("/beds").text
    with clock.fixed(cast.NOW + timedelta(minutes=25)):
        client.get("/beds")
    with clock.fixed(cast.NOW + timedelta(minutes=50)):
        client.get("/beds")
    with clock.fixed(cast.NOW + timedelta(minutes=65)):
        assert "bestand is oud" in client.get("/beds").text


def test_the_pages_hold_in_a_browser(desk: Page, live_server: str, blue: str) -> None:
    sign_in(desk, live_server, cast.KOFI)

    visit(desk, f"{live_server}{LIST}", private=["Blue"])
    screenshot(desk, "evacuation")
    in_both_languages(desk, f"{live_server}{FILE}", private=["Blue"])
    visit(desk, f"{live_server}{LIST}", private=["Blue"])
    visit(desk, f"{live_server}{FILE}", private=["Blue"])
    screenshot(desk, "evacuation-file")
    desk.locator("main form button[type=submit]").click()
    check(desk)
    screenshot(desk, "evacuation-key")
