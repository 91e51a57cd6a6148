"""Proposing and deciding, from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def english(client_as: ClientAs, colleague: cast.Colleague):  # type: ignore[no-untyped-def]
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def decision_address(text: str) -> str:
    return re.search(r'href="(/cases/[^"]+/decision)"', text)[1]  # type: ignore[index]


def test_one_proposes_and_another_decides(client_as: ClientAs) -> None:
    case = world.screened(days_ago=10)
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    made = post(amina, f"/cases/{case}/proposals/admission", on="13-11-2026", reason="Ready.")
    assert made.status_code == 303
    own = amina.get(f"/cases/{case}").text
    assert "Take it back" in own
    assert "/decision" not in own
    address = decision_address(lena.get(f"/cases/{case}").text)
    page = lena.get(address).text
    assert "Ready." in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]  # type: ignore[index]
    stale = post(lena, address, approve="yes", version="99")
    assert stale.status_code == 409
    assert "Look again before you decide" in stale.text
    assert post(lena, address, approve="yes", version=version).status_code == 303
    assert "in guidance" in amina.get(f"/cases/{case}").text
    again = post(lena, address, approve="no", version=str(int(version) + 1))
    assert again.status_code == 409
    assert "already been decided" in again.text


def test_a_proposal_is_not_decided_by_who_may_only_propose(client_as: ClientAs) -> None:
    case = world.screened(days_ago=10)
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    post(amina, f"/cases/{case}/proposals/admission", on="13-11-2026")
    address = decision_address(lena.get(f"/cases/{case}").text)
    for colleague in (cast.AMINA, cast.BRAM, cast.MO, cast.NOOR, cast.KOFI):
        client = client_as(colleague)
        assert client.get(address).status_code == 404, colleague.id
        assert post(client, address, approve="yes").status_code == 404, colleague.id


def test_a_proposal_is_taken_back_by_who_made_it(client_as: ClientAs) -> None:
    case = world.screened(days_ago=10)
    amina = english(client_as, cast.AMINA)
    post(amina, f"/cases/{case}/proposals/admission", on="13-11-2026")
    back = re.search(r'action="(/cases/[^"]+/withdrawal)"', amina.get(f"/cases/{case}").text)[1]  # type: ignore[index]
    assert post(amina, back).status_code == 303
    text = amina.get(f"/cases/{case}").text
    assert "The proposal is taken back." in text
    assert "withdrawn" in text


def test_an_exit_asks_for_its_ground_and_for_permanent_stay(client_as: ClientAs) -> None:
    case = world.admitted(days_ago=10)
    amina = english(client_as, cast.AMINA)
    address = f"/cases/{case}/proposals/exit"
    no_ground = post(amina, address, on="22-11-2026", outcome="national_reception")
    assert no_ground.status_code == 409
    assert "so that it counts in the right class" in no_ground.text
    no_answer = post(amina, address, on="22-11-2026", outcome="onward_migration")
    assert no_answer.status_code == 409
    assert "permanent stay is assured" in no_answer.text
    empty = post(amina, address, on="22-11-2026")
    assert empty.status_code == 422
    assert "Choose how the episode ended." in empty.text
    kept = post(amina, address, on="22-11-2026", outcome="onward_migration", permanent_stay="no")
    assert kept.status_code == 303


def test_a_decision_needs_no_words_while_the_vault_is_sealed(
    client_as: ClientAs, house: House
) -> None:
    case = world.screened(days_ago=10)
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    house.stores.forget_vaults()
    address = f"/cases/{case}/proposals/admission"
    kept_back = post(amina, address, on="13-11-2026", reason="Words.")
    assert kept_back.status_code == 409
    assert "Words." in kept_back.text
    assert post(amina, address, on="13-11-2026").status_code == 303
    decide = decision_address(lena.get(f"/cases/{case}").text)
    assert "You can decide without it." in lena.get(decide).text
    assert post(lena, decide, approve="yes").status_code == 303


def test_the_kind_of_next_address_goes_from_the_proposal_to_the_exit(client_as: ClientAs) -> None:
    case = world.admitted(days_ago=100)
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = f"/cases/{case}/proposals/exit"
    left = {"on": "12-11-2026", "outcome": "left_destination_unknown"}
    wrong = post(amina, address, **left, destination="abroad")
    assert wrong.status_code == 409
    assert "“abroad” does not fit “left, destination unknown”" in wrong.text
    strange = post(amina, address, **left, destination="Dorpsstraat 1")
    assert strange.status_code == 422
    returned = {"on": "12-11-2026", "outcome": "voluntary_return"}
    assert post(amina, address, **returned, destination="family_or_friends").status_code == 303
    for reader in (amina, lena):
        assert "with family or friends" in reader.get(f"/cases/{case}").text
    decide = decision_address(lena.get(f"/cases/{case}").text)
    page = lena.get(decide).text
    assert "with family or friends" in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]  # type: ignore[index]
    assert post(lena, decide, approve="yes", version=version).status_code == 303
    ending = amina.get(f"/cases/{case}").text.split('id="exit"')[1]
    assert "with family or friends" in ending
