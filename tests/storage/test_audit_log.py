"""What is in the log stays in the log, and what was done to it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow.domain.events import UnknownAuditWord
from caseflow.services.houses import House
from caseflow.storage import audit_log, engines, triggers
from caseflow.storage.audit_log import BEGINNING, Act, tell, verify
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.stores import Stores, path_of
from tests import cast


def look(number: int = 0, **more: Any) -> Act:
    return Act(
        "caseload_listed",
        cast.AMINA.actor(),
        cast.NOW + timedelta(seconds=number),
        details={"count": number, "page": 1},
        **more,
    )


def fill(stores: Stores, entries: int) -> None:
    for number in range(entries):
        tell(stores, look(number, subjects=(f"CODE-{number}", "CODE-ALL")))


@contextmanager
def as_an_intruder(stores: Stores) -> Iterator[Any]:
    """A connection with the key, without the authorizer and with the triggers of the log gone."""
    connection = engines.connect(
        path_of(stores.instance, "audit"), stores.keys["audit"], administration=True
    )
    for name in triggers.TRIGGERS["audit"]:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield connection
    finally:
        connection.close()


def test_an_entry_holds_who_what_when_and_why_and_no_client_code(house: House) -> None:
    told = tell(house.stores, look(7, subjects=("K7QM-4XPD",), object_id="list-1"))
    with Session(house.stores.audit) as log:
        entry = log.scalars(select(Entry)).one()
        subject = log.scalars(select(Subject)).one()
        columns = [str(getattr(entry, column.name)) for column in Entry.__table__.columns]
    assert (entry.id, entry.user_id, entry.event, entry.action) == (
        told, "amina", "caseload_listed", "R",
    )  # fmt: skip
    assert entry.at == cast.NOW + timedelta(seconds=7)
    assert json.loads(entry.details) == {"count": 7, "page": 1}
    assert entry.source == house.stores.source
    assert subject.subject_hash == house.stores.hashed("subject", "K7QM-4XPD")
    assert "K7QM-4XPD" not in " ".join([*columns, subject.subject_hash])


def test_each_entry_carries_the_hash_of_the_one_before(house: House) -> None:
    fill(house.stores, 3)
    with Session(house.stores.audit) as log:
        chain = log.execute(select(Entry.previous_hash, Entry.hash).order_by(Entry.position)).all()
    assert [previous for previous, _ in chain] == [BEGINNING, chain[0].hash, chain[1].hash]
    verdict = verify(house.stores)
    assert (verdict.entries, verdict.head, verdict.sound) == (3, chain[2].hash, True)


def test_a_chain_longer_than_a_page_is_walked_to_its_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "PAGE", 4)
    fill(house.stores, 11)
    assert (verify(house.stores).entries, verify(house.stores).sound) == (11, True)
    with as_an_intruder(house.stores) as intruder:
        intruder.execute("UPDATE entries SET user_id = 'bram' WHERE position = 9")
    assert verify(house.stores).broken_at == 9


REWRITES: tuple[tuple[str, str, int], ...] = (
    ("edit", 'UPDATE entries SET details = \'{"count":1,"page":2}\' WHERE position = 4', 4),
    ("edit who", "UPDATE entries SET user_id = 'bram' WHERE position = 1", 1),
    ("edit when", "UPDATE entries SET at = '2026-11-23T09:00:00.000000Z' WHERE position = 6", 6),
    ("delete one", "DELETE FROM entries WHERE position = 3", 4),
    ("delete the first", "DELETE FROM entries WHERE position = 1", 2),
    ("cut the middle", "DELETE FROM entries WHERE position BETWEEN 2 AND 5", 6),
    ("drop a subject", "DELETE FROM subjects WHERE position = 5", 5),
    ("swap a subject", "UPDATE subjects SET subject_hash = 'x' || rowid WHERE position = 2", 2),
    ("add a subject", "INSERT INTO subjects VALUES (4, 'another')", 4),
)


@pytest.mark.parametrize(
    ("statement", "broken"), [row[1:] for row in REWRITES], ids=[row[0] for row in REWRITES]
)
def test_a_rewritten_log_is_found(house: House, statement: str, broken: int) -> None:
    fill(house.stores, 6)
    with as_an_intruder(house.stores) as intruder:
        intruder.execute(statement)
    assert verify(house.stores).broken_at == broken


def test_two_entries_that_changed_places_are_found(house: House) -> None:
    fill(house.stores, 6)
    with as_an_intruder(house.stores) as intruder:
        intruder.execute("UPDATE entries SET position = -2 WHERE position = 2")
        intruder.execute("UPDATE entries SET position = 2 WHERE position = 3")
        intruder.execute("UPDATE entries SET position = 3 WHERE position = -2")
    assert verify(house.stores).broken_at == 2


def test_a_gap_closed_by_renumbering_is_found(house: House) -> None:
    fill(house.stores, 6)
    with as_an_intruder(house.stores) as intruder:
        intruder.execute("DELETE FROM entries WHERE position = 3")
        for position in (4, 5, 6):
            renumbered = "UPDATE entries SET position = position - 1 WHERE position = ?"
            intruder.execute(renumbered, (position,))
    assert verify(house.stores).broken_at == 3


def test_an_end_that_was_cut_off_shows_only_against_a_head_kept_elsewhere(house: House) -> None:
    fill(house.stores, 6)
    kept = verify(house.stores)
    with as_an_intruder(house.stores) as intruder:
        intruder.execute("DELETE FROM subjects WHERE position > 4")
        intruder.execute("DELETE FROM entries WHERE position > 4")
    found = verify(house.stores)
    assert found.sound
    assert (found.entries, found.head) != (kept.entries, kept.head)


REFUSED: tuple[Callable[[], Any], ...] = (
    lambda: update(Entry).values(user_id="bram"),
    lambda: delete(Entry),
    lambda: update(Subject).values(subject_hash="x"),
    lambda: delete(Subject),
    lambda: text("UPDATE checkpoints SET hash = 'x'"),
    lambda: text("DELETE FROM checkpoints"),
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_authorizer_of_every_page_keeps_the_log(
    house: House, statement: Callable[[], Any]
) -> None:
    fill(house.stores, 1)
    with (
        engines.writing(house.stores.audit).connect() as log,
        pytest.raises(DatabaseError, match="not authorized"),
    ):
        log.execute(statement())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET user_id = 'bram'",
        "DELETE FROM entries",
        "UPDATE subjects SET subject_hash = 'x'",
        "DELETE FROM subjects",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        "REPLACE INTO subjects SELECT * FROM subjects",
        "UPDATE OR REPLACE entries SET position = 1 WHERE position = 2",
    ],
)
@pytest.mark.parametrize("administration", [False, True])
def test_the_triggers_keep_the_log_even_without_the_authorizer(
    house: House, statement: str, administration: bool
) -> None:
    fill(house.stores, 2)
    connection = engines.connect(
        path_of(house.stores.instance, "audit"),
        house.stores.keys["audit"],
        administration=administration,
    )
    with pytest.raises(engines.sqlcipher.DatabaseError, match="append only"):
        connection.execute(statement)
    connection.close()
    assert verify(house.stores).entries == 2
    assert verify(house.stores).sound


def test_a_replaced_entry_would_pass_a_connection_without_recursive_triggers(
    house: House,
) -> None:
    fill(house.stores, 1)
    connection = engines.connect(
        path_of(house.stores.instance, "audit"), house.stores.keys["audit"], administration=True
    )
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.execute("DROP TRIGGER entries_are_not_replaced")
    replaced = connection.execute("INSERT OR REPLACE INTO entries SELECT * FROM entries")
    assert replaced.rowcount == 1
    connection.close()


@pytest.mark.parametrize(
    "act",
    [
        look(object_id="Maria de Vries"),
        Act("case_renamed", cast.AMINA.actor(), cast.NOW),
        Act("note_recorded", cast.AMINA.actor(), cast.NOW, details={"words": "x"}),
        Act("note_recorded", cast.AMINA.actor(), cast.NOW, details={"kind": "Maria de Vries"}),
        Act("note_recorded", cast.AMINA.actor(), cast.NOW, details={"kind": "x" * 65}),
        Act("note_recorded", cast.AMINA.actor(), cast.NOW, details={"kind": object()}),
        Act("note_recorded", cast.AMINA.actor(), cast.NOW, details={"kind": ["a", "b c"]}),
    ],
)
def test_words_and_unknown_keys_never_reach_the_log(house: House, act: Act) -> None:
    with pytest.raises(UnknownAuditWord) as refusal:
        tell(house.stores, act)
    assert "Maria" not in str(refusal.value)
    assert verify(house.stores).entries == 0
