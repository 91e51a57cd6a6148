"""What a reader gets of somebody's health: frozen values, already redacted. Never a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from caseflow.domain.deferrals import Cover, DeferralDates
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.labels import Label
from caseflow.domain.redaction import Hidden

if TYPE_CHECKING:  # it stands in a file that needs this one
    from caseflow.services.case_views import Sealed


@dataclass(frozen=True)
class PlacementNeedView:
    """A need of a bed, since when, and until when where it is over."""

    kind: PlacementNeedKind
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class NeedsView:
    """Needs in words, since when, and how many earlier versions are kept."""

    words: str
    recorded_on: date
    earlier: int
    version: str = ""
    """The id of the version that counts now."""


@dataclass(frozen=True)
class DeferralView:
    """Days on which somebody need not leave, by what was expected and as they are now."""

    id: str
    told: DeferralDates
    cover: Cover | None
    expected: Cover | None
    """What the expected delivery gave, once the actual one has moved the last day."""
    is_over: bool
    source: Label | None
    is_confirmed: bool
    earlier: int


@dataclass(frozen=True)
class HealthView:
    """Health as far as one reader may know it: needs of a bed, needs in words, days of a deferral."""

    placement: tuple[PlacementNeedView, ...] | Hidden
    placement_earlier: tuple[PlacementNeedView, ...] | Hidden
    needs: NeedsView | Hidden | Sealed | None
    deferrals: tuple[DeferralView, ...] | Hidden | Sealed
