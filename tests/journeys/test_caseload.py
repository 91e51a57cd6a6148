"""The morning of a caseworker: what is due, a handover to read, a quick note, the week, and a colleague who leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.domain.tasks import TaskKind
from caseflow.services import notes, tasks
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from tests import builders, cast
from tests import case_worlds as world
from tests.caseload_worlds import lay_down
from tests.journeys.desks import A_WHILE, SEED, Desk, Office, open_office, opened
from tests.pages import check

HEARD = "She called back about Thursday."
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


@pytest.fixture
def case_id(office: Office, house: House) -> str:
    """A case among others: a task of this week, a contact through an interpreter, and Bram's handover."""
    lay_down(house, 4)
    made = world.with_words(world.assigned("amina", "bram"))
    amina, now = cast.AMINA.actor(), clock.now()
    on = clock.today() + timedelta(days=2)
    world.done(tasks.plan(amina, made, TaskKind.PAPERS, on, None, now))
    last = (amina, made, "visit", clock.today(), "A visit.", now)
    world.done(notes.write_note(*last, spoken=notes.Spoken("fa", "4711")))
    world.wrote(house, made, ("handover", "Ask about Thursday."), by="bram")
    return made


def test_a_morning(office: Office, case_id: str) -> None:
    amina = office.desk(cast.AMINA, world.CALL_NAME, world.FAMILY_NAME)
    reads_the_handover(office, amina, case_id)
    writes_a_note_from_the_row(office, amina, case_id)
    finds_somebody(office, amina)
    office.close()


@pytest.mark.full
def test_a_week_and_a_farewell(office: Office, house: House, case_id: str) -> None:
    amina = office.desk(cast.AMINA, world.CALL_NAME, world.FAMILY_NAME)
    goes_through_the_week(office, amina)
    the_lead_hands_the_cases_over(office, house)
    office.close()


def reads_the_handover(office: Office, amina: Desk, case_id: str) -> None:
    amina.open("/caseload")
    amina.look("caseload-morning", phone=True)
    row = amina.main.locator("tr", has_text=world.CALL_NAME)
    row.get_by_role("link", name=office.say("Handovers to read: %(count)s", count=1)).click()
    amina.reads("Ask about Thursday.")
    amina.look("caseload-handover", phone=True)
    amina.press("I have read this")
    amina.open("/caseload")
    assert office.say("Handovers to read: %(count)s", count=1) not in row.inner_text()


def writes_a_note_from_the_row(office: Office, amina: Desk, case_id: str) -> None:
    row = amina.main.locator("tr", has_text=world.CALL_NAME)
    row.get_by_role("link", name=office.say("Write a note")).click()
    amina.reads(office.say("interpreter %(number)s", number="4711"))
    amina.look("caseload-quick-note", phone=True)
    amina.choose("kind", "phone")
    amina.fill(words=HEARD)
    amina.press("Keep the note")
    assert amina.page.url.endswith(f"/caseload?page=1#case-{case_id}")


def finds_somebody(office: Office, amina: Desk) -> None:
    """The list as a search shows it, checked like every page."""
    amina.fill(find=world.CALL_NAME)
    amina.press("Find")
    amina.reads(world.CALL_NAME)
    check(amina.page, private=[world.CALL_NAME, world.FAMILY_NAME])
    amina.look("caseload-found", phone=True)


def goes_through_the_week(office: Office, amina: Desk) -> None:
    amina.open("/caseload/week")
    amina.reads(world.CALL_NAME, office.say("Arrange papers"))
    amina.look("caseload-week", phone=True)
    amina.open("/account/mail")
    amina.look("caseload-mail", phone=True)


def the_lead_hands_the_cases_over(office: Office, house: House) -> None:
    with builders.casework(house) as session:
        session.get_one(UserAccount, "amina").status = "suspended"
    ada = office.desk(cast.ADA)
    ada.open("/accounts/amina")
    ada.look("account-open-cases", phone=True)
    ada.reads(office.say("Close for good"))
    lena = office.desk(cast.LENA, world.CALL_NAME, world.FAMILY_NAME)
    lena.open("/workload")
    lena.reads(office.say("does not work on cases now"))
    lena.look("workload", phone=True)
    lena.open("/workload/amina")
    lena.look("workload-hand-over", phone=True)
    lena.choose("to", "bram")
    clock.pass_time(A_WHILE)
    lena.fill(code=pyotp.TOTP(SEED).at(clock.now()))
    lena.press("Hand over these cases")
    lena.reads(office.say("Cases handed over: %(count)s.", count=5))
    assert lena.page.url.endswith("/workload")
