"""What a colleague chose to see, kept for as long as the session: in memory here, never in the browser.

Codes of the program only (which cases, in what order); what was typed into a search is kept nowhere.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from flask import Flask, current_app, session

SESSIONS_AT_MOST: Final = 2000
"""For how many sessions choices are kept; the oldest is forgotten, and its list is the usual one again."""


class KeptChoices:
    """Choices by session; the key says nothing about who it is (`visits.Visit.key`)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._lock = Lock()

    def keep(self, key: str, choice: str, code: str) -> None:
        """Keeps one choice of one session."""
        with self._lock:
            self._kept.setdefault(key, {})[choice] = code
            self._kept.move_to_end(key)
            while len(self._kept) > SESSIONS_AT_MOST:
                self._kept.popitem(last=False)

    def kept(self, key: str, choice: str) -> str | None:
        """What was chosen; None where nothing was."""
        with self._lock:
            return self._kept.get(key, {}).get(choice)


def install(app: Flask) -> None:
    """Gives the application its memory of choices."""
    app.extensions["caseflow.kept_choices"] = KeptChoices()


def keep(choice: str, code: str) -> None:
    """Keeps a choice for this session."""
    _choices().keep(session.key, choice, code)  # type: ignore[attr-defined]


def kept(choice: str) -> str | None:
    """What was chosen in this session; None where nothing was."""
    return _choices().kept(session.key, choice)  # type: ignore[attr-defined]


def _choices() -> KeptChoices:
    found: KeptChoices = current_app.extensions["caseflow.kept_choices"]
    return found
