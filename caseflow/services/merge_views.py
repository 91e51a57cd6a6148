"""What the pages of a merge receive: both sides beside each other, and what will stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed
from caseflow.services.identity_views import IdentityView


@dataclass(frozen=True)
class MergedCase:
    """A case of one of the two codes."""

    programme: Label
    stage: Stage
    opened_on: date


@dataclass(frozen=True)
class Side:
    """One of the two codes, as the reader may see it."""

    code: str
    call_name: str
    registered_on: date
    cases: tuple[MergedCase, ...]
    identity: IdentityView | Hidden | Sealed | None
    card_on: date | None
    """When the emergency card was made; None where there is none."""
    restricted: bool
    separations: int
    """From how many others this person is kept apart."""
    in_household: bool


@dataclass(frozen=True)
class Preview:
    """What becoming one would do, and why it cannot be done, where it cannot."""

    kept: Side
    given_up: Side
    objections: tuple[Refused, ...]
    newer_card: str | None
    """The code whose emergency card stands afterwards; None where neither has one."""
    readers_lost: int
    """How many named readers of one code alone read no more afterwards."""


@dataclass(frozen=True)
class MergeView:
    """A code that was given up into this one, as it stands in the file."""

    id: str
    code: str
    merged_on: date


@dataclass(frozen=True)
class UndoPreview:
    """What taking a merge apart would do."""

    kept: str
    given_up: str
    going_back: tuple[MergedCase, ...]
    staying: tuple[MergedCase, ...]
