"""The registry of offices that can receive something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import offices
from caseflow.services.interruptions import DoneAlready
from caseflow.web.formatting import said
from caseflow.web.forms.disclosures import FindOfficeForm, OfficeForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("offices", __name__, url_prefix="/offices")
FORM = ["GET", "POST"]
T = TypeVar("T")


@bp.route("", methods=FORM)
@requires(Permission.OFFICES_VIEW)
def index() -> Response:
    """The offices of the own organisation; what is searched for is sent and never stands in the address."""
    form, status = FindOfficeForm(), 200
    if request.method == "POST" and not form.validate():
        status = 422
    searched = (form.find.data or "") if request.method == "POST" and status == 200 else ""
    number = request.args.get("page", 1, type=int)
    found = offices.listed(actor(), searched, clock.now(), number)
    return page("offices/index.html", status=status, form=form, found=found)


@bp.route("/new", methods=FORM)
@requires(Permission.OFFICE_RECORD)
def new() -> Response:
    """Writes an office down."""
    form, status = OfficeForm(), 200
    form.offer(offices.kinds())
    del form.closed
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            made = _performed(
                lambda: offices.record(actor(), form.entry(form.recipient.data), clock.now())
            )
            if not isinstance(made, Refused):
                flash(said(N_("The office is in the list.")), "success")
                return redirect(url_for("offices.index"), 303)
            form.refuse(made.reason)
            status = 409
    return page("offices/edit.html", status=status, form=form, office=None)


@bp.route("/<uuid:office_id>", methods=FORM)
@requires(Permission.OFFICE_RECORD)
def edit(office_id: UUID) -> Response:
    """Changes how an office is reached, or closes it."""
    office = offices.one(actor(), str(office_id))
    form, status = OfficeForm(), 200
    del form.recipient
    if request.method == "GET":
        form.fill(office)
    else:
        status = 422
        if form.validate_on_submit():
            refused = _performed(
                lambda: offices.amend(
                    actor(),
                    str(office_id),
                    form.entry(office.recipient),
                    bool(form.closed.data),
                    _number(form.version.data),
                    clock.now(),
                )
            )
            if not isinstance(refused, Refused):
                flash(said(N_("The office is kept.")), "success")
                return redirect(url_for("offices.index"), 303)
            form.refuse(refused.reason)
            status = 409
    return page("offices/edit.html", status=status, form=form, office=office)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _performed(perform: Callable[[], T]) -> T | None:
    """What the service answers; a form that was sent before has done its work."""
    try:
        return perform()
    except DoneAlready:
        return None
