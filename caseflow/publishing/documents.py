"""Makes a tagged PDF (PDF/UA-1) of a layout and its words; every paper of the program is made here.

Nothing is formatted into markup: the words go in as JSON and come out as text, so that no word can become a command.
The fonts come with the program (`tools/vendor.py`), none of the machine is used, and neither files nor the network.
What is made says neither when nor where nor by whom: the same layout and words are the same bytes.
"""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from pypdf import PdfReader
from pypdf.errors import PyPdfError

STANDARD: Final = ("ua-1",)
FONT_FOLDER: Final = Path(__file__).resolve().parents[1] / "static" / "vendor" / "print"
SERIF: Final = '("Libertinus Serif", "Noto Sans Arabic", "Noto Sans Ethiopic", "DejaVu Sans Mono")'
"""Fonts of papers that hold names and words of clients, in the order in which they are asked for a sign."""


class NotPrintable(Exception):
    """The fonts lack a sign, or the paper is not accessible. What the engine says is kept out: it repeats words.

    `fields` are the ids of where such a sign stands, where the caller knows fields.
    """

    def __init__(self, fields: tuple[str, ...] = ()) -> None:
        super().__init__("a sign that no font of the program has")
        self.fields = fields


def made(layout: str, name: str, words: Any) -> bytes:
    """The paper as a PDF; `name` is how the layout calls its only input. Raises `NotPrintable`."""
    try:
        return bytes(
            typst.compile(
                layout.encode("utf-8"),
                format="pdf",
                sys_inputs={name: json.dumps(words, ensure_ascii=False, sort_keys=True)},
                font_paths=_fonts(),
                ignore_system_fonts=True,
                pdf_standards=list(STANDARD),
            )
        )
    except typst.TypstError:
        raise NotPrintable from None


def words_of(pdf: bytes) -> str:
    """Every word that a reader finds in a PDF, its metadata included; empty where a passphrase keeps it."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted:
            return ""
        said = [str(one) for one in (reader.metadata or {}).values()]
        return "\n".join([*said, *(page.extract_text() for page in reader.pages)])
    except PyPdfError:
        return ""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])
