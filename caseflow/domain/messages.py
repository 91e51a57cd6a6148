"""Sentences for people, kept apart from the language they will be read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Message:
    """A sentence with its English text as the key and the values it mentions.

    Values are dates, numbers, ids or coded labels; never words about a person, because a message may
    end up in a log or on a colleague's screen.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.values:
            return self.text
        plain = {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.values.items()
        }
        return self.text % plain


def N_(text: str, **values: Any) -> Message:  # noqa: N802 - the name translators' tools look for
    """Marks a sentence for translation and binds its values."""
    return Message(text, values)
