"""The page of teams: administrators add them; nobody else finds it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from caseflow.services.houses import House
from tests import cast
from tests.cast import Colleague
from tests.pages import in_both_languages, parse_page, screenshot
from tests.serving import ClientAs, post, sign_in


def test_an_administrator_adds_a_team_and_can_appoint_somebody_to_it(
    client_as: ClientAs, sealed_house: House
) -> None:
    ada = client_as(cast.ADA)

    answer = post(ada, "/teams", organisation="het-kompas", name="  Kompas Two ")

    assert (answer.status_code, answer.location) == (303, "/teams")
    page = ada.get("/teams").text
    parse_page(page)
    assert "Kompas Two" in page
    assert "Kompas Two" in ada.get("/accounts/new?organisation=het-kompas").text
    assert "Kompas Two" not in ada.get("/accounts/new?organisation=de-haven").text


@pytest.mark.parametrize(
    ("organisation", "name", "status"),
    [
        ("het-kompas", "kompas-one", 409),
        ("het-kompas", "  ", 422),
        ("het-kompas", "x" * 81, 422),
        ("", "Two", 422),
        ("nobody", "Two", 422),
    ],
)
def test_a_team_without_a_name_or_of_a_name_that_is_taken_is_not_added(
    client_as: ClientAs, sealed_house: House, organisation: str, name: str, status: int
) -> None:
    ada = client_as(cast.ADA)
    before = ada.get("/teams").text.count("<tr")

    assert post(ada, "/teams", organisation=organisation, name=name).status_code == status
    assert ada.get("/teams").text.count("<tr") == before


@pytest.mark.parametrize("colleague", [cast.LENA, cast.AMINA, cast.PETRA, cast.FEMKE])
def test_nobody_else_finds_the_teams(
    client_as: ClientAs, sealed_house: House, colleague: Colleague
) -> None:
    client = client_as(colleague)
    assert client.get("/teams").status_code == 404
    assert post(client, "/teams", organisation="de-haven", name="Two").status_code == 404


@pytest.mark.browser
def test_the_page_is_good_in_both_languages(
    live_server: str, desk: Page, app: Flask, sealed_house: House
) -> None:
    sign_in(desk, live_server, cast.ADA)
    english, dutch = in_both_languages(desk, f"{live_server}/teams")
    screenshot(desk, "teams")
    assert (english.lang, dutch.lang) == ("en", "nl")
