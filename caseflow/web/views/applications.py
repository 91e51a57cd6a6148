"""The intake desk registers somebody."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import intake, returns
from caseflow.services.interruptions import VaultSealed
from caseflow.web.formatting import said
from caseflow.web.forms.applications import ApplicationForm, ReturnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("applications", __name__)

SEALED = N_(
    "The vault was sealed meanwhile, so these words cannot be kept now. Clear them to register "
    "this person without them, and add them later."
)


@bp.route("/applications/new", methods=["GET", "POST"])
@requires(Permission.APPLICATION_CREATE)
def new() -> Response:
    """The short form, and the registration itself."""
    form = ApplicationForm()
    form.offer(intake.open_programmes(actor(), clock.today()), intake.teams(actor()))
    if request.method == "GET":
        form.begin(clock.today())
        return _form(form, 200)
    if not form.validate_on_submit():
        return _form(form, 422)
    try:
        made = intake.register(actor(), form.registration(), clock.now())
    except VaultSealed:
        form.asks.errors = [SEALED]
        return _form(form, 409)
    if isinstance(made, Refused):
        form.refuse(made.reason)
        return _form(form, 409)
    flash(said(N_("The registration is kept.")), "success")
    return redirect(url_for("cases.show", case_id=made.case_id, registered="yes"), 303)


@bp.route("/applications/return", methods=["GET", "POST"])
@requires(Permission.APPLICATION_CREATE)
def come_back() -> Response:
    """Somebody who was here before: a new case of the same person, by the code on their card."""
    form, status = ReturnForm(), 200
    form.offer(intake.open_programmes(actor(), clock.today()))
    if request.method == "GET":
        form.on.data = clock.today()
    elif not form.validate_on_submit():
        status = 422
    else:
        made = returns.come_back(
            actor(), form.client_code.data, form.programme.data, form.on.data, clock.now()
        )
        if not isinstance(made, Refused):
            flash(said(N_("A new case is open.")), "success")
            return redirect(url_for("cases.show", case_id=made.case_id), 303)
        form.refuse(made.reason)
        status = 409
    return page("applications/return.html", status=status, form=form)


def _form(form: ApplicationForm, status: int) -> Response:
    takes_words = intake.takes_words(actor())
    return page("applications/new.html", status=status, form=form, takes_words=takes_words)
