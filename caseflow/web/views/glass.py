"""Breaking the glass: a case outside one's relations, by client code, for four hours."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import glass
from caseflow.services.interruptions import VaultSealed
from caseflow.web.act_pages import SEALED
from caseflow.web.formatting import said
from caseflow.web.forms.glass import GlassForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("glass", __name__)


@bp.route("/glass", methods=["GET", "POST"])
@requires(Permission.GLASS_BREAK)
def new() -> Response:
    """The form, and the glass itself. The code travels in the form, never in an address."""
    form, status = GlassForm(), 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            made = _broken(form)
            if not isinstance(made, Refused):
                if made.until is None:
                    flash(
                        said(
                            N_(
                                "This case was open for you already. Nothing was recorded as an emergency."
                            )
                        ),
                        "info",
                    )
                return redirect(url_for("cases.show", case_id=made.case_id), 303)
            if made is glass.NOT_THERE:
                form.once.data = uuid4().hex  # this was recorded; the next code is another act
            form.refuse(made.reason)
            status = 409
    return page("glass/new.html", status=status, form=form, takes_words=glass.takes_words(actor()))


def _broken(form: GlassForm) -> glass.Opened | Refused:
    try:
        return glass.break_glass(
            actor(), form.client_code.data, form.purpose.data, form.reason.data, clock.now()
        )
    except VaultSealed:
        return Refused(SEALED)


@bp.post("/cases/<uuid:case_id>/glass/close")
@requires(Permission.GLASS_BREAK)
def close(case_id: UUID) -> Response:
    """The case closes before its time."""
    glass.close(actor(), str(case_id), clock.now())
    flash(
        said(N_("The case is closed again. The privacy officer still reviews that it was open.")),
        "success",
    )
    return redirect(url_for("cases.caseload"), 303)
