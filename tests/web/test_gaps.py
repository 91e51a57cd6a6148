"""The list of what is missing: found from the caseload, by client code alone, with the way to mend each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.gaps import Gap
from caseflow.services.houses import House
from caseflow.web.views.gaps import ACTS, PARTS
from tests import builders, cast
from tests.gap_worlds import changed, complete, left
from tests.pages import in_both_languages, parse_page, screenshot
from tests.serving import ClientAs, sign_in


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def lacking(sealed_house: House) -> House:
    builders.hire_everybody(sealed_house)
    complete(sealed_house, "EAST-2222", gender="unknown")
    silent = complete(sealed_house, "EAST-3333", member="bram")
    changed(sealed_house, silent, last_contact_on=date(2026, 9, 1))
    left(sealed_house, complete(sealed_house, "EAST-4444"), on=date(2026, 3, 1))
    return sealed_house


def links(text: str) -> set[str]:
    """The addresses a page leads to, without what they ask for."""
    return {address.split("?")[0] for address in re.findall(r'href="([^"]+)"', text)}


def test_a_caseworker_finds_the_list_from_the_caseload_and_mends_from_it(
    lacking: House, client_as: ClientAs
) -> None:
    amina = client_as(cast.AMINA)
    assert "/to-complete" in links(amina.get("/caseload").text)
    page = amina.get("/to-complete?gap=follow_up_due").text
    assert "EAST-4444" in page
    assert "EAST-3333" not in page
    [mend] = re.findall(r'href="(/cases/[^"]+)"', page)
    assert mend.endswith("/follow-ups/new")
    assert amina.get(mend).status_code == 200


def test_a_lead_is_led_to_the_file_where_somebody_else_does_the_act(
    lacking: House, client_as: ClientAs
) -> None:
    lena = client_as(cast.LENA)
    page = lena.get("/to-complete?gap=follow_up_due").text
    [opened] = re.findall(r'href="(/cases/[^"]+)"', page)
    assert "/follow-ups" not in opened
    assert lena.get(opened).status_code == 200


def test_no_list_names_anybody(lacking: House, client_as: ClientAs) -> None:
    lena = client_as(cast.LENA)
    for asked in ("", *(f"?gap={gap.value}" for gap in Gap)):
        page = lena.get(f"/to-complete{asked}")
        assert page.status_code == 200, asked
        assert "Guest" not in page.text, asked


def test_what_cannot_be_read_in_an_address_is_left_out(lacking: House, client_as: ClientAs) -> None:
    amina = client_as(cast.AMINA)
    for asked in (
        "gap=x",
        "gap=",
        "show=x",
        "show=everyone",
        "page=x",
        "page=-1",
        "page=9999999999",
    ):
        assert amina.get(f"/to-complete?{asked}").status_code == 200, asked


def test_where_nothing_is_missing_the_page_says_so(
    sealed_house: House, client_as: ClientAs
) -> None:
    builders.hire_everybody(sealed_house)
    complete(sealed_house, "EAST-2222")
    assert "Hier ontbreekt niets" in client_as(cast.LENA).get("/to-complete").text


def test_others_have_no_such_page(lacking: House, client_as: ClientAs) -> None:
    for who in (cast.KOFI, cast.NIGHT, cast.PETRA, cast.FEMKE, cast.ADA, cast.TESS):
        assert client_as(who).get("/to-complete").status_code == 404


def test_every_gap_leads_somewhere_that_exists(lacking: House, client_as: ClientAs) -> None:
    client = client_as(cast.AMINA)
    known = client.application.view_functions
    assert set(ACTS.values()) <= set(known)
    case_page = client.get("/caseload").text
    [file] = set(re.findall(r'href="(/cases/[0-9a-f-]{36})"', case_page)[:1])
    ids = set(parse_page(client.get(file).text).ids)
    assert set(PARTS.values()) <= ids


def test_the_page_holds_in_a_browser(desk: Page, live_server: str, lacking: House) -> None:
    sign_in(desk, live_server, cast.LENA)
    in_both_languages(desk, f"{live_server}/to-complete", private=["Guest"])
    assert desk.get_by_role("heading", level=1).is_visible()
    screenshot(desk, "to-complete")
