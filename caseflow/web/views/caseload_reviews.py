"""Going through a caseload, one case after the other, under one purpose."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import caseload_reviews
from caseflow.services.caseload_reviews import CASES_AT_MOST, LASTS, ReviewOver
from caseflow.services.caseload_views import SHOW_NAMES, Show
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell
from caseflow.web.views.cases import case_page

bp = Blueprint("caseload_reviews", __name__)


@bp.get("/caseload/review")
@requires(Permission.CASELOAD_REVIEW)
def choose() -> Response:
    """For what the cases are gone through, by a button for each purpose."""
    show = Show.of(request.args.get("show")) or Show.MINE
    return page(
        "caseload_reviews/choose.html",
        show=show,
        name=SHOW_NAMES[show],
        purposes=caseload_reviews.purposes(actor()),
        running=caseload_reviews.running(actor(), clock.now()),
        most=CASES_AT_MOST,
        hours=LASTS.seconds // 3600,
    )


@bp.post("/caseload/review")
@requires(Permission.CASELOAD_REVIEW)
def begin() -> Response:
    """Fixes the list, and goes to its first case."""
    show = Show.of(request.form.get("show")) or Show.MINE
    made = caseload_reviews.begin(actor(), show, request.form.get("purpose", ""), clock.now())
    if isinstance(made, Refused):
        tell(made.reason, "warning")
        return redirect(url_for("caseload_reviews.choose", show=show.value), 303)
    return redirect(url_for("caseload_reviews.step", review_id=made, position=1), 303)


@bp.get("/caseload/reviews/<uuid:review_id>/<int:position>")
@requires(Permission.CASELOAD_REVIEW)
def step(review_id: UUID, position: int) -> Response:
    """One case of the list; a sentence where it is no longer within reach."""
    try:
        found = caseload_reviews.step(actor(), str(review_id), position, clock.now())
    except ReviewOver:
        tell(
            N_("Two hours have passed, so this round is over. Begin again where you were."), "info"
        )
        return redirect(url_for("cases.caseload"), 303)
    if found.case is None:
        return page("caseload_reviews/left_out.html", step=found)
    return case_page(found.case, step=found)
