"""Utrecht's way: a guest without a name, a bed, a lawyer, mediation with the authorities, and a permit.

Three times: in Dutch with every page looked at, in English, and in Dutch with JavaScript off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.domain.outcomes import OUTCOME_NAMES, Outcome
from caseflow.domain.procedure_words import PROCEDURE_NAMES, STEP_NAMES, ProcedureKind
from caseflow.services.houses import House
from tests import cast
from tests.builders import open_site
from tests.journeys.desks import Desk, Office, open_office, opened

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CALL_NAME = "Plover"
WISH = "A room of my own, and work with my hands."
LAWYER = "Office on the quay, room 4"
GOAL = "Tell the whole story to the lawyer, with an interpreter."

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture(
    params=[
        "nl-without-script",  # with script, and in English: the family of test_amsterdam.py
        *(pytest.param(way, marks=pytest.mark.full) for way in ("nl", "en")),
    ]
)
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    language, _, rest = request.param.partition("-")
    with clock.fixed(START):
        open_office(house, cast.OTTO)
        open_site(house, beds=2)
        yield from opened(
            app, browser, live_server, language, script=not rest, looks=language == "nl"
        )


def wait_until(day: date) -> None:
    morning = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
    clock.pass_time(morning - clock.now())


def test_a_guest_without_a_name_has_a_permit_after_a_repeat_application(office: Office) -> None:
    eats_and_washes(office)
    case = comes_in(office)
    sleeps(office, case)
    plan_and_procedures(office, case)
    mediation_fails(office, case)
    granted(office, case)
    leaves_with_a_permit(office, case)
    office.close(404, 409)


def eats_and_washes(office: Office) -> None:
    """Counted at the site, for nobody in particular."""
    kofi = office.desk(cast.KOFI)
    kofi.goes_to("/bath-and-bread")
    tap = kofi.main.locator("button[value='meal']")
    with kofi.page.expect_navigation():
        tap.click()
    kofi.look("utrecht-01-bath-and-bread")
    assert CALL_NAME not in kofi.page.content()


def comes_in(office: Office) -> str:
    """Known by a call name, screened on two questions, admitted by the team lead."""
    tess = office.desk(cast.TESS, CALL_NAME)
    tess.follow("Register someone")
    tess.fill(call_name=CALL_NAME)
    tess.choose("programme", "waterstad-bbb")
    tess.choose("team", "haven-east")
    tess.press("Register")
    case = tess.page.url.split("/cases/")[1].split("?")[0]
    lena = office.desk(cast.LENA, CALL_NAME)
    lena.goes_to(f"/cases/{case}")
    lena.follow("Choose the case team")
    lena.choose("members", "amina")
    lena.press("Keep the case team")
    amina = office.desk(cast.AMINA, CALL_NAME)
    amina.goes_to(f"/cases/{case}")
    amina.follow("Record the screening")
    for criterion in ("no-right-of-residence", "no-national-reception"):
        amina.choose(f"criterion-{criterion}", "yes")
    amina.press("Keep the answers")
    amina.follow("Record the scenario")
    amina.choose("scenario", "legalisation")
    amina.press("Keep the scenario")
    amina.follow("Propose admission")
    amina.press("Propose")
    the_city_admits(office, amina)
    return case


def the_city_admits(office: Office, amina: Desk) -> None:
    """Advised by the team, and answered on a sheet that knows a client code and no name."""
    amina.follow("Advise the municipality")
    amina.choose("advice", "in_favour")
    amina.press("Keep the advice")
    otto = office.desk(cast.OTTO)
    otto.goes_to("/decision-sheets")
    with otto.page.expect_navigation():
        otto.main.locator("tbody a").click()
    otto.look("utrecht-01b-sheet")
    assert CALL_NAME not in otto.page.content()
    otto.choose("answer", "yes")
    otto.choose("reason", "criteria_met")
    otto.press("Keep the answer")


def decided(office: Office, case: str) -> None:
    lena = office.desk(cast.LENA)
    lena.goes_to(f"/cases/{case}")
    lena.follow("Decide")
    lena.choose("approve", "yes")
    lena.press("Keep the decision")


def sleeps(office: Office, case: str) -> None:
    kofi = office.desk(cast.KOFI, CALL_NAME)
    kofi.goes_to(f"/cases/{case}/placements/new")
    if not office.script:
        kofi.press("Show beds for these nights")
    kofi.page.locator("[name='bed']").first.check()
    kofi.press("Place on this bed")
    kofi.reads("Havenhuis", office.say("sleeps here"))


def plan_and_procedures(office: Office, case: str) -> None:
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    assert amina.page.locator("#stay .cf-clock__foot").count() == 0, (
        "no last day: there is no longest stay"
    )
    amina.follow("Record the own wish")
    amina.fill(words=WISH)
    amina.press("Keep the wish")
    amina.follow("Add a goal or agreement")
    amina.fill(words=GOAL)
    amina.look("utrecht-02-goal")
    amina.choose("kind", "goal")
    amina.choose("done_by", "client")
    amina.press("Keep it")
    amina.reads(WISH, GOAL)
    opens(amina, "repeat_asylum")
    amina.follow("Lawyer and reference")
    amina.fill(lawyer=LAWYER)
    amina.press("Keep in the vault")
    amina.reads(LAWYER)
    opens(amina, "mediation")
    takes(amina, "repeat_asylum", "repeat_asylum_application_lodged")
    takes(amina, "mediation", "mediation_requested")
    amina.look("utrecht-03-procedures", phone=True)


def opens(amina: Desk, kind: str) -> None:
    amina.follow("Open a procedure")
    amina.choose("kind", kind)
    amina.press("Open the procedure")


def takes(amina: Desk, kind: str, step: str, **more: str) -> None:
    """A step of one of the procedures that run."""
    name = amina.say(PROCEDURE_NAMES[ProcedureKind(kind)].text)
    heading = amina.page.get_by_role("heading", name=name, exact=True, include_hidden=True)
    card = amina.main.locator("section.cf-card", has=heading)
    link = card.get_by_role("link", name=amina.say("Record a step"), exact=True).first
    with amina.page.expect_navigation():
        link.click()
    amina.choose("step", step)
    for name, value in more.items():
        amina.choose(name, value)
    amina.press("Keep the step")
    amina.reads(amina.say(STEP_NAMES[step].text))


def mediation_fails(office: Office, case: str) -> None:
    wait_until(date(2027, 2, 10))
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    takes(amina, "mediation", "mediation_decided", result="refused")
    amina.look("utrecht-04-mediation")


def granted(office: Office, case: str) -> None:
    wait_until(date(2027, 6, 7))
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    takes(amina, "repeat_asylum", "repeat_asylum_application_decided", result="granted")
    amina.look("utrecht-05-granted")


def leaves_with_a_permit(office: Office, case: str) -> None:
    amina, kofi = office.desk(cast.AMINA), office.desk(cast.KOFI)
    amina.goes_to(f"/cases/{case}")
    amina.follow("Propose exit")
    amina.choose("outcome", "residence_permit")
    amina.choose("destination", "own_home")
    amina.look("utrecht-06-exit")
    amina.press("Propose")
    amina.reads(office.say("Before this person is gone"))
    decided(office, case)
    kofi.goes_to(f"/cases/{case}")
    kofi.follow("End the stay")
    kofi.choose("reason", "left_programme")
    kofi.press("End the stay")
    amina.goes_to(f"/cases/{case}")
    amina.reads(office.say(OUTCOME_NAMES[Outcome.RESIDENCE_PERMIT].text))
    amina.look("utrecht-07-left", phone=True)
