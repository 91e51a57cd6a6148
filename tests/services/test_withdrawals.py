"""Applications that are taken back, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.cases import ProposalState
from caseflow.domain.decisions import Refused
from caseflow.services import decisions, gatekeeping, placements, withdrawals
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from caseflow.storage.models.audit import Entry
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def beds(sealed_house: House) -> list[str]:
    builders.hire_everybody(sealed_house)
    return builders.open_site(sealed_house)


def withdrawn(case_id: str, by: Colleague = cast.AMINA) -> Refused | None:
    return withdrawals.withdraw_application(by.actor(), case_id, clock.today(), clock.now())


def seen(case_id: str, by: Colleague = cast.AMINA) -> CaseView:
    return gatekeeping.open_case(by.actor(), case_id, clock.now())


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.TESS])
def test_case_team_and_desk_take_an_application_back_while_the_vault_is_sealed(
    colleague: Colleague,
) -> None:
    case_id = world.screened(days_ago=10)
    assert withdrawn(case_id, colleague) is None
    assert seen(case_id).stage == "withdrawn"


@pytest.mark.parametrize("colleague", [cast.LENA, cast.BRAM, cast.SARA, cast.KOFI, cast.YUSUF])
def test_nobody_else_takes_it_back(colleague: Colleague) -> None:
    case_id = world.screened(days_ago=10)
    with pytest.raises(NotKnown):
        withdrawn(case_id, colleague)
    assert seen(case_id).stage == "screening"


def test_an_admission_that_waits_for_a_decision_is_taken_back_with_it() -> None:
    case_id, now = world.screened(days_ago=10), clock.now()
    world.done(decisions.propose_admission(cast.AMINA.actor(), case_id, clock.today(), None, now))
    assert withdrawn(case_id) is None
    [proposal] = seen(case_id).proposals or ()
    assert proposal.state is ProposalState.WITHDRAWN
    answer = decisions.decide(cast.LENA.actor(), case_id, proposal.id, False, None, now)
    assert "already been decided or withdrawn" in why(answer)
    assert seen(case_id).stage == "withdrawn"


def test_a_bed_that_was_booked_is_free_for_somebody_else(beds: list[str]) -> None:
    leaving, next_one = world.screened(), world.screened()
    tomorrow, now, kofi = clock.today() + timedelta(days=1), clock.now(), cast.KOFI.actor()
    booked = placements.allocate(kofi, leaving, beds[0], tomorrow, None, now)
    assert isinstance(booked, Placed)
    assert isinstance(placements.allocate(kofi, next_one, beds[0], tomorrow, None, now), Refused)

    assert withdrawn(leaving) is None

    assert isinstance(placements.allocate(kofi, next_one, beds[0], tomorrow, None, now), Placed)


def test_nothing_is_withdrawn_once_support_has_begun(house: House, beds: list[str]) -> None:
    sheltered = world.screened()
    world.sleeps(house, sheltered, beds[0], days_ago=1)
    assert "Propose an exit instead" in why(withdrawn(sheltered))
    assert "cannot follow" in why(withdrawn(world.admitted()))


def test_a_withdrawal_is_done_once_and_never_ahead() -> None:
    case_id = world.screened()
    ahead = clock.today() + timedelta(days=1)
    amina = cast.AMINA.actor()
    assert "future" in why(withdrawals.withdraw_application(amina, case_id, ahead, clock.now()))
    assert withdrawn(case_id) is None
    assert "cannot follow" in why(withdrawn(case_id))


def test_the_log_is_told_of_a_withdrawal_and_its_day(sealed_house: House) -> None:
    assert withdrawn(world.screened()) is None
    with Session(sealed_house.stores.audit) as session:
        told = session.scalars(select(Entry).where(Entry.event == "application_withdrawn")).all()
    assert [entry.result for entry in told] == [None, "done"]
    assert told[0].details == '{"on":"2026-11-22"}'
