"""The pages on which two client codes of one person become one, and two again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.decisions import Allowed
from caseflow.services import casework, sign_ins
from caseflow.services.casework import IdentityWords
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

NOBODYS = "WXYZ-2345"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def pair(house: House) -> tuple[str, str]:
    """Two open files; the second is a withdrawn application of the same person, by another call name."""
    builders.hire_everybody(house)
    first, second = world.assigned(days_ago=20), world.assigned(days_ago=3)
    for case_id, given in ((first, "Mohammed"), (second, "محمد")):
        told = IdentityWords(given, birth_year=1991)
        world.done(casework.record_identity(cast.AMINA.actor(), case_id, told, clock.now()))
    with builders.casework(house) as session:
        case = session.get_one(Case, second)
        case.stage = "withdrawn"
        session.get_one(Client, case.client_code).call_name = "Heron"
    return first, second


@pytest.fixture
def right_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "step_up", lambda *_: Allowed())


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, page: str, **fields: str) -> tuple[int, str]:
    answer = post(client, page, **fields)
    return answer.status_code, answer.text  # type: ignore[attr-defined]


@pytest.mark.usefixtures("right_code")
def test_a_lead_looks_at_both_makes_them_one_and_undoes_it(
    house: House, client_as: ClientAs, pair: tuple[str, str]
) -> None:
    lena, case = english(client_as(cast.LENA)), f"/cases/{pair[0]}"
    kept, given_up = (code_of(house, one) for one in pair)
    assert f"{case}/merge" in lena.get(case).text
    parse_page(lena.get(f"{case}/merge").text)
    status, preview = sent(lena, f"{case}/merge", other=given_up.lower())
    parse_page(preview)
    assert status == 200
    for words in (kept, given_up, "Blue", "Heron", "Mohammed", "محمد", "What will stand"):
        assert words in preview
    assert code_of(house, pair[1]) == given_up, "a preview changes nothing"
    assert sent(lena, f"{case}/merge/confirm", other=given_up, code="123456")[0] == 303
    shown = lena.get(case).text
    parse_page(shown)
    assert f"Also had the code {given_up}" in shown
    assert "Blue" in sent(lena, "/caseload", find=given_up)[1]
    [undo] = re.findall(r'href="([^"]+/undo)"', shown)
    page = lena.get(undo).text
    parse_page(page)
    assert f"Goes back to {given_up}" in page
    assert sent(lena, undo, code="123456")[0] == 303
    assert code_of(house, pair[1]) == given_up
    assert "Also had the code" not in lena.get(case).text


def test_without_a_right_code_nothing_happens(
    house: House, client_as: ClientAs, pair: tuple[str, str]
) -> None:
    lena, case = english(client_as(cast.LENA)), f"/cases/{pair[0]}"
    given_up = code_of(house, pair[1])
    status, text = sent(lena, f"{case}/merge/confirm", other=given_up, code="000000")
    parse_page(text)
    assert status == 422
    assert code_of(house, pair[1]) == given_up


@pytest.mark.usefixtures("right_code")
def test_what_stands_in_the_way_is_said_and_no_button_is_offered(
    house: House, client_as: ClientAs, pair: tuple[str, str]
) -> None:
    with builders.casework(house) as session:
        session.get_one(Case, pair[1]).stage = "screening"
    lena, case = english(client_as(cast.LENA)), f"/cases/{pair[0]}"
    given_up = code_of(house, pair[1])
    status, text = sent(lena, f"{case}/merge", other=given_up)
    parse_page(text)
    assert (status, "Both have an open case in" in text) == (200, True)
    assert "Yes, make them one" not in text
    status, text = sent(lena, f"{case}/merge/confirm", other=given_up, code="123456")
    assert status == 409
    assert code_of(house, pair[1]) == given_up


def test_an_unknown_code_and_a_forbidden_one_read_the_same(
    house: House, client_as: ClientAs, pair: tuple[str, str]
) -> None:
    """Byte for byte, tokens apart: another team's, a restricted one, and one that nobody has."""
    lena, page = english(client_as(cast.LENA)), f"/cases/{pair[0]}/merge"
    other = world.registered(days_ago=3)
    hidden = code_of(house, pair[1])
    with builders.casework(house) as session:
        session.get_one(Case, other).team_id = "haven-west"
        session.get_one(Client, hidden).restricted = True

    def answered(code: str) -> tuple[int, str]:
        status, text = sent(lena, page, other=code)
        text = re.sub(r'((?:csrf[-_]token|once)"[^>]*(?:content|value)=")[^"]*', r"\1", text)
        return status, text.replace(code, "CODE")

    assert answered(code_of(house, other)) == answered(NOBODYS)
    assert answered(hidden) == answered(NOBODYS)
    assert answered(NOBODYS)[0] == 409
    assert sent(lena, page, other="")[0] == 422


def test_nobody_else_has_the_pages(client_as: ClientAs, pair: tuple[str, str]) -> None:
    for colleague in (cast.BRAM, cast.SARA, cast.MO, cast.KOFI, cast.TESS, cast.YUSUF):
        client = client_as(colleague)
        assert client.get(f"/cases/{pair[0]}/merge").status_code == 404, colleague.id
        assert sent(client, f"/cases/{pair[0]}/merge", other="K7QM-4XPD")[0] == 404


def test_while_the_vault_is_sealed_nothing_is_compared(
    house: House, client_as: ClientAs, pair: tuple[str, str]
) -> None:
    given_up = code_of(house, pair[1])
    lena = english(client_as(cast.LENA))
    house.stores.forget_vaults()
    status, text = sent(lena, f"/cases/{pair[0]}/merge", other=given_up)
    parse_page(text)
    assert (status, "cannot be compared now" in text) == (409, True)
