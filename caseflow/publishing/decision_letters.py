"""A letter as a tagged PDF (PDF/UA-1) from words that were already said in the client's language.

Nothing is formatted into markup: the words go in as JSON and come out as text, so that no word of a letter can become a
command. No fonts of the machine, no files and no network are used. The file says neither when nor where nor by whom it
was made, and its own title is *Letter*: what it is about stands on the paper alone.
"""

from __future__ import annotations

import json
from typing import Final

import typst

from caseflow.domain.decision_letters import read

STANDARD: Final = ("ua-1",)


class NotPrintable(Exception):
    """The fonts of the program lack a sign of this letter; no word of it is repeated."""


LAYOUT: Final = """
#let d = json(bytes(sys.inputs.letter))
#set document(title: d.name, date: none)
#set page(paper: "a4", margin: (x: 25mm, y: 25mm), numbering: "1 / 1")
#set text(lang: d.language, font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 12pt)
#set par(justify: false, leading: 0.8em, spacing: 1.2em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.9em)
#show heading.where(level: 2): set text(size: 13pt)

= #d.title
#for block in d.blocks {
  if block.heading { [== #block.words] } else { par(block.lines.join(linebreak())) }
}
"""
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
    try:
        return bytes(
            typst.compile(
                LAYOUT.encode("utf-8"),
                format="pdf",
                sys_inputs={"letter": json.dumps(letter, ensure_ascii=False)},
                ignore_system_fonts=True,
                pdf_standards=list(STANDARD),
            )
        )
    except typst.TypstError:
        raise NotPrintable from None  # what the compiler says would repeat the words
