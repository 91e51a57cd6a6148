"""Pages of demands: who comes where, what each form answers to bad input, and what nobody learns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from caseflow import clock
from caseflow.domain.demand_codes import DemandOutcome, Verdict
from caseflow.services import demand_acts, demand_decisions, demands
from caseflow.services.demand_decisions import Said
from caseflow.services.houses import House
from caseflow.storage.models.demands import Demand
from tests import case_worlds as world
from tests import cast
from tests import demand_worlds as asked
from tests.cast import Colleague
from tests.demand_worlds import DIRK, DORA, FRANK, NAMED, done
from tests.pages import parse_page
from tests.serving import ClientAs, post

FIELDS = {
    "authority": "police", "how": "letter", "received_on": "22-11-2026", "received_at": "8:30", "power": "recorded",
    "scope": "one_person", "reference": "pl1300-2026012345",
}  # fmt: skip
READ = {
    "authority": "prosecution", "power": "recorded", "is_signed": "y", "scope": "one_person", "version": "1",
    "named": [one.value for one in NAMED],
}  # fmt: skip
TOKENS = re.compile(r'(csrf[_-]token" (?:content|value)=")[^"]+|name="once"[^>]*>')


@pytest.fixture(autouse=True)
def staff(house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        asked.hire(house)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def written(client: FlaskClient, **fields: str) -> str:
    made = post(client, "/demands/new", **FIELDS | fields)
    assert made.status_code == 303, made.text  # type: ignore[attr-defined]
    return str(made.headers["Location"])  # type: ignore[attr-defined]


def status(answer: object) -> int:
    return int(answer.status_code)  # type: ignore[attr-defined]


def test_from_the_letter_on_the_mat_to_what_is_handed_over(
    client_as: ClientAs, house: House
) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code = asked.code_of(house, case_id)
    night, petra, dora = (english(client_as, one) for one in (cast.NIGHT, cast.PETRA, DORA))
    address = written(night)
    parse_page(night.get(address).text)
    assert "PL1300-2026012345" in night.get(address).text
    paper = night.get(f"{address}/answer-nl.pdf")
    assert paper.data[:5] == b"%PDF-"
    assert "brief.pdf" in paper.headers["Content-Disposition"]
    assert status(post(night, f"{address}/answered", answered_how="handed_over")) == 303
    assert status(post(night, f"{address}/text", words=asked.TEXT)) == 303
    assert "Markerson" not in night.get(address).text
    assert status(post(petra, f"{address}/reading", **READ | {"version": "2"})) == 303
    parse_page(dora.get(f"{address}/decision").text)
    assert status(post(dora, f"{address}/decision", verdict="comply")) == 303
    part = {"verdict": "partly", "part": ["own_name", "gender"], "why": "Not the birth date."}
    assert status(post(petra, f"{address}/decision", **part)) == 303
    lawyer = {"verdict": "comply", "decided_on": "22-11-2026", "reference": "2026-117-04"}
    assert status(post(petra, f"{address}/lawyer", **lawyer)) == 303
    assert status(post(petra, f"{address}/client", client_code=code.lower())) == 303
    assert "Linked to client codes: 1" in petra.get(address).text
    assert code not in petra.get(address).text + dora.get(address).text
    too_much = {"part": ["own_name", "gender", "birth_date"]}
    assert status(post(petra, f"{address}/hand-over", **too_much)) == 422
    assert status(post(petra, f"{address}/hand-over", part=["own_name", "gender"])) == 303
    assert petra.get(f"{address}/release").status_code == 404
    second = dora.get(f"{address}/release")
    parse_page(second.text)
    assert "Own name" in second.text
    assert status(post(dora, f"{address}/release")) == 303, dora.get(address).text
    shown = petra.get(address).text
    parse_page(shown)
    assert "Handed over in part" in shown
    assert petra.get(f"{address}/documents/1.pdf").data[:5] == b"%PDF-"
    assert dora.get(f"{address}/documents/1.pdf").status_code == 404
    assert "not seen by the FG" in english(client_as, FRANK).get("/demands").text


SEES = [
    ("who wrote it down", cast.NIGHT, 200), ("director", DORA, 200), ("privacy officer", cast.PETRA, 200),
    ("the FG", FRANK, 200), ("another night worker's colleague", cast.KOFI, 404), ("a caseworker", cast.AMINA, 404),
    ("another organisation's director", DIRK, 404), ("the funder", cast.FEMKE, 404),
    ("the administrator", cast.ADA, 404),
]  # fmt: skip


def test_who_comes_where(client_as: ClientAs, house: House) -> None:
    demand_id = asked.recorded()
    done(demand_acts.write(cast.NIGHT.actor(), demand_id, asked.TEXT, clock.now()))
    for why, colleague, expected in SEES:
        client = english(client_as, colleague)
        page = client.get(f"/demands/{demand_id}")
        assert page.status_code == expected, why
        reads = colleague in (DORA, cast.PETRA)
        assert ("Markerson" in page.text) is reads, why
        listed = client.get("/demands")
        assert (demand_id in listed.text) is (expected == 200), why
        table = client.get("/demands/table").status_code
        assert (table == 200) is (colleague in (DORA, cast.PETRA, FRANK, DIRK)), why
        for act in ("reading", "decision", "lawyer", "silence", "client", "hand-over", "release"):
            answer = client.get(f"/demands/{demand_id}/{act}").status_code
            is_hers = colleague is cast.PETRA and act in ("reading", "silence")
            assert answer == (200 if is_hers else 404), (why, act)


def test_bad_input_is_answered_with_a_sentence_and_keeps_nothing(
    client_as: ClientAs, house: House
) -> None:
    night = english(client_as, cast.NIGHT)
    parse_page(night.get("/demands/new").text)
    for field, value, expected in (
        ("authority", "", 422), ("authority", "spy", 422), ("how", "dream", 422), ("received_on", "31-2-2026", 422),
        ("received_on", "23-11-2026", 409), ("received_on", "1-1-2020", 409), ("received_at", "25:00", 422),
        ("received_at", "half past", 422), ("power", "because", 422), ("scope", "everything", 422),
        ("reference", "Adebayo Markerson", 409), ("reference", "x" * 41, 422),
    ):  # fmt: skip
        answer = post(night, "/demands/new", **FIELDS | {field: value})
        assert status(answer) == expected, (field, value)
        parse_page(answer.text)  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalar(select(func.count(Demand.id))) == 0


def test_bad_input_to_who_reads_and_decides(client_as: ClientAs, house: House) -> None:
    petra, dora = english(client_as, cast.PETRA), english(client_as, DORA)
    address = f"/demands/{asked.recorded()}"
    for field, value, expected in (
        ("power", "", 422), ("named", ["words"], 422), ("named", ["health_needs"], 409), ("named", [], 409),
        ("is_signed", "", 409), ("version", "9", 409), ("reference", "Markerson", 409), ("answer_by", "1-1-2020", 409),
    ):  # fmt: skip
        sent = {key: one for key, one in (READ | {field: value}).items() if one != ""}
        assert status(post(petra, f"{address}/reading", **sent)) == expected, (field, value)
    assert status(post(petra, f"{address}/reading", **READ)) == 303
    assert status(post(petra, f"{address}/lawyer", verdict="comply")) == 422
    named = {"verdict": "comply", "decided_on": "22-11-2026", "reference": "Mr. Oak"}
    assert status(post(petra, f"{address}/lawyer", **named)) == 409
    assert status(post(dora, f"{address}/decision", verdict="partly")) == 409
    assert status(post(dora, f"{address}/decision", verdict="partly", part=["phone"])) == 422
    assert status(post(petra, f"{address}/silence", ground="criminal", review_on="1-6-2027")) == 409
    assert status(post(petra, f"{address}/silence", ground="fun", review_on="1-12-2026")) == 422
    settled = post(petra, f"{address}/settled", outcome="complied")
    assert status(settled) == 303
    assert "Choose one of the options" in petra.get(address).text


def test_a_demand_about_nobody_is_the_same_page(client_as: ClientAs, house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code = asked.code_of(house, case_id)
    petra, pages = english(client_as, cast.PETRA), []
    for about in (code, "ZZZZ-2222"):
        demand_id = asked.recorded()
        done(asked.read(demand_id))
        asked.decided(demand_id, Said(Verdict.REFUSE))
        assert status(post(petra, f"/demands/{demand_id}/client", client_code=about)) == 303
        page = TOKENS.sub("", petra.get(f"/demands/{demand_id}").text.split("<main")[1])
        pages.append(page.replace(demand_id, "id").replace(about, "code"))
    assert pages[0] == pages[1]
    assert status(post(petra, f"/demands/{demand_id}/client", client_code="Blue")) == 409
    back = post(petra, f"/demands/{demand_id}/client/back", client_code="ZZZZ-2222")
    assert status(back) == 303
    assert "Linked to client codes: 0" in petra.get(f"/demands/{demand_id}").text


def test_sealed_the_codes_go_on_and_the_words_wait(client_as: ClientAs, house: House) -> None:
    petra, night = english(client_as, cast.PETRA), english(client_as, cast.NIGHT)
    address = written(night)
    house.stores.forget_vaults()
    assert "The words are in the vault, which is sealed" in petra.get(address).text
    assert night.get(f"{address}/answer-en.pdf").data[:5] == b"%PDF-"
    waiting = post(night, f"{address}/text", words=asked.TEXT)
    assert (status(waiting), asked.TEXT in waiting.text) == (409, True)  # type: ignore[attr-defined]


def test_from_the_door_by_one_click(client_as: ClientAs, house: House) -> None:
    night, petra = english(client_as, cast.NIGHT), english(client_as, cast.PETRA)
    door = str(post(night, "/door").headers["Location"])  # type: ignore[attr-defined]
    page = night.get(door).text
    [way] = re.findall(r'action="(/demands/from-door/[^"]+)"', page)
    made = post(night, way)
    assert status(made) == 303
    assert "At the door" in night.get(str(made.headers["Location"])).text  # type: ignore[attr-defined]
    assert way in petra.get("/doors").text
    assert str(post(petra, way).headers["Location"]) == str(made.headers["Location"])  # type: ignore[attr-defined]


def test_a_search_shows_what_to_do_and_the_button_that_seals(
    client_as: ClientAs, house: House
) -> None:
    night = english(client_as, cast.NIGHT)
    address = written(night, power="seizure", how="in_person")
    page = night.get(address).text
    assert "/vault/seal" in page
    assert "Stop nobody" in page
    taken = {
        "kind": "computer",
        "how_many": "1",
        "taken_on": "22-11-2026",
        "taken_at": "09:00",
        "digest": "A" * 64,
    }
    parse_page(night.get(f"{address}/taken").text)
    assert status(post(night, f"{address}/taken", **taken)) == 303
    assert "a" * 64 in night.get(address).text
    assert status(post(night, f"{address}/taken", **taken | {"how_many": "x"})) == 422
    assert status(post(night, f"{address}/taken", **taken | {"digest": "abc"})) == 409
    frank = english(client_as, FRANK)
    assert status(post(frank, f"{address}/seen")) == 303
    assert "not seen by the FG" not in frank.get("/demands").text


def test_a_late_review_stands_in_the_navigation_of_the_privacy_officer(
    client_as: ClientAs, house: House
) -> None:
    demand_id, petra = asked.recorded(power="none"), cast.PETRA.actor()
    done(asked.read(demand_id, power="none", named=frozenset()))
    done(demand_acts.settle(petra, demand_id, DemandOutcome.REFUSED, clock.now()))
    ask_on = clock.today().replace(day=23)
    done(demand_decisions.keep_silent(petra, demand_id, "criminal", ask_on, clock.now()))
    client = english(client_as, cast.PETRA)
    assert "ask silence again" not in client.get("/demands").text
    with clock.fixed(cast.NOW.replace(day=23)):
        client = english(client_as, cast.PETRA)
        assert "ask silence again" in client.get("/demands").text
        assert "Demands (1)" in client.get("/reviews").text
        assert "The review is due" in client.get(f"/demands/{demand_id}").text


def test_a_guard_that_is_gone_is_found(
    client_as: ClientAs, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand_id = asked.recorded()
    kofi = english(client_as, cast.KOFI)
    assert kofi.get(f"/demands/{demand_id}").status_code == 404
    monkeypatch.setattr(demands, "seen_by", lambda actor: Demand.organisation == actor.organisation)
    assert kofi.get(f"/demands/{demand_id}").status_code == 200
