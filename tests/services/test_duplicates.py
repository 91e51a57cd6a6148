"""A hint that somebody may be known already: by code, within reach, never of a restricted case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import casework, duplicates
from caseflow.services.casework import IdentityWords
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.cases import Case, CaseTeamMember, Client, Referral
from tests import builders, cast
from tests import case_worlds as world

AMINA = cast.AMINA.actor()
KNOWN = IdentityWords("Mohammed", "Hassan", None, None, 1991, "year")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def pair(house: House) -> tuple[str, str]:
    builders.hire_everybody(house)
    first, second = world.assigned(), world.assigned()
    called(first, KNOWN)
    return first, second


def called(case_id: str, told: IdentityWords) -> None:
    world.done(casework.record_identity(AMINA, case_id, told, clock.now()))


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def alike(case_id: str) -> tuple[str, ...]:
    return duplicates.alike(AMINA, case_id, clock.now())


def test_nearly_the_same_name_and_year_is_said_by_code_and_told_to_the_log(
    house: House, pair: tuple[str, str]
) -> None:
    first, second = pair
    called(second, IdentityWords("Hasan", "Muhamed", None, None, 1992, "estimated"))
    assert alike(second) == (code_of(house, first),)
    [told] = audit_readings.page(
        house.stores, Wanted(events=frozenset({"caseload_listed"})), most=1
    )
    assert (told.details["count"], told.details["search"]) == (1, True)


@pytest.mark.parametrize(
    "other",
    [
        IdentityWords("Mohammed", "Hassan", None, None, 1971, "year"),
        IdentityWords("Mohammed", "Karimi", None, None, 1991, "year"),
    ],
)
def test_another_name_or_another_year_is_another_person(
    pair: tuple[str, str], other: IdentityWords
) -> None:
    called(pair[1], other)
    assert alike(pair[1]) == ()


def test_a_restricted_person_is_never_hinted_at(house: House, pair: tuple[str, str]) -> None:
    first, second = pair
    called(second, KNOWN)
    with builders.casework(house) as session:
        session.get_one(Client, session.get_one(Case, first).client_code).restricted = True
    assert alike(second) == ()


def test_a_person_out_of_reach_is_never_hinted_at(house: House, pair: tuple[str, str]) -> None:
    """Bram knows the call name of the first case, and is on the case team of another person alone."""
    own = world.assigned("bram")
    bram = cast.BRAM.actor()
    world.done(casework.record_identity(bram, own, KNOWN, clock.now()))
    assert duplicates.alike(bram, own, clock.now()) == ()
    with pytest.raises(NotKnown):
        duplicates.alike(cast.SARA.actor(), own, clock.now())


def test_while_the_vault_is_sealed_nobody_is_alike(house: House, pair: tuple[str, str]) -> None:
    called(pair[1], KNOWN)
    house.stores.forget_vaults()
    assert alike(pair[1]) == ()


def test_the_hint_stops_at_the_border_of_the_organisation(
    house: House, pair: tuple[str, str]
) -> None:
    """The very same name at another organisation, to whose case the same colleague was referred as a counsellor."""
    first, second = pair
    called(second, KNOWN)
    both = replace(cast.AMINA, roles=(*cast.AMINA.roles, Role.LEGAL_COUNSELLOR)).actor()
    with builders.casework(house) as session:
        session.add(
            Referral(
                case_id=first,
                user_id="amina",
                kind="legal",
                from_on=clock.today(),
                change_id="test",
            )
        )
    assert duplicates.alike(both, second, clock.now()) == (code_of(house, first),)
    with builders.casework(house) as session:
        case = session.get_one(Case, first)
        case.organisation = session.get_one(Client, case.client_code).organisation = "het-kompas"
        session.add(
            CaseTeamMember(case_id=first, user_id="yusuf", from_on=clock.today(), change_id="test")
        )
    world.done(casework.record_identity(cast.YUSUF.actor(), first, KNOWN, clock.now()))
    assert duplicates.alike(both, second, clock.now()) == ()


def test_a_restricted_namesake_leaves_the_same_trace_as_none(
    house: House, pair: tuple[str, str]
) -> None:
    """What the log keeps, and so what anybody could read from it, does not tell the two apart."""
    first, second = pair
    called(second, IdentityWords("Yonas", "Tesfay"))
    alike(second)
    called(second, KNOWN)
    with builders.casework(house) as session:
        session.get_one(Client, session.get_one(Case, first).client_code).restricted = True
    assert alike(second) == ()
    wanted = Wanted(events=frozenset({"caseload_listed"}))
    told = [one.details for one in audit_readings.page(house.stores, wanted, most=2)]
    assert told[0] == told[1]


def test_whose_relation_ended_after_the_save_gets_no_hint_and_no_refusal(
    house: House, pair: tuple[str, str]
) -> None:
    called(pair[1], KNOWN)
    with builders.casework(house) as session:
        for member in session.query(CaseTeamMember).filter_by(case_id=pair[1]):
            session.delete(member)
    with pytest.raises(NotKnown):
        alike(pair[1])
    assert duplicates.hint(AMINA, pair[1], clock.now()) == ()
