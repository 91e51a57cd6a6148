"""What is due within seven days: one list, by day."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services import weeks
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("weeks", __name__)


@bp.get("/caseload/week")
@requires(Permission.CASELOAD_VIEW)
def show() -> Response:
    """What asks this reader within seven days: what is late, then each day."""
    week = weeks.this_week(actor(), clock.now())
    late = [one for one in week.lines if one.is_late]
    coming = [one for one in week.lines if not one.is_late]
    today = clock.today()
    days = [
        (day, list(some)) for day, some in groupby(coming, key=lambda one: max(one.due.on, today))
    ]
    return page("caseloads/week.html", week=week, late=late, days=days)
