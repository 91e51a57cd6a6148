"""The language of the pages."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from caseflow.services import own_accounts
from caseflow.web import sign_ins
from caseflow.web.guards import public
from caseflow.web.languages import LANGUAGES
from caseflow.web.sign_ins import local_path

bp = Blueprint("languages", __name__)


@bp.post("/language")
@public("a visitor chooses the language of the sign-in page too")
def choose() -> Response:
    """Keeps the chosen language in this browser until sign-out, and with the account of who is signed in.

    So what somebody chose on the sign-in page holds after it, whatever the account kept from another day.
    """
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        if sign_ins.signed_in() is not None:
            own_accounts.choose_language(sign_ins.actor(), language)
    return redirect(local_path(request.form.get("back")) or "/", 303)
