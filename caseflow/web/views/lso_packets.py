"""A packet of the past for the local cooperation meeting, registered; found under the history of what left."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import lso_packets
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages, disclosed_values
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.forms.conferences import PacketForm
from caseflow.web.guards import actor, requires

bp = Blueprint("lso_packets", __name__)
bp.add_app_template_test(lso_packets.may_have_gone, "of_the_covenant")
FORM: Final = ["GET", "POST"]
REGISTER = ActPage(
    Permission.LSO_REGISTER,
    N_("Register a packet of the past"),
    N_("Register it"),
    N_("It is registered, and waits for a second person and the counsellor."),
    N_(
        "What went to the local cooperation meeting while the covenant held. Nothing can be sent there now: "
        "this only writes down what left then, for the client's list."
    ),
    "left",
    needs_vault=True,
    is_a_right=True,
)


@bp.route("/cases/<uuid:case_id>/lso/new", methods=FORM)
@requires(Permission.LSO_REGISTER)
def register(case_id: UUID) -> Response:
    """Registers what went then."""
    case, form = opened(REGISTER.permission, case_id), PacketForm()
    if not lso_packets.may_have_gone(case):
        raise NotKnown()
    return act_pages.answer(
        REGISTER,
        case_id,
        form,
        lambda: lso_packets.register(
            actor(), case, form.sent_on.data, form.told_on.data, disclosed_values.of, clock.now()
        ),
        case=case,
    )
