"""What the server remembers of a browser between two requests, without writing it into the browser.

A signed-in browser holds the token of its session and nothing else. A browser that has not signed in
holds a random visit token, and the language it chose. Flask's own cookie is never written; the secret
that protects forms is derived from the token, so it changes at sign-in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from threading import Lock
from typing import Any, Final

from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from werkzeug.datastructures import CallbackDict

from caseflow.services.houses import House
from caseflow.services.interruptions import asked_by
from caseflow.web.cookies import Cookies

SAID_AT_MOST: Final = 2000
"""For how many browsers a sentence waits that is shown on the next page; the oldest is forgotten."""

LANGUAGES: Final = ("nl", "en")


class Visit(CallbackDict[str, Any], SessionMixin):
    """The session object that Flask asks for; it lives for one request."""

    def __init__(self, key: str, content: dict[str, Any], token: str, *, has_session: bool) -> None:
        def changed(visit: Visit) -> None:
            visit.modified = True

        super().__init__(content, changed)
        self.key = key
        self.token = token
        self.has_session = has_session
        self.language = content.get("language")
        self.modified = False


class Visits(SessionInterface):
    """Opens and closes visits; sentences for the next page wait here, in memory."""

    def __init__(self, cookies: Cookies) -> None:
        self._cookies = cookies
        self._said: OrderedDict[str, list[Any]] = OrderedDict()
        self._lock = Lock()

    def open_session(self, app: Flask, request: Request) -> Visit:
        """The visit of one request. Reads no store."""
        content: dict[str, Any] = {}
        token, _, language = request.cookies.get(self._cookies.visit, "").partition(".")
        if len(token) != 43:
            token = secrets.token_urlsafe(32)
        elif language in LANGUAGES:
            content["language"] = language
        session_token = self._cookies.session_token(request)
        if session_token:
            key = self._keyed(app, "session", session_token)
        else:
            key = self._keyed(app, "visit", token)
        content["csrf_token"] = self._keyed(app, "csrf", key)
        with self._lock:
            if key in self._said:
                content["_flashes"] = list(self._said[key])
        return Visit(key, content, token, has_session=bool(session_token))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keeps what was said for the next page, and the visit token where a form needs it."""
        if not isinstance(session, Visit):
            raise TypeError("Visits closes what it opened, nothing else.")
        if session.modified:
            with self._lock:
                self._said.pop(session.key, None)
                if session.get("_flashes"):
                    self._said[session.key] = session["_flashes"]
                while len(self._said) > SAID_AT_MOST:
                    self._said.popitem(last=False)
        language = session.get("language")
        # A browser whose session has ended still holds its token, and may choose a language too.
        if language != session.language or (
            not session.has_session and (session.modified or "csrf_token" in g)
        ):
            value = f"{session.token}.{language}" if language else session.token
            self._cookies.write(response, self._cookies.visit, value)

    @staticmethod
    def _keyed(app: Flask, use: str, value: str) -> str:
        secret: bytes = app.config["SECRET_KEY"]
        return hmac.new(secret, f"{use}\x1f{value}".encode(), hashlib.sha256).hexdigest()


def install(app: Flask, house: House) -> None:
    """Gives the application its visits, and every form its token."""
    app.extensions["caseflow.cookies"] = Cookies(house.settings.serving.https)
    app.session_interface = Visits(app.extensions["caseflow.cookies"])
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long form must not lose its text
        WTF_CSRF_SSL_STRICT=False,  # our pages send no referrer; `headers` checks the origin instead
    )
    CSRFProtect(app)

    @app.before_request
    def know_the_form() -> None:
        """A form that is sent a second time is known by its own id (`forms.fields.OwnForm`)."""
        asked_by(request.form.get("once") if request.method == "POST" else None)
