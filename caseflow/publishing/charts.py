"""Charts drawn on the server from printed values only: a bar says what the table beside it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from caseflow.domain.rounding import PrintedCount
from caseflow.publishing.drawings import FILL, PAPER, Drawing, Value, in_lines, width_of

OPEN_LENGTH: Final = 9
"""Pixels: how long every bar of a count below five is, whatever stands beside it."""
_LINE: Final = 18
_BAR: Final = 14
_GAP: Final = 12
_BESIDE: Final = 6


class ChartWidth(Enum):
    """How wide the drawing is, in pixels; the narrow one keeps its letters readable on a phone."""

    NARROW = 350
    WIDE = 560


@dataclass(frozen=True)
class Bar:
    """One printed count, what it is called, and how its number is spelled where not plainly."""

    label: str
    printed: PrintedCount
    spelled: str | None = None

    @property
    def text(self) -> str:
        """Answers with the number beside the bar."""
        return self.spelled or self.printed.text


@dataclass(frozen=True)
class ChartWords:
    """What a chart says besides its bars, in the reader's language.

    `summary` is read aloud instead of the picture; `axis` says what the bars count.
    """

    summary: str
    axis: str


def outcome_chart(
    bars: Sequence[Bar], words: ChartWords, width: ChartWidth = ChartWidth.WIDE
) -> str:
    """Answers with the SVG of a bar chart, the first bar on top: no script, no style, no address.

    Bars of counts below five are open, dashed and all of one length, so that none shows its size.
    Raises ValueError where there is nothing to draw.
    """
    if not bars:
        raise ValueError("a chart has at least one bar")
    drawing = Drawing(width.value, words.summary)
    foot = 0.0
    for line in in_lines(words.axis, width.value * 0.92):
        foot += _LINE
        drawing.text((0, foot), line, bold=True)
    foot += _GAP / 2
    longest = max(bar.printed.value or 0 for bar in bars)
    beside = max(width_of(bar.text, bold=True) for bar in bars) + _BESIDE + 2
    for bar in bars:
        foot = _draw(drawing, bar, foot, (width.value - beside) / max(1, longest))
    return drawing.svg(foot)


def _draw(drawing: Drawing, bar: Bar, top: float, per_person: float) -> float:
    drawing.mark(f"{bar.label}: {bar.text}")
    foot = top
    for line in in_lines(bar.label, drawing.width):
        foot += _LINE
        drawing.text((0, foot - 4), line)
    length = OPEN_LENGTH if bar.printed.value is None else bar.printed.value * per_person
    if bar.printed.value is None:
        look: dict[str, Value] = {
            "fill": PAPER,
            "stroke": FILL,
            "stroke_width": 1.5,
            "stroke_dasharray": "3,2",
        }
        drawing.shape("rect", x=1, y=foot + 1, width=length, height=_BAR - 2, **look)
    else:
        drawing.shape("rect", x=0, y=foot, width=length, height=_BAR, fill=FILL)
    drawing.text((length + _BESIDE, foot + _BAR - 2), bar.text, bold=True)
    drawing.leave()
    return foot + _BAR + _GAP
