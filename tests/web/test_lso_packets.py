"""A packet of the past: registered with three people, dated on its day, never for a day after the covenant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import disclosure_acts, disclosure_readings, referrals
from caseflow.services.disclosure_views import Printed
from caseflow.services.houses import House
from caseflow.storage.models.disclosures import Disclosure
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

THEN = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
LOTTE = Colleague("lotte", "de-haven", "haven-east", (Role.TEAM_LEAD,))
JURIST = Colleague("jurist", "de-haven", None, (Role.LEGAL_COUNSELLOR,))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Somebody who was admitted while the covenant held."""
    builders.hire_everybody(house)
    builders.hire(house, LOTTE, JURIST)
    with clock.fixed(THEN):
        found = world.with_words(world.admitted(days_ago=10))
        world.done(referrals.refer(cast.AMINA.actor(), found, JURIST.id, None, THEN))
    return found


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def only(house: House) -> Disclosure:
    with house.stores.reading() as session:
        row = session.scalars(select(Disclosure)).one()
        session.expunge(row)
        return row


def test_the_last_day_is_registered_and_three_people_agree(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    lena = english(client_as, cast.LENA)
    page = f"/cases/{case_id}/lso/new"
    assert page not in lena.get(f"/cases/{case_id}").text, "no page invites to it"
    assert page in lena.get(f"/cases/{case_id}/left").text
    parse_page(lena.get(page).text)
    made = post(lena, page, sent_on="31-12-2024", told_on="1-12-2024")
    assert made.status_code == 303, made.text  # type: ignore[attr-defined]
    assert only(house).state == "asked"
    row = only(house).id
    world.done(disclosure_acts.approve(LOTTE.actor(), case_id, row, clock.now()))
    assert only(house).state == "asked", "the counsellor has not agreed yet"
    world.done(disclosure_acts.approve(JURIST.actor(), case_id, row, clock.now()))
    left = only(house)
    assert (left.state, left.left_on) == ("issued", date(2024, 12, 31))
    assert set(left.fields.split()) == {"own_name", "stage", "with_us_since", "scenario"}
    paper = disclosure_readings.document(cast.LENA.actor(), case_id, row, clock.now())
    assert isinstance(paper, Printed), paper


@pytest.mark.parametrize(
    ("sent_on", "told_on", "sentence"),
    [
        ("1-1-2025", "1-12-2024", "Nothing can go to this meeting on"),
        ("22-11-2026", "1-12-2024", "Nothing can go to this meeting on"),
        ("31-12-2024", "1-1-2025", "after the client knows"),
        ("1-5-2024", "1-4-2024", "no participant"),
    ],
)
def test_what_could_not_have_gone_is_refused(
    client_as: ClientAs, house: House, case_id: str, sent_on: str, told_on: str, sentence: str
) -> None:
    lena = english(client_as, cast.LENA)
    refused = post(lena, f"/cases/{case_id}/lso/new", sent_on=sent_on, told_on=told_on)
    assert (refused.status_code, sentence in refused.text) == (409, True)  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalar(select(Disclosure.id)) is None


def test_who_came_after_the_covenant_has_no_such_page(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    lena, later = english(client_as, cast.LENA), world.admitted(days_ago=9)
    assert lena.get(f"/cases/{later}/lso/new").status_code == 404
    assert "lso" not in lena.get(f"/cases/{later}/left").text
    assert client_as(cast.AMINA).get(f"/cases/{case_id}/lso/new").status_code == 404
