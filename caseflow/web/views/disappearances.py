"""Somebody who is away unannounced: attempts to reach them, and an exit that turns out to be an error."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.disappearances import AttemptWay
from caseflow.domain.messages import N_
from caseflow.services import disappearances
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today
from caseflow.web.forms.disappearances import AttemptForm
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires

bp = Blueprint("disappearances", __name__, url_prefix="/cases/<uuid:case_id>")
FORM = ["GET", "POST"]

ATTEMPT = ActPage(
    Permission.NOTE_CREATE,
    N_("Tried to reach this person"),
    N_("Keep the attempt"),
    N_("The attempt is kept."),
    N_("Kept as a day and a way. It does not count as a contact."),
    "missing",
)
TAKE_BACK = ActPage(
    Permission.EXIT_DECIDE,
    N_("This exit was an error"),
    N_("Take the exit back"),
    N_("The exit is taken back. The case goes on."),
    N_(
        "For somebody who had not left after all. The exit stays in the timeline, struck through, and counts "
        "nowhere any more. A bed that was ended is given anew."
    ),
    "timeline",
)


@bp.route("/attempts/new", methods=FORM)
@requires(Permission.NOTE_CREATE)
def try_to_reach(case_id: UUID) -> Response:
    """An attempt to reach somebody, in vain."""
    form = AttemptForm()
    begin_today(form, "on")
    return act_pages.answer(
        ATTEMPT,
        case_id,
        form,
        lambda: disappearances.try_to_reach(
            actor(), str(case_id), AttemptWay(form.way.data), form.on.data, clock.now()
        ),
    )


@bp.route("/exit/error", methods=FORM)
@requires(Permission.EXIT_DECIDE)
def take_exit_back(case_id: UUID) -> Response:
    """An exit that was none."""
    return act_pages.answer(
        TAKE_BACK,
        case_id,
        OwnForm(),
        lambda: disappearances.take_exit_back(actor(), str(case_id), clock.now()),
    )
