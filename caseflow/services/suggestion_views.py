"""What the pages of suggestions receive: values already redacted for their reader, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain.beds import BedFacts
from caseflow.domain.suggestions import CAUTIONS, Refusal, Standing, Verdict, Why
from caseflow.services.vacancies import Occupant


@dataclass(frozen=True)
class OnABed:
    """Somebody, and the bed they would have; no bed where there is none for them."""

    who: Occupant
    points: int
    bed: BedFacts | None
    reasons: tuple[Why, ...]


@dataclass(frozen=True)
class Option:
    """Beds for all who stay together: the suggested ones, or others and what they cost."""

    id: str
    people: tuple[OnABed, ...]
    cost: int
    cost_is_exact: bool
    is_fresh: bool
    """Whether every bed is free still, and nobody of them has another place by now."""

    @property
    def reasons(self) -> tuple[Why, ...]:
        """Why, for all of them."""
        return tuple(why for why in Why if any(why in one.reasons for one in self.people))

    @property
    def cautions(self) -> tuple[Why, ...]:
        """What to think of first."""
        return tuple(why for why in self.reasons if why in CAUTIONS)

    @property
    def bed_ids(self) -> tuple[str, ...]:
        """The beds, in the order of the people."""
        return tuple(one.bed.id for one in self.people if one.bed is not None)


@dataclass(frozen=True)
class SuggestionView:
    """What was worked out for one person, or for people who stay together, and what was decided."""

    suggested: Option
    others: tuple[Option, ...]
    verdict: Verdict | None
    refusal: Refusal | None

    @property
    def id(self) -> str:
        """The suggestion of the first of them."""
        return self.suggested.id

    @property
    def has_beds(self) -> bool:
        """Whether there are beds for them."""
        return bool(self.suggested.bed_ids)

    @property
    def points(self) -> int:
        """The points of all of them."""
        return sum(one.points for one in self.suggested.people)

    @property
    def standing(self) -> Standing:
        """How it stands now."""
        return Standing(self.verdict, self.suggested.is_fresh)

    def option(self, option_id: str) -> Option | None:
        """One of its options."""
        every = (self.suggested, *self.others)
        return next((one for one in every if one.id == option_id), None)


@dataclass(frozen=True)
class RunView:
    """One working out: counts, how sure it is, and what first come, first served would have given."""

    made_at: datetime
    first_night: date
    milliseconds: int
    people: int
    beds: int
    placed: int
    points: int
    points_at_most: int
    first_come_placed: int
    first_come_points: int
    is_best: bool

    @property
    def gap(self) -> float:
        """Points that may have been missed, as a share of the most there could be."""
        missed = self.points_at_most - self.points
        return missed / self.points_at_most if missed > 0 else 0.0


@dataclass(frozen=True)
class SuggestionList:
    """A page of the last working out, and the counts of those before."""

    run: RunView | None
    rows: tuple[SuggestionView, ...]
    without: tuple[SuggestionView, ...]
    earlier: tuple[RunView, ...]
    is_asked_for: bool
    page: int
    pages: int
