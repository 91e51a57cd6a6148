"""Who is on duty."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import colleagues, rosters
from caseflow.web.formatting import said
from caseflow.web.forms.relations import ShiftForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("rosters", __name__, url_prefix="/roster")
MORNING, EVENING = "9", "17"


@bp.route("", methods=["GET", "POST"])
@requires(Permission.ROSTER_ENTER)
def index() -> Response:
    """The roster of the team lead's teams, and a colleague put on duty."""
    form, status = ShiftForm(), 200
    form.offer(
        colleagues.offered(actor(), *rosters.ON_DUTY), rosters.teams(actor()), actor().user_id
    )
    if request.method == "GET":
        form.from_on.data = form.until_on.data = clock.today()
        form.from_hour.data, form.until_hour.data = MORNING, EVENING
    elif not form.validate_on_submit():
        status = 422
    else:
        made = rosters.enter(
            actor(),
            form.colleague.data,
            form.team.data or None,
            form.begins_at(),
            form.ends_at(),
            clock.now(),
        )
        if not isinstance(made, Refused):
            flash(said(N_("The shift is on the roster.")), "success")
            return redirect(url_for("rosters.index"), 303)
        form.refuse(made.reason)
        status = 409
    return page(
        "rosters/index.html",
        status=status,
        form=form,
        shifts=rosters.roster(actor(), clock.now()),
    )


@bp.post("/<uuid:shift_id>/end")
@requires(Permission.ROSTER_ENTER)
def end(shift_id: UUID) -> Response:
    """A shift ends now, or is taken back."""
    refused = rosters.end(actor(), str(shift_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("The shift has ended.")), "success")
    return redirect(url_for("rosters.index"), 303)
