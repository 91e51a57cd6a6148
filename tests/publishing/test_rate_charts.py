"""Rates on one scale: the band and the mark stand where the print says, whatever it says."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import pytest

from caseflow.publishing.drawings import SVG
from caseflow.publishing.rate_charts import RateLine, rate_chart

WIDTH, SIDE = 350, 2


def percent_at(x: float) -> float:
    return (x - SIDE) * 100 / (WIDTH - 2 * SIDE)


def read_back(svg: str) -> list[tuple[str, tuple[float, float] | None, float | None]]:
    """What the shapes say: the words of each rate, where its band lies, and where its mark stands."""
    found = []
    for mark in ElementTree.fromstring(svg).findall(f"{{{SVG}}}g"):  # noqa: S314 -- our own drawing
        shapes = [
            (float(one.get("x", 0)), float(one.get("width", 0)), one.get("stroke") is not None)
            for one in mark.findall(f"{{{SVG}}}rect")
        ]
        band = next(
            ((percent_at(x), percent_at(x + width)) for x, width, lined in shapes if lined), None
        )
        middle = next((percent_at(x + width / 2) for x, width, lined in shapes if not lined), None)
        found.append((mark.findtext(f"{{{SVG}}}title") or "", band, middle))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_bands_and_marks_stand_where_the_print_says(seed: int) -> None:
    dice = random.Random(f"rates {seed}")
    rates = []
    for number in range(dice.randint(1, 9)):
        low = dice.randint(0, 90)
        high = dice.randint(low, 100)
        percent = dice.choice([None, dice.randint(low, high)])
        bounds = dice.choice([None, (low, high)])
        rates.append(RateLine(f"rate {number}", f"{low} to {high}", percent, bounds))

    shown = read_back(rate_chart(rates, "read aloud", WIDTH))

    for rate, (words, band, middle) in zip(rates, shown, strict=True):
        assert words == f"{rate.label}: {rate.text}"
        assert (band is None) == (rate.bounds is None)
        assert (middle is None) == (rate.percent is None)
        if band and rate.bounds:
            assert band == pytest.approx(rate.bounds, abs=0.01)
        if middle is not None:
            assert middle == pytest.approx(rate.percent, abs=0.01)


def test_a_chart_of_no_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one rate"):
        rate_chart([], "nothing")
