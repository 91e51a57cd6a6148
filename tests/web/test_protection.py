"""Pages of help to report a crime, signals of trafficking and child protection: who sees which, what they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import Disclosure
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import check, in_both_languages, parse_page, visit
from tests.serving import ClientAs, post, sign_in

ROSA = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
WARD = Colleague("ward", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
REFERENCE, WORDS = "PL0900-REFMARKER", "Wordmarker by the river."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Blue, who sleeps at Havenhuis, with Amina on the case team and words in the vault."""
    builders.hire_everybody(house)
    [bed] = builders.open_site(house, beds=1)
    builders.hire(house, ROSA, WARD)
    made = world.with_words(world.admitted(days_ago=20))
    world.sleeps(house, made, bed, days_ago=5)
    return made


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def link(client: FlaskClient, address: str, ending: str) -> str:
    [found] = set(re.findall(rf'(?:href|action)="([^"]+{ending})"', client.get(address).text))
    return str(found)


GOES = {
    "standing": "victim", "wish": "report", "told_on": "21-11-2026", "told_in": "ti",
    "interpreter_number": "1234", "along": "caseworker", "meets_on": "25-11-2026", "meets_at": "14:30",
    "place": "Station square 1",
}  # fmt: skip


def test_a_report_goes_from_the_wish_to_what_came_of_it(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/safe-reports"
    assert page in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(page).text)
    parse_page(amina.get(f"{page}/new").text)
    assert post(amina, f"{page}/new").status_code == 422
    assert post(amina, f"{page}/new", **GOES | {"told_in": ""}).status_code == 409
    assert post(amina, f"{page}/new", **GOES).status_code == 303
    shown = amina.get(page).text
    assert all(one in shown for one in ("Station square 1", "14:30", "1234", "Tigrinya"))
    outcome = link(amina, page, "/outcome")
    parse_page(amina.get(outcome).text)
    came = {"outcome": "taken", "outcome_on": "22-11-2026", "reference": REFERENCE, "words": WORDS,
            "victim_support": "asked", "damages_fund": "told"}  # fmt: skip
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', amina.get(outcome).text)
    assert seen is not None
    assert post(amina, outcome, **came, seen=seen[1]).status_code == 303
    assert REFERENCE in amina.get(page).text
    # a colleague who had the form open meanwhile saves over nothing
    assert post(amina, outcome, **came, seen=seen[1]).status_code == 409
    changed = link(amina, page, r"safe-reports/[0-9a-f-]{36}")
    again = amina.get(changed).text
    assert "Station square 1" in again
    assert REFERENCE not in again
    back = link(amina, page, "/take-back")
    assert post(amina, back).status_code == 303
    assert REFERENCE not in amina.get(page).text
    assert amina.get(back).status_code == 404


def test_elsewhere_a_report_is_a_task_to_go_along_and_nothing_more(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as(cast.AMINA))
    post(amina, f"/cases/{case_id}/safe-reports/new", **GOES)
    with house.stores.reading() as session:
        [task] = session.query(Task).where(Task.case_id == case_id, Task.kind == "accompany").all()
        assert task.due_on.isoformat() == "2026-11-25"
        assert session.get_one(Case, case_id).id == case_id
    for address in (f"/cases/{case_id}", "/cases", "/cases?search=Station"):
        assert not re.search("Station square|14:30|free in", amina.get(address).text), address


def test_a_page_about_a_report_says_nothing_of_status(client_as: ClientAs, case_id: str) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/safe-reports"
    post(amina, f"{page}/new", **GOES)
    for address in (page, f"{page}/new"):
        text = re.sub(r"<nav.*?</nav>", "", amina.get(address).text, flags=re.DOTALL).lower()
        for word in ("v-number", "permit", "asylum", "procedure", "lvv", "waterstad"):
            assert word not in text, (address, word)


def test_who_may_read_what(house: House, client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as(cast.AMINA))
    post(amina, f"/cases/{case_id}/safe-reports/new", **GOES)
    post(amina, f"/cases/{case_id}/trafficking/new", seen_on="22-11-2026", signals="hurt",
         wish="help", route="comensha", along="caseworker")  # fmt: skip
    kinds = ("safe-reports", "trafficking", "child-protection")
    expected = {
        cast.AMINA: (200, 200, 200),
        cast.LENA: (200, 200, 200),  # leads the team: of reports what she wrote herself
        ROSA: (404, 200, 200),
        WARD: (404, 404, 404),
    }
    for who, statuses in expected.items():
        client = client_as(who)
        for kind, status in zip(kinds, statuses, strict=True):
            answer = client.get(f"/cases/{case_id}/{kind}")
            assert answer.status_code == status, (who.id, kind)
            linked = f"/cases/{case_id}/{kind}" in client.get(f"/cases/{case_id}").text
            assert linked is (status == 200), (who.id, kind)
    lena = english(client_as(cast.LENA))
    text = lena.get(f"/cases/{case_id}/safe-reports").text
    assert "Station square 1" not in text
    assert "Nothing that you wrote yourself stands here." in text


def test_signals_are_ticked_and_taken_back(client_as: ClientAs, case_id: str) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/trafficking"
    parse_page(amina.get(page).text)
    parse_page(amina.get(f"{page}/new").text)
    said = {"seen_on": "22-11-2026", "signals": ["hurt", "papers_taken"], "words": WORDS}
    police = post(amina, f"{page}/new", **said, wish="help", route="police")
    assert police.status_code == 422
    alone = post(amina, f"{page}/new", **said, wish="report_self", route="lawyer")
    assert alone.status_code == 409
    kept = post(amina, f"{page}/new", **said, wish="report_self", route="lawyer", along="lawyer")
    assert kept.status_code == 303
    shown = amina.get(page).text
    assert "Somebody else keeps the papers or the telephone" in shown
    assert WORDS in shown
    assert post(amina, link(amina, page, "/take-back")).status_code == 303
    assert WORDS not in amina.get(page).text


def test_the_steps_of_the_code_need_a_second_person_to_weigh_and_to_decide(
    client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/child-protection"
    parse_page(amina.get(page).text)
    new = {"whom": "own_child", "result": "saw_violence", "done_on": "22-11-2026", "words": WORDS}
    parse_page(amina.get(f"{page}/new").text)
    assert post(amina, f"{page}/new").status_code == 422
    assert post(amina, f"{page}/new", **new).status_code == 303
    assert post(amina, f"{page}/new", **new).status_code == 409  # it runs already
    decide, weigh = link(amina, page, "/decide"), link(amina, page, "/weigh")
    parse_page(amina.get(weigh).text)
    early = post(amina, decide, result="to_report", done_on="22-11-2026")
    assert (early.status_code, "Two people weigh it" in early.text) == (409, True)
    assert post(amina, weigh, result="structural", done_on="22-11-2026").status_code == 303
    assert "I agree as second person" not in amina.get(page).text
    lena = english(client_as(cast.LENA))
    assert post(lena, link(lena, page, "/agree")).status_code == 303
    assert "agreed" in lena.get(page).text
    nothing = post(amina, decide, result="no_action", done_on="22-11-2026")
    assert nothing.status_code == 409
    assert post(amina, decide, result="help", done_on="22-11-2026").status_code == 303
    assert post(lena, link(lena, page, "/agree")).status_code == 303
    assert "decided" in lena.get(page).text


def test_pages_go_on_while_the_vault_is_sealed(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as(cast.AMINA))
    post(amina, f"/cases/{case_id}/safe-reports/new", **GOES)
    post(amina, f"/cases/{case_id}/child-protection/new", whom="unborn", result="neglect",
         done_on="22-11-2026", words=WORDS)  # fmt: skip
    house.stores.forget_vaults()
    reports = amina.get(f"/cases/{case_id}/safe-reports").text
    assert "The vault is sealed" in reports
    assert "Station square" not in reports
    shown = amina.get(f"/cases/{case_id}/child-protection").text
    assert "Care or attention that a child needs is missing" in shown
    assert WORDS not in shown
    quick = {"whom": "own_child", "result": "hurt", "done_on": "22-11-2026", "acute": "y"}
    assert post(amina, f"/cases/{case_id}/child-protection/new", **quick).status_code == 303
    words = post(amina, f"/cases/{case_id}/trafficking/new", seen_on="22-11-2026", signals="hurt",
                 wish="nothing_now", route="none_now", words=WORDS)  # fmt: skip
    assert (words.status_code, WORDS in words.text) == (409, True)


def test_a_report_to_veilig_thuis_leaves_with_fixed_fields_and_a_second_person(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/child-protection"
    new = {"whom": "own_child", "result": "hurt", "done_on": "22-11-2026"}
    post(amina, f"{page}/new", **new)
    report = link(amina, page, "/report")
    form = amina.get(report).text
    parse_page(form)
    assert "V-number" not in form
    told = {"result": "to_veilig_thuis", "done_on": "22-11-2026", "told_at": "09:15", "fields_told": ["own_name"],
            "children": "one child, 4 years old", "words": WORDS}  # fmt: skip
    early = post(amina, report, **told)
    assert (early.status_code, "Two people decide" in early.text) == (409, True)
    assert post(amina, report, **told | {"fields_told": ["v_number"]}).status_code == 422
    assert post(amina, link(amina, page, "/acute")).status_code == 303
    assert post(amina, report, **told | {"told_at": "9"}).status_code == 409
    assert post(amina, report, **told).status_code == 303
    with house.stores.reading() as session:
        [row] = session.query(Disclosure).where(Disclosure.case_id == case_id).all()
        assert (row.kind, row.tier, row.state) == ("child_protection", "vital", "issued")
        assert set(row.fields.split()) == {"own_name", "children", "words"}
    assert "waits for a second person" in amina.get(page).text
    lena = english(client_as(cast.LENA))
    assert post(lena, link(lena, page, "/agree")).status_code == 303
    # what was reported is never taken back as an error
    assert post(amina, link(amina, page, "/take-back")).status_code == 409


def test_help_to_report_is_found_where_an_incident_stands(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    rosa = client_as(ROSA)
    said = {"site": "havenhuis", "on": "22-11-2026", "part_of_day": "evening", "kind": "violence", "police": "not",
            "people-0-who": code, "people-0-role": "harmed"}  # fmt: skip
    assert post(rosa, "/incidents/new", **said).status_code == 303
    page = f"/cases/{case_id}/safe-reports"
    amina = english(client_as(cast.AMINA))
    shown = amina.get(f"/cases/{case_id}").text
    assert (
        len(re.findall(f'href="{page}"', shown)) == 2
    )  # beside the incident, and with the other help
    [incident] = set(re.findall(r'href="(/incidents/[0-9a-f-]{36})"', shown))
    assert f'href="{page}"' in amina.get(incident).text
    assert f'href="{page}"' not in rosa.get(incident).text


def test_the_pages_stand_in_a_browser(
    house: House, live_server: str, desk: Page, case_id: str
) -> None:
    sign_in(desk, live_server, cast.AMINA)
    case = f"{live_server}/cases/{case_id}"
    visit(desk, f"{case}/safe-reports", private=["Blue"])
    desk.get_by_role("link", name="Hulp bij aangifte vastleggen").click()
    desk.get_by_label("Slachtoffer", exact=True).check()
    desk.get_by_label("Aangifte doen bij de politie").check()
    desk.get_by_role("button", name=re.compile("kluis")).click()
    desk.wait_for_url(re.compile("/safe-reports$"))
    check(desk)
    visit(desk, f"{case}/trafficking/new", private=["Blue"])
    desk.get_by_label("Krijgt geen of bijna geen loon").check()
    desk.get_by_label("Hulp en een veilige plek").check()
    desk.get_by_label("CoMensha", exact=True).check()
    desk.get_by_role("button", name="Signalen vastleggen").click()
    desk.wait_for_url(re.compile("/trafficking$"))
    check(desk)
    visit(desk, f"{case}/child-protection/new", private=["Blue"])
    desk.get_by_label("Een kind van deze persoon").check()
    desk.get_by_label("Een kind wordt pijn gedaan").check()
    desk.get_by_role("button", name="Opschrijven").click()
    desk.wait_for_url(re.compile("/child-protection$"))
    check(desk)
    for path in ("safe-reports", "trafficking", "child-protection"):
        in_both_languages(desk, f"{case}/{path}")


def test_free_in_free_out_is_printed_in_five_languages(client_as: ClientAs, case_id: str) -> None:
    amina = client_as(cast.AMINA)
    for language in ("nl", "en", "ar", "fa", "ti"):
        answer = amina.get(f"/cases/{case_id}/safe-reports/explanation/{language}.pdf")
        assert (answer.status_code, answer.content_type) == (200, "application/pdf"), language
        named = answer.headers["Content-Disposition"]
        assert re.search(r'filename="(brief|letter)\.pdf"', named), named
        assert b"Blue" not in answer.data
    assert amina.get(f"/cases/{case_id}/safe-reports/explanation/xx.pdf").status_code == 404


def test_a_statement_is_made_in_the_hand_of_the_client(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/safe-reports"
    form = amina.get(f"{page}/statement").text
    parse_page(form)
    assert "police" in form  # only as who never receives it
    nobody = post(amina, f"{page}/statement", to="police", language="nl")
    assert nobody.status_code == 422
    foreign = post(amina, f"{page}/statement", to="client", language="nl", with_fields="v_number")
    assert foreign.status_code == 422
    made = post(amina, f"{page}/statement", to="client", language="nl")
    assert made.status_code == 303
    paper = amina.get(made.headers["Location"])
    assert paper.content_type == "application/pdf"
    assert client_as(cast.LENA).get(made.headers["Location"]).status_code == 303


def test_a_report_that_says_something_of_status_does_not_leave(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    amina, page = english(client_as(cast.AMINA)), f"/cases/{case_id}/child-protection"
    new = {"whom": "own_child", "result": "hurt", "done_on": "22-11-2026", "acute": "y"}
    post(amina, f"{page}/new", **new)
    told = {"result": "to_112", "done_on": "22-11-2026", "told_at": "09:15", "children": "one child",
            "words": "The mother has no verblijfsvergunning, V-nummer 2876543210."}  # fmt: skip
    answer = post(amina, link(amina, page, "/report"), **told)
    assert (answer.status_code, "nothing of papers" in answer.text) == (409, True)
    with house.stores.reading() as session:
        assert not session.query(Disclosure).where(Disclosure.case_id == case_id).count()
