"""Rates side by side on one scale, each as far as its print goes: a band for what it may be, a mark for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.publishing.drawings import (
    FILL,
    INK,
    LINE,
    SOFT_INK,
    WASH,
    Drawing,
    in_lines,
)

_LINE: Final = 18
_BAND: Final = 14
_GAP: Final = 14
_SIDE: Final = 2
TICKS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class RateLine:
    """One rate as printed: its words, the whole number where one is printed, and the bounds that the print promises.

    Without bounds nothing is printed, and nothing is drawn but the words.
    """

    label: str
    text: str
    percent: int | None
    bounds: tuple[float, float] | None


def rate_chart(rates: Sequence[RateLine], summary: str, width: int = 350) -> str:
    """Answers with the SVG of rates from 0 to 100 %, the first one on top.

    `summary` is read aloud instead of the picture. Raises ValueError where there is nothing to draw.
    """
    if not rates:
        raise ValueError("a chart has at least one rate")
    drawing = Drawing(width, summary)
    per_point = (width - 2 * _SIDE) / 100
    foot = 0.0
    for rate in rates:
        foot = _draw(drawing, rate, foot, per_point)
    drawing.line((_SIDE, foot), (width - _SIDE, foot), stroke=SOFT_INK)
    for tick in TICKS:
        at = _SIDE + tick * per_point
        drawing.line((at, foot), (at, foot + 4), stroke=SOFT_INK)
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        edge = {0: 0.0, 100: float(width)}.get(tick, at)
        drawing.text((edge, foot + _LINE), f"{tick} %", anchor=anchor, ink=SOFT_INK)
    return drawing.svg(foot + _LINE + 6)


def _draw(drawing: Drawing, rate: RateLine, top: float, per_point: float) -> float:
    drawing.mark(f"{rate.label}: {rate.text}")
    foot = top
    for line in in_lines(rate.label, drawing.width):
        foot += _LINE
        drawing.text((0, foot - 4), line)
    foot += _LINE
    drawing.text((0, foot - 5), rate.text, bold=True)
    foot += 2
    middle = foot + _BAND / 2
    drawing.line((_SIDE, middle), (drawing.width - _SIDE, middle), stroke=LINE, stroke_width=2)
    if rate.bounds is not None:
        low, high = rate.bounds
        drawing.shape(
            "rect",
            x=_SIDE + low * per_point,
            y=foot,
            width=(high - low) * per_point,
            height=_BAND,
            fill=WASH,
            stroke=FILL,
        )
    if rate.percent is not None:
        at = _SIDE + rate.percent * per_point
        drawing.shape("rect", x=at - 2, y=foot - 2, width=4, height=_BAND + 4, fill=INK)
    drawing.leave()
    return foot + _BAND + _GAP
