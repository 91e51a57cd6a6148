"""The list that a client takes home: functions, kinds of things, no names; only what is about this client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import gatekeeping, intake, own_lists
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.own_lists import OwnList, Period
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.accounts import RosterShift
from caseflow.storage.models.cases import BrokenGlass, Case
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned()


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def listed(case_id: str, by: Colleague = cast.AMINA, *, with_names: bool = False) -> OwnList:
    return own_lists.printed(
        by.actor(), case_id, "nl", Period.YEAR, clock.now(), with_names=with_names
    )


def lines(made: OwnList) -> list[str]:
    return [f"{one.who.text}: {one.what.text}" for day in made.days for one in day.lines]


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def words_of(text: str) -> str:
    main = re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1])
    return re.sub(r"\s+", " ", main)


def printed(client: FlaskClient, case_id: str, **choices: str) -> str:
    fields = {"period": "year", "in": "nl", **choices}
    answer = post(client, f"/cases/{case_id}/who-looked", **fields)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    return str(answer.text)  # type: ignore[attr-defined]


def test_the_list_is_found_on_the_case_and_made_in_both_languages(
    client_as: ClientAs, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    page = f"/cases/{case_id}/who-looked"
    assert page in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(page).text)
    dutch, english = printed(amina, case_id), printed(amina, case_id, **{"in": "en"})
    for text, language, says in (
        (dutch, "nl", "Uw begeleider opende uw dossier"),
        (english, "en", "Your caseworker opened your file"),
    ):
        shown = parse_page(text)
        assert f'<html lang="{language}"' in text
        assert says in words_of(text)
        assert world.CALL_NAME not in shown.title
    assert '<html lang="nl"' in amina.get("/caseload").text


def test_the_paper_carries_no_name_of_anybody(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    gatekeeping.open_case(cast.LENA.actor(), world.with_words(case_id), clock.now())
    main = words_of(printed(client_as(cast.AMINA), case_id))
    for name in (
        "Amina",
        "Lena",
        "Tess",
        world.CALL_NAME,
        world.FAMILY_NAME,
        world.NOTE,
        "06 1234",
    ):
        assert name not in main, name
    assert code_of(house, case_id) in main


def test_names_stand_on_it_only_where_they_were_asked_for_and_that_is_told(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    gatekeeping.open_case(cast.AMINA.actor(), case_id, clock.now())
    assert "Uw begeleider (Amina)" in words_of(printed(client_as(cast.AMINA), case_id, names="y"))
    [told] = audit_readings.page(house.stores, Wanted(events=frozenset({"looks_printed"})), most=9)
    assert (told.details["names"], told.details["language"]) == (True, "nl")
    assert (told.user_id, told.object_id, told.purpose) == ("amina", case_id, "case_team")
    assert world.CALL_NAME not in json.dumps(dict(told.details))


def test_everybody_who_looked_stands_there_in_their_function(house: House, case_id: str) -> None:
    at = clock.now()
    with builders.casework(house) as session:
        session.add(
            RosterShift(
                user_id="sara", organisation="de-haven", team_id="haven-east",
                starts_at=at, ends_at=at + timedelta(hours=8), entered_by="lena",
            )
        )  # fmt: skip
        session.add(
            BrokenGlass(
                case_id=case_id, user_id="mo", purpose="phone", from_at=at,
                until_at=at + timedelta(hours=4), change_id="glass",
            )
        )  # fmt: skip
    for colleague in (cast.AMINA, cast.BRAM, cast.LENA, cast.SARA, cast.MO, cast.KOFI, cast.TESS):
        gatekeeping.open_case(colleague.actor(), case_id, clock.now())
    made = listed(case_id)
    for function in (
        "Your caseworker", "A colleague of your caseworker", "The team lead of your caseworker",
        "A colleague on duty", "Somebody who does not work with you",
        "The coordinator of the shelter", "The intake desk",
    ):  # fmt: skip
        assert f"{function}: opened your file" in lines(made)
    first = made.days[0].lines[0]
    assert (first.who.text, first.emergency) == ("Somebody who does not work with you", True)
    assert first.why is not None
    assert first.why.text.startswith("The client, or somebody for them")


def test_what_one_could_see_is_said_in_kinds(case_id: str) -> None:
    gatekeeping.open_case(cast.BRAM.actor(), case_id, clock.now())
    [line] = [
        one
        for one in listed(case_id).days[0].lines
        if one.who.text == "A colleague of your caseworker"
    ]
    assert {one.text for one in line.things} >= {"the steps you take with us", "where you sleep"}
    assert "your name and date of birth" not in {one.text for one in line.things}


def test_nothing_of_another_client_is_on_it(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = world.assigned()
    amina = client_as(cast.AMINA)
    gatekeeping.open_case(cast.AMINA.actor(), case_id, clock.now() + timedelta(days=1))
    amina.get("/caseload")
    gatekeeping.open_case(cast.BRAM.actor(), other, clock.now())
    made = listed(case_id)
    assert "Your caseworker: saw your call name and code on a list" in lines(made)
    assert not any(one.startswith("A colleague of your") for one in lines(made))
    text = printed(amina, case_id)
    assert code_of(house, other) not in text
    assert other not in text


def test_an_attempt_that_showed_nothing_is_not_on_it(case_id: str) -> None:
    with pytest.raises(NotKnown):
        gatekeeping.open_case(cast.YUSUF.actor(), case_id, clock.now())
    intake.assign(cast.LENA.actor(), case_id, ("nobody",), clock.now())
    chosen = [one for one in lines(listed(case_id)) if one.endswith("chose who works with you")]
    assert chosen == ["The team lead of your caseworker: chose who works with you"]
    days = listed(case_id).days
    assert (
        sum(one.times for one in days[0].lines if one.what.text == "chose who works with you") == 1
    )


def test_how_often_and_how_many_people(case_id: str) -> None:
    before = listed(case_id)
    for _ in range(3):
        gatekeeping.open_case(cast.BRAM.actor(), case_id, clock.now())
    line = next(
        one for one in listed(case_id).days[0].lines if one.who.text.startswith("A colleague of")
    )
    assert (line.times, line.people) == (3, 1)
    assert not any(one.startswith("A colleague of") for one in lines(before))


def test_a_list_goes_back_as_far_as_was_asked(case_id: str) -> None:
    gatekeeping.open_case(cast.BRAM.actor(), case_id, clock.now())
    later = clock.now() + timedelta(days=100)
    short = own_lists.printed(cast.AMINA.actor(), case_id, "nl", Period.QUARTER, later)
    whole = own_lists.printed(cast.AMINA.actor(), case_id, "nl", Period.ALL, later)
    assert short.days == () or all(day.on > cast.NOW.date() for day in short.days)
    assert any(day.on == cast.NOW.date() for day in whole.days)


def test_a_list_that_is_cut_off_says_so(
    monkeypatch: pytest.MonkeyPatch, client_as: ClientAs, case_id: str
) -> None:
    monkeypatch.setattr(own_lists, "ACTS_AT_MOST", 1)
    assert listed(case_id).is_cut_off
    assert "De oudste dagen staan er niet op." in printed(client_as(cast.AMINA), case_id)


def test_only_the_case_team_and_its_lead_print_it(client_as: ClientAs, case_id: str) -> None:
    page = f"/cases/{case_id}/who-looked"
    for colleague in (cast.BRAM, cast.SARA, cast.KOFI, cast.YUSUF, cast.PETRA, cast.ADA):
        client = client_as(colleague)
        assert client.get(page).status_code == 404, colleague.id
        sent = post(client, page, period="year", **{"in": "nl"})
        assert sent.status_code == 404, colleague.id  # type: ignore[attr-defined]
        assert page not in client.get(f"/cases/{case_id}").text, colleague.id


def test_bad_input_comes_back_with_one_sentence(client_as: ClientAs, case_id: str) -> None:
    client = english(client_as, cast.AMINA)
    for fields in (
        {}, {"period": "year"}, {"period": "year", "in": "xx"}, {"in": "nl", "period": "9"},
    ):  # fmt: skip
        answer = post(client, f"/cases/{case_id}/who-looked", **fields)
        assert answer.status_code == 422, fields  # type: ignore[attr-defined]
        parse_page(answer.text)  # type: ignore[attr-defined]


def test_nothing_is_printed_where_it_cannot_be_told(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("the log is full")

    monkeypatch.setattr(own_lists.audit_log, "tell", broken)
    with pytest.raises(OSError, match="full"):
        listed(case_id)


def test_a_planted_leak_of_other_clients_is_found(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list made without asking for this client alone shows looks at another: the test above would see it."""
    other = world.assigned()
    gatekeeping.open_case(cast.BRAM.actor(), other, clock.now())
    real = audit_readings.page

    def careless(stores: object, wanted: Wanted, **more: object) -> object:
        return real(stores, Wanted(since=wanted.since), **more)  # type: ignore[arg-type]

    monkeypatch.setattr(own_lists.audit_readings, "page", careless)
    assert any(one.startswith("A colleague of your") for one in lines(listed(case_id)))
