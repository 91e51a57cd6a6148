"""What a municipality sees, in a real browser: in both languages, on a phone, on paper."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from caseflow.services.houses import House
from tests import cast
from tests.builders import hire, hire_everybody
from tests.pages import dutch_catalogue, in_both_languages, screenshot, visit
from tests.publication_worlds import CITY, Printed, a_life, freeze, withdraw
from tests.serving import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

A4 = {"width": 673, "height": 985}
"""A4 without its margins, in pixels."""


def test_the_pages_look_well_in_both_languages(
    sealed_house: House, live_server: str, desk: Page
) -> None:
    hire_everybody(sealed_house)
    hire(sealed_house, CITY)
    a_life(sealed_house)
    freeze(
        sealed_house,
        "waterstad-bbb",
        date(2026, 6, 30),
        Printed(
            30,
            25,
            dict.fromkeys(("residence_permit", "other"), 10),
            {"wodc_durable_rate": (15, "exits"), "utrecht_solution_rate": (10, "exits")},
        ),
    )
    withdraw(sealed_house, freeze(sealed_house, "waterstad-bbb"))
    for scope, entered, left, durable, utrecht in (
        ("lvv-pilot", 1200, 905, 165, 320),
        ("amsterdam-lvv", 600, 450, 95, 170),
        ("utrecht-lvv", 150, 120, 35, 115),
    ):
        rates = {
            "wodc_durable_rate": (durable, "exits"),
            "wodc_durable_or_semi_rate": (durable + utrecht // 10 * 5, "exits"),
            "utrecht_solution_rate": (utrecht, "exits"),
        }
        waiting = None if scope == "lvv-pilot" else (25,)
        freeze(sealed_house, scope, printed=Printed(entered, left, rates=rates, waiting=waiting))
    sign_in(desk, live_server, cast.FEMKE)
    for address, name in (
        ("/statistics/", "statistics"),
        ("/statistics/programmes/waterstad-lvv", "dashboard"),
        ("/statistics/programmes/waterstad-lvv/quarters", "quarters"),
    ):
        english, dutch = in_both_languages(
            desk, f"{live_server}{address}", catalogue=dutch_catalogue()
        )
        assert english.title != dutch.title, address
        screenshot(desk, name)
    visit(desk, f"{live_server}/statistics/programmes/waterstad-bbb", without_script=False)
    screenshot(desk, "dashboard-withdrawn")
    sign_in(desk, live_server, CITY)
    visit(desk, f"{live_server}/statistics/programmes/lvv-pilot/members", without_script=False)
    screenshot(desk, "members")


def test_on_a_sheet_of_paper_everything_stands_open_and_nothing_is_cut_off(
    sealed_house: House, live_server: str, desk: Page
) -> None:
    hire_everybody(sealed_house)
    a_life(sealed_house)
    sign_in(desk, live_server, cast.FEMKE)
    desk.set_viewport_size(A4)
    for address in ("", "/quarters"):
        desk.goto(f"{live_server}/statistics/programmes/waterstad-lvv{address}")
        desk.emulate_media(media="print")
        assert desk.evaluate("document.documentElement.scrollWidth") <= A4["width"]
        for gone in (".cf-nav", ".cf-heading__actions", ".cf-tabs"):
            assert not desk.locator(gone).first.is_visible(), gone
        assert desk.locator("#definition-table").is_visible(), "a panel that is closed on a screen"
        right = "all => all.map(one => one.getBoundingClientRect().right)"
        assert max(desk.locator("img, table").evaluate_all(right)) <= A4["width"]
