"""Tasks on the page of a case, and the caseload that stands by them and keeps its choices."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

WORDS = "Ask about the letter of the clinic."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def button(client: FlaskClient, page: str, act: str) -> str:
    [address] = re.findall(rf'action="([^"]+/{act})"', client.get(page).text)
    return str(address)


def test_a_task_is_kept_done_and_opened_again_on_the_page(
    client_as: ClientAs, case_id: str
) -> None:
    amina, case = english(client_as, cast.AMINA), f"/cases/{case_id}"
    page = f"{case}/tasks/new"
    assert "Nothing is to be done now." in amina.get(case).text
    assert page in amina.get(case).text
    parse_page(amina.get(page).text)
    fields = {"kind": "lawyer", "words": WORDS}
    for day, sentence, status in (
        ("", "Enter by which day it is to be done.", 422),
        ("31-2-2027", "This is not a day.", 422),
        ("21-11-2026", "has passed. Choose today or a later day.", 409),
        ("22-11-2062", "Check the year.", 409),
    ):
        answer = post(amina, page, **fields, due_on=day)
        assert (answer.status_code, sentence in answer.text) == (status, True), day  # type: ignore[attr-defined]
        assert WORDS in answer.text  # type: ignore[attr-defined]
    assert post(amina, page, **fields, due_on="24-11-2026").status_code == 303  # type: ignore[attr-defined]
    text = amina.get(case).text
    parse_page(text)
    assert (WORDS in text, "Ask the lawyer" in text) == (True, True)
    listed = amina.get("/caseload").text
    parse_page(listed)
    assert (WORDS in listed, "1 open" in listed) == (False, True)
    post(amina, button(amina, case, "done"))
    assert "Done lately: 1" in amina.get(case).text
    post(amina, button(amina, case, "open-again"))
    assert "Done lately" not in amina.get(case).text


def test_others_tick_nothing_off_and_have_no_button(client_as: ClientAs, case_id: str) -> None:
    amina, bram = english(client_as, cast.AMINA), english(client_as, cast.BRAM)
    case = f"/cases/{case_id}"
    post(amina, f"{case}/tasks/new", kind="lawyer", words=WORDS, due_on="24-11-2026")
    done = button(amina, case, "done")
    text = bram.get(case).text
    assert ("Ask the lawyer" in text, WORDS in text, done in text) == (True, False, False)
    assert post(bram, done).status_code == 404  # type: ignore[attr-defined]
    assert bram.get(f"{case}/tasks/new").status_code == 404


def test_the_list_keeps_its_choices_for_the_session(client_as: ClientAs, case_id: str) -> None:
    amina, other = english(client_as, cast.AMINA), english(client_as, cast.BRAM)
    by_tasks = '<strong aria-current="true">Tasks</strong>'
    world.admitted(days_ago=10)
    assert by_tasks not in amina.get("/caseload").text
    assert by_tasks in amina.get("/caseload?order=tasks&show=team").text
    again = amina.get("/caseload").text
    assert (by_tasks in again, "show=team&amp;order=due" in again) == (True, True)
    assert by_tasks not in other.get("/caseload?show=team").text
    assert by_tasks in amina.get("/caseload?order=strange").text


def test_a_note_written_from_a_row_leads_back_to_the_list(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/notes/new?from_list=1"
    assert page in amina.get("/caseload").text
    form = amina.get(page).text
    assert 'value="22-11-2026"' in form
    fields = {"kind": "phone", "contact_on": "22-11-2026", "words": WORDS}
    kept = post(amina, page, **fields)
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/caseload?page=1#case-{case_id}")  # type: ignore[attr-defined]
    listed = amina.get("/caseload").text
    assert ("The note is kept." in listed, "No contact" in listed) == (True, False)
    own = post(amina, f"/cases/{case_id}/notes/new", **fields)
    assert own.headers["Location"].startswith(f"/cases/{case_id}")  # type: ignore[attr-defined]
