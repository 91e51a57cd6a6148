"""The work of a day with JavaScript off: nothing in it asks for a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.builders import open_site
from tests.journeys.desks import Office, open_office, opened

CALL_NAME = "Wren"
NOTE = "Will come back on Friday with the papers."

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", "en"])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        open_site(house, beds=2)
        yield from opened(app, browser, live_server, request.param, script=False)


def test_somebody_is_registered_written_about_decided_on_and_given_a_bed(office: Office) -> None:
    case = world.screened()
    tess = office.desk(cast.TESS)
    tess.follow("Register someone")
    tess.press("Register")
    assert tess.page.locator(".cf-error-summary").is_visible(), "what is missing is said"
    tess.fill(call_name=CALL_NAME)
    tess.choose("programme", "waterstad-lvv")
    tess.choose("team", "haven-east")
    tess.press("Register")
    tess.reads(CALL_NAME, office.say("The registration is kept."))

    amina = office.desk(cast.AMINA)
    amina.page.goto(f"{office.site}/cases/{case}")
    amina.follow("Write a note")
    amina.choose("kind", "phone")
    amina.fill(words=NOTE)
    amina.press("Keep the note")
    amina.reads(NOTE)
    amina.follow("Propose admission")
    amina.press("Propose")

    lena = office.desk(cast.LENA)
    lena.page.goto(f"{office.site}/cases/{case}")
    lena.follow("Decide")
    lena.choose("approve", "yes")
    lena.press("Keep the decision")
    lena.reads(office.say("in guidance"))

    kofi = office.desk(cast.KOFI)
    kofi.page.goto(f"{office.site}/cases/{case}/placements/new")
    kofi.press("Show beds for these nights")
    kofi.page.locator("[name='bed']").first.check()
    kofi.press("Place on this bed")
    kofi.reads("Havenhuis", office.say("sleeps here"))
    kofi.page.locator("details.cf-menu summary").click()
    assert kofi.page.locator("form[action='/sign-out'] button").is_visible()
    office.close(422)
