"""Requests of clients in a queue, by code; and those in the name of somebody, whom nobody looks up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.client_request_words import NEUTRAL_ANSWER, RequestKind
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.services import client_request_queue as queue
from caseflow.services.client_request_views import QueuedRequest
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import VaultSealed
from caseflow.web import step_ups
from caseflow.web.act_pages import SEALED, begin_today
from caseflow.web.formatting import said
from caseflow.web.forms import client_requests as forms
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.languages import LANGUAGES
from caseflow.web.pages import page

bp = Blueprint("client_request_queue", __name__, url_prefix="/client-requests")
FORM: Final = ["GET", "POST"]
VIEW, REVIEW = Permission.CLIENT_REQUESTS_VIEW, Permission.CLIENT_REQUEST_REVIEW


@bp.get("")
@requires(VIEW)
def index() -> Response:
    """The requests that wait: of the own team, or by code."""
    asked = request.args.get("page", 1, type=int)
    return page("client_requests/index.html", queue=queue.queue(actor(), clock.now(), asked))


@bp.route("/new", methods=FORM)
@requires(REVIEW)
def new() -> Response:
    """A request in the name of somebody is written down; nobody is looked up."""
    form = forms.StrangerForm()
    form.offer()
    begin_today(form, "asked_on")
    status = _done(
        form,
        lambda: queue.record_stranger(
            actor(),
            RequestKind(form.kind.data),
            form.asked_on.data,
            form.language.data,
            form.words.data,
            clock.now(),
        ),
    )
    if status == 303:
        return _back(
            url_for("client_request_queue.index"), N_("The request is kept. Its term runs.")
        )
    return page("client_requests/new.html", status=status, form=form)


@bp.get("/<uuid:request_id>")
@requires(VIEW)
def show(request_id: UUID) -> Response:
    """One request by code."""
    return page(
        "client_requests/show.html",
        opened=_queued(request_id),
        may_review=may_at_all(REVIEW, actor().roles),
        neutral=_neutral(),
    )


@bp.route("/<uuid:request_id>/decision", methods=FORM)
@requires(REVIEW)
def review(request_id: UUID) -> Response:
    """Decides as privacy officer."""
    if step_ups.needs_code():
        return step_ups.ask_for_code(request.path)
    found, form = _queued(request_id), forms.DecideForm()
    if found.client_code is None or (request.method == "GET" and not found.may_decide):
        raise NotKnown()
    form.offer(found.line.kind)
    if request.method == "GET":
        form.version.data = str(found.line.version)
        if found.line.advised_outcome:
            form.outcome.data = found.line.advised_outcome.value
            form.ground.data = found.line.advised_ground.value if found.line.advised_ground else ""
    status = _done(
        form,
        lambda: queue.decide(
            actor(), str(request_id), *form.decided(), clock.now(), version=form.seen_version()
        ),
    )
    if status == 303:
        return _back(
            url_for("client_request_queue.show", request_id=request_id),
            N_("The decision is kept. The case team tells the client."),
        )
    return page(
        "client_requests/review.html",
        status=status,
        opened=found,
        form=form,
        title=N_("Decide on the request"),
    )


@bp.route("/<uuid:request_id>/answer", methods=FORM)
@requires(REVIEW)
def answer_stranger(request_id: UUID) -> Response:
    """Keeps when the neutral answer went out."""
    found, form = _queued(request_id), forms.AnsweredForm()
    if found.client_code is not None or (request.method == "GET" and not found.line.is_open):
        raise NotKnown()
    begin_today(form, "on")
    status = _done(
        form,
        lambda: queue.answer_stranger(actor(), str(request_id), form.on.data, clock.now()),
    )
    if status == 303:
        return _back(
            url_for("client_request_queue.show", request_id=request_id), N_("The answer is kept.")
        )
    return page(
        "client_requests/review.html",
        status=status,
        opened=found,
        form=form,
        title=N_("Record the answer"),
    )


def _neutral() -> dict[str, str]:
    """What anybody is answered who did not show who they are, in each language of the program."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = said(NEUTRAL_ANSWER)
    return found


def _queued(request_id: UUID) -> QueuedRequest:
    return queue.opened(actor(), str(request_id), clock.now())


def _done(form: OwnForm, perform: Callable[[], Refused | None]) -> int:
    """200 for a look, 422 or 409 for what was not kept, 303 once it was."""
    if request.method == "GET":
        return 200
    if not form.validate_on_submit():
        return 422
    try:
        refused = perform()
    except VaultSealed:
        refused = Refused(SEALED)
    if refused is None:
        return 303
    form.refuse(refused.reason)
    return 409


def _back(address: str, sentence: Message) -> Response:
    flash(said(sentence), "success")
    return redirect(address, 303)
