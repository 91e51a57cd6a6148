"""The pages of looks: the log, one's own, going through a caseload, and finding somebody on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import intake
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned()


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1]))


def rows(text: str) -> int:
    return text.count("cf-table__row ") + text.count('cf-table__row"')


def sent(client: FlaskClient, path: str, status: int = 200, **fields: str) -> str:
    answer = post(client, path, **fields)
    assert answer.status_code == status, answer.text  # type: ignore[attr-defined]
    parse_page(answer.text)  # type: ignore[attr-defined]
    return str(answer.text)  # type: ignore[attr-defined]


def test_the_log_is_found_searched_and_leafed_through(
    client_as: ClientAs, house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_as(cast.KOFI).get(f"/cases/{case_id}")
    petra = english(client_as, cast.PETRA)
    assert 'href="/audit"' in petra.get("/publications").text
    parse_page(petra.get("/audit").text)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    found = words_of(sent(petra, "/audit", client_code=code, colleague="kofi"))
    assert f"Kofi Opened a file {code} gives beds" in found
    nothing = words_of(sent(petra, "/audit", client_code="ZZZZ-ZZZZ"))
    assert "Nothing was found." in nothing
    monkeypatch.setattr("caseflow.services.looks.LOOKS_A_PAGE", 3)
    first = sent(petra, "/audit", what="looks")
    below = re.search(r'name="below" value="(\d+)"', sent(petra, "/audit"))
    assert rows(first) <= 3
    assert below is not None
    assert sent(petra, "/audit", below=below[1]) != first


def test_the_log_answers_bad_input_with_a_sentence_and_strangers_with_nothing(
    client_as: ClientAs, case_id: str
) -> None:
    petra = english(client_as, cast.PETRA)
    for field, words, sentence in (
        ("on", "yesterday", "This is not a day."),
        ("what", "everything_else", "Choose one of the options."),
        ("colleague", "yusuf", "Choose one of the options."),
        ("client_code", "X" * 13, "This is too long."),
    ):
        assert sentence in sent(petra, "/audit", 422, **{field: words}), field
    sent(petra, "/audit", below="-1")
    sent(petra, "/audit", below="9" * 30)
    for stranger in (cast.AMINA, cast.LENA, cast.ADA, cast.FEMKE):
        assert client_as(stranger).get("/audit").status_code == 404
        assert 'href="/audit"' not in client_as(stranger).get("/account").text


def test_everybody_finds_their_own_looks(client_as: ClientAs, case_id: str) -> None:
    kofi = english(client_as, cast.KOFI)
    kofi.get(f"/cases/{case_id}")
    assert 'href="/account/looks"' in kofi.get("/account").text
    text = kofi.get("/account/looks").text
    parse_page(text)
    assert "Opened a file" in words_of(text)
    assert "Amina" not in words_of(text)
    assert world.CALL_NAME not in text
    assert kofi.get("/account/looks?below=x").status_code == 200
    assert "There is nothing in these days." in kofi.get("/account/looks?below=1").text
    assert client_as(cast.FEMKE).get("/account/looks").status_code == 200


def test_a_caseload_is_gone_through_one_case_after_the_other(
    client_as: ClientAs, case_id: str
) -> None:
    other = world.assigned()
    amina = english(client_as, cast.AMINA)
    choose = "/caseload/review?show=mine"
    assert choose in amina.get("/caseload").text
    page = amina.get(choose).text
    parse_page(page)
    assert "Check by the team lead" not in page
    begun = post(amina, "/caseload/review", show="mine", purpose="review_meeting")
    first = begun.headers["Location"]  # type: ignore[attr-defined]
    text = amina.get(first).text
    shown = parse_page(text)
    assert "Case 1 of 2" in words_of(text)
    assert shown.title.startswith("Case ")
    assert "Next case" in text
    assert "Previous case" not in text
    assert "Go on" in amina.get(choose).text
    world.done(intake.assign(cast.LENA.actor(), other, ("sara",), clock.now()))
    world.done(intake.assign(cast.LENA.actor(), case_id, ("sara",), clock.now()))
    last = first.removesuffix("1") + "2"
    assert amina.get(last).status_code == 200, "still a colleague of the team"
    for stranger in (cast.BRAM, cast.LENA, cast.PETRA):
        assert client_as(stranger).get(first).status_code == 404
    for place in ("3", "0", "9" * 30):
        assert amina.get(first.removesuffix("1") + place).status_code == 404
    with clock.fixed(cast.NOW.replace(hour=11)):
        sara = client_as(cast.AMINA)
        assert sara.get(first).headers["Location"] == "/caseload"
    refused = post(amina, "/caseload/review", show="mine", purpose="curiosity")
    assert "/caseload/review" in refused.headers["Location"]  # type: ignore[attr-defined]
    assert "Choose for what you go through the cases." in amina.get(choose).text


def test_a_case_that_left_ones_reach_is_left_out_with_a_sentence(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    begun = post(amina, "/caseload/review", show="mine", purpose="review_handover")
    with builders.casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).restricted = True
    text = amina.get(begun.headers["Location"]).text  # type: ignore[attr-defined]
    parse_page(text)
    assert "This case is left out: you no longer work on it." in words_of(text)
    assert world.CALL_NAME not in text
    assert code not in text


def test_somebody_is_found_by_name_or_code_and_only_within_reach(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    bram, sara = english(client_as, cast.BRAM), english(client_as, cast.SARA)
    for typed in ("blu", "BLUE", code, code.lower().replace("-", "")):
        assert "Cases found: 1." in sent(bram, "/caseload", find=typed), typed
        hidden = sent(sara, "/caseload", find=typed)
        assert "Nobody within your reach is called so." in hidden
        assert case_id not in hidden
        assert code not in hidden.replace(f'value="{code}"', "")
    assert "Cases found" not in bram.get("/caseload?find=blu").text
    assert "This is too long." in sent(bram, "/caseload", 422, find="x" * 81)
    unknown = sent(sara, "/caseload", find="Zzzz")
    there = sent(sara, "/caseload", find="Blue")
    token = re.compile(r'(content|value)="[^"]{30,}"')
    assert token.sub("", unknown.replace("Zzzz", "")) == token.sub("", there.replace("Blue", ""))


def test_former_cases_are_searched_too(client_as: ClientAs, house: House, case_id: str) -> None:
    with builders.casework(house) as session:
        session.get_one(Case, case_id).stage = "closed"
    bram = english(client_as, cast.BRAM)
    none = sent(bram, "/caseload", find="blue")
    assert "Look among former cases" in none
    assert "Cases found: 1." in sent(bram, "/caseload", find="blue", show="former")
    assert "Cases found: 0." in sent(bram, "/caseload", find="red", show="former")
