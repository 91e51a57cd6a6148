"""Households on the page of a case: found, filled in wrong and right, in both languages, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services import intake, separations
from caseflow.services.houses import House
from caseflow.services.intake import Registration
from caseflow.storage.models.cases import Case
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

TODAY = "22-11-2026"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def relative(call_name: str, *members: str) -> str:
    asked = Registration("waterstad-lvv", call_name, clock.today(), team_id="haven-east")
    made = intake.register(cast.TESS.actor(), asked, clock.now())
    assert isinstance(made, intake.Registered), made
    world.done(intake.assign(cast.LENA.actor(), made.case_id, members, clock.now()))
    return made.case_id


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def english(client_as: ClientAs, colleague: cast.Colleague = cast.AMINA) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    answer = post(client, address, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def filled(**more: str) -> dict[str, str]:
    return {"role": "partner", "own_role": "adult", "lives": "apart", "on": TODAY, **more}


def test_a_family_is_put_together_changed_and_left_through_the_page(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = relative("Amber", "amina")
    amina, case, page = english(client_as), f"/cases/{case_id}", f"/cases/{case_id}/household"
    assert f"{page}/new" in amina.get(case).text
    assert f"{page}/leave" not in amina.get(case).text
    parse_page(amina.get(f"{page}/new").text)
    assert sent(amina, f"{page}/new").status_code == 422
    done = sent(amina, f"{page}/new", **filled(other=code(house, other)))
    assert (done.status_code, done.headers["Location"]) == (303, f"{case}#household")
    shown = amina.get(case).text
    parse_page(shown)
    for said in ("In the household as adult", "Amber", "lives apart", f"/cases/{other}", "partner"):
        assert said in shown, said
    assert "Blue" in amina.get(f"/cases/{other}").text
    form = amina.get(f"{page}/change").text
    parse_page(form)
    assert (
        sent(amina, f"{page}/change", role="adult", lives="together", on=TODAY).status_code == 409
    )
    changed = sent(amina, f"{page}/change", role="other", lives="together", on=TODAY)
    assert changed.status_code == 303
    assert "In the household as somebody else of the family" in amina.get(case).text
    parse_page(amina.get(f"{page}/leave").text)
    assert sent(amina, f"{page}/leave", on="23-11-2026").status_code == 409
    assert sent(amina, f"{page}/leave", on=TODAY).status_code == 303
    assert "Amber" not in amina.get(case).text
    assert "This person is in no household now." in amina.get(f"{page}/leave").text


def test_a_name_is_searched_for_and_the_person_chosen(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = relative("Amber", "amina")
    amina, page = english(client_as), f"/cases/{case_id}/household/new"
    asked = sent(amina, page, **filled(other="amber"))
    assert asked.status_code == 422
    parse_page(asked.text)
    assert "Whom do you mean?" in asked.text
    assert f'value="{code(house, other)}"' in asked.text
    assert "amber" not in (asked.headers.get("Location") or "")
    stranger = sent(amina, page, **filled(other="amber", chosen="K7QM-4XPD"))
    assert stranger.status_code == 422
    done = sent(amina, page, **filled(other="amber", chosen=code(house, other)))
    assert done.status_code == 303
    nobody = sent(amina, page, **filled(other="Zebedee"))
    assert (nobody.status_code, "You know nobody else" in nobody.text) == (409, True)


def test_kept_apart_and_nobody_known_say_no_more_than_that(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = relative("Amber", "amina")
    world.done(
        separations.keep_apart(
            cast.LENA.actor(), case_id, code(house, other), clock.today(), clock.now()
        )
    )
    amina, page = english(client_as), f"/cases/{case_id}/household/new"
    refused = sent(amina, page, **filled(other=code(house, other)))
    assert refused.status_code == 409
    assert "something else stands against it" in refused.text
    assert "Amber" not in refused.text
    found = sent(amina, page, **filled(other="Amber"))
    assert (found.status_code, "Whom do you mean" in found.text) == (409, False)


def test_others_find_no_such_page(client_as: ClientAs, case_id: str) -> None:
    for colleague in (cast.BRAM, cast.LENA, cast.TESS, cast.KOFI, cast.SARA):
        client = client_as(colleague)
        for act in ("new", "change", "leave"):
            found = client.get(f"/cases/{case_id}/household/{act}").status_code
            assert found == 404, (colleague.id, act)
        assert "household/new" not in client.get(f"/cases/{case_id}").text, colleague.id


def test_it_is_said_in_dutch(house: House, client_as: ClientAs, case_id: str) -> None:
    other, amina = relative("Amber", "amina"), client_as(cast.AMINA)
    page = f"/cases/{case_id}/household/new"
    assert "Iemand aan het huishouden toevoegen" in amina.get(page).text
    refused = sent(amina, page, **filled(other="K7QM-4XPD"))
    assert "Je kent niemand anders met deze code" in refused.text
    assert sent(amina, page, **filled(other=code(house, other))).status_code == 303
    assert "In het huishouden als volwassene" in amina.get(f"/cases/{case_id}").text


def test_a_closed_case_says_why_nothing_changes(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    with builders.casework(house) as session:
        session.get_one(Case, case_id).stage = "closed"
    amina = english(client_as)
    for act in ("household/new", "needs/bed", "needs/words", "deferrals/new"):
        answer = amina.get(f"/cases/{case_id}/{act}")
        assert (answer.status_code, "This case is over" in answer.text) == (200, True), act
