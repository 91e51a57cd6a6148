"""A copy of the file as a tagged PDF, made in memory from words that were already said in a language.

Its own title is neutral: whose file it is stands on the paper alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from caseflow.domain.file_copies import Chapter, FileCopy, Passage
from caseflow.publishing import documents

FONTS: Final = documents.SERIF
CANNOT_BE_PRINTED: Final = "[…]"

LAYOUT: Final = """
#let d = json(bytes(sys.inputs.copy))
#set document(title: d.title, date: none)
#set page(paper: "a4", margin: (x: 22mm, y: 22mm), numbering: "1 / 1")
#set text(lang: d.language, font: FONTS, size: 11pt)
#set par(justify: false, leading: 0.7em, spacing: 1.1em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#set table(stroke: (x: none, y: 0.4pt + luma(70%)), inset: (x: 2pt, y: 4pt), align: left + top)

#let plain(words) = words.split("\\n").join(linebreak())

= #d.title
#for line in d.lead { par(line) }

#for chapter in d.chapters {
  [== #chapter.title]
  if chapter.facts.len() > 0 {
    table(columns: (1fr, 2fr), ..chapter.facts.map(fact => (fact.first(), plain(fact.last()))).flatten())
  }
  for line in chapter.lines { par(plain(line)) }
  for passage in chapter.passages { block(breakable: true)[*#passage.above* \\ #plain(passage.words)] }
  if chapter.empty { par(d.empty) }
}
#for line in d.more { par(line) }
""".replace("FONTS", FONTS)
"""The whole copy; `sys.inputs.copy` is its only input."""

_PROBE: Final = f"""
#set document(title: "signs", date: none)
#set text(font: {FONTS})
= Signs
#json(bytes(sys.inputs.copy))
"""


def file_copy_pdf(copy: FileCopy) -> bytes:
    """The copy as a PDF. Signs that no font of the program has stand as `[…]`, and the first page says how many.

    Raises `documents.NotPrintable` where the document is not accessible.
    """
    strange = _without_a_font(_signs(copy))
    if strange:
        copy = _with_gaps(copy, strange)
    return documents.made(LAYOUT, "copy", _document(copy))


def _document(copy: FileCopy) -> dict[str, Any]:
    return {
        "title": copy.title,
        "language": copy.language,
        "lead": list(copy.lead),
        "empty": copy.empty,
        "more": list(copy.more),
        "chapters": [
            {
                "title": one.title,
                "facts": [list(fact) for fact in one.facts],
                "lines": list(one.lines),
                "passages": [{"above": p.above, "words": p.words} for p in one.passages],
                "empty": one.is_empty,
            }
            for one in copy.chapters
        ],
    }


def _signs(copy: FileCopy) -> list[str]:
    """Every sign of the copy that is not plain Latin, once."""
    found: set[str] = set()

    def looked_at(words: str) -> str:
        found.update(words)
        return words

    _mapped(copy, looked_at)
    return sorted(sign for sign in found if sign > "\u024f")


def _without_a_font(signs: list[str]) -> set[str]:
    """The signs that cannot be printed, found by halving."""
    if not signs or _prints("".join(signs)):
        return set()
    if len(signs) == 1:
        return set(signs)
    half = len(signs) // 2
    return _without_a_font(signs[:half]) | _without_a_font(signs[half:])


def _prints(words: str) -> bool:
    try:
        documents.made(_PROBE, "copy", words)
    except documents.NotPrintable:
        return False
    return True


def _with_gaps(copy: FileCopy, strange: set[str]) -> FileCopy:
    """The same copy with a gap for each run of signs that cannot be printed, and how many gaps on its first page."""
    run = re.compile("[" + "".join(re.escape(sign) for sign in sorted(strange)) + r"]+(?:\s+["
                     + "".join(re.escape(sign) for sign in sorted(strange)) + "]+)*")  # fmt: skip
    gaps = 0

    def with_gaps(words: str) -> str:
        nonlocal gaps
        said, count = run.subn(CANNOT_BE_PRINTED, words)
        gaps += count
        return said

    copy = _mapped(copy, with_gaps)
    return replace(copy, lead=(*copy.lead, copy.unprinted.replace("%", str(gaps))))


def _mapped(copy: FileCopy, change: Callable[[str], str]) -> FileCopy:
    """The copy with every word of its chapters changed."""
    return replace(
        copy,
        chapters=tuple(
            Chapter(
                one.title,
                tuple((change(term), change(value)) for term, value in one.facts),
                tuple(change(line) for line in one.lines),
                tuple(Passage(change(p.above), change(p.words)) for p in one.passages),
            )
            for one in copy.chapters
        ),
    )
