"""A child's 18th birthday: the task that a recorded birth date plans, moves and leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.coming_of_age import Eighteenth
from caseflow.domain.tasks import TaskKind
from caseflow.services import gatekeeping, identities, intake, tasks
from caseflow.services.case_views import CaseView
from caseflow.services.houses import House
from caseflow.services.identities import IdentityWords
from caseflow.storage.models.cases import Case
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA = cast.AMINA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned("amina", days_ago=20)


def born(
    case_id: str, on: date | None = None, year: int | None = None, sure: str = "exact"
) -> None:
    told = IdentityWords("Ayla", birth_date=on, birth_year=year, birth_precision=sure)
    world.done(identities.record_identity(AMINA, case_id, told, clock.now()))


def opened(case_id: str, colleague: Colleague = cast.AMINA) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def due(case_id: str, colleague: Colleague = cast.AMINA) -> list[date]:
    found = opened(case_id, colleague).tasks
    assert isinstance(found, tuple)
    return [
        one.due_on for one in found if one.kind is TaskKind.COMES_OF_AGE and one.done_on is None
    ]


def test_a_birth_date_plans_a_task_and_the_same_one_again_plans_no_other(case_id: str) -> None:
    born(case_id, date(2010, 5, 17))
    assert due(case_id) == [date(2028, 2, 1)]
    born(case_id, date(2010, 5, 17))
    assert due(case_id) == [date(2028, 2, 1)]
    assert opened(case_id).comes_of_age == Eighteenth(date(2028, 5, 17), is_about=False)


def test_a_year_alone_counts_from_its_first_day_and_says_about(case_id: str) -> None:
    born(case_id, year=2010, sure="year")
    assert due(case_id) == [date(2027, 10, 1)]
    assert opened(case_id).comes_of_age == Eighteenth(date(2028, 1, 1), is_about=True)


def test_a_corrected_birth_date_moves_it_and_the_old_one_is_kept(
    house: House, case_id: str
) -> None:
    born(case_id, date(2010, 5, 17))
    born(case_id, date(2011, 5, 17))
    assert due(case_id) == [date(2029, 2, 1)]
    with house.stores.reading() as session:
        rows = session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.due_on))
        assert [(row.due_on, row.superseded) for row in rows] == [
            (date(2028, 2, 1), True),
            (date(2029, 2, 1), False),
        ]
    [old] = [one for one in opened(case_id).tasks or () if one.is_superseded]
    assert old.done_on == clock.today()


def test_a_birth_date_recorded_in_error_gives_the_earlier_one_back(case_id: str) -> None:
    born(case_id, date(2010, 5, 17))
    born(case_id, date(1990, 5, 17))
    assert due(case_id) == []
    wrong = opened(case_id).identity.now.id  # type: ignore[union-attr]
    world.done(identities.mark_mistaken(AMINA, case_id, wrong, clock.now()))
    assert due(case_id) == [date(2028, 2, 1)]


def test_what_was_done_stays_done(case_id: str) -> None:
    born(case_id, date(2010, 5, 17))
    [task] = opened(case_id).tasks or ()
    world.done(tasks.tick_off(AMINA, case_id, task.id, clock.now()))
    born(case_id, date(2010, 5, 17))
    assert due(case_id) == []


def test_names_alone_leave_it_as_it_is(case_id: str) -> None:
    born(case_id, date(2010, 5, 17))
    born(case_id, sure="unknown")
    assert due(case_id) == [date(2028, 2, 1)]


def test_an_adult_gets_no_task(case_id: str) -> None:
    born(case_id, date(1990, 5, 17))
    assert due(case_id) == []
    assert opened(case_id).comes_of_age is None


def test_the_birthday_itself_is_for_who_reads_the_birth_date_alone(
    house: House, case_id: str
) -> None:
    born(case_id, date(2010, 5, 17))
    assert due(case_id, cast.BRAM) == [date(2028, 2, 1)]
    assert opened(case_id, cast.BRAM).comes_of_age is None
    house.stores.forget_vaults()
    assert opened(case_id).comes_of_age is None
    assert due(case_id) == [date(2028, 2, 1)]


def test_shortly_before_the_birthday_it_is_due_at_once_and_only_once(case_id: str) -> None:
    born(case_id, date(2008, 12, 24))
    assert due(case_id) == [clock.today()]
    with clock.fixed(cast.NOW + timedelta(days=3)):
        born(case_id, date(2008, 12, 24))
        assert due(case_id) == [cast.NOW.date()]


def test_whoever_comes_back_takes_the_open_task_along_sealed_or_not(
    house: House, case_id: str
) -> None:
    born(case_id, date(2010, 5, 17))
    with builders.casework(house) as session:
        session.get_one(Case, case_id).stage = "withdrawn"
    house.stores.forget_vaults()
    back = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), clock.now())
    assert isinstance(back, intake.Registered), back
    assert due(back.case_id) == [date(2028, 2, 1)]
    assert due(case_id) == []
