"""Holders open their own vault on a phone: mistyped, too often mistyped, opened, sealed again; nowhere a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from caseflow import clock
from caseflow.services import sealing
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from tests import builders, cast
from tests.browser import PHONE
from tests.journeys.desks import SEED, open_office
from tests.pages import SCREENSHOTS, check, visit
from tests.serving import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WRONG = "not these words at all"


@pytest.fixture(autouse=True)
def now(sealed_house: House) -> Iterator[None]:
    sealing.when_sealed(lambda: None)
    with clock.fixed(cast.NOW):
        open_office(sealed_house)
        yield


def at_the_vault(
    browser: Browser, site: str, house: House, colleague: cast.Colleague, language: str
) -> Page:
    with builders.casework(house) as session:
        session.get_one(UserAccount, colleague.id).locale = language
    page = browser.new_context(viewport=PHONE, locale=language).new_page()
    sign_in(page, site, colleague)
    visit(page, f"{site}/vault?back=/caseload")
    return page


def types(page: Page, holder: str, passphrase: str) -> None:
    page.fill("[name=holder]", holder)
    page.fill("[name=passphrase]", passphrase)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("colleague", "language"), [(cast.LENA, "nl"), (cast.NOOR, "en")], ids=["nl", "en"]
)
def test_a_holder_mistypes_waits_and_opens_the_vault(
    browser: Browser,
    live_server: str,
    sealed_house: House,
    colleague: cast.Colleague,
    language: str,
) -> None:
    holder, passphrase = cast.HOLDERS[colleague.organisation]
    page = at_the_vault(browser, live_server, sealed_house, colleague, language)
    SCREENSHOTS.mkdir(exist_ok=True)
    said = []
    for _ in range(sealing.ATTEMPTS + 1):
        types(page, holder, WRONG)
        said.append(page.locator("[data-focus-first]").inner_text())
        assert page.input_value("[name=holder]") == holder, "only the secret is typed again"
        assert page.input_value("[name=passphrase]") == ""
    check(page)
    page.screenshot(path=SCREENSHOTS / f"unsealing-throttled-{language}-phone.png", caret="initial")
    assert len(set(said[:-1])) == 1
    assert "15" in said[-1]
    assert said[-1] not in said[:-1]
    types(page, holder, passphrase)
    assert sealed_house.stores.unsealed() == (), "the right words wait as well"
    clock.pass_time(timedelta(minutes=15))
    types(page, holder, passphrase)
    page.fill("[name=code]", pyotp.TOTP(SEED).at(clock.now()))  # the last one is no longer fresh
    types(page, holder, passphrase)
    assert page.url == f"{live_server}/caseload", "back where they were"
    check(page)
    assert sealed_house.stores.unsealed() == (colleague.organisation,)
    visit(page, f"{live_server}/vault")
    page.context.close()


def test_after_sealing_the_way_on_stands_on_the_page(
    browser: Browser, live_server: str, house: House
) -> None:
    page = at_the_vault(browser, live_server, house, cast.LENA, "nl")
    page.locator("main a[href='/vault/seal']").click()
    check(page)
    page.locator("main form button").click()
    page.wait_for_load_state()
    check(page)
    page.screenshot(path=SCREENSHOTS / "unsealing-sealed-phone.png", caret="initial")
    page.locator("main a[href='/vault']").click()
    expect(page.locator("[name=passphrase]")).to_be_visible()
    page.context.close()
