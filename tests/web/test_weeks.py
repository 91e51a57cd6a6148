"""The list of what is due within seven days, and the page on which mail about it is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.tasks import TaskKind
from caseflow.services import houses, restrictions, tasks
from caseflow.services.houses import House
from caseflow.settings import Mail
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.facts import Milestone, Procedure
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

AMINA = cast.AMINA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def planned(case_id: str, days: int, kind: TaskKind = TaskKind.PAPERS) -> None:
    on = clock.today() + timedelta(days=days)
    world.done(tasks.plan(AMINA, case_id, kind, on, None, clock.now()))


def deadline(house: House, case_id: str, days: int) -> None:
    """A procedure that runs, with an appeal to be lodged."""
    fact = {
        "case_id": case_id,
        "recorded_at": cast.NOW,
        "recorded_by": "amina",
        "change_id": "stage",
    }
    procedure_id = new_id()
    with builders.casework(house) as session:
        session.add(
            Procedure(id=procedure_id, kind="residence_permit", from_on=clock.today(), **fact)
        )
        session.flush()
        session.add(
            Milestone(
                procedure_id=procedure_id, kind="residence_permit_decided", result="refused", due_kind="objection",
                due_on=clock.today() + timedelta(days=days), due_basis="law", event_on=clock.today(), **fact,
            )
        )  # fmt: skip


def test_the_week_has_what_is_due_and_nothing_further(client_as: ClientAs, house: House) -> None:
    case_id = world.admitted(days_ago=10)
    planned(case_id, 7)
    planned(case_id, 8, TaskKind.LAWYER)
    deadline(house, case_id, 3)
    amina = english(client_as, cast.AMINA)
    text = amina.get("/caseload/week").text
    parse_page(text)
    assert text.index("Lodge an objection at the latest") < text.index("Arrange papers")
    assert "Ask the lawyer" not in text
    assert world.CALL_NAME not in parse_page(text).title
    assert "Due within 7 days: 2" in amina.get("/caseload").text
    with clock.fixed(cast.NOW + timedelta(days=4)):
        late = english(client_as, cast.AMINA).get("/caseload/week").text
        assert (
            late.index('id="late"')
            < late.index("Lodge an objection")
            < late.index("Arrange papers")
        )


def test_colleagues_of_the_team_read_their_own_week(client_as: ClientAs, house: House) -> None:
    case_id = world.admitted(days_ago=10)
    planned(case_id, 2)
    deadline(house, case_id, 3)
    fresh = world.registered()
    for colleague in (cast.BRAM, cast.SARA, cast.YUSUF, cast.TESS):
        assert (
            "Nothing is due within 7 days."
            in english(client_as, colleague).get("/caseload/week").text
        )
    lena = english(client_as, cast.LENA).get("/caseload/week").text
    assert ("Choose a case team" in lena, "Arrange papers" in lena) == (True, False)
    assert (fresh in lena, case_id in lena) == (True, False)
    assert "Lodge an objection" not in english(client_as, cast.BRAM).get("/caseload?show=team").text
    assert "Lodge an objection" in english(client_as, cast.LENA).get("/caseload?show=team").text


def test_a_restricted_case_leaves_the_week_of_who_is_not_named(client_as: ClientAs) -> None:
    case_id = world.assigned("amina", "bram")
    planned(case_id, 2)
    world.done(restrictions.restrict(cast.LENA.actor(), case_id, ("bram", "lena"), clock.now()))
    assert case_id not in english(client_as, cast.AMINA).get("/caseload/week").text
    assert case_id in english(client_as, cast.BRAM).get("/caseload/week").text


def test_who_has_no_caseload_has_no_week_and_no_mail(client_as: ClientAs) -> None:
    for colleague in (cast.KOFI, cast.ADA, cast.FEMKE, cast.PETRA):
        client = client_as(colleague)
        assert client.get("/caseload/week").status_code == 404
        assert client.get("/account/mail").status_code == 404
        assert "/account/mail" not in client.get("/account").text


def test_mail_is_switched_on_and_off_by_oneself(
    app: Flask, client_as: ClientAs, house: House
) -> None:
    amina = english(client_as, cast.AMINA)
    assert "No mail leaves this installation." in amina.get("/account/mail").text
    mail = Mail(
        "127.0.0.1",
        25,
        "none",
        "c@dehaven.example",
        "",
        "https://x",
        frozenset({"dehaven.example"}),
    )
    app.extensions["caseflow"] = made = replace(house, settings=replace(house.settings, mail=mail))
    with houses.inside(made):
        parse_page(amina.get("/account/mail").text)
        refused = post(amina, "/account/mail", work_mail="amina@gmail.com")
        assert refused.status_code == 409  # type: ignore[attr-defined]
        assert "which ends in @dehaven.example" in refused.text  # type: ignore[attr-defined]
        assert post(amina, "/account/mail", work_mail="a@dehaven.example").status_code == 303  # type: ignore[attr-defined]
        assert "Mail is on: a@dehaven.example." in amina.get("/account/mail").text
        assert "a@dehaven.example" not in english(client_as, cast.BRAM).get("/account/mail").text
        assert post(amina, "/account/mail", work_mail="").status_code == 303  # type: ignore[attr-defined]
        assert (
            "Mail is on"
            not in amina.get("/account/mail").text.split("</main>")[0].split("Mail is off.")[1]
        )
