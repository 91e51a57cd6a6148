"""A morning at the city hall: a funder reads the figures without a script, sets quarters side by side, and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.browser import PHONE
from tests.journeys.desks import Office, open_office, opened
from tests.publication_worlds import GENDER, LENGTH, LIMIT, Printed, freeze, not_published, withdraw

CALLED = {"nl": "Opvang en perspectief Waterstad", "en": "Shelter and perspective Waterstad"}
WITHDRAWN = {"nl": "8.885", "en": "8,885"}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", "en"])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        freeze(house, cut_off=date(2025, 12, 31), printed=Printed(505, 340))
        not_published(house, cut_off=date(2026, 3, 31))
        withdraw(house, freeze(house, cut_off=date(2026, 6, 30), printed=Printed(9995, 8885)))
        freeze(house, printed=Printed(565, 425, tables=(GENDER, LENGTH, LIMIT)))
        yield from opened(app, browser, live_server, request.param, script=False)


def test_a_funder_reads_compares_takes_a_file_and_leaves(office: Office) -> None:
    femke = office.desk(cast.FEMKE)
    femke.goes_to("/")
    assert femke.page.url.endswith("/statistics/"), "the figures are where a funder starts"
    femke.follow(CALLED[office.language])
    femke.reads(
        office.say("Why these rates differ"),
        office.say("The true rate lies within %(points)s points.", points=3),
        office.say("What changed since %(day)s", day=date(2025, 12, 31)),
        office.say("between %(low)s and %(high)s", low=81, high=89),
        office.say("How this was made"),
    )
    femke.page.set_viewport_size(PHONE)
    pictures = femke.page.locator("img.cf-figure__image")
    assert pictures.count() == 5
    widths = pictures.evaluate_all("all => all.map(one => [one.naturalWidth, one.clientWidth])")
    assert all(natural > 0 and 250 < shown < 390 for natural, shown in widths), widths
    assert femke.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    femke.follow("Quarters over time")
    femke.reads(
        office.say("Not published this quarter"),
        office.say("Withdrawn"),
        WITHDRAWN[office.language],
    )
    alt = femke.page.locator("img.cf-figure__image").first.get_attribute("alt") or ""
    assert "565" in alt
    assert "9995" not in alt.replace(".", "").replace(",", ""), "what was withdrawn is not drawn"

    femke.goes_to("/statistics/")
    kept = femke.main.locator("a[href*='/statistics/'][href$='quarters']")
    assert kept.count() == 1, "one programme is theirs and has figures"
    for address in ("/figures", "/caseload", "/beds", "/audit"):
        assert femke.page.request.get(office.site + address).status == 404
    femke.page.locator("details.cf-menu > summary").first.click()
    with femke.page.expect_navigation():
        femke.page.locator("form[action='/sign-out'] button").click()
    assert "/sign-in" in femke.page.url
    femke.goes_to("/statistics/programmes/waterstad-lvv")
    assert "/sign-in" in femke.page.url, "nothing is public here"
