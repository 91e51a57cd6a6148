"""What a municipality sees: the newest quarter, quarters over time, a group by its programmes."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from caseflow.services.houses import House
from tests import cast
from tests.builders import hire, hire_everybody
from tests.pages import in_both_languages, screenshot
from tests.publication_worlds import (
    GENDER,
    LENGTH,
    LIMIT,
    Printed,
    freeze,
    not_published,
    withdraw,
)
from tests.serving import sign_in

CITY = cast.Colleague("regie", "gemeente-waterstad", None, (cast.Role.FUNDER,), None, ("lvv-pilot", "amsterdam-lvv", "rotterdam-lvv", "utrecht-lvv"))  # fmt: skip
QUARTERS = [
    (date(2025, 9, 30), 480, 310, 90, 150),
    (date(2025, 12, 31), 505, 340, 100, 170),
    (date(2026, 6, 30), 540, 380, 110, 195),
]


def a_life(house: House, scope: str = "waterstad-lvv") -> str:
    """Quarters of one programme: one was not published, one was withdrawn, the newest has every table."""
    for cut_off, entered, left, durable, utrecht in QUARTERS:
        rates = {
            "wodc_durable_rate": (durable, "exits"),
            "utrecht_solution_rate": (utrecht, "exits"),
        }
        freeze(house, scope, cut_off, Printed(entered, left, rates=rates))
    not_published(house, scope, date(2026, 3, 31))
    return freeze(house, scope, printed=Printed(tables=(GENDER, LENGTH, LIMIT)))


def test_the_pages_look_well_in_both_languages(
    sealed_house: House, live_server: str, desk: Page
) -> None:
    hire_everybody(sealed_house)
    hire(sealed_house, CITY)
    newest = a_life(sealed_house)
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
        freeze(sealed_house, scope, printed=Printed(entered, left, rates=rates))
    sign_in(desk, live_server, cast.FEMKE)
    for address, name in (
        ("/statistics/", "statistics"),
        ("/statistics/programmes/waterstad-lvv", "dashboard"),
        ("/statistics/programmes/waterstad-bbb", "dashboard-withdrawn"),
        ("/statistics/programmes/waterstad-lvv/quarters", "quarters"),
        (f"/statistics/{newest}", "publication-new"),
    ):
        in_both_languages(desk, f"{live_server}{address}")
        screenshot(desk, name)
    desk.goto(f"{live_server}/statistics/programmes/waterstad-lvv")
    desk.emulate_media(media="print")
    desk.pdf(path="screenshots/dashboard.pdf", format="A4")
    desk.emulate_media(media="screen")
    sign_in(desk, live_server, CITY)
    in_both_languages(desk, f"{live_server}/statistics/programmes/lvv-pilot/members")
    screenshot(desk, "members")
