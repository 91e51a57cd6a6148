"""The pages on which somebody is told and asked, and takes back what they agreed to; and the texts themselves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from caseflow import clock
from caseflow.domain.agreements import Telling, Way, What
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.programmes import Programme
from caseflow.domain.recipients import RecipientClass
from caseflow.services import agreements
from caseflow.services.houses import House
from tests import builders, cast, serving
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs

WORDS = "Not my cousin, please."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def post(client: FlaskClient, address: str, **fields: object) -> Any:
    return serving.post(client, address, **fields)


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def agreed(case_id: str) -> None:
    told = Telling(frozenset(InformationKind), "ar", Way.READ_OUT, date(2026, 11, 22))
    lawyer = (What.recipients(RecipientClass.LEGAL),)
    world.done(agreements.record(cast.AMINA.actor(), case_id, told, lawyer, None, cast.NOW))


FORM: dict[str, Any] = {
    "language": "ar", "way": "interpreter", "interpreter": "TV 4711", "texts": ["rights", "purposes"],
    "agreed": ["recipients:legal", "channel:text"], "on": "22-11-2026", "share_with": "",
}  # fmt: skip


def test_somebody_is_told_and_asked_on_one_form(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    case, form = f"/cases/{case_id}", f"/cases/{case_id}/agreements"
    before = amina.get(case).text
    assert form in before
    assert before.count("not told yet") == 2
    parse_page(amina.get(form).text)
    kept = post(amina, form, **FORM, own_words=WORDS)
    assert kept.status_code == 303, kept.text
    after = amina.get(case).text
    parse_page(after)
    for said in ("interpreter TV 4711", "Letters to the own lawyer", "SMS or WhatsApp", WORDS):
        assert said in after
    assert "Agreed to: SMS or WhatsApp with time and place." in after  # beside how to reach them
    assert "not told yet" not in after
    again = amina.get(form).text
    assert "recipients:legal" not in again  # what stands is not asked again
    assert "recipients:care" in again


def test_an_agreement_is_taken_back_and_the_page_says_what_happens(
    client_as: ClientAs, case_id: str
) -> None:
    agreed(case_id)
    lena, case = english(client_as, cast.LENA), f"/cases/{case_id}"
    [link] = re.findall(r'href="([^"]+/withdraw\?take=[^"]+)"', lena.get(case).text)
    page = lena.get(link).text
    parse_page(page)
    assert "Taking it back changes nothing about the bed or the help." in page
    assert re.search(r"<input[^>]* checked", page)
    assert post(lena, f"{case}/agreements/withdraw").status_code == 422
    taken = re.search(r"take=([0-9a-f-]+)", link)
    assert taken is not None
    assert post(lena, f"{case}/agreements/withdraw", taken_back=[taken[1]]).status_code == 303
    after = lena.get(case).text
    assert "taken back on 22-11-2026" in after
    assert "No everyday agreement is recorded." in after
    assert "so nothing can be taken back" in lena.get(f"{case}/agreements/withdraw").text


BAD: tuple[tuple[str, dict[str, Any], int, str], ...] = (
    ("a day to come", {"on": "23-11-2026"}, 409, "has not come yet"),
    ("no language", {"language": ""}, 422, "Choose the language"),
    ("a language nobody offered", {"language": "xx"}, 422, "Choose one of the options"),
    ("a name as number", {"interpreter": "Ali Ali"}, 409, "Names are not kept"),
    ("an enforcement recipient", {"agreed": ["recipients:enforcement"]}, 422, "Choose one of the options"),
    ("nothing told or agreed", {"texts": [], "agreed": []}, 409, "Choose what you told"),
    ("a last day that passed", {"until_on": "1-11-2026"}, 409, "last day has passed"),
    ("a day that is none", {"on": "31-2-2026"}, 422, "This is not a day"),
)  # fmt: skip


@pytest.mark.parametrize(("why", "given", "status", "says"), BAD, ids=[one[0] for one in BAD])
def test_bad_input_gets_one_sentence_and_keeps_what_was_typed(
    client_as: ClientAs, case_id: str, why: str, given: dict[str, Any], status: int, says: str
) -> None:
    amina = english(client_as, cast.AMINA)
    answer = post(amina, f"/cases/{case_id}/agreements", **{**FORM, **given})
    assert (answer.status_code, says in answer.text) == (status, True)
    assert "not told yet" in amina.get(f"/cases/{case_id}").text


def test_others_find_nothing_there(client_as: ClientAs, case_id: str) -> None:
    agreed(case_id)
    for colleague in (cast.SARA, cast.YUSUF, cast.PETRA):
        client = client_as(colleague)
        for address in ("agreements", "agreements/withdraw"):
            assert client.get(f"/cases/{case_id}/{address}").status_code in (403, 404)
    kofi = english(client_as, cast.KOFI)
    assert 'id="agreements"' not in kofi.get(f"/cases/{case_id}").text


def test_what_was_recorded_in_error_is_struck_through(client_as: ClientAs, case_id: str) -> None:
    agreed(case_id)
    amina = english(client_as, cast.AMINA)
    button = r'action="([^"]+/mistaken)"'
    first, *_ = re.findall(button, amina.get(f"/cases/{case_id}").text)
    assert post(amina, first).status_code == 303
    assert "recorded in error" in amina.get(f"/cases/{case_id}").text
    other = world.admitted(days_ago=5)
    theirs = first.replace(case_id, other)
    assert post(amina, theirs).status_code == 404


def test_sealed_the_form_goes_on_without_own_words(
    client_as: ClientAs, case_id: str, house: House
) -> None:
    amina = english(client_as, cast.AMINA)
    house.stores.forget_vaults()
    page = amina.get(f"/cases/{case_id}/agreements").text
    assert "own_words" not in page
    assert post(amina, f"/cases/{case_id}/agreements", **FORM).status_code == 303
    kept = post(amina, f"/cases/{case_id}/agreements", **{**FORM, "agreed": []}, own_words=WORDS)
    assert (kept.status_code, WORDS in kept.text) == (409, True)


@pytest.mark.parametrize("spoken", ["nl", "en", "ar", "fa", "ti"])
@pytest.mark.parametrize("text", list(InformationKind))
def test_a_text_is_read_from_the_screen_and_printed(
    client_as: ClientAs, case_id: str, text: str, spoken: str
) -> None:
    tess = client_as(cast.TESS)
    page = tess.get(f"/information/{text}/{spoken}?case={case_id}")
    assert page.status_code == 200
    parse_page(page.text)
    assert f'lang="{spoken}" dir="{"rtl" if spoken in ("ar", "fa") else "ltr"}"' in page.text
    assert f"/cases/{case_id}/agreements" in page.text
    for named in ("LVV", "BBB", "Waterstad", "{"):
        assert named not in re.sub(r"(?s)^.*<article", "", page.text).split("</article>")[0]
    paper = tess.get(f"/information/{text}/{spoken}/paper")
    assert paper.data.startswith(b"%PDF")
    name = "brief.pdf" if spoken == "nl" else "letter.pdf"
    assert paper.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_no_text_and_no_language_is_nothing(client_as: ClientAs, case_id: str) -> None:
    amina = client_as(cast.AMINA)
    for address in ("rights/xx", "rights/xx/paper", "secrets/nl", "rights/so/paper"):
        assert amina.get(f"/information/{address}").status_code == 404
    assert amina.get("/information/rights/nl?case=nobody").status_code == 200
    assert client_as(cast.ADA).get("/information/rights/nl").status_code == 404


def test_the_copy_of_the_file_says_what_was_told_and_agreed(
    client_as: ClientAs, case_id: str
) -> None:
    agreed(case_id)
    copy = post(client_as(cast.AMINA), f"/cases/{case_id}/copy", **{"in": "en"})
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(copy.data)).pages)
    said = " ".join(said.split())
    assert "On 22 November 2026 we told you: Your rights" in said
    assert "Letters to the own lawyer" in said


def test_a_programme_may_say_that_shelter_depends_on_it(
    client_as: ClientAs, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(case_id)
    needed = frozenset({RecipientClass.LEGAL})

    def with_a_rule(house: House, programme: str) -> Programme:
        return replace(house.catalogue.programmes[programme], shelter_needs_agreement=needed)

    monkeypatch.setattr(House, "programme", with_a_rule)
    page = english(client_as, cast.AMINA).get(f"/cases/{case_id}/agreements/withdraw").text
    assert "Nothing ends by itself" in page
    assert "changes nothing about the bed" not in page


def test_a_team_lead_begins_a_share_that_was_agreed_to(client_as: ClientAs, case_id: str) -> None:
    told = Telling(frozenset(), "ar", Way.READ_OUT, date(2026, 11, 22))
    what = (What.share_with("het-kompas"),)
    world.done(agreements.record(cast.AMINA.actor(), case_id, told, what, None, cast.NOW))
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    case = f"/cases/{case_id}"
    assert "waits for the team lead" in amina.get(case).text
    [begin] = re.findall(r'action="([^"]+/share)"', lena.get(case).text)
    assert post(amina, begin).status_code == 404
    assert post(lena, begin).status_code == 303
    page = lena.get(case).text
    parse_page(page)
    assert "shared now" in page
    assert begin not in page
    assert "(Het Kompas)" in page
