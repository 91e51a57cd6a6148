"""What a reader can work out from two prints: how far a count may have moved, and where a rate may lie.

Nothing here looks at a true count. Whoever has the two publications in hand comes to the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import (
    NEAREST_FIVE_WITHIN,
    WHOLE_POINTS_WITHIN,
    WORDS,
    PercentStyle,
)
from caseflow.domain.rounding import PrintedCount


@dataclass(frozen=True)
class PrintedChange:
    """How many came in addition between two cut-offs, as far as the prints tell: both ends included."""

    low: int
    high: int

    @property
    def words(self) -> Message:
        """Answers with the range as words."""
        if self.high == self.low:
            return N_("%(count)s", count=self.low)
        if self.low == 0:
            return N_("at most %(high)s", high=self.high)
        return N_("between %(low)s and %(high)s", low=self.low, high=self.high)


def change(before: PrintedCount, now: PrintedCount) -> PrintedChange | None:
    """Answers what two printed cumulative counts leave open about what came in between.

    Cumulative counts do not shrink; None where these did, because records were corrected.
    """
    high = now.high - before.low
    return None if high < 0 else PrintedChange(max(0, now.low - before.high), high)


def rate_bounds(
    style: str | None, text: Message, percent: int | None
) -> tuple[Fraction, Fraction] | None:
    """Answers with the points between which the true rate lies by what is printed, both included.

    `style` and `text` are those of a printed percentage. None where nothing is printed.
    """
    values = text.values
    match style:
        case PercentStyle.WHOLE_POINT if percent is not None:
            return _around(percent, WHOLE_POINTS_WITHIN)
        case PercentStyle.NEAREST_FIVE if percent is not None:
            return _around(percent, NEAREST_FIVE_WITHIN)
        case PercentStyle.NEAREST_FIVE | PercentStyle.RANGE if "low" in values:
            return Fraction(values["low"]), Fraction(values["high"])
        case PercentStyle.NEAREST_FIVE | PercentStyle.RANGE if text.text in _UPWARDS:
            return Fraction(values["percent"]), Fraction(100)
        case PercentStyle.NEAREST_FIVE | PercentStyle.RANGE if text.text in _DOWNWARDS:
            return Fraction(0), Fraction(values["percent"])
        case PercentStyle.WORDS:
            said = next((word for word in WORDS if word.words == text), None)
            return None if said is None else (said.low, said.high)
    return None


_UPWARDS = frozenset({"over %(percent)s %%", "%(percent)s %% or more"})
_DOWNWARDS = frozenset({"under %(percent)s %%", "%(percent)s %% or less"})


def _around(percent: int, within: int) -> tuple[Fraction, Fraction]:
    return Fraction(max(0, percent - within)), Fraction(min(100, percent + within))
