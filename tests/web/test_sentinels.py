"""Sentinel figures on their pages: words for a funder, numbers for the director, nothing for anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services import sentinels
from caseflow.services.houses import House
from tests import builders, cast
from tests.cast import FEMKE, Colleague
from tests.pages import in_both_languages, parse_page
from tests.services import bed_night_worlds as world
from tests.services.test_sentinels import DIRK, FAR, JOB, left
from tests.serving import ClientAs, post, sign_in


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    builders.hire(sealed_house, *world.STAFF, DIRK, FAR)
    with clock.fixed(cast.NOW):
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def test_pages_for_funder_and_director(client_as: ClientAs, sealed_house: House) -> None:
    for number in range(7):
        left(sealed_house, number, date(2025, 3, 3), "deceased")
    sentinels.make_all(JOB, cast.NOW)
    femke = english(client_as, FEMKE)
    assert 'href="/statistics/sentinels"' in femke.get("/statistics/").text
    shown = femke.get("/statistics/sentinels").text
    parse_page(shown)
    assert "see director" in shown
    assert ">7<" not in shown
    assert femke.get("/sentinels").status_code == 404
    dirk = english(client_as, DIRK)
    told = dirk.get("/sentinels").text
    parse_page(told)
    assert ">7<" in told
    assert "No sentinel figure" in english(client_as, FAR).get("/statistics/sentinels").text
    assert client_as(cast.AMINA).get("/statistics/sentinels").status_code == 404


def test_the_pages_hold_in_a_browser(desk: Page, live_server: str, sealed_house: House) -> None:
    left(sealed_house, 1, date(2025, 3, 3), "deceased")
    sentinels.make_all(JOB, cast.NOW)
    sign_in(desk, live_server, FEMKE)
    _, printed = in_both_languages(desk, f"{live_server}/statistics/sentinels")
    sign_in(desk, live_server, DIRK)
    _, exact = in_both_languages(desk, f"{live_server}/sentinels")
    assert printed.title == exact.title
