"""Who reads what was written down for somebody's safety, and what nobody can do alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from caseflow import clock
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Whom
from caseflow.domain.safe_reports import Accompaniment, GoesAlong, ReportWish, Standing
from caseflow.domain.trafficking import Route, Seen, TraffickingWish
from caseflow.services import (
    child_protection,
    child_protection_readings,
    intake,
    safe_reports,
    trafficking,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.protection import ChildConcernStep
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.services.placing import reason

AMINA, LENA, KOFI = cast.AMINA.actor(), cast.LENA.actor(), cast.KOFI.actor()
WANTS = Accompaniment(Standing.VICTIM, ReportWish.TELL_ONLY)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Blue, with Amina on the case team."""
    builders.hire_everybody(house)
    return world.admitted(days_ago=20)


def reports(actor: object, case_id: str) -> list[object]:
    found = safe_reports.of_case(actor, case_id, clock.now()).reports
    return [one.told for one in found]


def step(kind: CodeStep, result: StepResult) -> Step:
    return Step(kind, clock.today(), result)


def agreed_alone(house: House, step_id: str) -> None:
    """What a service that forgot its rule would write."""
    with builders.casework(house) as session:
        row = session.get_one(ChildConcernStep, step_id)
        row.agreed_by = row.recorded_by


def test_who_left_the_case_team_reads_what_they_wrote_and_nothing_later(
    house: House, case_id: str
) -> None:
    now = clock.now()
    world.done(safe_reports.record(AMINA, case_id, WANTS, now))
    world.done(intake.assign(LENA, case_id, ("lena",), now))
    later = Accompaniment(Standing.WITNESS, ReportWish.REPORT)
    world.done(safe_reports.record(LENA, case_id, later, now))
    [known] = [
        one
        for one in safe_reports.of_case(LENA, case_id, now).reports
        if one.told.standing is Standing.VICTIM
    ]
    changed = Accompaniment(Standing.VICTIM, ReportWish.NOTHING_NOW, words="Later words.")
    world.done(
        safe_reports.record(LENA, case_id, changed, now, report_id=known.id, seen=known.version)
    )

    assert reports(AMINA, case_id) == [WANTS]
    assert set(reports(LENA, case_id)) == {changed, later}


def test_a_day_that_moves_moves_its_task_and_what_is_over_ends_it(
    house: House, case_id: str
) -> None:
    now, first = clock.now(), clock.today() + timedelta(days=2)
    goes = Accompaniment(
        Standing.VICTIM, ReportWish.REPORT, along=GoesAlong.CASEWORKER, meets_on=first
    )
    world.done(safe_reports.record(AMINA, case_id, goes, now))
    [one] = safe_reports.of_case(AMINA, case_id, now).reports
    world.done(safe_reports.take_back(AMINA, case_id, one.id, now))
    with house.stores.reading() as session:
        tasks = session.scalars(select(Task).where(Task.case_id == case_id)).all()
        assert [(row.kind, row.due_on, row.superseded) for row in tasks] == [
            ("accompany", first, True)
        ]
    assert reports(AMINA, case_id) == []


def test_the_rows_of_another_case_are_not_known(house: House, case_id: str) -> None:
    now, other = clock.now(), world.admitted(days_ago=30)
    world.done(safe_reports.record(AMINA, case_id, WANTS, now))
    seen = Seen(clock.today(), frozenset({"hurt"}), TraffickingWish.HELP, Route.COMENSHA)
    world.done(trafficking.record(AMINA, case_id, seen, now))
    first = step(CodeStep.SIGNALS, StepResult.HURT)
    world.done(child_protection.open_concern(AMINA, case_id, Whom.OWN_CHILD, first, now))
    [report] = safe_reports.of_case(AMINA, case_id, now).reports
    [line] = trafficking.of_case(AMINA, case_id, now).lines
    [worry] = child_protection_readings.of_case(AMINA, case_id, now).concerns

    for act in (
        lambda: safe_reports.take_back(AMINA, other, report.id, now),
        lambda: trafficking.mistaken(AMINA, other, line.id, now),
        lambda: child_protection.mistaken(AMINA, other, worry.id, now),
        lambda: child_protection.take_step(AMINA, other, worry.id, first, now),
        lambda: child_protection.agree(LENA, other, worry.id, worry.steps[0].id, now),
        lambda: safe_reports.of_case(KOFI, case_id, now),
        lambda: safe_reports.record(KOFI, case_id, WANTS, now),
    ):
        with pytest.raises(NotKnown):
            act()


def test_nobody_is_the_second_person_of_their_own_step_not_even_in_the_store(
    house: House, case_id: str
) -> None:
    now = clock.now()
    first = step(CodeStep.SIGNALS, StepResult.HURT)
    world.done(child_protection.open_concern(AMINA, case_id, Whom.OWN_CHILD, first, now))
    [worry] = child_protection_readings.of_case(AMINA, case_id, now).concerns
    weigh, later = step(CodeStep.WEIGH, StepResult.WORRIES), now + timedelta(minutes=1)
    world.done(child_protection.take_step(AMINA, case_id, worry.id, weigh, later))
    [worry] = child_protection_readings.of_case(AMINA, case_id, now).concerns
    weighed = worry.steps[-1]

    alone = child_protection.agree(AMINA, case_id, worry.id, weighed.id, now)
    assert reason(alone) == "Nobody agrees with their own step. Ask a colleague."
    with pytest.raises(IntegrityError):
        agreed_alone(house, weighed.id)
    world.done(child_protection.agree(LENA, case_id, worry.id, weighed.id, now))
    twice = child_protection.agree(LENA, case_id, worry.id, weighed.id, now)
    assert reason(twice) == "A second colleague agreed with this already."


def test_a_worry_that_was_decided_on_by_two_leaves_no_task(house: House, case_id: str) -> None:
    now = clock.now()
    first = step(CodeStep.SIGNALS, StepResult.HURT)
    world.done(child_protection.open_concern(AMINA, case_id, Whom.UNBORN, first, now))
    [worry] = child_protection_readings.of_case(AMINA, case_id, now).concerns
    for kind, result in ((CodeStep.WEIGH, StepResult.WORRIES), (CodeStep.DECIDE, StepResult.HELP)):
        now += timedelta(minutes=1)
        world.done(child_protection.take_step(AMINA, case_id, worry.id, step(kind, result), now))
        [worry] = child_protection_readings.of_case(LENA, case_id, now).concerns
        assert worry.is_open
        world.done(child_protection.agree(LENA, case_id, worry.id, worry.steps[-1].id, now))
    [worry] = child_protection_readings.of_case(AMINA, case_id, now).concerns
    assert not worry.is_open
    with house.stores.reading() as session:
        [task] = session.scalars(select(Task).where(Task.case_id == case_id, Task.kind == "other"))
        assert task.superseded
