"""The text beside the figures: written on a page of its own, approved where it is read, printed in the report."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from caseflow import clock
from caseflow.services import publications
from caseflow.services.houses import House
from tests import case_worlds, cast
from tests.builders import hire_everybody, past_episodes
from tests.pages import in_both_languages, screenshot, visit
from tests.serving import ClientAs, post, sign_in
from tests.web.test_publications import page_of, proposed

PLAIN = "De locatie is verbouwd.\r\n\r\nEr waren minder bedden."
NAMING = "Ook Markerson vond werk."


@pytest.fixture
def waiting(house: House) -> Iterator[str]:
    """A publication that waits for approval, in a house that knows somebody; every vault is open."""
    with clock.fixed(cast.NOW):
        hire_everybody(house)
        past_episodes(house, "waterstad-lvv", times=0.1)
        case_worlds.with_words(case_worlds.assigned())
        yield proposed()


def seen(text: str, name: str) -> str:
    """What a hidden field of a page holds."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    assert field is not None
    return field.group().partition('value="')[2].partition('"')[0]


def approve(client_as: ClientAs, publication: str, *approvers: cast.Colleague) -> None:
    for one in approvers:
        client = client_as(one)
        version = seen(page_of(client, publication), "text")
        assert post(client, f"/statistics/{publication}/approve", text=version).status_code == 303


def written(client_as: ClientAs, publication: str, words: str) -> int:
    lena = client_as(cast.LENA)
    opened = lena.get(f"/statistics/{publication}/text").get_data(as_text=True)
    version = seen(opened, "seen")
    sent = post(lena, f"/statistics/{publication}/text", nl=words, en="", seen=version)
    return sent.status_code


def test_a_text_is_written_read_approved_and_printed(waiting: str, client_as: ClientAs) -> None:
    assert written(client_as, waiting, "x" * 3996 + "\r\n\r\nx") == 303, "a line end is one sign"
    assert written(client_as, waiting, PLAIN) == 303
    assert "Er waren minder bedden." in page_of(client_as(cast.MO), waiting)
    approve(client_as, waiting, cast.PETRA, cast.MO)

    femke = client_as(cast.FEMKE)
    shown = page_of(femke, waiting)
    assert "Er waren minder bedden." in shown
    assert "publication_texts" not in shown
    report = femke.get(f"/statistics/{waiting}.pdf").data
    assert "Er waren minder bedden." in PdfReader(io.BytesIO(report)).pages[0].extract_text()
    assert hashlib.sha256(report).hexdigest() in shown.replace("<wbr>", ""), (
        "the digest was kept when it was frozen"
    )


def test_a_name_leads_to_the_privacy_officer_and_to_nothing_more(
    waiting: str, client_as: ClientAs
) -> None:
    assert written(client_as, waiting, NAMING) == 303
    approve(client_as, waiting, cast.MO)
    found = page_of(client_as(cast.MO), waiting)
    assert "Vraag de privacyfunctionaris" in found
    assert "/text/allow" not in found
    assert f"{waiting}/approve" not in found, "no button that would only be refused"

    petra = client_as(cast.PETRA)
    version = seen(page_of(petra, waiting).partition("/text/allow")[2], "text")
    assert post(petra, f"/statistics/{waiting}/text/allow", text=version).status_code == 303
    assert "vindt er niemand in terug" in page_of(petra, waiting)
    approve(client_as, waiting, cast.PETRA, cast.MO)
    assert publications.shown(cast.PETRA.actor(), waiting, cast.NOW).state == "frozen"


def test_bad_input_comes_back_with_what_was_typed_and_one_sentence(
    waiting: str, client_as: ClientAs
) -> None:
    lena = client_as(cast.LENA)
    for words, status, sentence in (
        ("x" * 4001, 422, "4.000"),
        ("bel 06-12345678", 409, "geen telefoonnummers"),
        ("code K7QM-4XPD", 409, "cliëntcode"),
        ("محمد", 409, "Alleen gewone letters"),
    ):
        sent = post(lena, f"/statistics/{waiting}/text", nl=words, en="", seen="")
        assert sent.status_code == status, words
        text = sent.get_data(as_text=True)
        assert words in text
        assert sentence in text


def test_who_writes_second_sees_both_texts(waiting: str, client_as: ClientAs) -> None:
    assert written(client_as, waiting, PLAIN) == 303
    sent = post(client_as(cast.MO), f"/statistics/{waiting}/text", nl="Anders.", en="", seen="")
    assert sent.status_code == 409
    text = sent.get_data(as_text=True)
    assert "Er waren minder bedden." in text
    assert "Anders." in text


def test_the_page_is_there_for_those_who_write(waiting: str, client_as: ClientAs) -> None:
    for colleague in (cast.FEMKE, cast.AMINA, cast.ADA, cast.PETRA):
        assert client_as(colleague).get(f"/statistics/{waiting}/text").status_code == 404
    for colleague in (cast.FEMKE, cast.LENA, cast.MO):
        assert post(client_as(colleague), f"/statistics/{waiting}/text/allow").status_code == 404


def test_a_sealed_vault_keeps_what_was_typed_on_the_page(
    waiting: str, house: House, client_as: ClientAs
) -> None:
    lena = client_as(cast.LENA)
    house.stores.forget_vaults()
    sent = post(lena, f"/statistics/{waiting}/text", nl="De locatie is verbouwd.", en="", seen="")
    assert sent.status_code == 409
    assert "De locatie is verbouwd." in sent.get_data(as_text=True)
    assert "verzegeld" in sent.get_data(as_text=True)


def test_the_pages_of_the_text_look_well(
    waiting: str, live_server: str, desk: Page, client_as: ClientAs
) -> None:
    sign_in(desk, live_server, cast.LENA)
    in_both_languages(desk, f"{live_server}/statistics/{waiting}/text")
    screenshot(desk, "publication-text")
    assert written(client_as, waiting, f"{PLAIN}\r\n\r\n{NAMING}") == 303
    approve(client_as, waiting, cast.MO)
    sign_in(desk, live_server, cast.PETRA)
    visit(desk, f"{live_server}/statistics/{waiting}")
    screenshot(desk, "publication-text-ask")
