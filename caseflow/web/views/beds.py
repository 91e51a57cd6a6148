"""Beds tonight: where coordinators, residential workers and night workers start."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.access import Permission
from caseflow.domain.beds import BED_KIND_NAMES, MEANT_FOR_NAMES
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.outages import OUTAGE_REASON_NAMES, VOID_KIND_NAMES
from caseflow.domain.placements import STAY_STATUS_NAMES
from caseflow.services import evacuation_files
from caseflow.services import tonight as tonights
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("beds", __name__)

NAMES = {
    "absences": ABSENCE_NAMES,
    "kinds": BED_KIND_NAMES,
    "meant_for": MEANT_FOR_NAMES,
    "stages": STAGE_NAMES,
    "statuses": STAY_STATUS_NAMES,
    "reasons": OUTAGE_REASON_NAMES,
    "voids": VOID_KIND_NAMES,
}


@bp.get("/beds")
@requires(Permission.BEDS_VIEW)
def tonight() -> Response:
    """Who sleeps where tonight, who comes, who goes, and who waits."""
    shown = tonights.tonight(actor(), clock.now(), all_waiting=request.args.get("waiting") == "all")
    files = evacuation_files.files_of(actor(), clock.now())
    return page(
        "beds/tonight.html", tonight=shown, names=NAMES, Permission=Permission, evacuation=files
    )
