"""The panel of who somebody says they are, and its acts: names, birth date, papers, mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

SCRIPTS = (
    "محمد الحسيني",
    "ተስፋይ ገብረ",
    "Сергей Йовчев",
    "Nguye\u0302\u0303n",  # composed of three signs, and kept so
    "نوشین\u200cزاده",  # a joiner that Persian needs
    "שלום",
    "O'Brien <b>",
)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned()


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, page: str, **fields: str) -> tuple[int, str]:
    answer = post(client, page, **fields)
    return answer.status_code, answer.text  # type: ignore[attr-defined]


def test_names_in_any_script_come_back_as_they_were_typed(
    case_id: str, client_as: ClientAs
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/identity"
    parse_page(amina.get(f"{page}/names").text)
    for name in SCRIPTS:
        assert sent(amina, f"{page}/names", name=name, kind="spelling")[0] == 303
    shown = amina.get(f"/cases/{case_id}").text
    parse_page(shown)
    for name in SCRIPTS:
        typed = name.replace("'", "&#39;").replace("<b>", "&lt;b&gt;")
        assert f">{typed}</bdi>" in shown, name
    assert '<bdi lang="und-Arab">محمد الحسيني</bdi>' in shown
    assert '<bdi lang="und-Ethi">' in shown
    for typed in ("muhammad hoseini", "Tesfai", "sergej", "nguyen"):
        assert "Blue" in sent(amina, "/caseload", find=typed)[1], typed
    assert "Blue" not in sent(amina, "/caseload", find="Bartholomeus")[1]


def test_a_mistaken_name_stays_struck_through_and_finds_nobody(
    case_id: str, client_as: ClientAs
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}"
    sent(amina, f"{page}/identity/names", name="Wrongly", kind="alias")
    assert "Blue" in sent(amina, "/caseload", find="wrongly")[1]
    [mistake] = re.findall(r'href="([^"]+/identity/mistakes/[^"]+)"', amina.get(page).text)
    parse_page(amina.get(mistake).text)
    assert sent(amina, mistake)[0] == 303
    assert re.search(r"<del><bdi[^>]*>Wrongly</bdi></del>", amina.get(page).text)
    assert "Blue" not in sent(amina, "/caseload", find="wrongly")[1]
    assert sent(amina, mistake)[0] == 409
    assert sent(client_as(cast.SARA), mistake)[0] == 404


def test_a_paper_is_seen_by_kind_and_day_and_the_log_knows_no_name(
    case_id: str, client_as: ClientAs, house: House
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}"
    sent(amina, f"{page}/identity", given_names="Ilse", birth_year="1990")
    form = amina.get(f"{page}/identity/papers").text
    parse_page(form)
    assert "number" not in form.replace("The number is not written down", "").replace(
        "never a number", ""
    )
    done = sent(
        amina, f"{page}/identity/papers", kind="passport", agrees="same", seen_on="20-11-2026"
    )
    assert done[0] == 303
    shown = amina.get(page).text
    assert "Passport: the same as they say." in shown
    assert "Seen by Amina on 20-11-2026" in shown
    wanted = Wanted(events=frozenset({"paper_seen"}))
    [told] = {str(one.details) for one in audit_readings.page(house.stores, wanted, most=9)}
    assert "passport" in told


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"birth_date": "31-02-1990"}, "a day that does not exist"),
    ({"birth_date": "03-1990"}, "where only the year is known"),
    ({"birth_date": "1990"}, "where only the year is known"),
    ({"birth_year": "90"}, "between 1900 and this year"),
    ({"birth_year": "circa"}, "not a whole number"),
    ({"birth_date": "3-2-1990", "birth_precision": "convention"}, "is not 1 January"),
    ({"birth_date": "3-2-2040"}, "lies in the future"),
    ({}, "Nothing was filled in"),
    ({"also_known_as": " , ;"}, "Nothing was filled in"),
)


def test_bad_input_is_refused_with_a_sentence_and_stays_on_the_page(
    case_id: str, client_as: ClientAs
) -> None:
    amina = english(client_as(cast.AMINA))
    for typed, because in WRONG:
        status, text = sent(amina, f"/cases/{case_id}/identity", **typed)
        parse_page(text)
        assert status in (409, 422), typed
        assert because in text, typed
        assert all(value in text for value in typed.values() if value.strip(" ,;")), typed


def test_a_birth_date_stands_as_far_as_it_is_known(case_id: str, client_as: ClientAs) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}"
    for fields, says in (
        ({"birth_year": "1990", "birth_precision": "estimated"}, "about 1990"),
        ({"birth_date": "1-1-1991", "birth_precision": "convention"}, "1991 (1 January on paper"),
        ({"birth_date": "29-2-1992"}, "29-02-1992"),
    ):
        form = amina.get(f"{page}/identity").text
        [based_on] = re.findall(r'name="based_on" type="hidden" value="([^"]*)"', form)
        assert sent(amina, f"{page}/identity", based_on=based_on, **fields)[0] == 303
        assert says in amina.get(page).text


def test_two_people_who_save_at_once_lose_nothing(case_id: str, client_as: ClientAs) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/identity"
    assert sent(amina, page, given_names="Ilse", family_name="Visser")[0] == 303
    form = amina.get(page).text
    assert 'value="Visser"' in form, "what is recorded is filled in"
    [stale] = re.findall(r'name="based_on" type="hidden" value="([^"]+)"', form)
    assert sent(amina, page, given_names="Ilse", family_name="Smit", based_on=stale)[0] == 303
    status, text = sent(amina, page, given_names="Else", based_on=stale)
    assert (status, "Smit" in text, 'value="Else"' in text) == (409, True, True)
    [fresh] = re.findall(r'name="based_on" type="hidden" value="([^"]+)"', text)
    assert sent(amina, page, given_names="Else", based_on=fresh)[0] == 303


def test_nobody_else_writes_down_who_somebody_is(case_id: str, client_as: ClientAs) -> None:
    for colleague in (cast.BRAM, cast.LENA, cast.SARA, cast.KOFI, cast.NOOR, cast.YUSUF):
        for page in ("identity", "identity/names", "identity/papers"):
            client = client_as(colleague)
            assert client.get(f"/cases/{case_id}/{page}").status_code == 404, (colleague.id, page)
            assert sent(client, f"/cases/{case_id}/{page}", name="Ilse", kind="alias")[0] == 404


def test_while_the_vault_is_sealed_the_panel_says_so(
    case_id: str, client_as: ClientAs, house: House
) -> None:
    amina = english(client_as(cast.AMINA))
    house.stores.forget_vaults()
    assert "cannot be read now" in amina.get(f"/cases/{case_id}").text
    assert sent(amina, f"/cases/{case_id}/identity/names", name="Ilse", kind="alias")[0] == 409
