"""A walk-in client of another team: glass is broken for four hours, the privacy officer sees it at once, and judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.glass import FOUR_HOURS
from caseflow.services.houses import House
from caseflow.storage.models.cases import BrokenGlass, Case
from tests import case_worlds as world
from tests import cast
from tests.journeys.desks import Desk, Office, open_office, opened

REASON = "Ze staat aan de balie en haar begeleider is ziek."
FOUND = "Sara gesproken: er was een zitting, dat klopt met de agenda."

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


def pick(desk: Desk, name: str, value: str) -> None:
    desk.main.locator(f"[name='{name}'][value='{value}']").check()


def test_glass_is_broken_read_told_and_reviewed(office: Office, house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=20))
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    say = office.say

    sara = office.desk(cast.SARA, world.CALL_NAME, world.FAMILY_NAME)
    sara.open(f"/cases/{case_id}", status=404)
    sara.open("/caseload")
    sara.follow("Is somebody not on your list?")
    sara.look("glass", phone=True)
    sara.press("Open this case for four hours")
    sara.reads(say("Write down why it cannot wait for the case team."))
    sara.look("glass-empty")
    sara.fill(client_code="QQQQ-QQQQ", reason=REASON)
    pick(sara, "purpose", "client_is_here")
    sara.press("Open this case for four hours")
    assert sara.page.locator("[name='reason']").input_value() == REASON, "nothing typed is lost"
    sara.fill(client_code=code.lower())
    sara.press("Open this case for four hours")
    assert sara.page.url.endswith(f"/cases/{case_id}"), sara.main.text_content()
    sara.reads(world.FAMILY_NAME, world.NOTE)
    sara.look("glass-broken", phone=True)

    petra = office.desk(cast.PETRA)
    petra.open("/")
    assert petra.page.url.endswith("/reviews")
    link = petra.page.get_by_role("link", name=f"{say('Reviews')} (2)", exact=True)
    assert link.count() == 1, "what waits is counted on every page"
    petra.reads(code, say("Asked for a code that nobody here has"))
    assert world.CALL_NAME not in petra.page.content()
    petra.look("reviews", phone=True)
    petra.main.locator("a[href*='/reviews/glass/']").click()
    petra.reads(REASON, code)
    petra.press("Close this review")
    petra.reads(say("Write down what you found. A review is not closed empty."))
    petra.look("review-empty", phone=True)
    pick(petra, "verdict", "justified")
    petra.fill(found=FOUND)
    petra.press("Close this review")
    petra.reads(say("Justified"))
    petra.main.locator("a[href*='/reviews/attention/']").click()
    assert "QQQQ" not in petra.page.content()
    pick(petra, "verdict", "talked_about")
    petra.fill(found=FOUND)
    petra.press("Close this review")
    petra.reads(say("Nothing waits."))
    petra.look("reviews-done")

    sara.press("Close this case now")
    sara.open(f"/cases/{case_id}", status=404)
    with house.stores.reading() as session:
        row = session.scalars(select(BrokenGlass)).one()
        assert (row.verdict, row.reviewed_by) == ("justified", "petra")
        assert row.until_at < row.from_at + FOUR_HOURS

    clock.pass_time(
        timedelta(days=1)
    )  # Monday: the week of the look is over, and so is her session
    office.desk(cast.PETRA).open("/reviews")
    petra.follow("Review this week")
    petra.look("week", phone=True)
    pick(petra, "verdict", "in_order")
    petra.fill(found=FOUND)
    petra.press("Close this week")
    petra.reads(say("No week waits."))
    office.close(404, 409, 422)
