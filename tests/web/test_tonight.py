"""The page of beds tonight, for each of its readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from tests import cast
from tests.builders import casework, open_site
from tests.pages import in_both_languages
from tests.services.placing import TODAY, TOMORROW, person, place, staffed
from tests.serving import ClientAs, sign_in


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def night_shift(house: House) -> None:
    """Puts the night worker at the site."""
    with casework(house) as session:
        grant = session.query(RoleGrant).filter_by(user_id=cast.NIGHT.id).one()
        grant.site_id = "havenhuis"


def test_a_coordinator_starts_with_the_beds_and_can_place_who_waits(
    client_as: ClientAs, sealed_house: House
) -> None:
    bed = staffed(sealed_house)[0]
    sleeping, waiting = person("Blue"), person("Red")
    stay = place(sleeping, bed).placement_id
    client = client_as(cast.KOFI)

    start = client.get("/")
    page = client.get("/beds").text

    assert start.location == "/beds"
    assert page.index('id="site-1"') < page.index('id="waiting"'), "the beds come first"
    assert 'href="#waiting"' in page
    assert f"/cases/{waiting}/placements/new" in page
    assert f"/cases/{sleeping}/placements/new" not in page
    for act in ("move", "end"):
        assert f"/placements/{stay}/{act}" in page


def test_a_night_worker_sees_call_names_of_tonight_and_no_act(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    night_shift(sealed_house)
    elsewhere = open_site(sealed_house, "zeezicht")
    place(person("Blue"), beds[0], TODAY - timedelta(days=3), TODAY + timedelta(days=9))
    place(person("Red"), elsewhere[0])
    place(person("Green"), beds[1], TOMORROW)

    page = client_as(cast.NIGHT).get("/beds").text

    assert "Blue" in page
    for unseen in (
        "Red",
        "Green",
        "19-11-2026",
        "01-12-2026",
        "days left",
        "/placements/",
        "Waiting",
    ):
        assert unseen not in page


def test_a_caseworker_has_no_such_page(client_as: ClientAs) -> None:
    assert client_as(cast.AMINA).get("/beds").status_code == 404


def test_an_administrator_sees_sites_without_occupants(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0])

    page = client_as(cast.ADA).get("/sites").text

    assert "Havenhuis" in page
    assert "Blue" not in page


def test_the_page_is_checked_in_both_languages(
    live_server: str, desk: Page, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], TODAY, TOMORROW)
    place(person("Red"), beds[1], TOMORROW)
    person("Green")
    sign_in(desk, live_server, cast.KOFI)

    english, dutch = in_both_languages(
        desk, live_server + "/beds", private=["Blue", "Red", "Green"]
    )

    assert (english.lang, dutch.lang) == ("en", "nl")
