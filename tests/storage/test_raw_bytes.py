"""Words about people are nowhere to be read without a key: not in files, temporary files or logs."""

from __future__ import annotations

import contextlib
import logging
import random
import sqlite3
import traceback
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.storage import engines
from caseflow.storage.audit_log import Act, tell
from caseflow.storage.changes import change
from caseflow.storage.engines import writing
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.cards import EmergencyCard
from caseflow.storage.models.vault import Note
from caseflow.storage.stores import path_of
from tests import cast

WORDS = tuple(
    "".join(random.Random(n).choices("abcdefghijklmnopqrstuvwxyz", k=14)).title()
    for n in range(200)
)


def found_in(contents: Iterable[tuple[str, bytes]]) -> set[tuple[str, str]]:
    """Which words can be read where, in any of the encodings SQLite, logs or a crash dump use."""
    return {
        (where, word)
        for where, content in contents
        for word in WORDS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if word.encode(encoding) in content or word.lower().encode(encoding) in content
    }


def files_under(*folders: Path) -> list[tuple[str, bytes]]:
    return [
        (str(file), file.read_bytes())
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]


def plant(house: House) -> None:
    """Fifty words in each store, through the ways the application writes."""
    stores = house.stores
    vault, casework, cards, audit = WORDS[:50], WORDS[50:100], WORDS[100:150], WORDS[150:]
    act = Act("note_recorded", cast.AMINA.actor(), cast.NOW, WORDS[:50])
    with change(stores, act, vault="de-haven") as work:
        for word in vault:
            work.vault.add(_note(word, work.id))
        for word in casework:
            work.casework.add(Team(id=word, organisation="de-haven", name=word))
    with Session(writing(stores.cards), info={"writes": True}) as session:
        for n, word in enumerate(cards):
            session.add(_card(f"CODE-{n}", word))
        session.commit()
    for word in audit:
        tell(stores, Act("case_opened", cast.AMINA.actor(), cast.NOW, object_id=word))


def _note(word: str, change_id: str) -> Note:
    return Note(
        client_code="AAAA-AAAA",
        case_id="case",
        kind="contact",
        contact_on=date(2026, 11, 20),
        words=f"{word} came by",
        recorded_at=cast.NOW,
        recorded_by="amina",
        change_id=change_id,
    )


def _card(code: str, word: str) -> EmergencyCard:
    return EmergencyCard(
        client_code=code,
        call_name=word,
        recorded_at=cast.NOW,
        recorded_by="amina",
        change_id="change",
    )


def trouble(house: House, story: list[str]) -> None:
    """Sorts, failing statements, attempts to copy, and tracebacks, with every log turned on."""
    stores = house.stores
    loud = engines.hooked(
        create_engine(
            **engines.options(path_of(stores.instance, "casework"), stores.keys["casework"]),
            echo="debug",
        )
    )
    sort = (
        "SELECT count(*), max(name) FROM (SELECT a.name FROM teams a, teams b, teams c "
        "ORDER BY a.name || b.name || c.name LIMIT -1 OFFSET 1)"
    )
    attempts: list[Any] = [
        text(sort),
        select(Team.name),
        insert(Team).values(id=WORDS[50], organisation="x", name=WORDS[51]),
        text("VACUUM"),
        text("VACUUM INTO 'copy.db'"),
        text("CREATE TEMP TABLE copies AS SELECT * FROM teams"),
        text("ATTACH DATABASE 'copy.db' AS copies KEY ''"),
    ]
    for attempt in attempts:
        try:
            with loud.connect() as connection:
                connection.execute(attempt).fetchall()
        except DBAPIError:
            story.append(traceback.format_exc())
    loud.dispose()


def plain_copy(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE t (word)")
        plain.executemany("INSERT INTO t VALUES (?)", [(word,) for word in WORDS])
        plain.commit()


def test_two_hundred_planted_words_are_nowhere_to_be_read(
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    for name in ("SQLITE_TMPDIR", "TMPDIR"):
        monkeypatch.setenv(name, str(aside))
    monkeypatch.chdir(aside)
    caplog.set_level(logging.DEBUG)
    story: list[str] = []
    plant(house)
    trouble(house, story)
    open_files = files_under(tmp_path)
    assert any(name.endswith("de-haven.db-wal") and content for name, content in open_files)
    assert len(story) == 5
    assert "SELECT count(*), max(name)" in caplog.text
    house.stores.close()
    said = capfd.readouterr()
    spoken = [("log", caplog.text), ("out", said.out), ("err", said.err), *enumerate(story)]
    everything = [
        *open_files,
        *files_under(tmp_path),
        *((str(where), words.encode()) for where, words in spoken),
    ]
    assert found_in(everything) == set()
    with Session(house.stores.vault("de-haven")) as vault:
        assert len(vault.scalars(select(Note)).all()) == 50


def test_rows_would_be_in_a_log_that_was_not_filtered(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("sqlalchemy.engine.Engine")
    kept, logger.filters = logger.filters, []
    caplog.set_level(logging.DEBUG)
    try:
        plant(house)
        trouble(house, [])
    finally:
        logger.filters = kept
    assert found_in([("log", caplog.text.encode())])


def test_the_same_look_finds_every_word_in_a_plain_store(tmp_path: Path) -> None:
    plain_copy(tmp_path / "plain.db")
    assert {word for _, word in found_in(files_under(tmp_path))} == set(WORDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_same_look_knows_each_encoding(encoding: str) -> None:
    content = " ".join(WORDS).encode(encoding)
    assert {word for _, word in found_in([("here", content)])} == set(WORDS)
