"""A case team asks a legal counsellor or a health worker to look at a case."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import colleagues, referrals
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.relations import ReferralForm
from caseflow.web.guards import actor, requires

bp = Blueprint("referrals", __name__, url_prefix="/cases/<uuid:case_id>/referrals")

REFER = ActPage(
    Permission.CASE_REFER,
    N_("Refer to a counsellor or health worker"),
    N_("Refer"),
    N_("The case is referred."),
    N_("Whoever is asked reads what belongs to their trade, from now on."),
    "case-team",
    "cases/referrals.html",
)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CASE_REFER)
def refer(case_id: UUID) -> Response:
    """The case team asks somebody to look at the case."""
    case = opened(REFER.permission, case_id)
    form = ReferralForm()
    form.offer(colleagues.offered(actor(), *referrals.KINDS))
    return act_pages.answer(
        REFER,
        case_id,
        form,
        lambda: referrals.refer(
            actor(),
            str(case_id),
            form.colleague.data,
            form.until_on.data,
            clock.now(),
            goes_along=form.goes_along.data,
        ),
        case=case,
        found=referrals.of_case(actor(), str(case_id), clock.now()),
        kinds=referrals.KIND_NAMES,
    )


@bp.post("/<uuid:referral_id>/end")
@requires(Permission.CASE_REFER)
def end(case_id: UUID, referral_id: UUID) -> Response:
    """The referral ends, from the next request on."""
    refused = referrals.end(actor(), str(case_id), str(referral_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("The referral has ended.")), "success")
    return act_pages.back_to(case_id, REFER.anchor)
