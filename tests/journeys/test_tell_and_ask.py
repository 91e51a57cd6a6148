"""At an intake somebody is told their rights and asked what may be passed on, on a phone and in half a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.browser import PHONE
from tests.journeys.desks import Desk, Office, open_office, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 30


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


def test_somebody_is_told_asked_and_takes_one_back(office: Office) -> None:
    case_id = world.registered(language="ar", days_ago=0)
    tess = office.desk(cast.TESS, world.CALL_NAME)
    tess.open(f"/cases/{case_id}")
    tess.reads(office.say("not told yet"))
    tess.look("told-nothing-yet", phone=True)
    tess.follow("Tell and ask")
    tess.look("tell-and-ask", phone=True)
    reads_it_together(office, tess)
    tells_and_asks_on_a_phone(office, tess)
    tess.reads(office.say("Letters to the own lawyer"), office.say("read together"))
    assert office.say("not told yet") not in (tess.main.text_content() or "")
    tess.look("told-and-agreed", phone=True)
    takes_one_back(office, tess)
    office.close()


def reads_it_together(office: Office, tess: Desk) -> None:
    """The text stands in large letters in the person's own language, from right to left."""
    form = tess.page.url
    tess.main.locator("a[href*='/information/rights/ar']").first.click()
    tess.page.wait_for_url("**/information/rights/ar*")
    assert tess.main.locator("article[lang=ar][dir=rtl]").count() == 1
    tess.look("rights-in-arabic", phone=True)
    tess.follow("Back to the form")
    assert tess.page.url == form


def tells_and_asks_on_a_phone(office: Office, tess: Desk) -> None:
    """The language is known already; six taps and nothing typed."""
    tess.page.set_viewport_size(PHONE)
    begun = time.monotonic()
    tess.choose("way", "read_out")
    for text in ("rights", "purposes"):
        tess.choose("texts", text)
    for agreed in ("recipients:legal", "channel:phone"):
        tess.choose("agreed", agreed)
    tess.press("Keep it")
    assert time.monotonic() - begun < SECONDS


def takes_one_back(office: Office, tess: Desk) -> None:
    tess.main.locator("a[href*='withdraw?take=']").first.click()
    tess.page.wait_for_url("**/withdraw?take=*")
    tess.reads(office.say("Taking it back changes nothing about the bed or the help."))
    tess.look("take-back", phone=True)
    tess.press("Take it back now")
    tess.reads(office.say("Taken back or ended: %(count)s", count=1))
