"""Dutch and English: the one chosen in this browser, else the account's, else the browser's own, else Dutch."""

from __future__ import annotations

from typing import Final

from flask import Flask, g, request, session
from flask_babel import Babel

from caseflow.web import sign_ins

LANGUAGES: Final = ("nl", "en")
DEFAULT: Final = "nl"


def current() -> str:
    """The language of this answer."""
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def _chosen() -> str:
    here = session.get("language")
    if here in LANGUAGES:
        return str(here)
    known = sign_ins.signed_in()
    if known is not None and known.locale in LANGUAGES:
        return known.locale
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT


def install(app: Flask) -> None:
    """Translates every page into the reader's language."""
    Babel(app, default_locale=DEFAULT, default_timezone="Europe/Amsterdam", locale_selector=current)
