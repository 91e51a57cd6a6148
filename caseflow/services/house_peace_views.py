"""What a page receives of warnings, pairs, time-outs and incidents: frozen, and already redacted for its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.house_pairs import PairReason, PairScope
from caseflow.domain.house_warnings import Told, WarningKind
from caseflow.domain.incidents import (
    FollowUp,
    IncidentKind,
    Measure,
    PartOfDay,
    Police,
    RoleInIt,
)
from caseflow.domain.redaction import Hidden
from caseflow.domain.time_outs import Meanwhile


@dataclass(frozen=True)
class WarningView:
    """One warning that holds; whether the person knows of it for who sees the whole of safety."""

    id: str
    kind: WarningKind
    from_on: date
    until_on: date
    told: Told | Hidden


@dataclass(frozen=True)
class TimeOutView:
    """A time-out that lasts: until when for whoever meets the person, and the rest for who sees safety."""

    id: str
    from_on: date
    back_on: date
    site: str | Hidden
    meanwhile: Meanwhile | Hidden
    told_of_complaint: bool | Hidden


@dataclass(frozen=True)
class PairView:
    """Somebody with whom this person is not placed; the code of the other where the reader may know both."""

    id: str
    scope: PairScope
    reason: PairReason
    from_on: date
    until_on: date
    other: str | Hidden


@dataclass(frozen=True)
class OwnIncident:
    """An incident on the page of one person: what it was, and their own part in it; of nobody else."""

    id: str
    person_id: str
    on: date
    part_of_day: PartOfDay
    kind: IncidentKind
    role: RoleInIt
    measure: Measure | None
    until_on: date | None
    follow_up: FollowUp | None
    followed_up_on: date | None
    emergency_called: bool
    police: Police


@dataclass(frozen=True)
class HousePeaceView:
    """What is known of peace in the house about one person, as far as this reader may see it."""

    warnings: tuple[WarningView, ...]
    time_outs: tuple[TimeOutView, ...]
    pairs: tuple[PairView, ...] | Hidden
    incidents: tuple[OwnIncident, ...] | Hidden
    more_incidents: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.warnings or self.time_outs or self.pairs or self.incidents)


@dataclass(frozen=True)
class IncidentLine:
    """One incident in the list of a house: codes and days, and how many of the people it concerned wait."""

    id: str
    site: str
    on: date
    part_of_day: PartOfDay
    kind: IncidentKind
    police: Police
    emergency_called: bool
    to_follow_up: bool
    """Whether the follow-up of somebody whom this reader sees is still open."""


@dataclass(frozen=True)
class ConcernedView:
    """Somebody whom an incident concerned, for a reader who may see that person."""

    case_id: str
    client_code: str
    call_name: str
    part: OwnIncident
