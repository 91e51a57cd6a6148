"""What a page of one case receives: values already redacted for their reader, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from caseflow.domain import closed_cases
from caseflow.domain.access import Permission
from caseflow.domain.cases import ProposalState
from caseflow.domain.coming_of_age import Eighteenth
from caseflow.domain.decision_sheets import Advice, SheetReason
from caseflow.domain.decisions import Decision
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.disappearances import Missing
from caseflow.domain.follow_ups import FollowUpAnswer, FollowUpDue
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import Programme, ProposalKind, Stage
from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay import StayClock, StayFacts
from caseflow.domain.stay_limits import Absence
from caseflow.domain.tasks import FollowsKind, TaskKind
from caseflow.services.agreement_views import ConsentView
from caseflow.services.card_views import CardView
from caseflow.services.client_file_views import ClientFileView
from caseflow.services.health_views import HealthView
from caseflow.services.house_peace_views import HousePeaceView
from caseflow.services.household_views import HouseholdView
from caseflow.services.identity_views import IdentityView
from caseflow.services.money_views import MoneyView, SlipView
from caseflow.services.referral_views import ReferralView
from caseflow.services.stay_history import StayHistory

if TYPE_CHECKING:  # they need `Sealed` of this file
    from caseflow.services.departure_views import ItemView
    from caseflow.services.formal_decision_views import FormalDecisionView
    from caseflow.services.merge_views import MergeView
    from caseflow.services.presences_shown import PresenceView
    from caseflow.services.procedure_views import ProcedureView
    from caseflow.services.waiting_views import WaitingView


class Sealed:
    """Stands where words would be while the vault that holds them is sealed. Not *empty*, not *hidden*."""

    _only: Sealed | None = None

    def __new__(cls) -> Sealed:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __repr__(self) -> str:
        return "SEALED"

    def __bool__(self) -> Literal[False]:
        return False


SEALED: Final = Sealed()


@dataclass(frozen=True)
class ColleagueView:
    """A colleague on the case team: work name and work phone."""

    id: str
    name: str
    phone: str | None
    deputy_for: str | None
    until_on: date | None


@dataclass(frozen=True)
class PersonView:
    """Coded facts about the person."""

    gender: str
    age_band: str
    language: str | None
    interpreter: bool | None
    version: int = 1
    """Of what stands there: a form that was opened on an earlier one is not saved over it."""


@dataclass(frozen=True)
class ContactView:
    """How to reach the person safely."""

    phone: str | Hidden | None
    how_to_reach: str | None
    do_not_contact: str | None


@dataclass(frozen=True)
class NoteView:
    """One note, with the day of contact and the day of entry."""

    id: str
    kind: str
    contact_on: date
    recorded_at: datetime
    by: str
    words: str
    about_third_person: bool
    corrects_id: str | None
    corrected: bool
    language: str | None = None
    interpreter: str | None = None
    """The number of the interpreter at the agency."""


@dataclass(frozen=True)
class AnswerView:
    """A screening criterion and whether it is met."""

    criterion: str
    label: Label
    kind: str
    answer: str | None
    answered_on: date | None
    fact_id: str | None = None


@dataclass(frozen=True)
class ProposalView:
    """A proposal, and what became of it."""

    id: str
    kind: ProposalKind
    state: ProposalState
    proposed_by: str
    proposed_by_id: str
    event_on: date
    until_on: date | None
    outcome: Outcome | None
    basis: OutcomeBasis | None
    permanent_stay_assured: bool | None
    destination: DestinationKind | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | Hidden | Sealed | None
    version: int
    may_decide: Decision
    may_withdraw: Decision
    advice: Advice | None = None
    reason_code: SheetReason | None = None
    granted_until_on: date | None = None
    """The last day that was granted, where it is another than the one proposed."""
    may_advise: Decision | None = None
    """Whether the team may advise; None where nobody decides by sheets in this programme."""


@dataclass(frozen=True)
class PlacementView:
    """Nights on a bed."""

    id: str
    site: str
    room: str | Hidden
    bed: str | Hidden
    status: str | Hidden
    arrival_on: date | Hidden
    planned_departure_on: date | Hidden | None
    departure_on: date | Hidden | None
    held_until: datetime | Hidden | None = None
    ended_because: Message | Hidden | None = None


@dataclass(frozen=True)
class AllowanceView:
    """Living allowance over some days."""

    id: str
    from_on: date
    until_on: date | None
    weekly_cents: int
    to_be_decided: bool = False
    """Whether it still runs although the person has left: nobody decided yet when it ends."""


@dataclass(frozen=True)
class MilestoneView:
    """A coded step of a procedure."""

    kind: str
    event_on: date
    result: str | Hidden | None
    """A deadline tells kind and day; how it ended is for who sees the whole procedure."""
    procedure_id: str | None = None
    """The procedure that it is a step of; None for a step that stands alone."""


@dataclass(frozen=True)
class ExitView:
    """How the episode ended."""

    exited_on: date
    outcome: Outcome
    basis: OutcomeBasis | None
    permanent_stay_assured: bool | None
    destination: DestinationKind | None


@dataclass(frozen=True)
class FollowUpView:
    """What was found when someone asked again."""

    months: int
    answer: FollowUpAnswer
    event_on: date


@dataclass(frozen=True)
class TimelineItem:
    """Something that happened: the day it happened, the day it was recorded, by whom."""

    on: date
    recorded_on: date
    kind: str
    what: Message
    by: str | None
    fact_id: str | None = None
    """The fact that may be marked as recorded in error, where this is one."""
    mistaken_on: date | None = None
    """Since when it is known to have been recorded in error; it counts nowhere any more."""


@dataclass(frozen=True)
class OtherSide:
    """From whom somebody is kept apart, for a reader who may know both."""

    separation_id: str
    client_code: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class KeptApart:
    """That somebody is kept apart for safety; from whom only as far as the reader may know."""

    others: tuple[OtherSide, ...] = ()
    since: tuple[date, ...] = ()
    """Since when, for each separation, whoever the other side is; for readers to whom safety is clear."""


@dataclass(frozen=True)
class TaskView:
    """Something to be done, by a day; done once `done_on` is there."""

    id: str
    kind: TaskKind
    due_on: date
    is_overdue: bool
    words: str | Hidden | Sealed | None
    done_on: date | None
    is_superseded: bool = False
    """Whether another task took its place: nobody did it."""


@dataclass(frozen=True)
class FollowsView:
    """Something to be done that follows from the case itself, and since when."""

    kind: FollowsKind
    on: date
    what: Message


class Step(StrEnum):
    """A step along the pathway that shares its permission with another act."""

    WAITING_LIST = "waiting_list"
    GUIDANCE = "guidance"
    CONSULTATION = "consultation"
    CLOSING = "closing"
    CONTINUED = "continued"
    CONTINUATION_OVER = "continuation_over"
    EARLIER_NIGHTS = "earlier_nights"
    ALLOWANCE_OVER = "allowance_over"
    AWAY = "away"
    PLACE = "place"
    RETURN = "return"


@dataclass(frozen=True)
class CaseView:
    """One case as one reader may see it."""

    id: str
    client_code: str
    call_name: str
    programme: Programme
    is_test: bool
    restricted: bool
    version: int
    readers: tuple[str, ...]
    organisation: str
    stage: Stage | Hidden
    application_on: date | Hidden
    admitted_on: date | Hidden | None
    clock: StayClock | Hidden
    case_team: tuple[ColleagueView, ...] | Hidden
    team: str | Hidden | None
    person: PersonView | Hidden
    scenario: GuidanceScenario | Hidden | None
    proposals: tuple[ProposalView, ...] | Hidden
    screening: tuple[AnswerView, ...] | Hidden
    identity: IdentityView | Hidden | Sealed | None
    contact: ContactView | Hidden | Sealed | None
    notes: tuple[NoteView, ...] | Hidden | Sealed
    wish: str | Hidden | Sealed | None
    placements: tuple[PlacementView, ...] | Hidden
    allowances: tuple[AllowanceView, ...] | Hidden
    milestones: tuple[MilestoneView, ...] | Hidden
    exit: ExitView | Hidden | None
    follow_ups: tuple[FollowUpView, ...] | Hidden
    follow_ups_due: tuple[FollowUpDue, ...] | Hidden
    timeline: tuple[TimelineItem, ...]
    older_notes_page: int | None = None
    """The page of the notes that come before these; None where there are no older ones."""
    stay: StayFacts | Hidden = HIDDEN
    """What the clock reads: earlier nights, and stretches in which a court continues the stay."""
    stay_history: StayHistory | Hidden = HIDDEN
    consent: ConsentView | Hidden = HIDDEN
    """How the last day came about."""
    referrals: tuple[ReferralView, ...] | Hidden = HIDDEN
    """Counsellors and health workers who were asked to look at this case."""
    merged: tuple[MergeView, ...] | Hidden = HIDDEN
    """Codes that were given up into that of this person."""
    apart: KeptApart | Hidden | None = None
    """That this person is kept apart from somebody for safety."""
    card: CardView | Hidden | None = None
    """The emergency card, for who reads it clear; others open it with one tap, each time told apart."""
    absence: Absence | Hidden | None = None
    """The nights away that nobody ended yet."""
    bed_kept_until: date | Hidden | None = None
    """The first night on which their bed is not kept by rule any more; None: kept until somebody decides."""
    presences: tuple[PresenceView, ...] | Hidden = HIDDEN
    """What rounds of the night said, for as long as it is kept."""
    tasks: tuple[TaskView, ...] | Hidden = HIDDEN
    """What is to be done, the open ones first."""
    follows: tuple[FollowsView, ...] | Hidden = HIDDEN
    """What follows from the case by itself, and since when."""
    household: HouseholdView | Hidden = HIDDEN
    """What this person is in a household, and who else is in it as far as this reader may know."""
    health: HealthView | None = None
    """Needs and deferral dates, each as far as this reader sees it; None for who sees nothing of it."""
    peace: HousePeaceView | None = None
    """Warnings, time-outs, pairs and incidents; None for who sees nothing of safety."""
    comes_of_age: Eighteenth | None = None
    """When this person becomes 18, for who reads the birth date, until then."""
    money: MoneyView | Hidden = HIDDEN
    """Costs, and what runs of pay-outs booked."""
    slips: tuple[SlipView, ...] | Hidden = HIDDEN
    """The slips of pay-outs, the newest first."""
    procedures: tuple[ProcedureView, ...] | Hidden = HIDDEN
    """The procedures of this person, those that run first."""
    formal_decisions: tuple[FormalDecisionView, ...] | Hidden = HIDDEN
    """Our own formal decisions about this person, newest first."""
    file: ClientFileView = field(default_factory=ClientFileView)
    """Plan, people around and legal papers."""
    missing: Missing | None = None
    """That somebody is away unannounced, for who sees nights and casework."""
    waiting: WaitingView | Hidden | None = HIDDEN
    """The place that is asked for this person, and what was asked before, for who sees where people sleep."""
    checklist: tuple[ItemView, ...] = ()
    """What is still to be done before somebody who leaves is gone; empty where nobody leaves."""
    may: frozenset[Permission] = frozenset()
    """Acts that are open to this reader on this case."""
    can: Mapping[Permission, Decision] = field(default_factory=dict)
    """Whether each of those acts can be done today, and why not: the button asks what the POST asks."""
    steps: Mapping[Step, Decision] = field(default_factory=dict)
    """Whether each step along the pathway can be taken today, and why not."""

    def is_shut(self, permission: Permission) -> bool:
        """Whether this case is over and takes such an act no more."""
        return isinstance(self.stage, Stage) and closed_cases.is_shut(permission, self.stage)

    @property
    def is_over(self) -> bool:
        """Whether nobody works on this case any more."""
        return self.stage in closed_cases.OVER

    @property
    def is_sealed(self) -> bool:
        """Whether words that this reader could see are locked away now."""
        return SEALED in (self.identity, self.contact, self.notes, self.wish)
