"""The page of a case, and the pages of the acts on it, as each colleague of the cast meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from uuid import uuid4

import pytest
from flask import Flask, template_rendered
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase

from caseflow import clock
from caseflow.services.houses import House
from caseflow.web.forms.fields import read_day
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

ACTS = ("casework", "episodes", "proposals")
ENGLISH = {"Accept-Language": "en"}
STRANGERS = (
    cast.SARA,
    cast.MO,
    cast.YUSUF,
    cast.NOOR,
    cast.JORIS,
    cast.FEMKE,
    cast.PETRA,
    cast.ADA,
)
ON_THE_PAGE = [
    (cast.AMINA, "a caseworker on the case reads name, note and wish",
     (world.CALL_NAME, world.FAMILY_NAME, world.NOTE, world.WISH, "Havenhuis"), ()),
    (cast.LENA, "a team lead reads the file they opened",
     (world.CALL_NAME, world.FAMILY_NAME, world.NOTE), ()),
    (cast.KOFI, "a coordinator reads call name, stage and bed, not the name in the vault",
     (world.CALL_NAME, "in guidance", "Havenhuis", "Text only"),
     (world.FAMILY_NAME, world.NOTE, world.WISH, "06 1234", 'id="screening"')),
    (cast.BRAM, "a colleague of the team reads stage and bed, no words and no person",
     (world.CALL_NAME, "in guidance", "Havenhuis"),
     (world.FAMILY_NAME, world.NOTE, world.WISH, "Text only", 'id="person"', 'id="notes"')),
    (cast.TESS, "the desk reads who applied, not where they sleep",
     (world.CALL_NAME, world.FAMILY_NAME, "Text only"),
     (world.NOTE, world.WISH, "Havenhuis", 'id="shelter"', 'id="allowance"')),
]  # fmt: skip


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    [bed, *_] = builders.open_site(house)
    made = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, made, bed, days_ago=5)
    return made


def english(client_as: ClientAs, colleague: Colleague):  # type: ignore[no-untyped-def]
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def act_addresses(app: Flask, case_id: str) -> list[str]:
    """The address of every act on a case; a new one is covered the day it is added."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in ACTS:
            address = rule.rule.replace("<uuid:case_id>", case_id)
            found.append(re.sub(r"<uuid:\w+>", str(uuid4()), address))
    assert len(found) > 18
    return sorted(set(found))


def without_tokens(text: str) -> str:
    return re.sub(r'(?:name|content|value)="[^"]*"', "", text)


@pytest.mark.parametrize(("colleague", "sentence", "there", "absent"), ON_THE_PAGE)
def test_each_colleague_reads_their_parts(
    client_as: ClientAs,
    case_id: str,
    colleague: Colleague,
    sentence: str,
    there: tuple[str, ...],
    absent: tuple[str, ...],
) -> None:
    text = english(client_as, colleague).get(f"/cases/{case_id}").text
    assert [word for word in there if word not in text] == [], sentence
    assert [word for word in absent if word in text] == [], sentence
    page = parse_page(text)
    assert world.CALL_NAME not in page.title
    assert world.FAMILY_NAME not in page.title


def test_absent_and_forbidden_are_the_same_page(client_as: ClientAs, case_id: str) -> None:
    for colleague in STRANGERS:
        client = client_as(colleague)
        forbidden, absent = client.get(f"/cases/{case_id}"), client.get(f"/cases/{uuid4()}")
        assert (forbidden.status_code, absent.status_code) == (404, 404), colleague.id
        assert without_tokens(forbidden.text) == without_tokens(absent.text), colleague.id


def test_no_act_is_there_for_who_may_not_do_it(
    app: Flask, client_as: ClientAs, case_id: str
) -> None:
    for colleague in (cast.KOFI, cast.YUSUF, cast.SARA, cast.FEMKE, cast.ADA):
        client = client_as(colleague)
        token = {"csrf_token": _token(client)}
        for address in act_addresses(app, case_id):
            assert client.post(address, data=token).status_code == 404, (colleague.id, address)
            assert client.get(address).status_code in (404, 405), (colleague.id, address)


def _token(client: object) -> str:
    from tests.serving import csrf_token

    return csrf_token(client)  # type: ignore[arg-type]


def test_every_act_has_a_sound_page_whose_title_names_nobody(
    app: Flask, client_as: ClientAs, case_id: str
) -> None:
    opened = 0
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    for address in act_addresses(app, case_id):
        for client in (amina, lena):
            answer = client.get(address)
            if answer.status_code == 200:
                opened += 1
                page = parse_page(answer.text)
                assert world.CALL_NAME not in page.title
                assert "Error" not in answer.text
    assert opened >= 18


def test_templates_receive_no_row_of_a_store(app: Flask, client_as: ClientAs, case_id: str) -> None:
    contexts: list[dict[str, object]] = []

    def rendered(sender: Flask, template: object, context: dict[str, object], **_: object) -> None:
        contexts.append(dict(context))

    addresses = ["/caseload", "/applications/new", f"/cases/{case_id}"]
    with template_rendered.connected_to(rendered, app):
        for colleague in (cast.AMINA, cast.LENA, cast.TESS):
            for address in addresses:
                client_as(colleague).get(address)
    assert len(contexts) >= 7
    assert [name for context in contexts for name in rows_in(context)] == []


def rows_in(value: object, name: str = "", depth: int = 0) -> list[str]:
    """The names under which a mapped row lies in a value, however deep."""
    if isinstance(value, DeclarativeBase) or hasattr(type(value), "__mapper__"):
        return [name]
    if depth > 6:
        return []
    if isinstance(value, dict):
        inside = [(str(key), one) for key, one in value.items()]
    elif isinstance(value, list | tuple | set | frozenset):
        inside = [("", one) for one in value]
    elif is_dataclass(value) and not isinstance(value, type):
        inside = [(f.name, getattr(value, f.name)) for f in fields(value)]
    else:
        return []
    return [
        found
        for key, one in inside
        for found in rows_in(one, f"{name}.{key}" if key else name, depth + 1)
    ]


def test_a_row_that_reaches_a_template_is_found(house: House, case_id: str) -> None:
    from caseflow.storage.models.cases import Case

    with house.stores.reading() as session:
        row = session.get(Case, case_id)
        assert rows_in({"view": ({"case": row},)}) == [".view.case"]


def test_nothing_leaves_when_the_look_cannot_be_told(
    client_as: ClientAs, house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = client_as(cast.AMINA)
    monkeypatch.setattr(house.stores, "audit", create_engine("sqlite:////nowhere/audit.db"))
    for address in (f"/cases/{case_id}", "/caseload", f"/cases/{case_id}/notes/new"):
        answer = amina.get(address)
        assert answer.status_code == 503, address
        assert world.CALL_NAME not in answer.text


def test_a_note_that_is_refused_comes_back_with_every_word(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    address = f"/cases/{case_id}/notes/new"
    shape = post(amina, address, kind="phone", contact_on="40-13-2026", words="Called twice.")
    assert shape.status_code == 422
    assert "This is not a day" in shape.text
    assert "Called twice." in shape.text
    rule = post(amina, address, kind="phone", contact_on="24-12-2026", words="Called twice.")
    assert rule.status_code == 409
    assert "lies in the future" in rule.text
    assert "Called twice." in rule.text


def test_fields_that_nobody_offered_are_ignored(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    kept = post(
        amina, f"/cases/{case_id}/notes/new", kind="phone", contact_on="22-11-2026",
        words="Called back.", recorded_by="lena", organisation="het-kompas", case_id=str(uuid4()),
    )  # fmt: skip
    assert kept.status_code == 303
    text = amina.get(f"/cases/{case_id}").text
    assert "Called back." in text
    assert re.search(r"Called back\.</p>\s*<p[^>]*>Amina", text)


def test_an_option_that_nobody_offered_is_refused(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    answer = post(amina, f"/cases/{case_id}/scenario", scenario="deport", on="22-11-2026")
    assert answer.status_code == 422
    assert "Choose one of the options." in answer.text


def test_words_typed_while_the_vault_is_sealed_stay_on_the_page(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    house.stores.forget_vaults()
    answer = post(
        amina, f"/cases/{case_id}/notes/new", kind="phone", contact_on="22-11-2026",
        words="Keep this sentence.",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "The vault is sealed" in answer.text
    assert "Keep this sentence." in answer.text


def test_a_sealed_vault_leaves_stages_dates_and_decisions(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    house.stores.forget_vaults()
    text = english(client_as, cast.AMINA).get(f"/cases/{case_id}").text
    assert "The vault is sealed" in text
    assert world.FAMILY_NAME not in text
    assert world.CALL_NAME in text
    assert "in guidance" in text


def test_an_act_that_is_not_possible_today_gives_its_reason_instead_of_a_button(
    client_as: ClientAs, case_id: str
) -> None:
    text = english(client_as, cast.AMINA).get(f"/cases/{case_id}").text
    assert f"/cases/{case_id}/proposals/extension" not in text
    assert "Propose an extension once it comes near." in text


def test_the_criteria_are_asked_in_the_language_of_the_reader(
    client_as: ClientAs, case_id: str
) -> None:
    address = f"/cases/{case_id}/screening"
    amina = client_as(cast.AMINA)
    post(amina, "/language", language="nl")
    assert "Heeft geen verblijfsrecht" in amina.get(address).text
    post(amina, "/language", language="en")
    assert "Has no right of residence" in amina.get(address).text
    kept = post(amina, address, on="2026-11-22", **{"criterion-no-right-of-residence": "no"})
    assert kept.status_code == 303


@pytest.mark.parametrize("typed", ["03-02-2026", "3-2-2026", "2026-02-03", " 3/2/2026 "])
def test_a_day_is_read_in_the_ways_people_write_it(typed: str) -> None:
    assert read_day(typed).isoformat() == "2026-02-03"


@pytest.mark.parametrize("typed", ["31-02-2026", "2-3-26", "tomorrow", "2026-13-01", ""])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_day(typed)


def test_an_application_is_withdrawn_on_its_page_and_the_button_leaves_with_it(
    client_as: ClientAs, house: House
) -> None:
    builders.hire_everybody(house)
    case_id = world.screened(days_ago=10)
    address = f"/cases/{case_id}/withdrawal"
    for colleague in (cast.AMINA, cast.TESS):
        assert address in english(client_as, colleague).get(f"/cases/{case_id}").text
    amina = english(client_as, cast.AMINA)
    assert "Withdraw the application" in amina.get(address).text
    assert post(amina, address, on="22-11-2026").status_code == 303
    text = amina.get(f"/cases/{case_id}").text
    assert "application withdrawn" in text
    assert address not in text
    assert post(amina, address, on="22-11-2026").status_code == 409
