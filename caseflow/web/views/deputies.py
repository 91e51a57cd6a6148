"""Who stands in for a colleague of the case team."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import colleagues, deputies
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.formatting import said
from caseflow.web.forms.relations import DeputyForm
from caseflow.web.guards import actor, requires

bp = Blueprint("deputies", __name__, url_prefix="/cases/<uuid:case_id>/deputies")

APPOINT = ActPage(
    Permission.CASE_ASSIGN,
    N_("Somebody stands in"),
    N_("Let them stand in"),
    N_("The deputy is recorded."),
    N_("A deputy reads and writes as the case team does, up to the last day."),
    "case-team",
    "cases/deputies.html",
)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def appoint(case_id: UUID) -> Response:
    """The team lead says who stands in for whom, from when until when."""
    case = opened(APPOINT.permission, case_id)
    found = deputies.of_case(actor(), str(case_id), clock.now())
    form = DeputyForm()
    form.offer(colleagues.offered(actor(), *deputies.STAND_IN), found)
    begin_today(form, "from_on")
    return act_pages.answer(
        APPOINT,
        case_id,
        form,
        lambda: deputies.appoint(
            actor(),
            str(case_id),
            form.deputy.data,
            form.deputy_for.data,
            form.from_on.data,
            form.until_on.data,
            clock.now(),
        ),
        case=case,
        found=found,
    )


@bp.post("/<uuid:deputy_id>/end")
@requires(Permission.CASE_ASSIGN)
def end(case_id: UUID, deputy_id: UUID) -> Response:
    """Nobody stands in any more, from the next request on."""
    refused = deputies.end(actor(), str(case_id), str(deputy_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("This colleague stands in no more.")), "success")
    return act_pages.back_to(case_id, APPOINT.anchor)
