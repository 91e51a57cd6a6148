"""From when until when a rule, an agreement or a programme holds; both days included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Validity:
    """The days on which something holds, first and last included; no last day means still valid.

    Raises ValueError when the last day lies before the first.
    """

    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the last day of validity lies before the first")

    def covers(self, day: date) -> bool:
        """Answers whether it holds on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: Validity) -> bool:
        """Answers whether there is a day on which both hold."""
        return (other.valid_to is None or self.valid_from <= other.valid_to) and (
            self.valid_to is None or other.valid_from <= self.valid_to
        )


class Dated(Protocol):
    """Anything that carries a validity."""

    @property
    def validity(self) -> Validity: ...


D = TypeVar("D", bound=Dated)


def in_force(versions: Iterable[D], day: date) -> D | None:
    """Answers which version of a rule holds on a day, or None where none does."""
    return next((version for version in versions if version.validity.covers(day)), None)
