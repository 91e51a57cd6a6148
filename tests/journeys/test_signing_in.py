"""A new colleague's first day, in Chromium: the link, the phone, the first sign-in, and going home."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.appointments import Appointment
from caseflow.services import accounts, actors
from caseflow.services.accounts import Invited, Newcomer
from tests import cast
from tests.pages import check, parse_page, screenshot, visit
from tests.serving import ClientAs, post, sign_in

PASSWORD = "vier losse woorden op een plank"

pytestmark = pytest.mark.browser


def test_a_new_colleague_follows_the_link_and_signs_in(
    desk: Page, live_server: str, app: Flask
) -> None:
    role = Appointment(Role.FUNDER, programmes=("waterstad-lvv",))
    newcomer = Newcomer("rosa", "Rosa", "gemeente-waterstad", (role,))
    invited = accounts.invite(actors.system(), newcomer, clock.now())
    assert isinstance(invited, Invited)
    visit(desk, live_server + invited.path)
    screenshot(desk, "invitation")
    phone = pyotp.TOTP(desk.inner_text("[data-copy-source]").replace(" ", ""))
    desk.fill("#code", phone.now())
    desk.fill("#password", PASSWORD)
    desk.fill("#again", PASSWORD + "!")
    desk.click("form.cf-form button[type=submit]:not([data-copy])")
    check(desk)
    desk.fill("#code", phone.now())
    desk.fill("#password", PASSWORD)
    desk.fill("#again", PASSWORD)
    desk.click("form.cf-form button[type=submit]:not([data-copy])")
    desk.wait_for_url("**/sign-in")
    visit(desk, f"{live_server}/sign-in")
    screenshot(desk, "sign-in")
    desk.fill("#username", "rosa")
    desk.fill("#password", PASSWORD)
    desk.fill("#code", "000000")
    desk.click("form.cf-form button[type=submit]")
    check(desk)
    desk.fill("#password", PASSWORD)
    desk.fill("#code", phone.generate_otp(phone.timecode(clock.now()) + 1))
    desk.click("form.cf-form button[type=submit]")
    desk.wait_for_url(lambda url: not url.endswith("/sign-in"))
    visit(desk, f"{live_server}/account", private=["rosa"])
    desk.click("details.cf-menu summary")
    desk.click("details.cf-menu form button")
    desk.wait_for_url("**/sign-in?after=signed-out")
    desk.go_back()
    assert "/sign-in" in desk.url, "going back after signing out shows nothing of the account"


def test_the_language_can_be_chosen_after_a_session_has_ended(client_as: ClientAs) -> None:
    with clock.fixed(cast.NOW):
        client = client_as(cast.FEMKE)
        client.get("/")
        clock.pass_time(timedelta(days=3))
        assert parse_page(client.get("/sign-in").text).lang == "nl"
        post(client, "/language", language="en", back="/sign-in")
        assert parse_page(client.get("/sign-in").text).lang == "en"


def test_an_administrators_pages_are_good_pages(desk: Page, live_server: str) -> None:
    sign_in(desk, live_server, cast.ADA)
    # A footer that the window cuts in two leaves the contrast check unsure; this window holds all.
    desk.set_viewport_size({"width": 1280, "height": 2400})
    for address, name in (
        ("/accounts", "accounts"),
        ("/accounts/new", "invite-for-whom"),
        ("/accounts/new?organisation=de-haven", "invite"),
        ("/accounts/amina", "account-of-a-colleague"),
        ("/accounts/amina/roles/new", "give-a-role"),
        ("/roles", "roles-to-approve"),
        ("/account", "own-account"),
        ("/account/password", "password"),
        ("/account/code", "fresh-code"),
    ):
        visit(desk, live_server + address, private=["amina"] if address == "/accounts" else ())
        screenshot(desk, name)
    visit(desk, f"{live_server}/no-such-page", status=404)
