"""Brings a store to the newest revision, and says whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool

from caseflow.storage import engines, triggers
from caseflow.storage.engines import StoreRefused

FOLDER: Final = Path(__file__).resolve().parents[2] / "migrations"
TREES: Final = {
    "casework": FOLDER / "casework",
    "cards": FOLDER / "casework" / "cards",
    "audit": FOLDER / "audit",
    "vault": FOLDER / "vault",
}


def _config(kind: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(TREES[kind]))
    config.set_main_option("path_separator", "os")
    return config


@cache
def head(kind: str) -> str:
    """The newest revision of one kind of store."""
    newest = ScriptDirectory.from_config(_config(kind)).get_current_head()
    if newest is None:
        raise StoreRefused(f"There are no migrations for {kind}.")
    return newest


@cache
def known(kind: str) -> frozenset[str]:
    """Every revision of one kind of store."""
    script = ScriptDirectory.from_config(_config(kind))
    return frozenset(revision.revision for revision in script.walk_revisions())


def make(kind: str, path: Path, key: bytes) -> None:
    """Makes a new encrypted store with every table and guard of its kind."""
    _upgrade(kind, engines.make(path, key))


def migrate(kind: str, path: Path, key: bytes) -> None:
    """Brings an existing store to the newest revision; leaves it as it was if a revision fails."""
    connection = engines.connect(path, key, administration=True)
    revision = _revision(connection)
    if revision == head(kind):
        connection.close()
        return
    if revision is None or revision not in known(kind):
        connection.close()
        raise StoreRefused(_not_ours(path, revision))
    _upgrade(kind, connection)


def check(kind: str, path: Path, key: bytes) -> None:
    """Raises `StoreRefused` unless the store is ours and at the newest revision."""
    connection = engines.connect(path, key, administration=True)
    try:
        revision = _revision(connection)
    finally:
        connection.close()
    if revision == head(kind):
        return
    if revision in known(kind):
        raise StoreRefused(
            f"{path.name} is older than this version of caseflow. Run: run.py migrate"
        )
    raise StoreRefused(_not_ours(path, revision))


def _not_ours(path: Path, revision: str | None) -> str:
    if revision is None:
        return f"{path.name} is not a caseflow store. Check the instance folder."
    return f"{path.name} was written by a newer version of caseflow. Install that version."


def _revision(connection: Any) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.OperationalError:  # no such table: made by something else
        return None
    return str(row[0]) if row else None


def _upgrade(kind: str, connection: Any) -> None:
    """Runs the revisions and re-makes the guards in one transaction on one connection."""
    store = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connection,
        poolclass=pool.StaticPool,
        hide_parameters=True,
    )
    engines.hooked(store)
    try:
        with store.execution_options(write=True).begin() as transaction:
            config = _config(kind)
            config.attributes["connection"] = transaction
            command.upgrade(config, "head")
            dbapi = transaction.connection.dbapi_connection
            assert dbapi is not None  # a begun transaction has a connection
            triggers.remake(dbapi, kind)
            broken = dbapi.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreRefused(
                    f"A migration of {kind} would leave {len(broken)} rows without their parent."
                )
    finally:
        connection.close()
        store.dispose()
