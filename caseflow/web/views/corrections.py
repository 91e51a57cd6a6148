"""Facts that were recorded in error."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.messages import N_
from caseflow.services import corrections
from caseflow.services.corrections import CORRECTED_BY, Correctable
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires

bp = Blueprint("corrections", __name__, url_prefix="/cases/<uuid:case_id>/corrections")


@bp.route("/<kind>/<uuid:fact_id>", methods=["GET", "POST"])
@requires(*CORRECTED_BY.values())
def record_error(case_id: UUID, kind: str, fact_id: UUID) -> Response:
    """Marks one line of the file as recorded in error."""
    if kind not in {one.value for one in Correctable}:
        raise NotKnown()
    what = Correctable(kind)
    page = ActPage(
        CORRECTED_BY[what],
        N_("Recorded in error"),
        N_("Mark as an error"),
        N_("It is marked as recorded in error."),
        N_("The line stays, struck through, and counts nowhere any more."),
        "costs" if what is Correctable.COST else "timeline",
        is_a_right=True,
    )
    return act_pages.answer(
        page,
        case_id,
        OwnForm(),
        lambda: corrections.record_error(actor(), str(case_id), what, str(fact_id), clock.now()),
    )
