"""What somebody else looks at afterwards: the queue, one item, and the weekly review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.attentions import KIND_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.glass import PURPOSE_NAMES
from caseflow.domain.messages import N_, Message
from caseflow.domain.reviews import VERDICT_NAMES, WEEK_VERDICT_NAMES
from caseflow.services import reviews, weekly_reviews
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import VaultSealed
from caseflow.web.act_pages import SEALED
from caseflow.web.formatting import said
from caseflow.web.forms.glass import ReviewForm, WeekForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("reviews", __name__, url_prefix="/reviews")

WHY: Final[dict[str, Message]] = {
    **{one.value: name for one, name in PURPOSE_NAMES.items()},
    **{one.value: name for one, name in KIND_NAMES.items()},
}
"""What the reasons and kinds of the queue are called."""
NAMES = {"why": WHY, "verdicts": VERDICT_NAMES, "weeks": WEEK_VERDICT_NAMES}


@bp.get("")
@requires(Permission.LOOKS_REVIEW, Permission.AUDIT_VIEW)
def index() -> Response:
    """Everything that waits, and what was reviewed lately."""
    queue = reviews.queue(actor(), clock.now())
    waiting, closed = weekly_reviews.weeks(actor(), clock.now())
    return page("reviews/index.html", queue=queue, weeks=waiting, closed=closed, names=NAMES)


@bp.route("/<any(glass, attention):what>/<uuid:item_id>", methods=["GET", "POST"])
@requires(Permission.LOOKS_REVIEW, Permission.AUDIT_VIEW)
def show(what: str, item_id: UUID) -> Response:
    """One item: what was looked at, and the review of it."""
    form = ReviewForm()

    def close() -> Refused | None:
        return reviews.review(
            actor(), what, str(item_id), form.verdict.data, form.found.data, clock.now()
        )

    status = _closed(form, close)
    if status == 303:
        return _back(N_("The review is closed."))
    opened = reviews.opened(actor(), what, str(item_id), clock.now())
    return page("reviews/item.html", status=status, form=form, opened=opened, names=NAMES)


@bp.route("/weeks/<week>", methods=["GET", "POST"])
@requires(Permission.LOOKS_REVIEW, Permission.AUDIT_VIEW)
def week(week: str) -> Response:
    """The sample of one week, and the review of it."""
    form, monday = WeekForm(), _monday(week)

    def close() -> Refused | None:
        return weekly_reviews.close(
            actor(), monday, form.verdict.data, form.found.data, clock.now()
        )

    status = _closed(form, close)
    if status == 303:
        return _back(N_("The review of the week is closed."))
    if status == 409 and not weekly_reviews.waits(actor(), monday, clock.now()):
        return _back(form.form_errors[0], "error")  # a colleague closed it meanwhile
    opened = weekly_reviews.opened(actor(), monday, clock.now())
    return page("reviews/week.html", status=status, form=form, opened=opened, names=NAMES)


def _closed(form: ReviewForm, close: Callable[[], Refused | None]) -> int:
    """200 for a look, 422 or 409 for a review that does not close, 303 once it did."""
    if request.method == "GET":
        return 200
    if not form.validate_on_submit():
        return 422
    try:
        refused = close()
    except VaultSealed:
        refused = Refused(SEALED)
    if refused is None:
        return 303
    form.refuse(refused.reason)
    return 409


def _back(sentence: Message, kind: str = "success") -> Response:
    flash(said(sentence), kind)
    return redirect(url_for("reviews.index"), 303)


def _monday(text: str) -> date:
    """The Monday of an address. Raises `NotKnown` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotKnown() from None
