"""Three in the morning, every vault sealed: a night worker with a phone, an ambulance at the door, ten seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Page, Response
from pypdf import PdfReader

from caseflow import clock
from caseflow.domain.cards import CardLines
from caseflow.services import cards
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.browser import PHONE
from tests.builders import hire_everybody, open_site
from tests.pages import check, screenshot, switch_language, visit
from tests.serving import sign_in
from tests.web.test_tonight import night_shift

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LINES = CardLines(
    language="Tigrinya, a little English",
    allergies="Penicillin: swollen throat",
    medication="Metformin 500 mg, twice a day",
    conditions="Diabetes type 2",
    doctor="Practice De Brug, 010 555 12 34",
    whom_to_call="Sister, 06 1234 5678",
)
WORDS_OF_THE_FILE = (world.FAMILY_NAME, world.NOTE, world.WISH, "Ayla", "Text only", "legalisation")
SECONDS_AT_MOST = 10


@pytest.fixture
def case_id(house: House) -> Iterator[str]:
    """Blue sleeps here, with words in a vault that is sealed by now, and a card."""
    with clock.fixed(cast.NOW):
        hire_everybody(house)
        open_site(house)
        night_shift(house)
        made = world.with_words(world.admitted(days_ago=10))
        world.sleeps(house, made, "havenhuis-room-1-bed-1", days_ago=5)
        assert cards.record(cast.AMINA.actor(), made, LINES, None, cast.NOW) is None
        house.stores.forget_vaults()
        yield made


@pytest.fixture
def heard(desk: Page) -> list[str]:
    """Everything that the server answered to this browser, word for word."""
    answers: list[str] = []

    def listen(response: Response) -> None:
        if response.request.resource_type == "document" and response.status < 300:
            answers.append(response.text())

    desk.on("response", listen)
    return answers


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_night_worker_has_the_card_on_paper_in_ten_seconds(
    desk: Page,
    live_server: str,
    house: House,
    case_id: str,
    heard: list[str],
    language: str,
) -> None:
    sign_in(desk, live_server, cast.NIGHT)
    desk.set_viewport_size(PHONE)
    desk.goto(live_server)
    switch_language(desk, language)
    assert not house.stores.unsealed()

    began = time.monotonic()
    desk.goto(live_server)
    desk.locator(".cf-emergency__button--ambulance").click()
    desk.locator(".cf-sleeper", has_text=world.CALL_NAME).click()
    desk.locator("[data-print]").wait_for(state="visible")
    desk.emulate_media(media="print")
    paper = desk.pdf(prefer_css_page_size=True)
    seconds = time.monotonic() - began

    [sheet] = PdfReader(BytesIO(paper)).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [148, 210], "A5"
    assert seconds < SECONDS_AT_MOST, f"{seconds:.2f} s to a printed card"
    assert desk.locator(".cf-header").is_hidden(), "the paper names no system"
    assert "Penicillin: swollen throat" in desk.locator("article").inner_text()
    said = " ".join(heard)
    assert len(heard) >= 3
    assert [word for word in WORDS_OF_THE_FILE if word in said] == []
    desk.emulate_media(media="screen")
    check(desk, private=[world.CALL_NAME, "Penicillin"])
    screenshot(desk, f"ambulance-card-{language}")
    desk.goto(f"{live_server}/ambulance")
    check(desk, private=[world.CALL_NAME])
    screenshot(desk, f"ambulance-{language}")


def test_without_a_script_the_card_opens_and_its_address_ends(
    desk: Page, live_server: str, case_id: str
) -> None:
    browser = desk.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    sign_in(plain, live_server, cast.NIGHT)
    plain.goto(live_server)
    plain.locator(".cf-emergency__button--ambulance").click()
    plain.locator(".cf-sleeper").click()
    assert plain.locator("article h1").inner_text() == world.CALL_NAME
    address = plain.url
    with clock.fixed(cast.NOW.replace(minute=15)):
        gone = plain.goto(address)
    assert gone is not None
    assert gone.status == 404
    plain.context.close()


def test_the_card_is_made_at_the_desk_and_its_opening_looked_at(
    desk: Page, live_server: str, case_id: str
) -> None:
    sign_in(desk, live_server, cast.AMINA)
    visit(
        desk, f"{live_server}/cases/{case_id}/card", private=[world.CALL_NAME], without_script=False
    )
    desk.locator("[name='pharmacy']").fill("V-nummer 1")
    desk.locator("main form button[type='submit']").click()
    assert desk.locator(".cf-error-summary").is_visible()
    desk.locator("[name='pharmacy']").fill("De Brug")
    desk.locator("main form button[type='submit']").click()
    assert "De Brug" in desk.locator("#card").inner_text()
    screenshot(desk, "card-in-the-file")
    with desk.expect_navigation():
        desk.locator("#card form button").click()
    sign_in(desk, live_server, cast.PETRA)
    visit(desk, f"{live_server}/emergencies", private=[world.CALL_NAME])
    assert world.CALL_NAME not in desk.content()
    screenshot(desk, "openings")
    desk.locator("main form button").click()
    assert desk.locator("main form button").count() == 0
