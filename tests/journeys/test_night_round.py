"""The round of eighty people on a phone, by a worker of the night, with the connection gone for a while (rule B13)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence
from tests import builders
from tests.browser import PHONE
from tests.pages import check, screenshot
from tests.services.placing import YESTERDAY, person, place
from tests.services.test_rounds import EVENING, NADIA, RIA
from tests.serving import sign_in

pytestmark = pytest.mark.browser
PEOPLE = 80
UNDER = 120
"""Seconds: the promise is two minutes, thumbs included; a browser that presses at once needs far less."""


@pytest.fixture
def evening(sealed_house: House) -> Iterator[None]:
    with clock.fixed(EVENING):
        builders.hire_everybody(sealed_house)
        yield


def filled(house: House, rooms: int) -> None:
    """A house with four people in each room."""
    for n, bed in enumerate(builders.open_site(house, rooms=rooms, beds=4)):
        place(person(f"Vogel {n}"), bed, YESTERDAY)
    builders.hire(house, NADIA, RIA)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport=PHONE, locale="nl-NL", has_touch=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def states(house: House) -> Counter[str]:
    with house.stores.reading() as session:
        return Counter(session.scalars(select(Presence.state)))


def touch(page: Page, row: int, state: str, why: str | None = None) -> None:
    """Says something else about the person in this row, as a thumb would."""
    one = page.locator("[data-round-row]").nth(row)
    one.locator(f"label:has(input[value={state}])").tap()
    if why is not None:
        one.locator("select").select_option(why)


def stored_in_browser(page: Page) -> object:
    return page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]")


def test_b13_eighty_people_with_the_connection_gone_for_a_while(
    phone: Page, live_server: str, evening: None, sealed_house: House
) -> None:
    filled(sealed_house, rooms=PEOPLE // 4)
    sign_in(phone, live_server, NADIA)
    phone.goto(f"{live_server}/night-round")
    phone.locator("main a.cf-button").last.click()
    began = time.monotonic()
    expect(phone.locator("[data-round-row]")).to_have_count(PEOPLE)
    status = phone.locator("[data-round-status]")

    for row in range(0, 30, 6):
        touch(phone, row, "not_there")
    phone.context.set_offline(True)
    touch(phone, 31, "announced", "hospital")
    touch(phone, 32, "announced", "leave")
    phone.locator("[data-round] button[type=submit]").tap()
    expect(status).to_have_attribute("data-kind", "waiting")
    check(phone)
    screenshot(phone, "night-round-offline")
    assert states(sealed_house) == {}
    closing = []
    phone.once("dialog", lambda dialog: (closing.append(dialog.type), dialog.dismiss()))
    phone.close(run_before_unload=True)
    phone.wait_for_timeout(300)
    assert closing == ["beforeunload"]

    # seen while the round still waits: somebody comes home, which is a second round behind the first
    touch(phone, 0, "there")
    phone.locator("[data-round] button[type=submit]").tap()
    assert stored_in_browser(phone) == [0, 0, ""]
    phone.context.set_offline(False)
    expect(status).to_have_attribute("data-kind", "kept")
    assert time.monotonic() - began < UNDER

    assert states(sealed_house) == {"there": 74, "not_there": 5, "announced": 2}
    with sealed_house.stores.reading() as session:
        away = Counter(
            session.scalars(select(Absence.kind).where(Absence.until_on.is_(None))).all()
        )
    assert away == {"unannounced": 4, "hospital": 1, "leave": 1}
    phone.goto(f"{live_server}/night-round")  # nothing is unsent: no warning holds the page
    expect(phone.locator("input[value=not_there]:checked")).to_have_count(4)


def test_b13_a_round_whose_answer_was_lost_is_sent_again_and_counts_once(
    phone: Page, live_server: str, evening: None, sealed_house: House
) -> None:
    filled(sealed_house, rooms=2)
    sign_in(phone, live_server, NADIA)
    phone.goto(f"{live_server}/night-round?read=yes")
    touch(phone, 3, "not_there")
    lost: list[int] = []

    def deliver(route: object) -> None:
        if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
            lost.append(route.fetch().status)  # type: ignore[attr-defined]
            return route.abort()  # type: ignore[attr-defined,no-any-return]
        return route.continue_()  # type: ignore[attr-defined,no-any-return]

    phone.route("**/night-round", deliver)
    phone.locator("[data-round] button[type=submit]").tap()
    expect(phone.locator("[data-round-status]")).to_have_attribute("data-kind", "kept")

    assert lost == [200]
    assert states(sealed_house) == {"there": 7, "not_there": 1}


def test_b13_an_unsent_round_is_covered_by_the_idle_lock_and_never_left(
    phone: Page, live_server: str, evening: None, sealed_house: House
) -> None:
    filled(sealed_house, rooms=1)
    sign_in(phone, live_server, NADIA)
    phone.clock.install()
    phone.goto(f"{live_server}/night-round?read=yes")
    phone.context.set_offline(True)
    touch(phone, 1, "not_there")
    phone.locator("[data-round] button[type=submit]").tap()
    expect(phone.locator("[data-round-status]")).to_have_attribute("data-kind", "waiting")
    minutes = int(phone.get_attribute("body", "data-idle-minutes") or 0)
    phone.clock.fast_forward(f"{minutes:02d}:10")
    expect(phone.locator(".cf-cover")).to_be_visible()
    assert phone.url.endswith("/night-round?read=yes")
    assert phone.locator("[data-round-row] input[value=not_there]:checked").count() == 1


def test_b13_signed_out_meanwhile_the_round_waits_on_the_page_and_is_sent_after_signing_in(
    phone: Page, live_server: str, evening: None, sealed_house: House
) -> None:
    filled(sealed_house, rooms=2)
    sign_in(phone, live_server, NADIA)
    phone.goto(f"{live_server}/night-round?read=yes")
    touch(phone, 3, "not_there")
    phone.context.clear_cookies()
    phone.locator("[data-round] button[type=submit]").tap()
    status = phone.locator("[data-round-status]")
    expect(status).to_have_attribute("data-kind", "refused")
    expect(status.locator("a[target=_blank]")).to_be_visible()
    assert states(sealed_house) == {}
    sign_in(phone, live_server, NADIA)
    phone.locator("[data-round] button[type=submit]").tap()
    expect(status).to_have_attribute("data-kind", "kept")
    assert states(sealed_house)["not_there"] == 1
