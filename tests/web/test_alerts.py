"""The list of the week: for those who work on a stay, about their own cases, recorded before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from caseflow import clock
from caseflow.services import job_runs, stay_alerts
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import CaseTeamMember, Client
from caseflow.storage.models.facts import CourtContinuation, Extension, Proposal
from caseflow.storage.models.operations import StayAlert
from tests import cast
from tests.builders import casework, hire_everybody, open_site
from tests.jobs.cases import AT, person
from tests.pages import in_both_languages, screenshot, visit
from tests.serving import ClientAs, post, sign_in

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LAST_DAY = date(2026, 12, 1)
STARTED = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def case(sealed_house: House) -> str:
    """Somebody of haven-east with eight days left, and an alert about it."""
    hire_everybody(sealed_house)
    open_site(sealed_house, beds=8)
    case_id = person(sealed_house, STARTED)
    with casework(sealed_house) as session:
        session.add(
            CaseTeamMember(case_id=case_id, user_id="amina", from_on=STARTED, change_id="change")
        )
    raise_all()
    return case_id


def raise_all() -> None:
    stay_alerts.raise_weekly(job_runs.scheduler("stay_alerts"), clock.now(), clock.now())


def seen_at(house: House, case: str) -> set[datetime | None]:
    with house.stores.reading() as session:
        return set(session.scalars(select(StayAlert.seen_at).where(StayAlert.case_id == case)))


def test_c04_the_list_shows_who_has_how_long_and_links_to_the_decision(
    client_as: ClientAs, case: str
) -> None:
    text = client_as(cast.AMINA).get("/alerts").get_data(as_text=True)

    assert "Blue" in text
    assert "01-12-2026" in text
    assert f"/cases/{case}" in text
    assert text.count("<th class") == 7 + 1  # one row: the most urgent alert of the case


@pytest.mark.parametrize(
    ("started", "says", "not_yet"),
    [
        (STARTED, "Verlengen of vertrekken", "Bespreek wat erna komt"),
        (date(2025, 11, 20), "Bespreek wat erna komt", "Verlengen of vertrekken"),
    ],
)
def test_an_alert_asks_for_what_the_rules_let_somebody_do(
    client_as: ClientAs, sealed_house: House, started: date, says: str, not_yet: str
) -> None:
    hire_everybody(sealed_house)
    open_site(sealed_house, beds=8)
    case_id = person(sealed_house, started)
    raise_all()

    text = client_as(cast.LENA).get("/alerts").text

    assert f"/cases/{case_id}" in text
    assert (says in text, not_yet in text) == (True, False)


@pytest.mark.parametrize("colleague", [cast.SARA, cast.YUSUF, cast.MO])
def test_colleagues_of_other_teams_do_not_learn_that_somebody_is_here(
    client_as: ClientAs, case: str, colleague: cast.Colleague
) -> None:
    answer = client_as(colleague).get("/alerts")

    assert answer.status_code == 200
    assert "Blue" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("colleague", [cast.TESS, cast.KOFI, cast.FEMKE, cast.ADA, cast.PETRA])
def test_the_list_does_not_exist_for_those_who_decide_on_no_stay(
    client_as: ClientAs, case: str, colleague: cast.Colleague
) -> None:
    assert client_as(colleague).get("/alerts").status_code == 404


def test_a_restricted_client_is_listed_for_named_readers_only(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    with casework(sealed_house) as session:
        session.scalars(select(Client)).one().restricted = True

    assert "Blue" not in client_as(cast.LENA).get("/alerts").get_data(as_text=True)


def test_the_look_is_recorded_with_the_people_on_the_list(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    client_as(cast.LENA).get("/alerts")
    with sealed_house.stores.audit.connect() as log:
        [entry] = log.execute(select(Entry).where(Entry.event == "alerts_listed")).all()

    assert entry.user_id == "lena"
    assert entry.result == "shown"
    assert entry.details == '{"count":1}'


def test_an_alert_goes_once_the_stay_is_extended(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    with casework(sealed_house) as session:
        proposal = Proposal(
            case_id=case, kind="extension", state="approved", event_on=STARTED, **AT
        )
        session.add(proposal)
        session.flush()
        until_on = LAST_DAY + timedelta(days=300)
        session.add(
            Extension(
                case_id=case, until_on=until_on, event_on=LAST_DAY, proposal_id=proposal.id, **AT
            )
        )

    assert "Blue" not in client_as(cast.AMINA).get("/alerts").get_data(as_text=True)


def test_c04_an_alert_is_silent_while_a_court_continues_the_stay(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    with casework(sealed_house) as session:
        session.add(CourtContinuation(case_id=case, from_on=STARTED, until_on=None, **AT))

    assert "Blue" not in client_as(cast.AMINA).get("/alerts").get_data(as_text=True)


def test_a_seen_alert_stays_this_week_and_goes_with_the_next(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    amina = client_as(cast.AMINA)
    assert post(amina, f"/alerts/{case}/seen").status_code == 303  # type: ignore[attr-defined]
    assert seen_at(sealed_house, case) == {NOW}
    assert "Blue" in amina.get("/alerts").get_data(as_text=True)

    with clock.fixed(NOW + timedelta(days=7)):
        text = client_as(cast.AMINA).get("/alerts").get_data(as_text=True)
        assert "Blue" not in text


def test_an_alert_that_nobody_saw_stays_on_the_list(client_as: ClientAs, case: str) -> None:
    with clock.fixed(NOW + timedelta(days=7)):
        assert "Blue" in client_as(cast.AMINA).get("/alerts").get_data(as_text=True)


def test_seen_is_said_by_those_who_work_on_the_case_only(
    client_as: ClientAs, sealed_house: House, case: str
) -> None:
    for colleague in (cast.SARA, cast.BRAM, cast.NOOR, cast.ADA):
        answer = post(client_as(colleague), f"/alerts/{case}/seen")
        assert answer.status_code == 404  # type: ignore[attr-defined]
    assert seen_at(sealed_house, case) == {None}

    assert post(client_as(cast.LENA), f"/alerts/{case}/seen").status_code == 303  # type: ignore[attr-defined]
    assert seen_at(sealed_house, case) == {NOW}


def test_the_caseload_asks_for_a_look_at_an_alert_until_somebody_has_seen_it(
    client_as: ClientAs, case: str
) -> None:
    lists = {}
    for colleague in (cast.AMINA, cast.LENA, cast.BRAM):
        lists[colleague.id] = client_as(colleague)
        post(lists[colleague.id], "/language", language="en")
    alert, soon = "Stay alert: two weeks left", "Last day comes near"

    for name, there, absent in (
        ("amina", alert, soon),
        ("lena", alert, soon),
        ("bram", soon, alert),
    ):
        page = lists[name].get("/caseload?show=everyone").text
        assert there in page, name
        assert absent not in page, name

    assert post(lists["amina"], f"/alerts/{case}/seen").status_code == 303
    for client in lists.values():
        page = client.get("/caseload?show=everyone").text
        assert soon in page
        assert alert not in page


def test_the_empty_list_says_when_the_next_one_comes(
    client_as: ClientAs, sealed_house: House
) -> None:
    text = client_as(cast.AMINA).get("/alerts").get_data(as_text=True)

    assert "<table" not in text
    assert "cf-empty" in text


@pytest.mark.browser
def test_the_list_can_be_used_by_everybody(
    desk: Page, live_server: str, sealed_house: House, case: str
) -> None:
    for name, days in (("Green", 25), ("Red", -3), ("Grey", 80), ("White", -20)):
        person(sealed_house, STARTED + timedelta(days=days), call_name=name)
    raise_all()
    sign_in(desk, live_server, cast.LENA)

    visit(desk, f"{live_server}/alerts", private=["Blue", "Green"])
    screenshot(desk, "alerts")
    assert desk.locator("tbody tr").count() == 5
    in_both_languages(desk, f"{live_server}/alerts")
