"""A court that continues a stay, and what is decided about nights of earlier episodes (rules C3 and C4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.stay import StayState
from caseflow.services import caseloads, continuations, decisions, gatekeeping, intake
from caseflow.services.case_views import CaseView
from caseflow.services.caseloads import Due, DueKind
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.facts import CourtContinuation, EarlierNightsDecision, Proposal
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests import case_worlds as world

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def seen(case_id: str) -> CaseView:
    return gatekeeping.open_case(AMINA, case_id, clock.now())


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def past_its_term(house: House) -> str:
    """Somebody who sleeps here since 20 months, in a programme of 18."""
    case_id = world.admitted(days_ago=620)
    [bed] = builders.open_site(house, beds=1)
    world.sleeps(house, case_id, bed, days_ago=610)
    return case_id


def come_back(house: House) -> str:
    """Somebody who slept here for 100 nights, left, and came back."""
    former = world.admitted(days_ago=300)
    [bed] = builders.open_site(house, beds=1)
    world.sleeps(house, former, bed, days_ago=290)
    left = clock.today() - timedelta(days=190)
    with builders.casework(house) as session:
        row = session.scalars(select(Placement).where(Placement.case_id == former)).one()
        row.status, row.departure_on = "ended", left
    world.done(
        decisions.propose_exit(
            AMINA, former, Outcome.LEFT_DESTINATION_UNKNOWN, None, left, None, clock.now()
        )
    )
    world.decide(former, ProposalKind.EXIT)
    back = intake.reenter(AMINA, former, "waterstad-lvv", clock.today(), clock.now())
    assert isinstance(back, intake.Registered)
    world.sleeps(house, back.case_id, bed, days_ago=0)
    return back.case_id


def test_a_court_continues_a_stay_from_a_day_until_a_day(house: House) -> None:
    case_id, today, now = past_its_term(house), clock.today(), clock.now()
    assert seen(case_id).clock.state is StayState.BEYOND_UNDECIDED  # type: ignore[union-attr]
    began = today - timedelta(days=20)
    world.done(continuations.begin(AMINA, case_id, began, now))
    assert seen(case_id).clock.state is StayState.CONTINUED_BY_COURT  # type: ignore[union-attr]
    assert "already continues" in why(continuations.begin(AMINA, case_id, today, now))
    world.done(continuations.end(AMINA, case_id, today, now))
    assert seen(case_id).clock.state is StayState.BEYOND_UNDECIDED  # type: ignore[union-attr]
    with house.stores.reading() as session:
        row = session.scalars(select(CourtContinuation)).one()
        assert (row.recorded_by, row.until_recorded_by, row.until_on) == ("amina", "amina", today)
        assert row.until_change_id not in (None, row.change_id)


def test_no_end_by_the_term_is_planned_while_a_court_continues_the_stay(house: House) -> None:
    case_id, today, now = past_its_term(house), clock.today(), clock.now()
    reached = Outcome.STAY_LIMIT_REACHED
    world.done(continuations.begin(AMINA, case_id, today - timedelta(days=1), now))
    refused = decisions.propose_exit(AMINA, case_id, reached, None, today, None, now)
    assert "No end can be planned" in why(refused)
    world.done(continuations.end(AMINA, case_id, today, now))
    world.done(decisions.propose_exit(AMINA, case_id, reached, None, today, None, now))


def test_a_continuation_ends_after_it_began_and_not_ahead(house: House) -> None:
    case_id, today, now = past_its_term(house), clock.today(), clock.now()
    assert "nothing to end" in why(continuations.end(AMINA, case_id, today, now))
    tomorrow = today + timedelta(days=1)
    assert "future" in why(continuations.begin(AMINA, case_id, tomorrow, now))
    world.done(continuations.begin(AMINA, case_id, today - timedelta(days=5), now))
    assert "future" in why(continuations.end(AMINA, case_id, tomorrow, now))
    too_early = today - timedelta(days=5)
    assert "later day" in why(continuations.end(AMINA, case_id, too_early, now))
    world.done(continuations.end(AMINA, case_id, today, now))
    again = today - timedelta(days=2)
    assert "already continued" in why(continuations.begin(AMINA, case_id, again, now))


@pytest.mark.parametrize("colleague", [cast.BRAM, cast.KOFI, cast.TESS, cast.NOOR])
def test_only_the_case_team_records_a_continuation(house: House, colleague: cast.Colleague) -> None:
    case_id = past_its_term(house)
    with pytest.raises(NotKnown):
        continuations.begin(colleague.actor(), case_id, clock.today(), clock.now())


def test_the_lead_decides_whether_earlier_nights_count(house: House) -> None:
    case_id, now = come_back(house), clock.now()
    counted = seen(case_id).clock.last_day  # type: ignore[union-attr]
    world.done(continuations.decide_earlier_nights(LENA, case_id, False, now))
    alone = seen(case_id).clock.last_day  # type: ignore[union-attr]
    assert alone - counted == timedelta(days=100)  # type: ignore[operator]
    world.done(continuations.decide_earlier_nights(LENA, case_id, True, now + timedelta(minutes=1)))
    assert seen(case_id).clock.last_day == counted  # type: ignore[union-attr]
    with house.stores.reading() as session:
        rows = session.scalars(select(EarlierNightsDecision)).all()
        assert [(row.counts, row.recorded_by) for row in rows] == [(False, "lena"), (True, "lena")]


def test_earlier_nights_are_decided_by_the_lead_alone_and_only_where_there_are_any(
    house: House,
) -> None:
    case_id = come_back(house)
    with pytest.raises(NotKnown):
        continuations.decide_earlier_nights(AMINA, case_id, False, clock.now())
    first = world.admitted(days_ago=10)
    refused = continuations.decide_earlier_nights(LENA, first, False, clock.now())
    assert "no earlier nights" in why(refused)


@pytest.mark.parametrize(("days_left", "due"), [(20, "Agreed last day comes near"), (300, None)])
def test_an_agreed_stay_is_due_before_its_new_last_day_has_passed(
    house: House, days_left: int, due: str | None
) -> None:
    case_id, today, now = past_its_term(house), clock.today(), clock.now()
    until = today + timedelta(days=days_left)
    world.done(decisions.propose_extension(AMINA, case_id, until, None, now))
    world.decide(case_id, ProposalKind.EXTENSION)
    [row] = caseloads.caseload(AMINA, now).rows
    told = str(row.due.what) if isinstance(row.due, Due) and row.due.kind is DueKind.TERM else None
    assert told == due


def test_the_log_names_the_proposal_and_the_version_of_the_criteria(house: House) -> None:
    case_id = world.admitted(days_ago=10)
    with house.stores.reading() as session:
        [proposal_id] = session.scalars(
            select(Proposal.id).where(Proposal.case_id == case_id)
        ).all()
    with Session(house.stores.audit) as log:
        entries = log.scalars(select(Entry)).all()
        named = {(one.event, one.object_id) for one in entries if one.event.startswith("proposal_")}
        screened = [one.details for one in entries if one.event == "screening_recorded"]
    assert named == {("proposal_made", proposal_id), ("proposal_decided", proposal_id)}
    assert [bool(json.loads(one)["rule_version"]) for one in screened] == [True] * 2
