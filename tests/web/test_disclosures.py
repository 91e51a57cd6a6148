"""The pages of what leaves: two taps to an everyday letter, more people for more, and back again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests import disclosure_worlds as out
from tests.pages import parse_page
from tests.serving import ClientAs


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    out.hired(house)
    return out.a_case(house)


def text_of(answer: TestResponse) -> str:
    assert answer.headers["Content-Type"] == "application/pdf", answer.text
    words = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages)
    return " ".join(words.split())


def test_an_everyday_letter_is_two_taps_from_the_case(case_id: str, client_as: ClientAs) -> None:
    amina = client_as(cast.AMINA)
    page = amina.get(f"/cases/{case_id}").text
    new = f"/cases/{case_id}/left/new/residence_statement"
    assert f'href="{new}"' in page

    made = out.send(amina, new, medium="handed_over", language="nl")

    assert "Ayla Markerson" in text_of(made)
    assert "Ayla" not in made.headers["Content-Disposition"]
    listed = amina.get(f"/cases/{case_id}/left").text
    parse_page(listed)
    assert "Verklaring" in listed
    one = re.search(rf"/cases/{case_id}/left/[0-9a-f-]{{36}}", listed)
    assert one is not None
    shown = amina.get(one[0]).text
    parse_page(shown)
    assert "Ayla Markerson" in shown
    assert re.search(r"<bdi[^>]*>\d\d-\d\d-2026</bdi>", shown), "a day as on every page"
    again = amina.get(f"{one[0]}/paper.pdf")
    assert again.data == made.data, "made again from the record, byte for byte"


def one_of(page: str, case_id: str) -> str:
    found = re.search(rf"/cases/{case_id}/left/[0-9a-f]{{8}}-[0-9a-f-]{{27}}", page)
    assert found is not None, page
    return found[0]


def test_a_referral_waits_until_a_lead_approves_and_can_be_taken_back(
    case_id: str, client_as: ClientAs
) -> None:
    amina, lena = client_as(cast.AMINA), client_as(cast.LENA)
    made = out.send(
        lena, "/offices/new", recipient="fund", name="Fonds Waterstad", address="Postbus 9"
    )
    assert made.status_code == 303
    listed = lena.get("/offices").text
    assert "Fonds Waterstad" in listed
    assert "handhaving" in listed
    choose = amina.get(f"/cases/{case_id}/left/new").text
    parse_page(choose)
    office = re.search(r"new/referral\?to=([0-9a-f-]{36})", choose)
    assert office is not None
    new = f"/cases/{case_id}/left/new/referral?to={office[1]}"
    form = {"help_asked": "clothes", "medium": "post", "language": "nl", "purpose": "money"}
    early = out.send(amina, new, **form, what=["call_name"], agreed_on="23-11-2026")
    assert early.status_code == 409
    assert "ligt in de toekomst" in early.text
    asked = out.send(amina, new, **form, what=["call_name"], agreed_on="22-11-2026")
    assert asked.status_code == 303
    one = one_of(amina.get(f"/cases/{case_id}/left").text, case_id)
    assert "Er is nog niets verstrekt" in amina.get(one).text
    assert "tweede persoon" in amina.get(one).text
    assert f"{one}/approval" not in amina.get(one).text
    assert amina.get(f"{one}/paper.pdf").status_code == 303
    waiting = lena.get("/to-approve").text
    parse_page(waiting)
    assert one in waiting
    assert "Fonds Waterstad" in waiting, "which fund, not that it is one"
    assert out.send(lena, one, f"{one}/refusal").status_code == 422
    assert out.send(lena, one, f"{one}/approval").status_code == 303
    assert "Je hebt dit goedgekeurd" in lena.get(one).text
    assert "Kleding" in text_of(amina.get(f"{one}/paper.pdf"))
    assert out.send(amina, one, f"{one}/withdrawal", why="mistake").status_code == 303
    shown = amina.get(one).text
    parse_page(shown)
    assert "wordt niet opnieuw afgedrukt" in shown
    notice = re.search(rf"{one}/notices/[0-9a-f-]+", shown)
    assert notice is not None
    assert out.send(amina, one, notice[0], how="post").status_code == 303
    assert "Het bericht" in amina.get(one).text
    case = amina.get(f"/cases/{case_id}").text
    parse_page(case)


def test_a_neutral_text_is_copied_and_recorded_by_one_tap(
    case_id: str, client_as: ClientAs
) -> None:
    amina = client_as(cast.AMINA)
    at = f"/cases/{case_id}/left/text"
    typed = {"met_on": "30-11-2026", "met_at": "14:30", "met_place": "Kade 1", "language": "ti"}
    shown = out.send(amina, at, **typed, act="show")
    assert shown.status_code == 200
    assert "30-11-2026" in shown.text
    assert "ቆጸራኹም" in shown.text
    assert "Blue" not in re.findall(r"data-copy-source>([^<]*)", shown.text)[0]
    assert out.send(amina, at, **typed, act="sent").status_code == 303
    assert "WhatsApp" in amina.get(one_of(amina.get(f"/cases/{case_id}/left").text, case_id)).text
    assert out.send(amina, at, met_on="x").status_code == 422


def test_a_client_agrees_to_a_lawyer_and_takes_it_back(case_id: str, client_as: ClientAs) -> None:
    amina, lena = client_as(cast.AMINA), client_as(cast.LENA)
    wrong = out.send(lena, "/offices/new", recipient="enforcement", name="AVIM")
    assert wrong.status_code == 422, "it is not even offered"
    entry = {"recipient": "own-lawyer", "name": "Kantoor Linde", "standing": "y"}
    assert out.send(lena, "/offices/new", **entry).status_code == 303
    agree = f"/cases/{case_id}/recipients/new"
    office = re.search(r'<option value="([0-9a-f-]{36})"', amina.get(agree).text)
    assert office is not None
    chosen = {"office": office[1], "agreed_on": "22-11-2026", "language": "ar"}
    assert out.send(amina, agree, **chosen).status_code == 303
    letter = f"/cases/{case_id}/left/new/residence_statement?to={office[1]}"
    assert letter in amina.get(f"/cases/{case_id}").text
    assert "Kantoor Linde" in text_of(out.send(amina, letter, medium="post", language="nl"))
    left = f"/cases/{case_id}/left"
    ends = re.search(rf"/cases/{case_id}/recipients/[0-9a-f-]+/end", amina.get(left).text)
    assert ends is not None
    assert out.send(amina, left, ends[0], why="taken_back").status_code == 303
    assert "ontvanger nog te informeren" in amina.get(left).text
    refused = out.send(amina, letter, medium="post", language="nl")
    assert refused.status_code == 409
    assert "instemming" in refused.text


def test_a_sealed_vault_says_so_and_breaks_nothing(
    house: House, case_id: str, client_as: ClientAs
) -> None:
    amina = client_as(cast.AMINA)
    new = f"/cases/{case_id}/left/new/residence_statement"
    assert out.send(amina, new, medium="post", language="nl").status_code == 200
    one = one_of(amina.get(f"/cases/{case_id}/left").text, case_id)
    house.stores.forget_vaults()
    assert "De kluis is verzegeld" in amina.get(new).text
    assert "achter slot" in amina.get(one).text
    assert amina.get(f"{one}/paper.pdf").status_code == 303
    late = out.send(amina, f"/cases/{case_id}/left", new, medium="post", language="nl")
    assert late.status_code in (409, 422)


def test_a_sample_is_by_code_and_for_who_looks_afterwards(
    case_id: str, client_as: ClientAs
) -> None:
    amina, petra = client_as(cast.AMINA), client_as(cast.PETRA)
    new = f"/cases/{case_id}/left/new/residence_statement"
    assert out.send(amina, new, medium="post", language="nl").status_code == 200
    page = petra.get("/left/sample").text
    parse_page(page)
    assert "Blue" not in page
    assert "Markerson" not in page
    seen = re.search(r"/left/sample/[0-9a-f-]+/seen", page)
    assert seen is not None
    assert out.send(petra, "/left/sample", seen[0], week="2026-11-16").status_code == 303
    assert "gezien" in petra.get("/left/sample").text.lower()
    assert amina.get("/left/sample").status_code == 404
    assert client_as(cast.KOFI).get(f"/cases/{case_id}/left").status_code == 404
