"""From stored rows to the facts the domain decides on."""

from __future__ import annotations

from datetime import date

from caseflow.domain.cases import CaseFacts, Proposal, ProposalState
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.limit_standings import limit_of
from caseflow.domain.nights import Nights
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import Programme, ProposalKind, Stage
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay import StayClock, StayFacts, clock, nights_used
from caseflow.domain.stay_limits import Absence, AbsenceKind, StartEvent
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models import facts as rows

SLEPT = frozenset({"begun", "ended"})
"""Placements in which somebody slept or sleeps; holds and bookings are plans."""


def start_date(dossier: Dossier, kind: StartEvent) -> date | None:
    """The newest recorded date of one of the four starts of a case."""
    found = [fact.event_on for fact in dossier.starts if fact.kind == kind]
    return found[-1] if found else None


def application_on(dossier: Dossier) -> date:
    """The day of application; a case is never registered without one."""
    found = start_date(dossier, StartEvent.APPLICATION)
    return found if found is not None else dossier.case.opened_at.date()


def nights_sheltered(dossier: Dossier) -> tuple[Nights, ...]:
    return tuple(
        Nights(placement.arrival_on, placement.departure_on)
        for placement in dossier.placements
        if placement.status in SLEPT and placement.departure_on != placement.arrival_on
    )


def absences(dossier: Dossier) -> tuple[Absence, ...]:
    """Nights away, as the clock and the rules about absences know them."""
    return tuple(
        Absence(AbsenceKind(one.kind), Nights(one.from_on, one.until_on))
        for one in dossier.absences
    )


def continued(dossier: Dossier) -> tuple[Nights, ...]:
    """The stretches in which a court or an objection continues the stay."""
    return tuple(Nights(one.from_on, one.until_on) for one in dossier.continuations)


def current_exit(dossier: Dossier) -> rows.Exit | None:
    """The exit that counts: the newest one recorded."""
    return dossier.exits[-1] if dossier.exits else None


def case_facts(dossier: Dossier, programme: Programme) -> CaseFacts:
    """What pathways and proposals ask about a case."""
    left = current_exit(dossier)
    screened = [stage.event_on for stage in dossier.stages if stage.stage == Stage.SCREENING]
    scenarios = sorted(dossier.scenarios, key=lambda one: (one.event_on, one.recorded_at))
    return CaseFacts(
        programme=programme,
        stage=Stage(dossier.case.stage),
        application_on=application_on(dossier),
        screened_on=screened[-1] if screened else None,
        admitted_on=start_date(dossier, StartEvent.ADMISSION),
        pathway_started_on=start_date(dossier, StartEvent.PATHWAY_START),
        shelter=nights_sheltered(dossier),
        allowances=tuple(Nights(one.from_on, one.until_on) for one in dossier.allowances),
        scenario=GuidanceScenario(scenarios[-1].scenario) if scenarios else None,
        open_proposals=frozenset(
            ProposalKind(one.kind) for one in dossier.proposals if one.state == ProposalState.OPEN
        ),
        exited_on=left.exited_on if left else None,
        outcome=Outcome(left.outcome) if left else None,
        basis=OutcomeBasis(left.outcome_basis) if left and left.outcome_basis else None,
        follow_ups=frozenset(one.months for one in dossier.follow_ups),
        follow_ups_found=frozenset(
            one.months for one in dossier.follow_ups if one.state != FollowUpAnswer.UNKNOWN
        ),
    )


def stay_facts(dossier: Dossier, programme: Programme, today: date) -> StayFacts:
    """What the stay clock asks about a case, nights of earlier episodes included (rule C3)."""
    facts = case_facts(dossier, programme)
    dates = {
        StartEvent.APPLICATION: facts.application_on,
        StartEvent.SHELTER: facts.sheltered_on,
        StartEvent.ADMISSION: facts.admitted_on,
        StartEvent.PATHWAY_START: facts.pathway_started_on,
    }
    before = 0
    if dossier.earlier:
        former = dossier.earlier[-1]
        earlier = stay_facts(former, programme, today)
        before = earlier.nights_used_before + nights_used(earlier, today)
    return StayFacts(
        limit=limit_of(programme, dates),
        application_on=facts.application_on,
        sheltered_on=facts.sheltered_on,
        admitted_on=facts.admitted_on,
        pathway_started_on=facts.pathway_started_on,
        absences=absences(dossier),
        nights_used_before=before,
        count_earlier_nights=_counts_earlier_nights(dossier),
        extended_until=max((one.until_on for one in dossier.extensions), default=None),
        continued=continued(dossier),
        exited_on=facts.exited_on,
    )


def _counts_earlier_nights(dossier: Dossier) -> bool | None:
    """The newest decision on nights of earlier episodes; None where nobody decided."""
    return dossier.earlier_nights[-1].counts if dossier.earlier_nights else None


def stay_clock(dossier: Dossier, programme: Programme, today: date) -> StayClock:
    """What the clock says of a case today."""
    return clock(stay_facts(dossier, programme, today), today)


def proposal_of(row: rows.Proposal) -> Proposal:
    """A stored proposal as the domain knows it."""
    return Proposal(ProposalKind(row.kind), row.recorded_by, row.event_on, ProposalState(row.state))
