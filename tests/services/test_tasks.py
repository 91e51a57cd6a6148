"""Tasks of a case: who writes one down and ticks it off, who sees what of it, and where it stands in the caseload."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.tasks import TaskKind
from caseflow.services import caseloads, gatekeeping, tasks
from caseflow.services.case_views import SEALED, TaskView
from caseflow.services.caseload_views import DueKind, Order, TaskCount
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.stores import VaultSealed
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA, SARA, LENA = cast.AMINA.actor(), cast.SARA.actor(), cast.LENA.actor()
WORDS = "Ask about the letter of the clinic."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def planned(case_id: str, kind: TaskKind = TaskKind.LAWYER, days: int = 3, words: str = "") -> str:
    due = clock.today() + timedelta(days=days)
    world.done(tasks.plan(AMINA, case_id, kind, due, words, clock.now()))
    return next(one.id for one in shown(case_id) if one.due_on == due and one.kind is kind)


def shown(case_id: str, colleague: Colleague = cast.AMINA) -> tuple[TaskView, ...]:
    found = gatekeeping.open_case(colleague.actor(), case_id, clock.now()).tasks
    assert isinstance(found, tuple)
    return found


def told(house: House, event: str) -> list[Told]:
    return audit_readings.page(house.stores, Wanted(events=frozenset({event})), most=50)


def test_a_task_is_written_down_ticked_off_and_opened_again(house: House, case_id: str) -> None:
    task = planned(case_id, words=WORDS)
    [one] = shown(case_id)
    assert (one.words, one.is_overdue, one.done_on) == (WORDS, False, None)
    world.done(tasks.tick_off(AMINA, case_id, task, clock.now()))
    assert [one.done_on for one in shown(case_id)] == [clock.today()]
    again = tasks.tick_off(AMINA, case_id, task, clock.now())
    assert isinstance(again, Refused)
    world.done(tasks.open_again(AMINA, case_id, task, clock.now()))
    assert [one.done_on for one in shown(case_id)] == [None]
    assert [len(told(house, event)) for event in ("task_planned", "task_reopened")] == [1, 1]
    [entry] = told(house, "task_planned")
    assert entry.details == {
        "task": task,
        "kind": "lawyer",
        "due": (clock.today() + timedelta(days=3)).isoformat(),
    }


def test_words_are_for_who_reads_the_notes_and_days_for_the_team(case_id: str) -> None:
    task = planned(case_id, words=WORDS)
    for colleague, words in ((cast.AMINA, WORDS), (cast.LENA, WORDS), (cast.BRAM, HIDDEN)):
        assert [one.words for one in shown(case_id, colleague)] == [words], colleague.id
    world.done(tasks.tick_off(AMINA, case_id, task, clock.now()))
    assert shown(case_id, cast.BRAM) == ()


def test_who_gives_beds_knows_of_no_task(house: House, case_id: str) -> None:
    planned(case_id)
    assert gatekeeping.open_case(cast.KOFI.actor(), case_id, clock.now()).tasks is HIDDEN


def test_others_write_none_and_a_task_of_another_case_is_not_there(case_id: str) -> None:
    task, other = planned(case_id), world.assigned()
    for colleague in (cast.BRAM, cast.SARA, cast.LENA, cast.YUSUF, cast.KOFI):
        with pytest.raises(NotKnown):
            tasks.plan(
                colleague.actor(), case_id, TaskKind.LAWYER, clock.today(), None, clock.now()
            )
        with pytest.raises(NotKnown):
            tasks.tick_off(colleague.actor(), case_id, task, clock.now())
    with pytest.raises(NotKnown):
        tasks.tick_off(AMINA, other, task, clock.now())
    assert [one.done_on for one in shown(case_id)] == [None]


def test_sealed_a_task_without_words_is_kept_and_one_with_words_is_not(
    house: House, case_id: str
) -> None:
    planned(case_id, words=WORDS)
    house.stores.forget_vaults()
    world.done(tasks.plan(AMINA, case_id, TaskKind.PAPERS, clock.today(), "", clock.now()))
    with pytest.raises(VaultSealed):
        tasks.plan(AMINA, case_id, TaskKind.PAPERS, clock.today(), "Bring it.", clock.now())
    assert [one.words for one in shown(case_id)] == [SEALED, SEALED]


def test_something_else_needs_words(case_id: str) -> None:
    refused = tasks.plan(AMINA, case_id, TaskKind.OTHER, clock.today(), " ", clock.now())
    assert isinstance(refused, Refused)
    long = tasks.plan(AMINA, case_id, TaskKind.OTHER, clock.today(), "a" * 501, clock.now())
    assert isinstance(long, Refused)
    assert shown(case_id) == ()


def test_the_caseload_counts_tasks_and_stands_by_them(case_id: str) -> None:
    busy = world.admitted(days_ago=10)
    planned(busy, TaskKind.CONTACT, days=1)
    planned(busy, TaskKind.PAPERS, days=5)
    later = clock.now() + timedelta(days=2)
    page = caseloads.caseload(AMINA, later, order=Order.TASKS)
    assert [row.case_id for row in page.rows] == [busy, case_id]
    assert [row.tasks for row in page.rows] == [TaskCount(2, 1), TaskCount(0, 0)]
    due = page.rows[0].due
    assert due is not None
    assert (due.kind, str(due.what)) == (DueKind.TASK, "Get in touch")  # type: ignore[union-attr]


def test_the_desk_and_the_coordinator_count_what_they_may_see(case_id: str) -> None:
    planned(case_id)
    for colleague, count in ((cast.LENA, TaskCount(1, 0)), (cast.BRAM, TaskCount(1, 0))):
        rows = caseloads.caseload(colleague.actor(), clock.now(), show=caseloads.Show.EVERYONE).rows
        assert [row.tasks for row in rows] == [count], colleague.id


def test_a_choice_that_is_kept_counts_as_long_as_it_is_offered(case_id: str) -> None:
    kept = caseloads.caseload(AMINA, clock.now(), kept=caseloads.Show.EVERYONE)
    assert kept.show is caseloads.Show.EVERYONE
    gone = caseloads.caseload(AMINA, clock.now(), kept=caseloads.Show.DUTY)
    assert gone.show is caseloads.Show.MINE
