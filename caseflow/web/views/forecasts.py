"""How full the beds will be in the coming weeks, and how wrong that was before."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.sites import SITE_KIND_NAMES
from caseflow.services import bed_forecasts
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("forecasts", __name__)


@bp.get("/beds/forecast")
@requires(Permission.FORECAST_VIEW)
def index() -> Response:
    """The coming eight weeks by kind of house; numbers alone."""
    return page(
        "forecasts/index.html",
        found=bed_forecasts.shown(actor(), clock.now()),
        kinds=SITE_KIND_NAMES,
    )
