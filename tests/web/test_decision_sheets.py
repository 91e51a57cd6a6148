"""Decision sheets: what who decides for the city sees and answers, and what comes back to the team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decision_sheets import SheetAnswer, SheetReason
from caseflow.domain.outcomes import Outcome
from caseflow.services import (
    decision_sheets,
    decisions,
    gatekeeping,
    restrictions,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import Extension, Proposal
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

CITY = (Role.MUNICIPAL_DECISION_MAKER,)
DINA = Colleague("dina", "gemeente-waterstad", None, CITY, None, ("waterstad-lvv",))
AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture
def instance(instance: Path) -> Path:
    """The invented city, where the municipality decides on admission and extension, the team lead on the end."""
    file = instance / "config" / "programmes" / "waterstad-lvv.toml"
    text = file.read_text("utf-8")
    for kind in ("admission", "extension"):
        text = text.replace(f'{kind} = "team_lead"', f'{kind} = "municipal_decision_maker"')
    file.write_text(text, "utf-8")
    return instance


@pytest.fixture(autouse=True)
def staff(house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        builders.hire_everybody(house)
        builders.hire(house, DINA, cast.OTTO)
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def proposed(days_ago: int = 10) -> tuple[str, str]:
    """A screened case with words in its file, proposed for admission: its id and that of the proposal."""
    case_id = world.with_words(world.screened(days_ago=days_ago))
    on = world.first_day(case_id, clock.now())
    world.done(decisions.propose_admission(AMINA, case_id, on, "A secret reason.", clock.now()))
    return case_id, waiting(case_id)


def waiting(case_id: str) -> str:
    view = gatekeeping.open_case(LENA, case_id, clock.now())
    [one] = [one for one in view.proposals or () if one.state == "open"]
    return str(one.id)


def in_guidance(days_ago: int) -> str:
    """A case that the city admitted."""
    case_id, sheet_id = proposed(days_ago)
    said = SheetAnswer.YES, SheetReason.CRITERIA_MET
    world.done(decision_sheets.answer(DINA.actor(), sheet_id, *said, None, clock.now()))
    return case_id


def told(house: House, event: str) -> list[Any]:
    with house.stores.audit.connect() as log:
        return list(
            log.execute(
                select(Entry.user_id, Entry.details, Subject.subject_hash)
                .join(Subject, Subject.position == Entry.position, isouter=True)
                .where(Entry.event == event)
            )
        )


def test_a_sheet_shows_code_criteria_stage_clock_advice_and_day_and_nothing_else(
    client_as: ClientAs, house: House
) -> None:
    case_id, sheet_id = proposed()
    dina, amina = english(client_as, DINA), english(client_as, cast.AMINA)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    listed, address = dina.get("/decision-sheets").text, f"/decision-sheets/{sheet_id}"
    parse_page(listed)
    assert code in listed
    assert address in listed
    sheet = dina.get(address).text
    parse_page(sheet)
    assert code in sheet
    assert "No right of residence" in sheet or "Admission criteria" in sheet
    for secret in (
        world.CALL_NAME, world.FAMILY_NAME, world.NOTE, world.WISH, "A secret reason", "haven-east", "De Haven",
        "amina", "Amina", case_id,
    ):  # fmt: skip
        assert secret not in listed + sheet, secret
    assert dina.get(f"/cases/{case_id}").status_code == 404
    advice = f"/cases/{case_id}/proposals/{sheet_id}/advice"
    assert advice in amina.get(f"/cases/{case_id}").text
    parse_page(amina.get(advice).text)
    assert post(amina, advice).status_code == 422  # type: ignore[attr-defined]
    assert post(amina, advice, advice="in_favour").status_code == 303  # type: ignore[attr-defined]
    assert "In favour" in dina.get(address).text
    assert dina.get(advice).status_code == 404
    hashed = house.stores.hashed("subject", code)
    assert {(one.user_id, one.subject_hash) for one in told(house, "sheet_opened")} == {
        ("dina", hashed)
    }
    assert {one.subject_hash for one in told(house, "sheets_listed")} == {hashed}


def test_others_find_no_sheet(client_as: ClientAs) -> None:
    _, sheet_id = proposed()
    address, answer = f"/decision-sheets/{sheet_id}", {"answer": "yes", "reason": "criteria_met"}
    for colleague in (cast.OTTO, cast.FEMKE, cast.LENA, cast.PETRA, cast.ADA):
        client = client_as(colleague)
        assert client.get(address).status_code == 404, colleague.id
        assert post(client, address, **answer).status_code == 404, colleague.id  # type: ignore[attr-defined]
        listed = client.get("/decision-sheets")
        assert listed.status_code == (200 if colleague is cast.OTTO else 404), colleague.id
        assert address not in listed.text, colleague.id


def test_an_answer_is_carried_out_at_once_and_comes_back_with_its_reason(
    client_as: ClientAs,
) -> None:
    case_id, sheet_id = proposed()
    dina, amina = english(client_as, DINA), english(client_as, cast.AMINA)
    lena = english(client_as, cast.LENA)
    assert "The municipality decides" in lena.get(f"/cases/{case_id}").text
    assert f"{sheet_id}/decision" not in lena.get(f"/cases/{case_id}").text
    address = f"/decision-sheets/{sheet_id}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', dina.get(address).text)[1]  # type: ignore[index]
    assert post(dina, address, version=version).status_code == 422  # type: ignore[attr-defined]
    wrong = post(dina, address, answer="yes", reason="no_place", version=version)
    assert (wrong.status_code, "is no reason to answer" in wrong.text) == (409, True)  # type: ignore[attr-defined]
    stale = post(dina, address, answer="yes", reason="criteria_met", version="99")
    assert stale.status_code == 409  # type: ignore[attr-defined]
    done = post(dina, address, answer="yes", reason="criteria_met", version=version)
    assert (done.status_code, done.location) == (303, "/decision-sheets")  # type: ignore[attr-defined]
    file = amina.get(f"/cases/{case_id}").text
    assert "in guidance" in file
    assert "The criteria are met" in file
    assert "Dina" in file
    assert dina.get(address).status_code == 404


def test_a_longer_stay_is_granted_until_an_earlier_day_and_the_proposal_stays_as_it_was(
    client_as: ClientAs, house: House
) -> None:
    case_id = in_guidance(days_ago=510)
    [bed, *_] = builders.open_site(house)
    world.sleeps(house, case_id, bed, days_ago=505)
    last = gatekeeping.open_case(LENA, case_id, clock.now()).clock.last_day  # type: ignore[union-attr]
    assert last is not None
    asked, granted = last + timedelta(days=120), last + timedelta(days=60)
    world.done(decisions.propose_extension(AMINA, case_id, asked, None, clock.now()))
    sheet_id = waiting(case_id)
    dina, amina = english(client_as, DINA), english(client_as, cast.AMINA)
    answer = {"answer": "until", "reason": "shorter_is_enough", "until": f"{granted:%d-%m-%Y}"}
    too_late = post(dina, f"/decision-sheets/{sheet_id}", **answer | {"until": f"{asked:%d-%m-%Y}"})
    assert too_late.status_code == 409  # type: ignore[attr-defined]
    within = post(dina, f"/decision-sheets/{sheet_id}", **answer | {"until": f"{last:%d-%m-%Y}"})
    assert (within.status_code, "Choose a day after" in within.text) == (409, True)  # type: ignore[attr-defined]
    assert post(dina, f"/decision-sheets/{sheet_id}", **answer).status_code == 303  # type: ignore[attr-defined]
    with house.stores.reading() as session:
        assert session.scalars(select(Extension.until_on)).all() == [granted]
        kept = session.get_one(Proposal, sheet_id)
        assert (kept.until_on, kept.granted_until_on) == (asked, granted)
    file = amina.get(f"/cases/{case_id}").text
    assert "Granted until" in file
    assert "A shorter time is enough" in file


def test_an_end_that_the_team_lead_decides_on_is_no_sheet(client_as: ClientAs) -> None:
    case_id = in_guidance(days_ago=10)
    world.done(
        decisions.propose_exit(
            AMINA, case_id, Outcome.RESIDENCE_PERMIT, None, clock.today(), None, clock.now()
        )
    )
    sheet_id = waiting(case_id)
    dina, lena = english(client_as, DINA), english(client_as, cast.LENA)
    assert dina.get(f"/decision-sheets/{sheet_id}").status_code == 404
    assert f"{sheet_id}/decision" in lena.get(f"/cases/{case_id}").text
    assert f"{sheet_id}/advice" not in lena.get(f"/cases/{case_id}").text
    assert lena.get(f"/cases/{case_id}/proposals/{sheet_id}/advice").status_code == 404


def test_a_restricted_client_comes_to_a_named_reader_alone(client_as: ClientAs) -> None:
    case_id, sheet_id = proposed()
    dina, lena = english(client_as, DINA), english(client_as, cast.LENA)
    form = lena.get(f"/cases/{case_id}/restriction").text
    assert 'value="dina"' in form
    assert 'value="otto"' not in form
    world.done(restrictions.restrict(LENA, case_id, ("amina",), clock.now()))
    assert dina.get(f"/decision-sheets/{sheet_id}").status_code == 404
    assert sheet_id not in dina.get("/decision-sheets").text
    assert "only a decision-maker who is a named reader" in lena.get(f"/cases/{case_id}").text
    assert "works on the case" in str(restrictions.restrict(LENA, case_id, ("dina",), clock.now()))
    world.done(restrictions.restrict(LENA, case_id, ("amina", "dina"), clock.now()))
    assert dina.get(f"/decision-sheets/{sheet_id}").status_code == 200
    assert dina.get(f"/cases/{case_id}").status_code == 404


def test_a_role_that_ended_meanwhile_answers_nothing(house: House) -> None:
    _, sheet_id = proposed()
    with builders.casework(house) as session:
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.user_id == "dina")):
            grant.ended_at = cast.NOW
    said = SheetAnswer.YES, SheetReason.CRITERIA_MET
    with pytest.raises(NotKnown):
        decision_sheets.answer(DINA.actor(), sheet_id, *said, None, clock.now())


def test_who_decides_for_the_city_starts_at_the_sheets(client_as: ClientAs) -> None:
    proposed()
    dina = english(client_as, DINA)
    assert dina.get("/").location == "/decision-sheets"
    assert "Decision sheets" in dina.get("/account").text


def test_sealed_vaults_stop_no_sheet(client_as: ClientAs, house: House) -> None:
    _, sheet_id = proposed()
    house.stores.forget_vaults()
    dina = english(client_as, DINA)
    assert dina.get(f"/decision-sheets/{sheet_id}").status_code == 200
    answer = {"answer": "no", "reason": "no_place"}
    assert post(dina, f"/decision-sheets/{sheet_id}", **answer).status_code == 303  # type: ignore[attr-defined]


def test_a_guard_that_is_gone_is_found(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sheet_id = proposed()
    otto = english(client_as, cast.OTTO)
    monkeypatch.setattr(decision_sheets, "scopes_of", lambda *_: ("waterstad-lvv",))
    assert otto.get(f"/decision-sheets/{sheet_id}").status_code == 200
