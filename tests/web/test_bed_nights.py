"""Statements of bed-nights on their pages, their files, and the accountant's session on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services import auditor_sessions, bed_nights, sign_ins
from caseflow.services.houses import House
from tests import builders, cast
from tests.cast import Colleague
from tests.pages import check, parse_page, visit
from tests.services import bed_night_worlds as world
from tests.services.bed_night_worlds import AXEL, FENNA, FIEN
from tests.serving import ClientAs, post, sign_in

NEW = "/bed-nights/new?organisation=de-haven&month=2026-10"


@pytest.fixture(autouse=True)
def staff(sealed_house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sign_ins, "is_fresh", lambda actor, now: True)
    with clock.fixed(cast.NOW):
        builders.hire(sealed_house, *world.STAFF)
        beds = world.opened(sealed_house)
        for number in (1, 2):
            world.client(sealed_house, number)
            world.slept(sealed_house, beds[number], number, date(2026, 9, 20), None)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(organisation|month|seen)" type="hidden" value="([^"]*)"', text))


def sent(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def test_finance_works_out_a_month_fixes_it_and_the_city_reads_it(client_as: ClientAs) -> None:
    fien = english(client_as, FIEN)
    assert "No statement was fixed yet" in fien.get("/bed-nights").text
    shown = fien.get(NEW).text
    parse_page(shown)
    assert "€7,750.00" in shown
    answer = sent(fien, "/bed-nights/new", **hidden(shown))
    assert answer.status_code == 303
    address = answer.location
    text = english(client_as, FENNA).get(address).text
    parse_page(text)
    for part in ("Bed-nights of October 2026", "Municipality", "€7,750.00", "day and night"):
        assert part in text
    for secret in ("WXYZ", "Somebody", "Havenhuis", "havenhuis", "case-1"):
        assert secret not in text + shown
    assert address in english(client_as, FENNA).get("/bed-nights").text


def test_a_coordinator_checks_and_cannot_fix(client_as: ClientAs) -> None:
    kofi = english(client_as, cast.KOFI)
    shown = kofi.get(NEW).text
    assert "Check these numbers against your houses" in shown
    assert "Fix this statement" not in shown
    assert (
        sent(kofi, "/bed-nights/new", **hidden(english(client_as, FIEN).get(NEW).text)).status_code
        == 404
    )
    assert 'href="/bed-nights"' in kofi.get("/bed-nights").text


BAD = [
    ("month=2026-11&organisation=de-haven", 422, "Choose one of the options"),
    ("month=2026-13&organisation=de-haven", 422, "Choose one of the options"),
    ("month=&organisation=de-haven", 422, "Choose a month that is over"),
    ("month=2026-10&organisation=het-kompas", 422, "Choose one of the options"),
    ("month=2023-10&organisation=de-haven", 422, "Choose one of the options"),
    ("month=2026-10", 422, "Choose an organisation"),
]


@pytest.mark.parametrize(("asked", "status", "sentence"), BAD)
def test_a_month_that_cannot_be_worked_out_comes_back_with_a_sentence(
    client_as: ClientAs, asked: str, status: int, sentence: str
) -> None:
    answer = english(client_as, FIEN).get(f"/bed-nights/new?{asked}")
    parse_page(answer.text)
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_what_changed_since_it_was_seen_is_looked_at_again(
    client_as: ClientAs, sealed_house: House
) -> None:
    fien = english(client_as, FIEN)
    seen = hidden(fien.get(NEW).text)
    world.client(sealed_house, 3)
    world.slept(sealed_house, "havenhuis-room-1-bed-9", 3, date(2026, 10, 1), None)
    answer = sent(fien, "/bed-nights/new", **seen)
    parse_page(answer.text)
    assert answer.status_code == 409
    assert "Something changed since this was worked out" in answer.text
    assert sent(fien, "/bed-nights/new", **hidden(answer.text)).status_code == 303


@pytest.mark.parametrize("tampered", [{"month": "2026-77"}, {"month": ""}])
def test_a_form_that_was_tampered_with_is_refused(
    client_as: ClientAs, tampered: dict[str, str]
) -> None:
    fien = english(client_as, FIEN)
    answer = sent(fien, "/bed-nights/new", **(hidden(fien.get(NEW).text) | tampered))
    assert answer.status_code == 400


def test_a_fresh_code_stands_before_fixing(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    fien = english(client_as, FIEN)
    monkeypatch.setattr(sign_ins, "is_fresh", lambda actor, now: False)
    text = fien.get(NEW).text
    assert 'name="code"' in text
    assert sent(fien, "/bed-nights/new", **hidden(text), code="000000").status_code == 422
    assert "No statement was fixed yet" in fien.get("/bed-nights").text


def test_a_statement_is_a_file_for_excel_and_for_programs(
    client_as: ClientAs, sealed_house: House
) -> None:
    address = f"/bed-nights/{world.fixed(sealed_house)}"
    fenna = english(client_as, FENNA)
    excel = fenna.get(f"{address}/excel.csv")
    assert excel.headers["Content-Disposition"] == 'attachment; filename="bed-nights-2026-10-1.csv"'
    lines = excel.get_data().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Month;Statement;Kind of site;Funder;Available;Occupied")
    assert lines[1] == "2026-10;1;day and night;Together;775;62;0;713;0;0;124;124;0;7750,00"
    assert lines[2] == "2026-10;1;day and night;Municipality;;;;;;;124;124;0;7750,00"
    plain = fenna.get(f"{address}/plain.csv").text.splitlines()
    assert plain[2] == "2026-10,1,day and night,Municipality,,,,,,,124,124,0,7750.00"


def test_a_month_in_which_nothing_changed_offers_nothing_to_fix(
    client_as: ClientAs, sealed_house: House
) -> None:
    world.fixed(sealed_house)
    text = english(client_as, FIEN).get(NEW).text
    parse_page(text)
    assert "Nothing changed since statement 1 of this month." in text
    assert "Fix this statement" not in text


def test_a_following_statement_shows_what_it_puts_right(
    client_as: ClientAs, sealed_house: House
) -> None:
    first = world.fixed(sealed_house)
    world.client(sealed_house, 3)
    world.slept(sealed_house, "havenhuis-room-1-bed-9", 3, date(2026, 10, 1), date(2026, 10, 4))
    second = world.fixed(sealed_house)
    fenna = english(client_as, FENNA)
    assert f"/bed-nights/{second}" in fenna.get(f"/bed-nights/{first}").text
    text = fenna.get(f"/bed-nights/{second}").text
    parse_page(text)
    assert "Against statement 1 of this month" in text
    assert "+3" in text
    assert "put right since" in fenna.get("/bed-nights").text


NOWHERE = [cast.JORIS, cast.LENA, cast.FEMKE, AXEL, cast.ADA, cast.NIGHT, cast.TESS]


@pytest.mark.parametrize("stranger", NOWHERE, ids=[one.id for one in NOWHERE])
def test_for_others_a_statement_is_not_there(
    client_as: ClientAs, sealed_house: House, stranger: Colleague
) -> None:
    address = f"/bed-nights/{world.fixed(sealed_house)}"
    client = client_as(stranger)
    for one in (address, f"{address}/excel.csv", f"{address}/plain.csv", NEW):
        if one == NEW and stranger is cast.JORIS:
            continue
        assert client.get(one).status_code == 404, one


# the accountant


def session_of_the_statement(house: House) -> str:
    """A session over the one statement there is."""
    [line] = bed_nights.statements(cast.PETRA.actor(), cast.NOW).lines
    return session_of(house, line.id)


def session_of(house: House, statement: str | None = None) -> str:
    asked = statement or world.fixed(house)
    made = auditor_sessions.open_session(cast.PETRA.actor(), asked, AXEL.id, cast.NOW)
    assert isinstance(made, str), made
    return f"/auditor-sessions/{made}"


def test_the_privacy_officer_opens_a_session_from_the_statement(
    client_as: ClientAs, sealed_house: House
) -> None:
    statement = world.fixed(sealed_house)
    petra = english(client_as, cast.PETRA)
    address = f"/auditor-sessions/new/{statement}"
    assert address in petra.get(f"/bed-nights/{statement}").text
    parse_page(petra.get(address).text)
    nobody = sent(petra, address, accountant="")
    assert (nobody.status_code, "Choose an accountant" in nobody.text) == (422, True)
    answer = sent(petra, address, accountant="axel")
    assert answer.status_code == 303
    text = petra.get(answer.location).text
    parse_page(text)
    assert "In this session nothing is shown to you" in text
    assert "WXYZ" not in text
    again = sent(petra, address, accountant="axel")
    assert (again.status_code, "still runs" in again.text) == (409, True)
    assert sent(petra, f"{answer.location}/close").status_code == 303
    assert "over" in petra.get("/auditor-sessions").text


def test_the_accountant_looks_behind_each_night_and_signs(
    client_as: ClientAs, sealed_house: House
) -> None:
    address = session_of(sealed_house)
    axel = english(client_as, AXEL)
    assert address in axel.get("/auditor-sessions").text
    parse_page(axel.get(address).text)
    first = axel.get(f"{address}/nights/1").text
    parse_page(first)
    assert "WXYZ-000" in first
    for secret in ("Somebody", "Havenhuis", "havenhuis", "case-1", "download", "csv"):
        assert secret not in first
    nothing = sent(axel, f"{address}/nights/1")
    assert (nothing.status_code, "Choose what you found" in nothing.text) == (422, True)
    early = sent(axel, f"{address}/sign")
    assert (early.status_code, "nothing was found yet" in early.text) == (409, True)
    for number in range(1, 26):
        found = "other_bed" if number == 3 else "in_order"
        answer = sent(axel, f"{address}/nights/{number}", finding=found)
        assert answer.status_code == 303
    assert answer.location == address
    assert sent(axel, f"{address}/sign").status_code == 303
    text = axel.get(address).text
    assert "24 of 25 nights in order" in text
    assert "another bed: 1" in text
    gone = axel.get(f"{address}/nights/1")
    assert gone.status_code == 303


def test_a_night_beyond_the_sample_is_not_there(client_as: ClientAs, sealed_house: House) -> None:
    address = session_of(sealed_house)
    axel = client_as(AXEL)
    assert axel.get(f"{address}/nights/26").status_code == 404
    assert axel.get(f"{address}/nights/0").status_code == 404
    assert axel.get(f"{address}/nights/{10**30}").status_code == 404


def test_pages_stand_in_a_browser_and_nothing_of_a_session_is_printed(
    sealed_house: House, desk: Page, live_server: str
) -> None:
    sign_in(desk, live_server, FIEN)
    visit(desk, f"{live_server}{NEW}")
    desk.get_by_role("button", name="Deze staat vastleggen").click()
    desk.get_by_text("Staat 1, vastgelegd op").wait_for()
    check(desk)
    address = session_of_the_statement(sealed_house)
    sign_in(desk, live_server, AXEL)
    visit(desk, f"{live_server}{address}", private=["WXYZ"])
    visit(desk, f"{live_server}{address}/nights/1", private=["WXYZ"])
    assert desk.locator("main").is_visible()
    desk.emulate_media(media="print")
    assert not desk.locator("main").is_visible()
