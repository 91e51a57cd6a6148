"""The clock and the timeline as pages: continued by a court, earlier nights, facts recorded in error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.services import casework, decisions, gatekeeping
from caseflow.services.corrections import Correctable, record_error
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.facts import ScenarioChoice
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs, post

AMINA = cast.AMINA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


@pytest.fixture
def amina(client_as: ClientAs) -> FlaskClient:
    client = client_as(cast.AMINA)
    post(client, "/language", language="en")
    return client


def test_a_court_that_continues_the_stay_is_told_on_the_clock(
    house: House, amina: FlaskClient
) -> None:
    case_id = world.admitted(days_ago=620)
    [bed] = builders.open_site(house, beds=1)
    world.sleeps(house, case_id, bed, days_ago=610)
    answered = post(
        amina,
        f"/cases/{case_id}/continuations/new",
        from_on=(clock.today() - timedelta(days=1)).isoformat(),
    )
    assert answered.status_code == 303, answered.text
    text = amina.get(f"/cases/{case_id}").text
    assert "Continued by a court or an objection since" in text
    assert f"/cases/{case_id}/continuations/end" in text


def test_a_scenario_recorded_in_error_stays_struck_and_counts_no_more(
    house: House, amina: FlaskClient
) -> None:
    case_id = world.screened(days_ago=10)
    view = gatekeeping.open_case(AMINA, case_id, clock.now())
    [line] = [one for one in view.timeline if one.kind == "scenario"]
    address = f"/cases/{case_id}/corrections/scenario/{line.fact_id}"
    assert address in amina.get(f"/cases/{case_id}").text
    assert post(amina, address).status_code == 303
    text = amina.get(f"/cases/{case_id}").text
    assert "<del>Guidance scenario" in text
    assert "Recorded in error, as was found on" in text
    after = gatekeeping.open_case(AMINA, case_id, clock.now())
    assert after.scenario is None
    assert "already marked" in post(amina, address).text
    with house.stores.reading() as session:
        row = session.scalars(select(ScenarioChoice)).one()
        assert (row.mistaken_by, row.mistaken_at) == ("amina", clock.now())
        assert row.mistaken_change_id not in (None, row.change_id)


def test_a_screening_answer_a_step_and_a_follow_up_can_be_errors() -> None:
    case_id = world.admitted(days_ago=700)
    today, now = clock.today(), clock.now()
    left = today - timedelta(days=400)
    lodged = "repeat_asylum_application_lodged"
    world.done(casework.record_milestone(AMINA, case_id, lodged, today, None, now))
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.RESIDENCE_PERMIT, None, left, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    asked = left + timedelta(days=200)
    world.done(decisions.follow_up(AMINA, case_id, 6, FollowUpAnswer.STILL_HOLDS, asked, now))
    view = gatekeeping.open_case(AMINA, case_id, now)
    facts = {one.kind: one.fact_id for one in view.timeline if one.fact_id}
    facts["screening"] = next(one.fact_id for one in view.screening or () if one.fact_id)
    answered = sum(one.answer is not None for one in view.screening or ())
    for kind in (Correctable.MILESTONE, Correctable.SCREENING, Correctable.FOLLOW_UP):
        world.done(record_error(AMINA, case_id, kind, str(facts[kind.value]), now))
    after = gatekeeping.open_case(AMINA, case_id, now)
    assert (after.milestones, after.follow_ups) == ((), ())
    assert sum(one.answer is not None for one in after.screening or ()) == answered - 1
    struck = {one.kind for one in after.timeline if one.mistaken_on == today}
    assert struck == {"milestone", "screening", "follow_up"}


def test_a_fact_of_another_case_and_a_colleague_outside_the_team_correct_nothing() -> None:
    one, other = world.screened(days_ago=10), world.screened(days_ago=10)
    view = gatekeeping.open_case(AMINA, one, clock.now())
    fact = next(str(line.fact_id) for line in view.timeline if line.kind == "scenario")
    for colleague, case_id in ((cast.AMINA, other), (cast.BRAM, one), (cast.KOFI, one)):
        with pytest.raises(NotKnown):
            record_error(colleague.actor(), case_id, Correctable.SCENARIO, fact, clock.now())


def test_an_allowance_that_runs_on_after_the_exit_is_to_be_decided(amina: FlaskClient) -> None:
    case_id = world.admitted(days_ago=100)
    today, now = clock.today(), clock.now()
    world.done(casework.begin_allowance(AMINA, case_id, today - timedelta(days=50), 6500, now))
    assert "To be decided" not in amina.get(f"/cases/{case_id}").text
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.RESIDENCE_PERMIT, None, today, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    assert "To be decided: this person has left" in amina.get(f"/cases/{case_id}").text
