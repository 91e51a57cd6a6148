"""The pages of procedures: opened, gone through, written into the vault and ended; and who finds nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.services import gatekeeping, procedures
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs

NUMBER = "2912345678"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=60)


def begun(case_id: str) -> str:
    now, amina = clock.now(), cast.AMINA.actor()
    kind = ProcedureKind.RESIDENCE_PERMIT
    world.done(procedures.open_one(amina, case_id, kind, world.first_day(case_id, now), now))
    found = gatekeeping.open_case(amina, case_id, now).procedures
    assert isinstance(found, tuple)
    return found[0].id


def send(client: object, address: str, **fields: str) -> object:
    page = client.get(address).text  # type: ignore[attr-defined]
    hidden = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]
        for name in ("csrf_token", "once")
    }
    return client.post(address, data={**hidden, **fields})  # type: ignore[attr-defined]


def test_a_procedure_is_opened_gone_through_and_ended_on_its_pages(
    case_id: str, client_as: ClientAs
) -> None:
    amina, base = client_as(cast.AMINA), f"/cases/{case_id}/procedures"
    opened = send(amina, f"{base}/new", kind="family", on="01-10-2026")
    assert opened.status_code == 303, opened.text  # type: ignore[attr-defined]
    page = amina.get(f"/cases/{case_id}").text
    one = re.search(rf"{base}/([0-9a-f-]+)/steps/new", page)
    assert one is not None
    mine = f"{base}/{one[1]}"
    step = {"step": "family_permit_decided", "on": "02-11-2026", "result": "refused"}
    early = send(amina, f"{mine}/steps/new", **step, due_on="01-11-2026")
    assert early.status_code == 409  # type: ignore[attr-defined]
    assert "vóór de stap" in early.text  # type: ignore[attr-defined]
    assert 'value="01-11-2026"' in early.text, "nothing that was typed is lost"  # type: ignore[attr-defined]
    assert send(amina, f"{mine}/steps/new", **step).status_code == 303  # type: ignore[attr-defined]
    wrong = send(amina, f"{mine}/lawyer", v_number="123456782")
    assert "Dit is geen V-nummer" in wrong.text  # type: ignore[attr-defined]
    kept = send(amina, f"{mine}/lawyer", lawyer="Mr. Oak", v_number=NUMBER)
    assert kept.status_code == 303  # type: ignore[attr-defined]
    page = amina.get(f"/cases/{case_id}").text
    parse_page(page)
    assert "Uiterlijk bezwaar maken: 30 november 2026" in page
    assert "artikel 69" in page
    assert NUMBER in page
    assert send(amina, f"{mine}/end", on="20-11-2026").status_code == 303  # type: ignore[attr-defined]
    page = amina.get(f"/cases/{case_id}").text
    assert NUMBER not in page
    assert "Mr. Oak" in page
    assert (
        "Uiterlijk bezwaar maken: 30 november 2026"
        not in page.split("Stappen van deze procedure")[0]
    )
    assert "al geëindigd" in amina.get(f"{mine}/steps/new").text


def test_nobody_without_the_right_finds_the_pages(case_id: str, client_as: ClientAs) -> None:
    one = begun(case_id)
    for colleague in (cast.LENA, cast.KOFI, cast.TESS):
        client = client_as(colleague)
        for address in ("new", f"{one}/steps/new", f"{one}/lawyer", f"{one}/end"):
            answer = client.get(f"/cases/{case_id}/procedures/{address}")
            assert answer.status_code in (403, 404), (colleague.id, address)


def test_while_the_vault_is_sealed_no_empty_form_could_erase_the_lawyer(
    house: House, case_id: str, client_as: ClientAs
) -> None:
    one = begun(case_id)
    amina = client_as(cast.AMINA)
    house.stores.forget_vaults()
    for address in ("lawyer", "end"):
        page = amina.get(f"/cases/{case_id}/procedures/{one}/{address}").text
        assert "De kluis is verzegeld" in page
        assert "<textarea" not in page
        assert 'name="v_number"' not in page
    page = amina.get(f"/cases/{case_id}").text
    assert "Advocaat en kenmerk liggen in de kluis" in page
