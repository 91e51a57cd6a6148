"""A case: one episode of one client in one programme, as the facts that decisions ask for.

Shelter, programme status and allowance are facts of their own: any of them can be there without the
others (a bed while the admission is awaited, an allowance without a bed, a pathway from home).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import Programme, ProposalKind, Stage
from caseflow.domain.scenarios import GuidanceScenario

STAGE_NAMES: Mapping[Stage, Message] = MappingProxyType(
    {
        Stage.APPLICATION: N_("application"),
        Stage.SCREENING: N_("screening"),
        Stage.WAITING: N_("waiting list"),
        Stage.GUIDANCE: N_("in guidance"),
        Stage.EXITED: N_("left the programme"),
        Stage.AFTERCARE: N_("aftercare"),
        Stage.CLOSED: N_("closed"),
        Stage.DECLINED: N_("not admitted"),
        Stage.WITHDRAWN: N_("application withdrawn"),
    }
)

ENDED_STAGES = frozenset(
    {Stage.EXITED, Stage.AFTERCARE, Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN}
)


@dataclass(frozen=True)
class CaseFacts:
    """What is known of one case, without a word about the person.

    `shelter` and `allowances` are half-open stretches, an open one still runs. `scenario` is the
    current one. `open_proposals` are those nobody decided on yet. `follow_ups` are the months after
    the exit for which a follow-up was recorded, `follow_ups_found` those for which something was found.
    """

    programme: Programme
    stage: Stage
    application_on: date
    screened_on: date | None = None
    admitted_on: date | None = None
    pathway_started_on: date | None = None
    shelter: tuple[Nights, ...] = ()
    allowances: tuple[Nights, ...] = ()
    scenario: GuidanceScenario | None = None
    open_proposals: frozenset[ProposalKind] = frozenset()
    exited_on: date | None = None
    outcome: Outcome | None = None
    basis: OutcomeBasis | None = None
    follow_ups: frozenset[int] = frozenset()
    follow_ups_found: frozenset[int] = frozenset()

    @property
    def has_ended(self) -> bool:
        """Says whether the episode is over, one way or another."""
        return self.stage in ENDED_STAGES

    @property
    def sheltered_on(self) -> date | None:
        """The first night of shelter in this case."""
        return min((stay.arrival for stay in self.shelter), default=None)

    @property
    def entered_on(self) -> date | None:
        """The day on which support began: admission, shelter or allowance, whichever came first."""
        begins = [self.admitted_on, self.sheltered_on, self.pathway_started_on]
        begins += [allowance.arrival for allowance in self.allowances]
        return min((day for day in begins if day is not None), default=None)


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposal:
    """Something one colleague proposes and another decides; ids are those of accounts."""

    kind: ProposalKind
    proposed_by: str
    proposed_on: date
    state: ProposalState = ProposalState.OPEN
