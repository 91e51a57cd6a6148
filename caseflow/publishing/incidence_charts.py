"""How soon people leave and how: areas over the months that add up to everybody, in every month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.publishing.drawings import LINE, PAPER, SOFT_INK, Drawing, Point, in_lines, width_of

_HEIGHT: Final = 220
_LINE: Final = 20
_SWATCH: Final = 14
_FILLS: Final = ("#0b5563", "#7fb4bc", "#8a4b00", "#46345f", "#e4e0d8")
"""From the foot upwards; beside one another they differ in lightness, so that they are told apart without colour."""
MOST_AREAS: Final = len(_FILLS)
_EVERY: Final = (6, 12)
"""Months between the marks of the axis: twelve where six would stand too close."""
_SHARES: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Area:
    """One way out and the share of everybody that left in it by each month, from 0 to 1."""

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True)
class IncidenceWords:
    """What the chart says besides its areas: what is read aloud, and what the axis of months is called."""

    summary: str
    months: str


def incidence_chart(
    months: Sequence[int], areas: Sequence[Area], words: IncidenceWords, width: int = 560
) -> str:
    """Answers with the SVG of areas on top of one another: no script, no style, no address.

    Raises ValueError where there are fewer than two months, or no area or more than can be told apart.
    """
    if len(months) < 2 or not 0 < len(areas) <= MOST_AREAS:
        raise ValueError("a chart of areas has at least two months and one to five areas")
    drawing = Drawing(width, words.summary)
    foot = 0.0
    for place in reversed(range(len(areas))):
        foot = _key(drawing, _FILLS[place], areas[place].name, foot)
    plot = _Plot(drawing, months, foot + _LINE)
    plot.areas(areas)
    plot.frame(words.months)
    return drawing.svg(plot.bottom + 2 * _LINE + 6)


def _key(drawing: Drawing, fill: str, name: str, top: float) -> float:
    foot = top
    for number, line in enumerate(in_lines(name, drawing.width - 32)):
        foot += _LINE
        if number == 0:
            drawing.shape(
                "rect", x=0.5, y=foot - 12, width=_SWATCH, height=_SWATCH, fill=fill, stroke=SOFT_INK
            )  # fmt: skip
        drawing.text((_SWATCH + 10, foot), line)
    return foot


class _Plot:
    """The field between the axes: months from left to right, shares from the foot upwards."""

    def __init__(self, drawing: Drawing, months: Sequence[int], top: float) -> None:
        self._drawing = drawing
        self._months = months
        self._top = top
        self._left = width_of("100 %") + 10
        self._right = drawing.width - 10
        self.bottom = top + _HEIGHT

    def areas(self, areas: Sequence[Area]) -> None:
        """Draws each area on top of the one before, a line of paper between them."""
        below = [0.0] * len(self._months)
        for fill, area in zip(_FILLS, areas, strict=False):
            above = [low + share for low, share in zip(below, area.shares, strict=True)]
            over = [self._at(place, value) for place, value in enumerate(above)]
            under = [self._at(place, value) for place, value in enumerate(below)]
            corners = " ".join(f"{x:.2f},{y:.2f}" for x, y in (*over, *reversed(under)))
            self._drawing.mark(area.name)
            self._drawing.shape("polygon", points=corners, fill=fill, stroke=PAPER, stroke_width=1)
            self._drawing.leave()
            below = above

    def frame(self, months: str) -> None:
        """Draws the scale of shares and the axis of months."""
        for share in _SHARES:
            _, y = self._at(0, share / 100)
            self._drawing.line((self._left - 4, y), (self._left, y), stroke=SOFT_INK)
            self._drawing.text((self._left - 7, y + 4), f"{share} %", anchor="end", ink=SOFT_INK)
        span = self._months[-1] - self._months[0]
        every = _EVERY[0] if span <= 36 else _EVERY[1]
        for place, month in enumerate(self._months):
            if month % every:
                continue
            x, _ = self._at(place, 0)
            self._drawing.line((x, self.bottom), (x, self.bottom + 5), stroke=SOFT_INK)
            self._drawing.text((x, self.bottom + _LINE), str(month), anchor="middle", ink=SOFT_INK)
        self._drawing.line((self._left, self.bottom), (self._right, self.bottom), stroke=LINE)
        middle = (self._left + self._right) / 2
        foot = self.bottom + 2 * _LINE
        self._drawing.text((middle, foot), months, anchor="middle", ink=SOFT_INK)

    def _at(self, place: int, share: float) -> Point:
        first, last = self._months[0], self._months[-1]
        along = (self._months[place] - first) / max(1, last - first)
        height = min(1.0, max(0.0, share)) * _HEIGHT
        return self._left + along * (self._right - self._left), self.bottom - height
