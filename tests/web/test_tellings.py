"""What was told in words, from the page of the case to the privacy officer's list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.client_request_words import About, AskedBy, IdentityCheck, RequestKind
from caseflow.domain.client_requests import Asked
from caseflow.domain.disclosures import Field
from caseflow.domain.tellings import Against
from caseflow.services import client_requests, telling_lists, tellings
from caseflow.services.houses import House
from caseflow.services.tellings import Recorded
from caseflow.storage.models.cases import Case
from caseflow.storage.models.conferences import Telling
from caseflow.storage.models.disclosures import DisclosedValues, Disclosure
from caseflow.storage.models.governance import CardOpening
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post
from tests.web.test_tonight import night_shift


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.with_words(world.admitted(days_ago=10))


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def telling(house: House) -> tuple[Telling, Disclosure]:
    with house.stores.reading() as session:
        [row] = session.execute(
            select(Telling, Disclosure).join(Disclosure, Disclosure.id == Telling.disclosure_id)
        ).all()
        session.expunge_all()
        return row[0], row[1]


def test_two_fields_and_it_is_recorded(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, page = english(client_as, cast.AMINA), f"/cases/{case_id}/told"
    assert page in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(page).text)
    assert post(amina, page, to="kind:municipality").status_code == 422  # type: ignore[attr-defined]
    made = post(amina, page, to="kind:municipality", what=["call_name", "stage"])
    assert made.status_code == 303  # type: ignore[attr-defined]
    row, disclosure = telling(house)
    assert (disclosure.fields, disclosure.tier, disclosure.state) == (
        "call_name stage",
        "told",
        "issued",
    )
    assert (row.against, row.called) == (None, None)
    assert made.location.endswith("#told"), "nothing more to say"  # type: ignore[attr-defined]
    for shown in ("", f"/{row.disclosure_id}"):
        parse_page(amina.get(f"/cases/{case_id}/left{shown}").text)
    with house.stores.reading_vault("de-haven") as vault:
        assert vault.scalar(select(DisclosedValues.id)) is None, "the ticks say all"


def test_what_was_against_a_rule_is_recorded_and_said_and_looked_at(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, petra = english(client_as, cast.AMINA), english(client_as, cast.PETRA)
    page = f"/cases/{case_id}/told"
    made = post(amina, page, to="kind:school", what=["call_name", "health_needs"])
    assert made.status_code == 303  # type: ignore[attr-defined]
    said = amina.get(made.location).text  # type: ignore[attr-defined]
    parse_page(said)
    assert "did not agree" in said
    assert "more than this recipient needs" in said
    row, _ = telling(house)
    assert row.against == "not_agreed,too_much"

    listed = petra.get("/told")
    parse_page(listed.text)
    assert "more than this recipient needs" in listed.text
    assert world.CALL_NAME not in listed.text, "by code"
    assert post(petra, f"/told/{row.disclosure_id}/seen").status_code == 303  # type: ignore[attr-defined]
    assert telling(house)[0].seen_by == "petra"
    assert amina.get("/told").status_code == 404


def test_a_restriction_does_not_hide_what_was_told(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    asked = Asked(
        RequestKind.RESTRICTION, About.CONTESTED, clock.today(), AskedBy.CLIENT, IdentityCheck.KNOWN, "en"
    )  # fmt: skip
    world.done(client_requests.record(cast.AMINA.actor(), case_id, asked, None, clock.now()))
    amina = english(client_as, cast.AMINA)
    made = post(amina, f"/cases/{case_id}/told", to="kind:municipality", what=["call_name"])
    assert "nothing leaves for now" in amina.get(made.location).text  # type: ignore[attr-defined]
    assert telling(house)[0].against == Against.RESTRICTED.value


@pytest.mark.parametrize(
    "to", ["kind:enforcement", "kind:lso", "kind:emergency-services", "office:x"]
)
def test_some_are_never_offered_and_never_taken(
    client_as: ClientAs, house: House, case_id: str, to: str
) -> None:
    amina = english(client_as, cast.AMINA)
    assert to not in amina.get(f"/cases/{case_id}/told").text
    made = post(amina, f"/cases/{case_id}/told", to=to, what=["call_name"])
    assert made.status_code == 422  # type: ignore[attr-defined]
    refused = tellings.record(cast.AMINA.actor(), case_id, to, {Field.CALL_NAME}, None, clock.now())
    assert not isinstance(refused, Recorded)
    with house.stores.reading() as session:
        assert session.scalar(select(Disclosure.id)) is None


def test_danger_is_recorded_while_the_vault_is_sealed_and_late_says_so(
    client_as: ClientAs, sealed_house: House
) -> None:
    house = sealed_house
    builders.hire_everybody(house)
    case_id = world.admitted(days_ago=10)
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/danger"
    parse_page(amina.get(page).text)
    fields = {"called": "ambulance", "on": "22-11-2026", "hour": "3", "what": ["call_name"]}
    wrong = post(amina, page, **fields | {"what": ["procedures"]})
    assert wrong.status_code == 422, "status is not offered"  # type: ignore[attr-defined]
    ahead = post(amina, page, **fields | {"hour": "23"})
    assert (ahead.status_code, "has not come yet" in ahead.text) == (409, True)  # type: ignore[attr-defined]
    late = post(amina, page, **fields | {"on": "20-11-2026"})
    assert "later than 24 hours" in amina.get(late.location).text  # type: ignore[attr-defined]
    row, disclosure = telling(house)
    assert (row.called, disclosure.tier, disclosure.recipient_class) == (
        "ambulance", "vital", "emergency",
    )  # fmt: skip


def test_an_opened_card_proposes_the_record_once(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    assert "Help was called" not in amina.get(f"/cases/{case_id}").text
    with builders.casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        opening = CardOpening(
            client_code=code, organisation="de-haven", opened_by="lena", opened_at=cast.NOW - timedelta(hours=9),
            until_at=cast.NOW - timedelta(hours=8), change_id="x" * 36,
        )  # fmt: skip
        session.add(opening)
        session.flush()
        about = opening.id
    shown = amina.get(f"/cases/{case_id}").text
    assert "The emergency card was opened." in shown
    form = amina.get(f"/cases/{case_id}/danger?about={about}").text
    assert re.search(r'<input checked[^>]*value="ambulance"', form)
    fields = {
        "called": "ambulance",
        "on": "22-11-2026",
        "hour": "1",
        "what": ["call_name"],
        "about": about,
    }
    assert post(amina, f"/cases/{case_id}/danger", **fields).status_code == 303  # type: ignore[attr-defined]
    assert telling(house)[0].about_id == about
    assert "Help was called" not in amina.get(f"/cases/{case_id}").text
    bram = cast.BRAM.actor()
    assert telling_lists.proposed(bram, case_id, clock.now()) == ()


def test_another_case_and_another_organisation_are_not_there(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    made = post(amina, f"/cases/{case_id}/told", to="kind:school", what=["call_name"])
    other = world.admitted(days_ago=9)
    shown = made.location.rsplit("/", 1)[1]  # type: ignore[attr-defined]
    assert amina.get(f"/cases/{other}/told/{shown}").status_code == 404
    assert client_as(cast.BRAM).get(f"/cases/{case_id}/told/{shown}").status_code == 404
    for page in ("told", "danger"):
        assert client_as(cast.PETRA).get(f"/cases/{case_id}/{page}").status_code == 404
    assert post(client_as(cast.LENA), f"/told/{shown}/seen").status_code == 404  # type: ignore[attr-defined]


def test_the_night_shift_records_danger_and_offers_what_it_sees(
    client_as: ClientAs, sealed_house: House
) -> None:
    builders.hire_everybody(sealed_house)
    builders.open_site(sealed_house)
    night_shift(sealed_house)
    case_id = world.admitted(days_ago=10)
    world.sleeps(sealed_house, case_id, "havenhuis-room-1-bed-1", days_ago=1)
    night, page = english(client_as, cast.NIGHT), f"/cases/{case_id}/danger"
    shown = night.get(page)
    parse_page(shown.text)
    offered = set(re.findall(r'name="what"[^>]*value="(\w+)"', shown.text))
    assert offered == {"call_name", "client_code"}
    fields = {"called": "112", "on": "22-11-2026", "hour": "3", "what": ["call_name"]}
    assert post(night, page, **fields).status_code == 303  # type: ignore[attr-defined]
    assert telling(sealed_house)[0].called == "112"
    assert night.get(f"/cases/{case_id}/told").status_code == 404, "in danger alone"
