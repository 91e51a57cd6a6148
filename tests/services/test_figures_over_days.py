"""Figures over quarters are read once: the same as each day alone, in as many questions as one day, or nearly."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from caseflow.services import figures, internal_figures
from caseflow.services.houses import House
from caseflow.storage.models.facts import (
    EarlierNightsDecision,
    Extension,
    FollowUp,
    StageChange,
    StartDate,
)
from caseflow.storage.models.shelter import Absence, Placement
from tests import cast
from tests.builders import open_site, past_episodes
from tests.services import test_figures_as_known as as_known
from tests.services.test_figures_as_known import SCOPE, exit_of, participant, recorded

DAYS = (*internal_figures.quarter_ends(date(2026, 11, 22), 4), date(2026, 11, 22))
proposed = as_known.proposed
PEOPLE = 40


def stays_of(house: House, drawn: random.Random, number: int) -> None:
    """Somebody who came once or twice, in a bed of their own, with whatever else can be recorded of a stay."""
    code, bed = f"AA{number:02d}-AAAA", f"havenhuis-room-1-bed-{number + 1}"
    came = date(2022, 1, 1) + timedelta(days=drawn.randrange(1_200))
    while came < date(2026, 11, 1):
        went = came + timedelta(days=drawn.randrange(1, 900))
        is_over = went < date(2026, 11, 22)
        at = recorded(came)
        told: list[object] = [
            Placement(
                bed_id=bed, client_code=code, arrival_on=came, departure_on=went if is_over else None,
                status="ended" if is_over else "begun", changed_at=as_known.noon(came), **at,
            )
        ]  # fmt: skip
        if drawn.random() < 0.5:
            away = came + timedelta(days=drawn.randrange(200))
            back = drawn.choice([None, away + timedelta(days=drawn.randrange(1, 60))])
            kind = drawn.choice(["hospital", "detention", "leave"])
            told.append(Absence(kind=kind, from_on=away, until_on=back, **at))
        for _ in range(drawn.choice([0, 0, 1, 2])):
            on = came + timedelta(days=drawn.randrange(900))
            until = came + timedelta(days=drawn.randrange(500, 1_200))
            told.append(Extension(until_on=until, event_on=on, proposal_id="none", **recorded(on)))
        if drawn.random() < 0.3:
            decided = EarlierNightsDecision(counts=drawn.random() < 0.5, event_on=came, **at)
            told.append(decided)
        if drawn.random() < 0.3:
            told.append(StartDate(kind="pathway_start", event_on=came, **at))
        if drawn.random() < 0.3:
            told.append(StageChange(stage="guidance", event_on=came, **at))
        if is_over:
            outcome = drawn.choice(["residence_permit", "voluntary_return", "municipal_transfer"])
            told.append(exit_of(went, outcome, went + timedelta(days=drawn.randrange(90))))
            for months in drawn.sample([6, 6, 12], drawn.randrange(3)):
                found = went + timedelta(days=30 * months + drawn.randrange(60))
                state = drawn.choice(["still_holds", "no_longer_holds", "unknown"])
                told.append(FollowUp(months=months, state=state, event_on=found, **recorded(found)))
        participant(house, came, *told, code=code, gender=drawn.choice(["man", "woman"]))
        came = went + timedelta(days=drawn.randrange(1, 400))


@pytest.fixture
def world(proposed: House, request: pytest.FixtureRequest) -> House:
    open_site(proposed, beds=PEOPLE)
    drawn = random.Random(f"stays {request.param}")
    for number in range(PEOPLE):
        stays_of(proposed, drawn, number)
    past_episodes(proposed, SCOPE, times=0.05, after=date(2024, 10, 1))
    return proposed


@pytest.mark.parametrize("world", [1, 2], indirect=True)
def test_days_together_are_counted_as_each_alone(world: House) -> None:
    for known_on in (None, DAYS[2]):
        together = figures.counted_on(world, SCOPE, DAYS, known_on)

        assert together == [figures.counted(world, SCOPE, day, known_on) for day in DAYS]
        assert len({one.exits for one in together}) > 1
        limits = {frozenset(one.participants_by.by(as_known.D.LIMIT).items()) for one in together}
        assert len(limits) > 1, "how stays stand changes from quarter to quarter"


def test_quarters_take_a_small_and_constant_number_of_questions(proposed: House) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(proposed.stores.casework, "before_cursor_execute", note)
        try:
            found = figures.counted_on(proposed, SCOPE, DAYS)
        finally:
            event.remove(proposed.stores.casework, "before_cursor_execute", note)
        assert len(found) == len(DAYS)
        return len(seen)

    few = queries()
    past_episodes(proposed, SCOPE, times=3)

    assert queries() == few
    assert few <= 4 + len(DAYS), "history, cases, decisions, and who waited on each day"


def test_quarters_beside_a_day_count_only_what_is_not_in_memory(
    proposed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    past_episodes(proposed, SCOPE)
    asked: list[tuple[date, ...]] = []
    counted_on = figures.counted_on
    monkeypatch.setattr(
        figures, "counted_on", lambda *of: (asked.append(tuple(of[2])), counted_on(*of))[1]
    )
    lena = cast.LENA.actor()

    internal_figures.on_a_day(lena, SCOPE, DAYS[-1], cast.NOW)
    internal_figures.over_quarters(lena, SCOPE, cast.NOW)
    internal_figures.over_quarters(lena, SCOPE, cast.NOW)

    assert asked == [DAYS[-1:], DAYS[:-1]]
