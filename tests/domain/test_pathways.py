"""What may follow what on the way of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseflow.domain.cases import ENDED_STAGES, STAGE_NAMES, CaseFacts
from caseflow.domain.nights import Nights
from caseflow.domain.pathways import (
    FOLLOWS,
    may_begin_aftercare,
    may_begin_consultation,
    may_begin_pathway,
    may_close,
    may_follow,
    may_record_allowance,
    may_record_identity,
    may_record_scenario,
    may_reenter,
    may_register,
    may_screen,
    may_shelter,
    may_wait,
    may_withdraw_application,
)
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.scenarios import SCENARIO_NAMES, GuidanceScenario
from tests.domain.cases import (
    ADMITTED,
    ANONYMOUS,
    APPLIED,
    BBB,
    CATALOGUE,
    EXITED,
    LVV,
    NEW,
    SCREENED,
    TODAY,
    reason,
)


def test_a_call_name_is_all_that_a_registration_needs() -> None:
    assert may_register(LVV, "Zon", TODAY, TODAY)
    assert may_register(ANONYMOUS, "Zon", TODAY, TODAY)
    assert reason(may_register(LVV, "   ", TODAY, TODAY)) == (
        "Enter a name to call this person by. It need not be a real name."
    )


def test_a_programme_of_past_episodes_registers_nobody() -> None:
    rotterdam = CATALOGUE.programmes["rotterdam-lvv"]

    assert "past episodes only" in reason(may_register(rotterdam, "Zon", TODAY, TODAY))


def test_a_registration_lies_neither_ahead_nor_before_the_programme() -> None:
    assert not may_register(LVV, "Zon", date(2026, 3, 11), TODAY)
    assert not may_register(LVV, "Zon", date(2018, 12, 31), TODAY)


def test_a_programme_that_ended_registers_nobody_after_its_last_day() -> None:
    ended = replace(LVV, validity=replace(LVV.validity, valid_to=date(2026, 3, 9)))

    assert may_register(ended, "Zon", date(2026, 3, 9), TODAY)
    assert "ended on 2026-03-09" in reason(may_register(ended, "Zon", TODAY, TODAY))


def test_nobody_asks_who_someone_is_in_anonymous_care() -> None:
    assert may_record_identity(LVV)
    assert "call name" in reason(may_record_identity(ANONYMOUS))


def test_every_stage_has_a_name_and_says_what_may_follow() -> None:
    assert set(FOLLOWS) == set(Stage) == set(STAGE_NAMES)
    assert set(SCENARIO_NAMES) == set(GuidanceScenario)


def test_no_stage_leads_back_to_an_open_case_once_it_has_ended() -> None:
    for ended in ENDED_STAGES:
        assert FOLLOWS[ended] <= ENDED_STAGES


def test_every_stage_can_be_reached_and_leads_to_a_closed_case() -> None:
    reached = {Stage.APPLICATION}
    while more := {after for now in reached for after in FOLLOWS[now]} - reached:
        reached |= more

    assert reached == set(Stage)


def test_a_programme_that_screens_admits_nobody_before_the_screening() -> None:
    assert not may_follow(LVV, Stage.APPLICATION, Stage.GUIDANCE)
    assert may_follow(LVV, Stage.SCREENING, Stage.GUIDANCE)
    assert may_follow(ANONYMOUS, Stage.APPLICATION, Stage.GUIDANCE)


def test_a_programme_keeps_to_its_own_stages() -> None:
    assert reason(may_follow(ANONYMOUS, Stage.APPLICATION, Stage.SCREENING)) == (
        "“screening” cannot follow “application” in this programme."
    )


def test_a_screening_lies_between_the_application_and_today() -> None:
    assert may_screen(NEW, date(2026, 3, 1), TODAY)
    assert not may_screen(NEW, date(2026, 2, 28), TODAY)
    assert not may_screen(NEW, date(2026, 3, 11), TODAY)
    assert not may_screen(ADMITTED, TODAY, TODAY)


def test_only_a_screened_person_waits() -> None:
    assert may_wait(SCREENED, date(2026, 3, 3), TODAY)
    assert not may_wait(SCREENED, date(2026, 3, 2), TODAY)
    assert not may_wait(NEW, TODAY, TODAY)


def test_a_scenario_is_recorded_after_the_screening_and_as_often_as_it_changes() -> None:
    assert "Screen this person first" in reason(may_record_scenario(NEW, TODAY, TODAY))
    assert may_record_scenario(SCREENED, TODAY, TODAY)
    assert may_record_scenario(ADMITTED, TODAY, TODAY)
    assert "has ended" in reason(may_record_scenario(EXITED, TODAY, TODAY))


def test_a_bed_needs_no_admission_and_an_allowance_needs_no_bed() -> None:
    assert may_shelter(NEW, TODAY)
    assert may_record_allowance(NEW, TODAY, TODAY)
    assert may_begin_pathway(ADMITTED, TODAY, TODAY)


def test_support_begins_with_a_bed_before_anyone_is_admitted() -> None:
    sheltered = replace(NEW, shelter=(Nights(date(2026, 3, 2)),))

    assert sheltered.entered_on == date(2026, 3, 2)
    assert sheltered.admitted_on is None


def test_a_bed_may_be_held_for_a_day_to_come_but_not_before_the_application() -> None:
    assert may_shelter(SCREENED, date(2026, 4, 1))
    assert not may_shelter(SCREENED, date(2026, 2, 28))
    assert not may_shelter(EXITED, TODAY)


def test_a_programme_gives_only_what_it_offers() -> None:
    consultation = CaseFacts(ANONYMOUS, Stage.APPLICATION, APPLIED)

    assert "no shelter" in reason(may_shelter(consultation, TODAY))
    assert "no living allowance" in reason(may_record_allowance(consultation, TODAY, TODAY))
    without = replace(LVV, offers=frozenset())
    assert "no guidance" in reason(
        may_record_scenario(replace(SCREENED, programme=without), TODAY, TODAY)
    )


def test_one_living_allowance_runs_at_a_time() -> None:
    running = replace(NEW, allowances=(Nights(date(2026, 3, 2)),))
    past = replace(NEW, allowances=(Nights(date(2026, 3, 2), date(2026, 3, 6)),))

    assert "already runs" in reason(may_record_allowance(running, TODAY, TODAY))
    assert "already paid" in reason(may_record_allowance(past, date(2026, 3, 5), TODAY))
    assert may_record_allowance(past, date(2026, 3, 6), TODAY)


def test_guidance_begins_after_the_admission_and_once() -> None:
    assert "Propose the admission" in reason(may_begin_pathway(SCREENED, TODAY, TODAY))
    assert not may_begin_pathway(ADMITTED, date(2026, 3, 4), TODAY)
    begun = replace(ADMITTED, pathway_started_on=date(2026, 3, 6))
    assert "already began" in reason(may_begin_pathway(begun, TODAY, TODAY))


def test_a_consultation_begins_without_admission_or_proposal() -> None:
    arrived = CaseFacts(ANONYMOUS, Stage.APPLICATION, APPLIED)

    assert may_begin_consultation(arrived, TODAY, TODAY)
    assert not may_begin_consultation(NEW, TODAY, TODAY)


def test_an_application_is_withdrawn_only_before_support_began() -> None:
    assert may_withdraw_application(SCREENED, TODAY, TODAY)
    sheltered = replace(SCREENED, shelter=(Nights(date(2026, 3, 4), date(2026, 3, 6)),))
    assert "Propose an exit" in reason(may_withdraw_application(sheltered, TODAY, TODAY))
    assert not may_withdraw_application(ADMITTED, TODAY, TODAY)


def test_a_new_episode_begins_only_after_the_former_one_ended() -> None:
    assert may_reenter([EXITED], LVV, TODAY)
    assert "already has an open case" in reason(may_reenter([ADMITTED], LVV, TODAY))
    assert "2026-03-08" in reason(may_reenter([EXITED], LVV, date(2026, 3, 7)))


def test_an_open_case_in_one_programme_does_not_stand_in_the_way_of_another() -> None:
    assert may_reenter([ADMITTED], BBB, TODAY)
    assert may_reenter([], LVV, TODAY)


@pytest.mark.parametrize("stage", sorted(ENDED_STAGES))
def test_however_an_episode_ended_a_new_one_may_begin(stage: Stage) -> None:
    assert may_reenter([replace(NEW, stage=stage)], LVV, TODAY)


def test_aftercare_follows_an_exit_and_a_case_closes_once_nothing_is_open() -> None:
    assert may_begin_aftercare(EXITED, TODAY, TODAY)
    assert not may_begin_aftercare(ADMITTED, TODAY, TODAY)
    assert may_close(EXITED, TODAY, TODAY)
    assert not may_close(EXITED, date(2026, 3, 7), TODAY)
    waiting = replace(EXITED, open_proposals=frozenset({ProposalKind.EXTENSION}))
    assert "waits for a decision" in reason(may_close(waiting, TODAY, TODAY))
    paid = replace(EXITED, allowances=(Nights(APPLIED),))
    assert "allowance still runs" in reason(may_close(paid, TODAY, TODAY))
    assert may_close(replace(paid, allowances=(Nights(APPLIED, TODAY),)), TODAY, TODAY)
    assert not may_close(ADMITTED, TODAY, TODAY)
