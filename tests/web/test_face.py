"""The face: every macro on one sheet, checked as a page, and each check proven able to fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask, render_template_string, session
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.redaction import HIDDEN
from caseflow.web import formatting
from tests.browser import chromium_required, served
from tests.pages import (
    axe_faults,
    check,
    english_left,
    in_both_languages,
    screenshot,
    visit,
    watched,
)
from tests.parsed_pages import ParsedPage, parse_page
from tests.web.specimens import FLAWS, specimen_app


@pytest.fixture(scope="module")
def app() -> Flask:
    return specimen_app()


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    with served(app) as url:
        yield url


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def drawn(app: Flask, source: str, **values: object) -> str:
    with app.test_request_context():
        return render_template_string('{% import "macros/ui.html" as ui %}' + source, **values)


# Words and values


def test_empty_hidden_and_recorded_values_look_different(app: Flask) -> None:
    looks = [drawn(app, "{{ ui.shown(value) }}", value=v) for v in (None, HIDDEN, "Somali", 0)]

    assert len(set(looks)) == len(looks)
    assert "niet vastgelegd" in looks[0]
    assert "niet zichtbaar voor jou" in looks[1]
    assert "<svg" in looks[1]
    assert looks[2] == "Somali"
    assert looks[3] == "0"


def test_a_value_with_markup_in_it_is_shown_as_text(app: Flask) -> None:
    shown = drawn(app, "{{ ui.shown(value) }}{{ ui.badge(value) }}", value="<b>x</b>")

    assert "<b>" not in shown


def test_no_field_is_ever_filled_from_a_hidden_value(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)

    assert 'name="secret_note"' not in page
    assert "HIDDEN" not in page


def test_the_day_of_an_instant_is_the_local_one() -> None:
    late = datetime(2026, 2, 2, 23, 30, tzinfo=UTC)

    assert formatting.short_date(late) == "03-02-2026"
    assert formatting.moment(late) == "03-02-2026 00:30"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formatting.moment(datetime(2026, 2, 2, 23, 30))


@pytest.mark.parametrize(
    ("language", "spelled"),
    [
        ("nl", ["3 februari 2026", "1.234,5", "18,4\N{NO-BREAK SPACE}%"]),
        ("en", ["3 February 2026", "1,234.5", "18.4\N{NO-BREAK SPACE}%"]),
    ],
)
def test_dates_and_numbers_follow_the_language_of_the_reader(
    app: Flask, language: str, spelled: list[str]
) -> None:
    with app.test_request_context():
        session["language"] = language
        said = [
            formatting.long_date(date(2026, 2, 3)),
            formatting.number(1234.5),
            formatting.percent(18.4, 1),
        ]

    assert said == spelled


def test_a_sentence_spells_out_the_dates_and_labels_in_it(app: Flask) -> None:
    with app.test_request_context():
        said = formatting.said(
            N_(
                "%(what)s from %(day)s, %(count)s times",
                what=N_("Perched"),
                day=date(2026, 2, 3),
                count=1234,
            )
        )
        label = formatting.said(Label(nl="kade", en="quay"))

    assert said == "Perched from 3 februari 2026, 1.234 times"
    assert label == "kade"


def test_one_day_and_more_days_are_said_differently(app: Flask) -> None:
    with app.test_request_context():
        session["language"] = "en"
        assert [formatting.days(n) for n in (0, 1, 1234)] == ["0 days", "1 day", "1,234 days"]


# The static check, and that it can fail


def test_the_specimen_has_no_fault_that_html_alone_can_show(client: FlaskClient) -> None:
    assert parse_page(client.get("/").get_data(as_text=True)).h1 == "Specimen of the house style"


def page_of(body: str, head: str = "<title>Kind of page</title>", lang: str = "nl") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body><main>{body}</main></body></html>'


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (page_of("<p>x</p>"), "headings of level 1"),
        (page_of("<h1>a</h1><h1>b</h1>"), "headings of level 1"),
        (page_of("<h1>a</h1><h3>b</h3>"), "jumps from 1 to 3"),
        (page_of("<h1>a</h1><h2> </h2>"), "empty heading"),
        (page_of("<h1>a</h1>", head="<title> · caseflow</title>"), "title"),
        (page_of("<h1>a</h1>", lang="de"), "lang"),
        (page_of("<h1>a</h1><i id=x></i><i id=x></i>"), "occurs 2 times"),
        (page_of("<h1>a</h1><input name=q>"), "has no label"),
        (page_of("<h1>a</h1><p aria-describedby=gone>x</p>"), "points to no id"),
        (page_of("<h1>a</h1><form method=post></form>"), "csrf_token"),
        (page_of("<h1>a</h1><img src=x>"), "without alt"),
        (page_of("<h1>a</h1><p style='x'>x</p>"), "inline code"),
        (page_of("<h1>a</h1><p onclick='x'>x</p>"), "inline code"),
        (page_of("<h1>a</h1><a href='javascript:x'>x</a>"), "inline code"),
        (page_of("<h1>a</h1><script>x</script>"), "inline code"),
        (page_of("<h1>a</h1>").replace("main", "div"), "<main>"),
    ],
)
def test_the_static_check_names_each_fault(html: str, fault: str) -> None:
    faults = ParsedPage(html).faults()

    assert len(faults) == 1
    assert fault in faults[0]


def test_english_on_a_dutch_page_is_found_also_with_values_in_it() -> None:
    catalogue = {"Held from %(day)s.": "Vast vanaf %(day)s.", "Save": "", "Status": "Status"}

    assert english_left(["Held from 3 mei."], catalogue) == ["Held from 3 mei."]
    assert english_left(["Save"], catalogue) == ["Save"]
    assert english_left(["Vast vanaf 3 mei.", "Status", "Bewaar"], catalogue) == []


def test_a_missing_browser_is_a_failure_on_the_build_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    assert chromium_required()
    monkeypatch.delenv("CI")
    assert not chromium_required()


# In Chromium


@pytest.mark.browser
def test_the_specimen_holds_as_a_page_in_both_languages(desk: Page, site: str) -> None:
    english, dutch = in_both_languages(desk, f"{site}/", private=["de Vries"])
    screenshot(desk, "specimen")

    assert (english.lang, dutch.lang) == ("en", "nl")


@pytest.mark.browser
def test_a_refused_form_says_what_to_repair_and_leads_there(desk: Page, site: str) -> None:
    desk.goto(f"{site}/")
    with watched(desk, site) as seen:
        desk.click('button:text-is("Save")')
        desk.wait_for_load_state()
        check(desk)
    assert seen.faults(422) == []
    screenshot(desk, "specimen-refused")

    assert desk.evaluate("document.activeElement.classList.contains('cf-error-summary')")
    desk.click(".cf-error-summary a >> nth=0")
    assert desk.evaluate("document.activeElement.id") == "call_name"
    desk.click('.cf-error-summary a:text-is("Choose a scenario.")')
    assert desk.evaluate("document.activeElement.id") == "scenario-0"


@pytest.mark.browser
def test_the_open_menu_is_readable_and_closes_with_escape(desk: Page, site: str) -> None:
    desk.goto(f"{site}/flashed")
    desk.click(".cf-menu summary")
    assert axe_faults(desk, may_be_unsure=()) == []

    desk.keyboard.press("Escape")
    assert not desk.is_visible(".cf-menu__sheet")


@pytest.mark.browser
def test_a_flash_is_announced_as_a_status(desk: Page, site: str) -> None:
    desk.goto(f"{site}/flashed")

    assert "The bed is held." in desk.inner_text('[role="status"].cf-flashes')


@pytest.mark.browser
def test_a_partial_update_carries_the_token_under_the_strict_policy(desk: Page, site: str) -> None:
    desk.goto(f"{site}/")
    with watched(desk, site) as seen:
        desk.click("text=Mark as seen")
        desk.wait_for_selector("#touched p")

    assert desk.inner_text("#touched") == "Seen, asked by true."
    assert seen.faults() == []


@pytest.mark.browser
def test_leaving_with_unsaved_text_asks_first(desk: Page, site: str) -> None:
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto(f"{site}/")
    desk.click('text="All cases"')
    desk.wait_for_load_state()
    assert asked == []

    desk.click("#call_name")
    desk.keyboard.type("Blue")
    desk.click('text="All cases"')
    desk.wait_for_load_state()
    assert asked == ["beforeunload"]


@pytest.mark.browser
def test_a_screen_left_alone_warns_and_then_locks(desk: Page, site: str) -> None:
    desk.clock.install()
    desk.goto(f"{site}/")
    desk.clock.run_for("08:10")
    assert "twee minuten" in desk.inner_text(".cf-flashes")
    desk.clock.run_for("02:00")
    desk.wait_for_url(f"{site}/lock")

    assert desk.inner_text("h1") == "locked"


@pytest.mark.browser
def test_paper_says_who_printed_it_and_when_and_shows_no_controls(desk: Page, site: str) -> None:
    desk.goto(f"{site}/")
    assert not desk.is_visible(".cf-print-only")
    desk.emulate_media(media="print")

    assert "22-11-2026 10:30" in desk.inner_text(".cf-print-only")
    assert not desk.is_visible("nav[aria-label='Main']")
    assert not desk.is_visible('button:text-is("Save")')


@pytest.mark.browser
def test_nothing_is_kept_in_browser_storage(desk: Page, site: str) -> None:
    desk.goto(f"{site}/")
    desk.click("text=Mark as seen")
    desk.wait_for_selector("#touched p")

    assert desk.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("flaw", "fault"),
    [
        ("small target", "target under 24 px"),
        ("low contrast", "axe violation color-contrast"),
        ("too wide", "at 320 px"),
        ("inline style", "console: error: "),
        ("foreign", "foreign request"),
        ("console", "console: error: Failed to load"),
        ("no token", "csrf_token"),
        ("script only heading", "without JavaScript"),
    ],
)
def test_visiting_a_flawed_page_fails_for_its_flaw(
    desk: Page, site: str, flaw: str, fault: str
) -> None:
    with pytest.raises(AssertionError, match=fault):
        visit(desk, f"{site}/flawed/{flaw}")


@pytest.mark.browser
def test_a_page_without_flaw_passes_and_a_wrong_status_or_private_title_does_not(
    desk: Page, site: str
) -> None:
    assert set(FLAWS) >= {"none"}
    visit(desk, f"{site}/flawed/none")
    with pytest.raises(AssertionError, match="status 200, not 404"):
        visit(desk, f"{site}/flawed/none", status=404)
    with pytest.raises(AssertionError, match="private word"):
        visit(desk, f"{site}/flawed/none", private=["Flawed"])
