"""The quarterly report as a tagged PDF: printed figures with their charts and tables, and what they mean."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from caseflow.publishing import documents
from caseflow.publishing.documents import NotPrintable as NotPrintable

FONTS: Final = '("Libertinus Serif", "DejaVu Sans Mono")'
KEPT: Final = 8
"""How many reports stay in memory: whoever fetches one after the other does not make it anew."""


LAYOUT: Final = """
#let d = json(bytes(sys.inputs.report))
#let ink = rgb("#1d2b30")
#let accent = rgb("#0b5563")
#let faint = luma(62%)
#set document(title: d.title, date: none)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 22mm, bottom: 24mm),
  footer: context {
    set text(size: 8.5pt, fill: luma(35%))
    grid(columns: (1fr, auto), d.footer, counter(page).display("1 / 1", both: true))
  },
)
#set text(lang: d.language, font: FONTS, size: 10.5pt, fill: ink)
#set par(justify: false, leading: 0.68em, spacing: 1.25em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 22pt, fill: accent)
#show heading.where(level: 2): set text(size: 15pt, fill: accent)
#show heading.where(level: 2): set block(above: 1.9em, below: 0.9em)
#show heading.where(level: 3): set text(size: 12pt)
#show heading.where(level: 3): set block(above: 1.5em, below: 0.7em)
#set table(stroke: (x: none, y: 0.4pt + faint), inset: (x: 4pt, y: 4.5pt), align: left + top)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: false)
#show figure: set align(left)
#show figure.caption: set align(left)
#show figure.caption: set text(size: 9.5pt)

#let plain(words) = words.split("\\n").join(linebreak())
#let right(cell) = table.cell(align: end + top, cell)

#text(size: 10.5pt, fill: accent, weight: "bold", d.kicker)

= #d.title
#for line in d.lead { par(text(size: 12pt, line)) }

#if d.warnings.len() > 0 {
  block(width: 100%, inset: 9pt, stroke: 1.2pt + rgb("#8a1f11"), breakable: false)[
    #for line in d.warnings { par(strong(line)) }
  ]
}

#if d.rates.rows.len() > 0 {
  [== #d.rates.title]
  for line in d.rates.lead { par(line) }
  for rate in d.rates.rows {
    block(breakable: false, above: 1.3em, below: 1.3em)[
      #grid(
        columns: (32mm, 1fr),
        column-gutter: 5mm,
        text(size: 17pt, weight: "bold", fill: accent, rate.printed),
        [*#rate.label* \\ #rate.note],
      )
    ]
  }
}

#if d.words.paragraphs.len() > 0 {
  [== #d.words.title]
  if d.words.note != "" { par(text(size: 9.5pt, d.words.note)) }
  {
    set text(lang: d.words.language)
    for one in d.words.paragraphs { par(plain(one)) }
  }
}

#if d.tables.len() > 0 {
  [== #d.tables-title]
  for line in d.tables-lead { par(line) }
  for one in d.tables {
    [=== #one.label]
    if one.definition != "" { block(sticky: true, par(one.definition)) }
    if one.svg != "" {
      figure(
        image(bytes(one.svg), format: "svg", width: 112mm, alt: one.alt),
        caption: one.caption,
        kind: image, supplement: none, numbering: none,
      )
    }
    block(breakable: one.rows.len() > 20, table(
      columns: (1fr, 34mm, 48mm),
      table.header(one.heads.at(0), right(one.heads.at(1)), one.heads.at(2)),
      ..one.rows.map(row => (
        if row.total { strong(row.label) } else { row.label },
        right(if row.total { strong(row.printed) } else { row.printed }),
        row.status,
      )).flatten(),
    ))
  }
}

#if d.times.rows.len() > 0 {
  [== #d.times.title]
  block(sticky: true, par(d.times.lead))
  figure(
    image(bytes(d.times.svg), format: "svg", width: 112mm, alt: d.times.alt),
    kind: image, supplement: none, numbering: none,
  )
  block(breakable: false, table(
    columns: (1fr, 60mm),
    table.header(..d.times.heads),
    ..d.times.rows.flatten(),
  ))
}

#if d.definitions.rows.len() > 0 {
  [== #d.definitions.title]
  table(
    columns: (0.9fr, 1.5fr, 0.9fr, 0.9fr),
    table.header(..d.definitions.heads),
    ..d.definitions.rows.flatten(),
  )
}

== #d.reading.title
#for line in d.reading.lines { par(line) }

== #d.proof.title
#for line in d.proof.lines { par(line) }
#table(
  columns: (46mm, 1fr),
  table.header(..d.proof.heads),
  ..d.proof.facts.map(fact => (fact.at(0), text(font: "DejaVu Sans Mono", size: 8pt, fact.at(1)))).flatten(),
)
""".replace("FONTS", FONTS)
"""The whole report; `sys.inputs.report` is its only input."""


def report_pdf(report: dict[str, Any]) -> bytes:
    """The report as a PDF, from words that were already said in its language.

    Raises `NotPrintable` rather than print an empty box where a sign of some script should be.
    """
    return _compiled(json.dumps(report, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=KEPT)
def _compiled(words: str) -> bytes:
    return documents.made(LAYOUT, "report", json.loads(words))
