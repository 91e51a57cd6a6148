"""Signing in as a colleague does, and as an attacker would."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from unittest.mock import patch

import pyotp
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.appointments import Appointment
from caseflow.services import accounts, actors, houses, sessions
from caseflow.services.accounts import Newcomer
from tests import cast
from tests.parsed_pages import parse_page
from tests.serving import ClientAs, csrf_token, house_of, open_app

PASSWORD = "vier losse woorden op een plank"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = cast.NOW
SOMEBODY = Newcomer(
    "rosa", "Rosa", "gemeente-waterstad", (Appointment(Role.FUNDER, programmes=("waterstad-lvv",)),)
)


@pytest.fixture
def rosa(app: Flask) -> str:
    user_id = accounts.enlist(SOMEBODY, PASSWORD, SEED, NOW)
    assert isinstance(user_id, str)
    return user_id


def code(at: datetime = NOW) -> str:
    return pyotp.TOTP(SEED).at(at)


def attempt(
    client: FlaskClient, name: str = "rosa", password: str = PASSWORD, digits: str | None = None,
    **headers: str,
) -> TestResponse:  # fmt: skip
    fields = {
        "csrf_token": csrf_token(client),
        "username": name,
        "password": password,
        "code": digits if digits is not None else code(clock.now()),
    }
    return client.post("/sign-in", data=fields, headers=headers)


def cookie(answer: TestResponse, name: str) -> str | None:
    for line in answer.headers.getlist("Set-Cookie"):
        if line.startswith(f"{name}="):
            return line
    return None


def told(app: Flask, event: str) -> list[str]:
    with house_of(app).stores.audit.connect() as log:
        found = log.execute(
            text("SELECT details FROM entries WHERE event = :event ORDER BY position"),
            {"event": event},
        )
        return [row[0] for row in found]


def test_name_password_and_code_together_open_a_session(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        client = app.test_client()
        answer = attempt(client, name=" Rosa ")
        assert answer.status_code == 303
        assert client.get("/account").status_code == 200
    assert told(app, "signed_in")


def test_the_cookies_are_closed_to_scripts_and_other_sites(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        line = cookie(attempt(app.test_client()), "sid") or ""
    assert {part.strip() for part in line.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=Strict",
    }
    assert "rosa" not in line.lower()


@pytest.mark.parametrize(
    ("name", "password", "digits"),
    [
        ("rosa", "four other words on a shelf", None),
        ("rosa", PASSWORD, "000000"),
        ("rosb", PASSWORD, None),
        ("rosa", "", None),
    ],
)
def test_one_wrong_factor_is_enough_to_stay_out(
    app: Flask, rosa: str, name: str, password: str, digits: str | None
) -> None:
    with clock.fixed(NOW):
        client = app.test_client()
        answer = attempt(client, name, password, digits)
        assert answer.status_code == 422
        assert cookie(answer, "sid") is None
        assert client.get("/account").status_code == 303


def test_an_unknown_name_gets_the_same_answer_for_the_same_work(app: Flask, rosa: str) -> None:
    """Same bytes, tokens and the typed name apart; one derivation each."""
    answers, derivations = [], []
    verify = PasswordHasher.verify
    for name, password, digits in (
        ("rosa", "four other words on a shelf", code()),
        ("nora", "four other words on a shelf", code()),
        ("rosa", PASSWORD, "000000"),
    ):
        counted: list[str] = []

        def counting(hasher: PasswordHasher, stored: str, given: str) -> bool:
            counted.append(stored)  # noqa: B023
            return verify(hasher, stored, given)

        with clock.fixed(NOW), patch.object(PasswordHasher, "verify", counting):
            answer = attempt(app.test_client(), name, password, digits)
        body = re.sub(
            r'(csrf-token" content|csrf_token" value|once" type="hidden" value)="[^"]+"',
            "",
            answer.text,
        )
        answers.append((answer.status_code, body.replace(f'value="{name}"', "")))
        derivations.append([stored.rsplit("$", 2)[0] for stored in counted])
    assert answers[0] == answers[1] == answers[2]
    assert derivations[0] == derivations[1] == derivations[2]
    assert len(derivations[0]) == 1


def test_a_suspended_colleague_gets_that_answer_too(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        accounts.suspend(actors.system(), rosa, NOW)
        assert attempt(app.test_client()).status_code == 422


def test_a_code_is_taken_once_in_its_own_step_and_in_the_next(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        assert attempt(app.test_client()).status_code == 303
        assert attempt(app.test_client()).status_code == 422
        clock.pass_time(timedelta(seconds=30))
        assert attempt(app.test_client(), digits=code(NOW)).status_code == 422
        assert attempt(app.test_client()).status_code == 303


def test_an_older_code_is_refused_after_a_newer_one_was_taken(app: Flask, rosa: str) -> None:
    ahead = NOW + timedelta(seconds=30)
    with clock.fixed(NOW):
        assert attempt(app.test_client(), digits=code(ahead)).status_code == 303
        assert attempt(app.test_client(), digits=code(NOW)).status_code == 422


def test_a_token_from_before_the_sign_in_is_worth_nothing_after_it(app: Flask, rosa: str) -> None:
    """Session fixation: the browser gets a token that it could not know before."""
    with clock.fixed(NOW):
        client = app.test_client()
        client.set_cookie("sid", "planted-by-an-attacker")
        fresh = cookie(attempt(client), "sid") or ""
        assert fresh
        assert "planted-by-an-attacker" not in fresh
        attacker = app.test_client()
        attacker.set_cookie("sid", "planted-by-an-attacker")
        assert attacker.get("/account").status_code == 303


def test_after_five_failures_in_a_minute_the_name_waits_and_the_page_says_when(
    app: Flask, rosa: str
) -> None:
    with clock.fixed(NOW):
        client = app.test_client()
        for _ in range(5):
            assert attempt(client, digits="000000").status_code == 422
        answer = attempt(client, **{"Accept-Language": "en"})
        assert answer.status_code == 429
        assert "22-11-2026 10:02" in answer.text
        clock.pass_time(timedelta(minutes=2))
        assert attempt(client).status_code == 303


def test_a_spoofed_address_does_not_dodge_the_limit_and_a_restart_does_not_forget_it(
    app: Flask, rosa: str
) -> None:
    with clock.fixed(NOW):
        for turn in range(20):
            spoofed = {"X-Forwarded-For": f"203.0.113.{turn}"}
            attempt(app.test_client(), name=f"guess-{turn}", **spoofed)
        assert attempt(app.test_client(), name="another").status_code == 429
        again = open_app(house_of(app).settings.instance)
        assert attempt(again.test_client(), name="another").status_code == 429
        house_of(again).stores.close()
        houses.enter(house_of(app))


def test_a_known_browser_still_gets_in_while_a_stranger_tries_the_name(
    app: Flask, rosa: str
) -> None:
    with clock.fixed(NOW):
        own = app.test_client()
        assert attempt(own).status_code == 303
        own.delete_cookie("sid")
        clock.pass_time(timedelta(seconds=30))
        stranger = app.test_client()
        for _ in range(6):
            attempt(stranger, digits="000000")
        assert attempt(stranger).status_code == 429
        assert attempt(own).status_code == 303


def test_the_log_tells_refusals_without_the_tried_name(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        attempt(app.test_client(), name="mistyped-name")
    with house_of(app).stores.audit.connect() as log:
        rows = log.execute(text("SELECT * FROM entries WHERE event = 'sign_in_refused'")).all()
    assert len(rows) == 1
    assert "mistyped-name" not in str(rows)


def test_signing_out_ends_the_session_on_the_server_too(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        client = app.test_client()
        attempt(client)
        kept = client.get_cookie("sid")
        assert kept is not None
        token = csrf_token_of_account(client)
        answer = client.post("/sign-out", data={"csrf_token": token})
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Expires=Thu, 01 Jan 1970" in (cookie(answer, "sid") or "")
        client.set_cookie("sid", kept.value)
        assert client.get("/account").status_code == 303


def csrf_token_of_account(client: FlaskClient) -> str:
    page = client.get("/account").text
    return page.split('name="csrf-token" content="')[1].split('"')[0]


def test_a_change_without_its_token_is_refused_with_a_clear_page(client_as: ClientAs) -> None:
    client = client_as(cast.ADA)
    answer = client.post("/sign-out", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    parse_page(answer.text)
    assert client.get("/account").status_code == 200


def test_a_token_of_another_session_is_refused(client_as: ClientAs) -> None:
    amina, ada = client_as(cast.AMINA), client_as(cast.ADA)
    token = csrf_token_of_account(ada)
    assert amina.post("/sign-out", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_changes_nothing_even_with_the_token(
    client_as: ClientAs, headers: dict[str, str]
) -> None:
    client = client_as(cast.ADA)
    token = csrf_token_of_account(client)
    assert client.post("/sign-out", data={"csrf_token": token}, headers=headers).status_code == 400
    assert client.get("/account").status_code == 200
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert client.post("/sign-out", data={"csrf_token": token}, headers=own).status_code == 303


def test_an_address_elsewhere_is_never_followed_after_the_sign_in(app: Flask, rosa: str) -> None:
    for turn, wanted in enumerate(("//evil.example", "https://evil.example", "/\\evil.example")):
        with clock.fixed(NOW + timedelta(minutes=2 * turn)):
            client = app.test_client()
            fields = {
                "csrf_token": csrf_token(client),
                "username": "rosa",
                "password": PASSWORD,
                "code": code(clock.now()),
            }
            answer = client.post("/sign-in", query_string={"next": wanted}, data=fields)
            assert answer.location == "/"


def test_the_language_button_works_before_and_after_signing_in(
    app: Flask, client_as: ClientAs
) -> None:
    visitor = app.test_client()
    fields = {"csrf_token": csrf_token(visitor), "language": "en", "back": "/sign-in"}
    assert visitor.post("/language", data=fields).location == "/sign-in"
    assert '<html lang="en"' in visitor.get("/sign-in").text
    ada = client_as(cast.ADA)
    fields = {"csrf_token": csrf_token_of_account(ada), "language": "en", "back": "/account"}
    ada.post("/language", data=fields)
    assert '<html lang="en"' in ada.get("/account").text


def test_looking_changes_nothing_but_the_log(client_as: ClientAs, app: Flask) -> None:
    """GET and HEAD on every address without parts leave the casework store as it was."""
    with clock.fixed(NOW):
        client = client_as(cast.ADA)
        before = _casework(app)
        for rule in app.url_map.iter_rules():
            if not rule.arguments and "GET" in (rule.methods or ()):
                client.get(rule.rule)
        assert _casework(app) == before


def _casework(app: Flask) -> list[tuple[str, list[tuple[object, ...]]]]:
    with house_of(app).stores.casework.connect() as casework:
        names = casework.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        )
        return [
            (name, [tuple(row) for row in casework.execute(text(f'SELECT * FROM "{name}"'))])  # noqa: S608
            for name in names.scalars().all()
        ]


def test_a_weighty_act_is_offered_after_a_fresh_code(app: Flask, rosa: str) -> None:
    with clock.fixed(NOW):
        begun = sessions.begin(rosa, NOW)
        client = app.test_client()
        client.set_cookie("sid", begun.token)
        clock.pass_time(timedelta(minutes=6))
        fields = {"csrf_token": csrf_token_of_account(client), "code": "000000"}
        assert client.post("/account/code", data=fields).status_code == 422
        fields["code"] = code(clock.now())
        answer = client.post("/account/code?next=/account", data=fields)
        assert answer.location == "/account"
