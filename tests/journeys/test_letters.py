"""An everyday letter by one person, timed, on a phone; and how a referral says that it takes two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from caseflow import clock
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests import disclosure_worlds as out
from tests.browser import PHONE
from tests.journeys.desks import Desk, Office, open_office, opened
from tests.pages import check

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 60


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


def browser_says(page: Page) -> float:
    """The seconds on the clock of the browser itself, which runs while that of the house stands still."""
    told: float = page.evaluate("Date.now() / 1000")
    return told


def on_the_phone(desk: Desk) -> None:
    """The page as it stands, checked in every way at the width of a phone."""
    desk.page.set_viewport_size(PHONE)
    check(desk.page, private=desk.private)


def test_a_letter_is_quick_and_a_referral_says_that_it_takes_two(office: Office) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    lawyer = out.office(out.LAWYER)
    out.agreed(case_id, lawyer)
    out.office(out.FUND)
    amina = office.desk(cast.AMINA, world.CALL_NAME)
    amina.goes_to("/")
    amina.page.set_viewport_size(PHONE)
    begun = browser_says(amina.page)
    amina.goes_to(f"/cases/{case_id}")
    amina.main.locator(f'a[href$="residence_statement?to={lawyer}"]').click()
    with amina.page.expect_download() as paper:
        amina.main.get_by_role("button", name=office.say("Make the letter")).click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    took = browser_says(amina.page) - begun
    print(f"\nan everyday letter on a phone ({office.language}): {took:.1f} seconds")  # noqa: T201
    assert took < SECONDS
    assert paper.value.suggested_filename == "brief.pdf"
    on_the_phone(amina)
    amina.look("letter-everyday", phone=True)
    amina.open(f"/cases/{case_id}/left")
    on_the_phone(amina)
    amina.look("what-left", phone=True)

    amina.open(f"/cases/{case_id}/left/new")
    amina.look("letter-choose", phone=True)
    amina.follow("Referral")
    on_the_phone(amina)
    amina.look("letter-new", phone=True)
    amina.reads(office.say("This does not leave at once"))
    office.close()
