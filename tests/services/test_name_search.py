"""Searching for somebody by recorded name: over what the reader's list would show, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.domain import redaction
from caseflow.domain.redaction import Compartment, Reader, Sight
from caseflow.services import caseloads, casework
from caseflow.services.caseload_views import CaseloadPage
from caseflow.services.caseloads import Show
from caseflow.services.casework import IdentityWords
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.cases import Case, Client
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
    made = world.admitted(days_ago=10)
    called(made, IdentityWords("Mohammed", "Al-Hassani", "Abu Samir"))
    return made


def called(case_id: str, told: IdentityWords) -> None:
    world.done(casework.record_identity(AMINA, case_id, told, clock.now()))


def search(typed: str, colleague: Colleague = cast.AMINA, show: Show | None = None) -> CaseloadPage:
    return caseloads.caseload(colleague.actor(), clock.now(), show=show, find=typed)


def found(typed: str, colleague: Colleague = cast.AMINA) -> list[str]:
    return [row.case_id for row in search(typed, colleague).rows]


@pytest.mark.parametrize(
    "typed", ["hassani mohamed", "Muhammad el Hassani", "محمد", "abu samir", "Mohmamed", "blu"]
)
def test_the_case_team_finds_somebody_by_any_of_their_names(case_id: str, typed: str) -> None:
    assert found(typed) == [case_id]


def test_what_was_found_says_the_recorded_name(case_id: str) -> None:
    assert search("hassani").called == {case_id: "Mohammed Al-Hassani Abu Samir"}
    assert caseloads.caseload(AMINA, clock.now()).called == {}


@pytest.mark.parametrize(
    ("colleague", "because"),
    [
        (cast.LENA, "a lead reads names on opening, not in lists"),
        (cast.BRAM, "the team knows the call name only"),
        (cast.SARA, "another team has no such case"),
        (cast.MO, "another team's lead has no such case"),
        (cast.YUSUF, "another organisation has no such case"),
    ],
)
def test_a_name_that_a_list_would_hide_finds_nobody(
    case_id: str, colleague: Colleague, because: str
) -> None:
    page = search("Mohammed Al-Hassani", colleague)
    assert (page.rows, page.called, page.found) == ((), {}, 0), because


def test_who_knows_the_call_name_finds_it_in_another_spelling(case_id: str) -> None:
    assert found("Bleu", cast.BRAM) == [case_id]
    assert search("Bleu", cast.BRAM).called == {}


def test_that_a_list_hides_it_is_what_keeps_a_name_from_being_found(
    case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself is taken away: the test above can fail."""
    row = dict(redaction.TABLE[Compartment.IDENTITY])
    row[Reader.TEAM_LEAD] = Sight(redaction.CLEAR, redaction.CLEAR)
    monkeypatch.setattr(redaction, "TABLE", {**redaction.TABLE, Compartment.IDENTITY: row})
    assert found("Mohammed Al-Hassani", cast.LENA) == [case_id]


def test_a_restricted_person_is_found_by_named_readers_only(case_id: str, house: House) -> None:
    with builders.casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).restricted = True
    assert found("Hassani") == []
    assert found("blue") == []


def test_the_newest_name_counts(case_id: str) -> None:
    called(case_id, IdentityWords("Yonas", "Tesfay"))
    assert found("tesfai") == [case_id]
    assert found("Hassani") == []


def test_a_former_case_is_found_by_name_as_well(case_id: str, house: House) -> None:
    with builders.casework(house) as session:
        session.get_one(Case, case_id).stage = "closed"
    assert found("Hassani") == []
    assert [row.case_id for row in search("Hassani", show=Show.FORMER).rows] == [case_id]


def test_while_the_vault_is_sealed_call_names_and_codes_are_found(
    case_id: str, house: House
) -> None:
    house.stores.forget_vaults()
    assert found("Hassani") == []
    page = search("blue")
    assert [row.case_id for row in page.rows] == [case_id]
    assert page.names_are_sealed
    assert not search("blue", cast.LENA).names_are_sealed


def test_one_look_is_told_with_who_was_shown_and_never_with_what_was_typed(
    case_id: str, house: House
) -> None:
    search("Hassani")
    search("Nobody at all")
    wanted = Wanted(events=frozenset({"caseload_listed"}))
    none, one = audit_readings.page(house.stores, wanted, most=2)
    assert (one.details["count"], none.details["count"]) == (1, 0)
    assert "assani" not in repr((one, none))
    assert "Nobody" not in repr((one, none))
