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

from caseflow.domain.messages import N_, Message
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
        raise StoreRefused(N_("There are no migrations for %(kind)s.", kind=kind))
    return newest


@cache
def known(kind: str) -> frozenset[str]:
    """Every revision of one kind of store."""
    script = ScriptDirectory.from_config(_config(kind))
    return frozenset(revision.revision for revision in script.walk_revisions())


def make(kind: str, path: Path, key: bytes) -> None:
    """Makes a new encrypted store with every table and guard of its kind, or nothing at all."""
    connection = engines.make(path, key)
    try:
        _upgrade(kind, connection)
    except BaseException:
        path.unlink()
        raise


def migrate(kind: str, path: Path, key: bytes) -> None:
    """Brings an existing store to the newest revision; leaves it as it was if a revision fails.

    Raises `StoreRefused` for a store that is newer or not ours, and for rows without their parent.
    """
    connection = engines.connect(path, key, administration=True)
    try:
        revision = _revision(connection)
        if revision == head(kind) and triggers.are_whole(connection, kind):
            return
        if revision not in known(kind):
            raise StoreRefused(_not_ours(path, revision))
        _upgrade(kind, connection)
    finally:
        connection.close()


def check(kind: str, path: Path, key: bytes) -> None:
    """Raises `StoreRefused` unless the store is ours, at the newest revision and has its guards."""
    connection = engines.connect(path, key, administration=True)
    try:
        revision = _revision(connection)
        guarded = triggers.are_whole(connection, kind)
    finally:
        connection.close()
    if revision == head(kind) and guarded:
        return
    if revision == head(kind):
        raise StoreRefused(N_("%(file)s lacks its guards. Run: run.py migrate", file=path.name))
    if revision in known(kind):
        raise StoreRefused(
            N_(
                "%(file)s is older than this version of caseflow. Run: run.py migrate",
                file=path.name,
            )
        )
    raise StoreRefused(_not_ours(path, revision))


def _not_ours(path: Path, revision: str | None) -> Message:
    if revision is None:
        return N_("%(file)s is not a caseflow store. Check the instance folder.", file=path.name)
    return N_(
        "%(file)s was written by a newer version of caseflow. Install that version.",
        file=path.name,
    )


def _revision(connection: Any) -> str | None:
    """The revision a store says it has; None where it was made by something else."""
    marked = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    row = marked and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _upgrade(kind: str, connection: Any) -> None:
    """Runs the revisions and re-makes the guards in one transaction; closes the connection."""
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
            triggers.remake(connection, kind)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreRefused(
                    N_(
                        "A migration of %(kind)s would leave %(rows)s rows without their parent.",
                        kind=kind,
                        rows=len(broken),
                    )
                )
    finally:
        store.dispose()
        connection.close()
