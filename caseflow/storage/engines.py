"""Engines for SQLCipher files: the key first, then the proof of the key, then the guards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event, pool
from sqlalchemy.orm import Session

from caseflow.storage.keyring import checked_key


class StoreRefused(Exception):
    """A store cannot be opened; the message names the file and the repair, never a key or a value."""


class TwoStoresInOneSession(Exception):
    """One session enlisted a second store: two files would commit in random order."""


BUSY_SECONDS: Final = 5
PRAGMAS: Final = (
    "foreign_keys=ON",
    "temp_store=MEMORY",  # a temp file would hold plaintext
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_SECONDS * 1000}",
)
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
    {"load_extension", "sqlcipher_export", "writefile", "readfile", "edit"}
)
_PRAGMAS_THAT_READ: Final = frozenset({"cipher_version", "data_version", "read_uncommitted"})


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

    `administration` (migrations, backups, doctor) leaves out the authorizer and foreign keys. Raises
    `StoreRefused` for a missing, plaintext or foreign file and for the wrong key.
    """
    if not path.exists():
        raise StoreRefused(
            f"{path.name} is missing in the instance folder. Restore it, or run: run.py migrate"
        )
    with path.open("rb") as file:
        if file.read(len(PLAINTEXT_HEADER)) == PLAINTEXT_HEADER:
            raise StoreRefused(
                f"{path.name} is not encrypted, so it is not ours. Move it away and restore a backup."
            )
    return _keyed(path, key, administration=administration, append_only=append_only)


def make(path: Path, key: bytes) -> Any:
    """A connection to a new, empty, encrypted store; refuses to replace a file."""
    if path.exists():
        raise StoreRefused(f"{path.name} exists already.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return _keyed(path, key, administration=True, append_only=False)


def _keyed(path: Path, key: bytes, *, administration: bool, append_only: bool) -> Any:
    raw = checked_key(key).hex()
    connection = sqlcipher.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{raw}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if administration:
            connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.enable_load_extension(False)
            connection.set_authorizer(_authorize(append_only))
    except sqlcipher.DatabaseError:
        connection.close()
        raise StoreRefused(
            f"{path.name} cannot be opened with this key: it belongs to another instance or is damaged."
        ) from None
    except BaseException:
        connection.close()
        raise
    return connection


def options(path: Path, key: bytes, *, append_only: bool = False) -> dict[str, Any]:
    """What Flask-SQLAlchemy needs to open a store as a bind: no key in the URL, no values in errors."""
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
    return hooked(
        create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: connect(path, key, administration=True),
            poolclass=pool.NullPool,
            hide_parameters=True,
        )
    )


def empty_log(store: Engine) -> None:
    """Empties the write-ahead log of a store: deleted rows could be read back from it with the key.

    Raises `StoreRefused` while somebody else still reads an older state.
    """
    connection = store.raw_connection()
    try:
        cursor = connection.cursor()
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise StoreRefused("The write-ahead log is in use. Try again when nobody reads.")


def hooked(store: Engine) -> Engine:
    """The same engine with transactions that begin when we say so.

    Without this, `isolation_level=None` is silent autocommit and rollback keeps the row. Engines with
    `execution_options(write=True)` take the write lock at once, so that check and insert see one state.
    """

    @event.listens_for(store, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return store


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
