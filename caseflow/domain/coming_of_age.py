"""The 18th birthday of a child: by when to assess again, so that what ends with it does not come as a surprise.

Only a first of a month is stored in the casework store, months before: the birth date itself stays in the vault.
Source: issue "Casework", build 8; decision 0152.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

OF_AGE: Final = 18
"""Years (Burgerlijk Wetboek, Book 1, art. 233)."""
MONTHS_BEFORE: Final = 3
"""How many months before the birthday to assess again at the latest. No norm sets a number: decision 0152."""


@dataclass(frozen=True)
class Eighteenth:
    """The day on which somebody comes of age; `is_about` where it is estimated, or only the year of birth is known."""

    on: date
    is_about: bool

    @property
    def assess_by(self) -> date:
        """The first of the month, some months before."""
        months = self.on.year * 12 + self.on.month - 1 - MONTHS_BEFORE
        return date(months // 12, months % 12 + 1, 1)


def eighteenth(
    birth_date: date | None, birth_year: int | None, precision: str
) -> Eighteenth | None:
    """Answers when somebody comes of age; None where no birth date or year is known.

    Of a year alone its first day is taken: rather too early than too late. Who was born on 29 February comes of age
    on 1 March, because the 18th year after a leap year never is one.
    """
    if birth_date is not None:
        is_leap_day = (birth_date.month, birth_date.day) == (2, 29)
        year = birth_date.year + OF_AGE
        on = date(year, 3, 1) if is_leap_day else birth_date.replace(year=year)
        return Eighteenth(on, is_about=precision != "exact")
    if birth_year is not None:
        return Eighteenth(date(birth_year + OF_AGE, 1, 1), is_about=True)
    return None


@dataclass(frozen=True)
class Planned:
    """A task to assess again that was planned before: open, or done by somebody."""

    id: str
    due_on: date
    is_done: bool


@dataclass(frozen=True)
class Replanned:
    """What becomes of it: the tasks that another takes the place of, and the day of the new one, if there is one."""

    superseded: tuple[str, ...] = ()
    due_on: date | None = None


def replan(found: Eighteenth | None, planned: Iterable[Planned], today: date) -> Replanned:
    """Answers what to plan once a birth date was recorded; asked twice, nothing is planned twice.

    A birth date that is no longer known takes nothing away: a child does not grow older more slowly for it.
    """
    if found is None:
        return Replanned()
    planned = tuple(planned)
    still = [one for one in planned if _is_for(found, one, today)] if found.on > today else []
    kept = next((one for one in still if not one.is_done), None)
    superseded = tuple(one.id for one in planned if not one.is_done and one is not kept)
    if found.on <= today or still:
        return Replanned(superseded)
    return Replanned(superseded, max(found.assess_by, today))


def _is_for(found: Eighteenth, one: Planned, today: date) -> bool:
    """Whether a task is for this very birthday: due on its day, or, where that has passed, before the birthday."""
    if one.due_on == found.assess_by:
        return True
    return found.assess_by < today and found.assess_by <= one.due_on < found.on
