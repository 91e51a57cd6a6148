"""Dutch and English: what somebody chose holds, on every page and after signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from caseflow import clock
from caseflow.services import sessions
from caseflow.services.houses import House
from tests import builders, cast
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def test_a_language_chosen_before_signing_in_holds_after_it(house: House, app: Flask) -> None:
    builders.hire_everybody(house)
    visitor = app.test_client()
    post(visitor, "/language", language="en")
    visitor.set_cookie("sid", sessions.begin("amina", clock.now()).token)
    assert '<html lang="en"' in visitor.get("/caseload").text
    post(visitor, "/language", language="nl")
    assert '<html lang="nl"' in visitor.get("/caseload").text


def test_the_next_colleague_at_this_screen_begins_in_their_own_language(
    house: House, client_as: ClientAs
) -> None:
    client = client_as(cast.AMINA)
    post(client, "/language", language="en")
    post(client, "/sign-out")
    client.set_cookie("sid", sessions.begin("bram", clock.now()).token)
    assert '<html lang="nl"' in client.get("/caseload").text


def test_a_page_that_is_not_here_has_the_switch_and_tells_nothing_of_what_was_asked(
    client_as: ClientAs,
) -> None:
    client = client_as(cast.AMINA)
    absent, nowhere = (
        re.sub(r'(csrf-token" content|csrf_token" value)="[^"]+"', "", client.get(address).text)
        for address in ("/cases/00000000-0000-4000-8000-000000000000", "/no-such-page")
    )
    assert absent == nowhere
    assert 'action="/language"' in absent
    answer = post(client, "/language", language="en", back="/")
    assert answer.location == "/"  # type: ignore[attr-defined]
    assert "This page is not here" in client.get("/no-such-page").text
