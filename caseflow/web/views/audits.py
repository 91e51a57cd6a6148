"""The log by code, for the privacy officer and the data protection officer."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services import looks
from caseflow.services.looks import LooksPage
from caseflow.web.forms.looks import LogForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("audits", __name__)


@bp.route("/audit", methods=["GET", "POST"])
@requires(Permission.AUDIT_VIEW)
def index() -> Response:
    """The newest entries, or those that were asked for; what is asked for never stands in the address."""
    form, status = LogForm(), 200
    form.offer(looks.colleagues(actor()))
    found = LooksPage((), None)
    if request.method == "POST" and not form.validate():
        status = 422
    else:
        found = looks.log(actor(), form.search(request.form.get("below", type=int)), clock.now())
    return page("audits/index.html", status=status, form=form, found=found)
