"""A day on which every vault is sealed: people come, sleep and leave, figures go out, and no word is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.services import gatekeeping, job_runs, stay_alerts
from caseflow.services.case_views import Sealed
from caseflow.services.houses import House
from caseflow.storage.models.cases import CaseTeamMember
from tests import case_worlds as world
from tests import cast
from tests.builders import casework, open_site, past_episodes
from tests.conftest import Template
from tests.jobs.cases import person
from tests.journeys.desks import Office, open_office, opened
from tests.serving import ClientAs

CALL_NAME = "Plover"
WORDS_THAT_ARE_SEALED = (world.FAMILY_NAME, world.NOTE, world.WISH)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def office(app: Flask, browser: Browser, sealed_house: House, live_server: str) -> Iterator[Office]:
    with clock.fixed(cast.NOW):
        open_office(sealed_house)
        open_site(sealed_house, beds=3)
        yield from opened(app, browser, live_server)


@pytest.fixture
def case_with_words(office: Office, template: Template, sealed_house: House) -> str:
    """A case whose words were written down yesterday, before somebody sealed the vaults."""
    for organisation, key in template.vault_keys.items():
        sealed_house.stores.open_vault(organisation, key)
    case = world.with_words(world.screened())
    sealed_house.stores.forget_vaults()
    return case


def test_somebody_is_registered_and_sleeps_here_by_call_name_alone(office: Office) -> None:
    tess = office.desk(cast.TESS, CALL_NAME)
    tess.open("/applications/new")
    assert tess.page.locator("[name='asks']").count() == 0, "words are not asked for"
    tess.reads("The vault is sealed")
    tess.fill(call_name=CALL_NAME)
    tess.choose("programme", "waterstad-lvv")
    tess.choose("team", "haven-east")
    tess.press("Register")
    tess.look("sealed-registered")
    tess.reads(CALL_NAME, "The vault is sealed")

    kofi = office.desk(cast.KOFI, CALL_NAME)
    kofi.follow("Place")
    kofi.page.locator("[name='bed']").first.check()
    kofi.press("Place on this bed")
    kofi.reads("sleeps here")
    kofi.look("sealed-placed")
    kofi.open("/beds")
    kofi.reads(CALL_NAME)
    office.close()


def test_words_say_that_they_are_sealed_and_the_rest_goes_on(
    office: Office, case_with_words: str
) -> None:
    amina = office.desk(cast.AMINA, world.CALL_NAME, *WORDS_THAT_ARE_SEALED)
    amina.open(f"/cases/{case_with_words}")
    amina.look("sealed-case")
    shown = amina.page.content()
    assert [word for word in WORDS_THAT_ARE_SEALED if word in shown] == []
    for panel in ("identity", "contact", "notes", "plan"):
        assert "The vault is sealed" in (amina.page.locator(f"#{panel}").text_content() or ""), (
            f"{panel} says why it is empty"
        )
    amina.page.goto(f"{office.site}/cases/{case_with_words}/notes/new")
    amina.choose("kind", "contact")
    amina.fill(words="Heard something today.")
    amina.press("Keep the note")
    assert amina.page.locator("[name='words']").input_value() == "Heard something today."
    amina.look("sealed-note")

    amina.page.goto(f"{office.site}/cases/{case_with_words}")
    amina.follow("Propose admission")
    amina.press("Propose")
    lena = office.desk(cast.LENA)
    lena.page.goto(f"{office.site}/cases/{case_with_words}")
    lena.follow("Decide")
    lena.choose("approve", "yes")
    lena.press("Keep the decision")
    lena.reads("in guidance")
    amina.open("/caseload")
    amina.reads(world.CALL_NAME)


def test_the_weekly_list_of_last_days_is_made_and_read(office: Office, sealed_house: House) -> None:
    today = clock.today()
    case = person(sealed_house, date(2025, 6, 1))
    with casework(sealed_house) as session:
        session.add(
            CaseTeamMember(case_id=case, user_id="amina", from_on=today, change_id="change")
        )
    stay_alerts.raise_weekly(job_runs.scheduler("stay_alerts"), clock.now(), clock.now())
    amina = office.desk(cast.AMINA)
    amina.open("/alerts")
    amina.reads("01-12-2026")
    amina.press("Mark as seen")
    amina.reads("seen")


def test_figures_leave_the_house(office: Office, sealed_house: House) -> None:
    past_episodes(sealed_house, "waterstad-lvv")
    lena = office.desk(cast.LENA)
    lena.open("/statistics/prepare")
    lena.choose("scope", "waterstad-lvv")
    lena.press("Prepare")
    lena.press("Propose")
    path = lena.page.url.removeprefix(office.site)
    for colleague, button in ((cast.PETRA, "Approve"), (cast.MO, "Approve and freeze")):
        approver = office.desk(colleague)
        approver.page.goto(office.site + path)
        approver.press(button)
    femke = office.desk(cast.FEMKE)
    femke.open(path)
    femke.reads("Left, destination unknown", "Definitions and sources")


def test_no_page_breaks_for_anybody(
    app: Flask, office: Office, client_as: ClientAs, case_with_words: str
) -> None:
    opened_pages = 0
    app.testing = False
    for colleague in cast.EVERYBODY:
        client = client_as(colleague)
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or set(rule.arguments) - {"case_id"}:
                continue
            address = rule.rule.replace("<uuid:case_id>", case_with_words)
            answer = client.get(address)
            assert answer.status_code in (200, 303, 404), (colleague.id, address)
            opened_pages += answer.status_code == 200
            assert [word for word in WORDS_THAT_ARE_SEALED if word.encode() in answer.data] == []
    assert opened_pages > 80
    seen = gatekeeping.open_case(cast.AMINA.actor(), case_with_words, clock.now())
    assert isinstance(seen.notes, Sealed)
