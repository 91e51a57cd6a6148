"""A form that is sent a second time, by Back or by an impatient finger, keeps nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from caseflow import clock
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from caseflow.storage import changes
from caseflow.storage.models.cases import Client
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned(days_ago=10)


def own_id(page: str) -> str:
    """The random id of the form on a page."""
    [found] = re.findall(r'name="once"[^>]*value="([0-9a-f]{32})"', page)
    return str(found)


def notes(case_id: str) -> list[str]:
    found = gatekeeping.open_case(cast.AMINA.actor(), case_id, clock.now()).notes
    assert isinstance(found, tuple)
    return [one.words for one in found]


NOTE = {"kind": "visit", "contact_on": "22-11-2026", "words": "Came by for a coffee."}


def test_a_note_that_is_sent_twice_is_kept_once_and_the_page_says_so(
    client_as: ClientAs, case_id: str
) -> None:
    amina, page = client_as(cast.AMINA), f"/cases/{case_id}/notes/new"
    once = own_id(amina.get(page).text)
    assert post(amina, page, once=once, **NOTE).status_code == 303  # type: ignore[attr-defined]
    again = post(amina, page, once=once, **NOTE)
    assert again.status_code == 303  # type: ignore[attr-defined]
    assert "niets dubbel bewaard" in amina.get(f"/cases/{case_id}").text
    assert notes(case_id) == ["Came by for a coffee."]
    other = own_id(amina.get(page).text)
    assert other != once
    post(amina, page, once=other, **NOTE)
    assert len(notes(case_id)) == 2


def test_a_form_that_was_refused_can_be_sent_again(client_as: ClientAs, case_id: str) -> None:
    amina, page = client_as(cast.AMINA), f"/cases/{case_id}/notes/new"
    once = own_id(amina.get(page).text)
    wrong = post(amina, page, once=once, **{**NOTE, "contact_on": "1-1-2031"})
    assert wrong.status_code == 409  # type: ignore[attr-defined]
    assert own_id(wrong.text) == once  # type: ignore[attr-defined]
    assert post(amina, page, once=once, **NOTE).status_code == 303  # type: ignore[attr-defined]
    assert len(notes(case_id)) == 1


def test_nobody_is_registered_twice_by_one_form(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    tess, page = client_as(cast.TESS), "/applications/new"
    once = own_id(tess.get(page).text)
    asked = {
        "programme": "waterstad-lvv", "call_name": "Amber", "applied_on": "22-11-2026",
        "gender": "unknown", "age_band": "unknown", "team": "haven-east", "once": once,
    }  # fmt: skip
    assert post(tess, page, **asked).status_code == 303  # type: ignore[attr-defined]
    assert post(tess, page, **asked).status_code == 409  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        known = select(func.count()).where(Client.call_name == "Amber")
        assert session.scalar(known) == 1


@pytest.mark.parametrize("once", ["", "x", "0" * 31, "0" * 33, "' OR 1=1 --", "Z" * 32])
def test_what_is_no_id_of_ours_is_no_form(client_as: ClientAs, case_id: str, once: str) -> None:
    amina, page = client_as(cast.AMINA), f"/cases/{case_id}/notes/new"
    for count in (1, 2):
        post(amina, page, once=once, **NOTE)
        assert len(notes(case_id)) == count


def test_a_change_that_forgets_to_ask_keeps_it_twice(
    client_as: ClientAs, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard above can fail."""
    monkeypatch.setattr(changes, "_not_done_yet", lambda *_: None)
    amina, page = client_as(cast.AMINA), f"/cases/{case_id}/notes/new"
    for _ in range(2):
        post(amina, page, once="0" * 32, **NOTE)
    assert len(notes(case_id)) == 2
