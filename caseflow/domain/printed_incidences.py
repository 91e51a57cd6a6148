"""Time to solution for publications: from printed counts alone, at 6, 12, 18 and 24 months, with its bounds.

A life table: whoever is still in is taken to have been there for half of the band in which they were last seen. What is
printed is what every table allows that prints so; it says nothing that the counts do not say.
Source: the publication rules; Cutler and Ederer 1958 (the life table), with ways out that compete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from caseflow.domain.episodes import OutcomeKey
from caseflow.domain.incidences import PUBLISHED_MONTHS
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.percentages import NOT_PRINTED, PrintedPercentage, percentage_between
from caseflow.domain.rounding import PrintedCount
from caseflow.domain.tallies import STILL_IN, TRANSFERRED, Tally

Solved = Callable[[OutcomeKey], bool]
"""Whether a way of leaving counts as solved."""
NOT_ENDED: Final = frozenset({STILL_IN, TRANSFERRED})
"""Stays that had not ended by the cut-off: here, or because they went on in another city."""

UNDER_READ_AS: Final = 2
"""What a count below five is read as where one number is needed; the bounds take every value."""
BANDS: Final[tuple[tuple[StayBand, ...], ...]] = (
    (StayBand.UP_TO_3, StayBand.UP_TO_6),
    (StayBand.UP_TO_12,),
    (StayBand.UP_TO_18,),
    (StayBand.UP_TO_24,),
    (StayBand.LONGER,),
)
"""The bands between the published months; the last one has no end."""


STATES: Final = ("solved", "otherwise", "still_in")
"""How the stays of a band ended, in the order of each band. What ended stays where it is; who is still in moves on."""
LEAST_BANDS: Final = 3
"""A coarser table has the later bands in one; two ways of counting people cross in three times three rows at least."""


def rows_by_band(bands: int = len(BANDS)) -> tuple[tuple[str, ...], ...]:
    """Answers with the rows of a table of time to solution in so many bands, by band."""
    ends = [f"to_{months}" for months in PUBLISHED_MONTHS[: bands - 1]]
    return tuple(tuple(f"{state}_{end}" for state in STATES) for end in (*ends, "later"))


ROWS: Final = rows_by_band()
"""The rows of the finest table."""


class Between(NamedTuple):
    """A count of which a reader knows so much."""

    low: int
    value: int
    high: int

    @classmethod
    def printed(cls, count: PrintedCount) -> Between:
        """Answers what a printed count says."""
        value = UNDER_READ_AS if count.value is None else count.value
        return cls(count.low, value, count.high)

    @classmethod
    def exactly(cls, count: int) -> Between:
        """Answers with a count that is known."""
        return cls(count, count, count)

    def __add__(self, other: Between) -> Between:  # type: ignore[override]
        return Between(self.low + other.low, self.value + other.value, self.high + other.high)


NOBODY: Final = Between(0, 0, 0)


@dataclass(frozen=True)
class TimeBand:
    """How the stays of one band ended: solved, otherwise, or not yet."""

    solved: Between
    otherwise: Between
    still_in: Between

    @property
    def everybody(self) -> Between:
        """Answers with all stays of the band."""
        return self.solved + self.otherwise + self.still_in


@dataclass(frozen=True)
class SolvedWithin:
    """The share that was solved within so many months, and the least and most that the counts allow, in points."""

    months: int
    low: Fraction
    share: Fraction
    high: Fraction


class _Rate(NamedTuple):
    solved: Fraction
    otherwise: Fraction


def time_bands(
    counts: Mapping[tuple[OutcomeKey, StayBand], int], is_solved: Solved
) -> tuple[tuple[int, int, int], ...]:
    """Answers with the true counts of each band: solved, ended otherwise, not ended here.

    Who moved to another city has not left the programmes: what becomes of them is not known here, as of those still in.
    """
    found = []
    for bands in BANDS:
        cell = [0, 0, 0]
        for (key, band), count in counts.items():
            if band in bands:
                cell[2 if key in NOT_ENDED else 0 if is_solved(key) else 1] += count
        found.append((cell[0], cell[1], cell[2]))
    return tuple(found)


def time_rows(counted: Tally, is_solved: Solved) -> dict[str, int]:
    """Answers with the true counts of the finest table: everybody who entered stands in one of its rows.

    Somebody who came back stands in it once for each stay.
    """
    cells = time_bands(counted.stays_by_band, is_solved)
    return {
        row: count
        for rows, counts in zip(ROWS, cells, strict=True)
        for row, count in zip(rows, counts, strict=True)
    }


def solved_within(bands: Sequence[TimeBand]) -> tuple[SolvedWithin, ...]:
    """Answers with the share solved at the end of each band but the last, which has none; shares in points.

    *Why the bounds hold.* With p and q the shares of those at risk in a band that are solved and that leave otherwise,
    the share solved is p + (1 − p − q) · (the share solved later). It grows with p and shrinks with q, since no later
    share is above one. p grows with the solved of its band and shrinks with every other count; so each p and q has its
    ends where the counts have theirs, and the whole lies between what the least p with the greatest q, and the greatest
    p with the least q, make of it.
    """
    low, middle, high = [], [], []
    for place, band in enumerate(bands):
        later = sum((one.everybody for one in bands[place + 1 :]), NOBODY)
        least = _rates(band, later, solved_high=False)
        most = _rates(band, later, solved_high=True)
        low.append(least)
        middle.append(_rate(*(one.value for one in (*_cells(band), later))))
        high.append(most)
    return tuple(
        SolvedWithin(
            months,
            100 * _share(low[: place + 1]),
            100 * _share(middle[: place + 1]),
            100 * _share(high[: place + 1]),
        )
        for place, months in enumerate(PUBLISHED_MONTHS[: len(bands)])
    )


def printed_within(
    bands: Sequence[Sequence[PrintedCount]], everybody: PrintedCount
) -> tuple[tuple[int, PrintedPercentage], ...]:
    """Answers how the share solved within each of the published months is printed.

    `bands` are the printed counts of each band: solved, ended otherwise, still in. The style follows from the printed
    number of all who entered. Where a count of the solved prints `<5`, nothing is printed from that month on.
    """
    told = [TimeBand(*(Between.printed(count) for count in cells)) for cells in bands]
    found: list[tuple[int, PrintedPercentage]] = []
    hidden = everybody.value is None
    for cells, share in zip(bands, solved_within(told), strict=False):
        hidden = hidden or cells[0].is_under
        said = NOT_PRINTED
        if not hidden and everybody.value is not None:
            said = percentage_between(share.share, share.low, share.high, everybody.value)
        found.append((share.months, said))
    return tuple(found)


def printed_rows_within(
    rows: Mapping[str, PrintedCount], everybody: PrintedCount
) -> tuple[tuple[int, PrintedPercentage], ...]:
    """Answers the same from the rows of a printed table; nothing where they are none of time to solution."""
    for bands in range(len(BANDS), LEAST_BANDS - 1, -1):
        wanted = rows_by_band(bands)
        if set(rows) == {row for band in wanted for row in band}:
            told = printed_within([[rows[row] for row in band] for band in wanted], everybody)
            return told[: bands - 1]
    return ()


def _cells(band: TimeBand) -> tuple[Between, Between, Between]:
    return band.solved, band.otherwise, band.still_in


def _rates(band: TimeBand, later: Between, *, solved_high: bool) -> _Rate:
    """The end of p on one side, with the end of q that goes with it."""
    s, o, i = _cells(band)
    if solved_high:
        solved = _rate(s.high, o.low, i.low, later.low).solved
        otherwise = _rate(s.high, o.low, i.high, later.high).otherwise
    else:
        solved = _rate(s.low, o.high, i.high, later.high).solved
        otherwise = _rate(s.low, o.high, i.low, later.low).otherwise
    return _Rate(solved, otherwise)


def _rate(solved: int, otherwise: int, still_in: int, later: int) -> _Rate:
    at_risk = Fraction(2 * (solved + otherwise + later) + still_in, 2)
    if not at_risk:
        return _Rate(Fraction(0), Fraction(0))
    return _Rate(solved / at_risk, otherwise / at_risk)


def _share(rates: Sequence[_Rate]) -> Fraction:
    share = Fraction(0)
    for rate in reversed(rates):
        share = rate.solved + (1 - rate.solved - rate.otherwise) * share
    return share
