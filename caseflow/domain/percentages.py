"""How a percentage is printed, from printed counts alone, so that it gives nothing more away.

What may be printed depends on the printed denominator: 200 and more to the whole point; 100 to 199 to
the nearest five; 50 to 99 as a range on multiples of five; below 50 in words. A style that could not
keep its promise for every value the printed counts allow gives way to the next coarser one; that can
happen only where a numerator is itself added up from several printed cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from caseflow.domain.messages import N_, Message
from caseflow.domain.rounding import PrintedCount

WHOLE_POINTS_FROM = 200
NEAREST_FIVE_FROM = 100
RANGES_FROM = 50
WHOLE_POINTS_WITHIN = 3
NEAREST_FIVE_WITHIN = 6


class PercentStyle(StrEnum):
    """In which form a percentage is printed, from fine to coarse."""

    WHOLE_POINT = "whole_point"
    NEAREST_FIVE = "nearest_five"
    RANGE = "range"
    WORDS = "words"


class PrintStatus(StrEnum):
    """Whether a value stands on the page."""

    PRINTED = "printed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Word:
    """A share in words and the percentages it may stand for, both ends included."""

    words: Message
    low: Fraction
    high: Fraction


WORDS: tuple[Word, ...] = (
    Word(N_("about a quarter"), Fraction(15), Fraction(35)),
    Word(N_("about a third"), Fraction(20), Fraction(45)),
    Word(N_("less than a quarter"), Fraction(0), Fraction(25)),
    Word(N_("about half"), Fraction(100, 3), Fraction(200, 3)),
    Word(N_("about two thirds"), Fraction(50), Fraction(85)),
    Word(N_("half or less"), Fraction(0), Fraction(50)),
    Word(N_("half or more"), Fraction(50), Fraction(100)),
    Word(N_("between a quarter and three quarters"), Fraction(25), Fraction(75)),
    Word(N_("a third or more"), Fraction(100, 3), Fraction(100)),
)


@dataclass(frozen=True)
class PrintedPercentage:
    """A percentage as printed.

    `percent` is the whole number for machines, None where only a range, words or nothing is printed.
    `low` and `high` bound the true rate in points: what the printed text promises.
    """

    status: PrintStatus
    style: PercentStyle | None
    text: Message
    percent: int | None
    low: Fraction
    high: Fraction


NOT_PRINTED = PrintedPercentage(
    PrintStatus.SUPPRESSED, None, N_("not shown"), None, Fraction(0), Fraction(100)
)


def percentage(numerator: PrintedCount, denominator: PrintedCount) -> PrintedPercentage:
    """Answers how a rate is printed whose numerator and denominator are printed counts.

    Where either prints `<5`, no percentage is printed. Source: the publication rules.
    """
    return percentage_of_sum((numerator,), denominator)


def percentage_of_sum(
    cells: Sequence[PrintedCount], denominator: PrintedCount
) -> PrintedPercentage:
    """Answers how a rate is printed whose numerator is added up from printed cells.

    It says nothing that the cells do not say, and gives a coarser answer where they leave more
    room. A rate that would need a `<5` cell is not printed.
    """
    if not cells or denominator.value is None or any(cell.is_under for cell in cells):
        return NOT_PRINTED
    point = Fraction(100 * sum(cell.value or 0 for cell in cells), denominator.value)
    low = Fraction(100 * sum(cell.low for cell in cells), denominator.high)
    high = Fraction(100 * sum(cell.high for cell in cells), denominator.low)
    return _said(min(point, Fraction(100)), low, min(high, Fraction(100)), denominator.value)


def percentage_of_rest(
    left_out: Sequence[PrintedCount], denominator: PrintedCount
) -> PrintedPercentage:
    """Answers how the rate of everything but these printed cells is printed."""
    if not left_out or denominator.value is None or any(cell.is_under for cell in left_out):
        return NOT_PRINTED
    rest = 1 - Fraction(sum(cell.value or 0 for cell in left_out), denominator.value)
    low = 1 - Fraction(sum(cell.high for cell in left_out), denominator.low)
    high = 1 - Fraction(sum(cell.low for cell in left_out), denominator.high)
    floor = Fraction(0)
    return _said(100 * max(rest, floor), 100 * max(low, floor), 100 * high, denominator.value)


def percentage_between(
    point: Fraction, low: Fraction, high: Fraction, denominator: int
) -> PrintedPercentage:
    """Answers how a share is printed that printed counts bound, in points, by the printed number it is a share of."""
    return _said(point, low, high, denominator)


def _said(point: Fraction, low: Fraction, high: Fraction, denominator: int) -> PrintedPercentage:
    for printed in _styles(point, low, high, denominator):
        if printed.low <= low and high <= printed.high:
            return printed
    return NOT_PRINTED


def _styles(
    point: Fraction, low: Fraction, high: Fraction, denominator: int
) -> Iterator[PrintedPercentage]:
    if denominator >= WHOLE_POINTS_FROM:
        yield _whole_point(point)
    if denominator >= NEAREST_FIVE_FROM:
        yield _nearest_five(point, low, high)
    if denominator >= RANGES_FROM:
        yield _range(low, high)
    else:
        yield from (
            _printed(PercentStyle.WORDS, word.words, None, word.low, word.high)
            for word in sorted(WORDS, key=lambda word: word.high - word.low)
        )


def _whole_point(point: Fraction) -> PrintedPercentage:
    whole = int(point + Fraction(1, 2))
    return _printed(
        PercentStyle.WHOLE_POINT,
        N_("%(percent)s %%", percent=whole),
        whole,
        Fraction(whole - WHOLE_POINTS_WITHIN),
        Fraction(whole + WHOLE_POINTS_WITHIN),
    )


def _nearest_five(point: Fraction, low: Fraction, high: Fraction) -> PrintedPercentage:
    nearest = int(point / 5 + Fraction(1, 2)) * 5
    if nearest == 0:
        bound = (int(high / 5) + 1) * 5
        text = N_("under %(percent)s %%", percent=bound)
        return _printed(PercentStyle.NEAREST_FIVE, text, None, Fraction(0), Fraction(bound))
    if nearest == 100:
        bound = (-int(-low // 5) - 1) * 5
        text = N_("over %(percent)s %%", percent=bound)
        return _printed(PercentStyle.NEAREST_FIVE, text, None, Fraction(bound), Fraction(100))
    return _printed(
        PercentStyle.NEAREST_FIVE,
        N_("about %(percent)s %%", percent=nearest),
        nearest,
        Fraction(nearest - NEAREST_FIVE_WITHIN),
        Fraction(nearest + NEAREST_FIVE_WITHIN),
    )


def _range(low: Fraction, high: Fraction) -> PrintedPercentage:
    bottom, top = int(low / 5) * 5, -int(-high // 5) * 5
    if bottom == 0 and top == 100:
        return NOT_PRINTED
    if bottom == 0:
        text = N_("%(percent)s %% or less", percent=top)
    elif top == 100:
        text = N_("%(percent)s %% or more", percent=bottom)
    else:
        text = N_("between %(low)s %% and %(high)s %%", low=bottom, high=top)
    return _printed(PercentStyle.RANGE, text, None, Fraction(bottom), Fraction(top))


def _printed(
    style: PercentStyle, text: Message, percent: int | None, low: Fraction, high: Fraction
) -> PrintedPercentage:
    return PrintedPercentage(PrintStatus.PRINTED, style, text, percent, low, high)
