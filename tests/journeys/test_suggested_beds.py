"""A coordinator looks at suggested beds in the morning: offers one, chooses another, refuses one with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.jobs import runs
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.journeys.desks import Office, open_office, opened
from tests.pages import screenshot
from tests.services.placing import place
from tests.services.test_suggestions import code_of, needs, waits

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest,
    app: Flask,
    browser: Browser,
    sealed_house: House,
    live_server: str,
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(sealed_house)
        builders.open_site(sealed_house, beds=2, rooms=2)
        builders.open_site(sealed_house, "pakhuis", beds=1)
        place(world.registered(), "havenhuis-room-1-bed-1", clock.today() - timedelta(days=3))
        for name, gender in (("Amber", "woman"), ("Moss", "man"), ("Sky", "unknown")):
            waits(name, gender=gender)
        together = [waits("Fern", gender="woman", since=3), waits("Reed", gender="man", since=3)]
        builders.family(sealed_house, *(code_of(sealed_house, one) for one in together))
        needs(sealed_house, waits("Ash"), "accessible")
        yield from opened(app, browser, live_server, request.param)


def test_b11_suggestions_are_offered_chosen_and_refused(office: Office) -> None:
    kofi = office.desk(cast.KOFI, "Amber", "Moss", "Sky", "Fern", "Reed", "Ash")
    kofi.open("/suggestions", without_script=False)
    kofi.reads(office.say("Nothing was worked out yet."))
    kofi.press("Suggest anew now")
    assert runs.take_requests() == 1
    kofi.open("/suggestions", without_script=False)
    screenshot(kofi.page, f"suggestions-{office.language}")
    kofi.reads(office.say("no free bed fits what is needed"))

    kofi.main.get_by_role("link", name=office.say("Offer or choose")).first.click()
    kofi.look()
    screenshot(kofi.page, f"suggestion-{office.language}")
    kofi.press("Offer this bed")
    kofi.reads(office.say("accepted"))

    kofi.main.get_by_role("link", name=re.compile(f"^{office.say('Refuse')}$")).first.click()
    kofi.look()
    screenshot(kofi.page, f"suggestion-refused-{office.language}")
    kofi.choose("why", "declined")
    kofi.press("Refuse")
    kofi.reads(office.say("The person does not want this bed"))

    kofi.open("/beds/forecast", without_script=False)
    screenshot(kofi.page, f"forecast-{office.language}")
    office.close()
