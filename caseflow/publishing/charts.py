"""Charts drawn on the server from printed values only: a bar says what the table beside it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

SVG: Final = "http://www.w3.org/2000/svg"
WIDTH: Final = 380
"""Pixels; so narrow that the letters stay readable on a phone."""
BAR_STEP: Final = 46
OPEN_LENGTH: Final = 9
"""Pixels: how long every bar of a count below five is, whatever stands beside it."""
INK: Final = "#1d2b30"
FILL: Final = "#0b5563"
LETTERS: Final = "Noto Sans, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class Bar:
    """One printed count: its name, what stands on the page, and how long the bar is.

    `value` is None where a count below five is printed: the bar is open and as short for each of them.
    """

    label: str
    text: str
    value: int | None


@lru_cache(maxsize=64)
def bars(counts: tuple[Bar, ...]) -> str:
    """Answers with the SVG of a bar chart, the first bar on top: no script, no style, no address.

    It is silent for screen readers: the page gives it one description, and the table beside it. Raises
    ValueError where there is nothing to draw.
    """
    if not counts:
        raise ValueError("a chart has at least one bar")
    # Imported here: the libraries take a second and some memory, which most commands never need.
    import vl_convert

    return _silenced(vl_convert.vegalite_to_svg(_chart(counts).to_dict()))


def summary(counts: Sequence[Bar]) -> str:
    """Answers with the same in words, for whoever does not see the picture."""
    return "; ".join(f"{one.label}: {one.text}" for one in counts)


def _chart(counts: tuple[Bar, ...]) -> Any:
    import altair

    rows = [
        {"place": place, "label": one.label, "text": one.text, "length": one.value or 0}
        for place, one in enumerate(counts)
    ]
    longest = max(1, max(one.value or 0 for one in counts)) * 1.18
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
        layers.properties(width=WIDTH, height=BAR_STEP * len(rows), background="transparent")
        .configure_view(stroke=None)
        .configure(padding=2)
    )


def _silenced(svg: str) -> str:
    """The drawing without what the library tells screen readers, in its own language, of every mark.

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
    root.set("aria-hidden", "true")
    return ElementTree.tostring(root, encoding="unicode")
