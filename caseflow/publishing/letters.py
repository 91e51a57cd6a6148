"""A letter as a tagged PDF (PDF/UA-1) in any of its languages, the same bytes for the same record and text.

Nothing is formatted into markup: the words go in as JSON and come out as text, so that no word of a letter can become a
command. The fonts come with the program (`tools/vendor.py`), none of the machine is used, and neither files nor the
network. The file says neither when nor where nor by whom it was made, and its own title is *Letter*.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import typst

from caseflow.domain.composed_letters import ComposedLetter, composed
from caseflow.domain.letter_texts import LetterTexts
from caseflow.domain.letters import Letter

STANDARD: Final = ("ua-1",)
FONT_FOLDER: Final = Path(__file__).resolve().parents[1] / "static" / "vendor" / "print"
LAYOUT: Final = (Path(__file__).parent / "letter.typ").read_text("utf-8")
"""The whole letter; `sys.inputs.letter` is its only input."""


class NotPrintable(Exception):
    """The fonts of the program lack a sign of this letter; `fields` are the ids of where it stands, no word of it."""

    def __init__(self, fields: tuple[str, ...] = ()) -> None:
        super().__init__("a sign that no font has")
        self.fields = fields


@cache
def engine() -> str:
    """What a letter is printed with: the engine's version, and digests of fonts and layout."""
    digest = hashlib.sha256()
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    layout = hashlib.sha256(LAYOUT.encode("utf-8")).hexdigest()
    return f"typst {version('typst')}; fonts {digest.hexdigest()[:16]}; layout {layout[:16]}"


def letter_pdf(letter: Letter, texts: LetterTexts) -> bytes:
    """The letter as a PDF. Raises `LetterRefused` for what cannot be said, `NotPrintable` for a sign without a font."""
    try:
        return _compiled(LAYOUT, _document(composed(letter, texts)))
    except typst.TypstError:
        raise NotPrintable(
            _where(letter)
        ) from None  # what the compiler says would repeat the words


def leaflet_pdf(made: ComposedLetter) -> bytes:
    """What a client is told, as a PDF. Raises `NotPrintable`."""
    try:
        return _compiled(LAYOUT, _document(made))
    except typst.TypstError:
        raise NotPrintable from None


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])


def _document(made: ComposedLetter) -> dict[str, Any]:
    return asdict(made)


def _compiled(layout: str, words: Any) -> bytes:
    return bytes(
        typst.compile(
            layout.encode("utf-8"),
            format="pdf",
            sys_inputs={"letter": json.dumps(words, ensure_ascii=False, sort_keys=True)},
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=list(STANDARD),
        )
    )


def _where(letter: Letter) -> tuple[str, ...]:
    """The fields that hold a sign which no font has; empty where it is the sender, the addressee or the text."""
    return tuple(one for one, value in letter.values.items() if not _prints(value))


def _prints(words: str) -> bool:
    sheet = {"language": "nl", "direction": "ltr", "note": [], "title": "-", "facts": [], "closing": "-",
             "signed": [words], "blocks": []}  # fmt: skip
    try:
        _compiled(LAYOUT, {"name": "-", "sender": [], "addressee": [], "sheets": [sheet]})
    except typst.TypstError:
        return False
    return True
