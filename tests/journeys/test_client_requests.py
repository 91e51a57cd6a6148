"""A client asks for a stop and for erasure: frozen on a phone in seconds, decided by code, answered, listed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.browser import PHONE
from tests.journeys.desks import SEED, Desk, Office, open_office, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 30


@pytest.fixture(
    params=[
        ("nl", False),
        *(pytest.param((one, True), marks=pytest.mark.full) for one in ("nl", "en")),
    ],
    ids=lambda one: f"{one[0]}{'-looked-at' if one[1] else ''}",
)
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        language, looks = request.param
        yield from opened(app, browser, live_server, language, looks=looks)


def test_a_client_stops_what_leaves_and_has_something_erased(office: Office) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    amina = office.desk(cast.AMINA, world.CALL_NAME)
    freezes_on_a_phone(office, amina, case_id)
    asks_for_erasure(amina, case_id)
    lena = office.desk(cast.LENA, world.CALL_NAME)
    lifts_after_telling(office, lena, case_id)
    advises(lena, case_id)
    petra = office.desk(cast.PETRA)
    decides_by_code(office, petra)
    answers(office, office.desk(cast.AMINA), case_id)
    reads_the_own_list(office, amina, case_id)
    office.close()


def freezes_on_a_phone(office: Office, amina: Desk, case_id: str) -> None:
    """Nothing is typed: what is known is filled in."""
    amina.open(f"/cases/{case_id}")
    amina.page.set_viewport_size(PHONE)
    begun = time.monotonic()
    amina.follow("The client asks something about their data")
    amina.look("requests-choose", phone=True)
    amina.page.set_viewport_size(PHONE)
    amina.main.locator("a[href$='/requests/new/restriction']").click()
    amina.choose("about", "contested")
    amina.press("Keep the request")
    assert time.monotonic() - begun < SECONDS
    amina.reads(office.say("Nothing leaves"), office.say("nothing leaves"))
    amina.look("requests-frozen", phone=True)


def asks_for_erasure(amina: Desk, case_id: str) -> None:
    amina.open(f"/cases/{case_id}/requests/new/erasure")
    amina.choose("about", "part_of_file")
    amina.fill(words="Haal het gesprek van maandag weg.")
    amina.look("requests-erasure", phone=True)
    amina.press("Keep the request")


def lifts_after_telling(office: Office, lena: Desk, case_id: str) -> None:
    lena.goes_to(f"/cases/{case_id}")
    _, restriction = re.findall(r'href="([^"]+/requests/[^"]+/decision)"', lena.page.content())
    lena.goes_to(restriction)  # the newest request, of erasure, stands first
    lena.choose("outcome", "granted")
    lena.look("requests-decide", phone=True)
    lena.press("Keep the decision")
    lena.follow("Lift the restriction")
    lena.fill(told_on="22-11-2026")
    lena.look("requests-lift", phone=True)
    lena.press("Lift it")
    lena.reads(office.say("restriction lifted"))


def advises(lena: Desk, case_id: str) -> None:
    lena.goes_to(f"/cases/{case_id}")
    lena.follow("Decide on the request")
    lena.choose("outcome", "partly")
    lena.choose("ground", "legal_duty")
    lena.press("Keep the decision")
    lena.look("requests-advised", phone=True)


def decides_by_code(office: Office, petra: Desk) -> None:
    """The privacy officer sees codes and no word; a fresh code comes before the decision."""
    petra.open("/client-requests")
    petra.look("requests-queue", phone=True)
    petra.follow("Erasure")
    petra.look("requests-by-code", phone=True)
    assert "maandag" not in (petra.main.text_content() or "")
    petra.follow("Decide on the request")
    if petra.main.locator("[name='code']").count():
        petra.fill(code=pyotp.TOTP(SEED).at(clock.now()))
        petra.main.locator("button").first.click()
    petra.look("requests-review", phone=True)
    petra.press("Keep")
    petra.reads(office.say("Done in part"))
    petra.open("/client-requests/new")
    petra.look("requests-stranger", phone=True)


def answers(office: Office, amina: Desk, case_id: str) -> None:
    amina.goes_to(f"/cases/{case_id}")
    amina.follow("Give the answer")
    amina.choose("medium", "handed_over")
    amina.look("requests-answer", phone=True)
    amina.press("Keep the answer")
    amina.reads(office.say("The answer on paper (PDF)"))
    amina.look("requests-answered", phone=True)


def reads_the_own_list(office: Office, amina: Desk, case_id: str) -> None:
    amina.open(f"/cases/{case_id}/who-looked")
    amina.main.locator(f"button[value='{office.language}']").click()
    amina.reads(office.say("an answer to what you asked us"))
    amina.look("own-list", phone=True)
