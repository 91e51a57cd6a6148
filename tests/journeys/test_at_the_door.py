"""Somebody is at the door: what to say stands there at once, and what happened is told afterwards, by buttons."""

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
from tests.pages import screenshot
from tests.web.test_tonight import night_shift

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", "en"])
def office(
    request: pytest.FixtureRequest,
    app: Flask,
    browser: Browser,
    sealed_house: House,
    live_server: str,
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(sealed_house)
        open_site(sealed_house)
        night_shift(sealed_house)
        world.sleeps(sealed_house, world.registered(), "havenhuis-room-1-bed-1", days_ago=1)
        yield from opened(app, browser, live_server, request.param)


def test_what_to_say_comes_first_and_the_rest_can_wait(office: Office) -> None:
    night = office.desk(cast.NIGHT, world.CALL_NAME)
    night.open("/beds", without_script=False)
    screenshot(night.page, f"night-worker-{office.language}")
    with night.page.expect_navigation():
        night.page.locator(".cf-emergency button").click()
    night.look()
    screenshot(night.page, f"door-{office.language}")
    night.reads("geef ik niemand informatie", "I give nobody information", "010 555 01 10")
    assert world.CALL_NAME not in night.page.content(), "whoever stands there may see the screen"
    assert night.main.locator("input[type='text'], textarea").count() == 0

    night.choose("who", "avim")
    night.choose("shown", "letter")
    night.press("Keep")
    night.reads(office.say("The entry is kept. What is still open can be told later."))
    night.open("/door", without_script=False)
    night.follow("Complete")
    assert night.main.locator("[name='who'][value='avim']").is_checked()
    night.choose("outcome", "left")
    night.press("Keep")
    night.reads(office.say("This entry is complete."))

    petra = office.desk(cast.PETRA)
    petra.open("/doors", without_script=False)
    petra.reads(office.say("Immigration police (AVIM)"), office.say("They left"), "Havenhuis")
    screenshot(petra.page, f"doors-{office.language}")
    petra.press("Mark as seen")
    petra.reads(office.say("Marked as seen."))
    office.close()
