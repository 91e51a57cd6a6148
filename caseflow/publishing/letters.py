"""A letter as a tagged PDF in any of its languages, the same bytes for the same record and text.

Its own title is *Letter*: what it is about stands on the paper alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from caseflow.domain.composed_letters import COMPOSED, composed
from caseflow.domain.letter_texts import LetterTexts
from caseflow.domain.letters import Letter
from caseflow.publishing import documents
from caseflow.publishing.documents import NotPrintable as NotPrintable

LAYOUT: Final = (Path(__file__).parent / "letter.typ").read_text("utf-8")
"""The whole letter; `sys.inputs.letter` is its only input."""


@cache
def engine() -> str:
    """What a letter is printed with: the engine's version, digests of fonts and layout, and how words are joined."""
    fonts = hashlib.sha256()
    for path in sorted(documents.FONT_FOLDER.glob("*.ttf")):
        fonts.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    layout = hashlib.sha256(LAYOUT.encode("utf-8")).hexdigest()[:16]
    return f"typst {version('typst')}; fonts {fonts.hexdigest()[:16]}; layout {layout}; joined {COMPOSED}"


def letter_pdf(letter: Letter, texts: LetterTexts) -> bytes:
    """The letter as a PDF. Raises `LetterRefused` for what cannot be said, `NotPrintable` for a sign without a font."""
    words = asdict(composed(letter, texts))
    try:
        return documents.made(LAYOUT, "letter", words)
    except NotPrintable:
        raise NotPrintable(_where(letter)) from None


def _where(letter: Letter) -> tuple[str, ...]:
    """The fields that hold a sign which no font has; empty where it is the sender, the addressee or the text."""
    return tuple(one for one, value in letter.values.items() if not _prints(value))


def _prints(words: str) -> bool:
    sheet: dict[str, Any] = {
        "language": "nl", "direction": "ltr", "note": [], "title": "-", "facts": [], "blocks": [],
        "closing": "-", "signed": [words],
    }  # fmt: skip
    try:
        documents.made(
            LAYOUT, "letter", {"name": "-", "sender": [], "addressee": [], "sheets": [sheet]}
        )
    except NotPrintable:
        return False
    return True
