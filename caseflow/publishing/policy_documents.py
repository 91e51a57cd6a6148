"""The firewall report as a tagged PDF from words that were already said in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseflow.publishing import documents

LAYOUT: Final = """
#let d = json(bytes(sys.inputs.document))
#set document(title: d.title, date: none)
#set page(paper: "a4", flipped: true, margin: (x: 15mm, y: 14mm), numbering: "1 / 1")
#set text(lang: d.language, font: "Libertinus Serif", size: 9pt)
#set par(justify: false)
#set heading(numbering: none)
#show heading.where(level: 2): set block(above: 1.6em)
#show heading.where(level: 3): set block(above: 1.4em, below: 0.8em)
#set table(stroke: (x: none, y: 0.4pt + luma(60%)), inset: (x: 4pt, y: 3pt), align: left + top)
#show table.cell.where(y: 0): set text(weight: "bold")

#let phrases(cell) = if type(cell) == array {
  if cell.len() == 1 { cell.first() } else { list(spacing: 0.45em, ..cell) }
} else { cell }

= #d.title
#for line in d.facts { par(line) }
#outline(title: d.words.contents, target: heading.where(level: 2))

#for section in d.sections {
  [== #section.title]
  par(section.lead)
  for table-of in section.tables {
    [=== #table-of.caption]
    for line in table-of.note { par(line) }
    if table-of.lines.len() > 0 {
      let heads = table-of.columns + (d.words.norms,)
      table(
        columns: (1.1fr,) + (1.6fr,) * (heads.len() - 2) + (0.9fr,),
        table.header(..heads),
        ..table-of.lines.map(line => line.cells.map(phrases) + (line.norms.join(", "),)).flatten(),
      )
    } else {
      par(table-of.empty)
    }
  }
}
"""
"""The whole document; `sys.inputs.document` is its only input."""


def policy_pdf(document: Mapping[str, Any]) -> bytes:
    """The report as a PDF in its own language. Raises `documents.NotPrintable` where it is not accessible."""
    return documents.made(LAYOUT, "document", document)
