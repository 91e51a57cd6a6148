"""Two people exchange their beds: whom with, and a page that shows both sides before it is done."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.domain.swaps import WITH_ONESELF
from caseflow.services import swaps
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.placements import SwapForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page
from caseflow.web.views.placements import SHELTER, opened_stay

bp = Blueprint("swaps", __name__, url_prefix="/placements/<uuid:placement_id>/swap")
SWAP = ActPage(
    Permission.PLACEMENT_MOVE,
    N_("Swap two beds"),
    N_("Swap the beds"),
    N_("The beds are swapped."),
    N_(
        "Both stays end and begin on the same day, or neither does. Planned departures go along with the person."
    ),
    SHELTER,
    "swaps/confirm.html",
)


@bp.get("")
@requires(Permission.PLACEMENT_MOVE)
def choose(placement_id: UUID) -> Response:
    """Those at one site with whom the bed could be swapped."""
    opened = opened_stay(SWAP, placement_id)
    site_id = request.args.get("site") or None
    found = swaps.partners(actor(), str(placement_id), site_id, clock.now())
    return page("swaps/choose.html", act=SWAP, opened=opened, case=opened.case, found=found)


@bp.route("/<uuid:other_placement_id>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MOVE)
def confirm(placement_id: UUID, other_placement_id: UUID) -> Response:
    """Both sides, and the night from which on."""
    form, ids = SwapForm(), (str(placement_id), str(other_placement_id))
    one = opened_stay(SWAP, placement_id)
    other = swaps.other_side(actor(), one, ids[1], clock.now())
    if request.method == "GET":
        form.version.data, form.other_version.data = str(one.stay.version), str(other.stay.version)
        form.on.data = clock.today()
    return act_pages.answer(
        SWAP,
        UUID(one.case.id),
        form,
        lambda: swaps.swap(actor(), *ids, form.on.data, clock.now(), versions=form.seen_versions()),
        case=one.case,
        decision=WITH_ONESELF if one.stay.client_code == other.stay.client_code else None,
        sides=(one, other),
    )
