"""Pages of publications: prepared, proposed, approved by two, frozen, and read by those they are for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from caseflow import clock
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.certificates import check_certificate
from caseflow.services import approvals, houses, publications
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from tests import cast
from tests.builders import casework, hire_everybody, past_episodes
from tests.pages import in_both_languages, screenshot, visit
from tests.serving import ClientAs, hired, post, sign_in

CUT_OFF = date(2026, 9, 30)
LATER = datetime(2027, 1, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def counted(sealed_house: House) -> House:
    """A house whose two programmes have a history large enough to publish, every vault sealed."""
    hire_everybody(sealed_house)
    past_episodes(sealed_house, "waterstad-lvv")
    past_episodes(sealed_house, "waterstad-bbb", source="other-archive")
    return sealed_house


def proposed(scope: str = "waterstad-lvv") -> str:
    made = publications.prepare(THE_COMMAND, scope, CUT_OFF, cast.NOW)
    assert made.state == "prepared", made
    assert approvals.propose(THE_COMMAND, made.id, cast.NOW) is None
    return made.id


def frozen(scope: str = "waterstad-lvv") -> str:
    publication = proposed(scope)
    for colleague in (cast.PETRA, cast.MO):
        assert approvals.approve(colleague.actor(), publication, cast.NOW) is None
    return publication


def english(house: House, client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    """A client of a colleague who reads English."""
    client = client_as(colleague)
    with casework(house) as session:
        session.get_one(UserAccount, colleague.id).locale = "en"
    return client


def page_of(client: FlaskClient, publication: str) -> str:
    answer = client.get(f"/statistics/{publication}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_two_colleagues_freeze_what_a_third_one_proposed(
    counted: House, client_as: ClientAs
) -> None:
    lena, petra, mo = client_as(cast.LENA), client_as(cast.PETRA), client_as(cast.MO)
    made = post(lena, "/statistics/prepare", scope="waterstad-lvv", cut_off="30-09-2026")
    assert made.status_code == 303
    publication = made.location.rpartition("/")[2]

    assert post(lena, f"/statistics/{publication}/propose").status_code == 303
    assert f"{publication}/approve" not in page_of(lena, publication), "never one's own proposal"
    assert post(lena, f"/statistics/{publication}/approve").status_code == 303
    assert client_as(cast.FEMKE).get(f"/statistics/{publication}").status_code == 404

    for approver in (petra, mo):
        assert f"{publication}/approve" in page_of(approver, publication)
        assert post(approver, f"/statistics/{publication}/approve").status_code == 303
        assert f"{publication}/approve" not in page_of(approver, publication)

    text = page_of(client_as(cast.FEMKE), publication)
    assert "/approve" not in text
    assert "&lt;5" in text


def test_a_funder_reads_frozen_publications_of_their_programmes_and_nothing_under_way(
    counted: House, client_as: ClientAs
) -> None:
    issued, waiting = frozen(), proposed("waterstad-bbb")
    femke = client_as(cast.FEMKE)

    listed = femke.get("/statistics/").get_data(as_text=True)

    assert issued in listed
    assert waiting not in listed
    for end in ("", ".csv", "-excel.csv", "-outcomes.svg", "-certificate.json"):
        assert femke.get(f"/statistics/{waiting}{end}").status_code == 404
        assert femke.get(f"/statistics/{issued}{end}").status_code == 200
    for act in ("propose", "approve", "send-back"):
        assert post(femke, f"/statistics/{waiting}/{act}").status_code == 404


def test_what_is_absent_and_what_is_not_for_the_reader_look_alike(
    counted: House, client_as: ClientAs
) -> None:
    waiting = proposed()
    femke = client_as(cast.FEMKE)
    absent = femke.get(f"/statistics/{uuid4()}")
    hidden = femke.get(f"/statistics/{waiting}")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert absent.data == hidden.data


def test_nobody_without_an_account_sees_anything_while_the_setting_is_off(
    counted: House, app: Flask
) -> None:
    issued = frozen()
    visitor = app.test_client()
    for address in ("/statistics/", f"/statistics/{issued}", f"/statistics/{uuid4()}"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")


def test_everybody_reads_what_a_programme_publishes_for_everybody(
    counted: House, app: Flask
) -> None:
    public, other = frozen(), frozen("waterstad-bbb")
    house = houses.current()
    opened = replace(house.settings.publication, public_page=True)
    public_house = replace(house, settings=replace(house.settings, publication=opened))
    visitor = app.test_client()

    with houses.inside(public_house):
        listed = visitor.get("/statistics/").get_data(as_text=True)

        assert public in listed
        assert other not in listed, "this programme publishes for its funders only"
        assert visitor.get(f"/statistics/{public}.csv").status_code == 200
        assert visitor.get(f"/statistics/{other}").status_code == 404
        assert visitor.get("/statistics/prepare").status_code == 303
        petra = cast.PETRA.actor()
        later = publications.prepare(THE_COMMAND, "waterstad-lvv", date(2026, 12, 31), LATER)
        assert later.state == "prepared"
        assert later.id not in visitor.get("/statistics/").get_data(as_text=True)
        assert visitor.get(f"/statistics/{later.id}").status_code == 404
        assert later.id in {one.id for one in publications.listed(petra)}


def test_the_files_say_what_the_page_says_and_the_status_of_each_count(
    counted: House, client_as: ClientAs
) -> None:
    issued = frozen()
    femke = client_as(cast.FEMKE)
    plain = femke.get(f"/statistics/{issued}.csv")
    excel = femke.get(f"/statistics/{issued}-excel.csv")

    lines = list(csv.DictReader(io.StringIO(plain.get_data(as_text=True))))
    status = {line["id"]: line["status"] for line in lines}
    shown = {row.id: row for row in publications.listed(cast.FEMKE.actor())[0].rows}
    apart = {"rate", "stock"}
    assert {line["id"]: line["printed"] for line in lines if line["part"] not in apart} == {
        row.id: row.text for row in shown.values()
    }
    assert {line["id"] for line in lines if line["part"] == "stock"} == {"waiting"}
    assert "under_5" in status.values()
    assert excel.data.startswith(b"\xef\xbb\xbfProgramma;Peildatum;")
    assert plain.headers["Content-Disposition"] == (f'attachment; filename="{issued}.csv"')

    certificate = femke.get(f"/statistics/{issued}-certificate.json")
    assert check_certificate(json.loads(certificate.data)) == []


def test_why_nothing_is_published_is_said_inside_only(
    sealed_house: House, client_as: ClientAs
) -> None:
    past_episodes(sealed_house, "waterstad-lvv", times=0.02)
    lena = client_as(cast.LENA)
    made = post(lena, "/statistics/prepare", scope="waterstad-lvv", cut_off="30-09-2026")
    publication = made.location.rpartition("/")[2]

    assert "20" in page_of(lena, publication)
    assert "/propose" not in page_of(lena, publication)
    assert client_as(cast.FEMKE).get(f"/statistics/{publication}").status_code == 404
    listed = client_as(cast.FEMKE).get("/statistics/").get_data(as_text=True)
    assert publication not in listed


def test_a_funder_learns_that_nothing_was_published_at_a_cut_off_and_never_why(
    sealed_house: House, client_as: ClientAs
) -> None:
    hired(sealed_house, cast.LENA)
    past_episodes(sealed_house, "waterstad-lvv", times=0.02)
    made = publications.prepare(cast.LENA.actor(), "waterstad-lvv", CUT_OFF, cast.NOW)
    femke = cast.FEMKE.actor()

    (told,) = publications.unpublished(femke, cast.NOW)
    listed = english(sealed_house, client_as, cast.FEMKE).get("/statistics/")
    listed = listed.get_data(as_text=True)

    assert told.cut_off == CUT_OFF
    assert "30 September 2026" in listed
    assert "Not published this quarter" in listed
    assert "fewer than" not in listed
    assert made.id not in listed
    assert publications.unpublished(None, cast.NOW) == (), "nothing of it is public here"
    assert publications.unpublished(cast.TESS.actor(), cast.NOW) == ()


def test_a_fault_that_can_still_be_repaired_is_told_outside_once_its_quarter_is_over(
    sealed_house: House,
) -> None:
    past_episodes(sealed_house, "utrecht-bbb")
    made = publications.prepare(THE_COMMAND, "utrecht-bbb", CUT_OFF, cast.NOW)
    assert made.state == "not_published"
    assert publications.unpublished(THE_COMMAND, cast.NOW) == ()
    assert [one.cut_off for one in publications.unpublished(THE_COMMAND, LATER)] == [CUT_OFF]


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        (1, "lies within 3 points"),
        (0.4, "lies within 6 points"),
        (0.2, "A range, because the group is small"),
        (0.1, "In words, because the group is too small"),
    ],
)
def test_each_rate_says_how_near_it_is_to_the_true_one(
    sealed_house: House, client_as: ClientAs, times: float, sentence: str
) -> None:
    hired(sealed_house, cast.LENA)
    past_episodes(sealed_house, "waterstad-lvv", times=times)
    made = publications.prepare(cast.LENA.actor(), "waterstad-lvv", CUT_OFF, cast.NOW)
    assert made.state == "prepared", made.refusal
    text = page_of(english(sealed_house, client_as, cast.LENA), made.id)
    assert sentence in text
    if times < 0.4:
        assert "within 3 points" not in text


def test_an_approval_takes_a_fresh_code_and_a_proposal_does_not(
    counted: House, client_as: ClientAs
) -> None:
    made = publications.prepare(THE_COMMAND, "waterstad-lvv", CUT_OFF, cast.NOW)
    lena, petra = client_as(cast.LENA), client_as(cast.PETRA)
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert post(lena, f"/statistics/{made.id}/propose").status_code == 303
        sent = post(petra, f"/statistics/{made.id}/approve")
        assert sent.location.startswith("/account/code?next=")
        seen = publications.shown(THE_COMMAND, made.id, cast.NOW)
    assert (seen.state, seen.approved_as) == ("proposed", ())


def test_a_form_that_was_filled_in_wrong_comes_back_with_what_was_typed(
    counted: House, client_as: ClientAs
) -> None:
    lena = client_as(cast.LENA)
    assert post(lena, "/statistics/prepare", scope="", cut_off="soon").status_code == 422
    strange = post(lena, "/statistics/prepare", scope="utrecht-bbb", cut_off="30-09-2026")
    assert strange.status_code == 422, "a programme of others is not offered"
    future = post(lena, "/statistics/prepare", scope="waterstad-lvv", cut_off="30-09-2999")
    assert future.status_code == 409
    assert "2999" in future.get_data(as_text=True)
    assert publications.listed(cast.LENA.actor()) == (), "and nothing was kept"


def test_the_pages_look_well_in_both_languages(
    counted: House, live_server: str, desk: Page
) -> None:
    issued, waiting = frozen(), proposed("waterstad-bbb")
    sign_in(desk, live_server, cast.LENA)
    for address, name in (
        ("/statistics/", "publications-inside"),
        (f"/statistics/{waiting}", "publication-proposed"),
        ("/statistics/prepare", "publication-prepare"),
        ("/figures", "figures"),
    ):
        visit(desk, f"{live_server}{address}")
        screenshot(desk, name)
    sign_in(desk, live_server, cast.PETRA)
    visit(desk, f"{live_server}/statistics/{waiting}")
    screenshot(desk, "publication-approve")
    sign_in(desk, live_server, cast.FEMKE)
    for address, name in (
        ("/statistics/", "publications"),
        (f"/statistics/{issued}", "publication"),
    ):
        in_both_languages(desk, f"{live_server}{address}")
        screenshot(desk, name)
    desk.emulate_media(media="print")
    screenshot(desk, "publication-print")
