"""Going through a caseload: a fixed list, one purpose, two hours, and nothing that is not within reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.actors import THE_SCHEDULER
from caseflow.domain.decisions import Refused
from caseflow.services import attentions, gatekeeping, intake
from caseflow.services import caseload_reviews as reviews
from caseflow.services.caseload_reviews import ReviewOver
from caseflow.services.caseload_views import Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.models.governance import CaseUnderReview
from tests import builders, cast
from tests import case_worlds as world

AMINA, BRAM, LENA = cast.AMINA.actor(), cast.BRAM.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def told(house: House, event: str) -> list[Told]:
    return audit_readings.page(house.stores, Wanted(events=frozenset({event})), most=50)


def begun(show: Show = Show.MINE, purpose: str = "review_meeting") -> str:
    made = reviews.begin(AMINA, show, purpose, clock.now())
    assert isinstance(made, str)
    return made


def test_each_look_carries_the_purpose_and_the_review(house: House) -> None:
    cases = {world.assigned(), world.assigned()}
    review = begun()
    steps = [reviews.step(AMINA, review, place, clock.now()) for place in (1, 2)]
    assert {one.case.id for one in steps if one.case} == cases
    assert [(one.before, one.after) for one in steps] == [(None, 2), (1, None)]
    looks = told(house, "case_opened")[:2]
    assert [one.purpose for one in looks] == ["review_meeting"] * 2
    assert [one.details["review"] for one in looks] == [review] * 2
    with house.stores.reading() as session:
        rows = session.query(CaseUnderReview).all()
        assert [one.looked_at for one in rows] == [clock.now()] * 2
    [beginning] = told(house, "caseload_review_begun")
    assert (beginning.details["count"], beginning.purpose) == (2, "review_meeting")


def test_the_list_is_fixed_and_what_left_ones_reach_is_left_out(house: House) -> None:
    case_id = world.assigned()
    review = begun()
    world.assigned()
    assert reviews.step(AMINA, review, 1, clock.now()).cases == 1
    with pytest.raises(NotKnown):
        reviews.step(AMINA, review, 2, clock.now())
    world.done(intake.assign(LENA, case_id, ("sara",), clock.now()))
    looks, denials = len(told(house, "case_opened")), len(told(house, "access_denied"))
    elsewhere = cast.AMINA.actor(team_id="haven-west")
    assert reviews.step(elsewhere, review, 1, clock.now()).case is None
    assert (len(told(house, "case_opened")), len(told(house, "access_denied"))) == (looks, denials)


def test_it_is_over_after_two_hours_and_nobody_elses(house: House) -> None:
    world.assigned()
    review, at = begun(), clock.now()
    for user in (BRAM, LENA):
        with pytest.raises(NotKnown):
            reviews.step(user, review, 1, at)
    almost, over = at + timedelta(hours=2, seconds=-1), at + timedelta(hours=2)
    assert reviews.step(AMINA, review, 1, almost).case is not None
    assert [one.cases for one in reviews.running(AMINA, almost)] == [1]
    with pytest.raises(ReviewOver):
        reviews.step(AMINA, review, 1, over)
    assert reviews.running(AMINA, over) == reviews.running(BRAM, at) == ()


def test_what_cannot_be_begun_says_why(house: House) -> None:
    for show, purpose, sentence in (
        (Show.MINE, "review_meeting", "There is no case on this list."),
        (Show.MINE, "because", "Choose for what you go through the cases."),
        (Show.MINE, "review_audit", "Choose for what you go through the cases."),
        (Show.FORMER, "review_meeting", "There is no case on this list."),
    ):
        made = reviews.begin(AMINA, show, purpose, clock.now())
        assert isinstance(made, Refused)
        assert str(made.reason) == sentence
    assert told(house, "caseload_review_begun") == []
    for stranger in (cast.TESS, cast.KOFI, cast.PETRA):
        with pytest.raises(NotKnown):
            reviews.begin(stranger.actor(), Show.EVERYONE, "review_meeting", clock.now())


def test_only_a_lead_checks_the_team_and_a_long_list_is_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.assigned()
    world.assigned()
    monkeypatch.setattr(reviews, "CASES_AT_MOST", 1)
    made = reviews.begin(LENA, Show.TEAM, "review_audit", clock.now())
    assert isinstance(made, str)
    assert reviews.step(LENA, made, 1, clock.now()).cases == 1
    assert "review_audit" not in reviews.purposes(AMINA)


def test_going_through_a_list_is_no_reason_to_ask(house: House) -> None:
    """Leafing through colleagues' cases stands out; the same cases in a review of the team do not."""
    limit = house.settings.attention.team_looks
    cases = [world.assigned() for _ in range(limit)]
    made = reviews.begin(BRAM, Show.TEAM, "review_handover", clock.now())
    assert isinstance(made, str)
    for place in range(1, limit + 1):
        assert reviews.step(BRAM, made, place, clock.now()).case is not None
    attentions.notice(THE_SCHEDULER, clock.now() - timedelta(hours=1), clock.now())
    assert told(house, "attention_raised") == []
    for case_id in cases:
        gatekeeping.open_case(BRAM, case_id, clock.now())
    attentions.notice(THE_SCHEDULER, clock.now() - timedelta(hours=1), clock.now())
    assert len(told(house, "attention_raised")) == 1
