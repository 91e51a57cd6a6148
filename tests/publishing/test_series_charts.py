"""Lines over cut-offs: every mark stands at its printed value, and a line breaks where nothing was published."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from caseflow.publishing.drawings import SVG
from caseflow.publishing.series_charts import SeriesWords, Step, series_chart

NAMES = ("Participants", "Exits", "Another")


def words(lines: int) -> SeriesWords:
    return SeriesWords("read aloud", NAMES[:lines], "nothing published")


def step(number: int, *values: int | None) -> Step:
    on = date(2025, 3, 31) + timedelta(days=91 * number)
    said = tuple((v, str(v)) if v is not None else None for v in values)
    return Step(on, f"day {number}", said, is_gap=not any(said))


def marks(svg: str) -> dict[str, float]:
    """How high each mark stands, from its own shape, by its words."""
    found = {}
    for mark in ElementTree.fromstring(svg).findall(f"{{{SVG}}}g"):  # noqa: S314 -- our own drawing
        title = mark.findtext(f"{{{SVG}}}title") or ""
        for shape in mark:
            kind = shape.tag.rpartition("}")[2]
            if kind == "circle":
                found[title] = float(shape.get("cy", 0))
            elif kind == "rect":
                found[title] = float(shape.get("y", 0)) + 3.5
            elif kind == "polygon":
                ends = [float(y) for y in re.findall(r",([\d.]+)", shape.get("points", ""))]
                found[title] = (min(ends) + max(ends)) / 2
    return found


@pytest.mark.parametrize("seed", range(20))
def test_every_mark_stands_as_high_as_its_value(seed: int) -> None:
    dice = random.Random(f"series {seed}")
    lines = dice.randint(1, 3)
    steps = [
        step(number, *(dice.choice([None, 5 * dice.randint(1, 500)]) for _ in range(lines)))
        for number in range(dice.randint(1, 12))
    ]

    svg = series_chart(steps, words(lines))
    shown = marks(svg)

    expected = {
        f"{NAMES[place]}, {one.day}: {value[1]}": value[0]
        for one in steps
        for place, value in enumerate(one.values)
        if value is not None and value[0] is not None
    }
    assert set(shown) == set(expected)
    heights = sorted((value, shown[title]) for title, value in expected.items())
    if len(heights) > 1 and heights[-1][0] > heights[0][0]:
        (least, foot), (most, top) = heights[0], heights[-1]
        for value, height in heights:
            share = (value - least) / (most - least)
            assert height == pytest.approx(foot - share * (foot - top), abs=0.05)


def test_a_line_breaks_where_nothing_was_published() -> None:
    steps = [step(0, 10), step(1, 15), step(2, None), step(3, 20), step(4, 25)]
    root = ElementTree.fromstring(series_chart(steps, words(1)))  # noqa: S314 -- our own drawing
    runs = [one.get("points", "").count(",") for one in root.iter(f"{{{SVG}}}polyline")]
    assert runs == [2, 2]
    assert "nothing published" in "".join(root.itertext())


def test_a_count_below_five_is_an_open_mark_on_the_ground() -> None:
    svg = series_chart([Step(date(2026, 3, 31), "March", ((None, "<5"),))], words(1))
    assert 'fill="#ffffff"' in svg
    assert "&lt;5" in svg


def test_each_line_has_dashes_and_a_mark_of_its_own() -> None:
    svg = series_chart([step(0, 10, 20, 30), step(1, 15, 25, 35)], words(3))
    root = ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing
    assert len({one.get("stroke-dasharray") for one in root.iter(f"{{{SVG}}}polyline")}) == 3
    kinds = {mark[1].tag for mark in root.findall(f"{{{SVG}}}g")}
    assert len(kinds) == 3


def test_what_cannot_be_told_apart_or_is_nothing_is_refused() -> None:
    for steps, lines in (([], 1), ([step(0)], 0)):
        with pytest.raises(ValueError, match="one to three lines"):
            series_chart(steps, words(lines))
