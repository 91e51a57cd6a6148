"""What one looked at oneself."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services import looks
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("looks", __name__)


@bp.get("/account/looks")
@requires(Permission.OWN_LOOKS_VIEW)
def own() -> Response:
    """What the reader looked at and changed in the last fourteen days, by client code."""
    below = request.args.get("below", type=int)
    found = looks.own(actor(), clock.now(), below=below)
    return page("looks/own.html", found=found, days=looks.OWN_DAYS, is_first=below is None)
