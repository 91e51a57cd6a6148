"""The pages of our own formal decisions: a whole course by its forms, its letter, and who finds nothing there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.with_words(world.admitted(days_ago=60))


def send(client: object, address: str, **fields: str) -> TestResponse:
    page = client.get(address).text  # type: ignore[attr-defined]
    hidden = {
        name: found[1]
        for name in ("csrf_token", "once", "version")
        if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page))
    }
    return client.post(address, data={**hidden, **fields})  # type: ignore[attr-defined, no-any-return]


def of(page: str, case_id: str) -> str:
    found = re.search(rf"/cases/{case_id}/formal-decisions/([0-9a-f-]{{36}})/", page)
    assert found is not None, page
    return f"/cases/{case_id}/formal-decisions/{found[1]}"


def test_an_exclusion_goes_its_whole_way_by_its_pages(case_id: str, client_as: ClientAs) -> None:
    amina, lena = client_as(cast.AMINA), client_as(cast.LENA)
    case, new = f"/cases/{case_id}", f"/cases/{case_id}/formal-decisions/new"
    asked = {"kind": "exclusion", "ground": "house_rules", "effective_on": "22-11-2026"}
    wrong = send(amina, new, **asked, until_on="20-11-2026", words="Geschreeuwd in de gang.")
    assert wrong.status_code == 409
    assert "ligt vóór de eerste" in wrong.text
    assert "Geschreeuwd in de gang." in wrong.text, "nothing that was typed is lost"
    assert send(amina, new, **asked, words="Geschreeuwd in de gang.").status_code == 303
    one = of(lena.get(case).text, case_id)
    assert "Formeel besluit nemen" in lena.get("/caseload?show=waiting").text
    assert (
        "Vóór het besluit kan er niets op volgen" in amina.get(f"{one}/steps/objection-lodged").text
    )
    assert send(lena, f"{one}/decision", approve="yes").status_code == 303

    made = send(
        amina, f"{one}/letters/new", language="nl", addressed="own_name", dated_on="22-11-2026"
    )
    assert made.status_code == 303, made.text
    page = amina.get(case).text
    assert "Beste Ayla Markerson," in page
    answer = amina.get(f"{one}/letters/1.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="letter-2026-11-22-nl.pdf"' in answer.headers["Content-Disposition"]
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages)
    text = " ".join(text.split())
    for words in ("U mag bezwaar maken", "4 januari 2027", "Kade 1", "Geschreeuwd in de gang."):
        assert words in text, words

    step = send(amina, f"{one}/steps/made-known", on="22-11-2026", result="handed_over")
    assert step.status_code == 303
    assert send(amina, f"{one}/steps/objection-lodged", on="22-11-2026").status_code == 303
    early = send(amina, f"{one}/steps/hearing", on="20-11-2026")
    assert early.status_code == 409
    assert send(amina, f"{one}/steps/hearing", on="04-12-2026").status_code == 303
    assert send(amina, f"{one}/steps/relief-asked", on="22-11-2026").status_code == 303
    relief = send(amina, f"{one}/steps/relief-decided", on="22-11-2026", result="granted")
    assert relief.status_code == 303
    page = amina.get(case).text
    parse_page(page)
    assert "Verblijf laten doorgaan vanaf 22 november 2026" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    amina.post(f"{case}/continuations/new", data={"csrf_token": token[1], "from_on": "2026-11-22"})
    page = amina.get(case).text
    assert "Verblijf laten doorgaan vanaf" not in page
    assert "door een rechter of een bezwaar sinds 22 november 2026" in page
    assert "Hoorzitting over het bezwaar: 4 december 2026" in page
    assert send(lena, f"{one}/steps/taken-back", on="22-11-2026").status_code == 303
    assert "ingetrokken" in amina.get(f"{one}/steps/hearing").text


def test_nobody_without_the_right_finds_the_pages(case_id: str, client_as: ClientAs) -> None:
    amina, case = client_as(cast.AMINA), f"/cases/{case_id}"
    send(
        amina, f"{case}/formal-decisions/new",
        kind="end", ground="own_wish", effective_on="30-11-2026",
    )  # fmt: skip
    one = of(client_as(cast.LENA).get(case).text, case_id)
    send(client_as(cast.LENA), f"{one}/decision", approve="yes")
    pages = ("decision", "steps/made-known", "steps/taken-back", "letters/new", "letters/1.pdf")
    for colleague in (cast.KOFI, cast.TESS, cast.NOOR, cast.PETRA):
        client = client_as(colleague)
        for address in (f"{case}/formal-decisions/new", *(f"{one}/{page}" for page in pages)):
            assert client.get(address).status_code in (403, 404), (colleague.id, address)
    assert amina.get(f"{one}/decision").status_code in (403, 404)
    assert amina.get(f"{one}/steps/taken-back").status_code == 404
    assert amina.get(f"{one}/letters/1.pdf").status_code == 404
    assert amina.get(f"{one}/steps/no-such-step").status_code == 404


def test_while_the_vault_is_sealed_a_letter_waits_and_the_codes_go_on(
    house: House, case_id: str, client_as: ClientAs
) -> None:
    amina, lena, case = client_as(cast.AMINA), client_as(cast.LENA), f"/cases/{case_id}"
    house.stores.forget_vaults()
    asked = {"kind": "end", "ground": "own_wish", "effective_on": "30-11-2026"}
    kept = send(amina, f"{case}/formal-decisions/new", **asked, words="Zie gesprek.")
    assert "verzegeld" in kept.text
    assert "Zie gesprek." in kept.text
    assert send(amina, f"{case}/formal-decisions/new", **asked).status_code == 303
    one = of(lena.get(case).text, case_id)
    assert send(lena, f"{one}/decision", approve="yes").status_code == 303
    letter = {"language": "nl", "addressed": "call_name", "dated_on": "22-11-2026"}
    waits = send(amina, f"{one}/letters/new", **letter)
    assert waits.status_code == 409
    assert "verzegeld" in waits.text
    page = amina.get(case).text
    assert "De brieven liggen in de kluis, en die is verzegeld." in page
