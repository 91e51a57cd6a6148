"""Names of a household: those whose case the reader may open, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from caseflow import clock
from caseflow.services import gatekeeping, intake
from caseflow.services.houses import House
from caseflow.services.intake import Registration
from caseflow.storage.models.cases import Case, Client, RestrictedReader
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    made = world.admitted(days_ago=10)
    joined(house, made)
    return made


def joined(house: House, case_id: str, *, restricted: bool = False) -> str:
    """Puts somebody in the one household of the test; answers their client code."""
    with builders.casework(house) as session:
        code = session.get(Case, case_id).client_code  # type: ignore[union-attr]
        client = session.get(Client, code)
        client.restricted = restricted  # type: ignore[union-attr]
    builders.family(house, code)
    return code


def relative(house: House, call_name: str, team: str = "haven-east", **more: bool) -> str:
    """A member of the household with a case at a team; answers the client code."""
    asked = Registration("waterstad-lvv", call_name, clock.today(), team_id=team)
    made = intake.register(cast.TESS.actor(), asked, clock.now())
    assert isinstance(made, intake.Registered), made
    return joined(house, made.case_id, **more)


def household(colleague: Colleague, case_id: str) -> tuple[str, ...]:
    found = gatekeeping.open_case(colleague.actor(), case_id, clock.now()).household
    return tuple(one.call_name for one in found.relatives)  # type: ignore[union-attr]


def test_a_member_at_another_team_is_named_to_those_who_may_open_that_case_only(
    house: House, case_id: str
) -> None:
    relative(house, "Amber")
    relative(house, "Teal", "haven-west")
    assert household(cast.AMINA, case_id) == ("Amber",)
    assert household(cast.TESS, case_id) == ("Amber", "Teal")


def test_a_restricted_member_is_named_to_named_readers_only(house: House, case_id: str) -> None:
    code = relative(house, "Violet", restricted=True)
    assert household(cast.AMINA, case_id) == ()
    with builders.casework(house) as session:
        session.add(RestrictedReader(client_code=code, user_id="amina", from_on=date(2026, 1, 1)))
    assert household(cast.AMINA, case_id) == ("Violet",)
    assert household(cast.LENA, case_id) == ()
