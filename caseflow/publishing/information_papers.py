"""What every client is told, as a tagged PDF: one text, in one or two languages, about nobody; its title is neutral."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from caseflow.domain.information_texts import InformationText
from caseflow.publishing import documents

LAYOUT: Final = """
#let d = json(bytes(sys.inputs.paper))
#set document(title: d.name, date: none)
#set page(paper: "a4", margin: (x: 24mm, y: 22mm), numbering: "1 / 1")
#let latin = ("Noto Sans", "Noto Sans Extended", "Noto Sans Arabic", "Noto Sans Ethiopic")
#let arabic = ("Noto Sans Arabic", "Noto Sans", "Noto Sans Extended")
#set text(font: latin, fallback: false, size: 12pt, fill: rgb("#1d2b30"), hyphenate: false)
#set par(justify: false, leading: 0.72em, spacing: 1.2em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 1): set block(above: 0pt, below: 1em)
#show heading.where(level: 2): set block(above: 1.4em, below: 0.7em, sticky: true)
#show heading.where(level: 2): set text(size: 12.5pt)

#for (place, sheet) in d.sheets.enumerate() {
  if place > 0 { pagebreak() }
  let turned = sheet.direction == "rtl"
  set text(lang: sheet.language, dir: if turned { rtl } else { ltr }, font: if turned { arabic } else { latin })
  set par(leading: 0.95em) if turned
  set align(if turned { right } else { left })
  heading(level: 1, sheet.title)
  for part in sheet.parts {
    heading(level: 2, part.heading)
    for line in part.words { par(line) }
  }
  set text(lang: "nl", dir: ltr, font: latin, size: 9pt)
  set align(left)
  if sheet.note != "" { block(above: 2.2em, sheet.note) }
  block(above: if sheet.note == "" { 2.2em } else { 1em }, sheet.number)
}
"""
"""The whole paper; `sys.inputs.paper` is its only input."""


def information_pdf(name: str, texts: Sequence[InformationText], note: str) -> bytes:
    """The text in each of these languages, one after the other; `note` stands under one that nobody checked yet.

    Raises `documents.NotPrintable` rather than print an empty box where a sign of some script should be.
    """
    paper = {"name": name, "sheets": [_sheet(one, note) for one in texts]}
    return documents.made(LAYOUT, "paper", paper)


def _sheet(text: InformationText, note: str) -> dict[str, Any]:
    return {
        "language": text.language,
        "direction": text.direction,
        "title": text.title,
        "parts": [{"heading": one.heading, "words": list(one.words)} for one in text.parts],
        "note": "" if text.reviewed else note,
        "number": f"{text.kind.value} {text.version} · {text.language}",
    }
