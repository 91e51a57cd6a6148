"""Offices that a client agreed to: added, and ended."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import offices, standing_recipients
from caseflow.services.gatekeeping import CaseIsOver
from caseflow.services.interruptions import DoneAlready
from caseflow.web import act_pages, disclosed_values
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.disclosure_words import NAMES
from caseflow.web.formatting import said
from caseflow.web.forms.disclosures import StandingForm
from caseflow.web.guards import actor, requires

bp = Blueprint("standing_recipients", __name__, url_prefix="/cases/<uuid:case_id>/recipients")
AGREE = ActPage(
    Permission.DISCLOSURE_ASK,
    N_("The client agrees to a recipient"),
    N_("Keep it"),
    N_("Everyday letters can go there now."),
    N_("The client agrees once, and can take it back at any time. A bed never depends on it."),
    "left",
    "disclosures/agree.html",
)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DISCLOSURE_ASK)
def agree(case_id: UUID) -> Response:
    """An office of the registry that may receive everyday letters."""
    case, form = opened(Permission.DISCLOSURE_ASK, case_id), StandingForm()
    offered = offices.that_can_stand(actor(), case.organisation)
    form.offer(offered)
    begin_today(form, "agreed_on")
    if request.method == "GET":
        form.language.data = disclosed_values.spoken(case, tuple(NAMES["languages"]))
    return act_pages.answer(
        AGREE,
        case_id,
        form,
        lambda: standing_recipients.agree(
            actor(),
            str(case_id),
            form.office.data,
            form.agreed_on.data,
            form.language.data,
            clock.now(),
        ),
        case=case,
        has_offices=bool(offered),
    )


@bp.post("/<uuid:standing_id>/end")
@requires(Permission.DISCLOSURE_WITHDRAW)
def end(case_id: UUID, standing_id: UUID) -> Response:
    """Ends it: the client took it back, and the office hears so; or it is simply not their office any more."""
    taken_back = request.form.get("why") == "taken_back"
    try:
        refused = standing_recipients.end(
            actor(), str(case_id), str(standing_id), taken_back, clock.now()
        )
    except DoneAlready:
        refused = None
    except CaseIsOver as over:
        refused = over.refused
    if refused is not None:
        flash(said(refused.reason), "error")
    elif taken_back:
        flash(said(N_("Nothing goes there any more. Tell whoever received something.")), "success")
    else:
        flash(said(N_("Nothing goes there any more.")), "success")
    return redirect(url_for("disclosures.index", case_id=case_id), 303)
