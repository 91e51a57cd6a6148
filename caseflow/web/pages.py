"""One way to answer with a page: its template, its values and the frame around it."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, flash, g, make_response, render_template, url_for

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.messages import Message
from caseflow.services import (
    client_request_queue,
    decision_sheets,
    demands,
    disclosure_queue,
    houses,
    waiting_emergencies,
    weekly_reviews,
)
from caseflow.web import languages, navigation, sealing_notices, sign_ins
from caseflow.web.formatting import said
from caseflow.web.frames import Frame


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page (or a fragment of one) from a template; a form that came back has status 422."""
    response = make_response(render_template(template, **values))
    response.status_code = status
    return response


def tell(sentence: Message, kind: str = "success") -> None:
    """Says something on the next page: success, info, warning or error. Never words about a person."""
    flash(said(sentence), kind)


def frame() -> Frame:
    """The header and footer for whoever reads this page."""
    known = sign_ins.signed_in()
    language = languages.current()
    language_url = url_for("languages.choose")
    # An error page is the same whatever was asked for, so its switch has no way back to it.
    language_back = "/" if g.get("is_error") else ""
    if known is None:
        return Frame(language=language, language_url=language_url, language_back=language_back)
    roles = known.actor.roles
    vault = None if g.get("is_error") else sealing_notices.notice(known.actor)
    return Frame(
        language=language,
        reader_name=known.display_name,
        reader_id=known.actor.user_id,
        reader_role=navigation.role_names(roles),
        nav=navigation.places(roles, _waiting(known.actor)),
        language_url=language_url,
        language_back=language_back,
        sign_out_url=url_for("sign_in.sign_out"),
        lock_url=url_for("sign_in.lock"),
        idle_minutes=houses.current().settings.sessions.idle_minutes,
        vault_url=url_for("vaults.remaining") if vault else "",
        vault_proof=vault.proof if vault else "",
        vault_is_open=vault is not None and vault.is_open,
    )


def _waiting(actor: Actor) -> dict[str, int]:
    """How many things wait for this reader, by the endpoint of the place where they do."""
    if may_at_all(Permission.SHEETS_VIEW, actor.roles):
        return {"decision_sheets.index": decision_sheets.count_waiting(actor, clock.now())}
    asked_of_us = {
        "demands.index": demands.count_waiting(actor, clock.today()),
        "disclosure_queue.waiting": disclosure_queue.count(actor, clock.now()),
    }
    if not may_at_all(Permission.LOOKS_REVIEW, actor.roles):
        return asked_of_us
    emergencies = waiting_emergencies.waiting(actor)
    return asked_of_us | {
        "reviews.index": weekly_reviews.count(actor, clock.now()),
        "cards.openings": emergencies.cards,
        "tellings.index": emergencies.told,
        "doors.index": emergencies.doors,
        "client_request_queue.index": client_request_queue.count_waiting(actor),
    }


def install(app: Flask) -> None:
    """Puts the frame around every template."""
    app.context_processor(lambda: {"frame": frame()})
