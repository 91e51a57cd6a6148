"""Charts drawn on the server from printed values only: a bar says what the table beside it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

from caseflow.domain.rounding import PrintedCount

SVG: Final = "http://www.w3.org/2000/svg"
BAR_STEP: Final = 46
OPEN_LENGTH: Final = 9
"""Pixels: how long every bar of a count below five is, whatever stands beside it."""
INK: Final = "#1d2b30"
FILL: Final = "#0b5563"
LETTERS: Final = "Noto Sans, DejaVu Sans, sans-serif"


class ChartWidth(Enum):
    """How wide the drawing is, in pixels; the narrow one keeps its letters readable on a phone."""

    NARROW = 350
    WIDE = 560


@dataclass(frozen=True)
class Bar:
    """One printed count and what it is called."""

    label: str
    printed: PrintedCount


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
    return _drawn(tuple(bars), words, width)


@lru_cache(maxsize=64)
def _drawn(bars: tuple[Bar, ...], words: ChartWords, width: ChartWidth) -> str:
    # Imported here: the libraries take a second and some memory, which most commands never need.
    import vl_convert

    drawing = vl_convert.vegalite_to_svg(_chart(bars, words, width).to_dict())
    return _as_one_image(drawing, words.summary)


def _chart(bars: tuple[Bar, ...], words: ChartWords, width: ChartWidth) -> Any:
    import altair

    rows = [
        {
            "place": place,
            "label": bar.label,
            "text": bar.printed.text,
            "length": bar.printed.value or 0,
        }
        for place, bar in enumerate(bars)
    ]
    longest = max(1, max(bar.printed.value or 0 for bar in bars)) * 1.18
    across = altair.X("length:Q", axis=None, scale=altair.Scale(domain=[0, longest], nice=False))
    down = altair.Y("place:O", axis=None, scale=altair.Scale(paddingInner=0.64, paddingOuter=0.5))
    base = altair.Chart({"values": rows}).encode(y=down)
    closed = base.transform_filter("datum.length > 0")
    opened = base.transform_filter("datum.length == 0")
    letters: dict[str, Any] = {"align": "left", "font": LETTERS, "color": INK, "fontSize": 13}
    layers = altair.layer(
        closed.mark_bar(color=FILL, cornerRadiusEnd=2).encode(x=across),
        opened.mark_bar(fill="#ffffff", stroke=FILL, strokeWidth=1.5, strokeDash=[3, 2]).encode(
            x=altair.value(0), x2=altair.value(OPEN_LENGTH)
        ),
        base.mark_text(**letters, baseline="bottom", dy=-10).encode(
            x=altair.value(0), text="label:N"
        ),
        closed.mark_text(**letters, fontWeight="bold", dx=6).encode(x=across, text="text:N"),
        opened.mark_text(**letters, fontWeight="bold", dx=6).encode(
            x=altair.value(OPEN_LENGTH), text="text:N"
        ),
    )
    return (
        layers.properties(
            width=width.value,
            height=BAR_STEP * len(rows),
            background="transparent",
            title=altair.TitleParams(
                words.axis, anchor="start", font=LETTERS, color=INK, fontSize=13
            ),
        )
        .configure(padding=2)
        .configure_view(stroke=None)
    )


def _as_one_image(svg: str, summary: str) -> str:
    """One picture with one description: what the library says of every mark is taken out.

    Raises ValueError for a drawing that the content policy of the pages would have to stop.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(re.sub(r'\sxmlns:xlink="[^"]*"', "", svg))  # noqa: S314 -- ours
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind in {"script", "style"} or any(
            n == "style" or n[:2] == "on" for n in element.attrib
        ):
            raise ValueError("a drawing carries no script or style")
        for name in [n for n in element.attrib if n == "role" or n.startswith("aria")]:
            del element.attrib[name]
    root.set("role", "img")
    root.set("aria-label", summary)
    return ElementTree.tostring(root, encoding="unicode")
