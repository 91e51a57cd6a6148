"""A fresh code before a weighty act: asked in the form itself, or on a page of its own before a button."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import sign_ins as services
from caseflow.web.pages import tell
from caseflow.web.sign_ins import actor


def needs_code() -> bool:
    """Whether the reader must give a fresh code before a weighty act."""
    return not services.is_fresh(actor(), clock.now())


def is_given(form: Any) -> bool:
    """Whether the code is fresh, or the form's field `code` holds a right one; else the form says so."""
    return True if not needs_code() else is_given_now(form)


def is_given_now(form: Any) -> bool:
    """Whether the form's field `code` holds a right code, however fresh the last one is; else the form says so.

    For what is asked each time: many cases that change hands at once (source: the firewall, looking without friction).
    """
    answer = services.step_up(actor(), form.code.data or "", clock.now())
    if isinstance(answer, Refused):
        form.code.errors = [answer.reason]
        return False
    return True


def ask_for_code(back: str) -> Response:
    """Sends the reader to the page that asks for a code, and then back to where the button is."""
    tell(N_("Give the code from your phone first. Then press the button again."), "info")
    return redirect(url_for("account.code", next=back), 303)
