"""The clock in the house: last days by month, and stays beyond their term."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.limits_ahead import STANDING_NAMES, Standing
from caseflow.services import limits_ahead
from caseflow.services.limits_ahead import Wanted
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("limits_ahead", __name__)


@bp.get("/clock")
@requires(Permission.CLOCKS_VIEW)
def index() -> Response:
    """Counts by month and by standing, and the rows of what was chosen."""
    asked = request.args
    wanted = Wanted(
        _standing(asked.get("show", "")), _month(asked.get("month", "")), asked.get("place") or None
    )
    shown = limits_ahead.clocks(actor(), wanted, asked.get("page", 1, type=int), clock.now())
    return page("limits_ahead/index.html", shown=shown, names=STANDING_NAMES, Standing=Standing)


def _standing(text: str) -> Standing | None:
    return Standing(text) if text in set(Standing) else None


def _month(text: str) -> date | None:
    """The first day of a month such as 2026-12; None for anything else."""
    found = re.fullmatch(r"(20\d{2})-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else None
