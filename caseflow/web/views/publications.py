"""Publications: read by funders and, where a programme says so, by everybody; made by those inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services import (
    approvals,
    figures,
    publication_withdrawals,
    publications,
    published_series,
    report_digests,
    report_texts,
)
from caseflow.services.publication_charts import OUTCOMES, RATES_OVER_TIME
from caseflow.services.publication_views import (
    FROZEN,
    NOT_PUBLISHED,
    PREPARED,
    PROPOSED,
    REJECTED,
)
from caseflow.tellers import teller
from caseflow.web import publication_readers, step_ups
from caseflow.web.figure_pages import chart_of, figures_of, page_asked, picture
from caseflow.web.formatting import said
from caseflow.web.forms.publications import PrepareForm
from caseflow.web.guards import actor, public, requires
from caseflow.web.pages import page

bp = Blueprint("publications", __name__, url_prefix="/statistics")

STATES: dict[str, tuple[Message, str]] = {
    PREPARED: (N_("prepared"), "neutral"),
    PROPOSED: (N_("waits for approval"), "pending"),
    FROZEN: (N_("frozen"), "ok"),
    NOT_PUBLISHED: (N_("not published this quarter"), "warning"),
    REJECTED: (N_("sent back"), "warning"),
}
ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
Act = Callable[[Actor, str, datetime], Refused | None]


@bp.get("/")
@public(publication_readers.PUBLIC)
def index() -> Response:
    """The newest figures of every programme and group this reader may see; what is under way, for those inside."""
    reader = publication_readers.reader()
    works_inside = bool(
        reader and figures.scopes_of(reader, *publications.PROPOSERS, *publications.APPROVERS)
    )
    return page(
        "publications/index.html",
        found=published_series.overview(reader, clock.now()),
        under_way=published_series.under_way(reader, page_asked())
        if reader and works_inside
        else None,
        prepares=bool(reader and figures.named_scopes(reader, *publications.PROPOSERS)),
        STATES=STATES,
        RATES_OVER_TIME=RATES_OVER_TIME,
    )


@bp.get("/<uuid:publication_id>")
@public(publication_readers.PUBLIC)
def show(publication_id: UUID) -> Response:
    """One publication, with its chart, definitions and files; what a colleague may do with it now."""
    reader = publication_readers.reader()
    found = publications.shown(reader, str(publication_id), clock.now())
    return page(
        "publications/show.html",
        steps=approvals.next_steps(reader, found) if reader else None,
        words=report_texts.seen(reader, found),
        report_digests=report_digests.kept(found.id) if found.state == FROZEN else {},
        withdraws=publication_withdrawals.may_withdraw(reader, found) if reader else None,
        STATES=STATES,
        ROLES=ROLES,
        **figures_of(found),
    )


@bp.get("/<uuid:publication_id>-outcomes.svg")
@public(publication_readers.PUBLIC)
def outcomes(publication_id: UUID) -> Response:
    """The chart of the outcomes alone, as a picture to keep."""
    found = publications.shown(
        publication_readers.reader(), str(publication_id), clock.now(), "chart"
    )
    return picture(chart_of(found, OUTCOMES))


@bp.get("/<uuid:publication_id>/charts/<chart>.svg")
@public(publication_readers.PUBLIC)
def drawing(publication_id: UUID, chart: str) -> Response:
    """A drawing of the page, which was told to the log as one look."""
    found = publications.shown(publication_readers.reader(), str(publication_id), clock.now(), None)
    return picture(chart_of(found, chart))


@bp.route("/prepare", methods=["GET", "POST"])
@requires(Permission.PUBLICATION_PREPARE)
def prepare() -> Response:
    """Choosing what to publish, and preparing it."""
    form = PrepareForm()
    form.offer(figures.named_scopes(actor(), *publications.PROPOSERS))
    if request.method == "GET":
        form.begin(clock.today())
        return page("publications/prepare.html", form=form)
    if not form.validate_on_submit():
        return page("publications/prepare.html", status=422, form=form)
    made = publications.prepare(actor(), form.scope.data, form.day, clock.now())
    if isinstance(made, Refused):
        form.refuse(made.reason)
        return page("publications/prepare.html", status=409, form=form)
    return redirect(url_for("publications.show", publication_id=made.id), 303)


@bp.post("/<uuid:publication_id>/propose")
@requires(Permission.PUBLICATION_PROPOSE)
def propose(publication_id: UUID) -> Response:
    """Asks for the two approvals."""
    return _done(approvals.propose, publication_id, N_("Proposed. Two colleagues approve it now."))


@bp.post("/<uuid:publication_id>/approve")
@requires(Permission.PUBLICATION_APPROVE)
def approve(publication_id: UUID) -> Response:
    """Approves; the second approval freezes. A fresh code stands before each of the two."""
    if step_ups.needs_code():
        return step_ups.ask_for_code(url_for("publications.show", publication_id=publication_id))
    seen_text = request.form.get("text", "")

    def approve_what_was_read(who: Actor, asked: str, now: datetime) -> Refused | None:
        refused = approvals.approve(who, asked, now, seen_text)
        if refused is None:
            report_digests.keep(who, publications.shown(who, asked, now), teller, now)
        return refused

    return _done(approve_what_was_read, publication_id, N_("Your approval is kept."))


@bp.post("/<uuid:publication_id>/send-back")
@requires(Permission.PUBLICATION_APPROVE)
def send_back(publication_id: UUID) -> Response:
    """Sends it back to who prepared it."""
    return _done(approvals.send_back, publication_id, N_("Sent back. It can be proposed again."))


def _done(act: Act, publication_id: UUID, sentence: Message) -> Response:
    refused = act(actor(), str(publication_id), clock.now())
    if refused is None:
        flash(said(sentence), "success")
    else:
        flash(said(refused.reason), "error")
    return redirect(url_for("publications.show", publication_id=publication_id), 303)
