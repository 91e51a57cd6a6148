"""A demand from the door to the envelope: the night worker's answer, three who decide, and a second look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests import demand_worlds as asked
from tests.builders import open_site
from tests.demand_worlds import DIRK, DORA, FRANK
from tests.journeys.desks import Desk, Office, open_office, opened
from tests.web.test_tonight import night_shift

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house, DORA, FRANK, DIRK)
        open_site(house)
        night_shift(house)
        yield from opened(app, browser, live_server, request.param)


def at_night(office: Office) -> str:
    """They stand at the door and demand: one click, and the answer is there to be given. Answers the address."""
    night = office.desk(cast.NIGHT)
    night.open("/beds")
    with night.page.expect_navigation():
        night.page.locator(".cf-emergency button").click()
    night.choose("who", "police")
    night.press("Keep")
    night.press("They demand data: give the default answer")
    night.look("demand-at-night", phone=True)
    night.reads("Niet nu. Schriftelijk, aan onze advocaat.", "Not now. In writing, to our lawyer.")
    with night.page.expect_download() as letter:
        night.page.evaluate(
            "link => { const a = document.createElement('a'); a.href = link; a.download = ''; a.click() }",
            night.main.get_by_role("link", name="PDF").first.get_attribute("href"),
        )
    assert letter.value.suggested_filename.endswith(".pdf")
    night.choose("answered_how", "handed_over")
    night.press("The answer was given")
    night.follow("Write down what the demand says")
    night.look("demand-text")
    night.fill(words=asked.TEXT)
    night.press("Keep")
    night.reads(office.say("The text lies in the vault."))
    assert "Markerson" not in night.page.content()
    return night.page.url.removeprefix(office.site)


@pytest.mark.parametrize("office", ["nl"], indirect=True)
def test_from_the_door_to_the_envelope(office: Office, house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code = asked.code_of(house, case_id)
    address = at_night(office)
    petra = office.desk(cast.PETRA)
    petra.open("/demands")
    petra.open(address)
    read(petra)
    dora = office.desk(DORA)
    dora.open("/demands")
    dora.open(address)
    dora.look("demand-director", phone=True)
    dora.follow("Decide on the demand")
    dora.look("demand-decide")
    dora.choose("verdict", "comply")
    dora.press("Keep")
    petra.open(address)
    petra.follow("Decide on the demand")
    petra.choose("verdict", "partly")
    petra.choose("part", "own_name")
    petra.press("Keep")
    petra.follow("Record what the outside lawyer wrote")
    petra.choose("verdict", "comply")
    petra.fill(decided_on="22-11-2026", reference="2026-117-04")
    petra.press("Keep")
    petra.follow("Silence is ordered")
    petra.look("demand-silence")
    petra.choose("ground", "criminal")
    petra.fill(review_on="22-01-2027")
    petra.press("Keep")
    petra.follow("Link to a client code")
    petra.fill(client_code=code)
    petra.press("Keep")
    petra.follow("Make ready what is handed over")
    petra.press("Keep")
    petra.look("demand-ready", phone=True)
    dora.open(address)
    dora.follow("Take the second look")
    dora.look("demand-release", phone=True)
    dora.press("Let it go")
    dora.reads(office.say("Handed over in part"))
    petra.open("/demands/table")
    petra.look("demand-table", phone=True)
    frank = office.desk(FRANK)
    frank.open(address)
    frank.press("Mark as seen")
    frank.reads(office.say("Marked as seen."))
    office.close()


@pytest.mark.parametrize("office", ["en"], indirect=True)
def test_the_same_in_english_as_far_as_the_director(office: Office) -> None:
    address = at_night(office)
    dora = office.desk(DORA)
    dora.open("/demands")
    dora.open(address)
    dora.look("demand-director")
    dora.open("/demands/table")
    office.close()


def read(petra: Desk) -> None:
    """The privacy officer reads power, signature and what is named."""
    petra.look("demand-officer", phone=True)
    petra.follow("Read the demand")
    petra.look("demand-read", phone=True)
    petra.choose("power", "recorded")
    petra.choose("is_signed", "y")
    petra.choose("scope", "one_person")
    petra.choose("named", "own_name")
    petra.choose("named", "birth_date")
    petra.press("Keep")
