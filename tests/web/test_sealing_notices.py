"""What an open page hears of sealing, what counts as somebody being there, and what comes back of typed words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from caseflow import clock
from caseflow.services import idle_sealing, sealing
from caseflow.services.houses import House
from caseflow.services.interruptions import VaultSealed
from caseflow.storage.models.accounts import Session
from caseflow.web.sealing_notices import HEADER
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

ASK = "/vault/remaining"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def proof(client: FlaskClient) -> str:
    found = re.search(r'data-vault-proof="([^"]+)"', client.get("/account").text)
    assert found is not None
    return found[1]


def ask(client: FlaskClient, shown: str) -> tuple[int, str]:
    answer = client.get(ASK, headers={HEADER: shown})
    return answer.status_code, answer.text


def test_a_page_hears_how_many_seconds_are_left_and_then_that_it_is_over(
    client_as: ClientAs, house: House
) -> None:
    amina = client_as(cast.AMINA)
    shown = proof(amina)
    idle_sealing.used(clock.now())
    heard = []
    for minutes in (0, 12, 1, 1):
        clock.pass_time(timedelta(minutes=minutes))
        heard.append(ask(amina, shown))
    house.stores.forget_vaults()
    heard.append(ask(amina, shown))
    assert heard == [(204, ""), (204, ""), (200, "120"), (200, "60"), (200, "0")]


def test_to_ask_counts_as_nobody_and_reads_no_store(client_as: ClientAs, house: House) -> None:
    amina = client_as(cast.AMINA)
    shown = proof(amina)
    idle_sealing.used(clock.now())
    asked: list[str] = []
    for store in (house.stores.casework, house.stores.audit, house.stores.cards):
        event.listen(store, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for _ in range(14):
        clock.pass_time(timedelta(minutes=1))
        ask(amina, shown)
    assert asked == []
    assert ask(amina, shown) == (200, "60")
    with house.stores.reading() as reading:
        assert reading.scalars(select(Session.last_seen_at)).one() == cast.NOW


def test_the_proof_of_another_browser_or_day_is_no_proof(
    app: object, client_as: ClientAs, house: House
) -> None:
    amina, bram = client_as(cast.AMINA), client_as(cast.BRAM)
    visitor = app.test_client()  # type: ignore[attr-defined]
    shown = proof(amina)
    elsewhere = shown.replace("de-haven", "het-kompas")
    assert [ask(one, shown)[0] for one in (amina, bram, visitor)] == [204, 404, 404]
    assert [ask(amina, wrong)[0] for wrong in ("", "de-haven.", elsewhere, "é.ë")] == [404] * 4
    clock.pass_time(timedelta(days=1))
    assert ask(amina, shown)[0] == 204
    clock.pass_time(timedelta(days=1))
    assert ask(amina, shown)[0] == 404


@pytest.mark.parametrize("colleague", [cast.FEMKE, cast.ADA])
def test_pages_of_others_say_nothing_of_a_vault(
    client_as: ClientAs, house: House, colleague: cast.Colleague
) -> None:
    client = client_as(colleague)
    assert "data-vault" not in client.get("/account").text
    assert post(client, "/vault/stay").status_code == 404  # type: ignore[attr-defined]


COUNTS = [
    ("reading a case counts", cast.AMINA, "/cases/{case}", True),
    ("the own account does not", cast.AMINA, "/account", False),
    ("beds do not", cast.KOFI, "/beds", False),
    ("a case that is not there does not", cast.YUSUF, "/cases/{case}", False),
]


@pytest.mark.parametrize(
    ("colleague", "path", "counts"), [row[1:] for row in COUNTS], ids=[row[0] for row in COUNTS]
)
def test_only_asking_for_words_counts_as_somebody_being_there(
    client_as: ClientAs, case_id: str, colleague: cast.Colleague, path: str, counts: bool
) -> None:
    client = client_as(colleague)
    idle_sealing.used(clock.now())
    clock.pass_time(timedelta(minutes=10))
    client.get(path.format(case=case_id))
    left = idle_sealing.left(clock.now())
    assert left == timedelta(minutes=15 if counts else 5)


def test_going_on_keeps_the_vault_open(client_as: ClientAs, house: House) -> None:
    amina = client_as(cast.AMINA)
    shown = proof(amina)
    idle_sealing.used(clock.now())
    clock.pass_time(timedelta(minutes=14))
    assert ask(amina, shown) == (200, "60")
    assert post(amina, "/vault/stay").status_code == 204  # type: ignore[attr-defined]
    assert ask(amina, shown) == (204, "")


WORDS = "She came by <i>this evening</i>."


def test_words_sent_to_a_sealed_vault_come_back_in_their_form(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    house.stores.forget_vaults()
    answer = post(
        amina, f"/cases/{case_id}/notes/new", kind="visit", contact_on="20-11-2026", words=WORDS
    )
    parse_page(answer.text)  # type: ignore[attr-defined]
    assert "She came by &lt;i&gt;this evening&lt;/i&gt;." in answer.text  # type: ignore[attr-defined]


def test_where_a_form_does_not_know_of_sealing_the_words_come_back_on_a_page_of_their_own(
    client_as: ClientAs, house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sealed(*_: object, **__: object) -> None:
        raise VaultSealed("de-haven")

    monkeypatch.setattr("caseflow.services.gatekeeping.open_case", sealed)
    amina = client_as(cast.AMINA)
    answer = post(
        amina, f"/cases/{case_id}/notes/new", kind="visit", words=WORDS, passphrase="not this"
    )
    assert answer.status_code == 503  # type: ignore[attr-defined]
    parse_page(answer.text)  # type: ignore[attr-defined]
    main = answer.text.split("<main")[1]  # type: ignore[attr-defined]
    assert "She came by &lt;i&gt;this evening&lt;/i&gt;." in main
    assert f"/cases/{case_id}/notes/new" in main
    assert "not this" not in main
    looked = amina.get(f"/cases/{case_id}/notes/new")
    assert (looked.status_code, 'id="typed"' in looked.text) == (503, False)


def test_whoever_opens_the_vault_comes_back_to_where_they_were(
    client_as: ClientAs, sealed_house: House
) -> None:
    holder, passphrase = cast.HOLDERS["de-haven"]
    lena = client_as(cast.LENA)
    shown = lena.get("/vault?back=/caseload").text
    assert 'value="/caseload"' in shown
    assert "evil" not in lena.get("/vault?back=//evil.example").text
    for back, expected in (("//evil.example", "/vault"), ("/caseload", "/caseload")):
        sealed_house.stores.forget_vaults()
        sealing.when_sealed(lambda: None)
        answer = post(lena, "/vault/unseal", holder=holder, passphrase=passphrase, back=back)
        assert (answer.status_code, answer.location) == (303, expected)  # type: ignore[attr-defined]
