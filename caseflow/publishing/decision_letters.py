"""A letter as a tagged PDF from words that were already said in the client's language.

Its own title is *Letter*: what it is about stands on the paper alone.
"""

from __future__ import annotations

from typing import Final

from caseflow.domain.decision_letters import read
from caseflow.publishing import documents
from caseflow.publishing.documents import NotPrintable as NotPrintable

LAYOUT: Final = """
#let d = json(bytes(sys.inputs.letter))
#set document(title: d.name, date: none)
#set page(paper: "a4", margin: (x: 25mm, y: 25mm), numbering: "1 / 1")
#set text(lang: d.language, font: SERIF, size: 12pt)
#set par(justify: false, leading: 0.8em, spacing: 1.2em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.9em)
#show heading.where(level: 2): set text(size: 13pt)

= #d.title
#for block in d.blocks {
  if block.heading { [== #block.words] } else { par(block.lines.join(linebreak())) }
}
""".replace("SERIF", documents.SERIF)
"""The whole letter; `sys.inputs.letter` is its only input."""


def letter_pdf(name: str, words: str, language: str) -> bytes:
    """A letter as a PDF, from the words as they are kept; `name` is what the file calls itself.

    Raises `NotPrintable` rather than print an empty box where a sign of some script should be.
    """
    title, blocks = read(words)
    letter = {
        "name": name,
        "title": title,
        "language": language,
        "blocks": [
            {"heading": one.is_heading, "words": one.words, "lines": one.words.split("\n")}
            for one in blocks
        ],
    }
    return documents.made(LAYOUT, "letter", letter)
