"""Costs of a case: what was paid for, how much, by whom, on which day."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import costs
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today
from caseflow.web.forms.money import CostForm
from caseflow.web.guards import actor, requires

bp = Blueprint("costs", __name__, url_prefix="/cases/<uuid:case_id>/costs")
COST = ActPage(
    Permission.COST_RECORD,
    N_("Record a cost"),
    N_("Keep the cost"),
    N_("The cost is kept."),
    N_("Only what it was for, how much, who pays and when. No shop, no diagnosis, no name."),
    "costs",
    asks=Permission.COST_RECORD,
)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def record(case_id: UUID) -> Response:
    """A cost by code."""
    form = CostForm()
    begin_today(form, "on")
    return act_pages.answer(
        COST,
        case_id,
        form,
        lambda: costs.record(actor(), str(case_id), *form.chosen(), clock.now()),
    )
