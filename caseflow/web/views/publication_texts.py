"""What a programme says of its figures: written, read beside them, and judged by the privacy officer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.report_texts import LONGEST
from caseflow.services import publications, report_texts
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import VaultSealed
from caseflow.services.versions import Overtaken
from caseflow.web import step_ups, two_texts
from caseflow.web.forms.publication_texts import ReportTextForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("publication_texts", __name__, url_prefix="/statistics")

SEALED = N_(
    "The vault that keeps the text is sealed. Wait until it is opened; what you typed is kept on this page."
)


@bp.route("/<uuid:publication_id>/text", methods=["GET", "POST"])
@requires(Permission.PUBLICATION_TEXT_WRITE)
def write(publication_id: UUID) -> Response:
    """Writes the text, changes it, or takes it away."""
    asked = str(publication_id)
    publication = publications.shown(actor(), asked, clock.now())
    found = report_texts.seen(actor(), publication)
    if found is None or found.may_write is None:
        raise NotKnown()
    form, status = ReportTextForm(), 200
    values: dict[str, Any] = {}
    if request.method == "GET":
        form.begin(found)
    elif not form.validate_on_submit():
        status = 422
    else:
        status = 409
        refused = _kept(asked, form)
        if refused is None:
            tell(N_("The text is kept. Whoever approves reads it beside the figures."))
            return _back(asked)
        form.refuse(refused.reason)
        if isinstance(refused, Overtaken):
            values = {"overtaken": refused, "both": two_texts.side_by_side(form, refused)}
    return page(
        "publications/text.html",
        status=status,
        form=form,
        publication=publication,
        words=found,
        most=LONGEST,
        **values,
    )


@bp.post("/<uuid:publication_id>/text/allow")
@requires(Permission.PUBLICATION_TEXT_ALLOW)
def allow(publication_id: UUID) -> Response:
    """The privacy officer finds nobody in the text. A fresh code stands before it."""
    asked = str(publication_id)
    if step_ups.needs_code():
        return step_ups.ask_for_code(url_for("publications.show", publication_id=asked))
    refused = report_texts.allow(actor(), asked, request.form.get("text", ""), clock.now())
    if refused is None:
        tell(N_("The text may stand. It can be approved with the figures now."))
    else:
        tell(refused.reason, "error")
    return _back(asked)


def _kept(asked: str, form: ReportTextForm) -> Refused | None:
    try:
        return report_texts.write(actor(), asked, form.text, form.seen.data or "", clock.now())
    except VaultSealed:
        return Refused(SEALED)


def _back(asked: str) -> Response:
    return redirect(url_for("publications.show", publication_id=asked, _anchor="words"), 303)
