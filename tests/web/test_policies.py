"""The firewall report as a page and as a document: for the privacy officer and the data protection officer alone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from flask import Flask
from playwright.sync_api import Page
from pypdf import PdfReader
from sqlalchemy import select

from caseflow import clock
from caseflow.commands import GROUPS
from caseflow.commands.openings import operator
from caseflow.domain.actors import Role
from caseflow.domain.events import EVENTS
from caseflow.services import policies
from caseflow.services.houses import House
from caseflow.services.policies import ERASES
from caseflow.storage import audit_log
from caseflow.storage.models.audit import Entry
from tests import cast
from tests.browser import PHONE
from tests.builders import hire
from tests.pages import dutch_catalogue, english_left, parse_page, visit
from tests.serving import ClientAs, post, sign_in

FIRST, LAST = "/firewall", "/firewall/report.pdf"
LEAVES = """main => [...main.querySelectorAll("*")].filter(one => !one.children.length)
  .map(one => one.textContent.trim())"""
FATMA = cast.Colleague("fatma", "de-haven", None, (Role.FG,))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def looks(house: House) -> list[tuple[str, str, str]]:
    """Who was told to have looked at the rules, and in which form."""
    with house.stores.audit.connect() as connection:
        rows = connection.execute(
            select(Entry.user_id, Entry.details, Entry.result).where(Entry.event == "policy_viewed")
        )
        return [(row.user_id, json.loads(row.details)["form"], row.result) for row in rows]


def without_token(text: str) -> str:
    """A page without the one thing that differs from second to second."""
    return re.sub(r'(content|value)="[\w.-]{60,}"', "", text)


def test_the_rules_are_not_there_for_others(client_as: ClientAs, sealed_house: House) -> None:
    for colleague in cast.EVERYBODY:
        if colleague is cast.PETRA:
            continue
        client = client_as(colleague)
        absent = without_token(client.get("/no-such-page").text)
        for address in (FIRST, LAST):
            answer = client.get(address)
            assert (answer.status_code, without_token(answer.text) == absent) == (404, True), (
                colleague.id
            )
    assert looks(sealed_house) == []


def test_the_page_says_the_tables_and_is_told_to_the_log(
    client_as: ClientAs, sealed_house: House
) -> None:
    petra = client_as(cast.PETRA)
    post(petra, "/language", language="en")

    page = petra.get(FIRST)

    parse_page(page.text)
    assert "Night worker, own site tonight" in page.text
    for part in ("sight", "acts", "relations", "leaving", "kept", "retention", "law", "register"):
        assert f'id="{part}"' in page.text
    assert looks(sealed_house) == [("petra", "page", "shown")]
    assert petra.get(LAST).status_code == 200
    assert looks(sealed_house)[1] == ("petra", "pdf", "shown")


def test_nothing_in_the_application_changes_the_rules(app: Flask) -> None:
    changing = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if rule.rule.startswith(FIRST)
    }

    assert changing == set()
    assert [name for name in EVENTS if re.match(r"polic(y|ies)_(?!viewed)", name)] == []


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "De firewall: regels en register"), ("en", "The firewall: rules and register")],
)
def test_the_document_is_tagged_and_says_nobodys_name(
    client_as: ClientAs, language: str, title: str
) -> None:
    petra = client_as(cast.PETRA)
    post(petra, "/language", language=language)

    answer = petra.get(LAST)
    read = PdfReader(io.BytesIO(answer.data))
    root = read.trailer["/Root"].get_object()

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="firewall-2026-11-22-{language}.pdf"'
    )
    assert "no-store" in answer.headers["Cache-Control"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert "/StructTreeRoot" in root
    assert read.metadata is not None
    assert set(read.metadata) == {"/Title", "/Creator"}
    assert read.metadata["/Title"] == title
    assert str(read.metadata["/Creator"]).startswith("Typst")
    assert b"petra" not in answer.data.lower()
    text = " ".join(one.extract_text() for one in read.pages)
    assert title in text
    assert "FW16" in text


def test_two_prints_of_the_same_rules_are_the_same_bytes(client_as: ClientAs) -> None:
    petra = client_as(cast.PETRA)
    first = petra.get(LAST).data
    with clock.fixed(cast.NOW.replace(minute=20)):
        assert petra.get(LAST).data == first


def test_the_page_reads_at_a_desk_and_on_a_phone(
    desk: Page, live_server: str, sealed_house: House
) -> None:
    sign_in(desk, live_server, cast.PETRA)

    # one visit: the page is long, and its English is parsed without a browser above
    visit(desk, live_server + FIRST, without_script=False)
    texts = desk.locator("main").evaluate(LEAVES)
    assert english_left(texts, dutch_catalogue()) == []
    assert "Dossierteam" in texts
    assert desk.locator("#matrix").is_visible()
    assert not desk.locator("#reader-night_worker").is_visible()
    desk.set_viewport_size(PHONE)
    assert not desk.locator("#matrix").is_visible()
    desk.locator("#reader-night_worker summary").click()
    assert "Noodkaart" in desk.locator("#reader-night_worker").inner_text()
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_data_protection_officer_starts_here_and_reads_the_rules(
    client_as: ClientAs, sealed_house: House
) -> None:
    hire(sealed_house, cast.PETRA, FATMA)
    fatma = client_as(FATMA)

    assert fatma.get("/").headers["Location"] == FIRST
    assert fatma.get(FIRST).status_code == 200
    assert looks(sealed_house) == [("fatma", "page", "shown")]


def test_the_report_says_what_is_not_built_until_it_is(sealed_house: House) -> None:
    report = policies.report(operator(), cast.NOW, "text")
    leads = {section.id: str(section.lead) for section in report.sections}

    assert ("does not erase by term yet" in leads["retention"]) is (find_spec(ERASES) is None)
    # whoever builds it under another name finds the sentence here
    assert [
        one for one in GROUPS if one.startswith("eras") and f"caseflow.commands.{one}" != ERASES
    ] == []


def test_a_log_that_cannot_be_written_keeps_the_rules_back(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    petra = client_as(cast.PETRA)
    assert petra.get(FIRST).status_code == 200

    def broken(*_: object, **__: object) -> str:
        raise OSError("no room")

    monkeypatch.setattr(audit_log, "tell", broken)
    petra.application.testing = False
    for address in (FIRST, LAST):
        answer = petra.get(address)
        assert answer.status_code >= 500
        assert "Nachtmedewerker" not in answer.text
