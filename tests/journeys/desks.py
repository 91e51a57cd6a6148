"""Colleagues at work, each in a browser of their own, in one language; what they press is found by its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pyotp
from flask import Flask
from flask_babel import force_locale
from playwright.sync_api import Browser, Locator, Page

from caseflow import clock
from caseflow.domain.messages import Message
from caseflow.services import passwords, second_factors
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from caseflow.web.formatting import said
from tests import cast
from tests.browser import DESK
from tests.builders import casework, hire, hire_everybody
from tests.cast import Colleague
from tests.pages import SCREENSHOTS, check, screenshot, switch_language, visit, watched

PASSWORD = "vier losse woorden op een plank"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PATIENCE_MS = 40_000
"""An approval makes the whole attack again; a machine that does much else takes its time for that."""
TALL = {"width": DESK["width"], "height": 4000}
A_MOMENT = timedelta(seconds=20)
A_WHILE = timedelta(minutes=2)
"""Between two sign-ins; a code from the phone is taken once, so the next one waits for a new code."""


def open_office(house: House, *more: Colleague) -> None:
    """The whole cast and whoever else is needed, each with a password and a phone that makes codes."""
    hire_everybody(house)
    hire(house, *more)
    stored = passwords.hashed(PASSWORD)
    with casework(house) as session:
        for colleague in (*cast.EVERYBODY, *more):
            account = session.get_one(UserAccount, colleague.id)
            account.password_hash = stored
            account.totp_seed_sealed = second_factors.sealed(SEED, colleague.id)


@dataclass
class Desk:
    """One colleague and the browser in front of them."""

    colleague: Colleague
    page: Page
    site: str
    say: Callable[..., str]
    language: str
    faults: Callable[[], list[str]]
    looks: bool = True
    """Whether pages are checked and pictured on the way; else only what was asked for is read."""
    private: tuple[str, ...] = ()
    """Words that may stand on a page but never in its title or address."""

    def sign_in(self) -> Desk:
        """Signs in through the page: name, password, and the code from the phone."""
        clock.pass_time(A_WHILE)
        self.page.goto(f"{self.site}/sign-in")
        if self.page.url.endswith("/sign-in"):
            switch_language(self.page, self.language)
            self.fill(username=self.colleague.id, password=PASSWORD)
            self.fill(code=pyotp.TOTP(SEED).at(clock.now()))
            self.press("Sign in")
            switch_language(self.page, self.language)
        return self

    def open(self, path: str, **checks: Any) -> None:
        """Goes to an address and checks the page there."""
        with self._whole_page_in_sight():
            visit(self.page, self.site + path, private=self.private, **checks)
        self._in_the_right_language()

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def reads(self, *sentences: str) -> None:
        """What stands on the page, panels that are closed included."""
        text = " ".join((self.main.text_content() or "").split())
        for sentence in sentences:
            assert sentence in text, f"{sentence!r} is not on {self.page.url}"

    def follow(self, words: str, **values: object) -> None:
        """Follows a link; opens the panel it stands in first."""
        link = self.main.get_by_role(
            "link", name=self.say(words, **values), exact=True, include_hidden=True
        )
        link.first.wait_for(state="attached")
        if not link.first.is_visible():
            inside = self.page.get_by_role(
                "link", name=self.say(words, **values), exact=True, include_hidden=True
            )
            closed = self.main.locator("details:not([open])", has=inside)
            closed.first.locator("> summary").click()
        with self.page.expect_navigation():
            link.first.click()

    def press(self, words: str) -> None:
        """Presses a button that sends a form; a moment passes for every act."""
        clock.pass_time(A_MOMENT)
        button = self.main.get_by_role("button", name=self.say(words), exact=True)
        with self.page.expect_navigation():
            button.click()

    def fill(self, **fields: str) -> None:
        """Types into fields, known by their names; the words go where a reader would type them."""
        for name, value in fields.items():
            self.main.locator(f"[name='{name}']").fill(value)

    def goes_to(self, path: str) -> None:
        """Goes to an address of the house."""
        self.page.goto(self.site + path)

    def choose(self, name: str, value: str) -> None:
        """Chooses an option: a radio button, a box, or one of a list."""
        field_ = self.main.locator(f"[name='{name}']")
        if field_.first.evaluate("e => e.tagName") == "SELECT":
            field_.select_option(value)
        else:
            self.main.locator(f"[name='{name}'][value='{value}']").check()

    def look(self, name: str | None = None, *, phone: bool = False) -> None:
        """Checks the page as it stands, and keeps a picture of it."""
        if not self.looks:
            self._in_the_right_language()
            return
        with self._whole_page_in_sight():
            check(self.page, private=self.private)
        self._in_the_right_language()
        if name is None:
            return
        kept = f"journey-{self.language}-{name}"
        if phone:
            screenshot(self.page, kept)
        else:
            SCREENSHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{kept}-desk.png", full_page=True)

    @contextmanager
    def _whole_page_in_sight(self) -> Iterator[None]:
        """A window that cuts an element in two leaves the contrast check unsure; this one holds all."""
        self.page.set_viewport_size(TALL)
        yield
        self.page.set_viewport_size(DESK)

    def _in_the_right_language(self) -> None:
        assert self.page.get_attribute("html", "lang") == self.language


@dataclass
class Office:
    """Desks of one house, in one language; nobody has to sign in twice in an hour."""

    app: Flask
    browser: Browser
    site: str
    language: str
    script: bool = True
    looks: bool = True
    open_desks: ExitStack = field(default_factory=ExitStack)
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, colleague: Colleague, *private: str) -> Desk:
        """The desk of a colleague, who is signed in."""
        if colleague.id not in self.desks:
            self.desks[colleague.id] = self._new(colleague)
        desk = self.desks[colleague.id]
        desk.private = (*desk.private, *private)
        return desk.sign_in()

    def say(self, text: str, **values: object) -> str:
        """A sentence of the pages in the language of this office, from the program's own catalogue."""
        with self.app.test_request_context(), force_locale(self.language):
            return said(Message(text, values))

    def close(self, *refusals: int) -> None:
        """Closes the browsers; fails where one of them complained or asked for a foreign address.

        `refusals` are the statuses that this test met on purpose, of which a browser complains too.
        """
        met = tuple(f"status of {status}" for status in refusals)
        faults = [
            f"{desk.colleague.id}: {fault}"
            for desk in self.desks.values()
            for fault in desk.faults()
            if not any(words in fault for words in met)
        ]
        self.open_desks.close()
        assert not faults, "\n".join(faults)

    def _new(self, colleague: Colleague) -> Desk:
        context = self.browser.new_context(
            viewport=DESK, locale="nl-NL", java_script_enabled=self.script
        )
        self.open_desks.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        seen = self.open_desks.enter_context(watched(page, self.site))
        return Desk(colleague, page, self.site, self.say, self.language, seen.faults, self.looks)


def opened(
    app: Flask,
    browser: Browser,
    site: str,
    language: str = "en",
    *,
    script: bool = True,
    looks: bool = True,
) -> Iterator[Office]:
    """An office for one test; without JavaScript a page is read, not checked."""
    office = Office(app, browser, site, language, script, looks and script)
    try:
        yield office
    finally:
        office.open_desks.close()
