"""Somebody is at the door asking: the script, the entry in the register, and the register itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.doors import ENDING_NAMES, PAPER_NAMES, VISITOR_NAMES
from caseflow.domain.messages import N_
from caseflow.services import door_registers, doors
from caseflow.web import emergencies
from caseflow.web.formatting import said
from caseflow.web.forms.doors import DoorForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("doors", __name__)
NAMES = {"who": VISITOR_NAMES, "shown": PAPER_NAMES, "outcome": ENDING_NAMES}


@bp.app_context_processor
def _buttons() -> dict[str, Any]:
    return {"emergency": emergencies.buttons()}


@bp.post("/door")
@requires(Permission.DOOR_RECORD)
def call() -> Response:
    """Opens an entry at once, and shows what to say."""
    return redirect(
        url_for("doors.show", door_id=doors.somebody_is_here(actor(), clock.now())), 303
    )


@bp.get("/door")
@requires(Permission.DOOR_RECORD)
def own() -> Response:
    """The reader's own entries that are not complete."""
    return page("doors/own.html", entries=doors.unfinished(actor(), clock.now()), names=NAMES)


@bp.route("/door/<uuid:door_id>", methods=["GET", "POST"])
@requires(Permission.DOOR_RECORD)
def show(door_id: UUID) -> Response:
    """What to say and whom to call; afterwards who it was, what they showed and how it ended."""
    door, form, status = doors.door(actor(), str(door_id), clock.now()), DoorForm(), 200
    form.offer(door.sites)
    if request.method == "GET":
        form.show(door.entry.told)
    elif not form.validate_on_submit():
        status = 422
    else:
        refused = doors.tell(actor(), str(door_id), form.told(), clock.now())
        if refused is None:
            flash(said(N_("The entry is kept. What is still open can be told later.")), "success")
            return redirect(url_for("doors.show", door_id=door_id), 303)
        form.refuse(refused.reason)
        status = 409
    return page("doors/show.html", status=status, door=door, form=form)


@bp.get("/doors")
@requires(Permission.DOORS_VIEW)
def index() -> Response:
    """The register, with the counts of this year."""
    asked = request.args.get("page", 1, type=int)
    found = door_registers.register(actor(), clock.now(), asked)
    may_demand = may_at_all(Permission.DEMAND_RECORD, actor().roles)
    return page("doors/index.html", register=found, names=NAMES, may_demand=may_demand)


@bp.post("/doors/<uuid:door_id>/seen")
@requires(Permission.LOOKS_REVIEW)
def seen(door_id: UUID) -> Response:
    """Keeps that the privacy officer looked at an entry."""
    refused = door_registers.mark_as_seen(actor(), str(door_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("Marked as seen.")), "success")
    return redirect(url_for("doors.index"), 303)
