"""Saying that a handover was read."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import handovers
from caseflow.services.gatekeeping import VaultSealed
from caseflow.web.act_pages import back_to
from caseflow.web.guards import actor, requires
from caseflow.web.pages import tell

bp = Blueprint("handovers", __name__)


@bp.post("/cases/<uuid:case_id>/handovers/read")
@requires(Permission.CASE_OPEN)
def mark_read(case_id: UUID) -> Response:
    """The reader says that they read the handovers of this case up to the one that stood on the page."""
    newest = request.form.get("newest", "")
    try:
        answer = handovers.mark_read(actor(), str(case_id), newest, clock.now())
    except VaultSealed:
        answer = Refused(N_("The vault is sealed, so handovers cannot be read now."))
    if isinstance(answer, Refused):
        tell(answer.reason, "info")
    else:
        tell(N_("The handover is marked as read."), "success")
    return back_to(case_id, "notes")
