"""From intake to follow-up and re-entry: proposed by one, decided by another, told on the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import ProposalKind
from caseflow.services import casework, decisions, departures, gatekeeping, intake
from caseflow.services.case_views import CaseView, ProposalView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def seen(case_id: str, by: Colleague = cast.LENA) -> CaseView:
    return gatekeeping.open_case(by.actor(), case_id, clock.now())


def waiting(case_id: str) -> ProposalView:
    [one] = [one for one in seen(case_id).proposals or () if one.state == "open"]
    return one


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def test_the_way_from_intake_to_follow_up_and_back_is_told_on_the_timeline() -> None:
    case_id = world.admitted(days_ago=700)
    today, now = clock.today(), clock.now()
    world.done(casework.begin_allowance(AMINA, case_id, today - timedelta(days=600), 6500, now))
    left = today - timedelta(days=400)
    basis = OutcomeBasis.REPEAT_ASYLUM_APPLICATION
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.NATIONAL_RECEPTION, basis, left, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    held = FollowUpAnswer.STILL_HOLDS
    world.done(decisions.follow_up(AMINA, case_id, 6, held, left + timedelta(days=200), now))
    world.done(decisions.follow_up(AMINA, case_id, 12, FollowUpAnswer.UNKNOWN, today, now))
    view = seen(case_id, cast.AMINA)
    assert view.stage == "aftercare"
    assert [one.months for one in view.follow_ups or ()] == [6, 12]
    [paid] = view.allowances or ()
    assert (paid.until_on, paid.to_be_decided) == (None, True)
    world.done(casework.end_allowance(AMINA, case_id, left, now))
    [paid] = seen(case_id, cast.AMINA).allowances or ()
    assert (paid.until_on, paid.to_be_decided) == (left, False)
    world.done(departures.close(LENA, case_id, now))
    back = intake.reenter(AMINA, case_id, "waterstad-lvv", today, now)
    assert isinstance(back, intake.Registered)
    kinds = [item.kind for item in seen(case_id, cast.AMINA).timeline]
    assert set(kinds) == {
        "stage", "scenario", "proposal", "decision", "allowance", "exit", "follow_up"
    }  # fmt: skip
    days = [item.on for item in seen(case_id, cast.AMINA).timeline]
    assert days == sorted(days, reverse=True)


def test_nobody_decides_on_their_own_proposal(house: House) -> None:
    both = Colleague("lena", "de-haven", "haven-east", cast.LENA.roles).actor()
    case_id = world.screened(days_ago=10)
    world.done(intake.assign(LENA, case_id, ("amina", "lena"), clock.now()))
    on = clock.today()
    world.done(decisions.propose_admission(both, case_id, on, None, clock.now()))
    refused = decisions.decide(both, case_id, waiting(case_id).id, True, None, clock.now())
    assert "A colleague has to decide" in why(refused)
    assert seen(case_id).stage == "screening"


@pytest.mark.parametrize(
    "colleague", [cast.AMINA, cast.BRAM, cast.MO, cast.NOOR, cast.KOFI, cast.TESS, cast.ADA]
)
def test_only_the_lead_of_the_team_decides(colleague: Colleague) -> None:
    case_id = world.screened(days_ago=10)
    world.done(decisions.propose_admission(AMINA, case_id, clock.today(), None, clock.now()))
    with pytest.raises(NotKnown):
        decisions.decide(colleague.actor(), case_id, waiting(case_id).id, True, None, clock.now())


def test_a_proposal_of_another_case_is_not_known_here() -> None:
    one, other = world.screened(days_ago=10), world.screened(days_ago=10)
    world.done(decisions.propose_admission(AMINA, one, clock.today(), None, clock.now()))
    with pytest.raises(NotKnown):
        decisions.decide(LENA, other, waiting(one).id, True, None, clock.now())


def test_a_proposal_that_a_colleague_changed_meanwhile_is_looked_at_again() -> None:
    case_id = world.screened(days_ago=10)
    world.done(decisions.propose_admission(AMINA, case_id, clock.today(), None, clock.now()))
    proposal = waiting(case_id)
    refused = decisions.decide(
        LENA, case_id, proposal.id, True, None, clock.now(), version=proposal.version + 1
    )
    assert "Look again" in why(refused)
    world.done(
        decisions.decide(
            LENA, case_id, proposal.id, True, None, clock.now(), version=proposal.version
        )
    )


def test_a_declined_admission_ends_the_application_and_keeps_its_reason_in_the_vault() -> None:
    case_id = world.screened(days_ago=10)
    world.done(decisions.propose_admission(AMINA, case_id, clock.today(), "Ready.", clock.now()))
    proposal = waiting(case_id)
    assert proposal.reason == "Ready."
    world.done(decisions.decide(LENA, case_id, proposal.id, False, "Not yet.", clock.now()))
    view = seen(case_id)
    assert view.stage == "declined"
    [declined] = view.proposals or ()
    assert declined.reason == "Not yet."


def test_an_extension_is_agreed_near_the_last_day_and_moves_it(house: House) -> None:
    [bed, *_] = builders.open_site(house)
    case_id = world.admitted(days_ago=560)
    until = clock.today() + timedelta(days=120)
    early = decisions.propose_extension(AMINA, case_id, until, None, clock.now())
    assert "The term has not started" in why(early)
    world.sleeps(house, case_id, bed, days_ago=530)
    world.done(decisions.propose_extension(AMINA, case_id, until, None, clock.now()))
    world.decide(case_id, ProposalKind.EXTENSION)
    assert seen(case_id).clock.last_day == until  # type: ignore[union-attr]


def test_a_follow_up_is_not_recorded_before_it_is_due() -> None:
    case_id = world.admitted(days_ago=100)
    today, now = clock.today(), clock.now()
    held = FollowUpAnswer.STILL_HOLDS
    assert "no exit yet" in why(decisions.follow_up(AMINA, case_id, 6, held, today, now))
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.VOLUNTARY_RETURN, None, today, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    assert "not before" in why(decisions.follow_up(AMINA, case_id, 6, held, today, now))


def test_a_withdrawn_proposal_waits_for_nobody_and_another_can_be_made() -> None:
    case_id = world.screened(days_ago=10)
    now = clock.now()
    world.done(decisions.propose_admission(AMINA, case_id, clock.today(), None, now))
    same = decisions.propose_admission(AMINA, case_id, clock.today(), None, now)
    assert "already waits" in why(same)
    world.done(decisions.withdraw(AMINA, case_id, waiting(case_id).id, now))
    world.done(decisions.propose_admission(AMINA, case_id, clock.today(), None, now))
