"""A picture as SVG, written by hand: shapes and letters, no script, no style, no address, no library.

Every number on it was printed before. A picture is read aloud by its one description; a mark carries its own words
as a title, which a mouse shows and a program can read.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final
from xml.etree import ElementTree

SVG: Final = "http://www.w3.org/2000/svg"
INK: Final = "#1d2b30"
SOFT_INK: Final = "#4c5a60"
FILL: Final = "#0b5563"
WASH: Final = "#c9dde1"
LINE: Final = "#cbc4b8"
PAPER: Final = "#ffffff"
LETTERS: Final = "Noto Sans, DejaVu Sans, sans-serif"
LETTER: Final = 13
"""Pixels: the height of letters."""
_LETTER_WIDTH: Final = 0.56
"""Of their height, on average over Dutch and English words in Noto Sans; bold ones are somewhat wider."""

Value = str | float
Point = tuple[float, float]


class Drawing:
    """A picture that grows downwards; `text` and `shape` add to it, `svg` answers with it."""

    def __init__(self, width: int, words: str) -> None:
        self.width = width
        self._root = ElementTree.Element("svg", {"xmlns": SVG, "role": "img", "aria-label": words})
        self._into = self._root

    def mark(self, words: str) -> None:
        """Begins a mark: what follows belongs together and is called so."""
        self._into = ElementTree.SubElement(self._root, "g")
        ElementTree.SubElement(self._into, "title").text = words

    def leave(self) -> None:
        """Ends a mark: what follows belongs to the picture."""
        self._into = self._root

    def shape(self, kind: str, **attributes: Value) -> None:
        """Adds a shape; `stroke_width` is written stroke-width."""
        ElementTree.SubElement(self._into, kind, _plain(attributes))

    def line(self, start: Point, end: Point, **attributes: Value) -> None:
        """Adds a straight line."""
        self.shape("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)

    def lines(self, points: Sequence[Point], **attributes: Value) -> None:
        """Adds straight lines from point to point."""
        along = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self.shape("polyline", points=along, fill="none", **attributes)

    def text(
        self, at: Point, words: str, *, bold: bool = False, anchor: str = "start", ink: str = INK
    ) -> None:
        """Adds words on one line, their foot at a point."""
        written = ElementTree.SubElement(
            self._into,
            "text",
            _plain(
                {
                    "x": at[0],
                    "y": at[1],
                    "font_family": LETTERS,
                    "font_size": LETTER,
                    "fill": ink,
                    "text_anchor": anchor,
                    **({"font_weight": "bold"} if bold else {}),
                }
            ),
        )
        written.text = words

    def svg(self, height: float) -> str:
        """Answers with the picture, so many pixels high."""
        size = {"width": _number(self.width), "height": _number(height)}
        box = f"0 0 {size['width']} {size['height']}"
        for name, value in {**size, "viewBox": box}.items():
            self._root.set(name, value)
        return ElementTree.tostring(self._root, encoding="unicode")


def width_of(words: str, *, bold: bool = False) -> float:
    """About how many pixels wide words are."""
    return len(words) * LETTER * _LETTER_WIDTH * (1.08 if bold else 1)


def in_lines(words: str, width: float) -> list[str]:
    """The words in as many lines as they need at a width in pixels."""
    return wrap(words, max(8, int(width / (LETTER * _LETTER_WIDTH)))) or [""]


def _plain(attributes: dict[str, Value]) -> dict[str, str]:
    return {
        name.replace("_", "-"): value if isinstance(value, str) else _number(value)
        for name, value in attributes.items()
    }


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
