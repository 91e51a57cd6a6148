"""A coordinator's day from the board, without JavaScript: held, booked, arrived, swapped, planned, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.builders import open_site
from tests.journeys.desks import Desk, Office, open_office, opened
from tests.services.placing import TODAY, TOMORROW, YESTERDAY, person, place

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.timeout(300)]
COMES, SLEEPS = "Wren", "Robin"


@pytest.fixture(params=["nl"])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        beds = open_site(house, beds=2)
        person(COMES)
        place(person(SLEEPS), beds[1], YESTERDAY)
        yield from opened(app, browser, live_server, request.param, script=False)


def on_the_board(desk: Desk, words: str) -> None:
    """Opens the board and follows what stands in a cell."""
    desk.page.goto(f"{desk.site}/board")
    cell = desk.page.locator("[data-board] td a").get_by_text(words, exact=True)
    with desk.page.expect_navigation():
        cell.first.click()


def bed_of(desk: Desk, call_name: str) -> str:
    """The bed in whose row a call name stands."""
    desk.page.goto(f"{desk.site}/board")
    row = desk.page.locator("[data-board] tbody tr", has_text=call_name)
    return (row.locator("th").text_content() or "").strip()


def test_a_coordinator_works_from_the_board(office: Office) -> None:
    kofi = office.desk(cast.KOFI, COMES, SLEEPS)
    on_the_board(kofi, office.say("free"))
    kofi.follow("Hold")
    kofi.press("Hold this bed")
    kofi.reads(office.say("The bed is held."))
    on_the_board(kofi, COMES)
    kofi.follow("Book the bed")
    kofi.press("Book the bed")
    on_the_board(kofi, COMES)
    kofi.follow("Record the arrival")
    kofi.press("Record the arrival")
    assert (bed_of(kofi, COMES), bed_of(kofi, SLEEPS)) == ("Room 1, 1.1", "Room 1, 1.2")
    on_the_board(kofi, COMES)
    kofi.follow("Swap with somebody")
    kofi.follow("Swap")
    kofi.reads(COMES, SLEEPS)
    kofi.press("Swap the beds")
    assert (bed_of(kofi, COMES), bed_of(kofi, SLEEPS)) == ("Room 1, 1.2", "Room 1, 1.1")
    on_the_board(kofi, COMES)
    kofi.follow("Plan the departure")
    kofi.fill(departure=(TODAY - timedelta(days=1)).strftime("%d-%m-%Y"))
    kofi.press("Keep the day")
    assert kofi.page.locator(".cf-error-summary").is_visible(), "a day behind is refused with why"
    kofi.fill(departure=TOMORROW.strftime("%d-%m-%Y"))
    kofi.press("Keep the day")
    kofi.reads(office.say("The planned departure is kept."))
    on_the_board(kofi, SLEEPS)
    kofi.follow("Move to another bed")
    kofi.reads(office.say("Beds that do not fit"))
