"""Colleagues at a running server, each with cookies of their own: pages are read and forms are sent as HTML alone."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

import pyotp

from caseflow import clock
from tests.pages import parse_page

PASSWORD = "vier losse woorden op een plank"


@dataclass(frozen=True)
class Answer:
    """A page that came back, after redirects were followed."""

    status: int
    path: str
    text: str

    def value_of(self, option: str) -> str:
        """The value of an option of a list, by what it says."""
        found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(option)}</option>', self.text)
        assert found is not None, f"{self.path} offers no {option}"
        return html.unescape(found[1])


class Visitor:
    """Somebody with a browser without JavaScript."""

    def __init__(self, site: str) -> None:
        self.site = site
        cookies = HTTPCookieProcessor(CookieJar())
        self._browser: OpenerDirector = build_opener(ProxyHandler({}), cookies)

    def read(self, path: str) -> Answer:
        """Opens a page of the server."""
        return self._answer(path, None)

    def send(self, path: str, **fields: str) -> Answer:
        """Sends a form, with the token of a page that this visitor was shown."""
        page = self.read("/no-such-page").text
        token = page.split('name="csrf-token" content="')[1].split('"')[0]
        return self._answer(path, urlencode({"csrf_token": token, **fields}).encode())

    def accept(self, link: str, username: str) -> None:
        """Follows an invitation: a password, the phone, and the first sign-in."""
        seed = re.search(r"data-copy-source>([\w ]{39})<", self.read(link).text)
        assert seed is not None
        phone = pyotp.TOTP(seed[1].replace(" ", ""))
        code = phone.at(clock.now())
        ready = self.send(link, password=PASSWORD, again=PASSWORD, code=code)
        assert (ready.status, ready.path) == (200, "/sign-in"), ready.text
        code = phone.at(clock.now() + timedelta(seconds=30))  # each code is taken once
        inside = self.send("/sign-in", username=username, password=PASSWORD, code=code)
        assert (inside.status, inside.path == "/sign-in") == (200, False), inside.text

    def _answer(self, path: str, body: bytes | None) -> Answer:
        answer: HTTPResponse | HTTPError
        try:
            answer = self._browser.open(self.site + path, body, timeout=30)
        except HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read().decode()
            parse_page(text)
            return Answer(answer.status or 0, answer.url.removeprefix(self.site), text)
