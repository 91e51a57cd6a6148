"""Drafts: kept while somebody types, found again by their author alone, gone once the form was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import func, select

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.drafts import KEPT_DAYS, DraftOf
from caseflow.services import drafts, intake, sweeps
from caseflow.services.actors import system
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.client_files import Draft
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post, sign_in

WORDS = "Halfway through a sentence about the"
HEARS = {"Accept": "text/plain"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A case of Amina and Bram."""
    builders.hire_everybody(house)
    made = world.admitted(days_ago=10)
    world.done(intake.assign(cast.LENA.actor(), made, ("amina", "bram"), clock.now()))
    return made


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def once(text: str) -> str:
    [found] = re.findall(r'name="once"[^>]*value="([0-9a-f]{32})"', text)[:1]
    return str(found)


def why(answer: Refused | None) -> str:
    assert answer is not None
    return str(answer.reason)


def rows(house: House) -> int:
    with house.stores.reading_vault("de-haven") as vault:
        return vault.scalar(select(func.count()).select_from(Draft)) or 0


def told(house: House, event: str) -> int:
    with house.stores.audit.connect() as log:
        return log.scalar(select(func.count()).where(Entry.event == event)) or 0


def typed(client: FlaskClient, case_id: str, words: str = WORDS) -> str:
    """Types a note without sending it, as the page keeps it; answers the id of the form."""
    form = once(client.get(f"/cases/{case_id}/notes/new").text)
    token = client.get("/no-such-page").text.split('name="csrf-token" content="')[1].split('"')[0]
    fields = {"csrf_token": token, "once": form, "seen": "x" * 99, "kind": "phone", "words": words}
    answer = client.post(f"/cases/{case_id}/drafts/note", data=fields, headers=HEARS)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain"), answer.text
    assert "Draft kept at 10:00" in answer.text
    return form


def test_a_draft_is_found_again_gone_on_with_and_gone_once_the_note_is_kept(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as, cast.AMINA), f"/cases/{case_id}/notes/new"
    form = typed(amina, case_id)
    again = amina.get(page).text
    parse_page(again)
    assert ("Your draft of" in again, WORDS in again) == (True, True)
    assert once(again) != form
    continued = amina.get(f"{page}?draft={form}").text
    assert ("You go on with your draft" in continued, once(continued)) == (True, form)
    assert re.search(r'checked[^>]*value="phone"', continued)
    sent = post(
        amina, page, once=form, kind="phone", contact_on="22-11-2026", words=f"{WORDS} bus."
    )
    assert sent.status_code == 303, sent.text  # type: ignore[attr-defined]
    assert rows(house) == 0
    assert "Your draft of" not in amina.get(page).text
    late = post(amina, f"/cases/{case_id}/drafts/note", once=form, words="again")
    assert "sent and kept already" in late.text  # type: ignore[attr-defined]
    assert rows(house) == 0


def test_a_draft_is_told_to_the_log_once_however_often_it_is_kept(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    form = typed(amina, case_id)
    for more in range(15):
        drafts.keep(
            cast.AMINA.actor(), case_id, DraftOf.NOTE, form, {"words": f"{more}"}, clock.now()
        )
    assert told(house, "draft_kept") == 1
    assert rows(house) <= drafts.ROWS_AT_MOST + 1
    with house.stores.audit.connect() as log:
        assert WORDS not in str(log.execute(select(Entry)).all())


def test_nobody_but_the_author_finds_a_draft(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    form = typed(english(client_as, cast.AMINA), case_id)
    page, away = (
        f"/cases/{case_id}/notes/new",
        f"/cases/{case_id}/drafts/note/{UUID(form)}/throw-away",
    )
    for colleague in (cast.BRAM, cast.TESS, cast.LENA):
        client = english(client_as, colleague)
        for address in (page, f"{page}?draft={form}", f"/cases/{case_id}"):
            assert WORDS not in client.get(address).text, (colleague.id, address)
        assert post(client, away).status_code == 404  # type: ignore[attr-defined]
    for colleague in (cast.LENA, cast.KOFI, cast.YUSUF):
        client = english(client_as, colleague)
        kept = post(client, f"/cases/{case_id}/drafts/note", once="a" * 32, words="mine")
        assert kept.status_code == 404, colleague.id  # type: ignore[attr-defined]
    assert rows(house) == 1
    bram = cast.BRAM.actor()
    drafts.keep(bram, case_id, DraftOf.NOTE, form, {"words": "His own."}, clock.now())
    [mine] = drafts.waiting(cast.AMINA.actor(), case_id, DraftOf.NOTE, clock.now())
    assert mine.fields["words"] == WORDS
    assert post(english(client_as, cast.AMINA), away).status_code == 303  # type: ignore[attr-defined]
    assert drafts.waiting(cast.AMINA.actor(), case_id, DraftOf.NOTE, clock.now()) == ()
    assert [one.fields for one in drafts.waiting(bram, case_id, DraftOf.NOTE, clock.now())] == [
        {"words": "His own."}
    ]


def test_without_javascript_a_button_keeps_the_draft_and_leads_back_to_it(
    client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as, cast.AMINA), f"/cases/{case_id}/wish"
    form = amina.get(page).text
    assert f'formaction="/cases/{case_id}/drafts/wish"' in form
    kept = post(amina, f"/cases/{case_id}/drafts/wish", once=once(form), words=WORDS)
    assert (kept.status_code, kept.headers["Location"]) == (303, f"{page}?draft={once(form)}")  # type: ignore[attr-defined]
    again = amina.get(kept.headers["Location"]).text  # type: ignore[attr-defined]
    assert (WORDS in again, "Only you can see it." in again) == (True, True)


def test_leaving_the_page_keeps_what_was_typed(
    live_server: str, desk: Page, house: House, case_id: str
) -> None:
    sign_in(desk, live_server, cast.AMINA)
    address = f"{live_server}/cases/{case_id}/notes/new"
    desk.goto(address)
    desk.fill("textarea[name=words]", WORDS)
    with desk.expect_response("**/drafts/note"):
        desk.evaluate("window.dispatchEvent(new Event('pagehide'))")
    desk.get_by_text("Concept bewaard om 10:00").wait_for()
    desk.on("dialog", lambda dialog: dialog.accept())  # it asks before words are lost
    desk.goto(address)
    assert WORDS in desk.inner_text("main")
    assert desk.evaluate("localStorage.length + sessionStorage.length") == 0
    desk.fill("textarea[name=words]", "x" * 9_999)
    desk.get_by_text("nog 1 tekens").wait_for()


def test_sealed_nothing_is_kept_and_nothing_typed_is_lost(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    form = typed(amina, case_id)
    house.stores.forget_vaults()
    page = amina.get(f"/cases/{case_id}/notes/new")
    assert (page.status_code, WORDS in page.text) == (200, False)
    assert "your words stay on this open page only" in page.text
    kept = post(amina, f"/cases/{case_id}/drafts/note", once=form, words=f"{WORDS} rest")
    assert (kept.status_code, f"{WORDS} rest" in kept.text) == (503, True)  # type: ignore[attr-defined]


def test_a_draft_has_a_limit_and_an_end(house: House, client_as: ClientAs, case_id: str) -> None:
    amina, at = cast.AMINA.actor(), clock.now()
    for number in range(10):
        assert (
            drafts.keep(amina, case_id, DraftOf.NOTE, f"{number:032x}", {"words": "x"}, at) is None
        )
    full = drafts.keep(amina, case_id, DraftOf.NOTE, "f" * 32, {"words": "x"}, at)
    long = drafts.keep(amina, case_id, DraftOf.WISH, "e" * 32, {"words": "x" * 25_000}, at)
    assert "10 drafts of this form wait already" in why(full)
    assert "too long" in why(long)
    client = english(client_as, cast.AMINA)
    refused = post(client, f"/cases/{case_id}/drafts/note", once="f" * 32, words=WORDS)
    assert (refused.status_code, WORDS in refused.text) == (409, True)  # type: ignore[attr-defined]
    later = at + timedelta(days=KEPT_DAYS, minutes=1)
    assert drafts.waiting(amina, case_id, DraftOf.NOTE, later) == ()
    assert rows(house) == 10
    sweeps.run(system("job:sweeps_due"), "de-haven", later)
    assert rows(house) == 0


def test_a_draft_is_for_who_may_send_its_form_as_long_as_they_may(case_id: str) -> None:
    bram, at = cast.BRAM.actor(), clock.now()
    drafts.keep(bram, case_id, DraftOf.WISH, "a" * 32, {"words": WORDS}, at)
    world.done(intake.assign(cast.LENA.actor(), case_id, ("amina",), at))
    with pytest.raises(NotKnown):
        drafts.waiting(bram, case_id, DraftOf.WISH, at)
