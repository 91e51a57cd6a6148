"""The clock of a stay: continued by a court or an objection, with or without earlier nights."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import continuations
from caseflow.services.case_views import Step
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today
from caseflow.web.forms import stays as forms
from caseflow.web.guards import actor, requires

bp = Blueprint("stays", __name__, url_prefix="/cases/<uuid:case_id>")
FORM = ["GET", "POST"]

CONTINUED = ActPage(
    Permission.CONTINUATION_RECORD,
    N_("A court or an objection continues the stay"),
    N_("Keep the day"),
    N_("The clock says that the stay is continued."),
    N_("Nobody plans an end of this stay until that is over."),
    "stay",
    asks=Step.CONTINUED,
)
OVER = ActPage(
    Permission.CONTINUATION_RECORD,
    N_("The continuation is over"),
    N_("Keep the day"),
    N_("The clock runs by its term again."),
    N_("Look at the last day again: it asks for a decision where it has passed."),
    "stay",
    asks=Step.CONTINUATION_OVER,
)
EARLIER_NIGHTS = ActPage(
    Permission.EARLIER_NIGHTS_DECIDE,
    N_("Decide on earlier nights"),
    N_("Keep the decision"),
    N_("The decision on earlier nights is kept."),
    N_("This person was here before. Without a decision the rule of the programme holds."),
    "stay",
    asks=Step.EARLIER_NIGHTS,
)


@bp.route("/continuations/new", methods=FORM)
@requires(Permission.CONTINUATION_RECORD)
def begin_continuation(case_id: UUID) -> Response:
    """The first day on which a court or an objection continues the stay."""
    form = forms.ContinuationForm()
    begin_today(form, "from_on")
    return act_pages.answer(
        CONTINUED,
        case_id,
        form,
        lambda: continuations.begin(actor(), str(case_id), form.from_on.data, clock.now()),
    )


@bp.route("/continuations/end", methods=FORM)
@requires(Permission.CONTINUATION_RECORD)
def end_continuation(case_id: UUID) -> Response:
    """The first day without it."""
    form = forms.ContinuationEndForm()
    begin_today(form, "until_on")
    return act_pages.answer(
        OVER,
        case_id,
        form,
        lambda: continuations.end(actor(), str(case_id), form.until_on.data, clock.now()),
    )


@bp.route("/earlier-nights", methods=FORM)
@requires(Permission.EARLIER_NIGHTS_DECIDE)
def decide_earlier_nights(case_id: UUID) -> Response:
    """Whether nights of earlier episodes count."""
    form = forms.EarlierNightsForm()
    return act_pages.answer(
        EARLIER_NIGHTS,
        case_id,
        form,
        lambda: continuations.decide_earlier_nights(
            actor(), str(case_id), form.counts.data == "yes", clock.now()
        ),
    )
