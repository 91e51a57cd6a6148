"""Administrators' pages, the invitation link, and a colleague's own account."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services import appointments
from tests import cast
from tests.parsed_pages import parse_page
from tests.serving import ClientAs

PASSWORD = "vier losse woorden op een plank"
NEWCOMER = {
    "username": "rosa",
    "display_name": "Rosa",
    "organisation": "de-haven",
    "role": "caseworker",
    "team": "haven-east",
}


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    page = client.get("/account" if client.get("/account").status_code == 200 else "/sign-in").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    return client.post(address, data={"csrf_token": token, **fields})


def invited(client: FlaskClient) -> tuple[str, str]:
    """The path of the link that was shown, and the address of the account."""
    answer = send(client, "/accounts/new", **NEWCOMER)
    assert answer.status_code == 201, answer.text
    parse_page(answer.text)
    link = re.search(r"http://localhost(/invitations/[\w-]{43})", answer.text)
    account = re.search(r'href="(/accounts/[\w-]{36})"', answer.text)
    assert link is not None
    assert account is not None
    return link[1], account[1]


def test_a_colleague_is_invited_accepts_and_signs_in(app: Flask, client_as: ClientAs) -> None:
    link, _ = invited(client_as(cast.ADA))
    client = app.test_client()
    page = client.get(link)
    parse_page(page.text)
    seed = re.search(r"data-copy-source>([\w ]{39})<", page.text)
    assert seed is not None
    phone = pyotp.TOTP(seed[1].replace(" ", ""))
    answer = send(client, link, password=PASSWORD, again=PASSWORD, code=phone.at(clock.now()))
    assert answer.location == "/sign-in"
    assert client.get(link).status_code == 404, "the link works once"
    later = phone.at(clock.now() + timedelta(seconds=30))
    assert (
        send(client, "/sign-in", username="rosa", password=PASSWORD, code=later).status_code == 303
    )
    assert client.get("/account").status_code == 200


def test_the_picture_for_the_phone_carries_no_style_and_no_script(
    app: Flask, client_as: ClientAs
) -> None:
    link, _ = invited(client_as(cast.ADA))
    answer = app.test_client().get(link + "/code.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "<path" in answer.text
    assert not re.search(r"<script|<style|style=|class=| on\w+=|href", answer.text)


def test_a_link_nobody_made_says_what_to_do(app: Flask) -> None:
    answer = app.test_client().get("/invitations/" + "x" * 43)
    assert answer.status_code == 404
    parse_page(answer.text)


def test_looking_at_a_link_does_not_use_it_up(app: Flask, client_as: ClientAs) -> None:
    link, _ = invited(client_as(cast.ADA))
    for _ in range(3):
        assert app.test_client().get(link).status_code == 200


def test_a_wrong_wish_comes_back_with_a_sentence_and_what_was_typed(client_as: ClientAs) -> None:
    answer = send(client_as(cast.ADA), "/accounts/new", **(NEWCOMER | {"team": ""}))
    assert answer.status_code == 422
    assert 'value="rosa"' in answer.text
    assert 'class="cf-error-summary"' in answer.text


def test_only_administrators_find_the_accounts(client_as: ClientAs) -> None:
    for colleague in (cast.AMINA, cast.LENA, cast.PETRA, cast.FEMKE, cast.KOFI):
        client = client_as(colleague)
        for address in ("/accounts", "/accounts/new", "/accounts/amina"):
            assert client.get(address).status_code == 404
    ada = client_as(cast.ADA)
    for address in ("/accounts", "/accounts/new", "/accounts/amina", "/accounts/amina/roles/new"):
        answer = ada.get(address)
        assert answer.status_code == 200
        parse_page(answer.text)


def test_a_role_for_a_vault_opens_nothing_until_a_second_person_agrees(
    client_as: ClientAs, app: Flask
) -> None:
    ada = client_as(cast.ADA)
    answer = send(ada, "/accounts/kofi/roles/new", role="caseworker", team="haven-east")
    assert answer.status_code == 303
    kofi, lena = client_as(cast.KOFI), client_as(cast.LENA)
    assert [one.display_name for one in appointments.waiting(cast.LENA.actor())] == ["Kofi"]
    (waiting,) = appointments.waiting(cast.LENA.actor())
    agree = f"/roles/{waiting.held.id}/agree"
    assert send(kofi, agree).status_code == 404, "nobody agrees to their own role"
    assert send(client_as(cast.NOOR), agree).status_code == 404, "nor another organisation"
    page = lena.get("/roles")
    parse_page(page.text)
    assert agree in page.text
    assert send(lena, agree).status_code == 303
    assert appointments.waiting(cast.LENA.actor()) == ()


def test_the_one_who_gave_a_role_is_not_its_second_person(client_as: ClientAs) -> None:
    ada = client_as(cast.ADA)
    send(ada, "/accounts/kofi/roles/new", role="caseworker", team="haven-east")
    (waiting,) = appointments.waiting(cast.LENA.actor())
    send(ada, f"/roles/{waiting.held.id}/agree")
    assert len(appointments.waiting(cast.LENA.actor())) == 1


def test_suspending_ends_a_session_with_its_next_request(client_as: ClientAs) -> None:
    amina = client_as(cast.AMINA)
    assert amina.get("/account").status_code == 200
    assert send(client_as(cast.ADA), "/accounts/amina/suspend").status_code == 303
    assert amina.get("/account").status_code == 303
    assert send(client_as(cast.ADA), "/accounts/amina/reopen").status_code == 303
    assert amina.get("/account").status_code == 303, "an ended session stays ended"


def test_the_last_administrator_stays(client_as: ClientAs) -> None:
    ada = client_as(cast.ADA)
    send(ada, "/accounts/ada/suspend")
    send(ada, "/accounts/ada/close")
    assert ada.get("/accounts").status_code == 200


def test_an_ended_role_counts_no_more_from_the_next_request(client_as: ClientAs) -> None:
    lena = client_as(cast.LENA)
    assert lena.get("/roles").status_code == 200
    ada = client_as(cast.ADA)
    ends = re.findall(r'action="(/accounts/lena/roles/[\w-]+/end)"', ada.get("/accounts/lena").text)
    for address in ends:
        assert send(ada, address).status_code == 303
    assert lena.get("/roles").status_code == 404


def test_a_reset_shows_a_new_link_and_ends_what_was(client_as: ClientAs) -> None:
    amina = client_as(cast.AMINA)
    answer = send(client_as(cast.ADA), "/accounts/amina/reset")
    assert "/invitations/" in answer.text
    assert amina.get("/account").status_code == 303


def test_a_colleague_ends_their_other_sessions(client_as: ClientAs) -> None:
    here, elsewhere = client_as(cast.AMINA), client_as(cast.AMINA)
    page = here.get("/account")
    parse_page(page.text)
    (end,) = re.findall(r'action="(/account/sessions/[\w-]{36}/end)"', page.text)
    assert send(here, end).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(client_as: ClientAs) -> None:
    here, elsewhere = client_as(cast.AMINA), client_as(cast.AMINA)
    (end,) = re.findall(r'action="(/account/sessions/[\w-]{36}/end)"', here.get("/account").text)
    send(client_as(cast.ADA), end)
    assert elsewhere.get("/account").status_code == 200


def test_every_page_of_an_own_account_is_a_good_page(client_as: ClientAs) -> None:
    client = client_as(cast.AMINA)
    for address in ("/account", "/account/password", "/account/code"):
        assert parse_page(client.get(address).text).title
