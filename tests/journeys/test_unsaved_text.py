"""A screen left alone with a half-written note: covered, never left, and gone on with after signing in again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from caseflow import clock
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import axe_faults
from tests.serving import sign_in

pytestmark = pytest.mark.browser
WORDS = "Half a sentence about"


def test_unsaved_text_survives_the_idle_lock(desk: Page, live_server: str, house: House) -> None:
    builders.hire_everybody(house)
    case_id = world.admitted(days_ago=10)
    sign_in(desk, live_server, cast.AMINA)
    desk.clock.install()
    desk.goto(f"{live_server}/cases/{case_id}/notes/new")
    desk.fill("#words", WORDS)
    minutes = int(desk.get_attribute("body", "data-idle-minutes") or 0)
    desk.clock.fast_forward(f"{minutes - 2:02d}:10")
    expect(desk.locator(".cf-flashes")).to_have_text(
        desk.get_attribute("body", "data-text-idle") or ""
    )
    assert not desk.locator(".cf-cover").count()
    with desk.expect_response("**/lock"):  # the page may still have scrolled after the notice
        desk.clock.fast_forward(f"{minutes:02d}:10")
    expect(desk.locator(".cf-cover")).to_be_visible()
    expect(desk.locator("#words")).to_be_hidden()
    assert axe_faults(desk) == []
    assert desk.url.endswith("/notes/new")
    go_on = desk.locator(".cf-cover button")
    go_on.click()
    expect(desk.locator(".cf-cover [role=status]")).not_to_be_empty()
    sign_in(desk, live_server, cast.BRAM)
    go_on.click()
    expect(desk.locator(".cf-cover [role=status]")).not_to_be_empty()
    expect(desk.locator("#words")).to_be_hidden()
    sign_in(desk, live_server, cast.AMINA)
    go_on.click()
    expect(desk.locator(".cf-cover")).to_have_count(0)
    assert desk.input_value("#words") == WORDS
    desk.check("input[name=kind][value=phone]")
    desk.fill("[name=contact_on]", clock.today().strftime("%d-%m-%Y"))
    desk.click("form.cf-form button[type=submit]")
    desk.wait_for_url(f"**/cases/{case_id}*")
    expect(desk.locator("#notes")).to_contain_text(WORDS)


def test_a_screen_without_unsaved_text_locks_and_leaves(
    desk: Page, live_server: str, house: House
) -> None:
    builders.hire_everybody(house)
    sign_in(desk, live_server, cast.AMINA)
    desk.clock.install()
    desk.goto(f"{live_server}/caseload")
    desk.clock.fast_forward(f"{int(desk.get_attribute('body', 'data-idle-minutes') or 0):02d}:10")
    desk.wait_for_url("**/sign-in?after=locked")
    assert not desk.locator(".cf-cover").count()
