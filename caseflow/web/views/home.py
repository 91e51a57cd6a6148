"""The start: each role has its own page, and this sends people there."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from caseflow.web import navigation
from caseflow.web.guards import actor, signed_in_only
from caseflow.web.pages import page

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in_only("it only sends each colleague to the page their role starts with")
def start() -> Response:
    """The start page of the reader's role; who has no role yet reads what they are waiting for."""
    address = navigation.start(actor().roles)
    if address is None:
        return page("home/waiting.html", has_roles=bool(actor().roles))
    return redirect(address, 303)
