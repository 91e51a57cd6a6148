"""The checklist of somebody who leaves: what is ticked by hand, and what is filled in afterwards."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.departures import BY_HAND, LeavingItem
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.messages import N_, Message
from caseflow.services import departures
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.departures import NextAddressForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import tell

bp = Blueprint("departures", __name__, url_prefix="/cases/<uuid:case_id>/leaving")
CHECKLIST = "checklist"

NEXT_ADDRESS = ActPage(
    Permission.EXIT_PROPOSE,
    N_("Fill in the kind of next address"),
    N_("Keep the kind"),
    N_("The kind of next address is kept."),
    None,
    CHECKLIST,
)


@bp.route("/next-address", methods=["GET", "POST"])
@requires(Permission.EXIT_PROPOSE)
def fill_destination(case_id: UUID) -> Response:
    """The kind of place somebody went to, where it was left open."""
    form = NextAddressForm()
    return act_pages.answer(
        NEXT_ADDRESS,
        case_id,
        form,
        lambda: departures.fill_destination(
            actor(), str(case_id), DestinationKind(form.destination.data), clock.now()
        ),
    )


@bp.post("/<item>/done")
@requires(Permission.TASK_AMEND)
def settle(case_id: UUID, item: str) -> Response:
    """Papers were given back, or the copy of the file was offered."""
    if item not in {one.value for one in BY_HAND}:
        raise NotKnown()
    outcome = departures.settle(actor(), str(case_id), LeavingItem(item), clock.now())
    return _told(case_id, outcome, N_("It is ticked off."))


@bp.post("/card/out")
@requires(Permission.CARD_RECORD)
def take_card_out(case_id: UUID) -> Response:
    """The emergency card of somebody who left goes with them."""
    outcome = departures.take_card_out(actor(), str(case_id), clock.now())
    return _told(case_id, outcome, N_("The emergency card is taken out."))


def _told(case_id: UUID, outcome: Refused | None, done: Message) -> Response:
    if outcome is None:
        tell(done)
    else:
        tell(outcome.reason, "info")
    return act_pages.back_to(case_id, CHECKLIST)
