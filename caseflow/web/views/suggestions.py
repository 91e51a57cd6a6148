"""Suggested beds: the last that were worked out, offered with a click, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import suggestions as rules
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.suggestions import REFUSAL_NAMES, VERDICT_NAMES, WHY_NAMES, Refusal
from caseflow.services import houses, suggestion_acts, suggestion_lists
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.services.suggestion_views import SuggestionView
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.suggestions import AcceptForm, AskAgainForm, RefuseForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("suggestions", __name__, url_prefix="/suggestions")
FORM: Final = ["GET", "POST"]
ASKED: Final = N_("New suggestions are being worked out. Look again in a minute.")
OFFERED: Final = N_("The bed is held until the answer. Record the answer on the waiting list.")
REFUSED: Final = N_(
    "The refusal is kept with its reason. This room is not suggested again for a while."
)
NAMES: Final = {"why": WHY_NAMES, "verdicts": VERDICT_NAMES, "refusals": REFUSAL_NAMES}


@bp.get("")
@requires(Permission.WAITING_VIEW)
def index() -> Response:
    """What was worked out last, who is left without, and how sure it is."""
    found = suggestion_lists.listed(
        actor(), clock.now(), page=request.args.get("page", 1, type=int)
    )
    return page("suggestions/index.html", found=found, names=NAMES, form=AskAgainForm())


@bp.post("/ask")
@requires(Permission.WAITING_VIEW)
def ask() -> Response:
    """New suggestions are wanted now."""
    form = AskAgainForm()
    if form.validate_on_submit():
        try:
            refused = suggestion_lists.ask(actor(), clock.now())
        except DoneAlready:
            refused = rules.ASKED_ALREADY
        flash(said(ASKED if refused is None else refused.reason), "info")
    return redirect(url_for("suggestions.index"), 303)


@bp.route("/<uuid:suggestion_id>", methods=FORM)
@requires(Permission.WAITING_OFFER)
def accept(suggestion_id: UUID) -> Response:
    """Offers a suggested bed, or another one that would do, with what that costs."""
    view = suggestion_lists.opened(actor(), str(suggestion_id), clock.now())
    form = AcceptForm()
    form.offer(view)
    if request.method == "GET":
        form.arrival.data = clock.today()
        form.answer_by.data = clock.today() + timedelta(days=houses.current().waiting.offer.days)
    return _answer(
        "suggestions/accept.html",
        view,
        form,
        lambda: suggestion_acts.accept(
            actor(),
            str(suggestion_id),
            form.option.data,
            form.arrival.data,
            form.answer_by.data,
            clock.now(),
        ),
        OFFERED,
    )


@bp.route("/<uuid:suggestion_id>/refuse", methods=FORM)
@requires(Permission.WAITING_OFFER)
def refuse(suggestion_id: UUID) -> Response:
    """Refuses a suggestion, with a reason."""
    view = suggestion_lists.opened(actor(), str(suggestion_id), clock.now())
    form = RefuseForm()
    return _answer(
        "suggestions/refuse.html",
        view,
        form,
        lambda: suggestion_acts.refuse(
            actor(), str(suggestion_id), Refusal(form.why.data), clock.now()
        ),
        REFUSED,
    )


def _answer(
    template: str,
    view: SuggestionView,
    form: OwnForm,
    perform: Callable[[], Refused | None],
    done: Message,
) -> Response:
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            status = 409
            try:
                refused = perform()
            except DoneAlready:
                return _back(DONE_ALREADY, "info")
            if refused is None:
                return _back(done, "success")
            form.refuse(refused.reason)
    return page(template, status=status, view=view, form=form, names=NAMES)


def _back(sentence: Message, kind: str) -> Response:
    flash(said(sentence), kind)
    return redirect(url_for("suggestions.index"), 303)
