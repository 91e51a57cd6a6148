"""What was told in words is recorded in two fields; help comes first; a case is discussed by code, with two people."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from tests import case_worlds as world
from tests import cast
from tests.browser import PHONE
from tests.journeys.desks import Desk, Office, open_office, opened
from tests.web.test_conferences import registry

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 20


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        registry(house)
        yield from opened(app, browser, live_server, request.param)


def test_somebody_is_told_help_is_called_and_the_case_is_discussed(
    office: Office, house: House
) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    with house.stores.reading() as session:
        code = session.scalars(select(Case.client_code).where(Case.id == case_id)).one()
    amina = office.desk(cast.AMINA, world.CALL_NAME)
    tells_in_two_fields(office, amina, case_id)
    records_what_was_told_in_danger(office, amina, case_id)

    lena = office.desk(cast.LENA, world.CALL_NAME)
    plans_a_conference(office, lena)
    amina.open(f"/cases/{case_id}")
    amina.follow("Discuss at a conference")
    amina.look("conference-ask", phone=True)
    amina.choose("answer", "agrees")
    amina.press("Ask for it")
    amina.reads(office.say("waits for the team lead"))

    lena.open(f"/cases/{case_id}")
    lena.press("Yes, discuss it")
    lena.reads(office.say("on the agenda"))
    lena.look("conference-on-the-case", phone=True)
    decides_by_code(office, lena, code)

    petra = office.desk(cast.PETRA, world.CALL_NAME)
    petra.open("/told", without_script=False)
    petra.reads(
        code, office.say("Ambulance crew"), office.say("It is more than this recipient needs.")
    )
    petra.look("told-in-danger", phone=True)
    petra.main.get_by_role("button", name=office.say("Mark as seen")).first.click()
    petra.page.wait_for_load_state()
    petra.reads(office.say("Marked as seen."))
    office.close()


def tells_in_two_fields(office: Office, amina: Desk, case_id: str) -> None:
    amina.open(f"/cases/{case_id}")
    amina.page.set_viewport_size(PHONE)
    begun = time.monotonic()
    amina.follow("I told somebody something")
    amina.choose("to", "kind:school")
    for field in ("call_name", "health_needs"):
        amina.choose("what", field)
    amina.press("Record it")
    assert time.monotonic() - begun < SECONDS
    amina.reads(office.say("It is recorded, and it was against a rule"))
    amina.look("told-against-a-rule", phone=True)


def records_what_was_told_in_danger(office: Office, amina: Desk, case_id: str) -> None:
    amina.open(f"/cases/{case_id}")
    amina.follow("Danger: I called for help")
    amina.look("danger", phone=True)
    assert amina.main.locator("[name='what'][value='procedures']").count() == 0, "never status"
    amina.choose("called", "ambulance")
    amina.choose("what", "call_name")
    amina.press("Record it")
    amina.reads(office.say("It is recorded. The privacy officer sees it on the next working day."))


def plans_a_conference(office: Office, lena: Desk) -> None:
    lena.open("/conferences", without_script=False)
    lena.look("conferences", phone=True)
    lena.fill(held_on="22-11-2026")
    lena.press("Plan it")
    for name in ("Huisartsenpost West", "Gemeente Waterstad"):
        lena.open(lena.page.url.removeprefix(lena.site), without_script=False)
        seat = lena.main.locator("#seat:not([open]) > summary")
        if seat.count():
            seat.click()
        label = lena.main.locator("[name='office'] option", has_text=name).inner_text()
        lena.main.locator("[name='office']").select_option(label=label)
        lena.choose("function", "other")
        lena.press("Give a seat")
    lena.reads("Huisartsenpost West", "Gemeente Waterstad")


def decides_by_code(office: Office, lena: Desk, code: str) -> None:
    lena.open("/conferences", without_script=False)
    lena.main.locator("a[href^='/conferences/']").first.click()
    lena.page.wait_for_url("**/conferences/*")
    lena.reads(code)
    lena.look("conference", phone=True)
    assert world.CALL_NAME not in (lena.main.text_content() or ""), "never by name"
    lena.follow("Record a decision")
    lena.look("conference-decision", phone=True)
    lena.choose("decision", "legal_advice")
    lena.press("Record it")
    lena.reads(office.say("Ask for legal advice"))
    lena.follow("Agenda to print")
    lena.look("conference-agenda", phone=True)
    lena.reads(code)
