"""An everyday letter by one person, timed, on a phone; and how a referral says that it takes two."""

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
from tests import disclosure_worlds as out
from tests.browser import PHONE
from tests.journeys.desks import Office, open_office, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 60


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


def test_a_letter_is_quick_and_a_referral_says_that_it_takes_two(office: Office) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    lawyer = out.office(out.LAWYER)
    out.agreed(case_id, lawyer)
    out.office(out.FUND)
    amina = office.desk(cast.AMINA, world.CALL_NAME)
    amina.open(f"/cases/{case_id}")
    amina.page.set_viewport_size(PHONE)
    begun = time.monotonic()
    amina.main.locator(f'a[href$="residence_statement?to={lawyer}"]').click()
    with amina.page.expect_download() as paper:
        amina.main.get_by_role("button", name=office.say("Make the letter")).click()
    assert time.monotonic() - begun < SECONDS
    assert paper.value.suggested_filename == "brief.pdf"
    amina.open(f"/cases/{case_id}/left")
    amina.look("what-left", phone=True)

    amina.open(f"/cases/{case_id}/left/new")
    amina.look("letter-choose", phone=True)
    amina.follow("Referral")
    amina.look("letter-new", phone=True)
    amina.reads(office.say("This does not leave at once"))
    office.close()
