"""A store is encrypted, opens with its key alone, and lets a page do nothing but read and add rows."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.settings import PROJECT
from caseflow.storage import engines, migrations
from caseflow.storage.engines import (
    PLAINTEXT_HEADER,
    PRAGMAS,
    ReadingSessionWrites,
    StoreRefused,
    TwoStoresInOneSession,
    writing,
)
from caseflow.storage.keyring import KeyringRefused
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.vault import Wish
from caseflow.storage.stores import binds

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "casework.db"
    migrations.make("casework", path, KEY)
    return path


@pytest.fixture
def store(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_once, tmp_path))


def teams(path: Path) -> list[str]:
    connection = engines.connect(path, KEY)
    names = [name for (name,) in connection.execute("SELECT name FROM teams ORDER BY name")]
    connection.close()
    return names


def entropy(content: bytes) -> float:
    total = len(content)
    return -sum(n / total * math.log2(n / total) for n in Counter(content).values())


# The file


def test_a_store_has_no_plaintext_header_and_looks_like_noise(store: Path) -> None:
    content = store.read_bytes()
    assert not content.startswith(PLAINTEXT_HEADER)
    assert entropy(content) > 7.9
    assert b"placements" not in content


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33), bytes(64)])
def test_without_a_whole_key_no_file_is_ever_made(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(KeyringRefused):
        engines.make(tmp_path / "vaults" / "x.db", key)
    assert list(tmp_path.rglob("*.db*")) == []


def test_a_wrong_key_is_one_line_that_names_the_file(store: Path) -> None:
    with pytest.raises(StoreRefused) as refusal:
        engines.connect(store, bytes(32))
    assert str(refusal.value).startswith("casework.db cannot be opened with this key")
    assert "\n" not in str(refusal.value)


def test_a_missing_a_plaintext_and_a_damaged_store_are_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="missing"):
        engines.connect(tmp_path / "nowhere.db", KEY)
    assert not (tmp_path / "nowhere.db").exists()
    plain = tmp_path / "plain.db"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(StoreRefused, match="not encrypted"):
        engines.connect(plain, KEY)
    content = bytearray(store.read_bytes())
    content[100] ^= 1
    store.write_bytes(content)
    with pytest.raises(StoreRefused, match="damaged"):
        engines.connect(store, KEY)


def test_a_store_is_never_replaced(store: Path) -> None:
    before = store.read_bytes()
    with pytest.raises(StoreRefused, match="exists already"):
        engines.make(store, KEY)
    assert store.read_bytes() == before


def test_only_the_owner_may_read_a_store_and_its_companions(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = tmp_path / "vaults" / "de-haven.db"
        migrations.make("vault", path, KEY)
        connection = engines.connect(path, KEY)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT count(*) FROM notes").fetchone()
        companions = sorted(path.parent.iterdir())
        connection.close()
    finally:
        os.umask(old)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    modes = {}
    connection = engines.connect(path, KEY)
    connection.execute("SELECT count(*) FROM notes").fetchone()
    for file in path.parent.iterdir():
        modes[file.name] = file.stat().st_mode & 0o777
    connection.close()
    assert len(companions) == 3
    assert modes == dict.fromkeys(["de-haven.db", "de-haven.db-wal", "de-haven.db-shm"], 0o600)


# The connection


RECIPE = {
    "cipher_memory_security": "1", "foreign_keys": "1", "recursive_triggers": "1", "temp_store": "2",
    "secure_delete": "1", "trusted_schema": "0", "cell_size_check": "1", "journal_mode": "wal",
    "synchronous": "2", "busy_timeout": "5000",
}  # fmt: skip
ASKED = """
import json, sys
from pathlib import Path
from caseflow.storage import engines
connection = engines.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.set_authorizer(None)
print(json.dumps({n: str(connection.execute("PRAGMA " + n).fetchone()[0]) for n in json.loads(sys.argv[3])}))
"""


def test_a_process_that_no_test_hurries_holds_the_recipe(store: Path) -> None:
    asked = [sys.executable, "-c", ASKED, str(store), KEY.hex(), json.dumps([*RECIPE])]
    answer = subprocess.run(
        asked, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == RECIPE


@pytest.mark.parametrize("administration", [False, True])
def test_every_connection_holds_the_recipe(store: Path, administration: bool) -> None:
    connection = engines.connect(store, KEY, administration=administration)
    connection.set_authorizer(None)
    found = {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in PRAGMAS}
    connection.close()
    assert found == {**PRAGMAS, "foreign_keys": "0" if administration else "1"}


def test_a_pragma_that_does_not_take_is_refused(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "page_size", "512")  # cannot change once a store is made
    with pytest.raises(StoreRefused, match="page_size"):
        engines.connect(store, KEY)


FORBIDDEN = (
    "ATTACH DATABASE ':memory:' AS other",
    "ATTACH DATABASE 'plain.db' AS plain KEY ''",
    "DETACH DATABASE main",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "SELECT sqlcipher_export('main')",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "CREATE TABLE extra (a)",
    "CREATE TEMP TABLE extra (a)",
    "CREATE INDEX extra ON teams (name)",
    "CREATE VIEW extra AS SELECT * FROM teams",
    "CREATE TEMP VIEW extra AS SELECT * FROM teams",
    "CREATE TRIGGER extra AFTER INSERT ON teams BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER extra AFTER INSERT ON teams BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE extra USING fts5(a)",
    "DROP TABLE teams",
    "DROP TRIGGER placements_one_per_bed_insert",
    "DROP INDEX ix_placements_bed_id_status",
    "ALTER TABLE teams RENAME TO crews",
    "ALTER TABLE teams ADD COLUMN extra",
    "REINDEX",
    "ANALYZE",
    "PRAGMA rekey = \"x'00'\"",
    "PRAGMA key",
    "PRAGMA temp_store = FILE",
    "PRAGMA temp_store",
    "PRAGMA temp_store_directory = '/'",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA secure_delete = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA cipher_default_kdf_iter = 1",
    "PRAGMA read_uncommitted = 1",
    "PRAGMA user_version = 9",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA database_list",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_table_info('teams')",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_page_cannot_say(
    store: Path, statement: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    connection = engines.connect(store, KEY)
    with pytest.raises(
        engines.sqlcipher.DatabaseError, match=r"not authorized|authorization denied|prohibited"
    ):
        connection.execute(statement).fetchall()
    connection.close()
    assert {file.name for file in tmp_path.iterdir()} <= {
        "casework.db", "casework.db-wal", "casework.db-shm"
    }  # fmt: skip


def test_the_authorizer_is_what_forbids_them(store: Path, tmp_path: Path) -> None:
    connection = engines.connect(store, KEY, administration=True)
    connection.execute(f"ATTACH DATABASE '{tmp_path / 'plain.db'}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    assert (tmp_path / "plain.db").read_bytes().startswith(PLAINTEXT_HEADER)


def test_a_page_may_read_the_version_of_the_cipher(store: Path) -> None:
    connection = engines.connect(store, KEY)
    assert connection.execute("PRAGMA cipher_version").fetchone()[0].startswith("4.")
    connection.close()


def test_an_append_only_connection_neither_changes_nor_deletes(store: Path) -> None:
    connection = engines.connect(store, KEY, append_only=True)
    connection.execute("INSERT INTO teams (id, organisation, name) VALUES ('a', 'b', 'East')")
    for statement in ("UPDATE teams SET name = 'West'", "DELETE FROM teams"):
        with pytest.raises(engines.sqlcipher.DatabaseError, match="not authorized"):
            connection.execute(statement)
    connection.close()
    assert teams(store) == ["East"]


def files_of_a_big_sort(connection: Any) -> set[str]:
    """The files that stand open in the middle of a sort larger than the page cache."""
    rows = connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
        "SELECT hex(randomblob(60)) AS word FROM n ORDER BY word"
    )
    rows.fetchone()
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # that of the listing itself
            found.add(str(descriptor.readlink()))
    return {name for name in found if "etilqs" in name}


def test_a_big_sort_writes_no_temporary_file(store: Path) -> None:
    connection = engines.connect(store, KEY)
    assert files_of_a_big_sort(connection) == set()
    connection.close()


def test_it_would_without_the_pragma(store: Path) -> None:
    connection = engines.connect(store, KEY, administration=True)
    connection.execute("PRAGMA temp_store = FILE")
    assert files_of_a_big_sort(connection)
    connection.close()


# Engines and sessions


def test_no_url_repr_or_option_of_an_engine_shows_the_key(house: House) -> None:
    stores = house.stores
    shown = [repr(binds(stores.instance, stores.keys)), repr(stores.keys), str(vars(stores))]
    for opened in (stores.casework, stores.audit, stores.cards, stores.vault("de-haven")):
        shown += [repr(opened), str(opened.url), repr(opened.pool), str(vars(opened))]
        shown += [str(opened.url.render_as_string(hide_password=False))]
    for name in ("casework", "audit", "cards"):
        key = bytes(stores.keys[name])
        assert not [text for text in shown if key.hex() in text or repr(key) in text]


def test_neither_echo_nor_a_traceback_shows_a_key_or_a_value(
    store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked = engines.options(store, KEY)
    loud = engines.hooked(create_engine(**asked, echo="debug"))
    caplog.set_level(logging.DEBUG)
    story = io.StringIO()
    row = {"id": "1", "organisation": "de-haven", "name": "Zonnebloem"}
    try:
        with loud.begin() as connection:
            connection.execute(insert(Team).values(**row))
            connection.execute(insert(Team).values(**row))
    except IntegrityError:
        traceback.print_exc(file=story)
    wrong = bytes(reversed(KEY))
    try:
        engines.connect(store, wrong)
    except StoreRefused:
        traceback.print_exc(file=story)
    loud.dispose()
    said = caplog.text + story.getvalue()
    assert "INSERT INTO teams" in said
    assert "UNIQUE constraint failed" in said
    for secret in ("Zonnebloem", KEY.hex(), wrong.hex(), repr(KEY), repr(wrong)):
        assert secret not in said


def test_a_rollback_takes_the_row_back(store: Path) -> None:
    opened = engines.engine(store, KEY)
    with opened.connect() as connection:
        connection.execute(insert(Team).values(id="1", organisation="b", name="East"))
        connection.rollback()
    opened.dispose()
    assert teams(store) == []


def test_without_the_hook_a_rollback_would_keep_the_row(store: Path) -> None:
    opened = engines.engine(store, KEY)
    event.remove(opened, "begin", engines.begin)
    with opened.connect() as connection:
        connection.execute(insert(Team).values(id="1", organisation="b", name="East"))
        connection.rollback()
    opened.dispose()
    assert teams(store) == ["East"]


def test_an_engine_for_writing_takes_the_lock_at_once(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", "0")
    first, second = engines.engine(store, KEY), engines.engine(store, KEY)
    with writing(first).connect() as writer, second.connect() as reader:
        writer.begin()
        assert reader.execute(select(Team.id)).all() == []
        reader.rollback()
        with (
            writing(second).connect() as late,
            pytest.raises(DatabaseError, match="locked"),
        ):
            late.begin()
    first.dispose()
    second.dispose()


def test_one_session_never_enlists_two_stores(house: House) -> None:
    stores = house.stores
    vault, casework = stores.vault("de-haven"), stores.casework
    session = Session(binds={Wish: writing(vault), Team: writing(casework)}, info={"writes": True})
    session.execute(select(Wish.id))
    with pytest.raises(TwoStoresInOneSession):
        session.execute(select(Team.id))
    session.close()


def test_one_maintenance_session_never_enlists_two_vaults(house: House) -> None:
    with (
        house.stores.maintaining("de-haven") as haven,
        house.stores.maintaining("het-kompas") as kompas,
    ):
        session = Session(haven)
        session.connection()
        with pytest.raises(TwoStoresInOneSession):
            session.connection(bind_arguments={"bind": kompas})
        session.close()


def _add(session: Session) -> None:
    session.add(Team(id="1", organisation="b", name="East"))
    session.flush()


def _bulk(session: Session) -> None:
    session.execute(insert(Team).values(id="1", organisation="b", name="East"))


@pytest.mark.parametrize("write", [_add, _bulk])
def test_a_session_that_reads_refuses_to_write(house: House, write: Any) -> None:
    with pytest.raises(ReadingSessionWrites), house.stores.reading() as session:
        write(session)
    with house.stores.reading() as session:
        assert session.scalars(select(Team.id)).all() == []


def test_a_vault_row_is_not_deleted_by_a_page(house: House) -> None:
    vault = writing(house.stores.vault("de-haven"))
    with vault.connect() as connection, pytest.raises(DatabaseError, match="not authorized"):
        connection.execute(text("DELETE FROM notes"))
