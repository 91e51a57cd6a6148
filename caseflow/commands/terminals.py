"""Where commands speak: sentences in the reader's language, or one JSON document."""

from __future__ import annotations

import gettext
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.settings import PROJECT

TRANSLATIONS = PROJECT / "caseflow" / "translations"


@cache
def _catalogue() -> gettext.NullTranslations:
    """The catalogue that `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG` asks for; English where none is."""
    return gettext.translation("messages", str(TRANSLATIONS), fallback=True)


def language() -> str:
    """The language that `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG` asks for first: nl, else en."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wished = os.environ.get(variable)
        if wished:
            return "nl" if wished.lower().startswith("nl") else "en"
    return "en"


def told(message: Message | Label | str) -> str:
    """One sentence in the reader's language; names and figures in it are left as they are."""
    return _in(message, _catalogue(), language())


def teller(wished: str) -> Callable[[Message | Label | str], str]:
    """Says sentences in this language, nl or en, whatever the reader's own: for a document that was asked for in it."""
    there = gettext.translation("messages", str(TRANSLATIONS), languages=[wished], fallback=True)
    return lambda message: _in(message, there, wished)


def _in(message: Message | Label | str, there: gettext.NullTranslations, wished: str) -> str:
    if isinstance(message, Label):
        return message.in_language(wished)
    if isinstance(message, str):
        return message
    text = there.gettext(message.text)
    if not message.values:
        return text
    return text % {key: _plain(value, there, wished) for key, value in message.values.items()}


def _plain(value: Any, there: gettext.NullTranslations, wished: str) -> str:
    if isinstance(value, Message | Label):
        return _in(value, there, wished)
    return value.isoformat() if isinstance(value, date) else str(value)


def say(line: Message | Label | str) -> None:
    """Writes one line on standard output, at once: whoever reads a pipe waits for it."""
    sys.stdout.write(f"{told(line)}\n")
    sys.stdout.flush()


def complain(line: Message | str) -> None:
    """Writes one line on standard error, whatever line ends stood in it."""
    sys.stderr.write(f"{' '.join(told(line).split())}\n")
    sys.stderr.flush()


def document(value: Mapping[str, Any] | list[Any]) -> None:
    """Writes the one JSON document that `--json` promises on standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=1, default=_as_text))


def _as_text(value: Any) -> str:
    return _plain(value, _catalogue(), language())
