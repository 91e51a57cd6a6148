"""Money on its pages: runs, slips, costs and files, by client code; no name, and nothing of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.costs import CostKind, Payer
from caseflow.services import casework, costs, sign_ins
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import check, parse_page, visit
from tests.serving import ClientAs, post, sign_in

RIA = Colleague("ria", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
FENNA = Colleague("fenna", "gemeente-waterstad", None, (Role.FINANCE,))
FLOOR = Colleague("floor", "het-kompas", None, (Role.FINANCE,), None, ("waterstad-bbb",))
MONEY, BOOKS, NEW = (f"/money{one}?programme=waterstad-lvv" for one in ("", "/costs", "/new"))
WEEK = "&first=16-11-2026&last=22-11-2026"
MONDAY = date(2026, 11, 16)
BED = "havenhuis-room-1-bed-1"


@pytest.fixture(autouse=True)
def city(sealed_house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sign_ins, "is_fresh", lambda actor, now: True)
    with clock.fixed(cast.NOW):
        builders.open_site(sealed_house)
        builders.hire(sealed_house, *cast.EVERYBODY, RIA, FENNA, FLOOR)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def entitled(house: House, weekly: int = 65_00) -> tuple[str, str]:
    """A case with an allowance of a week; its id and its code."""
    case_id = world.assigned()
    world.done(casework.begin_allowance(cast.AMINA.actor(), case_id, MONDAY, weekly, cast.NOW))
    with house.stores.reading() as session:
        return case_id, session.get_one(Case, case_id).client_code


def fixed(client: FlaskClient) -> str:
    """Fixes the run of the week as the preview shows it; answers the address of the run."""
    text = client.get(NEW + WEEK).text
    hidden = dict(
        re.findall(r'name="(programme|first|last|seen)" type="hidden" value="([^"]*)"', text)
    )
    answer = sent(client, "/money/new", **hidden)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def sent(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def test_finance_works_out_a_run_looks_at_it_fixes_it_and_finds_codes_and_amounts_alone(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id, code = entitled(sealed_house)
    fenna = english(client_as, FENNA)
    assert "No run was made yet" in fenna.get(MONEY).text
    shown = fenna.get(NEW + WEEK).text
    parse_page(shown)
    assert code in shown
    assert "€65.00" in shown
    address = fixed(fenna)
    run = fenna.get(address)
    parse_page(run.text)
    assert "16-11-2026 to 22-11-2026" in run.text
    assert "to hand over" in run.text
    for text in (shown, run.text, fenna.get(f"{address}/slips").text):
        assert world.CALL_NAME not in text
        assert case_id not in text
    assert address in fenna.get(MONEY).text


def test_a_fresh_code_stands_before_fixing(
    client_as: ClientAs, sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    entitled(sealed_house)
    fenna = english(client_as, FENNA)
    monkeypatch.setattr(sign_ins, "is_fresh", lambda actor, now: False)
    text = fenna.get(NEW + WEEK).text
    assert 'name="code"' in text
    hidden = dict(
        re.findall(r'name="(programme|first|last|seen)" type="hidden" value="([^"]*)"', text)
    )
    answer = sent(fenna, "/money/new", **hidden, code="000000")
    assert answer.status_code == 422
    assert "No run was made yet" in fenna.get(MONEY).text


def test_a_run_that_changed_meanwhile_comes_back_to_be_looked_at(
    client_as: ClientAs, sealed_house: House
) -> None:
    entitled(sealed_house)
    fenna = english(client_as, FENNA)
    answer = sent(
        fenna, "/money/new", programme="waterstad-lvv", first="2026-11-16", last="2026-11-22", seen="x"
    )  # fmt: skip
    assert answer.status_code == 409
    assert "Something changed" in answer.text


WRONG_DAYS = [
    ("first=22-11-2026&last=16-11-2026", 409, "The last day lies before the first"),
    ("first=31-2-2026&last=22-11-2026", 422, "This is not a day"),
    ("first=&last=22-11-2026", 422, "Enter the first day"),
    ("first=1-1-1&last=9-1-1", 422, "This is not a day"),
    ("first=01-01-2020&last=07-01-2020", 409, "The first run begins on"),
    ("first=16-11-2026&last=16-11-2027", 409, "at most 31 days"),
]


@pytest.mark.parametrize(("days", "status", "sentence"), WRONG_DAYS)
def test_days_that_cannot_be_paid_come_back_with_a_sentence(
    client_as: ClientAs, days: str, status: int, sentence: str
) -> None:
    answer = english(client_as, FENNA).get(f"{NEW}&{days}")
    parse_page(answer.text)
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_the_book_of_a_run_and_of_costs_is_a_file_by_code(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id, code = entitled(sealed_house)
    for cents in (12_50, 7_05):
        world.done(
            costs.record(
                cast.AMINA.actor(), case_id, CostKind.TRAVEL, Payer.FUND, cents, MONDAY, cast.NOW
            )
        )
    fenna = english(client_as, FENNA)
    address = fixed(fenna)
    book = fenna.get(f"{address}/books.csv")
    assert book.headers["Content-Disposition"] == 'attachment; filename="books-2026-11-16.csv"'
    lines = book.get_data().decode("utf-8-sig").split("\r\n")
    assert lines[1:3] == [
        f"{code};Allowance;16-11-2026;22-11-2026;65,00;;",
        f"{code};Slip;16-11-2026;22-11-2026;;65,00;to hand over",
    ]
    page = fenna.get(BOOKS).text
    parse_page(page)
    assert "€19.55" in page
    found = (
        fenna.get(BOOKS.replace("costs", "costs.csv")).get_data().decode("utf-8-sig").split("\r\n")
    )
    assert f"{code};16-11-2026;Travel;A fund;7,05" in found
    assert world.CALL_NAME not in page


@pytest.mark.parametrize("address", [MONEY, BOOKS, NEW])
@pytest.mark.parametrize("by", [FLOOR, cast.AMINA, cast.LENA, RIA])
def test_others_find_no_money_page_of_this_programme(
    client_as: ClientAs, address: str, by: Colleague
) -> None:
    assert client_as(by).get(address).status_code == 404


def test_finance_of_another_programme_finds_no_run_of_this_one(
    client_as: ClientAs, sealed_house: House
) -> None:
    entitled(sealed_house)
    address = fixed(english(client_as, FENNA))
    floor = client_as(FLOOR)
    for end in ("", "/slips", "/books.csv"):
        assert floor.get(address + end).status_code == 404
    assert client_as(FENNA).get("/slips").status_code == 404
    assert client_as(FENNA).get("/caseload").status_code == 404


def slips_of(client: FlaskClient) -> list[str]:
    return re.findall(r'id="slip-([0-9a-f-]{36})"', client.get("/slips").text)


def test_a_worker_of_the_house_hands_over_by_one_tap_and_takes_a_slip_of_the_finger_back(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id, code = entitled(sealed_house)
    entitled(sealed_house)  # sleeps elsewhere
    world.sleeps(sealed_house, case_id, BED, days_ago=3)
    fixed(english(client_as, FENNA))
    ria = english(client_as, RIA)
    page = ria.get("/slips").text
    parse_page(page)
    assert code in page
    assert world.CALL_NAME in page
    [slip] = slips_of(ria)
    sheet = ria.get("/slips/sheet").text
    parse_page(sheet)
    assert code in sheet
    for hidden in (world.CALL_NAME, "Waterstad", "Havenhuis"):
        assert hidden not in sheet, hidden
    assert sent(ria, f"/slips/{slip}/handed-over").status_code == 303
    assert slips_of(ria) == []
    assert sent(ria, f"/slips/{slip}/handed-over").status_code == 303
    assert "handed over already" in ria.get("/slips").text
    sent(ria, f"/slips/{slip}/taken-back")
    assert slips_of(ria) == [slip]


def test_a_slip_that_nobody_collected_goes_back_with_a_code(
    client_as: ClientAs, sealed_house: House
) -> None:
    entitled(sealed_house)
    fenna, amina = english(client_as, FENNA), english(client_as, cast.AMINA)
    address = fixed(fenna)
    [slip] = slips_of(amina)
    parse_page(amina.get(f"/slips/{slip}/returned").text)
    assert sent(amina, f"/slips/{slip}/returned").status_code == 422
    assert sent(amina, f"/slips/{slip}/returned", reason="in_hospital").status_code == 422
    assert sent(amina, f"/slips/{slip}/returned", reason="not_collected").status_code == 303
    assert "not collected" in fenna.get(address).text
    assert "Left over of earlier runs: €65.00" in fenna.get(NEW).text


def test_restricted_cases_other_houses_and_other_teams_are_not_on_the_list(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id, _ = entitled(sealed_house)
    world.sleeps(sealed_house, case_id, BED, days_ago=3)
    fixed(english(client_as, FENNA))
    [slip] = slips_of(english(client_as, RIA))
    for by in (cast.SARA, cast.YUSUF, cast.BRAM):
        client = english(client_as, by)
        assert slips_of(client) == []
        assert sent(client, f"/slips/{slip}/handed-over").status_code == 404
    with builders.casework(sealed_house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).restricted = True
    ria = english(client_as, RIA)
    assert slips_of(ria) == []
    assert sent(ria, f"/slips/{slip}/handed-over").status_code == 404
    assert ria.get(f"/slips/{slip}/returned").status_code == 404


COSTS = [
    ({"cents": "12,50"}, 303, ""),
    ({"cents": "12.50"}, 303, ""),
    ({"cents": "-5"}, 422, "This is not an amount"),
    ({"cents": "12,5"}, 422, "This is not an amount"),
    ({"cents": "1.250,00"}, 422, "This is not an amount"),
    ({"cents": ""}, 422, "Enter the amount"),
    ({"cents": "0"}, 409, "above zero"),
    ({"cents": "5001"}, 409, "more than 5,000 euros"),
    ({"kind": "diagnosis"}, 422, "Choose one of the options"),
    ({"kind": ""}, 422, "Choose what the money was for"),
    ({"payer": ""}, 422, "Choose who pays"),
    ({"on": "23-11-2026"}, 409, "lies in the future"),
    ({"on": "1-1-2020"}, 409, "the day this case began"),
    ({"on": "31-2-2026"}, 422, "This is not a day"),
]


def test_a_cost_is_kept_by_code_and_what_makes_no_sense_comes_back(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id = world.assigned()
    amina = english(client_as, cast.AMINA)
    right = {"kind": "travel", "payer": "fund", "cents": "12,50", "on": "20-11-2026"}
    for given, status, sentence in COSTS:
        answer = sent(amina, f"/cases/{case_id}/costs/new", **(right | given))
        assert (answer.status_code, sentence in answer.text) == (status, True), given
    page = amina.get(f"/cases/{case_id}").text
    assert page.count("€12.50") == 2
    assert "€25.00" in page
    assert "Costs" not in client_as(cast.BRAM).get(f"/cases/{case_id}").text
    assert client_as(cast.BRAM).get(f"/cases/{case_id}/costs/new").status_code == 404


def test_a_cost_recorded_in_error_stays_struck_through_and_counts_no_more(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id = world.assigned()
    world.done(
        costs.record(cast.AMINA.actor(), case_id, CostKind.FEES, Payer.OWN, 40_00, MONDAY, cast.NOW)
    )
    amina = english(client_as, cast.AMINA)
    [address] = re.findall(
        r'href="(/cases/[^"]+/corrections/cost/[^"]+)"', amina.get(f"/cases/{case_id}").text
    )
    parse_page(amina.get(address).text)
    assert sent(amina, address).status_code == 303
    page = amina.get(f"/cases/{case_id}").text
    assert "<del>€40.00</del>" in page
    assert "€40.00" not in english(client_as, FENNA).get(BOOKS).text


def test_an_allowance_that_is_absurd_or_in_an_ended_case_is_refused(
    client_as: ClientAs, sealed_house: House
) -> None:
    case_id = world.assigned()
    amina = english(client_as, cast.AMINA)
    answer = sent(amina, f"/cases/{case_id}/allowance/new", from_on="20-11-2026", weekly="6500")
    assert (answer.status_code, "more than 500 euros a week" in answer.text) == (409, True)


def test_pages_of_money_read_well_in_a_browser(
    client_as: ClientAs, sealed_house: House, desk: Page, live_server: str
) -> None:
    case_id, _ = entitled(sealed_house)
    world.sleeps(sealed_house, case_id, BED, days_ago=3)
    address = fixed(english(client_as, FENNA))
    sign_in(desk, live_server, FENNA)
    for path in (MONEY, NEW, address, f"{address}/slips", BOOKS):
        visit(desk, f"{live_server}{path}", private=[world.CALL_NAME])
    sign_in(desk, live_server, RIA)
    visit(desk, f"{live_server}/slips")
    desk.get_by_role("button", name="Overhandigd").click()
    desk.get_by_text("Het strookje is overhandigd.").wait_for()
    check(desk)
