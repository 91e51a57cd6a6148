"""The pages of exact figures: for those who run a programme, never for print, with the way to mend what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.actors import THE_COMMAND, Role
from caseflow.domain.gaps import BY_TEAM, Gap
from caseflow.domain.indicators import Figure
from caseflow.services import figures, internal_curves, internal_figures, programme_overviews
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests.caseload_worlds import counted, lay_down
from tests.cast import Colleague
from tests.gap_worlds import changed, complete, left, recorded
from tests.pages import in_both_languages, screenshot, visit
from tests.serving import ClientAs, sign_in

PAGE = "/figures?scope=waterstad-lvv&as_of="
MIRA = Colleague("mira", "de-haven", None, (Role.PROGRAMME_MANAGER,), None, ("waterstad-lvv",))
"""Runs one programme, and opens no file."""
ANYWHERE = Colleague("milan", "het-kompas", None, (Role.PROGRAMME_MANAGER,))
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
PAGES = (
    "/figures",
    "/figures/quarters",
    "/figures/time-to-solution",
    "/figures/data-quality",
    "/figures/workload",
)
OF_TEAMS = PAGES[3:]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def staffed(sealed_house: House) -> House:
    builders.hire(sealed_house, *cast.EVERYBODY, MIRA, ANYWHERE)
    return sealed_house


@pytest.fixture
def lacking(staffed: House) -> House:
    """Three teams of two organisations, with gaps of several kinds and a late task."""
    first = complete(staffed, "EAST-2222", gender="unknown")
    second = complete(staffed, "EAST-3333", member="bram", age_band="unknown")
    changed(staffed, second, last_contact_on=date(2026, 9, 1))
    recorded(staffed, first, Task, kind="papers", due_on=date(2026, 11, 1))
    recorded(staffed, first, Task, kind="plan", due_on=date(2026, 12, 1))
    left(staffed, complete(staffed, "WEST-2222", team="haven-west", member="sara"), "unknown")
    complete(staffed, "NONE-2222", team=None, member=None, gender="unknown")
    complete(staffed, "SHUT-2222", gender="unknown", restricted=True)
    complete(
        staffed, "KMPS-2222", organisation="het-kompas", team="kompas-one", member="yusuf", gender="unknown"
    )  # fmt: skip
    complete(staffed, "OTHR-2222", programme="waterstad-bbb", gender="unknown")
    complete(staffed, "TEST-2222", gender="unknown", is_test=True)
    return staffed


def read(client: FlaskClient, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200, (address, found.status_code)
    return found.get_data(as_text=True)


def links(text: str) -> set[str]:
    """The addresses a page leads to, without what they ask for."""
    return {address.split("?")[0] for address in re.findall(r'href="([^"]+)"', text)}


def test_a_team_lead_reads_each_figure_with_its_definition_and_cut_off(
    staffed: House, client_as: ClientAs
) -> None:
    builders.past_episodes(staffed, "waterstad-lvv")
    text = read(client_as(cast.LENA), f"{PAGE}30-09-2026")
    for name in ("scope", "as_of", "known_on"):
        assert f'name="{name}"' in text, "what is counted can be chosen"
    assert "WODC" in text
    assert 'id="flow"' in text
    assert 'id="stock"' in text
    assert "565" in text
    assert "2026" in text


def test_every_page_says_that_it_is_internal_and_leads_to_publications(
    lacking: House, client_as: ClientAs
) -> None:
    for address in PAGES:
        text = read(client_as(MIRA), address)
        assert "Intern, niet voor publicatie" in text, address
        assert re.search(r"<caption[^>]*>\s*Intern:", text), address
        assert 'href="/statistics/"' in text, address


def test_the_navigation_marks_where_a_page_belongs(staffed: House, client_as: ClientAs) -> None:
    mira = client_as(MIRA)
    for address, marked in (
        ("/figures", [("/figures", "page")]),
        ("/figures/quarters", [("/figures", "true")]),
        ("/figures/data-quality", [("/figures", "true")]),
        ("/account", []),
    ):
        links = re.findall(
            r'cf-nav__link" href="([^"]+)" aria-current="(\w+)"', mira.get(address).text
        )
        assert links == marked, address


def test_the_page_and_the_command_say_the_same(staffed: House, client_as: ClientAs) -> None:
    builders.past_episodes(staffed, "waterstad-lvv")
    day = date(2026, 9, 30)
    by_command = figures.exact(THE_COMMAND, "waterstad-lvv", day, cast.NOW)
    by_page = internal_figures.on_a_day(MIRA.actor(), "waterstad-lvv", day, cast.NOW)
    assert isinstance(by_command, list)
    assert isinstance(by_page, internal_figures.Internal)
    shown = [figure for some in by_page.figures.values() for figure, _ in some]
    assert sorted(shown, key=_by_id) == sorted(by_command, key=_by_id)
    text = read(client_as(MIRA), f"{PAGE}30-09-2026")
    for figure in shown:
        if figure.percent is not None:
            assert f"{figure.percent}" in text


def _by_id(figure: Figure) -> str:
    return figure.indicator


def test_what_tells_people_apart_adds_up_to_the_figures(staffed: House) -> None:
    builders.past_episodes(staffed, "waterstad-lvv")
    found = internal_figures.on_a_day(MIRA.actor(), "waterstad-lvv", date(2026, 9, 30), cast.NOW)
    assert isinstance(found, internal_figures.Internal)
    known = {
        figure.indicator: figure.numerator for some in found.figures.values() for figure, _ in some
    }
    totals = {split.whom: {split.total} for split in found.splits}
    for split in found.splits:
        totals[split.whom] |= {split.total}
    assert totals["exits"] == {known["exits"]}
    assert totals["participants"] == {known["participants"]}


BAD = (
    ("a day that is none", "scope=waterstad-lvv&as_of=soon", 422),
    ("no day", "scope=waterstad-lvv&as_of=", 422),
    ("a day that no month has", "scope=waterstad-lvv&as_of=31-02-2026", 422),
    ("a cut-off to come", "scope=waterstad-lvv&as_of=30-09-2999", 409),
    ("known on a day to come", "scope=waterstad-lvv&as_of=30-09-2026&known_on=30-09-2999", 409),
    ("known on no day", "scope=waterstad-lvv&as_of=30-09-2026&known_on=never", 422),
    ("a programme of others", "scope=utrecht-bbb&as_of=30-09-2026", 404),
    ("a programme that nobody has", "scope=atlantis&as_of=30-09-2026", 404),
)


def test_bad_input_gets_one_clear_sentence_and_what_is_not_theirs_is_not_there(
    staffed: House, client_as: ClientAs
) -> None:
    builders.past_episodes(staffed, "waterstad-lvv")
    lena = client_as(cast.LENA)
    for address in ("/figures", "/figures/time-to-solution"):
        for sentence, asked, status in BAD:
            answer = lena.get(f"{address}?{asked}")
            assert answer.status_code == status, (address, sentence)
            assert "565" not in answer.text, (address, sentence)


def test_another_programme_is_not_there_on_any_page(staffed: House, client_as: ClientAs) -> None:
    mira = client_as(MIRA)
    for address in PAGES:
        for scope in ("utrecht-bbb", "atlantis", "waterstad-bbb"):
            assert mira.get(f"{address}?scope={scope}").status_code == 404, (address, scope)


def test_a_programme_that_nobody_entered_says_so(staffed: House, client_as: ClientAs) -> None:
    for address in ("/figures", "/figures/quarters"):
        assert "Nog niemand" in read(client_as(MIRA), f"{address}?scope=waterstad-lvv")
    assert "Geen team heeft nog een dossier" in read(client_as(MIRA), "/figures/workload")


def test_as_known_on_a_day_counts_what_was_recorded_by_then(
    staffed: House, client_as: ClientAs
) -> None:
    left(staffed, complete(staffed, "LATE-2222"), "other", date(2026, 8, 1), at=date(2026, 10, 20))
    told = "9 oktober 2026"
    text = read(client_as(MIRA), f"{PAGE}30-09-2026&known_on=09-10-2026")
    assert told in text
    before = internal_figures.on_a_day(
        MIRA.actor(), "waterstad-lvv", date(2026, 9, 30), cast.NOW, date(2026, 10, 9)
    )
    after = internal_figures.on_a_day(MIRA.actor(), "waterstad-lvv", date(2026, 9, 30), cast.NOW)
    assert (_exits(before), _exits(after)) == (0, 1)


def _exits(found: object) -> int:
    assert isinstance(found, internal_figures.Internal)
    [exits] = [
        f.numerator for some in found.figures.values() for f, _ in some if f.indicator == "exits"
    ]
    return exits


def test_quarters_show_the_ends_of_the_last_four_and_today(
    staffed: House, client_as: ClientAs
) -> None:
    left(staffed, complete(staffed, "EAST-2222"), "other", date(2026, 8, 1))
    found = internal_figures.over_quarters(MIRA.actor(), "waterstad-lvv", cast.NOW)
    assert isinstance(found, internal_figures.Quarters)
    assert found.cut_offs == (
        date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 11, 22)
    )  # fmt: skip
    lines = {line.meaning.id: line.figures for some in found.lines.values() for line in some}
    assert [one.numerator for one in lines["exits"]] == [0, 0, 0, 1, 1]
    assert [one.numerator for one in lines["participants"]] == [0, 0, 1, 1, 1]
    assert "30-09-2026" in read(client_as(MIRA), "/figures/quarters")


def test_the_curve_is_drawn_and_its_table_adds_up_to_everybody(
    staffed: House, client_as: ClientAs
) -> None:
    builders.past_episodes(staffed, "waterstad-lvv")
    mira = client_as(MIRA)
    text = read(mira, "/figures/time-to-solution?scope=waterstad-lvv")
    drawn = re.findall(r'(?:src|srcset)="(/figures/time-to-solution.svg[^"]*)"', text)
    assert len(drawn) == 2, "for a desk and for a phone"
    for address in drawn:
        picture = mira.get(address.replace("&amp;", "&"))
        assert picture.content_type.startswith("image/svg+xml")
        assert "<polygon" in picture.text
    assert client_as(cast.FEMKE).get("/figures/time-to-solution.svg").status_code == 404
    for asked in ("scope=atlantis", "scope=waterstad-lvv&as_of=soon", "as_of=30-09-2999"):
        assert mira.get(f"/figures/time-to-solution.svg?{asked}").status_code == 404, asked
    found = internal_curves.curve(MIRA.actor(), "waterstad-lvv", date(2026, 11, 22), cast.NOW, str)
    assert isinstance(found, internal_curves.Curve)
    assert [row.month for row in found.rows][:3] == [3, 6, 12]
    for row in found.rows:
        assert abs(sum(row.percents) - 100) <= len(row.percents) // 2, "rounded one by one"
    assert found.rows[0].at_risk > found.rows[-1].at_risk
    left_later = found.rows[-1].percents[-1]
    assert left_later < found.rows[0].percents[-1], "fewer are still in"


def test_a_manager_sees_how_many_and_whose_list_and_never_a_code(
    lacking: House, client_as: ClientAs
) -> None:
    told = programme_overviews.of_programme(MIRA.actor(), "waterstad-lvv", cast.NOW)
    by_gap = {one.gap: one for one in told.counts}
    assert tuple(by_gap) == BY_TEAM, "goals of the plan are words in the vault"
    gender = by_gap[Gap.NO_GENDER]
    assert gender.teams == (("haven-east", 2),), "a restricted case counts, as in each figure"
    assert (gender.without_team, gender.elsewhere, gender.cases) == (1, 1, 4)
    assert by_gap[Gap.NO_OUTCOME].teams == (("haven-west", 1),)
    assert by_gap[Gap.SILENT].cases == 1

    for address in OF_TEAMS:
        text = read(client_as(MIRA), address)
        body = text.split("<main", 1)[1].split("</main", 1)[0]
        assert not CODE.search(body), address
        assert "Guest" not in body
        assert "/cases/" not in body
    text = read(client_as(MIRA), "/figures/data-quality")
    assert "kompas-one" not in text, "teams of others are not named"
    assert "haven-east: 2" in text


def test_imported_history_stands_apart(staffed: House) -> None:
    people = builders.past_episodes(staffed, "waterstad-lvv")
    told = programme_overviews.of_programme(MIRA.actor(), "waterstad-lvv", cast.NOW)
    by_gap = {one.gap: one for one in told.counts}
    assert (by_gap[Gap.NO_OUTCOME].imported, by_gap[Gap.NO_OUTCOME].cases) == (1, 0)
    assert by_gap[Gap.NO_GENDER].imported == people
    assert by_gap[Gap.SILENT].imported is None


def test_workload_counts_cases_and_tasks_and_no_outcome(
    lacking: House, client_as: ClientAs
) -> None:
    teams = programme_overviews.workload(MIRA.actor(), "waterstad-lvv", cast.NOW)
    assert [team.team for team in teams] == ["haven-east", "haven-west", ""]
    amina = next(one for one in teams[0].colleagues if one.name == "Amina")
    assert (amina.running, amina.open_tasks, amina.overdue_tasks, amina.silent) == (2, 2, 1, 0)
    bram = next(one for one in teams[0].colleagues if one.name == "Bram")
    assert (bram.running, bram.silent) == (1, 1)
    assert [(one.running, one.after_exit) for one in teams[1].colleagues] == [(0, 1)]
    assert teams[2].unassigned == 1
    text = read(client_as(MIRA), "/figures/workload")
    assert "Yusuf" not in text, "colleagues of others are not named"


def test_for_whom_the_pages_are_not_there(staffed: House, client_as: ClientAs) -> None:
    for colleague in (cast.FEMKE, cast.AMINA, cast.PETRA, cast.ADA, cast.KOFI):
        for address in PAGES:
            assert client_as(colleague).get(address).status_code == 404
    for address in OF_TEAMS:
        assert client_as(cast.LENA).get(address).status_code == 404, "a lead has the list instead"
    for act in (programme_overviews.of_programme, programme_overviews.workload):
        with pytest.raises(NotKnown):
            act(ANYWHERE.actor(), "utrecht-bbb", cast.NOW)
        with pytest.raises(NotKnown):
            act(cast.LENA.actor(), "waterstad-lvv", cast.NOW)


def test_each_look_is_recorded_without_what_was_seen(lacking: House, client_as: ClientAs) -> None:
    for address in PAGES:
        read(client_as(MIRA), address)
    wanted = Wanted(events=frozenset({"figures_viewed"}))
    told = audit_readings.page(lacking.stores, wanted, most=9)
    assert len(told) == len(PAGES)
    assert {json.dumps(one.details, default=str) for one in told} == {
        '{"as_of": "2026-11-22", "scope": "waterstad-lvv"}'
    }


def test_ten_times_the_cases_ask_as_many_questions(house: House) -> None:
    builders.hire(house, *cast.EVERYBODY, MIRA)

    def asked() -> tuple[int, int]:
        with counted(house) as quality:
            programme_overviews.of_programme(MIRA.actor(), "waterstad-lvv", cast.NOW)
        with counted(house) as load:
            programme_overviews.workload(MIRA.actor(), "waterstad-lvv", cast.NOW)
        return len(quality), len(load)

    lay_down(house, 60, plain=True)
    asked()
    few = asked()
    lay_down(house, 540, first=60, plain=True)
    assert asked() == few
    assert max(few) <= 8


def test_the_places_lead_to_each_other(lacking: House, client_as: ClientAs) -> None:
    mira = links(read(client_as(MIRA), "/figures"))
    assert {*PAGES, "/waiting-list/figures"} <= mira
    assert "/to-complete" not in mira
    lena = links(read(client_as(cast.LENA), "/figures"))
    assert {"/figures/quarters", "/to-complete", "/workload", "/clock"} <= lena
    assert "/figures/data-quality" not in lena


def test_the_figures_hold_in_a_browser_in_both_languages(
    desk: Page, live_server: str, lacking: House
) -> None:
    sign_in(desk, live_server, MIRA)
    in_both_languages(desk, f"{live_server}/figures?scope=waterstad-lvv", private=["Guest"])
    assert desk.get_by_role("heading", level=1).is_visible()
    screenshot(desk, "internal-figures")


@pytest.mark.parametrize("address", PAGES[1:])
def test_the_pages_beside_them_hold_in_a_browser(
    desk: Page, live_server: str, lacking: House, client_as: ClientAs, address: str
) -> None:
    builders.past_episodes(lacking, "waterstad-lvv")
    read(client_as(MIRA), address)  # the library of the curve takes seconds to load, once
    sign_in(desk, live_server, MIRA)
    visit(desk, f"{live_server}{address}", private=["Guest"])
    assert desk.get_by_role("heading", level=1).is_visible()
    screenshot(desk, f"internal{address.replace('/', '-')}")
