"""What can be done about a case today, and why not: a button asks what its form will ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from caseflow.domain import (
    absences,
    continuations,
    costs,
    follow_ups,
    formal_decisions,
    pathways,
    placements,
    procedures,
    proposals,
    waiting,
)
from caseflow.domain.access import Permission
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Decision
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay
from caseflow.domain.stay import StayClock, StayFacts, may_decide_earlier_nights
from caseflow.domain.stay_limits import Absence
from caseflow.services.case_views import Step


def what_can_be_done(
    facts: CaseFacts, told: StayClock, own_stays: Iterable[Stay], now: datetime, today: date
) -> dict[Permission, Decision]:
    """Whether each act can be done today: the same questions the acts themselves ask.

    `own_stays` are the person's nights on beds, as far as the reader may know of them.
    """
    far = date.max
    return {
        Permission.SCREENING_RECORD: pathways.may_answer_screening(facts, today, today),
        Permission.APPLICATION_WITHDRAW: pathways.may_withdraw_application(facts, today, today),
        Permission.IDENTITY_RECORD: pathways.may_record_identity(facts.programme),
        Permission.SCENARIO_RECORD: pathways.may_record_scenario(facts, today, today),
        Permission.MILESTONE_RECORD: procedures.may_work_on(facts),
        Permission.ADMISSION_PROPOSE: proposals.may_propose_admission(facts, today, today),
        Permission.EXTENSION_PROPOSE: proposals.may_propose_extension(facts, told, far, today),
        Permission.EXIT_PROPOSE: proposals.may_end_now(facts, today, today),
        Permission.FORMAL_DECISION_RECORD: formal_decisions.may_begin(facts),
        Permission.ALLOWANCE_RECORD: pathways.may_record_allowance(facts, today, today),
        Permission.COST_RECORD: costs.may_work_on(facts),
        Permission.PLACEMENT_CREATE: pathways.may_shelter(facts, today)
        and placements.may_get_a_bed(own_stays, Nights(today), now, today),
        Permission.REENTRY_CREATE: pathways.may_reenter([facts], facts.programme, today),
        Permission.FOLLOW_UP_RECORD: follow_ups.may_follow_up(facts, today),
    }


def steps(
    facts: CaseFacts, stay: StayFacts, away: Iterable[Absence], today: date
) -> dict[Step, Decision]:
    """Whether each step that shares its permission with another act can be taken today."""
    known = tuple(away)
    return {
        Step.WAITING_LIST: pathways.may_wait(facts, today, today),
        Step.GUIDANCE: pathways.may_begin_pathway(facts, today, today),
        Step.CONSULTATION: pathways.may_begin_consultation(facts, today, today),
        Step.CLOSING: pathways.may_close(facts, today, today),
        Step.CONTINUED: continuations.may_begin(facts, stay.continued, today, today),
        Step.CONTINUATION_OVER: continuations.may_end(stay.continued, today, today),
        Step.EARLIER_NIGHTS: may_decide_earlier_nights(stay),
        Step.ALLOWANCE_OVER: pathways.may_end_allowance(facts),
        Step.PLACE: waiting.may_ask(facts, None, today, today),
        Step.AWAY: absences.may_begin(facts, known, today, today),
        Step.RETURN: absences.may_end(known, today, today),
    }
