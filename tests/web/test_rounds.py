"""The round of the night on its page: a plain form, an answer in one sentence, and nobody's list but one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.services import gatekeeping, houses
from caseflow.services.houses import House
from caseflow.storage.models.shelter import Placement
from caseflow.web import copied_files
from tests import builders, cast
from tests.cast import Colleague
from tests.pages import in_both_languages, parse_page, screenshot, visit
from tests.services.placing import YESTERDAY, person, place, staffed
from tests.services.test_rounds import EVENING, NADIA, RIA
from tests.serving import ClientAs, post, sign_in

PAGE = "/night-round"


@pytest.fixture(autouse=True)
def evening(sealed_house: House) -> Iterator[dict[str, str]]:
    """Blue and Red sleep at the house; answers their stays."""
    with clock.fixed(EVENING):
        beds = staffed(sealed_house)
        builders.open_site(sealed_house, "zeezicht")
        builders.hire(sealed_house, RIA, NADIA)
        yield {
            name: place(person(name), bed, YESTERDAY).placement_id
            for name, bed in zip(("Blue", "Red"), beds, strict=False)
        }


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def sent(client: FlaskClient, stays: dict[str, str], **said: str) -> TestResponse:
    """Sends the round with what is said of each; whoever is not named is there."""
    fields = {"site": "havenhuis", "night": "2026-11-22"}
    for name, stay in stays.items():
        state, _, why = said.get(name, "there").partition(":")
        fields |= {f"at-{stay}": state, f"why-{stay}": why or "other", f"was-{stay}": "there"}
    answer = post(client, PAGE, **fields)
    assert isinstance(answer, TestResponse)
    return answer


def pressed(text: str) -> list[str]:
    return re.findall(r'type="radio" name="at-[^"]+" value="(\w+)" checked', text)


def test_b13_the_page_first_says_what_is_owed_and_then_lists_everybody_as_they_were(
    client_as: ClientAs,
) -> None:
    nadia = english(client_as, NADIA)
    first = nadia.get(PAGE).text
    parse_page(first)
    assert "Nobody has decided whether this site owes a night register" in first
    assert "Blue" not in first
    listed = nadia.get(f"{PAGE}?read=yes").text
    parse_page(listed)
    assert pressed(listed) == ["there", "there"]
    assert "Blue" in listed
    assert "Blue" not in re.findall(r"<title>(.*?)</title>", listed)[0]


def test_b13_without_javascript_it_is_a_plain_form_that_comes_back_to_the_round(
    client_as: ClientAs, evening: dict[str, str]
) -> None:
    nadia = english(client_as, NADIA)
    answer = sent(nadia, evening, Red="not_there")
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?site=havenhuis&night=2026-11-22")
    page = nadia.get(answer.location).text
    assert "The round is kept at 23:00 (people: 2)." in page
    assert pressed(page) == ["there", "not_there"]
    assert "Last sent" in page


def test_b13_the_page_that_sends_by_itself_hears_one_sentence_without_names(
    client_as: ClientAs, evening: dict[str, str]
) -> None:
    nadia = english(client_as, NADIA)
    once = re.findall(r'name="once" value="([0-9a-f]{32})"', nadia.get(f"{PAGE}?read=yes").text)[0]
    fields = {"site": "havenhuis", "night": "2026-11-22", "once": once}
    fields |= {f"at-{evening['Blue']}": "not_there", f"was-{evening['Blue']}": "there"}
    answers = [
        nadia.post(
            PAGE,
            data={**fields, "csrf_token": token(nadia)},
            headers={"Accept": "application/json"},
        )
        for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json == {"kept": True, "text": "The round is kept at 23:00 (people: 1)."}
    assert answers[1].json is not None
    assert "Nothing was kept twice" in answers[1].json["text"]


def token(client: FlaskClient) -> str:
    return re.findall(r'name="csrf-token" content="([^"]+)"', client.get(f"{PAGE}?read=yes").text)[
        0
    ]


WRONG = [
    ({"Blue": "asleep"}, {}, 422, "Choose for each person"),
    ({"Blue": "announced:holiday"}, {}, 422, "Choose for each person"),
    ({}, {"night": "tonight"}, 422, "This is no night"),
    ({}, {"night": "2026-02-30"}, 422, "This is no night"),
    ({}, {"night": "9999-12-31"}, 422, "This is no night"),
    ({}, {"night": "0001-01-01"}, 422, "This is no night"),
    ({}, {"night": "2026-11-21"}, 409, "Only the round of this night"),
    ({}, {"night": "2026-11-23"}, 409, "has not begun yet"),
]


def test_bad_input_is_refused_in_one_sentence_and_nothing_is_kept(
    client_as: ClientAs, evening: dict[str, str], sealed_house: House
) -> None:
    nadia = english(client_as, NADIA)
    for said, more, status, sentence in WRONG:
        fields = {"site": "havenhuis", "night": "2026-11-22", **more}
        for name, stay in evening.items():
            state, _, why = said.get(name, "not_there").partition(":")
            fields |= {f"at-{stay}": state, f"why-{stay}": why, f"was-{stay}": "there"}
        answer = nadia.post(
            PAGE,
            data={**fields, "csrf_token": token(nadia)},
            headers={"Accept": "application/json"},
        )
        assert (answer.status_code, answer.json is not None) == (status, True), (said, more)
        assert sentence in (answer.json or {})["text"]
        if status == 422 and not more:
            plain = post(nadia, PAGE, **fields)
            assert (plain.status_code, sentence in plain.text) == (422, True)
            assert "not_there" in pressed(plain.text)  # what was pressed stays pressed
    assert "Last sent" not in nadia.get(f"{PAGE}?read=yes").text


def test_a_site_of_others_and_one_that_is_not_there_answer_alike(client_as: ClientAs) -> None:
    nadia = client_as(NADIA)
    answers = [nadia.get(f"{PAGE}?site={site}") for site in ("zeezicht", "nowhere")]
    assert [one.status_code for one in answers] == [404, 404]
    assert nadia.get(f"{PAGE}?night=2026-11-21").status_code == 404
    assert nadia.get(f"{PAGE}?night=yesterday").status_code == 404
    assert nadia.get(f"{PAGE}/ledger").status_code == 404
    assert client_as(cast.AMINA).get(PAGE).status_code == 404


def test_b14_a_night_that_is_too_far_back_says_so_instead_of_a_form(client_as: ClientAs) -> None:
    page = english(client_as, RIA).get(f"{PAGE}?read=yes&night=2026-11-01").text
    parse_page(page)
    assert "more than 7 days ago" in page
    assert pressed(page) == []


def test_b13_numbers_alone_are_asked_once_names_may_not_be_kept(
    client_as: ClientAs, sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.services.test_rounds import crime

    crime(sealed_house, monkeypatch)
    nadia = english(client_as, NADIA)
    page = nadia.get(f"{PAGE}?read=yes").text
    parse_page(page)
    assert "Blue" not in page
    fields = {"site": "havenhuis", "night": "2026-11-22"}
    for wrong in ("", "two", "-1", "2,5", "999999"):
        refused = post(nadia, f"{PAGE}/count", **fields, **{"there-full_day": wrong})
        assert (refused.status_code, "a whole number" in refused.text) == (422, True)
    kept = post(nadia, f"{PAGE}/count", **fields, **{"there-full_day": "2"})
    assert kept.status_code == 303
    assert 'value="2"' in nadia.get(f"{PAGE}?read=yes").text


def test_b13_the_case_tells_the_nights_to_the_team_and_the_copy_tells_the_client(
    client_as: ClientAs, evening: dict[str, str], app: Flask
) -> None:
    sent(english(client_as, RIA), evening, Red="announced:hospital")
    with houses.current().stores.reading() as session:
        stay = session.get_one(Placement, evening["Red"])
        case_id = stay.case_id
    page = english(client_as, cast.LENA).get(f"/cases/{case_id}").text
    assert "Night of 22 November 2026" in page
    assert "in hospital" in page
    seen = english(client_as, NADIA).get(f"/cases/{case_id}").text
    assert "Night of 22 November" not in seen
    assert "in hospital" not in seen
    with app.test_request_context(), force_locale("nl"):
        stays = copied_files._stays(gatekeeping.open_case(cast.LENA.actor(), case_id, EVENING))
    assert any("Nacht van" in line and "in het ziekenhuis" in line for line in stays.lines)


def test_it_is_found_in_the_navigation(client_as: ClientAs) -> None:
    for colleague in (NADIA, RIA, cast.KOFI):
        assert f'href="{PAGE}"' in client_as(colleague).get("/beds").text
    assert f'href="{PAGE}"' not in client_as(cast.AMINA).get("/caseload").text


@pytest.mark.browser
def test_the_page_holds_every_rule_in_both_languages(
    desk: Page, live_server: str, evening: dict[str, str]
) -> None:
    sign_in(desk, live_server, RIA)
    visit(desk, f"{live_server}{PAGE}", private=["Blue", "Red"])
    screenshot(desk, "night-round-first")
    visit(desk, f"{live_server}{PAGE}?read=yes", private=["Blue", "Red"])
    desk.locator(f"input[name='at-{evening['Red']}'][value=announced]").check()
    screenshot(desk, "night-round")
    in_both_languages(desk, f"{live_server}{PAGE}?read=yes")
    visit(desk, f"{live_server}{PAGE}/ledger")
