"""The page of a team's workload, and the form that hands cases over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import second_factors
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
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


@pytest.fixture
def phone(house: House, cases: list[str]) -> pyotp.TOTP:
    """The phone that shows Lena's codes."""
    seed = second_factors.new_seed()
    with builders.casework(house) as session:
        lena = session.get_one(UserAccount, "lena")
        lena.totp_seed_sealed = second_factors.sealed(seed, "lena")
    return pyotp.TOTP(seed)


def test_a_lead_hands_over_what_is_ticked(
    client_as: ClientAs, cases: list[str], phone: pyotp.TOTP
) -> None:
    lena = english(client_as, cast.LENA)
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
    code = phone.at(clock.now())
    assert post(lena, "/workload/amina", cases=cases[:1], to="bram", code=code).status_code == 303  # type: ignore[attr-defined]
    text = lena.get("/workload").text
    assert ("Cases handed over: 1." in text, "/workload/bram" in text) == (True, True)


def test_a_code_is_asked_each_time_however_fresh_the_last_one_is(
    client_as: ClientAs, cases: list[str], phone: pyotp.TOTP
) -> None:
    lena = english(client_as, cast.LENA)
    code = phone.at(clock.now())
    sent = {"cases": cases[:1], "to": "bram", "code": code}
    assert post(lena, "/workload/amina", **sent).status_code == 303  # type: ignore[attr-defined]
    with clock.fixed(cast.NOW + timedelta(seconds=40)):
        rest = {"cases": cases[1:], "to": "bram"}
        for wrong in ("", "000000", code):
            answer = post(lena, "/workload/amina", **rest, code=wrong)
            assert answer.status_code == 422, wrong  # type: ignore[attr-defined]
            assert "That code is not right. Wait for the next one." in answer.text  # type: ignore[attr-defined]
        assert "/workload/amina" in lena.get("/workload").text
        fresh = phone.at(clock.now())
        assert post(lena, "/workload/amina", **rest, code=fresh).status_code == 303  # type: ignore[attr-defined]


def test_a_slip_of_the_pen_uses_no_code_up(
    client_as: ClientAs, cases: list[str], phone: pyotp.TOTP, house: House
) -> None:
    lena = english(client_as, cast.LENA)
    sent = {"cases": cases, "to": "bram", "code": phone.at(clock.now())}
    house.stores.forget_vaults()
    sealed = post(lena, "/workload/amina", **sent, words="Ask about Thursday.")
    assert (sealed.status_code, "Ask about Thursday." in sealed.text) == (409, True)  # type: ignore[attr-defined]
    assert post(lena, "/workload/amina", **sent).status_code == 303  # type: ignore[attr-defined]


def test_a_lead_sees_whose_cases_nobody_works_on(
    client_as: ClientAs, cases: list[str], house: House
) -> None:
    with builders.casework(house) as session:
        session.get_one(UserAccount, "amina").status = "suspended"
    text = english(client_as, cast.LENA).get("/workload").text
    assert "does not work on cases now" in text
    assert "Cases that nobody works on: 2" in text


def test_others_have_no_such_page(client_as: ClientAs, cases: list[str]) -> None:
    for colleague in (cast.AMINA, cast.KOFI):
        client = english(client_as, colleague)
        assert "/workload" not in client.get("/").text
        for page in ("/workload", "/workload/amina"):
            assert client.get(page).status_code in (403, 404), page
    assert english(client_as, cast.MO).get("/workload/amina").status_code == 404
