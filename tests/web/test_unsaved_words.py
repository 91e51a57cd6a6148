"""A form that outlived its session: nothing was saved, and nothing that was typed is lost or leaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from wtforms import PasswordField

from caseflow import clock
from caseflow.services.houses import House
from caseflow.web import unsaved_words
from caseflow.web.forms.accounts import CodeField
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, csrf_token, post

WORDS = "She said <b>wait</b> until Monday.\n\nThen we call."
ESCAPED = "She said &lt;b&gt;wait&lt;/b&gt; until Monday."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def note(**more: str) -> dict[str, str]:
    return {"kind": "contact", "contact_on": "20-11-2026", "words": WORDS, **more}


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def test_a_note_sent_after_the_idle_limit_comes_back_word_for_word(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as(cast.AMINA))
    token = csrf_token(amina)
    clock.pass_time(timedelta(hours=1))
    answer = amina.post(
        f"/cases/{case_id}/notes/new",
        data=note(csrf_token=token, password="not this", code="123456", passphrase="nor this"),
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"
    parse_page(answer.text)
    assert ESCAPED in answer.text
    assert "20-11-2026" in answer.text
    assert f"/sign-in?next=/cases/{case_id}/notes/new" in answer.text
    for secret in ("not this", "123456", "nor this", token):
        assert secret not in answer.text.split("<main")[1]
    clock.pass_time(timedelta(minutes=1))
    assert WORDS not in client_as(cast.AMINA).get(f"/cases/{case_id}").text


def test_a_note_with_the_token_of_an_earlier_session_comes_back_too(
    client_as: ClientAs, case_id: str
) -> None:
    old = csrf_token(client_as(cast.AMINA))
    amina = client_as(cast.AMINA)
    answer = amina.post(f"/cases/{case_id}/notes/new", data=note(csrf_token=old))
    assert answer.status_code == 400
    parse_page(answer.text)
    assert ESCAPED in answer.text
    assert ESCAPED not in amina.get(f"/cases/{case_id}").text


def test_another_site_gets_no_word_back(client_as: ClientAs, case_id: str) -> None:
    answer = client_as(cast.AMINA).post(
        f"/cases/{case_id}/notes/new", data=note(), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400
    assert ESCAPED not in answer.text


def test_the_pages_to_sign_in_and_out_never_send_anything_back(app: Flask) -> None:
    for address in ("/sign-in", "/sign-out", "/lock"):
        answer = app.test_client().post(address, data=note(username="rosa", password="secret-one"))
        assert answer.status_code == 400
        assert ESCAPED not in answer.text
        assert "rosa" not in answer.text


def test_every_secret_field_of_every_form_is_known_as_one(app: Flask) -> None:
    secret = {
        name
        for form in unsaved_words.forms()
        for name, field in vars(form).items()
        if getattr(field, "field_class", None) in (PasswordField, CodeField)
    }
    assert {"password", "code", "passphrase"} <= secret
    assert secret <= unsaved_words.SECRETS
