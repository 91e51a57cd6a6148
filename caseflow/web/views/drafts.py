"""Drafts of a form: kept while somebody types, or by a button, and thrown away."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, redirect, request
from flask_babel import format_time
from werkzeug.wrappers import Response as Answer

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.drafts import DraftOf
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import drafts, interruptions
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import drafting, unsaved_words
from caseflow.web.formatting import said
from caseflow.web.guards import actor, requires
from caseflow.web.pages import tell

FORMS: Final = ",".join(DraftOf)
bp = Blueprint("drafts", __name__, url_prefix=f"/cases/<uuid:case_id>/drafts/<any({FORMS}):form>")


@bp.post("")
@requires(Permission.CASE_OPEN)
def keep(case_id: UUID, form: str) -> Answer:
    """Keeps what stands in a form now; the page that asks by itself hears one sentence, a button goes back to it."""
    kind, form_id = DraftOf(form), request.form.get("once", "")
    about = request.args.get("about", type=UUID)
    about_id = str(about) if about else None
    if not drafts.is_form_id(form_id):
        raise NotKnown()
    interruptions.asked_by(None)  # nothing is done yet: the form is still to be sent
    now = clock.now()
    refused = drafts.keep(
        actor(), str(case_id), kind, form_id, drafting.typed(), now, about_id=about_id
    )
    sentence = N_(
        "Draft kept at %(time)s. Only you can see it.", time=format_time(local(now), "HH:mm", False)
    )
    if request.accept_mimetypes.best == "text/plain":
        text = said(refused.reason if isinstance(refused, Refused) else sentence)
        return Response(text, 409 if isinstance(refused, Refused) else 200, mimetype="text/plain")
    if isinstance(refused, Refused):
        return unsaved_words.not_kept(refused.reason)
    tell(sentence, "info")
    return redirect(drafting.place(kind, str(case_id), about_id, form_id), 303)


@bp.post("/<uuid:draft_id>/throw-away")
@requires(Permission.CASE_OPEN)
def throw_away(case_id: UUID, form: str, draft_id: UUID) -> Answer:
    """Erases an own draft."""
    kind = DraftOf(form)
    about = request.args.get("about", type=UUID)
    drafts.throw_away(actor(), str(case_id), kind, draft_id.hex, clock.now())
    tell(N_("The draft is thrown away."), "info")
    return redirect(drafting.place(kind, str(case_id), str(about) if about else None), 303)
