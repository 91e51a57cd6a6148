"""A role that ends counts no more, not even inside an act that was under way; functions are given whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Actor, Role
from caseflow.domain.appointments import Appointment, of_function
from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.functions import FUNCTIONS
from caseflow.services import accounts, actors, appointments, casework, restrictions
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import changes
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.vault import Note
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import ADA, AMINA, KOFI, LENA, NOW

AT_INTAKE = of_function(FUNCTIONS["caseworker_at_intake"], "haven-east", None, ())


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def grants(house: House, user_id: str) -> list[RoleGrant]:
    with house.stores.reading() as reading:
        rows = reading.scalars(
            select(RoleGrant).where(RoleGrant.user_id == user_id, RoleGrant.ended_at.is_(None))
        ).all()
        reading.expunge_all()
        return sorted(rows, key=lambda row: row.role)


def ends(house: House, user_id: str) -> None:
    with builders.casework(house) as session:
        for row in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)):
            row.ended_at = NOW


def suspends(house: House, user_id: str) -> None:
    with builders.casework(house) as session:
        session.get_one(UserAccount, user_id).status = "suspended"


def moves_elsewhere(house: House, user_id: str) -> None:
    """Lead of another team from now on."""
    with builders.casework(house) as session:
        session.get_one(UserAccount, user_id).team_id = "haven-west"
        for row in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)):
            row.team_id = "haven-west"


MEANWHILE = [
    ("the role ended", AMINA, ends),
    ("the account was suspended", AMINA, suspends),
    ("the role counts for another team now", LENA, moves_elsewhere),
]


@contextmanager
def _just_before(
    monkeypatch: pytest.MonkeyPatch, module: Any, happens: Callable[[], None]
) -> Iterator[None]:
    """Lets something happen after the request was found to be allowed, and before its change begins."""
    real = module.change

    def late(*given: Any, **more: Any) -> Any:
        happens()
        return real(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(module, "change", late)
        yield


def acts(colleague: cast.Colleague, case_id: str) -> object:
    """What a colleague was about to do: a note of the case team, or a mark of the lead."""
    if colleague is AMINA:
        return casework.write_note(
            AMINA.actor(), case_id, "phone", clock.today(), "Late.", clock.now()
        )
    return restrictions.restrict(LENA.actor(), case_id, ("amina",), clock.now())


@pytest.mark.parametrize(
    ("sentence", "colleague", "happens"), MEANWHILE, ids=[row[0] for row in MEANWHILE]
)
def test_an_act_is_refused_inside_its_change_when(
    house: House,
    case_id: str,
    monkeypatch: pytest.MonkeyPatch,
    sentence: str,
    colleague: cast.Colleague,
    happens: Callable[[House, str], None],
) -> None:
    with (
        _just_before(monkeypatch, changes, lambda: happens(house, colleague.id)),
        pytest.raises(NotKnown),
    ):
        acts(colleague, case_id)

    with Session(house.stores.audit) as log:
        told = log.scalars(select(Entry).order_by(Entry.position.desc()).limit(2)).all()
    assert [(one.stands_for, one.result) for one in told][0] == ("outcome", "failed"), sentence
    with Session(house.stores.vault("de-haven")) as vault:
        assert not vault.scalar(select(func.count()).select_from(Note))


@pytest.mark.parametrize(
    ("sentence", "colleague", "happens"), MEANWHILE[:2], ids=[row[0] for row in MEANWHILE[:2]]
)
def test_without_asking_again_the_act_would_stand(
    house: House,
    case_id: str,
    monkeypatch: pytest.MonkeyPatch,
    sentence: str,
    colleague: cast.Colleague,
    happens: Callable[[House, str], None],
) -> None:
    monkeypatch.setattr(actors, "present", lambda reading, actor: actor)
    with _just_before(monkeypatch, changes, lambda: happens(house, colleague.id)):
        assert acts(colleague, case_id) is None, sentence


def test_an_administrator_whose_role_ends_meanwhile_gives_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.hire_everybody(house)
    for module, act in (
        (appointments, lambda: appointments.grant(ADA.actor(), "kofi", AT_INTAKE, NOW)),
        (accounts, lambda: accounts.suspend(ADA.actor(), "kofi", NOW)),
    ):
        with (
            _just_before(monkeypatch, module, lambda: ends(house, ADA.id)),
            pytest.raises(NotKnown),
        ):
            act()
    assert [row.role for row in grants(house, "kofi")] == ["coordinator"]


def test_a_function_is_given_whole_and_kept_with_each_of_its_roles(house: House) -> None:
    builders.hire_everybody(house)
    assert appointments.grant(ADA.actor(), AMINA.id, AT_INTAKE, NOW) == Allowed()

    rows = grants(house, AMINA.id)
    assert [row.role for row in rows] == ["caseworker", "intake_desk"]
    assert {row.function for row in rows} == {"caseworker_at_intake"}
    [waits] = appointments.waiting(LENA.actor())
    assert waits.held.role is Role.INTAKE_DESK, "the role she had goes on; the new one waits"
    assert appointments.end(ADA.actor(), waits.held.id, NOW) == Allowed()
    [left] = grants(house, AMINA.id)
    assert left.function is None


def test_the_same_function_is_not_given_twice(house: House) -> None:
    builders.hire_everybody(house)
    appointments.grant(ADA.actor(), AMINA.id, AT_INTAKE, NOW)
    again = appointments.grant(ADA.actor(), AMINA.id, AT_INTAKE, NOW)
    assert isinstance(again, Refused)
    assert len(grants(house, AMINA.id)) == 2


@pytest.mark.parametrize(
    ("who", "role"),
    [
        (ADA, Role.CASEWORKER),
        (AMINA, Role.ADMINISTRATOR),
        (AMINA, Role.HEALTH_WORKER),
        (cast.PETRA, Role.CASEWORKER),
        (cast.FEMKE, Role.COORDINATOR),
    ],
)
def test_roles_that_were_not_reviewed_together_are_refused_and_not_given(
    house: House, who: cast.Colleague, role: Role
) -> None:
    builders.hire_everybody(house)
    before = [row.id for row in grants(house, who.id)]
    lines = {"de-haven": "haven-east"}
    wish = Appointment(role, lines.get(who.organisation))
    other = actors.system()
    answer = appointments.grant(other, who.id, (wish,), NOW)
    assert isinstance(answer, Refused)
    assert [row.id for row in grants(house, who.id)] == before


def test_the_second_person_is_asked_whether_the_roles_go_together(house: House) -> None:
    builders.hire_everybody(house)
    with builders.casework(house) as session:  # as an older release, or another hand, left it
        session.add(
            RoleGrant(user_id=KOFI.id, role="health_worker", granted_by="x", granted_at=NOW)
        )
    [row] = [one for one in grants(house, KOFI.id) if one.role == "health_worker"]
    answer = appointments.second(LENA.actor(), row.id, NOW)
    assert isinstance(answer, Refused)
    assert "no reviewed function" in str(answer.reason)
    kofi = actors.actor_for(KOFI.id, "a-session")
    assert kofi is not None
    assert kofi.roles == {Role.COORDINATOR}


def test_a_programme_of_another_city_is_refused(house: House) -> None:
    builders.hire_everybody(house)
    wish = Appointment(Role.PROGRAMME_MANAGER, programmes=("amsterdam-lvv",))
    answer = appointments.grant(ADA.actor(), KOFI.id, (wish,), NOW)
    assert isinstance(answer, Refused)
    assert "programme of this organisation" in str(answer.reason)


def test_a_command_has_no_appointments_to_lose(house: House) -> None:
    actor: Actor = actors.system()
    with house.stores.reading() as reading:
        assert actors.present(reading, actor) is actor
