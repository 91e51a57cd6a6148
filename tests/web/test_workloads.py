"""The page of a team's workload, and the form that hands cases over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import sign_ins
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def cases(house: House) -> list[str]:
    builders.hire_everybody(house)
    return [world.admitted(days_ago=10), world.admitted(days_ago=10)]


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def test_a_lead_hands_over_what_is_ticked(
    client_as: ClientAs, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lena = english(client_as, cast.LENA)
    monkeypatch.setattr(sign_ins, "is_fresh", lambda *_: True)
    listed = lena.get("/workload").text
    parse_page(listed)
    assert ("/workload/amina" in listed, world.CALL_NAME in listed) == (True, False)
    form = lena.get("/workload/amina").text
    assert world.CALL_NAME not in parse_page(form).title
    for fields, sentence in (
        ({"to": "bram"}, "Choose at least one case."),
        ({"cases": cases}, "Choose who takes these cases."),
        ({"cases": ["nothing"], "to": "bram"}, "Choose one of the options."),
    ):
        answer = post(lena, "/workload/amina", **fields)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence  # type: ignore[attr-defined]
    assert post(lena, "/workload/amina", cases=cases[:1], to="bram").status_code == 303  # type: ignore[attr-defined]
    text = lena.get("/workload").text
    assert ("Cases handed over: 1." in text, "/workload/bram" in text) == (True, True)


def test_many_cases_change_hands_with_a_fresh_code_alone(
    client_as: ClientAs, cases: list[str]
) -> None:
    with clock.fixed(cast.NOW):
        lena = english(client_as, cast.LENA)
    with clock.fixed(cast.NOW + timedelta(minutes=14)):
        answer = post(lena, "/workload/amina", cases=cases, to="bram", code="000000")
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert "/workload/bram" not in lena.get("/workload").text


def test_others_have_no_such_page(client_as: ClientAs, cases: list[str]) -> None:
    for colleague in (cast.AMINA, cast.KOFI):
        client = english(client_as, colleague)
        assert "/workload" not in client.get("/").text
        for page in ("/workload", "/workload/amina"):
            assert client.get(page).status_code in (403, 404), page
    assert english(client_as, cast.MO).get("/workload/amina").status_code == 404
