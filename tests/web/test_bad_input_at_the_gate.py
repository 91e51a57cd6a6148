"""What somebody might try at the gate: refused, recorded, and nothing revealed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.services import audits
from caseflow.services.houses import House
from caseflow.storage import changes
from caseflow.storage.models.accounts import RoleGrant, RosterShift
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import Proposal
from caseflow.storage.models.vault import Note
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs, csrf_token, post
from tests.web.guessed_ids import plain

HIDDEN = (world.FAMILY_NAME, world.NOTE, world.WISH, "06 1234")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.with_words(world.admitted(days_ago=10))


def newest(house: House, **wanted: object) -> Entry:
    """The last entry of the log with these values."""
    asked = select(Entry).order_by(Entry.position.desc()).limit(1)
    for name, value in wanted.items():
        asked = asked.where(getattr(Entry, name) == value)
    with Session(house.stores.audit, expire_on_commit=False) as log:
        found = log.scalars(asked).one()
        log.expunge(found)
        return found


ASKS = [
    "?fields=identity,contact&show=all",
    "?compartments=identity&include=notes&expand=identity",
    "?columns=family_name&sort=family_name&order=asc",
    "?notes_page=2&reveal=1&as=case_team",
    "?role=team_lead&actor=amina&user_id=amina",
]


def test_parameters_that_ask_for_hidden_columns_change_nothing(
    client_as: ClientAs, case_id: str
) -> None:
    bram = client_as(cast.BRAM)
    for path in (f"/cases/{case_id}", "/caseload"):
        usual = bram.get(path)
        for asks in ASKS:
            asked = bram.get(path + asks)
            assert plain(asked) == plain(usual), path + asks
            assert [word for word in HIDDEN if word in asked.text] == []


SEARCHES = ["?q={name}", "?call_name={name}", "?family_name={name}", "?page=-1", "?page=x"]


def test_a_hidden_name_is_not_found_by_any_search(client_as: ClientAs, case_id: str) -> None:
    bram = client_as(cast.BRAM)
    for asks in SEARCHES:
        found = [
            bram.get("/caseload" + asks.format(name=name))
            for name in (world.FAMILY_NAME, "Zzyzxson")
        ]
        status, bodies, _ = zip(*map(plain, found), strict=True)
        assert status in ((200, 200), (404, 404)), asks
        assert bodies[0].replace(world.FAMILY_NAME.encode(), b"Zzyzxson") == bodies[1], asks


def test_extra_fields_of_a_tampered_form_do_nothing(
    client_as: ClientAs, case_id: str, house: House
) -> None:
    amina = client_as(cast.AMINA)
    with house.stores.reading() as reading:
        before = reading.get_one(Case, case_id).team_id
    answer = post(
        amina,
        f"/cases/{case_id}/notes/new",
        kind="visit",
        contact_on="20-11-2026",
        words="A quiet afternoon.",
        # what the form does not have
        case_id="another", client_code="AAAA-AAAA", recorded_by="lena", organisation="het-kompas",
        team_id="haven-west", restricted="", stage="closed", change_id="x", id="x", user_id="lena",
    )  # fmt: skip
    assert answer.status_code == 303  # type: ignore[attr-defined]
    with house.stores.reading_vault("de-haven") as vault:
        note = vault.scalars(select(Note).where(Note.words == "A quiet afternoon.")).one()
        assert (note.recorded_by, note.case_id) == ("amina", case_id)
    with house.stores.reading() as reading:
        case = reading.get_one(Case, case_id)
        assert (case.team_id, case.organisation) == (before, "de-haven")
        assert reading.get_one(Client, case.client_code).restricted is False
    assert newest(house, event="note_recorded").user_id == "amina"


def test_a_form_that_was_never_offered_is_refused_and_recorded(
    client_as: ClientAs, case_id: str, house: House
) -> None:
    bram = client_as(cast.BRAM)
    answer = post(bram, f"/cases/{case_id}/identity", given_names="X", family_name="Y")
    assert answer.status_code == 404  # type: ignore[attr-defined]
    assert [word for word in HIDDEN if word in answer.text] == []  # type: ignore[attr-defined]
    told = newest(house, user_id="bram", object_id=case_id, result="refused")
    assert told.event == "access_denied"


def test_a_roster_that_ended_a_minute_ago_opens_nothing(
    client_as: ClientAs, case_id: str, house: House
) -> None:
    ends = clock.now() + timedelta(minutes=30)
    with builders.casework(house) as session:
        session.add(
            RosterShift(
                user_id="sara",
                organisation="de-haven",
                team_id="haven-east",
                starts_at=clock.now() - timedelta(hours=1),
                ends_at=ends,
                entered_by="lena",
            )
        )
    sara = client_as(cast.SARA)
    assert sara.get(f"/cases/{case_id}").status_code == 200
    assert newest(house, event="case_opened", user_id="sara").purpose == "on_duty"
    clock.pass_time(timedelta(minutes=29))
    sara.get("/account")
    clock.pass_time(timedelta(minutes=2))
    answer = sara.get(f"/cases/{case_id}")
    assert answer.status_code == 404
    assert [word for word in (*HIDDEN, world.CALL_NAME) if f">{word}<" in answer.text] == []
    assert newest(house, user_id="sara").event == "access_denied"
    kept = post(sara, f"/cases/{case_id}/notes/new", kind="visit", words="late")
    assert kept.status_code == 404  # type: ignore[attr-defined]


@contextmanager
def halted(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> Iterator[threading.Barrier]:
    """A request waits where this function is called, until the test has done what it does meanwhile."""
    meet, real = threading.Barrier(2, timeout=20), getattr(where, name)

    def waiting(*said: Any, **named: Any) -> Any:
        meet.wait()
        meet.wait()
        return real(*said, **named)

    with monkeypatch.context() as patched:
        patched.setattr(where, name, waiting)
        yield meet


def ends_every_role(house: House, user_id: str) -> None:
    with builders.casework(house) as session:
        for row in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)):
            row.ended_at = clock.now()


def notes(house: House) -> int:
    with house.stores.reading_vault("de-haven") as vault:
        return vault.scalar(select(func.count()).select_from(Note)) or 0


def test_a_role_that_ends_while_its_request_runs_writes_nothing_more(
    client_as: ClientAs, case_id: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = client_as(cast.AMINA)
    token, before, answers = csrf_token(amina), notes(house), []
    fields = {"csrf_token": token, "kind": "visit", "contact_on": "20-11-2026", "words": "too late"}
    with halted(monkeypatch, changes, "change") as meet:
        running = threading.Thread(
            target=lambda: answers.append(amina.post(f"/cases/{case_id}/notes/new", data=fields))
        )
        running.start()
        meet.wait()
        ends_every_role(house, "amina")
        meet.wait()
        running.join(20)
    assert [one.status_code for one in answers] == [404]
    assert notes(house) == before
    assert newest(house, event="note_recorded").result == "failed"
    assert amina.get(f"/cases/{case_id}").status_code == 404


def admission_proposed_by(
    house: House, colleague: cast.Colleague, client: FlaskClient
) -> tuple[str, str]:
    """A case with an open proposal of this colleague, and the address at which it is decided."""
    case_id = world.screened()
    path = f"/cases/{case_id}/proposals"
    made = post(client, f"{path}/admission", on="23-10-2026")
    assert made.status_code == 303, made.text  # type: ignore[attr-defined]
    with house.stores.reading() as reading:
        proposal = reading.scalars(select(Proposal.id).where(Proposal.case_id == case_id)).one()
    return case_id, f"{path}/{proposal}/decision"


def test_nobody_decides_on_their_own_proposal(
    client_as: ClientAs, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.hire_everybody(house)
    amina = client_as(cast.AMINA)
    case_id, decision = admission_proposed_by(house, cast.AMINA, amina)
    assert post(amina, decision, approve="yes", version="1").status_code == 404  # type: ignore[attr-defined]
    assert newest(house, user_id="amina", result="refused").event in (
        "access_denied",
        "proposal_decided",
    )
    with builders.casework(house) as session:  # the same person now leads the team as well
        session.add(
            RoleGrant(
                user_id="amina",
                role="team_lead",
                team_id="haven-east",
                granted_by="system",
                seconded_by="system",
                granted_at=clock.now(),
            )
        )
    answer = post(amina, decision, approve="yes", version="1")
    assert answer.status_code in (404, 409, 422)  # type: ignore[attr-defined]
    with house.stores.reading() as reading:
        assert (
            reading.scalars(select(Proposal.state).where(Proposal.case_id == case_id)).one()
            == "open"
        )


def test_nobody_gives_a_role_to_themselves_or_agrees_to_it(
    client_as: ClientAs, house: House
) -> None:
    builders.hire_everybody(house)
    ada = client_as(cast.ADA)
    answer = post(ada, "/accounts/ada/roles/new", role="caseworker", team="kompas-one")
    assert answer.status_code in (404, 422)  # type: ignore[attr-defined]
    with builders.casework(house) as session:
        waiting = RoleGrant(
            user_id="lena", role="privacy_officer", granted_by="ada", granted_at=clock.now(),
            programme="waterstad-lvv",
        )  # fmt: skip
        session.add(waiting)
        session.flush()
        grant_id = waiting.id
    lena = client_as(cast.LENA)
    post(lena, f"/roles/{grant_id}/agree")
    post(ada, f"/roles/{grant_id}/agree")
    with house.stores.reading() as reading:
        assert reading.get_one(RoleGrant, grant_id).seconded_by is None


def test_a_checkpoint_of_another_store_is_refused_in_one_sentence(
    client_as: ClientAs, house: House
) -> None:
    builders.hire_everybody(house)
    petra = client_as(cast.PETRA)
    line = audits.checkpoint(cast.PETRA.actor(), clock.now())
    assert not isinstance(line, Refused)
    foreign = line.line.replace(house.stores.source, "00000000-0000-4000-8000-000000000000")
    answer = post(petra, "/audit/checkpoints", kept=foreign)
    assert "cf-alert--error" in answer.text  # type: ignore[attr-defined]
    assert "cf-alert--ok" not in answer.text  # type: ignore[attr-defined]
    assert newest(house, event="audit_verified").user_id == "petra"


def test_what_is_no_id_is_no_address(client_as: ClientAs, case_id: str) -> None:
    amina = client_as(cast.AMINA)
    for guessed in ("0", "x' OR '1'='1", "../accounts", "%00", "1e9", "é"):
        for address in (
            f"/cases/{guessed}",
            f"/placements/{guessed}/move",
            f"/statistics/{guessed}",
        ):
            assert amina.get(address).status_code == 404, address
