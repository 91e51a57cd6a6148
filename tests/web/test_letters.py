"""Letters as their readers get them: the client's own language, the copy beside an office's letter, what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services import letters
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


def pages_of(answer: TestResponse) -> list[str]:
    assert answer.headers["Content-Type"] == "application/pdf", answer.text
    return [one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages]


def test_a_client_gets_a_statement_in_their_language_with_the_dutch_for_the_office(
    case_id: str, client_as: ClientAs
) -> None:
    amina = client_as(cast.AMINA)
    new = f"/cases/{case_id}/left/new/residence_statement"
    assert "nog geen beëdigd vertaler" in amina.get(new).text

    dutch, tigrinya = pages_of(out.send(amina, new, medium="handed_over", language="ti"))

    assert "Verklaring over het postadres" in dutch
    assert "ኣድራሻ ፖስታ" in tigrinya
    assert all("Ayla Markerson" in one for one in (dutch, tigrinya))


def test_a_letter_to_the_lawyer_has_a_copy_for_the_client_as_its_last_page(
    case_id: str, client_as: ClientAs
) -> None:
    office = out.office(out.LAWYER)
    out.agreed(case_id, office)
    amina = client_as(cast.AMINA)
    new = f"/cases/{case_id}/left/new/summary_lawyer?to={office}"

    alone = pages_of(out.send(amina, new, medium="post", language="nl", below=""))
    both = pages_of(out.send(amina, new, medium="post", language="nl", below="fa"))

    assert len(alone) == 1
    assert len(both) == 2
    assert "Kantoor Linde" in both[0]
    assert "Kantoor Linde" not in both[1]
    assert "Ayla Markerson" in both[1]


def test_a_copy_in_the_language_of_the_letter_is_refused_in_one_sentence(
    case_id: str, client_as: ClientAs
) -> None:
    office = out.office(out.LAWYER)
    out.agreed(case_id, office)
    amina = client_as(cast.AMINA)
    new = f"/cases/{case_id}/left/new/summary_lawyer?to={office}"

    refused = out.send(amina, new, medium="post", language="nl", below="nl")

    assert refused.status_code in (409, 422)
    assert "Het exemplaar voor de cliënt heeft dezelfde taal als de brief." in refused.text


def test_a_record_of_an_older_engine_is_shown_with_a_sentence_and_its_digest(
    case_id: str, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = client_as(cast.AMINA)
    new = f"/cases/{case_id}/left/new/residence_statement"
    before = letters.engine()
    monkeypatch.setattr(
        letters.printing, "engine", lambda: "typst 0.14.0; fonts 0; layout 0; joined 0"
    )
    out.send(amina, new, medium="handed_over", language="nl")
    monkeypatch.setattr(letters.printing, "engine", lambda: before)
    listed = amina.get(f"/cases/{case_id}/left").text
    at = re.search(rf"/cases/{case_id}/left/[0-9a-f-]{{36}}", listed)
    assert at is not None
    shown = amina.get(at[0]).text
    parse_page(shown)

    assert "typst 0.14.0" in shown
    assert "nieuwere middelen" in shown
