"""What is not for a reader is not there: every address with an id, asked for by everybody (rule FW11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask, Response, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.bases import new_id
from tests import cast
from tests.serving import ClientAs, csrf_token
from tests.web.guessed_ids import World, addresses, furnished, plain, rules, sent

OUTSIDERS = (cast.YUSUF, cast.NOOR, cast.JORIS, cast.SARA, cast.FEMKE, cast.ADA, cast.PETRA)
"""Nobody of these has any relation to the case: other organisations, another team, roles without files."""
INSIDERS = (cast.AMINA, cast.LENA, cast.BRAM, cast.KOFI, cast.TESS, cast.NIGHT)
ABOUT_A_CASE = ("/cases/", "/placements/", "/ambulance/", "/alerts/")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def made(app: Flask, house: House) -> World:
    app.testing = False
    return furnished(house)


def differences(
    app: Flask,
    client_as: ClientAs,
    made: World,
    colleague: cast.Colleague,
    methods: tuple[str, ...],
) -> tuple[list[str], Counter[str]]:
    """Where this reader can tell a thing that exists from one that does not, though it is not shown to them."""
    client = client_as(colleague)
    token = csrf_token(client)
    told, asked = [], Counter[str]()
    for rule in rules(app):
        for method in methods:
            if method not in (rule.methods or ()):
                continue
            for there, nowhere in addresses(app, rule, made):
                found = sent(client, method, there, token)
                absent = sent(client, method, nowhere, token)
                asked["asked"] += 1
                if absent.status_code == 404 != found.status_code:
                    asked["shown"] += 1
                    if colleague in OUTSIDERS and rule.rule.startswith(ABOUT_A_CASE):
                        told.append(
                            f"{method} {rule.rule} shows {colleague.id} what is not for them"
                        )
                elif plain(found) != plain(absent):
                    told.append(f"{method} {rule.rule} tells {colleague.id} that it exists")
    return told, asked


def test_to_outsiders_what_exists_looks_like_what_does_not(
    app: Flask, client_as: ClientAs, made: World
) -> None:
    told, asked = differences(app, client_as, made, cast.YUSUF, ("GET", "POST"))
    assert told == []
    assert asked["asked"] > 80
    for colleague in (cast.JORIS, cast.PETRA):
        told += differences(app, client_as, made, colleague, ("GET",))[0]
    assert told == []


def test_to_a_colleague_of_the_team_what_is_not_theirs_looks_absent_too(
    app: Flask, client_as: ClientAs, made: World
) -> None:
    told, asked = differences(app, client_as, made, cast.BRAM, ("GET",))
    assert told == []
    assert asked["shown"] > 0, "something is shown, or this proves nothing"


@pytest.mark.full
@pytest.mark.timeout(900)
def test_to_everybody_what_is_not_theirs_looks_absent(
    app: Flask, client_as: ClientAs, made: World
) -> None:
    told = []
    for colleague in INSIDERS:
        told += differences(app, client_as, made, colleague, ("GET",))[0]
    for colleague in OUTSIDERS:
        told += differences(app, client_as, made, colleague, ("GET", "POST"))[0]
    assert told == []


def test_the_log_is_told_alike_of_what_is_absent_and_what_is_forbidden(
    app: Flask, client_as: ClientAs, made: World, house: House
) -> None:
    yusuf = client_as(cast.YUSUF)
    entries = []
    for case_id in (made.case_id, new_id()):
        yusuf.get(f"/cases/{case_id}")
        with Session(house.stores.audit) as log:
            newest = log.scalars(select(Entry).order_by(Entry.position.desc()).limit(1)).one()
        assert newest.object_id == case_id
        entries.append(
            (newest.event, newest.details, newest.result, newest.relations, newest.purpose)
        )
    assert entries[0] == entries[1]
    assert entries[0][0] == "access_denied"


def test_a_door_that_says_too_much_is_found(
    app: Flask, client_as: ClientAs, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a refusal that lets a known case be told from an unknown one by a single letter of a header."""
    denied = gatekeeping.denied

    def careless(actor: Actor, permission: Permission, case_id: str, at: datetime) -> Exception:
        if case_id == made.case_id:
            g.careless = True
        return denied(actor, permission, case_id, at)

    app.after_request_funcs.setdefault(None, []).append(_hinted)
    monkeypatch.setattr(gatekeeping, "denied", careless)
    told, _ = differences(app, client_as, made, cast.YUSUF, ("GET",))
    assert any("/cases/<uuid:case_id>" in one for one in told)


def _hinted(response: Response) -> Response:
    if g.get("careless"):
        response.headers["Vary"] = "Cookie,"
    return response
