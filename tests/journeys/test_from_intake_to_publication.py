"""One person's way through the house, from a call name at the desk to a figure that anybody may read.

Six roles and a second team lead, each in a Chromium of their own, on encrypted stores, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from caseflow import clock
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.programmes import Stage
from caseflow.services import imports, job_runs, stay_alerts
from caseflow.services.houses import House
from tests import cast
from tests.builders import OUTCOMES, open_site
from tests.journeys.desks import Desk, Office, open_office, opened

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CALL_NAME, FAMILY_NAME = "Heron", "Osterwick"
NOTE = "Came by with the letter of the lawyer; reads it together with us on Thursday."
WISH = "To work as a baker again, under my own name."
LAST_DAY = date(2028, 5, 23)
"""18 months of shelter from 23 November 2026."""
AGREED_LAST_DAY = date(2028, 8, 23)
LEFT_ON = date(2028, 7, 3)
PAST = "person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(params=["nl", pytest.param("en", marks=pytest.mark.full)])
def office(
    request: pytest.FixtureRequest, app: Flask, browser: Browser, house: House, live_server: str
) -> Iterator[Office]:
    with clock.fixed(START):
        open_office(house)
        open_site(house, beds=2)
        yield from opened(app, browser, live_server, request.param)


def typed(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def wait_until(day: date) -> None:
    """Time passes, to the morning of a day."""
    morning = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
    clock.pass_time(morning - clock.now())


def test_somebody_without_a_name_becomes_a_figure_that_names_nobody(
    office: Office, tmp_path: Path
) -> None:
    case = registered_by_call_name_alone(office)
    assigned(office, case)
    screened_with_a_name_and_a_wish(office, case)
    admitted(office, case)
    sleeps_on_a_bed(office, case)
    written_down(office, case)
    wait_until(LAST_DAY - timedelta(days=20))
    stays_longer(office, case)
    wait_until(LEFT_ON)
    leaves(office, case)
    the_bed_is_free_again(office, case)
    asked_again(office, case)
    the_timeline_shows_it_all(office, case)
    publication = prepared_and_proposed(office, tmp_path)
    approved_by_two(office, publication)
    read_by_the_funder(office, publication)
    office.close(404, 409)


def registered_by_call_name_alone(office: Office) -> str:
    tess = office.desk(cast.TESS)
    assert tess.page.url.endswith("/caseload")
    tess.look("01-desk-start")
    tess.private = (CALL_NAME,)
    tess.follow("Register someone")
    tess.look("02-register", phone=True)
    tess.fill(call_name=CALL_NAME)
    tess.choose("programme", "waterstad-lvv")
    tess.choose("team", "haven-east")
    tess.press("Register")
    tess.reads(office.say("Write this code on the card"))
    tess.look("03-registered")
    return tess.page.url.split("/cases/")[1].split("?")[0]


def assigned(office: Office, case: str) -> None:
    lena = office.desk(cast.LENA, CALL_NAME)
    assert lena.page.url.endswith("/caseload")
    lena.open("/caseload?show=team", without_script=False)
    lena.look("04-team")
    lena.open(f"/cases/{case}", without_script=False)
    lena.follow("Choose the case team")
    lena.look("05-case-team")
    lena.choose("members", "amina")
    lena.press("Keep the case team")
    lena.reads("Amina")


def screened_with_a_name_and_a_wish(office: Office, case: str) -> None:
    amina = office.desk(cast.AMINA, CALL_NAME, FAMILY_NAME)
    amina.look("06-caseload-new")
    amina.page.goto(f"{office.site}/cases/{case}")
    amina.follow("Record the screening")
    for criterion in ("no-right-of-residence", "no-national-reception", "procedures-exhausted"):
        amina.choose(f"criterion-{criterion}", "yes")
    amina.look("07-screening")
    amina.press("Keep the answers")
    amina.follow("Record identity")
    amina.fill(given_names="Ilse", family_name=FAMILY_NAME, birth_year="1989")
    amina.choose("birth_precision", "year")
    amina.look("08-identity")
    amina.press("Keep in the vault")
    amina.reads(FAMILY_NAME)
    amina.follow("Record the own wish")
    amina.fill(words=WISH)
    amina.look("09-wish")
    amina.press("Keep the wish")
    amina.follow("Record the scenario")
    amina.choose("scenario", "legalisation")
    amina.look("10-scenario")
    amina.press("Keep the scenario")
    amina.reads(WISH)


def admitted(office: Office, case: str) -> None:
    amina, lena = office.desk(cast.AMINA), office.desk(cast.LENA)
    amina.page.goto(f"{office.site}/cases/{case}")
    amina.follow("Propose admission")
    amina.fill(reason="Nowhere else to sleep tonight.")
    amina.look("11-propose-admission")
    amina.press("Propose")
    assert amina.main.get_by_role("link", name=office.say("Decide"), exact=True).count() == 0, (
        "nobody decides on what they proposed"
    )
    lena.open("/caseload?show=waiting", without_script=False)
    lena.look("12-waits-for-my-decision")
    decided(lena, case, "13-decide-admission")


def decided(lena: Desk, case: str, name: str) -> None:
    """The team lead approves what waits."""
    lena.page.goto(f"{lena.site}/cases/{case}")
    lena.follow("Decide")
    lena.choose("approve", "yes")
    lena.look(name)
    lena.press("Keep the decision")


def sleeps_on_a_bed(office: Office, case: str) -> None:
    kofi = office.desk(cast.KOFI, CALL_NAME)
    assert kofi.page.url.endswith("/beds")
    kofi.look("14-beds-tonight", phone=True)
    kofi.follow("Place")
    kofi.page.locator("[name='bed']").first.check()
    kofi.look("15-place")
    kofi.press("Place on this bed")
    kofi.reads("Havenhuis")
    assert FAMILY_NAME not in kofi.page.content(), "a coordinator needs no name from the vault"
    kofi.look("16-placed")
    kofi.open("/beds", without_script=False)
    kofi.reads(CALL_NAME)
    kofi.look("17-beds-taken")


def written_down(office: Office, case: str) -> None:
    clock.pass_time(timedelta(days=3))
    amina = office.desk(cast.AMINA)
    amina.open(f"/cases/{case}", without_script=False)
    clock_shown = amina.page.locator(".cf-clock__foot")
    assert office.say("%(day)s", day=LAST_DAY) in clock_shown.inner_text()
    assert clock_shown.inner_text().startswith("3 "), "three nights were slept here"
    amina.follow("Write a note")
    amina.choose("kind", "visit")
    amina.fill(words=NOTE)
    amina.look("18-note")
    amina.press("Keep the note")
    amina.reads(NOTE)
    amina.look("19-case", phone=True)
    amina.open("/caseload", without_script=False)
    amina.look("20-caseload")


def stays_longer(office: Office, case: str) -> None:
    stay_alerts.raise_weekly(job_runs.scheduler("stay_alerts"), clock.now(), clock.now())
    amina, lena = office.desk(cast.AMINA), office.desk(cast.LENA)
    amina.open("/alerts", without_script=False)
    amina.reads(typed(LAST_DAY))
    amina.look("21-alerts")
    amina.page.goto(f"{office.site}/cases/{case}")
    amina.look("22-near-the-limit")
    amina.follow("Propose an extension")
    amina.fill(until=typed(AGREED_LAST_DAY), reason="The hearing is in July.")
    amina.look("23-propose-extension")
    amina.press("Propose")
    decided(lena, case, "24-decide-extension")
    amina.page.reload()
    amina.reads(office.say("%(day)s", day=AGREED_LAST_DAY))
    amina.look("25-extended")


def leaves(office: Office, case: str) -> None:
    amina, lena = office.desk(cast.AMINA), office.desk(cast.LENA)
    amina.page.goto(f"{office.site}/cases/{case}")
    amina.follow("Propose exit")
    amina.choose("outcome", "national_reception")
    amina.press("Propose")
    assert amina.page.url.endswith("/exit"), "without its ground this outcome says too little"
    amina.look("26-exit-without-ground")
    amina.choose("basis", "repeat_asylum_application")
    amina.press("Propose")
    decided(lena, case, "27-decide-exit")
    lena.look("28-left")


def the_bed_is_free_again(office: Office, case: str) -> None:
    kofi = office.desk(cast.KOFI)
    kofi.open("/beds", without_script=False)
    kofi.look("29-beds-to-end")
    kofi.page.goto(f"{office.site}/cases/{case}")
    kofi.follow("End the stay")
    kofi.choose("reason", "left_programme")
    kofi.look("30-end-stay")
    kofi.press("End the stay")
    assert kofi.page.url.endswith("/beds"), "the case is no longer there for who places people"
    assert CALL_NAME not in (kofi.main.text_content() or "")
    kofi.look("31-bed-free")


def asked_again(office: Office, case: str) -> None:
    for months, day, answer in (
        (6, date(2029, 1, 4), "unknown"),
        (12, date(2029, 7, 5), "still_holds"),
    ):
        wait_until(day)
        amina = office.desk(cast.AMINA)
        amina.page.goto(f"{office.site}/cases/{case}")
        amina.look(f"32-time-to-ask-{months}")
        amina.follow("Record what you found")
        amina.choose("months", str(months))
        amina.choose("answer", answer)
        amina.look(f"33-follow-up-{months}")
        amina.press("Keep the answer")


def the_timeline_shows_it_all(office: Office, case: str) -> None:
    amina = office.desk(cast.AMINA)
    amina.open(f"/cases/{case}", without_script=False)
    days = amina.page.locator("#timeline time").evaluate_all(
        "all => all.map(one => one.getAttribute('datetime'))"
    )
    for day in (START.date(), LAST_DAY - timedelta(days=20), LEFT_ON, date(2029, 7, 5)):
        assert day.isoformat() in days
    assert days == sorted(days, reverse=True), "the newest stands on top"
    told = amina.page.locator("#timeline .cf-timeline__title").all_inner_texts()
    admission = [
        office.say("Admission proposed"),
        office.say("Admission approved"),
        office.say("Stage: %(stage)s", stage=STAGE_NAMES[Stage.GUIDANCE]),
    ]
    places = [told.index(one) for one in admission]
    assert places == sorted(places, reverse=True), "what follows stands above what it follows from"
    amina.look("34-timeline", phone=True)


def past_caseload(folder: Path) -> Path:
    """A file with the history of the programme, large enough to publish."""
    lines = [PAST]
    for outcome, basis, count in OUTCOMES:
        for number in range(count):
            entered = date(2022, 1, 3) + timedelta(days=number % 90)
            left = (entered + timedelta(days=100 + number)).isoformat() if outcome else ""
            lines.append(
                f"{outcome}-{basis}-{number},waterstad-lvv,{entered.isoformat()},{left},"
                f"{outcome or ''},{basis or ''},unknown,unknown"
            )
    path = folder / "history.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def prepared_and_proposed(office: Office, folder: Path) -> str:
    imports.import_caseload(THE_COMMAND, past_caseload(folder), "history", clock.now())
    lena = office.desk(cast.LENA)
    lena.open("/statistics/", without_script=False)
    lena.look("35-publications-inside")
    lena.follow("Prepare a publication")
    lena.choose("scope", "waterstad-lvv")
    lena.look("36-prepare")
    lena.press("Prepare")
    lena.look("37-prepared")
    lena.press("Propose")
    approve = lena.main.get_by_role("button", name=office.say("Approve"), exact=True)
    assert approve.count() == 0, "nobody approves their own figures"
    return lena.page.url.rpartition("/")[2]


def approved_by_two(office: Office, publication: str) -> None:
    femke = office.desk(cast.FEMKE)
    femke.open(f"/statistics/{publication}", status=404)
    femke.look("38-nothing-there-yet")
    petra = office.desk(cast.PETRA)
    assert petra.page.url.endswith("/reviews"), "where something may wait for her"
    petra.open(f"/statistics/{publication}", without_script=False)
    petra.look("39-approve")
    petra.press("Approve")
    mo = office.desk(cast.MO)
    mo.open(f"/statistics/{publication}", without_script=False)
    mo.look("40-approve-and-freeze")
    mo.press("Approve and freeze")


def read_by_the_funder(office: Office, publication: str) -> None:
    femke = office.desk(cast.FEMKE)
    femke.open("/statistics/")
    femke.look("41-funder-start")
    femke.main.locator(f"a[href$='{publication}']").click()
    femke.page.wait_for_url(f"**/{publication}")
    femke.look("42-publication", phone=True)
    femke.reads(
        office.say("Cut-off: %(day)s. That day is counted in.", day=date(2029, 6, 30)),
        office.say("Definitions and sources"),
    )
    assert femke.page.locator("td").count() > 15, "a table of outcomes"
    charts = femke.page.locator("img.cf-figure__image")
    widths = charts.evaluate_all("all => all.map(one => one.naturalWidth)")
    assert widths, "charts, drawn on the server"
    assert all(width > 0 for width in widths)
    for word in (CALL_NAME, FAMILY_NAME):
        assert word not in femke.page.content()
