"""The list of the week: stays whose last day comes near."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.stay_alerts import ALERT_NAMES
from caseflow.services import alert_lists
from caseflow.web.formatting import said
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("alerts", __name__)


@bp.get("/alerts")
@requires(Permission.EXTENSION_PROPOSE, Permission.EXTENSION_DECIDE)
def index() -> Response:
    """This week's alerts."""
    listed = alert_lists.this_week(actor(), clock.now())
    return page("alerts/index.html", listed=listed, names=ALERT_NAMES)


@bp.post("/alerts/<uuid:case_id>/seen")
@requires(Permission.EXTENSION_PROPOSE, Permission.EXTENSION_DECIDE)
def seen(case_id: UUID) -> Response:
    """Marks the alerts of one case as seen."""
    decision = alert_lists.mark_seen(actor(), str(case_id), clock.now())
    if isinstance(decision, Refused):
        flash(said(decision.reason), "info")
    else:
        flash(said(N_("Marked as seen. The last day has not changed.")), "success")
    return redirect(url_for("alerts.index"), 303)
