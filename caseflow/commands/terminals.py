"""Where commands speak: sentences in the reader's language, or one JSON document."""

from __future__ import annotations

import gettext
import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.tellers import TRANSLATIONS, plain, said_in, teller

__all__ = ["complain", "document", "language", "say", "teller", "told"]


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
    return said_in(message, _catalogue(), language())


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
    return plain(value, _catalogue(), language())
