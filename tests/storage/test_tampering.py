"""The log under attack by somebody who holds the machine and its key: whatever is changed, `audit verify` finds it.

An intruder here is careful: the guards of the tables are put back after each change. What the log cannot show about
itself is marked: it is found against a checkpoint that was kept elsewhere, and only so.
"""

# ruff: noqa: S608 - tables and columns are our own
from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from caseflow import clock
from caseflow.commands import audits as commands
from caseflow.domain.decisions import Refused
from caseflow.services import audit_findings, audits, houses
from caseflow.services.actors import system
from caseflow.services.audits import Comparison
from caseflow.services.houses import House
from caseflow.storage import audit_log
from caseflow.storage.audit_log import hash_of
from caseflow.storage.models.audit import Entry
from tests import cast
from tests.storage.attacked import Attacked, go_on, intruding, signed

PAGE_SIZE = 4096


def verified(
    house: House, monkeypatch: pytest.MonkeyPatch, line: str = ""
) -> tuple[int, list[str]]:
    """What `audit verify` answers and says, run in this process over this house."""

    @contextmanager
    def opened(_: object) -> Iterator[House]:
        yield house

    said: list[str] = []
    monkeypatch.setattr(commands, "opened", opened)
    monkeypatch.setattr(commands, "say", lambda sentence: said.append(str(sentence)))
    monkeypatch.setattr(commands, "complain", lambda sentence: said.append(str(sentence)))
    with clock.fixed(cast.NOW):
        status = commands._verify(argparse.Namespace(checkpoint=line, json=False))
    return status, said


def test_a_log_that_nobody_touched_passes(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verified(attacked.house, monkeypatch, attacked.kept.line) == (
        0,
        [
            "29 entries, each follows from the one before.",
            "The checkpoint that was kept is in the log.",
        ],
    )


def test_without_a_checkpoint_the_command_says_what_it_cannot_see(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, said = verified(attacked.house, monkeypatch)
    assert status == 0
    assert "shows only against a line that was kept" in said[-1]


def swapped(connection: Any) -> None:
    """Two entries change places, with their subjects."""
    for table in ("subjects", "entries"):
        connection.execute(f"UPDATE {table} SET position = -7 WHERE position = 7")
        connection.execute(f"UPDATE {table} SET position = 7 WHERE position = 8")
        connection.execute(f"UPDATE {table} SET position = 8 WHERE position = -7")


def inserted(connection: Any) -> None:
    """An entry between two others, everything after it moved up, its own hash right."""
    connection.execute("UPDATE subjects SET position = -position - 1 WHERE position > 9")
    connection.execute("UPDATE entries SET position = -position - 1 WHERE position > 9")
    connection.execute("UPDATE subjects SET position = -position WHERE position < 0")
    connection.execute("UPDATE entries SET position = -position WHERE position < 0")
    columns = [column.name for column in Entry.__table__.columns]
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM entries WHERE position = 9"
    ).fetchone()
    entry = dict(zip(columns, row, strict=True)) | {"position": 10, "id": "made-up"}
    entry["previous_hash"] = entry["hash"]
    for name in [one for one in columns if one.startswith("control_")]:
        entry[name] = bool(entry[name])
    entry["hash"] = hash_of(entry, [])
    marks = ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO entries VALUES ({marks})", tuple(entry[c] for c in columns))


def appended(connection: Any) -> None:
    """An entry at the end that follows from nothing."""
    connection.execute(
        "INSERT INTO entries SELECT position + 1, 'x' || id, form, at, event, action, stands_for, intent_id, result, "
        "user_id, user_roles, responsible_id, organisation, access_point, purpose, relations, authorised_by, "
        "control_authorisation, control_relation, control_consent, control_emergency, object_kind, object_id, "
        "sensitivity, details, source, hash, previous_hash FROM entries ORDER BY position DESC LIMIT 1"
    )


def details_swapped(connection: Any) -> None:
    rows = connection.execute(
        "SELECT position, details FROM entries WHERE position IN (7, 8)"
    ).fetchall()
    (first, one), (second, other) = rows
    assert one != other
    connection.execute("UPDATE entries SET details = ? WHERE position = ?", (other, first))
    connection.execute("UPDATE entries SET details = ? WHERE position = ?", (one, second))


def said(statement: str) -> Callable[[Any], object]:
    return lambda connection: connection.execute(statement)


FOUND_BY_THE_LOG_ITSELF: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("what was seen is edited", said("UPDATE entries SET details = '{}' WHERE position = 5")),
    ("who looked is edited", said("UPDATE entries SET user_id = 'bram' WHERE position = 27")),
    ("when is edited", said("UPDATE entries SET at = '2026-11-23T09:00:00.000000Z' WHERE position = 2")),
    ("an emergency is made ordinary", said("UPDATE entries SET control_emergency = 0 WHERE position = 7")),
    ("a switch becomes another number", said("UPDATE entries SET control_emergency = 2 WHERE position = 7")),
    ("a word becomes bytes", said("UPDATE entries SET user_id = CAST(user_id AS BLOB) WHERE position = 3")),
    ("a word becomes no text at all", said("UPDATE entries SET user_id = CAST(x'ff' AS TEXT) WHERE position = 3")),
    ("an instant becomes nonsense", said("UPDATE entries SET at = 'yesterday' WHERE position = 3")),
    ("nothing becomes empty", said("UPDATE entries SET object_id = '' WHERE position = 1")),
    ("the hash is edited", said("UPDATE entries SET hash = 'ab' WHERE position = 29")),
    ("one of the middle is deleted", said("DELETE FROM entries WHERE position = 11")),
    ("the first is deleted", said("DELETE FROM entries WHERE position = 1")),
    ("all but the end is deleted", said("DELETE FROM entries WHERE position < 20")),
    ("two change places", swapped),
    ("one is put in between", inserted),
    ("one is put at the end", appended),
    ("details of two change places", details_swapped),
    ("a subject is dropped", said("DELETE FROM subjects WHERE position = 6")),
    ("a subject is added", said("INSERT INTO subjects VALUES (5, 'another')")),
    ("a subject is moved to another entry", said("UPDATE subjects SET position = 1 WHERE position = 2")),
    ("a subject without an entry", said("INSERT INTO subjects VALUES (900, 'another')")),
    ("a checkpoint is taken out", said("DELETE FROM checkpoints WHERE position = 13")),
    ("a checkpoint is edited", said("UPDATE checkpoints SET hash = 'ab'")),
    ("a checkpoint is made up", said("INSERT INTO checkpoints SELECT 5, hash, at, signature FROM checkpoints LIMIT 1")),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [row[1] for row in FOUND_BY_THE_LOG_ITSELF],
    ids=[row[0] for row in FOUND_BY_THE_LOG_ITSELF],
)
def test_a_change_is_found_without_any_checkpoint(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]
) -> None:
    with intruding(attacked.house.stores) as connection:
        change(connection)
    status, sentences = verified(attacked.house, monkeypatch)
    assert status == 1
    assert "tell the privacy officer" in sentences[0]
    assert verified(attacked.house, monkeypatch, attacked.kept.line)[0] == 1


def cut_off(attacked: Attacked) -> None:
    with intruding(attacked.house.stores) as connection:
        for table in ("subjects", "checkpoints", "entries"):
            connection.execute(f"DELETE FROM {table} WHERE position > 20")


def last_deleted(attacked: Attacked) -> None:
    """The very entry that the checkpoint signed, and all that came after."""
    with intruding(attacked.house.stores) as connection:
        for table in ("subjects", "checkpoints", "entries"):
            connection.execute(f"DELETE FROM {table} WHERE position >= {attacked.kept.position}")


def put_back(attacked: Attacked) -> None:
    attacked.put_back(attacked.older)


def forked(attacked: Attacked) -> None:
    """The older copy goes on by itself, as long as the true log, and makes a checkpoint of its own."""
    put_back(attacked)
    go_on(attacked.house.stores, 500, 13)
    assert signed(2).position > attacked.kept.position


def written_anew(attacked: Attacked) -> None:
    """Somebody with the key blames a colleague and hashes everything after it once more."""
    with intruding(attacked.house.stores) as connection:
        connection.execute("UPDATE entries SET user_id = 'bram' WHERE position = 4")
        hashed_anew(connection)
        told = "SELECT hash FROM entries WHERE entries.position = checkpoints.position"
        connection.execute(f"UPDATE checkpoints SET hash = ({told})")


def hashed_anew(connection: Any) -> None:
    columns = [column.name for column in Entry.__table__.columns]
    previous = audit_log.BEGINNING
    for row in connection.execute(
        f"SELECT {', '.join(columns)} FROM entries ORDER BY position"
    ).fetchall():
        entry = dict(zip(columns, row, strict=True)) | {"previous_hash": previous}
        for name in [one for one in columns if one.startswith("control_")]:
            entry[name] = bool(entry[name])
        subjects = connection.execute(
            "SELECT subject_hash FROM subjects WHERE position = ?", (entry["position"],)
        )
        entry["hash"] = previous_of_next = hash_of(entry, [one for (one,) in subjects.fetchall()])
        connection.execute(
            "UPDATE entries SET previous_hash = ?, hash = ? WHERE position = ?",
            (previous, entry["hash"], entry["position"]),
        )
        previous = previous_of_next


FOUND_BY_THE_CHECKPOINT: tuple[tuple[str, Callable[[Attacked], object], Comparison], ...] = (
    ("the end is cut off", cut_off, Comparison.GONE),
    ("the last is deleted, checkpoint and all", last_deleted, Comparison.GONE),
    ("the whole file is put back", put_back, Comparison.GONE),
    ("an older copy went on by itself", forked, Comparison.DIFFERENT),
    ("the whole log is written anew", written_anew, Comparison.DIFFERENT),
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [row[1:] for row in FOUND_BY_THE_CHECKPOINT],
    ids=[row[0] for row in FOUND_BY_THE_CHECKPOINT],
)
def test_what_the_log_cannot_show_is_found_against_a_kept_checkpoint_and_only_so(
    attacked: Attacked,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Attacked], object],
    expected: Comparison,
) -> None:
    change(attacked)
    attacked.house.stores.audit.dispose()
    assert audit_log.verify(attacked.house.stores).sound, "so a checkpoint is needed"
    assert audits.compared(attacked.kept) is expected
    status, sentences = verified(attacked.house, monkeypatch, attacked.kept.line)
    assert (status, sentences) == (1, [str(audit_findings.COMPARISONS[expected])])


def test_the_whole_file_put_back_with_its_write_ahead_log_is_found(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = attacked.house.stores
    beside = attacked.file.with_name("audit.db-wal")
    go_on(stores, 40, 2)  # lies in the write-ahead log alone
    file, ahead = attacked.file.read_bytes(), beside.read_bytes()
    go_on(stores, 42, 4)
    later = signed(4)
    attacked.put_back(file)
    beside.write_bytes(ahead)
    assert audit_log.verify(stores).entries == 31, "the copy is read, its write-ahead log too"
    assert audits.compared(attacked.kept) is Comparison.HOLDS, "it is older than the copy"
    assert verified(attacked.house, monkeypatch, later.line)[0] == 1


def pages_that_differ(one: bytes, other: bytes) -> list[slice]:
    shorter = min(len(one), len(other)) // PAGE_SIZE
    spans = [slice(n * PAGE_SIZE, (n + 1) * PAGE_SIZE) for n in range(shorter)]
    return [span for span in spans if one[span] != other[span]]


def test_each_page_that_is_put_back_from_an_older_copy_is_found(attacked: Attacked) -> None:
    new, old = attacked.whole, attacked.older
    different = pages_that_differ(new, old)
    assert len(different) > 8, "tables and indexes both"
    missed = []
    for span in different:
        attacked.put_back(new[: span.start] + old[span] + new[span.stop :])
        if not attacked.is_found():
            missed.append(span.start // PAGE_SIZE)
    assert missed == []


def test_a_byte_of_each_page_that_is_flipped_is_found(attacked: Attacked) -> None:
    dice = random.Random(22)
    missed = []
    for start in range(0, len(attacked.whole), PAGE_SIZE):
        content = bytearray(attacked.whole)
        content[start + dice.randrange(PAGE_SIZE)] ^= 1 << dice.randrange(8)
        attacked.put_back(bytes(content))
        if not attacked.is_found():
            missed.append(start // PAGE_SIZE)
    assert missed == []


ALTERED: tuple[tuple[str, Callable[[list[str]], list[str]], Comparison], ...] = (
    ("another instance", lambda words: [words[0], "another", *words[2:]], Comparison.OTHER_INSTANCE),
    ("another position", lambda words: [*words[:2], "7", *words[3:]], Comparison.ALTERED),
    ("another hash", lambda words: [*words[:3], "a" * 64, *words[4:]], Comparison.ALTERED),
    ("another day", lambda words: [*words[:4], "2026-11-21T09:01:00Z", words[5]], Comparison.ALTERED),
    ("another signature", lambda words: [*words[:5], "A" * 86 + "=="], Comparison.ALTERED),
    ("no signature", lambda words: [*words[:5], "-"], Comparison.ALTERED),
    ("a signature of signs that are none", lambda words: [*words[:5], "ë" * 88], Comparison.ALTERED),
)  # fmt: skip


@pytest.mark.parametrize(
    ("alter", "expected"), [row[1:] for row in ALTERED], ids=[row[0] for row in ALTERED]
)
def test_a_line_that_was_altered_is_refused(
    attacked: Attacked,
    monkeypatch: pytest.MonkeyPatch,
    alter: Callable[[list[str]], list[str]],
    expected: Comparison,
) -> None:
    line = " ".join(alter(attacked.kept.line.split()))
    status, sentences = verified(attacked.house, monkeypatch, line)
    assert (status, sentences) == (1, [str(audit_findings.COMPARISONS[expected])])


@pytest.mark.parametrize("position", ["²", "9" * 40, "-1", "1.0"])
def test_a_line_with_a_strange_number_is_no_line(attacked: Attacked, position: str) -> None:
    words = attacked.kept.line.split()
    assert audits.kept(" ".join([*words[:2], position, *words[3:]])) is None


def test_a_checkpoint_of_another_instance_does_not_hold_here(
    attacked: Attacked, house: House
) -> None:
    assert house.stores.source == attacked.house.stores.source, "one template made both"
    with houses.inside(house):
        elsewhere = signed(0)
    with houses.inside(attacked.house):
        assert audits.compared(elsewhere) is Comparison.DIFFERENT, "same keys, another log"


def test_a_log_that_is_broken_is_not_signed(attacked: Attacked) -> None:
    with intruding(attacked.house.stores) as connection:
        connection.execute("DELETE FROM entries WHERE position = 11")
    assert isinstance(audits.checkpoint(system(), cast.NOW), Refused)


def test_a_checkpoint_and_its_entry_stand_or_fall_together(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audits, "_signed", fail)
    with pytest.raises(RuntimeError):
        audits.checkpoint(system(), cast.NOW)
    verdict = audit_log.verify(attacked.house.stores)
    assert (verdict.entries, verdict.sound) == (29, True)
