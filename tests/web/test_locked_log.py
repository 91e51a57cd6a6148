"""Nothing is shown that the log was not told of first: locked, counted, and killed in between."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.proofs.sightings import readable
from caseflow.proofs.visits import OF_THE_LOG_ITSELF
from caseflow.services.houses import House
from caseflow.settings import PROJECT
from caseflow.storage import audit_log, engines
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case
from caseflow.storage.stores import path_of
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, csrf_token
from tests.web.guessed_ids import World, addresses, furnished, rules

READERS = (cast.AMINA, cast.KOFI)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def made(app: Flask, house: House) -> World:
    app.testing = False
    return furnished(house)


def markers(house: House, made: World) -> dict[str, re.Pattern[str]]:
    """What tells of the person: the code, the call name, words of the vault; as whole words."""
    with house.stores.reading() as reading:
        code = reading.get_one(Case, made.case_id).client_code
    words = (code, world.CALL_NAME, world.FAMILY_NAME, world.NOTE, world.WISH)
    return {word: re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])") for word in words}


def every_page(app: Flask, made: World) -> list[str]:
    """Every address that can be looked at, with ids that exist."""
    can_look = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    plain = [rule.rule for rule in can_look if not rule.arguments]
    return plain + [
        there for rule in rules(app) if rule in can_look for there, _ in addresses(app, rule, made)
    ]


@contextmanager
def locked(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody else writes to the log and does not stop; pages wait five thousandths of a second."""
    with (
        monkeypatch.context() as patient,
        closing(
            engines.connect(path_of(house.stores.instance, "audit"), house.stores.keys["audit"])
        ) as other,
    ):
        patient.setitem(engines.PRAGMAS, "busy_timeout", "5")
        house.stores.audit.dispose()
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    house.stores.audit.dispose()


BLOCKED = [
    ("a case", cast.AMINA, "GET", "/cases/{case}"),
    ("a list", cast.AMINA, "GET", "/caseload"),
    ("the list of a lead", cast.LENA, "GET", "/caseload"),
    ("the beds of tonight", cast.KOFI, "GET", "/beds"),
    ("the alerts", cast.AMINA, "GET", "/alerts"),
    ("an emergency card", cast.LENA, "POST", "/ambulance/{case}"),
    ("a form of a case", cast.AMINA, "GET", "/cases/{case}/notes/new"),
    ("a case that is not theirs", cast.YUSUF, "GET", "/cases/{case}"),
    ("the review queue", cast.PETRA, "GET", "/reviews"),
]


def test_a_locked_log_blocks_every_page_that_would_have_to_tell(
    house: House, client_as: ClientAs, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = {one.id: client_as(one) for _, one, _, _ in BLOCKED}
    tokens = {name: csrf_token(client) for name, client in clients.items()}
    known = markers(house, made)
    with locked(house, monkeypatch):
        for what, colleague, method, address in BLOCKED:
            answer = clients[colleague.id].open(
                address.format(case=made.case_id),
                method=method,
                data={"csrf_token": tokens[colleague.id]} if method == "POST" else None,
            )
            assert answer.status_code == 503, what
            parse_page(answer.text)
            assert [word for word, found in known.items() if found.search(answer.text)] == [], what
    assert clients["amina"].get(f"/cases/{made.case_id}").status_code == 200


def test_with_a_locked_log_no_address_shows_anything_of_the_person(
    app: Flask, house: House, client_as: ClientAs, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [client_as(cast.LENA)]
    known = markers(house, made)
    asked = every_page(app, made)
    shown = []
    with locked(house, monkeypatch):
        for client in clients:
            for address in asked:
                text = readable(client.get(address).get_data())
                shown += [(address, word) for word, found in known.items() if found.search(text)]
    assert shown == []


def test_every_answer_that_carries_a_marker_has_its_entry(
    app: Flask, house: House, client_as: ClientAs, made: World
) -> None:
    """Counted: an answer that tells of the person, and an entry about them written while it was made."""
    known = markers(house, made)
    person = house.stores.hashed("subject", next(iter(known)))
    asked = every_page(app, made)
    carrying, told, untold = 0, 0, []
    for colleague in READERS:
        client = client_as(colleague)
        for address in asked:
            before = last(house)
            answer = client.get(address)
            text = readable(answer.get_data())
            carried = [word for word, found in known.items() if found.search(text)]
            carrying += bool(carried)
            if carried and entries_about(house, person, colleague.id, before):
                told += 1
            elif carried:
                untold.append((colleague.id, address, carried))
    assert untold == []
    assert carrying == told > 20


def last(house: House) -> int:
    with Session(house.stores.audit) as log:
        return log.scalar(select(func.max(Entry.position))) or 0


def entries_about(house: House, person: str, user_id: str, since: int) -> int:
    """How many entries of this colleague tell of this person, or that they looked at the log."""
    about = select(Subject.position).where(Subject.subject_hash == person)
    wanted = (
        Entry.position > since,
        Entry.user_id == user_id,
        or_(Entry.position.in_(about), Entry.event.in_(OF_THE_LOG_ITSELF)),
    )
    with Session(house.stores.audit) as log:
        return log.scalar(select(func.count()).select_from(Entry).where(*wanted)) or 0


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.serving import open_app
from caseflow import clock
from caseflow.services import case_files
from tests import cast
app = open_app(Path(sys.argv[1]))
case_files.build = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
client = app.test_client()
client.set_cookie("sid", sys.argv[2])
with clock.fixed(cast.NOW):
    print(client.get("/cases/" + sys.argv[3]).text)
"""


def test_a_server_killed_between_entry_and_answer_leaves_an_entry_too_many(
    house: House, client_as: ClientAs, instance: Path
) -> None:
    builders.hire_everybody(house)
    case_id = world.assigned()
    client = client_as(cast.AMINA)
    cookie = client.get_cookie("sid")
    assert cookie is not None
    before = last(house)
    house.stores.audit.dispose()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(instance), cookie.value, case_id],
        capture_output=True,
        cwd=PROJECT,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b""), done.stderr[-500:]
    with Session(house.stores.audit) as log:
        new = log.scalars(select(Entry.event).where(Entry.position > before)).all()
    assert list(new) == ["case_opened"]
    assert audit_log.verify(house.stores).sound
