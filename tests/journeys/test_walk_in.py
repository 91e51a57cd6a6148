"""A colleague on duty helps a client of a sick teammate who walks in: one tap, nothing typed, and it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.domain.look_words import RELATION_WORDS
from caseflow.services import rosters
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from tests import case_worlds as world
from tests import cast
from tests.journeys.desks import Desk, Office, open_office, opened

NOTE = "Walked in with a letter; called the lawyer together, who rings back tomorrow."

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(house)
        yield from opened(app, browser, live_server, request.param)


@pytest.fixture
def case_id(office: Office) -> str:
    return world.with_words(world.admitted(days_ago=10))


def test_a_colleague_on_duty_helps_somebody_who_walks_in(
    office: Office, house: House, case_id: str
) -> None:
    amina_is_sick_and_sara_is_on_duty()
    sara = office.desk(cast.SARA, world.CALL_NAME, world.FAMILY_NAME)
    one_tap_opens_the_file(office, sara, case_id)
    writes_what_happened(office, sara, case_id)
    finds_them_by_name_among_many(office, sara, case_id)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    the_log_says_on_duty(office, code)
    the_clients_own_list_says_so_too(office, case_id)
    sara_sees_it_herself(office, code)
    the_team_goes_through_its_cases(office, code)
    office.close()


def amina_is_sick_and_sara_is_on_duty() -> None:
    """The lead put a colleague of another team on the roster; nothing else is needed."""
    lena, at = cast.LENA.actor(), clock.now()
    shift = rosters.enter(lena, "sara", "haven-east", at, at + timedelta(hours=8), at)
    assert isinstance(shift, str), shift


def one_tap_opens_the_file(office: Office, sara: Desk, case_id: str) -> None:
    sara.open("/caseload")
    sara.reads(
        office.say("You are on duty: the files below are open to you until your shift ends.")
    )
    sara.look("walk-in-caseload", phone=True)
    sara.main.get_by_role("link", name=world.CALL_NAME, exact=True).click()
    assert sara.page.url.endswith(f"/cases/{case_id}")
    sara.reads(world.FAMILY_NAME, "Text only", world.NOTE)


def writes_what_happened(office: Office, sara: Desk, case_id: str) -> None:
    sara.open(f"/cases/{case_id}/notes/new")
    sara.choose("kind", "visit")
    sara.fill(words=NOTE)
    sara.press("Keep the note")
    sara.reads(NOTE)


def finds_them_by_name_among_many(office: Office, sara: Desk, case_id: str) -> None:
    """The name is sent, and never stands in an address."""
    sara.open("/caseload")
    sara.fill(find=world.CALL_NAME[:3].lower())
    sara.press("Find")
    assert sara.page.url.endswith("/caseload")
    sara.reads(world.CALL_NAME)
    sara.fill(find="Nobody")
    sara.press("Find")
    sara.reads(office.say("Nobody within your reach is called so."))
    sara.look("walk-in-not-found")


def the_log_says_on_duty(office: Office, code: str) -> None:
    petra = office.desk(cast.PETRA)
    petra.open("/audit")
    petra.main.locator("summary").first.click()
    petra.choose("colleague", "sara")
    petra.fill(client_code=code.lower())
    petra.press("Search")
    on_duty = office.say(RELATION_WORDS["on_duty"].text)
    for deed in ("Opened a file", "Wrote a note"):
        row = petra.main.locator("tr", has_text=office.say(deed)).first
        assert on_duty in (row.text_content() or "")
        assert "Sara" in (row.text_content() or "")
    petra.look("walk-in-audit", phone=True)


def the_clients_own_list_says_so_too(office: Office, case_id: str) -> None:
    amina = office.desk(cast.AMINA, world.CALL_NAME)
    amina.open(f"/cases/{case_id}")
    amina.follow("Make the list")
    amina.look()
    amina.press("Nederlands" if office.language == "nl" else "English")
    who = office.say("A colleague on duty")
    amina.reads(f"{who} {office.say('opened your file')}", f"{who} {office.say('wrote a note')}")
    assert "Sara" not in (amina.main.text_content() or "")
    amina.look("own-list", phone=True)


def sara_sees_it_herself(office: Office, code: str) -> None:
    sara = office.desk(cast.SARA)
    sara.open("/account/looks")
    sara.reads(code, office.say("Opened a file"))
    assert world.CALL_NAME not in (sara.main.text_content() or "")
    sara.look("own-looks", phone=True)


def the_team_goes_through_its_cases(office: Office, code: str) -> None:
    lena = office.desk(cast.LENA, world.CALL_NAME)
    lena.open("/caseload")
    lena.follow("Go through the caseload")
    lena.look("review-choices", phone=True)
    lena.press("Check by the team lead")
    lena.reads(code, office.say("Case %(position)s of %(cases)s", position=1, cases=1))
    assert "Sara" in (lena.main.locator("#notes").text_content() or ""), (
        "the note says who wrote it"
    )
    lena.look("review-step", phone=True)
