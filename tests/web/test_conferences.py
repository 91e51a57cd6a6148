"""A case conference on its pages: planned, asked for, decided on by a second person, held, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from caseflow import clock
from caseflow.domain.conferences import Answer, Put
from caseflow.domain.disclosures import Field
from caseflow.services import conference_cases, gatekeeping, restrictions
from caseflow.services.houses import House
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.conferences import ConferenceCase, ConferenceMember, ConferenceResult
from caseflow.storage.models.disclosures import DisclosedValues, Disclosure, Office
from caseflow.storage.models.tasks import Task
from caseflow.web import disclosed_values
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

OFFICES = {
    "lawyer": ("own-lawyer", "legal", "Kantoor De Linde"),
    "city": ("municipality", "municipality", "Gemeente Waterstad"),
    "doctor": ("care-providers", "care", "Huisartsenpost West"),
    "ind": ("national-authorities", "national_authority", "Landelijk loket"),
    "ngo": ("other-organisation", "ngo", "Stichting Elders"),
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    registry(house)
    return world.with_words(world.admitted(days_ago=10))


def registry(house: House) -> None:
    with builders.casework(house) as session:
        for key, (recipient, kind, name) in OFFICES.items():
            session.add(
                Office(
                    id=office(key), organisation="de-haven", recipient=recipient, recipient_class=kind, name=name,
                    recorded_by="lena", recorded_at=cast.NOW, change_id=new_id(),
                )
            )  # fmt: skip


def kept(house: House, row: object) -> None:
    with builders.casework(house) as session:
        session.add(row)


def office(key: str) -> str:
    return f"0ff1ce00-0000-4000-8000-{sorted(OFFICES).index(key):012d}"


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def planned(lena: FlaskClient, *members: str, on: str = "22-11-2026") -> str:
    """Plans a conference with these offices; answers its address."""
    made = post(lena, "/conferences", held_on=on)
    assert made.status_code == 303, made.text  # type: ignore[attr-defined]
    address = str(made.location)  # type: ignore[attr-defined]
    for member in members:
        seat = post(lena, f"{address}/members", office=office(member), function="other")
        assert seat.status_code == 303, seat.text  # type: ignore[attr-defined]
    return address


def asked(house: House, amina: FlaskClient, case_id: str, answer: str = "agrees") -> object:
    with house.stores.reading() as session:
        members = list(session.scalars(select(ConferenceMember.id)))
    return post(
        amina,
        f"/cases/{case_id}/conferences/new",
        answer=answer,
        told_on="21-11-2026",
        members=members,
    )


def item(house: House) -> ConferenceCase:
    with house.stores.reading() as session:
        row = session.scalars(
            select(ConferenceCase).order_by(ConferenceCase.recorded_at.desc())
        ).first()
        assert row is not None
        session.expunge(row)
        return row


def states(house: House) -> list[str]:
    with house.stores.reading() as session:
        return sorted(session.scalars(select(Disclosure.state)))


def test_a_case_is_discussed_with_two_people_and_by_code(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = planned(lena, "lawyer", "city", "doctor")
    parse_page(lena.get("/conferences").text)
    assert 'href="/conferences"' in lena.get("/caseload").text
    parse_page(amina.get(f"/cases/{case_id}/conferences/new").text)
    made = asked(house, amina, case_id)
    assert made.status_code == 303, re.findall("(?s)error-summary.*?<ul.*?</ul>", made.text)  # type: ignore[attr-defined]
    assert states(house) == ["asked"] * 3, "nothing has left"
    assert "waits for the team lead" in amina.get(f"/cases/{case_id}").text
    approval = f"/cases/{case_id}/conferences/{item(house).id}/approval"
    assert post(amina, approval, answer="yes").status_code == 404  # type: ignore[attr-defined]

    assert post(lena, approval, answer="yes").status_code == 303  # type: ignore[attr-defined]
    assert states(house) == ["issued"] * 3
    [sheet, *_] = re.findall(
        rf'href="(/cases/{case_id}/left/[^"]+)">', lena.get(f"/cases/{case_id}").text
    )
    parse_page(lena.get(sheet).text)
    assert lena.get(f"{sheet}/paper.pdf").data.startswith(b"%PDF"), "printed from its record"
    code = lena.get(address).text
    parse_page(code)
    parse_page(lena.get(f"{address}/agenda").text)
    with house.stores.reading() as session:
        client_code = session.get_one(Case, case_id).client_code
    agenda = lena.get(f"{address}/agenda").text
    assert client_code in agenda
    assert world.CALL_NAME not in agenda + code, "never by name"


def test_the_values_are_coded_and_fixed_by_class(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    planned(lena, "lawyer", "city", "doctor")
    asked(house, amina, case_id)
    with house.stores.reading() as session:
        rows = session.execute(select(Disclosure.recipient_class, Disclosure.fields)).all()
    told = {kind: set(fields.split()) for kind, fields in rows}
    assert "scenario" in told["legal"]
    assert "scenario" not in told["care"]
    assert not {"own_name", "call_name"} & set().union(*told.values())
    with house.stores.reading_vault("de-haven") as vault:
        kept = " ".join(vault.scalars(select(DisclosedValues.fields)))
    for word in (world.CALL_NAME, world.FAMILY_NAME, world.NOTE, world.WISH):
        assert word not in kept


def test_what_was_decided_becomes_a_task(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = planned(lena, "city")
    asked(house, amina, case_id)
    post(lena, f"/cases/{case_id}/conferences/{item(house).id}/approval", answer="yes")
    page = f"{address}/cases/{item(house).id}/decision"
    parse_page(lena.get(page).text)
    assert post(lena, page).status_code == 422  # type: ignore[attr-defined]
    past = post(lena, page, decision="legal_advice", due_on="21-11-2026")
    assert (past.status_code, "has passed" in past.text) == (409, True)  # type: ignore[attr-defined]
    assert post(lena, page, decision="legal_advice", due_on="1-12-2026").status_code == 303  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        row = session.scalars(select(ConferenceResult)).one()
        task = session.get_one(Task, row.task_id)
        assert (task.kind, task.due_on, task.case_id) == ("lawyer", date(2026, 12, 1), case_id)
    assert "Ask for legal advice" in amina.get(f"/cases/{case_id}").text
    assert post(lena, f"{address}/held").status_code == 303  # type: ignore[attr-defined]
    assert "It was held" not in lena.get(address).text


@pytest.mark.parametrize("key", ["ind", "ngo"])
def test_others_have_no_seat(client_as: ClientAs, house: House, case_id: str, key: str) -> None:
    lena = english(client_as, cast.LENA)
    address = planned(lena)
    assert OFFICES[key][2] not in lena.get(address).text
    refused = post(lena, f"{address}/members", office=office(key), function="other")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    seat = ConferenceMember(
        conference_id=address.rsplit("/", 1)[1], office_id=office(key), kind=OFFICES[key][1],
        function="other", recorded_by="lena", recorded_at=cast.NOW, change_id=new_id(),
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        kept(house, seat)


def test_who_objects_is_not_discussed(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    planned(lena, "city")
    assert asked(house, amina, case_id, "objects").status_code == 303  # type: ignore[attr-defined]
    assert states(house) == []
    assert "the client objects" in amina.get(f"/cases/{case_id}").text
    again = asked(house, amina, case_id, "knows")
    assert (again.status_code, "objected" in again.text) == (409, True)  # type: ignore[attr-defined]
    assert asked(house, amina, case_id, "agrees").status_code == 303  # type: ignore[attr-defined]


def test_an_objection_afterwards_takes_back_what_left(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = planned(lena, "city", "lawyer")
    asked(house, amina, case_id)
    row = item(house).id
    post(lena, f"/cases/{case_id}/conferences/{row}/approval", answer="yes")
    off = f"/cases/{case_id}/conferences/{row}/off"
    parse_page(amina.get(off).text)
    assert post(amina, off, who="client").status_code == 303  # type: ignore[attr-defined]
    assert states(house) == ["withdrawn"] * 2
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
        kinds = list(session.scalars(select(Task.kind).where(Task.case_id == case_id)))
    assert kinds.count("tell_recipient") == 2
    assert code not in lena.get(f"{address}/agenda").text


def test_a_team_lead_may_say_no(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    planned(lena, "city")
    asked(house, amina, case_id)
    post(lena, f"/cases/{case_id}/conferences/{item(house).id}/approval", answer="no")
    assert states(house) == ["refused"]
    assert "the team lead said no" in amina.get(f"/cases/{case_id}").text


def test_a_restricted_case_is_on_no_agenda(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    planned(lena, "city")
    world.done(restrictions.restrict(cast.LENA.actor(), case_id, ["amina"], clock.now()))
    refused = asked(house, amina, case_id)
    assert (refused.status_code, "discussed at no conference" in refused.text) == (409, True)  # type: ignore[attr-defined]


def test_another_organisation_and_other_roles_find_nothing(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    address = planned(english(client_as, cast.LENA), "city")
    for colleague in (cast.AMINA, cast.PETRA, cast.NIGHT):
        assert client_as(colleague).get(address).status_code == 404
        assert client_as(colleague).get("/conferences").status_code == 404
    bram = client_as(cast.BRAM)
    assert bram.get(f"/cases/{case_id}/conferences/new").status_code == 404


def test_bad_input_is_told_in_one_sentence(client_as: ClientAs, house: House, case_id: str) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    past = post(lena, "/conferences", held_on="21-11-2026")
    assert (past.status_code, "has passed" in past.text) == (409, True)  # type: ignore[attr-defined]
    assert "No conference is planned." in amina.get(f"/cases/{case_id}/conferences/new").text
    address = planned(lena, "city")
    twice = post(lena, f"{address}/members", office=office("city"), function="other")
    assert (twice.status_code, "a seat already" in twice.text) == (409, True)  # type: ignore[attr-defined]
    page = f"/cases/{case_id}/conferences/new"
    ahead = post(amina, page, answer="knows", told_on="23-11-2026", members=[])
    assert (ahead.status_code, "has come" in ahead.text) == (409, True)  # type: ignore[attr-defined]
    none = post(amina, page, answer="knows", told_on="21-11-2026")
    assert (none.status_code, "at least one member" in none.text) == (409, True)  # type: ignore[attr-defined]
    assert re.search("Choose what the client said", post(amina, page).text)  # type: ignore[attr-defined]


def test_who_asked_is_never_the_second_person(house: House, case_id: str) -> None:
    amina = cast.AMINA.actor()
    case = gatekeeping.open_case(amina, case_id, clock.now())
    with pytest.raises(gatekeeping.NotKnown):
        conference_cases.put(
            amina, case, new_id(), Put(clock.today() - timedelta(days=1), Answer.KNOWS, ["x"]),
            disclosed_values.of, clock.now(),
        )  # fmt: skip
    assert Field.CLIENT_CODE in disclosed_values.recorded(case, [Field.CLIENT_CODE])


def test_a_chair_without_the_case_sees_a_code_and_only_what_stands_there(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena, kofi = (english(client_as, one) for one in (cast.AMINA, cast.LENA, cast.KOFI))
    address = planned(kofi, "city")
    asked(house, amina, case_id)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    assert code not in kofi.get(address).text, "nobody has agreed yet"
    post(lena, f"/cases/{case_id}/conferences/{item(house).id}/approval", answer="yes")
    shown = kofi.get(address).text
    assert code in shown
    assert world.CALL_NAME not in shown
    assert "Record a decision" in shown
    assert "Record a decision" not in lena.get(address).text, "the chair writes it down"
    world.done(restrictions.restrict(cast.LENA.actor(), case_id, ["amina"], clock.now()))
    assert code not in kofi.get(address).text
    page = f"{address}/cases/{item(house).id}/decision"
    assert post(kofi, page, decision="go_on").status_code == 404  # type: ignore[attr-defined]
