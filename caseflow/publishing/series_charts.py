"""Printed values over cut-offs: lines that break where nothing was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.publishing.drawings import (
    FILL,
    LINE,
    PAPER,
    SOFT_INK,
    Drawing,
    Point,
    Value,
    in_lines,
    width_of,
)

_HEIGHT: Final = 190
_LINE: Final = 20
_SIDE: Final = 14
_ABOVE: Final = 22
_LOOKS: Final = (
    (FILL, "none", "circle"),
    ("#8a4b00", "7,4", "square"),
    ("#46345f", "2,3", "diamond"),
)
"""Colour, dashes and mark of the first, second and third line: told apart without colour."""
MOST_LINES: Final = len(_LOOKS)
_STEPS: Final = (5, 10, 20, 25, 50, 100, 200, 250, 500)


@dataclass(frozen=True)
class Step:
    """One cut-off: how its day is spelled, and the printed value of each line there, if any.

    A value is (number, words); the number of a count below five is None. `is_gap` where nothing was published.
    """

    on: date
    day: str
    values: tuple[tuple[int | None, str] | None, ...]
    is_gap: bool = False


@dataclass(frozen=True)
class SeriesWords:
    """What the chart says besides its lines: their names, what is read aloud, and what the mark of a gap means."""

    summary: str
    names: tuple[str, ...]
    gap: str
    unit: str = ""


def series_chart(
    steps: Sequence[Step], words: SeriesWords, top: int | None = None, width: int = 350
) -> str:
    """Answers with the SVG of up to three lines over time, oldest cut-off first.

    `top` is the end of the scale, where it is not the nearest round number above the greatest value. Raises
    ValueError where there is nothing to draw, or there are more lines than looks.
    """
    if not steps or not 0 < len(words.names) <= MOST_LINES:
        raise ValueError("a chart of lines has at least one cut-off and one to three lines")
    drawing = Drawing(width, words.summary)
    foot = 0.0
    for place, name in enumerate(words.names):
        foot = _key(drawing, place, name, foot)
    if any(step.is_gap for step in steps):
        foot += _LINE
        _cross(drawing, (9, foot - 5))
        drawing.text((26, foot), words.gap, ink=SOFT_INK)
    plot = _Plot(drawing, steps, foot + _ABOVE, top or _round_above(steps), words.unit)
    plot.frame()
    for place, name in enumerate(words.names):
        plot.line(place, name)
    return drawing.svg(plot.bottom + _LINE + 6)


def _key(drawing: Drawing, place: int, name: str, top: float) -> float:
    foot = top
    colour, dashes, _ = _LOOKS[place]
    for number, line in enumerate(in_lines(name, drawing.width - 32)):
        foot += _LINE
        if number == 0:
            drawing.line((0, foot - 5), (18, foot - 5), stroke=colour, stroke_dasharray=dashes,
                         stroke_width=2)  # fmt: skip
            _marker(drawing, (9, foot - 5), place, is_open=False)
        drawing.text((26, foot), line)
    return foot


def _marker(drawing: Drawing, at: Point, place: int, *, is_open: bool) -> None:
    colour, _, kind = _LOOKS[place]
    look: dict[str, Value] = {
        "fill": PAPER if is_open else colour,
        "stroke": colour,
        "stroke_width": 1.5,
    }
    x, y = at
    if kind == "circle":
        drawing.shape("circle", cx=x, cy=y, r=4, **look)
    elif kind == "square":
        drawing.shape("rect", x=x - 3.5, y=y - 3.5, width=7, height=7, **look)
    else:
        corners = f"{x},{y - 5} {x + 5},{y} {x},{y + 5} {x - 5},{y}"
        drawing.shape("polygon", points=corners, **look)


def _cross(drawing: Drawing, at: Point) -> None:
    x, y = at
    for way in (-1, 1):
        drawing.line((x - 4, y - 4 * way), (x + 4, y + 4 * way), stroke=SOFT_INK, stroke_width=1.5)


def _round_above(steps: Sequence[Step]) -> int:
    greatest = max((value[0] or 0 for step in steps for value in step.values if value), default=0)
    step = _step(greatest)
    return max(step, -(-greatest // step) * step)


def _step(greatest: int) -> int:
    scale = 1
    while greatest > 4 * _STEPS[-1] * scale:
        scale *= 10
    return next(one * scale for one in _STEPS if greatest <= 4 * one * scale)


class _Plot:
    """The field between the axes."""

    def __init__(
        self, drawing: Drawing, steps: Sequence[Step], top: float, greatest: int, unit: str
    ) -> None:
        self._drawing = drawing
        self._steps = steps
        self._top = top
        self._greatest = greatest
        self._unit = unit
        self._first = steps[0].on
        self._days = max(1, (steps[-1].on - self._first).days)
        self._left = width_of(f"{greatest}{unit}") + _SIDE
        self._right = drawing.width - _SIDE - 10
        self.bottom = top + _HEIGHT

    def frame(self) -> None:
        """Draws the scale, the days and the marks of gaps."""
        step = _step(self._greatest)
        for value in range(0, self._greatest + 1, step):
            y = self._y(value)
            self._drawing.line((self._left, y), (self._right + 10, y), stroke=LINE)
            spelled = f"{value}{self._unit}"
            self._drawing.text((self._left - 6, y + 4), spelled, anchor="end", ink=SOFT_INK)
        free_from = -1.0
        last = self._steps[-1]
        for one in self._steps:
            x = self._x(one.on)
            self._drawing.line((x, self.bottom), (x, self.bottom + 4), stroke=SOFT_INK)
            if one.is_gap:
                _cross(self._drawing, (x, self.bottom - 8))
            half = width_of(one.day) / 2
            ends = self._drawing.width - 2 * half if one is last else x - half
            begins = max(0.0, min(ends, self._drawing.width - 2 * half))
            room = self._x(last.on) - half * 3 if one is not last else self._drawing.width
            if begins >= free_from and (one is last or begins <= room - half):
                self._drawing.text((begins, self.bottom + _LINE), one.day, ink=SOFT_INK)
                free_from = begins + 2 * half + 10

    def line(self, place: int, name: str) -> None:
        """Draws one line with its marks; it breaks where nothing is printed."""
        colour, dashes, _ = _LOOKS[place]
        run: list[Point] = []
        for one in (*self._steps, None):
            value = one.values[place] if one is not None else None
            if one is not None and value is not None and value[0] is not None:
                run.append((self._x(one.on), self._y(value[0])))
                continue
            if len(run) > 1:
                self._drawing.lines(run, stroke=colour, stroke_width=2, stroke_dasharray=dashes)
            run = []
        shown = [one for one in self._steps if one.values[place] is not None]
        for one in shown:
            value = one.values[place]
            if value is None:
                continue
            number, words = value
            at = (self._x(one.on), self._y(number or 0))
            self._drawing.mark(f"{name}, {one.day}: {words}")
            _marker(self._drawing, at, place, is_open=number is None)
            if one in (shown[0], shown[-1]):
                anchor = "end" if one is shown[-1] and at[0] > self._right - 40 else "start"
                edge = at[0] + 8 if anchor == "end" else max(at[0] - 4, self._left)
                foot = at[1] + (18 if self._is_close_below(one, place) else -9)
                self._drawing.text((edge, foot), words, bold=True, anchor=anchor)
            self._drawing.leave()

    def _is_close_below(self, step: Step, place: int) -> bool:
        """Whether the words of a value stand below it: of the lowest line, and of one close under another."""
        mine = step.values[place]
        y = self._y((mine[0] if mine else None) or 0)
        others = [self._y(one[0] or 0) for one in step.values if one is not None]
        above = [other for other in others if other < y]
        is_lowest = bool(above) and max(others) == y
        return y + 18 < self.bottom - 2 and (is_lowest or any(y - other < 34 for other in above))

    def _x(self, on: date) -> float:
        share = (on - self._first).days / self._days
        return self._left + 6 + share * (self._right - self._left - 6)

    def _y(self, value: int) -> float:
        return self.bottom - value / self._greatest * _HEIGHT
