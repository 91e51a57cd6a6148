"""A stay on a bed with what can be done about it; when somebody is to leave, and since when they are here."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.placements import STAY_STATUS_NAMES
from caseflow.services import planned_nights, stays
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.placements import DepartureForm, EarlierForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page
from caseflow.web.views.placements import SHELTER, answer, opened_stay

bp = Blueprint("planned_nights", __name__, url_prefix="/placements/<uuid:placement_id>")
FORM = ["GET", "POST"]
ACTS: Final = (
    Permission.PLACEMENT_CREATE,
    Permission.PLACEMENT_MOVE,
    Permission.PLACEMENT_END,
    Permission.PLACEMENT_BACKDATE,
)
DEPARTURE = ActPage(
    Permission.PLACEMENT_END,
    N_("Plan the departure"),
    N_("Keep the day"),
    N_("The planned departure is kept."),
    N_(
        "The bed can be booked for others from that day on. The stay ends only when somebody ends it."
    ),
    SHELTER,
    "placements/act.html",
)
EARLIER = ActPage(
    Permission.PLACEMENT_BACKDATE,
    N_("The stay began earlier"),
    N_("Keep the first night"),
    N_("The stay begins on the earlier night."),
    N_(
        "What was recorded before stays on the file as a mistake. The clock counts the nights anew."
    ),
    SHELTER,
    "placements/act.html",
)


@bp.get("")
@requires(*ACTS)
def show(placement_id: UUID) -> Response:
    """The stay, and each act that is open to this reader."""
    opened = stays.open_for_any(actor(), ACTS, str(placement_id), clock.now())
    return page(
        "placements/show.html",
        opened=opened,
        case=opened.case,
        statuses=STAY_STATUS_NAMES,
        has_run_out=opened.stay.has_run_out(clock.now()),
        Permission=Permission,
    )


@bp.route("/departure", methods=FORM)
@requires(Permission.PLACEMENT_END)
def departure(placement_id: UUID) -> Response:
    """Plans the departure for another day, or leaves it open."""
    form = DepartureForm()
    opened = opened_stay(DEPARTURE, placement_id, form)
    if request.method == "GET":
        form.departure.data = opened.stay.planned_departure_on
    return answer(
        DEPARTURE,
        opened,
        form,
        lambda: planned_nights.plan_departure(
            actor(),
            str(placement_id),
            form.departure.data,
            clock.now(),
            version=form.seen_version(),
        ),
    )


@bp.route("/earlier", methods=FORM)
@requires(Permission.PLACEMENT_BACKDATE)
def earlier(placement_id: UUID) -> Response:
    """Records that somebody sleeps here since an earlier day."""
    form = EarlierForm()
    opened = opened_stay(EARLIER, placement_id, form)

    def begin() -> Refused | None:
        made = planned_nights.begin_earlier(
            actor(),
            str(placement_id),
            form.arrival.data,
            clock.now(),
            version=form.seen_version(),
        )
        return made if isinstance(made, Refused) else None

    return answer(EARLIER, opened, form, begin)
