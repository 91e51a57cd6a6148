"""Admission, extension and exit: one proposes, another decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseflow.domain.cases import CaseFacts, Proposal, ProposalState
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.follow_ups import (
    FOLLOW_UP_NAMES,
    FollowUpAnswer,
    follow_ups_due,
    may_follow_up,
    may_record_follow_up,
)
from caseflow.domain.nights import Nights
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import Decider, ProposalKind, Stage
from caseflow.domain.proposals import (
    may_approve_admission,
    may_approve_exit,
    may_approve_extension,
    may_decide,
    may_end_now,
    may_propose_admission,
    may_propose_exit,
    may_propose_extension,
    may_withdraw_proposal,
)
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay import StayClock, StayFacts, StayState, clock
from caseflow.domain.stay_limits import StayLimit
from tests.domain.cases import ADMITTED, BBB, LVV, SCREENED, TODAY, reason

READY = replace(SCREENED, scenario=GuidanceScenario.UNDER_INVESTIGATION)
ADMISSION = Proposal(ProposalKind.ADMISSION, "caseworker-1", date(2026, 3, 4))
LEAD = ["team_lead"]
HERE = CaseFacts(
    LVV,
    Stage.GUIDANCE,
    date(2024, 8, 30),
    screened_on=date(2024, 8, 30),
    admitted_on=date(2024, 8, 31),
    shelter=(Nights(date(2024, 8, 31)),),
    scenario=GuidanceScenario.RETURN,
)
STAY = StayFacts(StayLimit(months=18), sheltered_on=date(2024, 8, 31))
NEAR = date(2026, 2, 1)
RETURN = Outcome.VOLUNTARY_RETURN


def told(today: date, facts: StayFacts = STAY) -> StayClock:
    return clock(facts, today)


def test_admission_is_proposed_after_the_screening_with_a_scenario() -> None:
    assert may_propose_admission(READY, TODAY, TODAY)
    assert "Record what you will work towards" in reason(
        may_propose_admission(SCREENED, TODAY, TODAY)
    )
    assert not may_propose_admission(replace(READY, stage=Stage.APPLICATION), TODAY, TODAY)
    assert "was admitted on" in reason(may_propose_admission(ADMITTED, TODAY, TODAY))


def test_admission_is_not_proposed_for_a_day_to_come_or_before_the_screening() -> None:
    assert not may_propose_admission(READY, date(2026, 3, 11), TODAY)
    assert not may_propose_admission(READY, date(2026, 3, 2), TODAY)


def test_a_programme_that_ended_admits_nobody() -> None:
    ended = replace(LVV, validity=replace(LVV.validity, valid_to=date(2026, 3, 5)))

    assert "takes nobody in" in reason(
        may_propose_admission(replace(READY, programme=ended), TODAY, TODAY)
    )


@pytest.mark.parametrize("kind", ProposalKind)
def test_a_second_proposal_of_the_same_kind_waits_for_the_first(kind: ProposalKind) -> None:
    waiting = frozenset({kind})
    decision = {
        ProposalKind.ADMISSION: may_propose_admission(
            replace(READY, open_proposals=waiting), TODAY, TODAY
        ),
        ProposalKind.EXTENSION: may_propose_extension(
            replace(HERE, open_proposals=waiting), told(NEAR), date(2026, 6, 1), NEAR
        ),
        ProposalKind.EXIT: may_propose_exit(
            replace(HERE, open_proposals=waiting), RETURN, None, NEAR, NEAR
        ),
    }[kind]

    assert "already waits for a decision" in reason(decision)


def test_nobody_decides_on_their_own_proposal() -> None:
    assert may_decide(LVV, ADMISSION, "lead-1", LEAD)
    assert "A colleague has to decide" in reason(may_decide(LVV, ADMISSION, "caseworker-1", LEAD))


def test_only_the_role_that_the_programme_names_decides() -> None:
    city = replace(
        LVV, deciders={**LVV.deciders, ProposalKind.ADMISSION: Decider.MUNICIPAL_DECISION_MAKER}
    )

    assert not may_decide(LVV, ADMISSION, "other", ["caseworker"])
    assert not may_decide(city, ADMISSION, "lead-1", LEAD)
    assert may_decide(city, ADMISSION, "city-1", ["municipal_decision_maker"])


@pytest.mark.parametrize("state", [one for one in ProposalState if one is not ProposalState.OPEN])
def test_a_proposal_is_decided_or_withdrawn_once(state: ProposalState) -> None:
    settled = replace(ADMISSION, state=state)

    assert not may_decide(LVV, settled, "lead-1", LEAD)
    assert not may_withdraw_proposal(settled, "caseworker-1")


def test_a_proposal_is_taken_back_by_the_one_who_made_it() -> None:
    assert may_withdraw_proposal(ADMISSION, "caseworker-1")
    assert not may_withdraw_proposal(ADMISSION, "caseworker-2")


def test_an_approval_asks_again_because_the_case_may_have_changed() -> None:
    waiting = replace(READY, open_proposals=frozenset({ProposalKind.ADMISSION}))
    withdrawn = replace(waiting, stage=Stage.WITHDRAWN)

    assert may_approve_admission(waiting, ADMISSION, date(2026, 3, 4), TODAY)
    assert not may_approve_admission(waiting, ADMISSION, date(2026, 3, 3), TODAY)
    assert not may_approve_admission(withdrawn, ADMISSION, TODAY, TODAY)


def test_an_approved_extension_and_exit_are_asked_again_too() -> None:
    waiting = replace(HERE, open_proposals=frozenset({ProposalKind.EXTENSION, ProposalKind.EXIT}))

    assert may_approve_extension(waiting, told(NEAR), date(2026, 6, 1), NEAR)
    assert not may_approve_extension(waiting, told(NEAR), date(2026, 2, 28), NEAR)
    assert may_approve_exit(waiting, RETURN, None, NEAR, NEAR)
    assert not may_approve_exit(replace(waiting, stage=Stage.EXITED), RETURN, None, NEAR, NEAR)


def test_without_a_limit_there_is_nothing_to_extend() -> None:
    none = told(NEAR, StayFacts(StayLimit(), sheltered_on=date(2024, 8, 31)))

    decision = may_propose_extension(replace(HERE, programme=BBB), none, date(2026, 6, 1), NEAR)

    assert "no longest stay" in reason(decision)


@pytest.mark.parametrize(
    ("today", "until", "words"),
    [
        (date(2025, 6, 1), date(2026, 6, 1), "once it comes near"),
        (NEAR, date(2026, 2, 28), "after 2026-02-28"),
        (date(2026, 5, 1), date(2026, 4, 1), "has not passed"),
        (date(2024, 8, 1), date(2026, 6, 1), "has not started"),
    ],
)
def test_an_extension_is_refused_with_its_reason(today: date, until: date, words: str) -> None:
    assert words in reason(may_propose_extension(HERE, told(today), until, today))


@pytest.mark.parametrize("today", [date(2025, 11, 28), date(2026, 2, 28), date(2026, 4, 1)])
def test_an_extension_is_proposed_near_the_limit_or_past_it(today: date) -> None:
    assert may_propose_extension(HERE, told(today), date(2026, 6, 1), today)


def test_a_case_that_ended_is_not_extended() -> None:
    left = replace(HERE, stage=Stage.EXITED)

    assert not may_propose_extension(left, told(NEAR), date(2026, 6, 1), NEAR)


def test_an_exit_lies_between_the_entry_and_today() -> None:
    assert may_propose_exit(HERE, RETURN, None, NEAR, NEAR)
    assert may_propose_exit(HERE, RETURN, None, date(2024, 8, 31), NEAR)
    assert not may_propose_exit(HERE, RETURN, None, date(2024, 8, 30), NEAR)
    assert "future" in reason(may_propose_exit(HERE, RETURN, None, date(2026, 2, 2), NEAR))


def test_an_exit_does_not_lie_before_the_last_arrival_in_a_shelter() -> None:
    moved = replace(HERE, shelter=(*HERE.shelter, Nights(date(2025, 5, 1))))

    assert not may_propose_exit(moved, RETURN, None, date(2025, 4, 30), NEAR)


def test_who_was_sheltered_without_an_admission_can_leave_too() -> None:
    sheltered = replace(SCREENED, shelter=(Nights(date(2026, 3, 4)),))

    assert may_propose_exit(sheltered, RETURN, None, TODAY, TODAY)
    assert "Withdraw the application" in reason(
        may_propose_exit(SCREENED, RETURN, None, TODAY, TODAY)
    )


def test_whether_anyone_can_leave_does_not_hang_on_one_outcome_of_the_programme() -> None:
    few = replace(HERE, programme=replace(LVV, outcomes=(RETURN,)))
    assert may_end_now(few, TODAY, TODAY)
    assert "already waits" in reason(
        may_end_now(replace(few, open_proposals=frozenset({ProposalKind.EXIT})), TODAY, TODAY)
    )
    assert "Withdraw the application" in reason(may_end_now(SCREENED, TODAY, TODAY))


def test_the_ground_of_an_exit_belongs_to_its_outcome() -> None:
    ended = Outcome.ENDED_BY_PROGRAMME

    assert not may_propose_exit(HERE, ended, None, NEAR, NEAR)
    assert not may_propose_exit(HERE, RETURN, OutcomeBasis.SAFETY, NEAR, NEAR)
    assert may_propose_exit(HERE, ended, OutcomeBasis.AGREEMENTS_NOT_MET, NEAR, NEAR)


@pytest.mark.parametrize("assured", [True, False])
def test_onward_migration_asks_whether_permanent_stay_is_assured(assured: bool) -> None:
    onward = Outcome.ONWARD_MIGRATION

    assert "permanent stay" in reason(may_propose_exit(HERE, onward, None, NEAR, NEAR))
    assert may_propose_exit(HERE, onward, None, NEAR, NEAR, permanent_stay_assured=assured)


@pytest.mark.parametrize(
    ("outcome", "destination", "fits"),
    [
        (RETURN, None, True),  # nobody has to say where they go
        (RETURN, DestinationKind.ABROAD, True),
        (RETURN, DestinationKind.UNKNOWN, True),
        (Outcome.LEFT_DESTINATION_UNKNOWN, None, True),
        (Outcome.LEFT_DESTINATION_UNKNOWN, DestinationKind.UNKNOWN, True),
        (Outcome.LEFT_DESTINATION_UNKNOWN, DestinationKind.STREET, False),  # then it is known
        (Outcome.DECEASED, None, True),
        (Outcome.DECEASED, DestinationKind.UNKNOWN, False),  # there is no next address
    ],
)
def test_the_kind_of_next_address_is_optional_and_fits_the_outcome(
    outcome: Outcome, destination: DestinationKind | None, fits: bool
) -> None:
    here = replace(HERE, programme=replace(LVV, outcomes=tuple(Outcome)))
    answer = may_propose_exit(here, outcome, None, NEAR, NEAR, destination=destination)
    assert bool(answer) is fits
    if not fits:
        assert "does not fit" in reason(answer)


def test_an_outcome_that_the_programme_does_not_use_is_refused() -> None:
    narrow = replace(LVV, outcomes=(Outcome.OTHER,))

    assert not may_propose_exit(replace(HERE, programme=narrow), RETURN, None, NEAR, NEAR)


def test_the_longest_stay_is_reached_on_the_last_day_and_not_before() -> None:
    reached = Outcome.STAY_LIMIT_REACHED
    last = date(2026, 2, 28)

    assert may_propose_exit(HERE, reached, None, last, last, told=told(last))
    assert not may_propose_exit(HERE, reached, None, NEAR, NEAR, told=told(NEAR))
    assert "no last day" in reason(may_propose_exit(HERE, reached, None, NEAR, NEAR))


def test_a_court_that_continues_the_stay_stops_an_end_by_the_term_but_not_a_permit() -> None:
    today = date(2026, 3, 5)
    court = told(today, replace(STAY, continued=(Nights(date(2026, 2, 20)),)))

    assert court.state is StayState.CONTINUED_BY_COURT
    assert "No end can be planned" in reason(
        may_propose_exit(HERE, Outcome.STAY_LIMIT_REACHED, None, today, today, told=court)
    )
    assert may_propose_exit(HERE, Outcome.RESIDENCE_PERMIT, None, today, today, told=court)


LEFT = replace(
    HERE, stage=Stage.AFTERCARE, exited_on=date(2025, 8, 31), outcome=Outcome.RESIDENCE_PERMIT
)


@pytest.mark.parametrize(
    ("months", "on", "fits"),
    [
        (6, date(2026, 2, 27), False),
        (6, date(2026, 2, 28), True),
        (12, date(2026, 8, 30), False),
        (12, date(2026, 8, 31), True),
        (9, date(2026, 8, 31), False),
    ],
)
def test_a_follow_up_waits_for_its_clamped_months(months: int, on: date, fits: bool) -> None:
    assert bool(may_record_follow_up(LEFT, months, on, date(2026, 9, 1))) is fits


def test_a_follow_up_that_is_too_early_says_from_when_it_can_be_done() -> None:
    early = may_record_follow_up(LEFT, 6, date(2026, 2, 27), date(2026, 9, 1))

    assert reason(early) == "This follow-up can be recorded from 2026-02-28, not before."


def test_a_follow_up_is_recorded_after_an_exit_and_not_for_a_day_to_come() -> None:
    assert not may_record_follow_up(HERE, 6, NEAR, NEAR)
    assert not may_record_follow_up(LEFT, 6, date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome.DECEASED,
        Outcome.MUNICIPAL_TRANSFER,
        Outcome.LEFT_DESTINATION_UNKNOWN,
        Outcome.DETAINED,
        Outcome.STAY_LIMIT_REACHED,
    ],
)
def test_nobody_asks_whether_a_solution_holds_that_there_never_was(outcome: Outcome) -> None:
    facts, late = replace(LEFT, outcome=outcome), date(2027, 1, 1)
    assert follow_ups_due(facts, late) == ()
    assert "was no solution" in reason(may_record_follow_up(facts, 6, late, late))
    assert "was no solution" in reason(may_follow_up(facts, late))


def test_what_was_found_is_not_contradicted_and_what_could_not_be_found_out_may_be_later() -> None:
    late = date(2026, 9, 1)
    unknown = replace(LEFT, follow_ups=frozenset({6}))
    found = replace(unknown, follow_ups_found=frozenset({6}))
    assert may_record_follow_up(unknown, 6, late, late)
    assert "recorded already" in reason(may_record_follow_up(found, 6, late, late))
    assert may_follow_up(found, late)
    both = replace(found, follow_ups_found=frozenset({6, 12}))
    assert "every follow-up" in reason(may_follow_up(both, late))
    assert "from 2026-08-31" in reason(may_follow_up(found, date(2026, 8, 1)))
    assert "no exit yet" in reason(may_follow_up(HERE, late))


def test_what_is_due_leaves_out_what_was_recorded() -> None:
    half = replace(LEFT, follow_ups=frozenset({6}))

    assert [due.months for due in follow_ups_due(LEFT, date(2026, 9, 1))] == [6, 12]
    assert [due.months for due in follow_ups_due(half, date(2026, 9, 1))] == [12]
    assert follow_ups_due(LEFT, date(2026, 2, 27)) == ()
    assert set(FOLLOW_UP_NAMES) == set(FollowUpAnswer)
