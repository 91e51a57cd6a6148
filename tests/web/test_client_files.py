"""The client file on its pages: plan, contact persons, legal papers, notes with an interpreter, and prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import gatekeeping, referrals
from caseflow.services.case_views import CaseView
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

SAMI = replace(cast.AMINA, id="sami", roles=(Role.LEGAL_COUNSELLOR,), team=None)
GOAL = "Take the language test in March."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire(house, *cast.EVERYBODY, SAMI)
    return world.with_words(world.admitted(days_ago=10))


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def case_of(colleague: cast.Colleague, case_id: str) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def sent(client: FlaskClient, page: str, **fields: object) -> object:
    """Opens a form and sends it with what it was opened on."""
    text = client.get(page).text
    hidden = {
        name: (re.findall(rf'name="{name}"[^>]*value="([^"]*)"', text) or [""])[0]
        for name in ("once", "seen")
    }
    return post(client, page, **{**hidden, **fields})


LINE = {"kind": "goal", "words": GOAL, "done_by": "client", "review_on": "01-12-2026"}


def test_a_goal_is_written_reviewed_reached_and_its_trail_stays(
    client_as: ClientAs, case_id: str
) -> None:
    amina, case = english(client_as, cast.AMINA), f"/cases/{case_id}"
    assert f"{case}/plan/new" in amina.get(case).text
    parse_page(amina.get(f"{case}/plan/new").text)
    for wrong, sentence, status in (
        ({"words": ""}, "Write down the goal or the agreement.", 422),
        ({"words": "x" * 1_001}, "Use at most 1,000 characters.", 422),
        ({"review_on": "31-2-2027"}, "This is not a day.", 422),
        ({"review_on": "21-11-2026"}, "has passed. Choose today or a later day.", 409),
        ({"kind": "gossip"}, "Choose one of the options.", 422),
    ):
        answer = sent(amina, f"{case}/plan/new", **{**LINE, **wrong})
        assert (answer.status_code, sentence in answer.text) == (status, True), wrong  # type: ignore[attr-defined]
    assert sent(amina, f"{case}/plan/new", **LINE).status_code == 303  # type: ignore[attr-defined]
    text = amina.get(case).text
    parse_page(text)
    assert (GOAL in text, "To be looked at again on 1 December 2026" in text) == (True, True)
    [task] = [one for one in case_of(cast.AMINA, case_id).tasks or () if one.done_on is None]
    assert (task.kind, task.due_on.isoformat(), task.words) == ("plan", "2026-12-01", None)
    [line] = re.findall(rf"{case}/plan/([0-9a-f-]{{36}})", text)
    page = f"{case}/plan/{line}"
    form = amina.get(page).text
    parse_page(form)
    assert GOAL in form
    reached = {**LINE, "words": "Took the test.", "state": "reached", "review_on": ""}
    assert sent(amina, page, **reached).status_code == 303  # type: ignore[attr-defined]
    [now_line] = case_of(cast.AMINA, case_id).file.plan or ()
    assert (now_line.state, [one.words for one in now_line.earlier]) == ("reached", [GOAL])
    assert not [one for one in case_of(cast.AMINA, case_id).tasks or () if one.done_on is None]
    text = amina.get(case).text
    assert ("Goal reached" in text, "Earlier versions: 1" in text) == (True, True)


def test_who_does_not_read_the_notes_sees_no_plan_and_nobody_else_writes_one(
    client_as: ClientAs, case_id: str
) -> None:
    sent(english(client_as, cast.AMINA), f"/cases/{case_id}/plan/new", **LINE)
    [line] = case_of(cast.AMINA, case_id).file.plan or ()
    assert GOAL in english(client_as, cast.LENA).get(f"/cases/{case_id}").text
    for colleague in (cast.BRAM, cast.KOFI, cast.TESS, cast.YUSUF):
        client = english(client_as, colleague)
        assert GOAL not in client.get(f"/cases/{case_id}").text, colleague.id
    for colleague in (cast.LENA, cast.BRAM, cast.TESS, cast.YUSUF, cast.NIGHT):
        client = english(client_as, colleague)
        for page in ("new", line.id):
            answer = client.get(f"/cases/{case_id}/plan/{page}")
            assert answer.status_code in (403, 404), (colleague.id, page)
    other = world.with_words(world.admitted(days_ago=10))
    amina = english(client_as, cast.AMINA)
    assert amina.get(f"/cases/{other}/plan/{line.id}").status_code == 404


def test_a_closed_case_takes_no_goal(client_as: ClientAs, house: House) -> None:
    builders.hire_everybody(house)
    case_id = world.assigned(days_ago=10)
    amina = english(client_as, cast.AMINA)
    post(amina, f"/cases/{case_id}/withdrawal", on="20-11-2026")
    assert case_of(cast.AMINA, case_id).stage == "withdrawn"
    answer = sent(amina, f"/cases/{case_id}/plan/new", **LINE)
    assert "This case is closed." in answer.text  # type: ignore[attr-defined]
    assert GOAL in answer.text  # type: ignore[attr-defined]


def test_a_contact_person_is_kept_with_what_the_client_agreed_to(
    client_as: ClientAs, case_id: str
) -> None:
    amina, case = english(client_as, cast.AMINA), f"/cases/{case_id}"
    page = f"{case}/contact-persons/new"
    assert page in amina.get(case).text
    parse_page(amina.get(page).text)
    person = {"role": "lawyer", "name": "Mr. Oak", "phone": "030 1234", "agreed": "consult"}
    nobody = sent(amina, page, **{**person, "name": ""})
    assert (nobody.status_code, "Write down who this is." in nobody.text) == (422, True)  # type: ignore[attr-defined]
    over = sent(amina, page, **person, agreed_until="01-11-2026")
    assert (over.status_code, "has passed" in over.text) == (409, True)  # type: ignore[attr-defined]
    assert sent(amina, page, **person, agreed_until="30-11-2026").status_code == 303  # type: ignore[attr-defined]
    text = amina.get(case).text
    parse_page(text)
    assert ("Mr. Oak" in text, "We may talk with them about the client" in text) == (True, True)
    with clock.fixed(cast.NOW + timedelta(days=9)):
        later = english(client_as, cast.AMINA).get(case).text
        assert "agreement ended on" in later
        assert "We may talk with them about the client" not in later
    [one] = case_of(cast.AMINA, case_id).file.persons or ()
    gone = sent(amina, f"{case}/contact-persons/{one.id}", **person, is_over="y")
    assert gone.status_code == 303, gone.text  # type: ignore[attr-defined]
    assert "no longer" in amina.get(case).text
    assert "Mr. Oak" not in english(client_as, cast.KOFI).get(case).text
    assert english(client_as, cast.LENA).get(page).status_code == 404


def test_the_counsellor_keeps_notes_apart_and_releases_a_conclusion(
    client_as: ClientAs, case_id: str
) -> None:
    world.done(referrals.refer(cast.AMINA.actor(), case_id, "sami", None, clock.now()))
    sami, base = english(client_as, SAMI), f"/cases/{case_id}/legal"
    for page in ("notes/new", "conclusions/new", "letters/new"):
        assert f"{base}/{page}" in sami.get(f"/cases/{case_id}").text
        parse_page(sami.get(f"{base}/{page}").text)
    secret, released, letter = "Weak on article eight.", "Lodge before spring.", "Asks for papers."
    assert sent(sami, f"{base}/notes/new", words=secret).status_code == 303  # type: ignore[attr-defined]
    kept = sent(sami, f"{base}/conclusions/new", words=released, due_on="01-03-2027")
    assert kept.status_code == 303  # type: ignore[attr-defined]
    dated = {"direction": "from", "dated_on": "20-11-2026", "words": letter}
    wrong = sent(sami, f"{base}/letters/new", **dated, due_on="19-11-2026")
    assert (wrong.status_code, "before the day it has" in wrong.text) == (409, True)  # type: ignore[attr-defined]
    assert sent(sami, f"{base}/letters/new", **dated, due_on="30-11-2026").status_code == 303  # type: ignore[attr-defined]
    seen = {
        cast.AMINA: (False, True, False, True), cast.LENA: (False, True, False, False),
        cast.BRAM: (False, False, False, False), cast.TESS: (False, False, False, False),
        SAMI: (True, True, True, True),
    }  # fmt: skip
    for colleague, expected in seen.items():
        text = english(client_as, colleague).get(f"/cases/{case_id}").text
        found = (secret in text, released in text, letter in text, "due by 30 November" in text)
        assert found == expected, colleague.id
    for colleague in (cast.AMINA, cast.LENA, cast.TESS):
        assert english(client_as, colleague).get(f"{base}/notes/new").status_code in (403, 404)


def test_a_note_says_in_which_language_and_by_which_number_it_was_interpreted(
    client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as, cast.AMINA), f"/cases/{case_id}/notes/new"
    note = {"kind": "visit", "contact_on": "22-11-2026", "words": "Spoke about school."}
    named = sent(amina, page, **note, language="ti", interpreter="Mr. Ali")
    assert (named.status_code, "Names are not kept" in named.text) == (409, True)  # type: ignore[attr-defined]
    assert sent(amina, page, **note, language="ti", interpreter="4711").status_code == 303  # type: ignore[attr-defined]
    text = amina.get(f"/cases/{case_id}").text
    assert ("Spoken: Tigrinya" in text, "Interpreter 4711" in text) == (True, True)
    again = amina.get(page).text
    assert ('value="4711"' in again, re.search(r'selected value="ti"', again)) != (False, None)


def test_words_of_the_legal_file_are_asked_about_once_and_never_repeated(
    client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as, cast.AMINA), f"/cases/{case_id}/notes/new"
    note = {"kind": "visit", "contact_on": "22-11-2026", "words": "Told me of being bekeerd."}
    asked = sent(amina, page, **note)
    assert asked.status_code == 409  # type: ignore[attr-defined]
    text = asked.text  # type: ignore[attr-defined]
    parse_page(text)
    assert ("We do not record faith" in text, "Keep it as it is" in text) == (True, True)
    assert text.count("bekeerd") == 1, "it stands in the field alone"
    assert sent(amina, page, **note, anyway="1").status_code == 303  # type: ignore[attr-defined]
    assert "bekeerd" in amina.get(f"/cases/{case_id}").text


def test_while_the_vault_is_sealed_the_page_goes_on_without_words(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, case = english(client_as, cast.AMINA), f"/cases/{case_id}"
    sent(amina, f"{case}/plan/new", **LINE)
    [line] = case_of(cast.AMINA, case_id).file.plan or ()
    house.stores.forget_vaults()
    text = amina.get(case).text
    parse_page(text)
    assert (GOAL in text, "Go through the plan again" in text) == (False, True)
    assert "The vault is sealed" in amina.get(f"{case}/plan/{line.id}").text
    answer = post(amina, f"{case}/plan/new", **LINE)
    assert GOAL in answer.text, "nothing that was typed is lost"  # type: ignore[attr-defined]
