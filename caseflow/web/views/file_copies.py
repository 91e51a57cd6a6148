"""A copy of the file, for the client's own hand."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.file_copies import FileCopy
from caseflow.domain.messages import N_
from caseflow.services import file_copies
from caseflow.services.file_copies import Copied
from caseflow.services.gatekeeping import CaseIsOver, VaultSealed
from caseflow.services.interruptions import DoneAlready
from caseflow.web import act_pages, copied_files, step_ups
from caseflow.web.formatting import said
from caseflow.web.forms.file_copies import FileCopyForm
from caseflow.web.guards import actor, requires
from caseflow.web.languages import LANGUAGES
from caseflow.web.pages import page

bp = Blueprint("file_copies", __name__)
FORM = ["GET", "POST"]
SENT_TWICE = N_("This copy was made before. Choose the language once more for another one.")
SEALED = Refused(N_("The vault is sealed. A copy is made once somebody has opened it."))


@bp.route("/cases/<uuid:case_id>/copy", methods=FORM)
@requires(Permission.FILE_COPY)
def give(case_id: UUID) -> Response:
    """The page that says what goes along and what does not; its buttons answer the copy itself."""
    form, status = FileCopyForm(), 200
    language = request.form.get("in", "")
    if request.method == "POST":
        status = 422
        if language in LANGUAGES and form.validate() and step_ups.is_given(form):
            try:
                made = _made(case_id, language)
            except DoneAlready:
                flash(said(SENT_TWICE), "info")
                return redirect(url_for("file_copies.give", case_id=case_id), 303)
            if not isinstance(made, Refused):
                return _answer(made, language)
            form.refuse(made.reason)
            status = 409
    case = act_pages.opened(Permission.FILE_COPY, case_id)
    return page(
        "file_copies/give.html",
        status=status,
        form=form,
        case=case,
        needs_code=step_ups.needs_code(),
    )


def _made(case_id: UUID, language: str) -> bytes | Refused:
    def compose(copied: Copied) -> FileCopy:
        with force_locale(language):
            return copied_files.composed(copied, language, clock.today())

    try:
        return file_copies.give(actor(), str(case_id), language, compose, clock.now())
    except VaultSealed:
        return SEALED
    except CaseIsOver as over:
        return over.refused


def _answer(made: bytes, language: str) -> Response:
    """The PDF, under a name that says nothing of a person."""
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    name = f"copy-{clock.today().isoformat()}-{language}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
