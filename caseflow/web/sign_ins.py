"""Who is behind a request: Flask-Login over our own sessions, without its cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as AnyResponse

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.services import sessions
from caseflow.services.sessions import SignedIn
from caseflow.web import cookies


class Colleague(UserMixin):  # type: ignore[misc]  # the library has no types
    """A signed-in colleague as Flask-Login wants one."""

    def __init__(self, token: str, signed_in: SignedIn) -> None:
        self._token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        """What the browser holds: the session's token, never an account's id."""
        return self._token


def install(app: Flask) -> None:
    """Recognises colleagues by the session cookie alone."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_recognised)


def _recognised(incoming: Request) -> Colleague | None:
    token = cookies.of().session_token(incoming)
    known = sessions.recognise(token, clock.now()) if token else None
    return Colleague(token, known) if known else None


def signed_in() -> SignedIn | None:
    """The colleague behind this request; None for a visitor, and on a page shown while stores fail."""
    if g.get("without_stores") or not current_user.is_authenticated:
        return None
    known: SignedIn = current_user.signed_in
    return known


def actor() -> Actor:
    """The colleague who acts. Raises `LookupError` in a view that is open to visitors."""
    known = signed_in()
    if known is None:
        raise LookupError("Nobody is signed in; give the view a guard.")
    return known.actor


def ask_to_sign_in() -> AnyResponse:
    """Sends a visitor to the sign-in page and, after a plain look, back again.

    A change that was asked for after the session ended is answered with all that was typed.
    """
    if request.method == "POST" and not request.headers.get("HX-Request"):
        from caseflow.web import unsaved_words  # a page, and pages know who is signed in

        kept = unsaved_words.answer()
        if kept is not None:
            return kept
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    if request.headers.get("HX-Request"):
        response = Response(status=401)
        response.headers["HX-Redirect"] = url_for("sign_in.sign_in")
        return response
    return redirect(url_for("sign_in.sign_in", next=None if back == "/" else back), 303)


def local_path(address: str | None) -> str | None:
    """The address if it stays within this application; an address elsewhere is never followed."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(sign) < 32 or sign == "\\" for sign in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
