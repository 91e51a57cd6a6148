"""Engines for SQLCipher files: the key first, then the proof of the key, then the guards."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event, pool
from sqlalchemy.orm import Session

from caseflow.domain.messages import N_
from caseflow.storage.keyring import checked_key


class StoreRefused(Exception):
    """A store cannot be opened; the message names the file and the repair, never a key or a value."""


class TwoStoresInOneSession(Exception):
    """One session enlisted a second store: two files would commit in random order."""


class ReadingSessionWrites(Exception):
    """A session that only reads was asked to write; changes go through `storage.changes`."""


BUSY_SECONDS: Final = 5
PRAGMAS: Final = {
    "cipher_memory_security": "1",  # words leave memory with the page that held them (0070)
    "foreign_keys": "1",
    "recursive_triggers": "1",  # else REPLACE deletes a row past the trigger that guards it
    "temp_store": "2",  # memory: a temporary file would hold plaintext
    "secure_delete": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "journal_mode": "wal",
    "synchronous": "2",
    "busy_timeout": str(BUSY_SECONDS * 1000),
}
"""What every connection is told, in this order, and must then answer when it is asked again."""
HASTE: Final = {"synchronous": "0", "cipher_memory_security": "0"}
"""What `in_haste` says instead. A process that has locked memory cannot stop doing so, and is refused a connection."""
PLAINTEXT_HEADER: Final = b"SQLite format 3\x00"

_DDL = frozenset(
    getattr(sqlcipher, f"SQLITE_{verb}_{noun}")
    for verb in ("CREATE", "DROP")
    for noun in (
        "INDEX", "TABLE", "TRIGGER", "VIEW", "VTABLE",
        "TEMP_INDEX", "TEMP_TABLE", "TEMP_TRIGGER", "TEMP_VIEW",
    )
) | {sqlcipher.SQLITE_ALTER_TABLE, sqlcipher.SQLITE_REINDEX, sqlcipher.SQLITE_ANALYZE}  # fmt: skip
_NEVER = _DDL | {sqlcipher.SQLITE_ATTACH, sqlcipher.SQLITE_DETACH}
_NEVER_FUNCTIONS: Final = frozenset(
    {"load_extension", "sqlcipher_export", "writefile", "readfile", "edit", "fts3_tokenizer"}
)
_PRAGMAS_THAT_READ: Final = frozenset(
    {"cipher_version", "cipher_status", "data_version", "read_uncommitted"}
)


def _authorize(append_only: bool) -> Callable[..., int]:
    def decide(
        action: int, first: str | None, second: str | None, database: str | None, inner: str | None
    ) -> int:
        if action in _NEVER:
            return int(sqlcipher.SQLITE_DENY)
        if action == sqlcipher.SQLITE_PRAGMA and (
            second is not None or (first or "").lower() not in _PRAGMAS_THAT_READ
        ):
            return int(sqlcipher.SQLITE_DENY)
        if action == sqlcipher.SQLITE_FUNCTION and (second or "").lower() in _NEVER_FUNCTIONS:
            return int(sqlcipher.SQLITE_DENY)
        if append_only and action in (sqlcipher.SQLITE_UPDATE, sqlcipher.SQLITE_DELETE):
            return int(sqlcipher.SQLITE_DENY)
        return int(sqlcipher.SQLITE_OK)

    return decide


def connect(
    path: Path, key: bytes, *, administration: bool = False, append_only: bool = False
) -> Any:
    """A connection to an existing store, keyed before anything else can be said to it.

    `administration` (migrations, sweeps, backups, doctor) leaves out the authorizer and foreign keys;
    `append_only` denies UPDATE and DELETE. Raises `StoreRefused` for a missing, plaintext or foreign file
    and for the wrong key.
    """
    if not path.exists():
        raise StoreRefused(
            N_(
                "%(file)s is missing in the instance folder. Restore it from a backup.",
                file=path.name,
            )
        )
    with path.open("rb") as file:
        if file.read(len(PLAINTEXT_HEADER)) == PLAINTEXT_HEADER:
            raise StoreRefused(
                N_(
                    "%(file)s is not encrypted, so it is not ours. Move it away and restore a backup.",
                    file=path.name,
                )
            )
    return _keyed(path, key, administration=administration, append_only=append_only)


def make(path: Path, key: bytes) -> Any:
    """A connection to a new, empty, encrypted store; refuses to replace a file."""
    checked_key(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StoreRefused(N_("%(file)s exists already.", file=path.name)) from None
    # The log and the shared memory beside it are made with the mode of the store itself.
    return _keyed(path, key, administration=True, append_only=False)


def _keyed(path: Path, key: bytes, *, administration: bool, append_only: bool) -> Any:
    checked_key(key)
    connection = sqlcipher.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{bytes(key).hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
            raise StoreRefused(
                N_("%(file)s would be written unencrypted: sqlcipher3 is missing.", file=path.name)
            )
        _guard(connection, path)
        if administration:
            connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.enable_load_extension(False)
            connection.set_authorizer(_authorize(append_only))
    except sqlcipher.DatabaseError as cause:
        connection.close()
        if "locked" in str(cause):
            raise StoreRefused(
                N_("%(file)s is in use. Try again in a moment.", file=path.name)
            ) from None
        raise StoreRefused(
            N_(
                "%(file)s cannot be opened with this key: it belongs to another instance or is damaged.",
                file=path.name,
            )
        ) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _guard(connection: Any, path: Path) -> None:
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        said = connection.execute(f"PRAGMA {name}").fetchone()
        if str(said[0]) != value:
            raise StoreRefused(
                N_("%(file)s does not take %(setting)s.", file=path.name, setting=name)
            )


def options(path: Path, key: bytes, *, append_only: bool = False) -> dict[str, Any]:
    """What opens a store: no key in the URL, no values in errors. The engine still needs `hooked`."""
    return {
        "url": f"sqlite:///{path.absolute()}",
        "module": sqlcipher,
        "creator": lambda: connect(path, key, append_only=append_only),
        "hide_parameters": True,
    }


def engine(path: Path, key: bytes, *, append_only: bool = False) -> Engine:
    """An engine for a store that is opened outside an application, or while it runs, as a vault is."""
    return hooked(create_engine(**options(path, key, append_only=append_only)))


def maintenance(path: Path, key: bytes) -> Engine:
    """An engine that may delete and checkpoint: for sweeps, erasure and backups, never for a page."""
    asked = options(path, key)
    asked["creator"] = lambda: connect(path, key, administration=True)
    return hooked(create_engine(**asked, poolclass=pool.NullPool))


def empty_log(store: Engine) -> None:
    """Empties the write-ahead log of a store: deleted rows could be read back from it with the key.

    Raises `StoreRefused` while somebody else still reads an older state.
    """
    connection = store.raw_connection()
    try:
        busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise StoreRefused(N_("The write-ahead log is in use. Try again when nobody reads."))


def hooked(store: Engine) -> Engine:
    """The same engine with transactions that begin when we say so.

    Without this, `isolation_level=None` is silent autocommit and rollback keeps the row. Engines with
    `execution_options(write=True)` take the write lock at once, so that check and insert see one state.
    """
    event.listen(store, "begin", begin)
    event.listen(store, "checkin", return_clean)
    return store


def begin(connection: Any) -> None:
    """Begins a transaction, with the write lock where the engine is for `writing`."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def return_clean(connection: Any, record: Any) -> None:
    """Closes a connection that comes back to its pool inside a transaction.

    After a COMMIT that fails, SQLAlchemy neither rolls back nor resets: the write lock would stay taken.
    """
    if connection is not None and connection.in_transaction:
        record.invalidate()


def writing(store: Engine) -> Engine:
    """The same store for a change: the write lock is taken at the beginning."""
    return store.execution_options(write=True)


@event.listens_for(Session, "after_begin")
def _one_store_per_session(session: Session, transaction: Any, connection: Any) -> None:
    """Refuses a session that enlists a second store (300 such commits gave all orders)."""
    store = connection.engine.url
    first = session.info.setdefault("store", store)
    if first != store:
        raise TwoStoresInOneSession("A session writes to one store; open one session per store.")


@event.listens_for(Session, "do_orm_execute")
def _statements_that_write_need_the_lock(state: Any) -> None:
    """Refuses bulk writes of a reading session: its plain BEGIN fails under another writer."""
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get("writes"):
        raise ReadingSessionWrites("This session reads; changes go through storage.changes.")


@event.listens_for(Session, "before_flush")
def _rows_that_change_need_the_lock(session: Session, context: Any, instances: Any) -> None:
    """Refuses new, changed and deleted rows of a reading session."""
    if not session.info.get("writes"):
        raise ReadingSessionWrites("This session reads; changes go through storage.changes.")


def _says_no_row(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Row ")


# `hide_parameters` hides what goes into a store; at level DEBUG, SQLAlchemy also logs what comes out.
logging.getLogger("sqlalchemy.engine.Engine").addFilter(_says_no_row)


@contextmanager
def in_haste() -> Iterator[None]:
    """Connections that do not wait for the disk or lock memory, for stores that are thrown away if making them fails.

    For making a demo alone, in a process of its own (once memory was locked, a process cannot stop doing it): its words
    are invented, and a crash leaves a folder that is made anew.
    """
    careful = dict(PRAGMAS)
    PRAGMAS.update(HASTE)
    try:
        yield
    finally:
        PRAGMAS.update(careful)
