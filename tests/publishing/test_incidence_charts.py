"""Areas over the months: each stands on the one before, and together they reach as high as everybody."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import pytest

from caseflow.publishing.drawings import SVG
from caseflow.publishing.incidence_charts import Area, IncidenceWords, incidence_chart

WORDS = IncidenceWords("read aloud", "months since")


def polygons(svg: str) -> dict[str, list[tuple[float, float]]]:
    """The corners of each area by its name."""
    found = {}
    for mark in ElementTree.fromstring(svg).findall(f"{{{SVG}}}g"):  # noqa: S314 -- our own drawing
        corners = mark.find(f"{{{SVG}}}polygon").get("points", "").split()  # type: ignore[union-attr]
        pairs = [tuple(float(one) for one in corner.split(",")) for corner in corners]
        found[mark.findtext(f"{{{SVG}}}title") or ""] = pairs
    return found  # type: ignore[return-value]


def test_areas_stand_on_one_another_and_add_up_to_everybody() -> None:
    dice = random.Random(6)
    months = tuple(range(25))
    shares = [[dice.random() for _ in range(4)] for _ in months]
    areas = [
        Area(f"way {way}", tuple(some[way] / sum(some) for some in shares)) for way in range(4)
    ]
    found = polygons(incidence_chart(months, areas, WORDS))
    assert list(found) == [area.name for area in areas]
    top_before = None
    for area in areas:
        corners = found[area.name]
        over, under = corners[:25], list(reversed(corners[25:]))
        if top_before is not None:
            assert under == top_before
        top_before = over
    heights = {y for _, y in top_before or []}
    assert max(heights) - min(heights) < 0.02, "everybody, in every month"


def test_what_is_said_is_escaped_and_nothing_can_run() -> None:
    areas = [Area("<script>x</script> & more", (0.5, 0.5)), Area("rest", (0.5, 0.5))]
    svg = incidence_chart((0, 1), areas, WORDS)
    assert "<script" not in svg
    assert "style=" not in svg
    assert 'aria-label="read aloud"' in svg


@pytest.mark.parametrize(
    ("months", "count"), [((0,), 1), ((0, 1), 0), ((0, 1), 6)], ids=["one month", "none", "six"]
)
def test_what_cannot_be_drawn_is_refused(months: tuple[int, ...], count: int) -> None:
    areas = [Area(str(number), tuple(0.1 for _ in months)) for number in range(count)]
    with pytest.raises(ValueError, match="areas"):
        incidence_chart(months, areas, WORDS)
