"""How a count of people is printed, and what a reader can know of it from the print."""

from __future__ import annotations

from dataclasses import dataclass

BASE = 5
"""Counts are printed to the nearest five, and everything below five alike."""

UNDER = "<5"
"""What a count below five prints, zero included."""

_EXACTLY = "exactly"


@dataclass(frozen=True)
class PrintedCount:
    """A count as printed: a multiple of five, or None for below five.

    `is_exact` is a true count of five or more, as an accountability statement gives to one official.
    """

    value: int | None
    is_exact: bool = False

    def __post_init__(self) -> None:
        if self.is_exact:
            if self.value is None or self.value < BASE:
                raise ValueError("an exact count that is given away is five or more")
        elif self.value is not None and (self.value < BASE or self.value % BASE):
            raise ValueError("a printed count is a multiple of five, or below five")

    @property
    def is_under(self) -> bool:
        """Answers whether the print says no more than "below five"."""
        return self.value is None

    @property
    def low(self) -> int:
        """Answers with the least true count that prints like this; a printed 5 means 5 to 7."""
        if self.value is None:
            return 0
        return self.value if self.is_exact else max(BASE, self.value - BASE // 2)

    @property
    def high(self) -> int:
        """Answers with the greatest true count that prints like this."""
        if self.value is None:
            return BASE - 1
        return self.value if self.is_exact else self.value + BASE // 2

    @property
    def text(self) -> str:
        """Answers with the characters on the page."""
        return UNDER if self.value is None else str(self.value)

    @property
    def plain(self) -> int | str | dict[str, int]:
        """Answers with what a JSON document says."""
        if self.value is None:
            return UNDER
        return {_EXACTLY: self.value} if self.is_exact else self.value

    @classmethod
    def from_plain(cls, plain: object) -> PrintedCount:
        """Answers with the printed count of a JSON document. Raises ValueError on anything else."""
        if plain == UNDER:
            return cls(None)
        if isinstance(plain, dict) and set(plain) == {_EXACTLY}:
            return cls(_whole(plain[_EXACTLY]), is_exact=True)
        return cls(_whole(plain))

    def __str__(self) -> str:
        return self.text


def _whole(plain: object) -> int:
    if isinstance(plain, bool) or not isinstance(plain, int):
        raise ValueError("a printed count is a multiple of five, or below five")
    return plain


def exactly(count: int) -> PrintedCount:
    """Answers with a true count that somebody was told. Raises ValueError below five.

    Source: the accountability statement, which merges categories until none is below five.
    """
    return PrintedCount(count, is_exact=True)


def printed(count: int) -> PrintedCount:
    """Answers how a count of people or episodes is printed. Raises ValueError below zero.

    Below five, zero included, prints `<5`; anything else is its own true value to the nearest five:
    5 to 7 print 5, 8 to 12 print 10. Deterministic, so that the same cell is the same everywhere.
    Source: the publication rules.
    """
    if count < 0:
        raise ValueError("a count of people is never below zero")
    return PrintedCount(None if count < BASE else (count + BASE // 2) // BASE * BASE)
