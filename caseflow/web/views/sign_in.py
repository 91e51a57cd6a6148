"""Signing in and out, and locking the screen."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.services import sessions
from caseflow.web import cookies, sign_ins
from caseflow.web.guards import public
from caseflow.web.pages import page

bp = Blueprint("sign_in", __name__)


@bp.get("/sign-in")
@public("who has not signed in yet signs in here")
def sign_in() -> Response:
    """The page with the form."""
    return page("sign_in/sign_in.html")


@bp.post("/sign-out")
@public("signing out works for a session that ended a moment ago too")
def sign_out() -> Response:
    """Ends this session and takes the cookie back."""
    return _ended("signed-out")


@bp.post("/lock")
@public("a screen that was left alone locks, whether the session still runs or not")
def lock() -> Response:
    """Ends this session because nobody was at the screen."""
    return _ended("locked")


def _ended(why: str) -> Response:
    known = sign_ins.signed_in()
    if known is not None:
        sessions.end(known.actor, known.reference, clock.now(), why)
    response = redirect(url_for("sign_in.sign_in", after=why), 303)
    cookies.of().remove(response, cookies.of().session)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
