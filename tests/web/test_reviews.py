"""Breaking the glass through the page, and reviewing it: told at once, by code, never closed empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.glass import FOUR_HOURS
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.cases import BrokenGlass, Case
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

REASON = "Their caseworker is ill and the hearing is in an hour."
FOUND = "Asked the colleague and saw the hearing on the calendar."


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


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def broken(house: House, client: FlaskClient, case_id: str, **more: str) -> object:
    asked = {"client_code": code_of(house, case_id), "purpose": "deadline", "reason": REASON}
    return post(client, "/glass", **(asked | more))


def without_token(answer: object) -> str:
    """A page without the token of its form, which is new every time."""
    return re.sub(r"[\w.-]+\.[\w-]{6}\.[\w-]{20,}", "token", answer.text)  # type: ignore[attr-defined]


def waiting(client: FlaskClient) -> list[str]:
    """Addresses of what waits on the page of the queue."""
    return re.findall(
        r'href="(/reviews/(?:glass|attention|weeks)/[^"]+)"', client.get("/reviews").text
    )


def test_a_case_opens_by_glass_says_so_and_closes_with_a_button(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    sara = english(client_as, cast.SARA)
    assert 'href="/glass"' in sara.get("/caseload").text
    parse_page(sara.get("/glass").text)
    assert sara.get(f"/cases/{case_id}").status_code == 404
    made = broken(house, sara, case_id)
    assert (made.status_code, made.location) == (303, f"/cases/{case_id}")  # type: ignore[attr-defined]
    page = sara.get(f"/cases/{case_id}").text
    parse_page(page)
    assert "Opened in an emergency until" in page
    assert world.FAMILY_NAME in page
    assert "Opened in an emergency" not in client_as(cast.AMINA).get(f"/cases/{case_id}").text

    post(sara, f"/cases/{case_id}/glass/close")
    assert sara.get(f"/cases/{case_id}").status_code == 404
    assert post(sara, f"/cases/{case_id}/glass/close").status_code == 404  # type: ignore[attr-defined]


def test_after_four_hours_the_page_is_gone(client_as: ClientAs, house: House, case_id: str) -> None:
    broken(house, client_as(cast.SARA), case_id)
    with clock.fixed(cast.NOW + FOUR_HOURS - timedelta(seconds=1)):
        assert client_as(cast.SARA).get(f"/cases/{case_id}").status_code == 200
    with clock.fixed(cast.NOW + FOUR_HOURS):
        assert client_as(cast.SARA).get(f"/cases/{case_id}").status_code == 404


BAD_INPUT = (
    ("no code", {"client_code": ""}, 422),
    ("no purpose", {"purpose": ""}, 422),
    ("a purpose that is not offered", {"purpose": "curious"}, 422),
    ("no reason", {"reason": " "}, 422),
    ("a reason of a few signs", {"reason": "x"}, 409),
)


def test_bad_input_is_said_in_a_sentence_and_nothing_typed_is_lost(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    sara = english(client_as, cast.SARA)
    for why, more, status in BAD_INPUT:
        answer = broken(house, sara, case_id, **more)
        assert answer.status_code == status, why  # type: ignore[attr-defined]
        assert "Please check this first" in answer.text  # type: ignore[attr-defined]
        parse_page(answer.text)  # type: ignore[attr-defined]
        assert "reason" in more or REASON in answer.text  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalars(select(BrokenGlass.id)).all() == []


def test_forms_that_are_not_complete_are_the_same_for_a_known_and_an_unknown_code(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    sara, code = english(client_as, cast.SARA), code_of(house, case_id)
    for one in ({"reason": ""}, {"purpose": ""}, {"reason": "x"}):
        more = one | {"once": "the same form"}
        known = broken(house, sara, case_id, **more)
        unknown = broken(house, sara, case_id, **(more | {"client_code": "ZZZZ-ZZZZ"}))
        assert without_token(known).replace(code, "ZZZZ-ZZZZ") == without_token(unknown)
        assert dict(known.headers) == dict(unknown.headers)  # type: ignore[attr-defined]


def test_a_sealed_vault_is_said_before_the_code_is_looked_up(
    client_as: ClientAs, sealed_house: House, house: House, case_id: str
) -> None:
    code, sara = code_of(house, case_id), english(client_as, cast.SARA)
    house.stores.forget_vaults()
    assert "once somebody has opened the vault" in sara.get("/glass").text
    known = broken(house, sara, case_id, once="same")
    unknown = broken(house, sara, case_id, once="same", client_code="ZZZZ-ZZZZ")

    assert known.status_code == unknown.status_code == 409  # type: ignore[attr-defined]
    assert without_token(known).replace(code, "ZZZZ-ZZZZ") == without_token(unknown)
    assert "The vault is sealed" in known.text  # type: ignore[attr-defined]
    assert REASON in known.text  # type: ignore[attr-defined]


def test_the_form_is_not_there_for_others(client_as: ClientAs) -> None:
    for colleague in (cast.KOFI, cast.NIGHT, cast.PETRA, cast.FEMKE, cast.ADA, cast.TESS):
        client = client_as(colleague)
        assert client.get("/glass").status_code == 404, colleague.id
        assert post(client, "/glass", client_code="x").status_code == 404, colleague.id  # type: ignore[attr-defined]


def test_the_queue_is_not_there_for_others(client_as: ClientAs) -> None:
    for colleague in cast.EVERYBODY:
        if colleague is not cast.PETRA:
            client = client_as(colleague)
            assert client.get("/reviews").status_code == 404, colleague.id
            assert client.get("/reviews/weeks/2026-11-16").status_code == 404, colleague.id


def test_the_privacy_officer_sees_it_at_once_and_reviews_it(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    petra = english(client_as, cast.PETRA)
    assert petra.get("/").location == "/reviews"
    assert "Reviews (1)" not in petra.get("/reviews").text
    sara = english(client_as, cast.SARA)
    broken(house, sara, case_id)
    sara.get(f"/cases/{case_id}")
    queue = petra.get("/reviews").text
    parse_page(queue)
    assert "Reviews (1)" in queue
    assert "Reviews (1)" in petra.get("/statistics/").text
    assert code_of(house, case_id) in queue
    assert world.CALL_NAME not in queue
    assert REASON not in queue, "words stand on the page of the item, told to the log by itself"

    [address] = waiting(petra)
    page = petra.get(address).text
    parse_page(page)
    assert REASON in page
    assert "Opened a file" in page
    assert "Broke the glass of a file" in page
    assert world.FAMILY_NAME not in page
    assert post(petra, address, verdict="justified").status_code == 422  # type: ignore[attr-defined]
    assert post(petra, address, found=FOUND).status_code == 422  # type: ignore[attr-defined]
    empty = post(petra, address, verdict="justified", found=" . ")
    assert (empty.status_code, "Say it in a sentence" in empty.text) == (409, True)  # type: ignore[attr-defined]
    assert post(petra, address, verdict="justified", found=FOUND).status_code == 303  # type: ignore[attr-defined]
    after = petra.get("/reviews").text
    parse_page(after)
    assert "Reviews (1)" not in after
    assert "Justified" in after
    assert FOUND in petra.get(address).text
    again = post(petra, address, verdict="not_justified", found=FOUND)
    assert (again.status_code, "reviewed this already" in again.text) == (409, True)  # type: ignore[attr-defined]


def test_an_unknown_code_stands_in_the_queue_and_its_signs_nowhere(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    sara, petra = english(client_as, cast.SARA), english(client_as, cast.PETRA)
    answer = broken(house, sara, case_id, client_code="QQQQ-7777")
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "Nobody of your organisation has this code" in answer.text  # type: ignore[attr-defined]
    [once] = re.findall(r'name="once"[^>]*value="([^"]+)"', answer.text)  # type: ignore[attr-defined]
    again = broken(house, sara, case_id, client_code="QQQQ-8888", once=once)
    assert "Nobody of your organisation" in again.text, "the next code is an act of its own"  # type: ignore[attr-defined]
    [address] = waiting(petra)
    page = petra.get(address).text
    parse_page(page)

    assert "Asked for a code that nobody here has" in page
    assert "QQQQ-7777" not in page + petra.get("/reviews").text
    assert post(petra, address, verdict="talked_about", found=FOUND).status_code == 303  # type: ignore[attr-defined]


def test_words_wait_while_the_vault_is_sealed_and_the_queue_does_not(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    petra = english(client_as, cast.PETRA)
    broken(house, english(client_as, cast.SARA), case_id)
    house.stores.forget_vaults()
    [address] = waiting(petra)
    page = petra.get(address).text
    refused = post(petra, address, verdict="justified", found=FOUND)

    assert REASON not in page
    assert "the vault is sealed" in page
    assert refused.status_code == 409  # type: ignore[attr-defined]
    assert FOUND in refused.text, "what was typed comes back"  # type: ignore[attr-defined]


def appointed(house: House, user_id: str, role: Role) -> None:
    with builders.casework(house) as session:
        session.add(
            RoleGrant(
                user_id=user_id, role=role, granted_by="system", seconded_by="system",
                granted_at=cast.NOW,
            )
        )  # fmt: skip


def test_nobody_reviews_their_own_look(client_as: ClientAs, house: House, case_id: str) -> None:
    broken(house, english(client_as, cast.SARA), case_id)
    appointed(house, "sara", Role.PRIVACY_OFFICER)
    sara, petra = english(client_as, cast.SARA), english(client_as, cast.PETRA)
    [address] = waiting(petra)
    page = sara.get("/reviews").text
    assert "your own look" in page
    assert "Reviews (1)" not in page
    assert "Nobody reviews their own looks" in sara.get(address).text
    refused = post(sara, address, verdict="justified", found=FOUND)

    assert (refused.status_code, "Nobody reviews their own looks" in refused.text) == (409, True)  # type: ignore[attr-defined]
    assert post(petra, address, verdict="justified", found=FOUND).status_code == 303  # type: ignore[attr-defined]


def test_the_fg_sees_by_code_and_closes_nothing(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    with builders.casework(house) as session:
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.user_id == "mo")):
            grant.role = Role.FG
    broken(house, english(client_as, cast.SARA), case_id)
    fg = english(client_as, cast.MO)
    [address] = waiting(fg)
    page = fg.get(address).text
    parse_page(page)

    assert code_of(house, case_id) in page
    assert REASON not in page
    assert "not visible for you" in page
    assert 'name="found"' not in page
    assert post(fg, address, verdict="justified", found=FOUND).status_code == 404  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalars(select(BrokenGlass.verdict)).all() == [None]


def test_another_organisations_officer_finds_nothing(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    appointed(house, "yusuf", Role.PRIVACY_OFFICER)
    broken(house, english(client_as, cast.SARA), case_id)
    petra, yusuf = english(client_as, cast.PETRA), english(client_as, cast.YUSUF)
    [address] = waiting(petra)
    guessed = "/reviews/glass/00000000-0000-4000-8000-000000000000"

    assert waiting(yusuf) == []
    assert yusuf.get(address).status_code == 404
    assert yusuf.get(address).text == yusuf.get(guessed).text
    assert post(yusuf, address, verdict="justified", found=FOUND).status_code == 404  # type: ignore[attr-defined]


def test_a_week_is_closed_through_the_page_once_nothing_older_waits(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    broken(house, client_as(cast.SARA), case_id)
    client_as(cast.AMINA).get(f"/cases/{case_id}")
    week = "/reviews/weeks/2026-11-16"
    assert english(client_as, cast.PETRA).get(week).status_code == 404, "it is not over"
    with clock.fixed(cast.NOW + timedelta(days=1)):
        petra = english(client_as, cast.PETRA)
        queue = petra.get("/reviews").text
        assert "Reviews (2)" in queue
        [glass] = [one for one in waiting(petra) if "glass" in one]
        page = petra.get(week).text
        parse_page(page)
        assert "case team" in page
        assert code_of(house, case_id) in page
        assert world.CALL_NAME not in page
        asked = {"verdict": "in_order", "found": FOUND}
        early = post(petra, week, **asked)
        assert (early.status_code, "First review what waits" in early.text) == (409, True)  # type: ignore[attr-defined]
        post(petra, glass, verdict="justified", found=FOUND)
        assert post(petra, week, verdict="in_order").status_code == 422  # type: ignore[attr-defined]
        assert post(petra, week, **asked).status_code == 303  # type: ignore[attr-defined]
        done = petra.get("/reviews").text
        parse_page(done)
        assert "Reviewed weeks" in done
        assert "Reviews (" not in done
        assert petra.get(week).status_code == 404
        again = post(petra, week, **asked)
        assert (again.status_code, again.location) == (303, "/reviews")  # type: ignore[attr-defined]
        assert "reviewed already" in petra.get("/reviews").text
    with clock.fixed(cast.NOW + timedelta(days=16)):
        assert "overdue" in english(client_as, cast.PETRA).get("/reviews").text
    for odd in ("tomorrow", "2026-11-17", "2026-13-01"):
        assert client_as(cast.PETRA).get(f"/reviews/weeks/{odd}").status_code == 404
