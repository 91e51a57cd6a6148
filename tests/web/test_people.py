"""Gender, age and language of a person can be put right, by the case team, and never over a colleague unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import gap_lists, people
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.people import PersonCodes
from caseflow.services.versions import Overtaken
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.cases import Client
from tests import builders, cast
from tests.gap_worlds import changed, complete
from tests.serving import ClientAs, post

WOMAN = PersonCodes("woman", "18-27", "ti", interpreter=True)


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(sealed_house: House) -> str:
    builders.hire_everybody(sealed_house)
    return complete(sealed_house, "EAST-2222", gender="unknown", age_band="unknown")


def stored(house: House) -> tuple[str, str, str | None, bool | None]:
    with house.stores.reading() as session:
        one = session.get_one(Client, "EAST-2222")
        return one.gender, one.age_band, one.language, one.interpreter


def sent(client: FlaskClient, case_id: str, **more: str) -> Any:
    page = client.get(f"/cases/{case_id}/person").get_data(as_text=True)
    [seen] = re.findall(r'name="seen"[^>]*value="(\d+)"', page)
    told = {
        "seen": seen,
        "gender": "woman",
        "age_band": "18-27",
        "language": "ti",
        "interpreter": "yes",
    }
    return post(client, f"/cases/{case_id}/person", **{**told, **more})


def test_the_case_team_puts_it_right_and_the_gap_is_gone(
    sealed_house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    page = amina.get("/to-complete?gap=no_gender").get_data(as_text=True)
    assert f"/cases/{case_id}/person" in page
    assert f"/cases/{case_id}/person" in amina.get(f"/cases/{case_id}").get_data(as_text=True)

    answer = sent(amina, case_id)

    assert answer.status_code in {302, 303}
    assert stored(sealed_house) == ("woman", "18-27", "ti", True)
    assert gap_lists.gaps(cast.AMINA.actor(), cast.NOW).nothing_is_missing
    wanted = Wanted(events=frozenset({"person_amended"}))
    [*_, told] = audit_readings.page(sealed_house.stores, wanted, most=3)
    assert "woman" not in repr(told)
    assert "18-27" not in repr(told)


def test_what_was_said_can_be_taken_back(
    sealed_house: House, client_as: ClientAs, case_id: str
) -> None:
    assert people.amend(cast.AMINA.actor(), case_id, WOMAN, cast.NOW) is None
    sent(
        client_as(cast.AMINA),
        case_id,
        gender="unknown",
        age_band="unknown",
        language="",
        interpreter="unknown",
    )
    assert stored(sealed_house) == ("unknown", "unknown", None, None)


def test_a_colleague_who_saved_meanwhile_is_not_overwritten_unseen(
    sealed_house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    man = PersonCodes("man", "38-47", None, interpreter=None)
    assert people.amend(cast.AMINA.actor(), case_id, man, cast.NOW) is None

    answer = sent(amina, case_id, seen="1")

    assert answer.status_code == 409
    assert stored(sealed_house)[0] == "man"
    text = answer.get_data(as_text=True)
    assert "38 tot en met 47" in text, "theirs stands beside one's own"
    assert 'value="2"' in text, "sent again, it was seen"
    found = people.amend(cast.AMINA.actor(), case_id, WOMAN, cast.NOW, seen=1)
    assert isinstance(found, Overtaken)
    assert people.amend(cast.AMINA.actor(), case_id, WOMAN, cast.NOW, seen=2) is None


def test_bad_input_keeps_nothing(sealed_house: House, client_as: ClientAs, case_id: str) -> None:
    for more, status in (
        ({"gender": "x"}, 422),
        ({"age_band": "200"}, 422),
        ({"language": "klingon"}, 422),
        ({"seen": "x"}, 409),
        ({"seen": ""}, 409),
    ):
        assert sent(client_as(cast.AMINA), case_id, **more).status_code == status, more
    assert stored(sealed_house)[:2] == ("unknown", "unknown")


def test_nobody_else_does_and_nothing_is_added_to_a_case_that_is_over(
    sealed_house: House, client_as: ClientAs, case_id: str
) -> None:
    for colleague in (cast.BRAM, cast.LENA, cast.SARA, cast.YUSUF, cast.KOFI, cast.FEMKE):
        assert client_as(colleague).get(f"/cases/{case_id}/person").status_code == 404
        with pytest.raises(NotKnown):
            people.amend(colleague.actor(), case_id, WOMAN, cast.NOW)
    changed(sealed_house, case_id, stage="closed")
    late: Any = post(
        client_as(cast.AMINA),
        f"/cases/{case_id}/person",
        seen="1",
        gender="woman",
        age_band="18-27",
    )
    assert late.status_code == 409
    assert stored(sealed_house)[0] == "unknown"
