"""Needs and deferral dates on the page of a case: for whom they are there, in both languages, sealed or not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import intake
from caseflow.services.houses import House
from caseflow.services.intake import Registration
from caseflow.storage.models.cases import Case, Referral
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

NURSE = Colleague("ines", "de-haven", None, (Role.HEALTH_WORKER,))
WORDS = "Sleeps badly where it is loud."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    builders.hire(house, NURSE)
    made = world.admitted(days_ago=10)
    with builders.casework(house) as session:
        session.add(
            Referral(
                case_id=made, user_id="ines", kind="medical", from_on=clock.today(), change_id="x"
            )
        )
    return made


def english(client_as: ClientAs, colleague: Colleague = cast.AMINA) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def test_needs_of_a_bed_reach_whoever_gives_beds(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    builders.open_site(house)
    nurse, kofi = english(client_as, NURSE), english(client_as, cast.KOFI)
    page, case = f"/cases/{case_id}/needs/bed", f"/cases/{case_id}"
    assert page in nurse.get(case).text
    parse_page(nurse.get(page).text)
    assert sent(nurse, page, kinds=["diagnosis"]).status_code == 422
    assert sent(nurse, page, kinds=["lower_bunk", "ground_floor"]).status_code == 303
    shown = kofi.get(case).text
    parse_page(shown)
    assert "lower bunk" in shown
    assert page not in shown
    assert client_as(cast.KOFI).get(page).status_code == 404
    sought = kofi.get(f"/cases/{case_id}/placements/new").text
    assert "Needs of this person" in sought
    assert re.search(r"<input[^>]*checked[^>]*value=\"lower_bunk\"", nurse.get(page).text)
    assert sent(nurse, page, kinds=["lower_bunk", "ground_floor"]).status_code == 409
    assert sent(nurse, page).status_code == 303
    assert "Needed before" not in kofi.get(case).text, "a slip of the same day"


def test_needs_in_words_are_for_who_reads_needs(client_as: ClientAs, case_id: str) -> None:
    amina, page, case = english(client_as), f"/cases/{case_id}/needs/words", f"/cases/{case_id}"
    form = amina.get(page).text
    parse_page(form)
    assert "Never a diagnosis" in form
    assert sent(amina, page, words=" ").status_code == 422
    assert sent(amina, page, words=WORDS).status_code == 303
    for colleague, sees in (
        (cast.AMINA, True),
        (NURSE, True),
        (cast.LENA, True),
        (cast.KOFI, False),
    ):
        assert (WORDS in client_as(colleague).get(case).text) is sees, colleague.id


def test_a_pregnancy_is_covered_by_the_expected_and_then_by_the_actual_delivery(
    client_as: ClientAs, case_id: str
) -> None:
    amina, new, case = english(client_as), f"/cases/{case_id}/deferrals/new", f"/cases/{case_id}"
    parse_page(amina.get(new).text)
    assert sent(amina, new).status_code == 422
    assert sent(amina, new, kind="pregnancy").status_code == 409
    assert sent(amina, new, kind="pregnancy", expected_on="15-12-2026").status_code == 303
    shown = amina.get(case).text
    parse_page(shown)
    for said in (
        "3 November 2026",
        "26 January 2027",
        "check with the lawyer",
        "Record the delivery",
    ):
        assert said in shown, said
    assert "Go through the plan again" in shown
    [change] = re.findall(rf'href="({case}/deferrals/[0-9a-f-]{{36}})"', shown)
    form = amina.get(change).text
    parse_page(form)
    assert "First day" not in form
    assert (
        sent(amina, change, expected_on="15-12-2026", delivered_on="20-11-2026").status_code == 303
    )
    moved = amina.get(case).text
    for said in ("1 January 2027", "By the expected delivery", "26 January 2027"):
        assert said in moved, said
    parse_page(amina.get(f"{change}/take-back").text)
    assert sent(amina, f"{change}/take-back").status_code == 303
    assert "Expected delivery" not in amina.get(case).text
    assert amina.get(change).status_code == 404


def test_no_address_or_title_says_what_it_is(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as)
    shown = amina.get(f"/cases/{case_id}").text + amina.get(f"/cases/{case_id}/deferrals/new").text
    for address in re.findall(r'(?:href|action)="([^"]+)"', shown):
        assert not re.search("pregnan|illness|health", address.partition("#")[0]), address


def test_others_find_no_such_page(client_as: ClientAs, case_id: str) -> None:
    for colleague in (cast.BRAM, cast.LENA, cast.KOFI, cast.TESS, cast.YUSUF):
        client = client_as(colleague)
        for act in ("needs/bed", "needs/words", "deferrals/new"):
            assert client.get(f"/cases/{case_id}/{act}").status_code == 404, (colleague.id, act)


def test_sealed_the_codes_stand_and_the_rest_says_so(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, case = english(client_as), f"/cases/{case_id}"
    sent(amina, f"{case}/needs/bed", kinds=["pet"])
    sent(amina, f"{case}/needs/words", words=WORDS)
    house.stores.forget_vaults()
    shown = amina.get(case).text
    parse_page(shown)
    for said in ("has a pet", "Needs in words lie in the vault", "Deferral dates lie in the vault"):
        assert said in shown, said
    refused = sent(amina, f"{case}/needs/words", words=WORDS)
    assert (refused.status_code, WORDS in refused.text) == (409, True)
    assert sent(amina, f"{case}/needs/bed", kinds=["single_room"]).status_code == 303


def test_it_is_said_in_dutch(client_as: ClientAs, case_id: str) -> None:
    amina, case = client_as(cast.AMINA), f"/cases/{case_id}"
    sent(amina, f"{case}/needs/bed", kinds=["lower_bunk"])
    shown = amina.get(case).text
    for said in ("Behoeften en gezondheid", "onderste bed", "Uitstel of zwangerschap vastleggen"):
        assert said in shown, said
    refused = sent(amina, f"{case}/deferrals/new", kind="illness", from_on="1-1-2027")
    assert "Vul de eerste en de laatste dag van het uitstel in" in refused.text


def test_the_copy_for_the_client_holds_needs_and_days_and_nobody_else_of_the_family(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = intake.register(
        cast.TESS.actor(),
        Registration("waterstad-lvv", "Zebedee", clock.today(), team_id="haven-east"),
        clock.now(),
    )
    assert isinstance(other, intake.Registered)
    with house.stores.reading() as session:
        own = session.get_one(Case, case_id).client_code
    builders.family(house, own, other.client_code)
    amina, case = client_as(cast.AMINA), f"/cases/{case_id}"
    sent(amina, f"{case}/needs/bed", kinds=["lower_bunk"])
    sent(amina, f"{case}/deferrals/new", kind="pregnancy", expected_on="15-12-2026")
    pages = PdfReader(io.BytesIO(sent(amina, f"{case}/copy", **{"in": "en"}).data)).pages
    told = " ".join("\n".join(page.extract_text() for page in pages).split())
    for words in ("lower bunk", "15 December 2026", "26 January 2027", "In a household, as adult"):
        assert words in told, words
    assert "Zebedee" not in told
