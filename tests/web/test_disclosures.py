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
    again = amina.get(f"{one[0]}/paper.pdf")
    assert again.data == made.data, "made again from the record, byte for byte"
