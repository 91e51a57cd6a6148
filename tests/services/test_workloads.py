"""The workload of a team, and handing over many cases at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.tasks import TaskKind
from caseflow.services import gatekeeping, restrictions, tasks, workloads
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.stores import VaultSealed
from tests import builders, cast
from tests import case_worlds as world

AMINA, BRAM, LENA = cast.AMINA.actor(), cast.BRAM.actor(), cast.LENA.actor()
NOTE = "The meeting of Thursday is Bram's from now on."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def cases(house: House) -> list[str]:
    """Two cases of Amina, in one of which somebody waits for weeks and a task is late tomorrow."""
    builders.hire_everybody(house)
    silent, spoken = world.admitted(days_ago=60), world.with_words(world.admitted(days_ago=10))
    world.done(tasks.plan(AMINA, spoken, TaskKind.PAPERS, clock.today(), None, clock.now()))
    return [silent, spoken]


def hand(cases: list[str], words: str | None = None, to: str = "bram") -> Refused | int:
    return workloads.hand_over(LENA, "amina", to, cases, words, clock.now())


def test_a_lead_reads_how_much_each_colleague_has(cases: list[str]) -> None:
    world.registered()
    found = workloads.workload(LENA, clock.now() + timedelta(days=1))
    [amina] = found.loads
    assert (amina.running, amina.open_tasks, amina.overdue_tasks, amina.silent) == (2, 1, 1, 1)
    assert found.without_team == 1
    for stranger in (cast.AMINA, cast.KOFI, cast.PETRA, cast.ADA):
        with pytest.raises(NotKnown):
            workloads.workload(stranger.actor(), clock.now())
    assert workloads.workload(cast.MO.actor(), clock.now()).loads == ()


def test_cases_change_hands_with_a_note_in_each_file(house: House, cases: list[str]) -> None:
    assert hand(cases, NOTE) == 2
    for case_id in cases:
        assert Permission.NOTE_CREATE in gatekeeping.open_case(BRAM, case_id, clock.now()).may
        view = gatekeeping.open_case(BRAM, case_id, clock.now())
        assert NOTE in [one.words for one in view.notes or ()]  # type: ignore[union-attr]
        assert Permission.NOTE_CREATE not in gatekeeping.open_case(AMINA, case_id, clock.now()).may
    wanted = Wanted(events=frozenset({"case_assigned"}))
    told = audit_readings.page(house.stores, wanted, most=2)
    assert [one.details["members"] for one in told] == [["bram"], ["bram"]]


def test_who_else_is_on_the_case_stays(cases: list[str], house: House) -> None:
    both = world.assigned("amina", "sara")
    assert hand([both]) == 1
    team = gatekeeping.open_case(LENA, both, clock.now()).case_team
    assert {one.id for one in team or ()} == {"bram", "sara"}  # type: ignore[union-attr]
    assert gatekeeping.open_case(AMINA, cases[0], clock.now()).case_team


def test_nothing_is_handed_over_that_is_not_this_leads_or_this_colleagues(
    cases: list[str],
) -> None:
    brams = world.assigned("bram")
    with pytest.raises(NotKnown):
        hand([*cases, brams])
    for stranger in (cast.MO, cast.AMINA, cast.NOOR, cast.KOFI):
        with pytest.raises(NotKnown):
            workloads.hand_over(stranger.actor(), "amina", "bram", cases, None, clock.now())
    for to in ("amina", "kofi", "yusuf", "nobody"):
        assert isinstance(hand(cases, to=to), Refused), to
    assert isinstance(hand([]), Refused)
    assert isinstance(hand(cases, "a" * 2_001), Refused)
    team = gatekeeping.open_case(LENA, cases[0], clock.now()).case_team
    assert {one.id for one in team or ()} == {"amina"}  # type: ignore[union-attr]


def test_a_restricted_case_goes_to_a_named_reader_alone(cases: list[str]) -> None:
    world.done(restrictions.restrict(LENA, cases[0], ("amina", "sara"), clock.now()))
    refused = hand(cases)
    assert isinstance(refused, Refused)
    assert "named readers" in str(refused.reason)
    assert world.CALL_NAME not in str(refused.reason)
    assert hand(cases[1:]) == 1
    assert hand(cases[:1], to="sara") == 1
    assert gatekeeping.open_case(cast.SARA.actor(), cases[0], clock.now()).case_team


def test_whose_account_is_suspended_works_on_nothing(house: House, cases: list[str]) -> None:
    with builders.casework(house) as session:
        session.get_one(UserAccount, "amina").status = "suspended"
    found = workloads.workload(LENA, clock.now())
    assert ([one.works for one in found.loads], found.without_team) == ([False], 2)
    assert hand(cases) == 2


def test_sealed_cases_change_hands_without_a_note_alone(house: House, cases: list[str]) -> None:
    house.stores.forget_vaults()
    with pytest.raises(VaultSealed):
        hand(cases, NOTE)
    team = gatekeeping.open_case(LENA, cases[0], clock.now()).case_team
    assert {one.id for one in team or ()} == {"amina"}  # type: ignore[union-attr]
    assert hand(cases) == 2
