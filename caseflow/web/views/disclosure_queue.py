"""What waits for approval, and the sample of what left, looked at afterwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import disclosure_queue, disclosure_samples
from caseflow.web.disclosure_words import NAMES
from caseflow.web.formatting import said
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("disclosure_queue", __name__)


@bp.get("/to-approve")
@requires(Permission.DISCLOSURES_AWAIT)
def waiting() -> Response:
    """What waits for this colleague, what was asked first at the top."""
    lines = disclosure_queue.waiting(actor(), clock.now())
    return page("disclosures/waiting.html", lines=lines, names=NAMES)


@bp.get("/left/sample")
@requires(Permission.DISCLOSURES_SAMPLE)
def sample() -> Response:
    """A sample of what left in one week, by code."""
    try:
        week = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        week = clock.today()
    found = disclosure_samples.of_week(actor(), week, clock.now())
    return page("disclosures/sample.html", found=found, names=NAMES)


@bp.post("/left/sample/<uuid:disclosure_id>/seen")
@requires(Permission.DISCLOSURES_SAMPLE)
def seen(disclosure_id: UUID) -> Response:
    """Keeps that the privacy officer looked at one."""
    refused = disclosure_samples.check(actor(), str(disclosure_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("Marked as seen.")), "success")
    week = request.form.get("week", "")
    return redirect(url_for("disclosure_queue.sample", week=week or None), 303)
