"""Withdrawing a publication: a note beside it for ever."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import publication_withdrawals, publications
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import step_ups
from caseflow.web.forms.publication_withdrawals import WithdrawForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("publication_withdrawals", __name__, url_prefix="/statistics")


@bp.route("/<uuid:publication_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLICATION_WITHDRAW)
def withdraw(publication_id: UUID) -> Response:
    """Asks for the reason and a fresh code, and keeps the note."""
    asked, now = str(publication_id), clock.now()
    found = publications.shown(actor(), asked, now)
    allowed = publication_withdrawals.may_withdraw(actor(), found)
    if allowed is None:
        raise NotKnown()
    form = WithdrawForm()
    back = redirect(url_for("publications.show", publication_id=asked), 303)
    if isinstance(allowed, Refused):
        tell(allowed.reason, "warning")
        return back
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and step_ups.is_given(form):
            refused = publication_withdrawals.withdraw(actor(), asked, form.chosen(), now)
            if refused is None:
                tell(N_("Withdrawn. The note stands beside it from now on."))
                return back
            status = 409
            form.refuse(refused.reason)
    return page(
        "publications/withdraw.html",
        status=status,
        form=form,
        publication=found,
        needs_code=step_ups.needs_code(),
    )
