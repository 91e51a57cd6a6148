"""Amsterdam's way: a family, 18 months, an end that is objected to, an extension, and a return just before it is over.

Three times: in Dutch with every page looked at, in English, and in Dutch with JavaScript off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.domain.formal_decision_words import ACT_NAMES, RESULT_NAMES, StepKind
from caseflow.domain.outcomes import OUTCOME_NAMES, Outcome
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from tests import case_worlds as world
from tests import cast
from tests.builders import open_site
from tests.journeys.desks import Desk, Office, open_office, opened

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CALL_NAME = "Siskin"
LAST_DAY = date(2028, 5, 23)
"""18 months of shelter from 23 November 2026."""
AGREED_LAST_DAY = date(2028, 8, 23)
LEFT_ON = AGREED_LAST_DAY - timedelta(days=2)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture(
    params=[
        "en",
        *(pytest.param(way, marks=pytest.mark.full) for way in ("nl", "nl-without-script")),
    ]
)
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    language, _, rest = request.param.partition("-")
    with clock.fixed(START):
        open_office(house)
        open_site(house, beds=2)
        yield from opened(
            app, browser, live_server, language, script=not rest, looks=language == "nl"
        )


def typed(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def wait_until(day: date) -> None:
    morning = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
    clock.pass_time(morning - clock.now())


def test_a_family_leaves_in_time_after_an_objection_and_an_extension(office: Office) -> None:
    child = world.admitted(days_ago=0, age_band="0-17")
    parent = comes_in(office)
    put_together(office, parent, child)
    wait_until(LAST_DAY - timedelta(days=60))
    told_of_the_end(office, parent)
    objects(office, parent)
    stays_longer(office, parent)
    wait_until(LEFT_ON)
    for case in (parent, child):
        leaves(office, case)
    each_has_an_outcome(office, parent)
    office.close(404, 409)


def comes_in(office: Office) -> str:
    tess = office.desk(cast.TESS, CALL_NAME)
    tess.follow("Register someone")
    tess.fill(call_name=CALL_NAME)
    tess.choose("programme", "waterstad-lvv")
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
    for criterion in ("no-right-of-residence", "no-national-reception", "procedures-exhausted"):
        amina.choose(f"criterion-{criterion}", "yes")
    amina.press("Keep the answers")
    amina.follow("Record the scenario")
    amina.choose("scenario", "return")
    amina.press("Keep the scenario")
    amina.follow("Propose admission")
    amina.press("Propose")
    decided(office, case)
    kofi = office.desk(cast.KOFI, CALL_NAME)
    kofi.goes_to(f"/cases/{case}/placements/new")
    if not office.script:
        kofi.press("Show beds for these nights")
    kofi.page.locator("[name='bed']").first.check()
    kofi.press("Place on this bed")
    return case


def decided(office: Office, case: str) -> None:
    """The team lead approves what waits."""
    lena = office.desk(cast.LENA)
    lena.goes_to(f"/cases/{case}")
    lena.follow("Decide")
    lena.choose("approve", "yes")
    lena.press("Keep the decision")


def put_together(office: Office, parent: str, child: str) -> None:
    """Each keeps an own case; the household says who belongs to whom."""
    amina = office.desk(cast.AMINA)
    code = gatekeeping.open_case(cast.AMINA.actor(), child, clock.now()).client_code
    amina.goes_to(f"/cases/{parent}")
    amina.follow("Add somebody")
    amina.fill(other=code)
    amina.choose("role", "child")
    amina.choose("own_role", "adult")
    amina.choose("lives", "together")
    amina.look("amsterdam-01-household")
    amina.press("Put them together")
    amina.reads(world.CALL_NAME)
    amina.look("amsterdam-02-family", phone=True)


def told_of_the_end(office: Office, case: str) -> None:
    """Prepared by one, taken by another, in a letter, handed over."""
    amina, lena = office.desk(cast.AMINA), office.desk(cast.LENA)
    amina.goes_to(f"/cases/{case}")
    amina.follow("Prepare a formal decision")
    amina.choose("kind", "end")
    amina.choose("ground", "term_over")
    amina.fill(effective_on=typed(LAST_DAY - timedelta(days=10)))
    amina.press("Send to a colleague")
    assert amina.page.url.endswith("/new"), "nobody is sent away before the last day"
    amina.look("amsterdam-03-too-early")
    amina.choose("kind", "end")
    amina.choose("ground", "term_over")
    amina.fill(effective_on=typed(LAST_DAY + timedelta(days=1)))
    amina.press("Send to a colleague")
    lena.goes_to(f"/cases/{case}")
    lena.follow("Take this decision")
    lena.choose("approve", "yes")
    lena.look("amsterdam-04-take")
    lena.press("Keep the decision")
    amina.goes_to(f"/cases/{case}")
    amina.follow("Make a letter")
    amina.choose("language", "en")
    amina.look("amsterdam-05-letter")
    amina.press("Make the letter")
    takes(amina, StepKind.MADE_KNOWN, "handed_over")
    amina.look("amsterdam-06-made-known")


def takes(amina: Desk, step: StepKind, result: str | None = None, on: date | None = None) -> None:
    amina.follow(ACT_NAMES[step].text)
    if on is not None:
        amina.fill(on=typed(on))
    if result is not None:
        amina.choose("result", result)
    amina.press("Keep the step")


def objects(office: Office, case: str) -> None:
    """An objection in time, a hearing, and an answer that takes the decision away."""
    hearing = clock.today() + timedelta(days=12)
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    takes(amina, StepKind.OBJECTION_LODGED, on=clock.today())
    takes(amina, StepKind.HEARING, on=hearing)
    amina.look("amsterdam-07-objection")
    wait_until(hearing + timedelta(days=1))
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    takes(amina, StepKind.OBJECTION_DECIDED, "founded", on=clock.today())
    amina.reads(office.say(RESULT_NAMES["founded"].text))


def stays_longer(office: Office, case: str) -> None:
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{case}")
    amina.follow("Propose an extension")
    amina.fill(until=typed(AGREED_LAST_DAY))
    amina.press("Propose")
    decided(office, case)
    amina.goes_to(f"/cases/{case}")
    amina.reads(office.say("%(day)s", day=AGREED_LAST_DAY))
    amina.look("amsterdam-08-extended")


def leaves(office: Office, case: str) -> None:
    amina, kofi = office.desk(cast.AMINA), office.desk(cast.KOFI)
    amina.goes_to(f"/cases/{case}")
    amina.follow("Propose exit")
    amina.choose("outcome", "voluntary_return")
    amina.choose("destination", "abroad")
    amina.press("Propose")
    decided(office, case)
    kofi.goes_to(f"/cases/{case}")
    end = kofi.main.get_by_role("link", name=office.say("End the stay"), exact=True)
    if end.count():
        kofi.follow("End the stay")
        kofi.choose("reason", "left_programme")
        kofi.press("End the stay")


def each_has_an_outcome(office: Office, parent: str) -> None:
    amina = office.desk(cast.AMINA)
    amina.goes_to(f"/cases/{parent}")
    household = amina.main.locator("#household")
    returned = office.say(OUTCOME_NAMES[Outcome.VOLUNTARY_RETURN].text)
    assert returned in (household.text_content() or ""), "the child has an outcome of its own"
    amina.reads(office.say("Before this person is gone"))
    amina.look("amsterdam-09-left", phone=True)
