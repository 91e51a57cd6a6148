"""The list for a fire as a PDF under a passphrase (AES-256, ISO 32000-2), which opens on any phone or computer.

It is made in memory: nothing plain is written anywhere. Inside lies the same list as JSON, for a program that reads
it. The size of the file is a step of many kilobytes, so that it does not tell how many people sleep in a house.
"""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from caseflow.publishing import documents
from caseflow.publishing.documents import NotPrintable as NotPrintable

STEP: Final = 64 * 1024
"""Bytes to which a file is filled up."""
_TAIL: Final = 512
"""Blank bytes at most after the end of the document: readers look for its end in the last 1024."""
ATTACHED: Final = "list.json"

LAYOUT: Final = """
#let d = json(bytes(sys.inputs.list))
#set document(title: d.title, date: none)
#set page(paper: "a4", margin: (x: 14mm, y: 14mm), numbering: "1 / 1")
#set text(lang: d.language, font: ("Libertinus Serif", "DejaVu Sans Mono"), fallback: false, size: 12pt)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 18pt)

= #d.title: #d.site
#d.at

#text(size: 14pt, weight: "bold", d.counts)

#table(
  columns: (auto, auto, auto, 1fr, auto, auto),
  inset: 6pt,
  stroke: 0.6pt,
  table.header(..d.columns.map(one => text(weight: "bold", one))),
  ..d.rows.flatten().map(one => [#one]),
)
#d.note
"""
"""Names in a script that a fire brigade does not read are refused here: then the client code stands for them."""


class NotOpened(Exception):
    """The passphrase does not open the file, or it is no list of ours."""


def evacuation_pdf(printed: Mapping[str, Any], kept: Mapping[str, Any], passphrase: str) -> bytes:
    """The list as an encrypted file: `printed` is what stands on paper, `kept` what a program reads.

    Raises `NotPrintable` rather than print an empty box where a sign of some script should be.
    """
    plain = documents.made(LAYOUT, "list", printed)
    bare = len(_encrypted(plain, {**kept, "fill": ""}, passphrase))
    whole = -(-(bare + _TAIL) // STEP) * STEP
    fill = "0" * (whole - bare - _TAIL // 2)
    made = _encrypted(plain, {**kept, "fill": fill}, passphrase)
    return made + b"\n" * (whole - len(made))


def _encrypted(plain: bytes, kept: Mapping[str, Any], passphrase: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.add_attachment(ATTACHED, json.dumps(kept, ensure_ascii=False).encode("utf-8"))
    # nobody has the owner's passphrase: it would open the file as well
    writer.encrypt(passphrase, owner_password=secrets.token_urlsafe(32), algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def opened(content: bytes, passphrase: str) -> dict[str, Any]:
    """What a program reads in the file. Raises `NotOpened`, for a wrong passphrase and for a file of another kind."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if not reader.is_encrypted or not reader.decrypt(passphrase):
            raise NotOpened
        kept = json.loads(reader.attachments[ATTACHED][0])
    except (PyPdfError, KeyError, IndexError, ValueError, TypeError, OSError):
        raise NotOpened from None
    if not isinstance(kept, dict) or "sleepers" not in kept:
        raise NotOpened
    kept.pop("fill", None)
    return kept
