"""A city's programme: what it offers, its rules with the dates on which they hold, and its words.

Rules that differ per programme are data in `config/programmes/`; what they mean is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseflow.domain.beds_kept import BedsKept
from caseflow.domain.labels import Label
from caseflow.domain.outcomes import Outcome, SolutionDefinition
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.stay_limits import MissingRule, StayLimit
from caseflow.domain.validities import Validity, in_force


class ProgrammeKind(StrEnum):
    """What kind of support a programme is."""

    SHELTER = "shelter"
    CONSULTATION = "consultation"


class Offer(StrEnum):
    """What a programme can give; each is independent of the others for one person."""

    SHELTER = "shelter"
    GUIDANCE = "guidance"
    ALLOWANCE = "allowance"


class Stage(StrEnum):
    """Where a case stands on its way. Shelter and allowance are facts of their own, not stages."""

    APPLICATION = "application"
    SCREENING = "screening"
    WAITING = "waiting"
    GUIDANCE = "guidance"
    EXITED = "exited"
    AFTERCARE = "aftercare"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ProposalKind(StrEnum):
    """What is proposed by one colleague and decided by another."""

    ADMISSION = "admission"
    EXTENSION = "extension"
    EXIT = "exit"


class Decider(StrEnum):
    """Who decides on proposals in a programme; the codes are those of the roles."""

    TEAM_LEAD = "team_lead"
    MUNICIPAL_DECISION_MAKER = "municipal_decision_maker"


class SourceMark(StrEnum):
    """How well a source is known."""

    READ = "read"
    GENERAL_KNOWLEDGE = "general_knowledge"
    INVENTED = "invented"


@dataclass(frozen=True)
class Source:
    """Where a rule comes from. What nobody read is marked, and has to be confirmed before use."""

    id: str
    cite: str
    mark: SourceMark

    @property
    def to_be_confirmed(self) -> bool:
        """Says whether the rule still has to be confirmed with the city or a jurist."""
        return self.mark is SourceMark.GENERAL_KNOWLEDGE


@dataclass(frozen=True)
class Framework:
    """The agreement or rules under which a programme runs in some period."""

    id: str
    name: Label
    validity: Validity
    source: str


@dataclass(frozen=True)
class DatedStayLimit:
    """A stay limit with the days on which it holds for terms that start then."""

    limit: StayLimit
    validity: Validity
    source: str


@dataclass(frozen=True)
class FunderShare:
    """How many of the places one funder pays."""

    funder: Label
    places: int


@dataclass(frozen=True)
class Capacity:
    """Places in a period, the share of each funder, and the most beds that one site may have."""

    places: int
    validity: Validity
    source: str
    shares: tuple[FunderShare, ...] = ()
    site_limit: int | None = None


class CriterionKind(StrEnum):
    """Whether a criterion has to be met, or stands in the way when it is met."""

    REQUIRED = "required"
    EXCLUDES = "excludes"


@dataclass(frozen=True)
class Criterion:
    """One admission criterion; the answer per person is met, not met or not yet known."""

    id: str
    kind: CriterionKind
    label: Label
    source: str


@dataclass(frozen=True)
class CriteriaVersion:
    """The admission criteria of a period; a decision names the version that it applied."""

    version: str
    validity: Validity
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Step:
    """One step of a programme that works in steps."""

    id: str
    name: Label


@dataclass(frozen=True)
class Words:
    """What people are called in a programme, and what it calls going back."""

    client: Label
    case_manager: Label
    voluntary_return: Label


@dataclass(frozen=True)
class Programme:
    """One programme of one city, with everything in which it differs from the others.

    `imports_only`: past episodes are read in and counted, no case is opened. `identity_asked`
    False: a consultation episode in which nobody asks who someone is. `keeper` is the organisation
    under which imported past episodes are kept; `organisations` are those that work in it today.
    `objection_continues`: a stay goes on while an objection to our decision runs.
    `shelter_needs_agreement`: letters to which classes a rule of the programme makes shelter depend on; nobody does,
    unless the file says so (`domain.md` §7, 30).
    """

    id: str
    kind: ProgrammeKind
    name: Label
    city: Label
    words: Words
    validity: Validity
    sources: tuple[Source, ...]
    frameworks: tuple[Framework, ...]
    offers: frozenset[Offer]
    stages: tuple[Stage, ...]
    keeper: str
    organisations: tuple[str, ...]
    deciders: Mapping[ProposalKind, Decider]
    stay_limits: tuple[DatedStayLimit, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    criteria: tuple[CriteriaVersion, ...] = ()
    steps: tuple[Step, ...] = ()
    outcomes: tuple[Outcome, ...] = tuple(Outcome)
    headline: SolutionDefinition = SolutionDefinition.WODC
    follow_up_months: tuple[int, ...] = (6, 12)
    missing: MissingRule = field(default_factory=MissingRule)
    beds_kept: BedsKept = field(default_factory=BedsKept)
    imports_only: bool = False
    identity_asked: bool = True
    public_publications: bool = False
    objection_continues: bool = False
    shelter_needs_agreement: frozenset[RecipientClass] = frozenset()
    demo: bool = False

    @property
    def has_limits(self) -> bool:
        """Says whether any of its rules says how long a stay may last."""
        return any(dated.limit.months is not None for dated in self.stay_limits)

    def stay_limit_on(self, day: date) -> StayLimit:
        """Answers which limit governs a term that starts on this day; no rule means no limit.

        A later rule never shortens a term that already runs.
        """
        rule = in_force(self.stay_limits, day)
        return StayLimit() if rule is None else rule.limit

    def capacity_on(self, day: date) -> Capacity | None:
        """Answers how many places there were on a day; None where no figure is known."""
        return in_force(self.capacities, day)

    def criteria_on(self, day: date) -> CriteriaVersion | None:
        """Answers which admission criteria hold on a day."""
        return in_force(self.criteria, day)

    def open_on(self, day: date) -> bool:
        """Answers whether new cases may begin in the programme on a day."""
        return not self.imports_only and self.validity.covers(day)

    def source(self, source_id: str) -> Source:
        """Answers which source an id of this programme's file means."""
        return next(source for source in self.sources if source.id == source_id)


@dataclass(frozen=True)
class Group:
    """Programmes whose figures are counted together, and the organisation that answers for them."""

    id: str
    name: Label
    members: tuple[str, ...]
    owner: str
    validity: Validity
    sources: tuple[Source, ...]
    public_publications: bool = False
