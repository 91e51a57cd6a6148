"""Sentences in a language that was asked for, where no page is around them: commands, documents and mail."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from typing import Any

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.settings import PROJECT

TRANSLATIONS = PROJECT / "caseflow" / "translations"


def teller(wished: str) -> Callable[[Message | Label | str], str]:
    """Says sentences in this language, nl or en, whatever the reader's own: for a document that was asked for in it."""
    there = gettext.translation("messages", str(TRANSLATIONS), languages=[wished], fallback=True)
    return lambda message: said_in(message, there, wished)


def said_in(message: Message | Label | str, there: gettext.NullTranslations, wished: str) -> str:
    """One sentence out of a catalogue; names and figures in it are left as they are."""
    if isinstance(message, Label):
        return message.in_language(wished)
    if isinstance(message, str):
        return message
    text = there.gettext(message.text)
    if not message.values:
        return text
    return text % {key: plain(value, there, wished) for key, value in message.values.items()}


def plain(value: Any, there: gettext.NullTranslations, wished: str) -> str:
    """A value as it stands in a sentence: a day as year-month-day, a sentence in its own language."""
    if isinstance(value, Message | Label):
        return said_in(value, there, wished)
    return value.isoformat() if isinstance(value, date) else str(value)
