"""An evening at the desk: the vault warns, seals by itself, its process is replaced, and no typed word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from caseflow import clock
from caseflow.services import idle_sealing, sealing
from caseflow.services.houses import House
from caseflow.serving import servers
from tests import builders, cast
from tests import case_worlds as world
from tests.browser import DESK, PHONE, served
from tests.pages import SCREENSHOTS, check
from tests.serving import house_of, open_app, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = "Half a sentence about the evening, and"
HOLDER, PASSPHRASE = cast.HOLDERS["de-haven"]


@dataclass
class Server:
    """One address, behind which the process is replaced by a fresh one when the vaults are sealed."""

    instance: Path
    app: Flask
    address: str = ""
    replaced: list[Flask] = field(default_factory=list)

    def __call__(self, *asked: Any) -> Any:
        return self.app(*asked)

    def replace(self) -> None:
        """What the parent does: another process over the same folder, sealed, that remembers nothing."""
        self.replaced.append(self.app)
        self.app = open_app(self.instance)
        sealing.when_sealed(self.replace)

    def pass_time(self, page: Page, minutes: int) -> None:
        """So much later the page asks how the vault stands."""
        clock.pass_time(timedelta(minutes=minutes))
        with page.expect_response("**/vault/remaining"):
            page.clock.fast_forward(f"{minutes:02d}:00")


@pytest.fixture
def server(app: Flask, instance: Path, house: House) -> Iterator[Server]:
    app.testing = False
    made = Server(instance, app)
    sealing.when_sealed(made.replace)
    with clock.fixed(cast.NOW), served(made) as address:  # type: ignore[arg-type]
        made.address = address
        yield made
    for old in (*made.replaced, made.app):
        house_of(old).stores.close()
    sealing.when_sealed(lambda: None)


@pytest.fixture
def case_id(server: Server, house: House) -> str:
    builders.hire_everybody(house)
    return world.with_words(world.admitted(days_ago=10))


def desk_of(
    browser: Browser,
    server: Server,
    colleague: cast.Colleague,
    *,
    scripted: bool = True,
    **more: Any,
) -> Page:
    context = browser.new_context(
        viewport=more.pop("viewport", DESK), locale="nl-NL", java_script_enabled=scripted
    )
    page = context.new_page()
    sign_in(page, server.address, colleague)
    if scripted:
        page.clock.install()
    return page


def typing(page: Page, server: Server, case_id: str, *, scripted: bool = True) -> None:
    """Half a note; a few seconds later its draft is kept, which is the last that is heard of this desk."""
    page.goto(f"{server.address}/cases/{case_id}/notes/new")
    page.check("input[name=kind][value=visit]")
    page.fill("[name=contact_on]", "20-11-2026")
    page.fill("[name=words]", WORDS)
    if scripted:
        with page.expect_response("**/drafts/note*"):
            page.clock.fast_forward("00:05")


def picture(page: Page, name: str) -> None:
    """A picture that leaves no mark on the page; the journey goes on there."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-phone.png", caret="initial")


def unsealed_by_lena(browser: Browser, server: Server, back: str) -> Page:
    """The holder opens the vault on her phone, and comes back to where she was."""
    lena = desk_of(browser, server, cast.LENA, scripted=False, viewport=PHONE)
    lena.goto(f"{server.address}{back}")
    lena.locator("main a[href^='/vault']").first.click()
    lena.fill("[name=holder]", HOLDER)
    lena.fill("[name=passphrase]", PASSPHRASE)
    lena.locator("main form button").first.click()
    assert lena.url == f"{server.address}{back}"
    return lena


def test_a_note_half_written_outlives_sealing_and_a_new_process(
    browser: Browser, server: Server, case_id: str
) -> None:
    amina = desk_of(browser, server, cast.AMINA, viewport=PHONE)
    reading = desk_of(browser, server, cast.AMINA)
    reading.goto(f"{server.address}/cases/{case_id}")
    assert world.FAMILY_NAME in reading.content()
    typing(amina, server, case_id)
    strip = amina.locator("[data-vault-strip]")
    server.pass_time(amina, 12)
    expect(strip).to_be_empty()
    server.pass_time(amina, 1)
    expect(strip).to_contain_text("2")
    check(amina)
    picture(amina, "sealing-soon")

    with amina.expect_response("**/vault/stay"):
        strip.locator("button").click()
    expect(strip).to_be_empty()
    server.pass_time(amina, 14)
    expect(strip.locator("button")).to_be_visible()
    clock.pass_time(timedelta(minutes=1))
    servers.seal_when_idle()
    assert len(server.replaced) == 1, "the process that held the keys is gone"

    server.pass_time(amina, 1)
    expect(strip).to_contain_text(amina.get_attribute("body", "data-text-vault-sealed") or "")
    assert amina.input_value("[name=words]") == WORDS
    check(amina)
    picture(amina, "sealed-with-words")
    with reading.expect_navigation():
        reading.clock.fast_forward("00:21")
    assert reading.url.endswith(f"/cases/{case_id}"), "the page comes back, without its words"
    assert world.FAMILY_NAME not in reading.content()

    amina.locator("form.cf-form button[type=submit]:not([formaction])").click()
    amina.wait_for_load_state()
    assert amina.input_value("[name=words]") == WORDS, "sent too early: the form came back whole"

    unsealed_by_lena(browser, server, f"/cases/{case_id}").context.close()
    server.pass_time(reading, 1)
    again = reading.locator("[data-vault-strip] button")
    with reading.expect_navigation():
        again.click()
    assert world.FAMILY_NAME in reading.content()
    server.pass_time(amina, 1)
    expect(strip).to_contain_text(amina.get_attribute("body", "data-text-vault-open") or "")
    amina.locator("form.cf-form button[type=submit]:not([formaction])").click()
    amina.wait_for_url(f"**/cases/{case_id}*")
    expect(amina.locator("#notes")).to_contain_text(WORDS)
    for page in (amina, reading):
        page.context.close()


def test_whoever_is_typing_is_there_and_is_not_interrupted(
    browser: Browser, server: Server, case_id: str
) -> None:
    """On a form that keeps no draft, so that nothing but the typing itself tells that somebody is there."""
    amina = desk_of(browser, server, cast.AMINA)
    amina.goto(f"{server.address}/cases/{case_id}/contact-line")
    server.pass_time(amina, 12)
    amina.fill("[name=how_to_reach]", WORDS)
    clock.pass_time(timedelta(minutes=1))
    with amina.expect_response("**/vault/stay"):
        amina.clock.fast_forward("00:21")
    expect(amina.locator("[data-vault-strip]")).to_be_empty()
    assert idle_sealing.left(clock.now()) == timedelta(minutes=15)
    amina.context.close()


def test_without_javascript_the_form_comes_back_with_every_word(
    browser: Browser, server: Server, case_id: str
) -> None:
    amina = desk_of(browser, server, cast.AMINA, scripted=False)
    typing(amina, server, case_id, scripted=False)
    clock.pass_time(timedelta(minutes=16))
    servers.seal_when_idle()
    assert len(server.replaced) == 1
    send = amina.locator("form.cf-form button[type=submit]:not([formaction])")
    send.click()
    assert amina.input_value("[name=words]") == WORDS
    unsealed_by_lena(browser, server, f"/cases/{case_id}").context.close()
    send.click()
    amina.wait_for_url(f"**/cases/{case_id}*")
    expect(amina.locator("#notes")).to_contain_text(WORDS)
    amina.context.close()
