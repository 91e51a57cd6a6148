"""Clients whose cases are there for named readers only."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import restrictions
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.relations import ReadersForm
from caseflow.web.guards import actor, requires

bp = Blueprint("restrictions", __name__, url_prefix="/cases/<uuid:case_id>/restriction")

RESTRICT = ActPage(
    Permission.CASE_RESTRICT,
    N_("Restrict to named readers"),
    N_("Restrict"),
    N_("Only the named readers find this person now."),
    N_("For everybody else this person is not there: on no list, in no search, not as family."),
    None,
    "cases/restriction.html",
)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CASE_RESTRICT)
def restrict(case_id: UUID) -> Response:
    """The team lead names who may read."""
    case = opened(RESTRICT.permission, case_id)
    form = ReadersForm()
    form.offer(
        restrictions.can_be_named(actor(), str(case_id)),
        restrictions.readers(actor(), str(case_id), clock.now()),
        actor().user_id,
    )
    return act_pages.answer(
        RESTRICT,
        case_id,
        form,
        lambda: restrictions.restrict(actor(), str(case_id), tuple(form.readers.data), clock.now()),
        case=case,
    )


@bp.post("/end")
@requires(Permission.CASE_RESTRICT)
def lift(case_id: UUID) -> Response:
    """Roles and relations count again."""
    refused = restrictions.lift(actor(), str(case_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("The restriction is lifted.")), "success")
    return act_pages.back_to(case_id)
