"""The board of beds and nights, and the page of a bed that is free."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import boards as rules
from caseflow.domain.access import Permission
from caseflow.domain.beds import BED_KIND_NAMES, MEANT_FOR_NAMES
from caseflow.domain.boards import CELL_MEANINGS, CELL_NAMES
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.outages import OUTAGE_REASON_NAMES
from caseflow.services import boards, free_beds
from caseflow.services.board_views import Board
from caseflow.services.gatekeeping import NotKnown
from caseflow.web.forms.fields import read_day
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("boards", __name__, url_prefix="/board")
NAMES: Final = {
    "cells": CELL_NAMES,
    "meanings": CELL_MEANINGS,
    "kinds": BED_KIND_NAMES,
    "meant_for": MEANT_FOR_NAMES,
    "reasons": OUTAGE_REASON_NAMES,
    "stages": STAGE_NAMES,
}
FAR: Final = timedelta(days=rules.DAYS_EITHER_WAY)


@bp.get("")
@requires(Permission.BOARD_VIEW)
def index() -> Response:
    """Beds by nights, of one site or of all of one's sites."""
    length = request.args.get("nights", "")
    board = boards.board(
        actor(),
        clock.now(),
        first=_day(request.args.get("from", "")),
        length=int(length) if length.isdecimal() else rules.NIGHTS_SHOWN,
        site_id=request.args.get("site") or None,
    )
    return page(
        "boards/index.html",
        board=board,
        names=NAMES,
        lengths=rules.NIGHTS_TO_CHOOSE,
        earlier=_address(board, -board.length),
        later=_address(board, board.length),
        Permission=Permission,
    )


@bp.get("/beds/<bed_id>/<night>")
@requires(Permission.PLACEMENT_CREATE)
def bed(bed_id: str, night: str) -> Response:
    """A bed that is free on a night: who could have it."""
    on = _day(night)
    if on is None:
        raise NotKnown()
    number = request.args.get("page", "1")
    found = free_beds.offer(
        actor(), bed_id, on, clock.now(), number=int(number) if number.isdecimal() else 1
    )
    return page("boards/bed.html", found=found, names=NAMES, Permission=Permission)


def _day(text: str) -> date | None:
    """The day of an address, written as 2026-11-22 or 22-11-2026; None where it is no day."""
    try:
        return read_day(text)
    except ValueError:
        return None


def _address(board: Board, days: int) -> str:
    """The same board so many nights earlier or later; empty where it goes no further."""
    first = board.nights[0] + timedelta(days=days)
    if not board.today - FAR <= first <= board.today + FAR:
        return ""
    values: dict[str, Any] = {
        "from": first.isoformat(),
        "nights": board.length,
        "site": board.site_id,
    }
    return url_for("boards.index", **values)
