"""Pages for what went wrong: one plain sentence, nothing that was asked for, nothing that was found."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from caseflow.domain.messages import N_, Message
from caseflow.services.gatekeeping import CaseIsOver, NotKnown
from caseflow.services.interruptions import (
    DONE_ALREADY,
    UNTOLD,
    ChangedMeanwhile,
    DoneAlready,
    OutcomeUntold,
    StoreBusy,
    VaultSealed,
)
from caseflow.web.pages import page

SENTENCES: Final[dict[int, tuple[Message, Message]]] = {
    400: (
        N_("We could not accept this"),
        N_(
            "The page was open for too long, or it was not sent from here. Nothing was changed. "
            "Go back, open the page again and try once more."
        ),
    ),
    404: (
        N_("This page is not here"),
        N_("It does not exist, or it is not for you. Check the address, or start again."),
    ),
    405: (
        N_("That cannot be done here"),
        N_("Go back and use the buttons on the page."),
    ),
    409: (
        N_("A colleague was a moment earlier"),
        N_("Something here changed while you were working. Open the page again and look first."),
    ),
    413: (
        N_("That was too much at once"),
        N_("What you sent is too large. Make it shorter and try again."),
    ),
    429: (
        N_("Too many attempts"),
        N_("Wait a few minutes and try again."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing half done was kept. Try again; if it stays, tell your administrator the time."),
    ),
    503: (
        N_("Not possible at this moment"),
        N_("Another change is still being written. Wait a moment and try again."),
    ),
}
OVER: Final = N_("This case is over")
SENT_TWICE: Final = N_("This was sent twice")
NOT_TOLD: Final = N_("Saved, but not written down everywhere")
SEALED: Final = (
    N_("This part is sealed"),
    N_(
        "The words about people are locked away. Someone who holds the key of this organisation can "
        "open them on the page Vault. Beds and dates go on as usual."
    ),
)


def install(app: Flask) -> None:
    """Answers every error with a page of ours; a thing that is not for the reader is a thing that is not there."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _outdated)
    app.register_error_handler(CaseIsOver, lambda e: _shown(409, OVER, e.refused.reason))
    app.register_error_handler(NotKnown, lambda _: _shown(404))
    app.register_error_handler(ChangedMeanwhile, lambda _: _shown(409))
    app.register_error_handler(DoneAlready, lambda _: _shown(409, SENT_TWICE, DONE_ALREADY))
    app.register_error_handler(VaultSealed, _sealed)
    app.register_error_handler(StoreBusy, _busy)
    app.register_error_handler(OutcomeUntold, _untold)


def _refused(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, as it was made
    code = {401: 404, 403: 404}.get(error.code, error.code)
    if code not in SENTENCES:
        code = 400 if code < 500 else 500
    response = _shown(code)
    if code == 405:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "GET, HEAD")
    return response


def _outdated(error: CSRFError) -> AnyResponse:
    """A form whose token is of another session: what was typed comes back, where it is not a secret."""
    from caseflow.web import unsaved_words

    return unsaved_words.answer() or _refused(error)


def _sealed(_: VaultSealed) -> AnyResponse:
    """Words that were typed come back in the page; nothing of them is kept anywhere else."""
    from caseflow.web import unsaved_words

    return unsaved_words.answer_sealed() or _shown(503, *SEALED)


def _busy(error: StoreBusy) -> Response:
    from flask import current_app

    current_app.logger.error("A store did not answer: %s", type(error.orig).__name__)
    return _shown(503)


def _untold(error: OutcomeUntold) -> Response:
    from flask import current_app

    current_app.logger.error(
        "The change %s stands; its outcome is not in the log.", error.change_id
    )
    return _shown(503, NOT_TOLD, UNTOLD)


def _shown(code: int, title: Message | None = None, sentence: Message | None = None) -> Response:
    g.is_error = True
    if code >= 500 and title is None:
        g.without_stores = True  # the page must come even where no store answers
        g.pop("language", None)
    own_title, own_sentence = SENTENCES[code]
    return page(
        "errors/error.html",
        status=code,
        title=title or own_title,
        sentence=sentence or own_sentence,
    )
