"""What a reader gets of a household: frozen values, already redacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.households import HouseholdRole, Place
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import Hidden


@dataclass(frozen=True)
class OwnPlace:
    """What this person is in the household of today, and since when."""

    place: Place
    from_on: date


@dataclass(frozen=True)
class EarlierPlace:
    """What this person was before, `[from, until)`."""

    role: HouseholdRole
    lives_apart: bool
    from_on: date
    until_on: date


@dataclass(frozen=True)
class RelativeView:
    """Somebody else of the household whose case this reader may open, each with an own stage and outcome."""

    case_id: str
    client_code: str
    call_name: str
    role: HouseholdRole | Hidden
    lives_apart: bool | Hidden
    stage: Stage | Hidden
    outcome: Outcome | Hidden | None


@dataclass(frozen=True)
class HouseholdView:
    """The household of one person as far as one reader may know it."""

    own: OwnPlace | None
    relatives: tuple[RelativeView, ...] = ()
    earlier: tuple[EarlierPlace, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody within the reader's reach who answers to what was typed."""

    client_code: str
    call_name: str
