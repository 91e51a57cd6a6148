"""The page of the clock in the house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from caseflow import clock
from caseflow.services.houses import House
from tests import cast
from tests.pages import in_both_languages, screenshot
from tests.services.test_limits_ahead import world
from tests.serving import ClientAs, sign_in

__all__ = ["world"]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def test_c04_a_month_and_a_standing_lead_to_their_rows(
    client_as: ClientAs, world: dict[str, str]
) -> None:
    client = client_as(cast.KOFI)

    page = client.get("/clock").text
    assert 'href="/clock"' in client.get("/beds").text
    assert "februari 2027" in page
    assert "/clock?month=2027-02" in page
    assert "/clock?show=undecided" in page
    month = client.get("/clock?month=2027-02").text
    assert "Blue" in month
    assert "Red" not in month
    assert "Red" in client.get("/clock?show=undecided").text


@pytest.mark.parametrize(
    "asked",
    ["month=2027-13", "month=x", "show=x", "page=x", "page=-1", "page=999999999999", "place=x"],
)
def test_what_cannot_be_read_in_an_address_is_left_out(
    client_as: ClientAs, world: dict[str, str], asked: str
) -> None:
    assert client_as(cast.KOFI).get(f"/clock?{asked}").status_code == 200


def test_others_have_no_such_page(client_as: ClientAs, sealed_house: House) -> None:
    for who in (cast.NIGHT, cast.ADA, cast.FEMKE):
        client = client_as(who)
        assert client.get("/clock").status_code == 404


def test_the_page_holds_in_a_browser(desk: Page, live_server: str, world: dict[str, str]) -> None:
    sign_in(desk, live_server, cast.KOFI)

    in_both_languages(desk, f"{live_server}/clock", private=["Blue", "Red"])
    assert desk.get_by_role("heading", level=1).is_visible()
    screenshot(desk, "clock")
