"""The register of complaints: who sees what of it, and how one is handled."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.own_lists import LEFT_OUT
from caseflow.services import complaints
from caseflow.services.houses import House
from caseflow.services.own_lists import Period, printed
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case
from caseflow.storage.models.complaints import Complaint
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

FRANK = Colleague("frank", "de-haven", None, (Role.FG,))
DOOR = Colleague("dora", "de-haven", None, (Role.DIRECTOR,))
SAID = "Nobody answers me, and Bram laughed at me."
ANSWER = "We said sorry, and answer within a day from now on."


@pytest.fixture(autouse=True)
def staff(house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        builders.hire_everybody(house)
        builders.hire(house, FRANK, DOOR)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


FIELDS = {
    "received_on": "2-11-2026", "how": "in_person", "subject": "treatment", "words": SAID, "about": "bram",
    "team": "haven-east", "site": "", "client_code": "",
}  # fmt: skip


def recorded(client: FlaskClient, house: House, **fields: str) -> str:
    """Writes a complaint down through the page; answers its address."""
    made = post(client, "/complaints/new", **FIELDS | fields)
    assert made.status_code == 303, made.text  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        newest = session.scalars(
            select(Complaint.id).order_by(Complaint.recorded_at.desc(), Complaint.id)
        ).first()
    return f"/complaints/{newest}"


# who sees it; `words` says how far

SEES = [
    ("who wrote it down sees it, with the words", cast.AMINA, True, True),
    ("the lead of the team sees it, with the words", cast.LENA, True, True),
    ("the privacy officer sees it by code", cast.PETRA, True, False),
    ("the FG sees it by code", FRANK, True, False),
    ("whom it is about sees nothing", cast.BRAM, False, False),
    ("the lead of another team sees nothing", cast.MO, False, False),
    ("a colleague of another team sees nothing", cast.SARA, False, False),
    ("a coordinator who does not handle it sees nothing", cast.KOFI, False, False),
    ("the director who does not handle it sees nothing", DOOR, False, False),
    ("another organisation sees nothing", cast.NOOR, False, False),
]


def test_who_sees_a_complaint_and_how_far(client_as: ClientAs, house: House) -> None:
    address = recorded(english(client_as, cast.AMINA), house)
    for why, colleague, sees, words in SEES:
        client = english(client_as, colleague)
        listed, page = client.get("/complaints"), client.get(address)
        parse_page(listed.text)
        assert (address in listed.text) is sees, why
        assert page.status_code == (200 if sees else 404), why
        assert (SAID in page.text) is words, why
        assert not sees or words or "not visible for you" in page.text.lower(), why
    for colleague in (cast.TESS, cast.NIGHT, cast.FEMKE, cast.ADA):
        client = client_as(colleague)
        assert client.get("/complaints").status_code == 404
        assert client.get(address).status_code == 404


def test_whom_it_is_about_is_not_told_by_a_count_either(client_as: ClientAs, house: House) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    recorded(amina, house, about="lena")
    assert "None came in that year" in lena.get("/complaints").text
    petra = english(client_as, cast.PETRA).get("/complaints").text
    assert "How somebody was treated" in petra.split('id="year"')[1]
    assert 'id="year"' not in amina.get("/complaints").text


def test_a_complaint_stands_in_no_file_and_on_no_printed_list(
    client_as: ClientAs, house: House
) -> None:
    case_id = world.admitted(days_ago=10)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    amina = english(client_as, cast.AMINA)
    before = amina.get(f"/cases/{case_id}").text
    address = recorded(english(client_as, cast.LENA), house, client_code=code.lower(), about="")
    assert code in english(client_as, cast.PETRA).get(address).text
    token = re.compile(r'(csrf[_-]token" (?:content|value)=")[^"]+|name="once"[^>]*>')
    assert token.sub("", amina.get(f"/cases/{case_id}").text) == token.sub("", before)
    told = printed(cast.AMINA.actor(), case_id, "en", Period.ALL, clock.now())
    lines = [str(line.what) for day in told.days for line in day.lines]
    assert lines
    assert not [line for line in lines if "complain" in line or "something" in line]
    assert complaints_events(house) <= LEFT_OUT


def complaints_events(house: House) -> set[str]:
    with house.stores.audit.connect() as log:
        events = {str(one) for one in log.execute(select(Entry.event)).scalars()}
    found = {one for one in events if one.startswith("complaint")}
    assert {"complaint_recorded", "complaint_opened"} <= found
    return found


def test_the_register_says_nothing_of_who_is_known_here(client_as: ClientAs, house: House) -> None:
    amina = english(client_as, cast.AMINA)
    recorded(amina, house, client_code="ZZZZ-2222")  # nobody has it: kept as any other
    name = post(amina, "/complaints/new", **FIELDS | {"client_code": "Blue"})
    assert (name.status_code, "looks like K7QM-4XPD" in name.text) == (409, True)  # type: ignore[attr-defined]
    assert SAID in name.text  # type: ignore[attr-defined]


# how it is handled


def test_a_complaint_is_given_acknowledged_and_answered(client_as: ClientAs, house: House) -> None:
    amina, lena, kofi = (english(client_as, one) for one in (cast.AMINA, cast.LENA, cast.KOFI))
    address = recorded(amina, house)
    page = lena.get(address).text
    parse_page(page)
    assert "should have been told by 9 November 2026" in page
    parse_page(lena.get(f"{address}/handler").text)
    assert "bram" not in lena.get(f"{address}/handler").text.lower().split("<form")[-1]
    assert amina.get(f"{address}/handler").status_code == 404
    assert post(lena, f"{address}/handler", handler="bram").status_code == 422  # type: ignore[attr-defined]
    given = {"handler": "kofi", "has_committee": "y", "version": "1"}
    stale = post(lena, f"{address}/handler", **given | {"version": "9"})
    assert (stale.status_code, "Look again" in stale.text) == (409, True)  # type: ignore[attr-defined]
    assert post(lena, f"{address}/handler", **given).status_code == 303  # type: ignore[attr-defined]
    assert "11-01-2027" in kofi.get("/complaints").text  # ten weeks with a committee
    assert SAID in kofi.get(address).text
    early = post(kofi, f"{address}/acknowledgement", on="1-11-2026")
    assert (early.status_code, "came in on" in early.text) == (409, True)  # type: ignore[attr-defined]
    assert post(kofi, f"{address}/acknowledgement", on="20-11-2026").status_code == 303  # type: ignore[attr-defined]
    parse_page(kofi.get(f"{address}/answer").text)
    answer = {"on": "22-11-2026", "outcome": "founded", "words": ANSWER}
    assert lena.get(f"{address}/answer").status_code == 404
    refused = post(lena, f"{address}/answer", **answer)
    assert (refused.status_code, "Only who handles" in refused.text) == (409, True)  # type: ignore[attr-defined]
    late = post(kofi, f"{address}/answer", **answer | {"on": "23-11-2026"})
    assert late.status_code == 409  # type: ignore[attr-defined]
    assert post(kofi, f"{address}/answer", **answer).status_code == 303  # type: ignore[attr-defined]
    again = post(kofi, f"{address}/answer", **answer)
    assert (again.status_code, "answered already" in again.text) == (409, True)  # type: ignore[attr-defined]
    assert ANSWER in lena.get(address).text
    assert "Founded" in amina.get(address).text
    assert ANSWER not in amina.get(address).text
    counted = english(client_as, FRANK).get("/complaints").text.split('id="year"')[1]
    assert "Founded" in counted


def test_the_privacy_officer_gives_what_the_lead_may_not_see(
    client_as: ClientAs, house: House
) -> None:
    address = recorded(english(client_as, cast.AMINA), house, about="lena", team="")
    petra, dora = english(client_as, cast.PETRA), english(client_as, DOOR)
    assert english(client_as, cast.LENA).get(address).status_code == 404
    assert post(petra, f"{address}/handler", handler="lena").status_code == 422  # type: ignore[attr-defined]
    assert post(petra, f"{address}/handler", handler="dora").status_code == 303  # type: ignore[attr-defined]
    assert SAID in dora.get(address).text
    assert SAID not in petra.get(address).text
    assert english(client_as, FRANK).get(f"{address}/handler").status_code == 404


def test_one_that_waits_too_long_stands_out(client_as: ClientAs, house: House) -> None:
    lena = english(client_as, cast.LENA)
    recorded(english(client_as, cast.AMINA), house, received_on="1-10-2026")
    listed = lena.get("/complaints").text
    assert "One complaint waits longer than the term allows" in listed
    assert "too late" in listed


def test_a_sealed_vault_keeps_what_was_typed_and_hides_no_code(
    client_as: ClientAs, house: House
) -> None:
    amina = english(client_as, cast.AMINA)
    address = recorded(amina, house)
    house.stores.forget_vaults()
    page = amina.get(address).text
    assert "The words are in the vault, which is sealed" in page
    assert SAID not in page
    refused = post(amina, "/complaints/new", **FIELDS)
    assert (refused.status_code, SAID in refused.text) == (409, True)  # type: ignore[attr-defined]


def test_bad_input_is_answered_with_a_sentence(client_as: ClientAs, house: House) -> None:
    amina = english(client_as, cast.AMINA)
    parse_page(amina.get("/complaints/new").text)
    for field, value, status in (
        ("received_on", "31-2-2026", 422), ("received_on", "23-11-2026", 409), ("received_on", "1-1-2020", 409),
        ("words", "", 422), ("words", "x" * 10_001, 422), ("subject", "crime", 422), ("team", "kompas-one", 422),
        ("about", "yusuf", 422),
    ):  # fmt: skip
        answer = post(amina, "/complaints/new", **FIELDS | {field: value})
        assert answer.status_code == status, (field, value)  # type: ignore[attr-defined]
        parse_page(answer.text)  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalars(select(Complaint.id)).all() == []


def test_a_guard_that_is_gone_is_found(
    client_as: ClientAs, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = recorded(english(client_as, cast.AMINA), house, about="lena")
    lena = english(client_as, cast.LENA)
    assert lena.get(address).status_code == 404
    monkeypatch.setattr(
        complaints, "_not_about", lambda actor: Complaint.organisation == actor.organisation
    )
    assert lena.get(address).status_code == 200
