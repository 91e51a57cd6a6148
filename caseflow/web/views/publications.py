"""Publications: read by funders and, where a programme says so, by everybody; made by those inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import NEAREST_FIVE_WITHIN, WHOLE_POINTS_WITHIN, PercentStyle
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services import approvals, figures, publication_files, publications
from caseflow.services.publication_views import (
    FROZEN,
    NOT_PUBLISHED,
    PREPARED,
    PROPOSED,
    REJECTED,
    PublicationView,
    Unpublished,
)
from caseflow.web import languages, publication_readers, step_ups
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
PRECISION: dict[str, Message] = {
    PercentStyle.WHOLE_POINT: N_(
        "The true rate lies within %(points)s points.", points=WHOLE_POINTS_WITHIN
    ),
    PercentStyle.NEAREST_FIVE: N_(
        "Rounded to the nearest five: the true rate lies within %(points)s points, or on the side "
        "that is printed.",
        points=NEAREST_FIVE_WITHIN,
    ),
    PercentStyle.RANGE: N_("A range, because the group is small: the true rate lies in it."),
    PercentStyle.WORDS: N_("In words, because the group is too small for a percentage."),
}
"""How near each printed form is to the true rate; it follows from the printed denominator."""
ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
CHART_AXIS = N_("Exits, as printed")
Act = Callable[[Actor, str, datetime], Refused | None]


@bp.get("/")
@public(publication_readers.PUBLIC)
def index() -> Response:
    """Frozen publications by programme, newest first, and cut-offs that stay unpublished; what is under way."""
    reader = publication_readers.reader()
    found = publications.listed(reader)
    programmes: dict[str, list[PublicationView | Unpublished]] = {}
    told: list[PublicationView | Unpublished] = [one for one in found if one.state == FROZEN]
    told += publications.unpublished(reader, clock.now())
    for line in told:
        programmes.setdefault(said(line.name), []).append(line)
    for lines in programmes.values():
        lines.sort(key=lambda one: one.cut_off, reverse=True)
    return page(
        "publications/index.html",
        programmes=dict(sorted(programmes.items())),
        under_way=[one for one in found if one.state != FROZEN],
        prepares=bool(reader and figures.named_scopes(reader, *publications.PROPOSERS)),
        works_inside=bool(
            reader and figures.scopes_of(reader, *publications.PROPOSERS, *publications.APPROVERS)
        ),
        STATES=STATES,
    )


@bp.get("/<uuid:publication_id>")
@public(publication_readers.PUBLIC)
def show(publication_id: UUID) -> Response:
    """One publication, with its chart, definitions and files; what a colleague may do with it now."""
    reader = publication_readers.reader()
    found = publications.shown(reader, str(publication_id), clock.now())
    return page(
        "publications/show.html",
        publication=found,
        steps=approvals.next_steps(reader, found) if reader else None,
        chart_words=publication_files.outcomes_in_words(found, languages.current()),
        STATES=STATES,
        PRECISION=PRECISION,
        ROLES=ROLES,
    )


@bp.get("/<uuid:publication_id>-outcomes.svg")
@public(publication_readers.PUBLIC)
def outcomes(publication_id: UUID) -> Response:
    """The chart of the page; a picture of its own, so that no drawing is part of our markup."""
    found = publications.shown(
        publication_readers.reader(), str(publication_id), clock.now(), "chart"
    )
    drawing = publication_files.outcome_chart(found, languages.current(), said(CHART_AXIS))
    if drawing is None:
        abort(404)
    response = make_response(drawing)
    response.headers["Content-Type"] = "image/svg+xml"
    return response


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
    return _done(approvals.approve, publication_id, N_("Your approval is kept."))


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
